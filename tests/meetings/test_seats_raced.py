"""Seats when many people tap at the same moment: real threads and processes on a real database."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import connection

from hearthside.accounts.models import Person
from hearthside.groups.actions import membership
from hearthside.groups.models import Group, Membership
from hearthside.meetings import actions
from hearthside.meetings.actions.refusals import NotAMember, OverlappingSeat
from hearthside.meetings.models import Meeting, Seat
from hearthside.notices.enums import Kind
from hearthside.notices.models import Letter
from tests import world
from tests.meetings.people import ready
from tests.meetings.processes import race
from tests.world import NOW

pytestmark = pytest.mark.django_db(transaction=True)

T = TypeVar("T")


def at_once(*acts: Callable[[], T]) -> list[T | Exception]:
    """What each act gave or raised, all begun at the same moment, each on its own connection."""
    start = Barrier(len(acts))

    def run(act: Callable[[], T]) -> T | Exception:
        try:
            start.wait(timeout=30)
            return act()
        except Exception as error:  # noqa: BLE001 - the test looks at what was raised
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def taking(meeting: Meeting, person: Person, now: datetime = NOW) -> Callable[[], Seat]:
    return lambda: actions.take_seat(meeting=meeting, person=person, now=now)


def people_of(group: Group, count: int) -> list[Person]:
    return [ready(group) for _ in range(count)]


def chairs(meeting: Meeting) -> list[int]:
    seats = Seat.objects.held().filter(meeting=meeting)
    return sorted(seat.number or 0 for seat in seats)


def assert_all_is_well(meeting: Meeting, people: Sequence[Person]) -> None:
    """Nobody is lost or has two places; no chair is shared, and none is free while someone waits."""
    seats = Seat.objects.open().filter(meeting=meeting)
    assert sorted(seat.person_id for seat in seats) == sorted(person.pk for person in people)
    assert chairs(meeting) == list(range(1, min(meeting.seats_max, len(people)) + 1))


def test_fifty_people_race_for_three_chairs() -> None:
    meeting = world.meeting(world.group(), seats_max=3)
    people = people_of(meeting.group, 50)
    results = at_once(*(taking(meeting, person) for person in people))
    assert not [result for result in results if isinstance(result, Exception)]
    assert_all_is_well(meeting, people)
    assert Letter.objects.filter(kind=Kind.BOOKED).count() == 3


def test_fifty_people_race_for_three_chairs_from_five_processes() -> None:
    meeting = world.meeting(world.group(), seats_max=3)
    people = people_of(meeting.group, 50)
    race(*([f"take {meeting.pk} {person.pk}" for person in people[n::5]] for n in range(5)))
    assert_all_is_well(meeting, people)


def test_one_person_taps_ten_times_and_has_one_seat() -> None:
    meeting = world.meeting(world.group())
    person = ready(meeting.group)
    results = at_once(*[taking(meeting, person)] * 10)
    assert len({seat.pk for seat in results if isinstance(seat, Seat)}) == 1
    assert_all_is_well(meeting, [person])
    assert Letter.objects.filter(kind=Kind.BOOKED).count() == 1


def test_one_person_in_many_tabs_is_booked_in_one_place_at_a_time() -> None:
    meetings = [world.meeting(world.group()) for _ in range(8)]
    person = world.person()
    for meeting in meetings:
        ready(meeting.group, person)
    results = at_once(*(taking(meeting, person) for meeting in meetings))
    assert [type(result) for result in results].count(OverlappingSeat) == 7
    assert Seat.objects.open().of(person).count() == 1


def test_chairs_given_up_and_taken_at_the_same_moment_are_never_shared_nor_left_empty() -> None:
    meeting = world.meeting(world.group(), seats_max=5)
    leaving, coming = people_of(meeting.group, 5), people_of(meeting.group, 15)
    seats = [actions.take_seat(meeting=meeting, person=person, now=NOW) for person in leaving]
    later = NOW + timedelta(minutes=1)
    results = at_once(
        *(lambda seat=seat: actions.release(seat=seat, now=later) for seat in seats),
        *(taking(meeting, person, later) for person in coming),
    )
    assert not [result for result in results if isinstance(result, Exception)]
    assert_all_is_well(meeting, coming)


def test_chairs_freed_in_a_race_go_to_those_who_waited_longest() -> None:
    meeting = world.meeting(world.group(), seats_max=6)
    seated, waiting = people_of(meeting.group, 6), people_of(meeting.group, 10)
    seats = [actions.take_seat(meeting=meeting, person=person, now=NOW) for person in seated]
    for minute, person in enumerate(waiting, start=1):
        actions.take_seat(meeting=meeting, person=person, now=NOW + timedelta(minutes=minute))
    later = NOW + timedelta(hours=1)
    at_once(*(lambda seat=seat: actions.release(seat=seat, now=later) for seat in seats))
    assert_all_is_well(meeting, waiting)
    promoted = Seat.objects.held().filter(meeting=meeting).values_list("person", flat=True)
    assert set(promoted) == {person.pk for person in waiting[:6]}
    assert Letter.objects.filter(kind=Kind.SEATED).count() == 6


def test_one_chair_given_up_ten_times_frees_one_chair() -> None:
    meeting = world.meeting(world.group(), seats_max=1)
    first, *waiting = people_of(meeting.group, 4)
    seat = actions.take_seat(meeting=meeting, person=first, now=NOW)
    for person in waiting:
        actions.take_seat(meeting=meeting, person=person, now=NOW)
    at_once(*[lambda: actions.release(seat=Seat.objects.get(pk=seat.pk), now=NOW)] * 10)
    assert_all_is_well(meeting, waiting)


def test_who_leaves_the_group_while_taking_a_seat_ends_without_one() -> None:
    group = world.group()
    meetings = [world.meeting(group, starts_at=NOW + timedelta(days=day)) for day in (1, 2, 3)]
    for _ in range(5):
        person = ready(group)
        belonging = Membership.objects.select_related("group", "person").get(
            person=person, group=group
        )
        results = at_once(
            lambda own=belonging: membership.leave(membership=own, now=NOW),  # type: ignore[misc]
            *(taking(meeting, person) for meeting in meetings),
        )
        surprises = [each for each in results if isinstance(each, Exception)]
        assert all(isinstance(each, NotAMember) for each in surprises)
        assert not Seat.objects.open().of(person).exists()


def test_seats_taken_while_a_meeting_moves_are_told_the_new_time() -> None:
    meeting = world.meeting(world.group(), seats_max=20)
    people = people_of(meeting.group, 10)
    later = meeting.starts_at + timedelta(hours=2)
    results = at_once(
        lambda: actions.move(
            meeting=meeting, starts_at=later, ends_at=later + timedelta(hours=1), by=None, now=NOW
        ),
        *(taking(meeting, person) for person in people),
    )
    assert not [result for result in results if isinstance(result, Exception)]
    for letter in Letter.objects.filter(kind=Kind.BOOKED).exclude(subject__contains="9 p.m."):
        assert Letter.objects.filter(kind=Kind.MOVED, person=letter.person).exists()
