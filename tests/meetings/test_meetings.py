"""One meeting moved, cancelled and held after all."""

from datetime import timedelta

import pytest

from hearthside.meetings import actions
from hearthside.meetings.actions.refusals import (
    MeetingIsCancelled,
    MeetingIsOver,
    NothingToUndo,
    TimeIsPast,
)
from hearthside.meetings.enums import DutyKind
from hearthside.meetings.models import Meeting, Move, Seat
from hearthside.notices.models import Letter
from tests import world
from tests.meetings.people import leader, letters_to, ready
from tests.world import NOW

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def moved(meeting: Meeting, by: timedelta = HOUR) -> Meeting:
    return actions.move(
        meeting=meeting,
        starts_at=meeting.starts_at + by,
        ends_at=meeting.ends_at + by,
        by=None,
        now=NOW,
    )


def test_a_moved_meeting_is_the_same_meeting_at_another_time() -> None:
    meeting = world.meeting(world.group())
    before = meeting.starts_at
    after = moved(meeting)
    assert after.pk == meeting.pk
    assert after.local_start == meeting.local_start
    assert (after.moved_from, after.starts_at) == (before, before + HOUR)
    assert after.revision == 1
    assert Move.objects.get().old_starts_at == before


def test_everyone_with_a_seat_or_in_line_is_told_of_each_move() -> None:
    meeting = world.meeting(world.group(), seats_max=1)
    seated, waiting = ready(meeting.group), ready(meeting.group)
    for person in (seated, waiting):
        actions.take_seat(meeting=meeting, person=person, now=NOW)
    moved(moved(meeting))
    assert letters_to(seated) == ["booked", "moved", "moved"]
    assert letters_to(waiting) == ["moved", "moved"]


def test_moving_back_undoes_a_move() -> None:
    meeting = world.meeting(world.group())
    back = actions.move_back(meeting=moved(meeting), by=None, now=NOW)
    assert (back.starts_at, back.ends_at, back.moved_from) == (
        meeting.starts_at,
        meeting.ends_at,
        None,
    )
    assert back.revision == 2


def test_a_meeting_that_never_moved_has_nothing_to_undo() -> None:
    with pytest.raises(NothingToUndo):
        actions.move_back(meeting=world.meeting(world.group()), by=None, now=NOW)


def test_no_meeting_moves_into_the_past_nor_after_it_is_over_nor_while_cancelled() -> None:
    meeting = world.meeting(world.group())
    with pytest.raises(TimeIsPast):
        moved(meeting, by=-timedelta(days=3))
    with pytest.raises(MeetingIsOver):
        moved(world.meeting(world.group(), starts_at=NOW - timedelta(days=1)))
    actions.cancel(meeting=meeting, message="", by=None, now=NOW)
    with pytest.raises(MeetingIsCancelled):
        moved(meeting)


def test_a_cancelled_meeting_says_why_and_keeps_its_seats_for_a_change_of_mind() -> None:
    meeting = world.meeting(world.group())
    person = ready(meeting.group)
    actions.take_seat(meeting=meeting, person=person, now=NOW)
    actions.cancel(meeting=meeting, message="The boiler is broken.", by=None, now=NOW)
    assert "The boiler is broken." in Letter.objects.get(kind="cancelled").text
    after = actions.restore(meeting=meeting, now=NOW)
    assert not after.is_cancelled()
    assert after.revision == 2
    assert Seat.objects.held().of(person).exists()
    assert letters_to(person) == ["booked", "cancelled", "cancelled"]


def test_cancelling_twice_tells_people_once() -> None:
    meeting = world.meeting(world.group())
    person = ready(meeting.group)
    actions.take_seat(meeting=meeting, person=person, now=NOW)
    for _ in range(2):
        actions.cancel(meeting=meeting, message="", by=None, now=NOW)
    assert letters_to(person) == ["booked", "cancelled"]


def test_whoever_leads_is_asked_anew_when_somebody_else_moves_the_meeting() -> None:
    meeting = world.meeting(world.group())
    person, other = leader(meeting.group), leader(meeting.group)
    actions.ask_all(now=NOW)
    for each in (person, other):
        actions.confirm(meeting=meeting, person=each, kind=DutyKind.LEAD, now=NOW)
    actions.move(
        meeting=meeting, starts_at=meeting.starts_at + HOUR, ends_at=meeting.ends_at + HOUR,
        by=other, now=NOW,
    )  # fmt: skip
    assert meeting.duties.get(person=person).confirmed_at is None
    assert meeting.duties.get(person=other).confirmed_at == NOW
    assert (letters_to(person), letters_to(other)) == (["duty", "duty"], ["duty"])


def test_letters_speak_the_readers_language_and_clock() -> None:
    meeting = world.meeting(world.group())
    person = ready(meeting.group, world.person(time_zone="Asia/Kolkata"))
    actions.take_seat(meeting=meeting, person=person, now=NOW)
    text = Letter.objects.get().text
    assert "Wednesday 25 November, 12:30 a.m. (Kolkata time)" in text
    assert "Tuesday 24 November, 7 p.m. (London time)" in text
