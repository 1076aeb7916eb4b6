"""Rooms when things happen at the same moment: real threads on a real database."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import connection

from hearthside.accounts.models import Person
from hearthside.groups.actions import membership
from hearthside.groups.models import Membership
from hearthside.meetings import actions
from hearthside.meetings.actions.refusals import MeetingIsCancelled
from hearthside.meetings.models import Attendance, Meeting, Seat
from hearthside.rooms.actions.closing import close
from hearthside.rooms.models import Room
from tests import world
from tests.meetings.in_rooms import (
    START,
    begin,
    floor,
    inside,
    may_be_in,
    meeting_in_room,
    online,
    revision,
    seated,
)
from tests.meetings.people import ready
from tests.world import NOW

pytestmark = pytest.mark.django_db(transaction=True)

T = TypeVar("T")
LATER = NOW + timedelta(minutes=1)


def at_once(*acts: Callable[[], T]) -> list[T]:
    """What each act gave, all begun at the same moment, each on its own connection."""
    start = Barrier(len(acts))

    def run(act: Callable[[], T]) -> T:
        try:
            start.wait(timeout=30)
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def releasing(person: Person, meeting: Meeting) -> Callable[[], object]:
    seat = Seat.objects.select_related("meeting", "person").get(person=person, meeting=meeting)
    return lambda: actions.release(seat=seat, now=LATER)


def leaving(person: Person, meeting: Meeting) -> Callable[[], object]:
    own = Membership.objects.select_related("group", "person").get(
        person=person, group=meeting.group
    )
    return lambda: membership.leave(membership=own, now=LATER)


def test_ten_people_at_the_door_of_one_meeting_come_to_one_room() -> None:
    meeting = world.meeting(online())
    found = at_once(*[lambda: actions.room_of(meeting=meeting, now=NOW)] * 10)
    assert len({room.pk for room in found}) == 1
    assert Room.objects.count() == 1


def test_seats_lost_and_won_at_the_same_moment_leave_the_room_to_those_who_sit() -> None:
    meeting = meeting_in_room(seats_max=4)
    going = [inside(meeting, seated(meeting)) for _ in range(4)]
    coming = [ready(meeting.group) for _ in range(4)]
    before = revision(meeting)
    at_once(
        *(releasing(person, meeting) for person in going[:2]),
        *(leaving(person, meeting) for person in going[2:]),
        *(
            lambda who=person: actions.take_seat(meeting=meeting, person=who, now=LATER)
            for person in coming
        ),
    )
    assert may_be_in(meeting, now=LATER) == set(coming)
    assert floor(meeting) == 4
    # Each loss and each gain is a change of its own: none was overwritten by another.
    assert revision(meeting) >= before + len(going) + len(coming)


def test_a_room_that_closes_while_people_give_up_their_seats_closes_once_and_marks_each_once() -> (
    None
):
    meeting = meeting_in_room(seats_max=6)
    people = [inside(meeting, seated(meeting)) for _ in range(6)]
    room = begin(meeting, opened_at=NOW)
    end = START + timedelta(minutes=90)
    at_once(
        *(lambda: close(room=room, by=None, now=end) for _ in range(2)),
        *(releasing(person, meeting) for person in people[:3]),
        *(leaving(person, meeting) for person in people[3:]),
    )
    room.refresh_from_db()
    assert room.is_closed()
    assert Attendance.objects.filter(meeting=meeting).count() == 6


def test_a_meeting_called_off_while_somebody_comes_to_its_door_leaves_no_open_room() -> None:
    for _ in range(5):
        meeting = world.meeting(online())

        def come(at: Meeting = meeting) -> None:
            try:
                actions.room_of(meeting=at, now=NOW)
            except MeetingIsCancelled:
                return

        at_once(
            come,
            lambda off=meeting: actions.cancel(meeting=off, message="", by=None, now=NOW),  # type: ignore[misc]
        )
        assert not Room.objects.live().filter(group=meeting.group).exists()
