"""A quiet side room: a member is asked to it, a second facilitator is called to it, and each comes by their own tap."""

from datetime import datetime

from django.db import transaction

from hearthside.accounts.models import Person
from hearthside.rooms.actions import closing, presence, turns
from hearthside.rooms.actions.changes import touch
from hearthside.rooms.actions.refusals import (
    AskedAlready,
    CallIsOver,
    NobodyElseIsHere,
    NotHere,
    RoomIsClosed,
)
from hearthside.rooms.actions.side_rooms import enter, lock_pair
from hearthside.rooms.enums import Kind, Part, Phase
from hearthside.rooms.models import Entry, Room
from hearthside.rooms.queries.chairs import chairs_of
from hearthside.rooms.queries.side_rooms import has_come, side_of
from hearthside.rooms.queries.turns import people_here
from hearthside.safety.queries.blocks import reaches


@transaction.atomic
def invite(*, room: Room, person: Person, by: Person, has_second: bool, now: datetime) -> Room:
    """A side room to which the member is asked: at once, or (`has_second`) when somebody else has said that they come.

    Asked again by the same facilitator, it is the one there is. Raises NotHere, NobodyElseIsHere,
    AskedAlready or RoomIsClosed.
    """
    parent = turns.lock(room_id=room.pk)
    if all(entry.person_id != person.pk for entry in people_here(parent, now=now)):
        raise NotHere
    if (before := _before(parent, person, by=by, now=now)) is not None:
        return before
    if has_second:
        _refuse_unless_another_is_here(parent, person, by=by, now=now)
    side = Room.objects.create(
        group=parent.group, kind=Kind.SIDE, parent=parent, member=person, lead=by,
        second_called_at=now if has_second else None,
        starts_at=now, ends_at=parent.ends_at, phase=Phase.OPEN, opened_at=now,
    )  # fmt: skip
    enter(side=side, parent=parent, person=by, part=Part.FACILITATOR, now=now)
    touch(room_id=parent.pk)
    return side


@transaction.atomic
def call_second(*, side: Room, now: datetime) -> None:
    """Whoever else leads the meeting, or keeps it safe, sees that one more is wanted here. Raises NobodyElseIsHere."""
    parent, side = lock_pair(side=side)
    if side.second_called_at is None and side.lead is not None and side.member is not None:
        _refuse_unless_another_is_here(parent, side.member, by=side.lead, now=now)
        _change(side, parent, second_called_at=now)


@transaction.atomic
def go_alone(*, side: Room) -> None:
    """Nobody else is wanted: a member who was not asked yet is asked now. Whoever sits there already stays."""
    parent, side = lock_pair(side=side)
    if not has_come(side, side.second):
        _change(side, parent, second=None, second_called_at=None)


@transaction.atomic
def take(*, side: Room, by: Person) -> None:
    """This facilitator would come as the second: the member is asked. Raises CallIsOver."""
    parent, side = lock_pair(side=side)
    if side.second_called_at is None or side.second_id not in (None, by.pk):
        raise CallIsOver
    _change(side, parent, second=by)


@transaction.atomic
def agree(*, side: Room, now: datetime) -> None:
    """The member says yes: they come, and whoever was named to them. Twice changes nothing. Raises RoomIsClosed."""
    parent, side = lock_pair(side=side)
    assert side.member is not None
    enter(side=side, parent=parent, person=side.member, part=Part.MEMBER, now=now)
    if side.second is not None:
        enter(side=side, parent=parent, person=side.second, part=Part.FACILITATOR, now=now)
    touch(room_id=parent.pk)
    touch(room_id=side.pk)


@transaction.atomic
def decline(*, side: Room, by: Person, now: datetime) -> None:
    """Not now: the side room goes; or, where the member sits in it already, it stays as it was. Nobody asks why."""
    try:
        parent, side = lock_pair(side=side)
    except RoomIsClosed:
        return
    if has_come(side, by):
        _change(side, parent, second=None, second_called_at=None)
        return
    closing.close(room=side, by=by, now=now)
    touch(room_id=parent.pk)


@transaction.atomic
def step_out(*, side: Room, now: datetime) -> None:
    """The second facilitator goes, and the others may stay: what is sealed from now on is not for them."""
    try:
        parent, side = lock_pair(side=side)
    except RoomIsClosed:
        return
    # Their yes, and the member's to them, was for this once.
    Entry.objects.filter(room=side, person=side.second).delete()
    presence.lose(room=side, now=now)
    _change(side, parent, second=None, second_called_at=None)


def _before(parent: Room, person: Person, *, by: Person, now: datetime) -> Room | None:
    """The side room that `by` asked the member to already. Raises AskedAlready where another is with them.

    Threat: a facilitator whom the member blocked asks them, which nobody is shown, and so keeps everybody
    else from asking.
    """
    side = side_of(parent, person)
    is_in_it = side is not None and has_come(side, person)
    if side is None or (side.lead == by and not is_in_it):
        return side
    asking = [one for one in (side.lead, side.second) if one is not None]
    is_heard = all(reaches(one, person, now=now) for one in asking)
    if is_in_it or is_heard:
        raise AskedAlready
    closing.close(room=side, by=by, now=now)
    return None


def _refuse_unless_another_is_here(
    parent: Room, person: Person, *, by: Person, now: datetime
) -> None:
    # Asked of roles only: a block between two people must not be told by who is said to be there.
    chairs = chairs_of(parent, now=now)
    for entry in people_here(parent, now=now):
        chair = chairs.get(entry.person_id)
        keeps = entry.person_id == parent.keeper_id and not parent.group.is_young()
        holds_role = keeps or (chair is not None and chair.part == Part.FACILITATOR)
        if holds_role and entry.person_id not in (person.pk, by.pk):
            return
    raise NobodyElseIsHere


def _change(side: Room, parent: Room, **values: object) -> None:
    Room.objects.filter(pk=side.pk).update(**values)
    touch(room_id=parent.pk)
    touch(room_id=side.pk)
