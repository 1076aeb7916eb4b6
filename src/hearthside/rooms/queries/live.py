"""What the gateway asks again and again of live rooms, in few columns."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Max

from hearthside.accounts.models import Person
from hearthside.rooms.models import Device, Envelope, Journal, Room, Voice, Welcome


@dataclass(frozen=True, slots=True)
class Pulse:
    """Where a room stands: its revision, and the last sequence number of its journal (0 without one)."""

    revision: int
    last_seq: int


@dataclass(frozen=True, slots=True)
class KeysNow:
    """The keys of a room as the last change left them; no epoch before it was founded."""

    epoch: int | None
    last_seq: int
    group_info: bytes


def pulses(rooms: Collection[UUID]) -> dict[UUID, Pulse]:
    """Each room that is not closed; the others are left out. One query."""
    found = Room.objects.live().filter(pk__in=rooms)
    rows = found.values_list("pk", "revision", "journal__last_seq")
    return {key: Pulse(revision, last_seq or 0) for key, revision, last_seq in rows}


def keys_now(journal_id: int) -> KeysNow | None:
    """What somebody needs to join by an external commit; None if the room has closed."""
    rows = Journal.objects.filter(pk=journal_id)
    found = rows.values_list("epoch", "last_seq", "group_info").first()
    return KeysNow(found[0], found[1], bytes(found[2])) if found else None


def welcome_of(journal_id: int, device_id: UUID) -> tuple[int, bytes] | None:
    """The Welcome that waits for the device, behind the sequence number of the commit that added it."""
    waiting = Welcome.objects.filter(journal_id=journal_id, device_id=device_id)
    found = waiting.values_list("seq", "data").first()
    return (found[0], bytes(found[1])) if found else None


def devices_in_use(people: Collection[Person]) -> Sequence[Device]:
    """All devices in use of these people. One query."""
    return list(Device.objects.in_use().filter(person__in=people))


def last_numbers(voices: Iterable[Voice]) -> dict[int, int]:
    """The highest number that each voice ever had accepted, by voice; those without any are left out."""
    found = Envelope.objects.filter(voice__in=[voice.pk for voice in voices])
    rows = found.order_by().values_list("voice").annotate(highest=Max("no"))
    return dict(rows)
