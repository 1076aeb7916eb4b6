"""Reminders: each in time, once, and none lost when the process is killed."""

import random
import time
from collections import Counter
from datetime import datetime, timedelta

import pytest

from hearthside.groups.enums import RoleKind
from hearthside.groups.models import Membership
from hearthside.meetings import actions
from hearthside.meetings.enums import DutyKind, Mark
from hearthside.meetings.models import Attendance, Meeting, Seat
from hearthside.notices.models import Letter, Unsubscription
from tests import world
from tests.meetings.people import leader, letters_to, reachable, ready
from tests.meetings.processes import race, racer, tell
from tests.world import NOW

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def seated(meeting: Meeting, *, at: datetime = NOW - 9 * DAY) -> Seat:
    return world.seat(meeting, ready(meeting.group), number=meeting.seats.count() + 1, seated_at=at)


def missed(meeting: Meeting, mark: Mark = Mark.MISSED) -> Seat:
    seat = seated(meeting)
    Attendance.objects.create(
        meeting=meeting, person=seat.person, mark=mark, recorded_at=meeting.ends_at
    )
    return seat


@pytest.mark.django_db
def test_reminders_come_a_day_and_an_hour_before_and_once_each() -> None:
    meeting = world.meeting(world.group(), starts_at=NOW + 3 * DAY)
    person = seated(meeting).person
    came = []
    for hours in range(73):
        actions.remind(now=NOW + hours * HOUR)
        came.append(letters_to(person))
    assert came[47] == []
    assert came[49] == came[70] == ["tomorrow"]
    assert came[72] == ["soon", "tomorrow"]


@pytest.mark.django_db
def test_whoever_has_just_booked_is_not_reminded_at_once() -> None:
    meeting = world.meeting(world.group(), starts_at=NOW + 20 * HOUR)
    person = seated(meeting, at=NOW).person
    actions.remind(now=NOW)
    assert letters_to(person) == []
    actions.remind(now=NOW + 19 * HOUR + timedelta(minutes=30))
    assert letters_to(person) == ["soon"]


@pytest.mark.django_db
def test_nobody_is_reminded_of_a_seat_given_up_or_waited_for_or_of_a_cancelled_meeting() -> None:
    meeting, off = (world.meeting(world.group(), starts_at=NOW + HOUR / 2) for _ in range(2))
    gone, waiting, called_off = seated(meeting), seated(meeting), seated(off)
    Seat.objects.filter(pk=gone.pk).update(released_at=NOW)
    Seat.objects.filter(pk=waiting.pk).update(number=None)
    actions.cancel(meeting=off, message="", by=None, now=NOW)
    Letter.objects.all().delete()
    actions.remind(now=NOW)
    assert not Letter.objects.exists()
    assert called_off.person != gone.person


@pytest.mark.django_db
def test_a_meeting_that_moves_is_remembered_anew() -> None:
    meeting = world.meeting(world.group(), starts_at=NOW + 20 * HOUR)
    person = seated(meeting).person
    actions.remind(now=NOW)
    actions.move(
        meeting=meeting, starts_at=NOW + 3 * DAY, ends_at=NOW + 3 * DAY + HOUR, by=None, now=NOW
    )
    actions.remind(now=NOW + 2 * DAY + HOUR)
    assert letters_to(person) == ["moved", "tomorrow", "tomorrow"]
    assert Letter.objects.filter(kind="tomorrow", dropped_at=None).count() == 1


@pytest.mark.django_db
def test_whoever_was_missed_is_told_the_day_after_without_a_question() -> None:
    group = world.group()
    meeting = world.meeting(group, starts_at=NOW)
    world.meeting(group, starts_at=NOW + 7 * DAY)
    person = missed(meeting).person
    came = missed(meeting, Mark.CAME).person
    actions.remind(now=meeting.ends_at + 2 * HOUR)
    assert letters_to(person) == []
    for hours in (16, 17, 90):
        actions.remind(now=meeting.ends_at + hours * HOUR)
    assert (letters_to(person), letters_to(came)) == (["missed"], [])
    text = Letter.objects.get(kind="missed").text
    assert "No need to explain" in text
    assert "Monday 30 November" in text
    assert f"/groups/{group.slug}/membership/end/" in text


@pytest.mark.django_db
def test_whoever_left_the_group_is_not_told_that_they_were_missed() -> None:
    meeting = world.meeting(world.group(), starts_at=NOW)
    seat = missed(meeting)
    Membership.objects.of(seat.person).update(until_at=NOW)
    actions.remind(now=NOW + 2 * DAY)
    assert letters_to(seat.person) == []


@pytest.mark.django_db
def test_a_kind_that_was_turned_off_stays_off() -> None:
    seat = seated(world.meeting(world.group(), starts_at=NOW + HOUR / 2))
    Unsubscription.objects.create(person=seat.person, kind="soon", since=NOW)
    actions.remind(now=NOW)
    assert letters_to(seat.person) == ["tomorrow"]


@pytest.mark.django_db
def test_whoever_cannot_be_written_to_is_passed_over() -> None:
    meeting = world.meeting(world.group(), starts_at=NOW + HOUR / 2)
    world.seat(meeting, world.member(meeting.group), seated_at=NOW - 3 * DAY)
    assert actions.remind(now=NOW) == 0


@pytest.mark.django_db
def test_those_who_lead_and_greet_are_asked_a_week_ahead_and_once() -> None:
    group = world.group()
    person = leader(group)
    leader(group, RoleKind.GREETER, person)
    meeting = world.meeting(group, starts_at=NOW + 6 * DAY)
    world.meeting(group, starts_at=NOW + 13 * DAY)
    assert [actions.ask_all(now=NOW) for _ in range(2)] == [2, 0]
    assert {duty.meeting for duty in person.duties.all()} == {meeting}
    assert letters_to(person) == ["duty"]


@pytest.mark.django_db
def test_when_the_leader_cannot_come_the_others_and_the_coordinator_hear_of_it() -> None:
    group = world.group()
    meeting = world.meeting(group)
    first, second = leader(group), leader(group)
    coordinator = world.role(RoleKind.COORDINATOR, reachable(), site=group.site)
    actions.decline(meeting=meeting, person=first, kind=DutyKind.LEAD, now=NOW)
    assert letters_to(first) == []
    assert (letters_to(second), letters_to(coordinator)) == (["duty"], ["duty"])


@pytest.mark.django_db(transaction=True)
def test_a_reminding_process_killed_again_and_again_tells_everyone_exactly_once() -> None:
    for _ in range(6):
        meeting = world.meeting(world.group(), starts_at=NOW + HOUR / 2, seats_max=30)
        leader(meeting.group)
        for _ in range(8):
            seated(meeting)
        missed(world.meeting(world.group(), starts_at=NOW - DAY - HOUR))
    chance = random.Random(7)
    for written in (1, 20, 45, 70, 95):
        process = racer()
        tell(process, f"remind {NOW.isoformat()}")
        while Letter.objects.count() < written:
            assert process.poll() is None
            time.sleep(0.001)
        time.sleep(chance.uniform(0, 0.01))
        process.kill()
        process.communicate()
    assert Letter.objects.count() < 108
    race(*[[f"remind {NOW.isoformat()}"]] * 2)
    letters = Counter(Letter.objects.values_list("kind", flat=True))
    assert letters == Counter({"soon": 48, "tomorrow": 48, "missed": 6, "duty": 6})
