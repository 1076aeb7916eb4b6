"""The room of a meeting: made when first needed, then kept in step with the meeting, its seats and its team."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from hearthside.accounts.models import Person
from hearthside.groups.models import Group, Role
from hearthside.meetings.actions.duties import stand_down
from hearthside.meetings.actions.locks import lock
from hearthside.meetings.actions.refusals import HasNoRoom, MeetingIsCancelled, MeetingIsOver
from hearthside.meetings.models import Meeting
from hearthside.rooms.actions.changes import touch
from hearthside.rooms.actions.entries import change_stance
from hearthside.rooms.actions.presence import depart, lose
from hearthside.rooms.actions.rooms import call_off, open_for, retime
from hearthside.rooms.enums import Stance
from hearthside.rooms.models import Room, Voice
from hearthside.rooms.queries.chairs import chairs_of, outside_of
from hearthside.safety.models import Measure
from hearthside.safety.queries.measures import is_listening_only


@transaction.atomic
def room_of(*, meeting: Meeting, now: datetime) -> Room:
    """Where the meeting is held: the same room for everybody, made when the first of them asks.

    Raises HasNoRoom, MeetingIsCancelled, or MeetingIsOver for a meeting that nobody was at the door of.
    """
    meeting = lock(meeting=meeting)
    if meeting.is_cancelled():
        raise MeetingIsCancelled
    if meeting.room is None:
        _refuse_roomless(meeting, now)
        meeting.room = open_for(
            group=meeting.group, starts_at=meeting.starts_at, ends_at=meeting.ends_at, now=now
        )
        meeting.save(update_fields=["room"])
    return meeting.room


def show_seats(*, meeting: Meeting) -> None:
    """Somebody has a chair who had none: the room of the meeting, if there is one, opens to them."""
    for room in _live(Q(meeting=meeting)) if meeting.room_id else ():
        touch(room_id=room.pk)


def shut_out(*, meeting: Meeting, person: Person, now: datetime) -> None:
    """The person gave up a chair: the room of the meeting, if there is one, closes to them."""
    if meeting.room_id:
        _follow(person, _live(Q(meeting=meeting)), now=now)


def follow_leaving(*, person: Person, group: Group, now: datetime) -> None:
    """The person left the group: no room of its meetings is open to them, not even of one that is nearly over."""
    _follow(person, _live(Q(meeting__group=group)), now=now)


def follow_role(*, role: Role, now: datetime) -> None:
    """Somebody leads or greets the group from now on, or no longer: its rooms know it at once."""
    if role.group is None:
        return
    if role.until_at is not None:
        stand_down(role=role, now=now)
    _follow(role.person, _live(Q(meeting__group=role.group)), now=now)


def follow_measure(*, measure: Measure, now: datetime) -> None:
    """Safety decided that somebody stays away or listens, or that it is over: rooms that are open know it at once."""
    where = Q(meeting__group=measure.group) if measure.group else Q()
    for room in _live(where & Q(entries__person=measure.person_id)):
        if measure.person_id in outside_of(room, now=now):
            _close_to(measure.person, room, now=now)
            continue
        if is_listening_only(measure.person, room.group_id, now=now):
            change_stance(room=room, person=measure.person, stance=Stance.LISTEN, now=now)
        touch(room_id=room.pk)


def keep_time(*, meeting: Meeting) -> None:
    """The meeting has another time, and so has its room; one that closed before is no longer its room."""
    room = meeting.room
    if room is not None and room.is_closed():
        let_go(meeting=meeting)
    elif room is not None:
        retime(room=room, starts_at=meeting.starts_at, ends_at=meeting.ends_at)


def give_up(*, meeting: Meeting, now: datetime) -> None:
    """The meeting does not take place: its room closes, whoever is in it."""
    if meeting.room is not None:
        call_off(room=meeting.room, now=now)


def let_go(*, meeting: Meeting) -> None:
    """The meeting is held after all, or later: it gets a new room when somebody asks for it."""
    if meeting.room_id is not None:
        meeting.room = None
        meeting.save(update_fields=["room"])


def wind_up(*, group: Group, now: datetime) -> None:
    """The group has ended, and nobody belongs to it or leads it: the rooms that are open close."""
    for room in Room.objects.live().filter(meeting__group=group):
        call_off(room=room, now=now)


def _live(where: Q) -> Iterable[Room]:
    """The live rooms of meetings where that holds, and the private words beside them, in one order for all."""
    held = Room.objects.live().filter(where).values("pk")
    rooms = Room.objects.live().filter(Q(pk__in=held) | Q(parent__in=held))
    return rooms.select_related("parent", "group").order_by("pk")


def _follow(person: Person, rooms: Iterable[Room], *, now: datetime) -> None:
    for room in rooms:
        if person.pk in chairs_of(room, now=now):
            touch(room_id=room.pk)
        else:
            _close_to(person, room, now=now)


def _close_to(person: Person, room: Room, *, now: datetime) -> None:
    # The room before its journal and entries, in the order in which everybody else takes hold of them.
    touch(room_id=room.pk)
    depart(room=room, person=person, now=now)
    # Threat: their browser still holds the keys of the room. New ones come before anything else is said;
    # who never had any leaves nothing to change.
    if Voice.objects.filter(journal__room=room, person=person).exists():
        lose(room=room, now=now)


def _refuse_roomless(meeting: Meeting, now: datetime) -> None:
    if not meeting.group.has_room():
        raise HasNoRoom
    if meeting.is_over(now=now):
        raise MeetingIsOver
