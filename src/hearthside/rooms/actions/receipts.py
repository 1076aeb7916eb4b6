"""What outlives a meeting for a while, and goes when its time is over."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q

from hearthside.accounts.models import Person
from hearthside.rooms.actions import presence, turns
from hearthside.rooms.enums import Kind
from hearthside.rooms.models import Device, Entry, KeyPackage, Outside, Report, Room

# A browser that has not come back for so long has lost its keys, or its person has moved on.
DEVICE_LIFE: Final = timedelta(days=90)


@transaction.atomic
def erase_expired(*, now: datetime) -> int:
    """Erase receipts, key packages and devices whose time is over; returns how many rows went.

    Of a meeting, when it was and how many came remain; of a private word, nothing.
    """
    gone = [
        Entry.objects.filter(kept_until__lte=now.date()).delete(),
        Room.objects.filter(kind=Kind.SIDE, closed_at__isnull=False, entries=None).delete(),
        KeyPackage.objects.filter(expires_at__lte=now).delete(),
        # Not while it is in a room: what it said there would go from under the others.
        Device.objects.filter(seen_at__lte=now - DEVICE_LIFE, voices=None).delete(),
    ]
    return sum(count for count, _by_model in gone)


@transaction.atomic
def erase_of(*, person: Person, now: datetime) -> None:
    """What rooms hold about the person goes at once: devices and keys, receipts. Reports lose their name.

    Rooms that they are in get new keys, and go on without them.
    """
    rooms = Room.objects.live().filter(Q(entries__person=person) | Q(member=person)).distinct()
    for room in rooms.order_by("parent_id", "pk"):
        turns.leave(room_id=room.pk, person_id=person.pk, now=now)
        presence.lose(room=room, now=now)
    Device.objects.of(person).delete()
    Room.objects.filter(member=person).delete()
    Entry.objects.of(person).delete()
    Outside.objects.of(person).delete()
    # Threat: somebody who scares a person into deleting their account would delete the report as well.
    Report.objects.filter(reporter=person).update(reporter=None)
