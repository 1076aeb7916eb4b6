"""How much is too much, each number with its reason; and the bucket that counts it."""

from typing import Final

# --- sizes, in bytes ------------------------------------------------------------------------------
# A say of 4,000 letters, sealed and padded, is below 13 kB even where each letter takes three bytes.
SEND_FRAME: Final = 16 * 1024
# A change of keys carries the tree of the next epoch, about 400 bytes for each device: a room of 200.
KEYS_FRAME: Final = 96 * 1024
# Beyond this a connection is slow: more than a minute of a busy room, and 2,000 of them fit in memory.
QUEUE: Final = 256 * 1024
# What is missing goes out in pieces, so that coming back to a long meeting is not taken for being slow.
POUR: Final = 64 * 1024

# --- counts ---------------------------------------------------------------------------------------
# Phone, tablet, computer, and each of them again while a dead connection has not been noticed.
CONNECTIONS_PER_PERSON: Final = 8
# Ten times the largest group that the rooms are measured with at a time.
CONNECTIONS_PER_ROOM: Final = 1000
# Connections that are being looked at: each holds a place in the line for the database.
CONNECTIONS_WAITING: Final = 2000
# Frames before the gateway knows who it is: a browser sends at most its first words and INFO.
EARLY_FRAMES: Final = 8
# Broken frames until somebody is sent away: an honest browser sends none, an old page perhaps one.
MALFORMED: Final = 5
# Messages of one room that wait for the database; more means that it stands still.
PENDING_PER_ROOM: Final = 1024
# Messages in one transaction: well below the 5 s that other writers are made to wait at most.
BATCH: Final = 512
# Records read at once when somebody comes back.
HISTORY: Final = 200

# --- times, in seconds ----------------------------------------------------------------------------
ADMIT_WITHIN: Final = 10.0
# After a restart a whole room comes back at once, and costs hardly more than one of them.
GATHER: Final = 0.02
# Changes that others made are seen within half of the second in which somebody must be out.
LOOK_EVERY: Final = 0.4
# Roles and seats may end by the clock, with nobody there to touch the room.
READ_ANEW_AFTER: Final = 30.0
# Without an answer of the database for so long nobody can say who may still be here.
BLIND_FOR: Final = 5.0
# At most four STATEs a second, and no more than so many bytes a second of them in a large room.
STATE_EVERY: Final = 0.25
STATE_BYTES: Final = 8 * 1024 * 1024
# Two signs of life fit into the 60 s that presence lasts.
SIGN_OF_LIFE_EVERY: Final = 25.0
SWEEP_EVERY: Final = 10.0
# Below the minute after which proxies and phones' networks drop silent connections.
PING_AFTER: Final = 25.0
PONG_WITHIN: Final = 20.0
# From the goodbye until the socket is cut whatever the other side does.
GOODBYE: Final = 3.0
# For pouring what is missing into one connection.
POUR_WITHIN: Final = 60.0
TYPING_EVERY: Final = 3.0

# --- rates: how many at once, and how many a second from then on ------------------------------------
# Quick short lines of one person; nobody types four a second for long.
SAY_RATE: Final = (12, 4.0)
# Reactions, edits and take-backs.
SOFT_RATE: Final = (12, 1.0)
# Joining is one change of keys, and a few tries of it where many come at once; INFO comes before each.
KEYS_RATE: Final = (20, 0.5)
INFO_RATE: Final = (30, 2.0)
# Frames of any kind, also those that are refused: a browser that is told "no" does not ask fifty times a second.
FRAMES_RATE: Final = (200, 50.0)
# Everybody of a large room at once.
ROOM_RATE: Final = (400, 100.0)


class Bucket:
    """Lets `burst` through at once and `per_s` a second on average (GCRA, ITU-T I.371).

    `times` multiplies both: an operator who tests under load sets it (HEARTHSIDE_ROOMS_RATES).
    """

    __slots__ = ("_each", "_most", "_until")

    def __init__(self, rate: tuple[int, float], times: float) -> None:
        burst, per_s = rate
        self._each = 1.0 / (per_s * times)
        self._most = burst * times * self._each
        self._until = 0.0

    def takes(self, now: float) -> bool:
        """Whether one more fits at `now` (seconds of any clock that only goes forward); if so, it counts."""
        until = self._until
        until = (max(now, until)) + self._each
        if until - now > self._most:
            return False
        self._until = until
        return True
