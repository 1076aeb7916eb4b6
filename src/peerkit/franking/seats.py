"""Who a stamp is about: an alias that is a person to the server and noise to everyone else."""

import hmac
from collections.abc import Iterable, Sequence

from peerkit.franking.errors import FieldIsUnfit
from peerkit.franking.fields import ALIAS, ALIAS_OF, HASH, KEY, ROOM, exactly, joined


def alias(person: bytes, *, room: bytes, key: bytes) -> bytes:
    """The 16 bytes that stand for `person` (an id, not empty) in `room` (16 bytes) under a server key.

    Another room or another key gives another alias, and only a holder of the key can tell that they
    are one person. Raises FieldIsUnfit.
    """
    exactly(KEY, key, "server key")
    exactly(ROOM, room, "room id")
    if not person:
        raise FieldIsUnfit("person id is empty")
    return hmac.digest(key, joined(ALIAS_OF, room, person), HASH)[:ALIAS]


def who(
    seat: bytes, candidates: Iterable[bytes], *, room: bytes, keys: Sequence[bytes]
) -> bytes | None:
    """The candidate whose alias in `room` is `seat`, under any of the server's keys; None if none is.

    About 3 µs for each candidate and key. Raises FieldIsUnfit.
    """
    exactly(ALIAS, seat, "alias")
    for person in candidates:
        for key in keys:
            if hmac.compare_digest(alias(person, room=room, key=key), seat):
                return person
    return None
