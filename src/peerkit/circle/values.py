"""The circle and its parts: frozen values that say where everything stands."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from peerkit.circle.errors import SeatIsUnknown


class Mode(StrEnum):
    """Free talk, or the piece going round."""

    FREE = "free"
    ROUND = "round"


class Hold(StrEnum):
    """How the piece stands to the seat it is with."""

    IDLE = "idle"
    OFFERED = "offered"
    HELD = "held"


class Part(StrEnum):
    """How a person takes part in this meeting; it lasts until they say otherwise."""

    SPEAKS = "speaks"
    LISTENS = "listens"
    SKIPS = "skips"


class Stage(StrEnum):
    """What this round has been for a person so far."""

    WAITING = "waiting"
    SPOKEN = "spoken"
    PASSED = "passed"
    MOVED_ON = "moved_on"


class Chance(StrEnum):
    """Why the piece may come back at the end of the round; each once in a round."""

    MINUTE = "minute"
    SILENCE = "silence"
    MOVED_ON = "moved_on"


@dataclass(frozen=True, slots=True)
class Piece:
    """Where the piece is.

    `stopped` is how long its clock has stood still in pauses already over. `is_wanted` says that
    the person raised a hand for it, put it off or took it: more than that it was offered.
    """

    hold: Hold = Hold.IDLE
    seat: str = ""
    since: datetime | None = None
    stopped: timedelta = timedelta(0)
    extra_seconds: int = 0
    is_wanted: bool = False


@dataclass(frozen=True, slots=True)
class Seat:
    """One person. `is_owed` says that this round still owes them an offer; `changed` is the
    circle's version at their own last tap."""

    key: str
    part: Part = Part.SPEAKS
    is_present: bool = True
    stage: Stage = Stage.WAITING
    is_owed: bool = False
    chances_used: frozenset[Chance] = frozenset()
    changed: int = 0


@dataclass(frozen=True, slots=True)
class Circle:
    """The whole state of a circle; a new meeting begins with `Circle()`.

    `seats` stand in order of arrival, `order` in that of the round, `hands` as they were raised.
    `seconds_each` None is no limit. `is_open` says that the round runs: the piece moves by itself.
    `version` counts changes; `turn` and `steered` are the versions at which the piece last moved
    and a facilitator last steered.
    """

    mode: Mode = Mode.FREE
    seats: tuple[Seat, ...] = ()
    order: tuple[str, ...] = ()
    piece: Piece = Piece()
    hands: tuple[str, ...] = ()
    prompt: str = ""
    round_number: int = 0
    is_open: bool = False
    seconds_each: int | None = None
    offer_seconds: int = 45
    paused_at: datetime | None = None
    version: int = 0
    turn: int = 0
    steered: int = 0

    def seat(self, key: str) -> Seat:
        """The seat with this key; raises SeatIsUnknown."""
        found = next((seat for seat in self.seats if seat.key == key), None)
        if found is None:
            raise SeatIsUnknown(key)
        return found

    def with_seat(self, changed: Seat) -> "Circle":
        """The circle with this seat in place of the one with the same key."""
        seats = tuple(changed if seat.key == changed.key else seat for seat in self.seats)
        return replace(self, seats=seats)
