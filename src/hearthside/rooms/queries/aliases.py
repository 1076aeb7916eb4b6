"""What stands for a person in one room: it says nothing in any other room, or to anyone without our key."""

from collections.abc import Iterable
from functools import lru_cache
from uuid import UUID

from django.conf import settings

from peerkit.franking import alias, server_key, who


@lru_cache(maxsize=4)
def key(secret: str = "") -> bytes:
    """The key of stamps and aliases, derived from the installation's secret (or from `secret`)."""
    return server_key((secret or settings.SECRET_KEY).encode())


def keys() -> list[bytes]:
    """The key in use and those before it, newest first, so that older reports still verify."""
    return [key(), *(key(str(old)) for old in settings.SECRET_KEY_FALLBACKS)]


def alias_of(room_id: UUID, person_id: UUID) -> bytes:
    """16 bytes that stand for the person in this room."""
    return alias(person_id.bytes, room=room_id.bytes, key=key())


def person_of(room_id: UUID, found: bytes, *, candidates: Iterable[UUID]) -> UUID | None:
    """Which of the candidates an alias stands for, whichever of our keys made it; None for none of them."""
    match = who(found, (each.bytes for each in candidates), room=room_id.bytes, keys=keys())
    return UUID(bytes=match) if match else None
