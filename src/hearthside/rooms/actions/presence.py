"""Who is in a room, by the gateway's connections: arriving, staying, going silent, and losing one's place."""

import contextlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Coalesce

from hearthside.accounts.models import Person
from hearthside.rooms.actions import turns
from hearthside.rooms.actions.changes import touch
from hearthside.rooms.actions.refusals import RoomIsClosed
from hearthside.rooms.enums import Stance
from hearthside.rooms.models import PRESENCE, Device, Entry, Journal, Room, Voice
from hearthside.rooms.queries.turns import seat_of
from peerkit.circle import Arrive, Circle, apply

# Devices are forgotten after months without use: an hour is exact enough to say when that began.
SEEN_TO = timedelta(hours=1)


def arrive(*, room: Room, person: Person, device: Device, now: datetime) -> Voice:
    """A device of somebody who came in is connected: they are here, and it has a voice in the journal.

    Arriving again changes nothing but the last sign of life. Raises RoomIsClosed.
    """
    return arrive_all(room=room, guests=[(person, device)], now=now)[device.pk]


@transaction.atomic
def arrive_all(
    *, room: Room, guests: Sequence[tuple[Person, Device]], now: datetime
) -> dict[UUID, Voice]:
    """The same for many at once, as after a restart; the voices by device. Raises RoomIsClosed."""
    turns.lock(room_id=room.pk)
    journal, _ = Journal.objects.defer("group_info").get_or_create(room=room)
    wanted = [Voice(journal=journal, device=device, person=person) for person, device in guests]
    devices = [device for _, device in guests]
    known = _voices(journal, devices)
    if missing := [voice for voice in wanted if voice.device_id not in known]:
        Voice.objects.bulk_create(missing, ignore_conflicts=True)
        known = _voices(journal, devices)
    long_ago = [device.pk for device in devices if device.seen_at < now - SEEN_TO]
    if long_ago:
        Device.objects.filter(pk__in=long_ago).update(seen_at=now)
    _be_here(room.pk, [person.pk for person, _ in guests], now=now)
    return known


def still_here(*, seen: Mapping[UUID, Collection[UUID]], now: datetime) -> None:
    """A sign of life of the people in each room (by room id), many at once; who was gone is back."""
    live = Room.objects.live().filter(pk__in=list(seen)).values_list("pk", flat=True)
    for room_id in live:
        # A room that closed a moment ago has nobody in it any more.
        with contextlib.suppress(RoomIsClosed), transaction.atomic():
            _be_here(room_id, seen[room_id], now=now)


@transaction.atomic
def depart(*, room: Room, person: Person, now: datetime) -> None:
    """No sign of life for as long as presence lasts: they left when the last one was, and a piece moves on."""
    entries = Entry.objects.of(person).filter(room=room, left_at=None)
    if entries.update(left_at=F("last_here_at")):
        _leave_circle(room.pk, person.pk, now=now)
        touch(room_id=room.pk)


def depart_silent(*, room_ids: Iterable[UUID], now: datetime) -> None:
    """Everybody in these rooms whose last sign of life is older than presence lasts has left."""
    silent = Entry.objects.filter(
        room_id__in=list(room_ids), left_at=None, last_here_at__lte=now - PRESENCE
    )
    for entry in silent.select_related("room", "person"):
        depart(room=entry.room, person=entry.person, now=now)


def lose(*, room: Room, now: datetime) -> None:  # noqa: ARG001 - every action is told the time
    """Somebody lost their place in the room: what is sealed with the keys they know is refused from now on.

    Call it in the transaction that takes the place away. New keys are made by whoever is in the room;
    see docs/engines/wire.md, `rekey`.
    """
    with transaction.atomic():
        Journal.objects.filter(room=room, epoch__isnull=False).update(floor_epoch=F("epoch"))
        touch(room_id=room.pk)


def _be_here(room_id: UUID, people: Collection[UUID], *, now: datetime) -> None:
    entries = Entry.objects.filter(room_id=room_id, person_id__in=people)
    back = list(entries.exclude(pk__in=entries.here(now=now).values("pk")))
    entries.update(
        first_here_at=Coalesce("first_here_at", Value(now)), last_here_at=now, left_at=None
    )
    if back:
        turns.change(room_id=room_id, steps=partial(_arrived, room_id=room_id, back=back, now=now))
        touch(room_id=room_id)


def _arrived(circle: Circle, *, room_id: UUID, back: Sequence[Entry], now: datetime) -> Circle:
    for entry in back:
        event = Arrive(by=seat_of(room_id, entry.person_id), listens=entry.stance == Stance.LISTEN)
        circle = apply(circle, event, now=now)
    return circle


def _voices(journal: Journal, devices: Sequence[Device]) -> dict[UUID, Voice]:
    found = Voice.objects.filter(journal=journal, device__in=devices)
    return {voice.device_id: voice for voice in found}


def _leave_circle(room_id: UUID, person_id: UUID, *, now: datetime) -> None:
    try:
        turns.leave(room_id=room_id, person_id=person_id, now=now)
    except RoomIsClosed:
        return
