"""Shorthands of the tests of rooms: a meeting in one, somebody whose browser holds its keys, who may be in."""

from datetime import datetime, timedelta
from typing import Any

from hearthside.accounts.models import Person
from hearthside.groups.models import Group
from hearthside.meetings import actions
from hearthside.meetings.models import Meeting
from hearthside.rooms.enums import Phase
from hearthside.rooms.models import Journal, Room
from hearthside.rooms.queries.chairs import chairs_of
from tests import world
from tests.meetings.people import ready
from tests.rooms import rooms
from tests.world import NOW

START = NOW + timedelta(minutes=10)


def online(**fields: Any) -> Group:
    """A group that meets in a room."""
    return world.group(format="online", **fields)


def meeting_in_room(group: Group | None = None, **fields: Any) -> Meeting:
    """A meeting in ten minutes, of a group that meets in a room, which was made already."""
    meeting = world.meeting(group or online(), **{"starts_at": START, **fields})
    actions.room_of(meeting=meeting, now=NOW)
    return afresh(meeting)


def seated(meeting: Meeting, who: Person | None = None, **fields: Any) -> Person:
    """A member with the next free chair."""
    person = who or ready(meeting.group)
    number = meeting.seats.count() + 1
    world.seat(meeting, person, **{"number": number, **fields})
    return person


def inside(meeting: Meeting, who: Person) -> Person:
    """The person came in, and a device of theirs holds the keys of the room."""
    room = room_in(meeting)
    rooms.entry(room, who)
    journal = Journal.objects.filter(room=room).first() or rooms.journal(room, epoch=4)
    rooms.voice(journal, rooms.device(who))
    return who


def begin(meeting: Meeting, *, opened_at: datetime = START) -> Room:
    Room.objects.filter(meeting=meeting).update(phase=Phase.OPEN, opened_at=opened_at)
    return room_in(meeting)


def room_in(meeting: Meeting) -> Room:
    return Room.objects.get(meeting=meeting)


def may_be_in(meeting: Meeting, *, now: datetime = NOW) -> set[Person]:
    """Whoever the room itself says has a chair."""
    return {chair.person for chair in chairs_of(room_in(meeting), now=now).values()}


def floor(meeting: Meeting) -> int:
    """The keys that nobody may speak with any more; -1 while none were lost."""
    return Journal.objects.get(room__meeting=meeting).floor_epoch


def revision(meeting: Meeting) -> int:
    return room_in(meeting).revision


def afresh(meeting: Meeting) -> Meeting:
    return Meeting.objects.with_group().get(pk=meeting.pk)
