"""What rooms asks of the floors above: who has a seat, and what to do when a meeting was held.

And what the gateway asks of a database engine (`Wire`): the one place where order and durability are made.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol
from uuid import UUID

from hearthside.accounts.models import Person
from hearthside.rooms.enums import Part
from hearthside.rooms.models import Room


@dataclass(frozen=True)
class Chair:
    """Somebody who may be in a room, by the facts of the floor that planned the meeting."""

    person: Person
    part: Part
    is_listening_only: bool = True
    is_first_time: bool = False


@dataclass(frozen=True)
class Stay:
    """One person's time in a room: the first and last moment at which they were there."""

    person: Person
    came_at: datetime
    left_at: datetime


class Seating(Protocol):
    """Knows who has a seat at the meeting that a room is for; the floor above fills it."""

    def chairs(self, room: Room, *, now: datetime) -> Sequence[Chair]:
        """Everybody who may be in the room now, each once; empty if the meeting is not theirs."""

    def address(self, room: Room) -> str:
        """The page of the meeting that the room is for."""

    def held(self, room: Room, *, stays: Sequence[Stay], by: Person | None, now: datetime) -> None:
        """The meeting was held: write who came to the roster."""

    def afterwards(self, room: Room, *, person: Person, now: datetime) -> str:
        """A page for whoever had a role at the meeting, to look after themselves; empty for everybody else."""

    def next_meeting(self, room: Room, *, now: datetime) -> tuple[datetime, str] | None:
        """When the group meets next, and the address of that meeting."""


class Keys(NamedTuple):
    """What a change of keys brings along: the group info of the next epoch, and whom it welcomes with what."""

    group_info: bytes
    device_ids: tuple[UUID, ...] = ()
    welcome: bytes = b""


class Draft(NamedTuple):
    """What a device asks to have written: a sealed envelope, in its own count (`no`), of an EnvelopeKind."""

    journal_id: int
    voice_id: int
    no: int
    kind: int
    epoch: int
    commitment: bytes
    payload: bytes
    keys: Keys | None = None


class Record(NamedTuple):
    """An envelope as it was written: `seq` in its journal, `at_ms` in milliseconds since 1970 (UTC)."""

    seq: int
    at_ms: int
    no: int
    kind: int
    epoch: int
    commitment: bytes
    payload: bytes
    person_id: UUID
    device_id: UUID


class Outcome(NamedTuple):
    """What became of a draft: written at `seq` and `at_ms`, written before (`before`), or refused.

    `refusal` is "" or one of the reasons in docs/engines/wire.md: epoch, rekey, founded, closed.
    """

    seq: int = 0
    at_ms: int = 0
    refusal: str = ""
    before: Record | None = None


class Wire(Protocol):
    """Order and durability of what passes through rooms, on one kind of database."""

    def publish(self, batch: Sequence[Draft], *, now_ms: int) -> Sequence[Outcome]:
        """Write all that may be written, in this order, and return once it cannot be lost any more.

        One outcome for each draft. Within a journal sequence numbers have no gap and times never go
        back; the same (voice, no) is written once, whoever sends it how often, from whatever process.
        Called from one thread. Raises WireIsDown: nothing is promised then, in either direction.
        """

    def history(self, journal_id: int, *, after: int, limit: int) -> Sequence[Record]:
        """Up to `limit` records with a sequence number beyond `after`, in order. From any thread."""

    def watch(self, told: Callable[[int], None]) -> Callable[[], None]:
        """Call `told(journal_id)`, from any thread, when another process has written there; a hint.

        Returns what ends it. An engine that cannot tell stays silent: the gateway looks by itself too.
        """

    def close(self) -> None:
        """Let go of the database."""


class WireIsDown(Exception):
    """The database did not take the batch, or did not say whether it has."""


_seatings: list[Seating] = []
_listeners: dict[str, Callable[[UUID], None]] = {}


def register_seating(seating: Seating) -> None:
    if seating not in _seatings:
        _seatings.append(seating)


def seatings() -> Sequence[Seating]:
    return tuple(_seatings)


def register_listener(name: str, listener: Callable[[UUID], None]) -> None:
    """Be told, in this process and from any thread, that a room has changed. A hint: it may be missed."""
    _listeners[name] = listener


def forget_listener(name: str) -> None:
    _listeners.pop(name, None)


def hint(room_id: UUID) -> None:
    """Tell whoever listens in this process that the room has changed."""
    for listener in list(_listeners.values()):
        listener(room_id)
