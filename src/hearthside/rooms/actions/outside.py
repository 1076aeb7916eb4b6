"""Asking somebody to wait outside, letting them in again, removing them for this meeting."""

from datetime import datetime

from django.db import transaction

from hearthside.accounts.models import Person
from hearthside.rooms.actions import presence, turns
from hearthside.rooms.actions.changes import touch
from hearthside.rooms.actions.refusals import FacilitatorStays, LeadStays, NotYourself
from hearthside.rooms.enums import Exclusion, Part
from hearthside.rooms.models import Entry, Outside, Room
from hearthside.rooms.queries.chairs import chairs_of, outside_of


def hold(*, room: Room, person: Person, by: Person, now: datetime) -> None:
    """The person waits outside until they are let in; a private word stays open to them.

    Somebody held or removed already stays what they are. Raises LeadStays, FacilitatorStays,
    NotYourself or RoomIsClosed.
    """
    _keep_out(room, person, Exclusion.HELD, by=by, now=now)


def remove(*, room: Room, person: Person, by: Person, now: datetime) -> None:
    """The person is not in this meeting any more, unless they are let in again. Raises as `hold` does."""
    _keep_out(room, person, Exclusion.REMOVED, by=by, now=now)


@transaction.atomic
def let_in(*, room: Room, person: Person, now: datetime) -> None:
    """Held or removed, the person may come in again; the way back is the one they came. Raises RoomIsClosed."""
    room = turns.lock(room_id=room.pk)
    kept_out = Outside.objects.of(person).filter(room=room).in_force(now=now)
    if kept_out.update(until_at=now):
        for each in [room, *Room.objects.live().filter(parent=room, entries__person=person)]:
            touch(room_id=each.pk)


@transaction.atomic
def _keep_out(room: Room, person: Person, kind: Exclusion, *, by: Person, now: datetime) -> None:
    room = turns.lock(room_id=room.pk)
    _refuse_to_move(room, person, by=by, now=now)
    before = Outside.objects.of(person).filter(room=room).in_force(now=now).first()
    if before is not None and kind in (before.kind, Exclusion.HELD):
        return
    if before is not None:
        Outside.objects.filter(pk=before.pk).update(until_at=now)
    Outside.objects.create(room=room, person=person, kind=kind, by=by, from_at=now)
    if room.keeper_id == person.pk:
        Room.objects.filter(pk=room.pk).update(keeper=None)
    _see_out(room, person, now=now)


def _see_out(room: Room, person: Person, *, now: datetime) -> None:
    _leave(room, person, now=now)
    for side in Room.objects.live().filter(parent=room, entries__person=person).order_by("pk"):
        if person.pk in outside_of(side, now=now):
            _leave(side, person, now=now)


def _leave(room: Room, person: Person, *, now: datetime) -> None:
    Entry.objects.of(person).filter(room=room, left_at=None).update(left_at=now)
    turns.leave(room_id=room.pk, person_id=person.pk, now=now)
    # Threat: their device holds the keys of this epoch. Nothing more is taken in it, and the next
    # commit removes them.
    presence.lose(room=room, now=now)
    touch(room_id=room.pk)


def _refuse_to_move(room: Room, person: Person, *, by: Person, now: datetime) -> None:
    if person == by:
        raise NotYourself
    if person.pk == room.lead_id:
        raise LeadStays
    chairs = chairs_of(room, now=now)
    facilitators = {key for key, chair in chairs.items() if chair.part == Part.FACILITATOR}
    # Threat: room safety, given to a member, is used to take the meeting from those who lead it.
    if person.pk in facilitators and by.pk not in facilitators:
        raise FacilitatorStays
