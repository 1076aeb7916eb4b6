"""Who came, in one tap; and notes that hold no names."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearthside.groups.enums import Standing
from hearthside.meetings import actions
from hearthside.meetings.actions.refusals import (
    MeetingIsCancelled,
    NotAMember,
    NoteHoldsNames,
    TooEarlyToMark,
)
from hearthside.meetings.actions.roster import words_that_name
from hearthside.meetings.enums import Mark
from hearthside.meetings.models import Attendance, Meeting, Note
from hearthside.meetings.queries.roster import Line, line_of, roster_of
from hearthside.meetings.queries.seats import visits_of
from tests import world
from tests.meetings.people import leader, ready
from tests.world import NOW

HOUR = timedelta(hours=1)
database = pytest.mark.django_db


def meeting_now(**fields: Any) -> Meeting:
    return world.meeting(world.group(), starts_at=NOW, **fields)


def line(meeting: Meeting, person: object) -> Line:
    found = line_of(meeting, person)  # type: ignore[arg-type]
    assert found is not None
    return found


@database
def test_a_mark_says_who_wrote_it_and_a_later_mark_takes_its_place() -> None:
    meeting = meeting_now()
    by, person = leader(meeting.group), world.seat(meeting).person
    for mark in (Mark.MISSED, Mark.CAME):
        actions.mark(meeting=meeting, person=person, mark=mark, by=by, now=NOW)
    kept = Attendance.objects.get()
    assert (kept.mark, kept.recorded_by, kept.recorded_at) == ("came", by, NOW)


@database
def test_late_and_left_early_keep_their_times() -> None:
    meeting = meeting_now()
    by, person = leader(meeting.group), world.seat(meeting).person
    actions.mark(meeting=meeting, person=person, mark=Mark.LATE, by=by, now=NOW + HOUR / 2)
    kept = actions.mark(
        meeting=meeting, person=person, mark=Mark.LEFT, by=by, now=NOW + HOUR, at=NOW + HOUR
    )
    assert (kept.arrived_at, kept.left_at) == (NOW + HOUR / 2, NOW + HOUR)
    kept = actions.mark(meeting=meeting, person=person, mark=Mark.CAME, by=by, now=NOW)
    assert (kept.arrived_at, kept.left_at) == (None, None)


@database
def test_a_mark_taken_away_leaves_nothing() -> None:
    meeting = meeting_now()
    person = world.seat(meeting).person
    actions.mark(meeting=meeting, person=person, mark=Mark.CAME, by=person, now=NOW)
    actions.unmark(meeting=meeting, person=person)
    assert not Attendance.objects.exists()


@database
def test_nobody_is_marked_long_before_a_meeting_or_at_a_cancelled_one() -> None:
    meeting = meeting_now()
    person = world.seat(meeting).person
    with pytest.raises(TooEarlyToMark):
        actions.mark(meeting=meeting, person=person, mark=Mark.CAME, by=person, now=NOW - 2 * HOUR)
    actions.cancel(meeting=meeting, message="", by=None, now=NOW)
    with pytest.raises(MeetingIsCancelled):
        actions.mark(
            meeting=Meeting.objects.get(), person=person, mark=Mark.CAME, by=person, now=NOW
        )


@database
def test_members_may_walk_in_and_strangers_may_not() -> None:
    meeting = meeting_now()
    by, member = leader(meeting.group), ready(meeting.group)
    actions.mark(meeting=meeting, person=member, mark=Mark.CAME, by=by, now=NOW)
    assert not line(meeting, member).has_seat
    for stranger in (world.person(), world.member(meeting.group, standing=Standing.ASKED)):
        with pytest.raises(NotAMember):
            actions.mark(meeting=meeting, person=stranger, mark=Mark.CAME, by=by, now=NOW)


@database
def test_someone_is_new_until_they_have_come_once() -> None:
    group = world.group()
    first, second, third = (
        world.meeting(group, starts_at=NOW + n * timedelta(days=7)) for n in range(3)
    )
    person = ready(group)
    for meeting in (first, second, third):
        world.seat(meeting, person)
    actions.mark(meeting=first, person=person, mark=Mark.MISSED, by=person, now=NOW)
    assert line(second, person).is_first_visit
    actions.mark(meeting=second, person=person, mark=Mark.LATE, by=person, now=second.starts_at)
    assert line(second, person).is_first_visit
    assert not line(third, person).is_first_visit
    assert visits_of(person, group) == 1


@database
def test_the_roster_counts_who_came_who_is_not_marked_and_who_waits() -> None:
    meeting = meeting_now()
    people = [world.seat(meeting, number=number).person for number in (1, 2, 3)]
    world.seat(meeting, number=None)
    for person, mark in zip(people, (Mark.LEFT, Mark.MISSED), strict=False):
        actions.mark(meeting=meeting, person=person, mark=mark, by=person, now=NOW)
    roster = roster_of(meeting)
    assert (len(roster.lines), roster.came, roster.unmarked, roster.waiting) == (3, 1, 1, 1)


@database
@pytest.mark.parametrize(
    "text",
    [
        "It went well. robin WAS quiet.",
        "Robin's week was hard.",
        "Write to someone.else@example.org",
        "Call 0113 496 0000",
        "Call +44 (0)113 4960000.",
    ],
)
def test_a_note_that_may_name_someone_is_refused_and_says_why(text: str) -> None:
    meeting = meeting_now()
    by = leader(meeting.group)
    world.member(meeting.group, world.person("Robin"))
    with pytest.raises(NoteHoldsNames) as refusal:
        actions.write_note(meeting=meeting, text=text, by=by, now=NOW)
    assert refusal.value.found[0] in str(refusal.value)
    assert not Note.objects.exists()


@database
def test_a_note_without_names_is_kept_changed_and_removed() -> None:
    meeting = meeting_now()
    by = leader(meeting.group)
    world.member(meeting.group, world.person("Robin"))
    text = "Six came on 23.11.2026 at 19:00. Robins sang outside. Next time: 2 chairs more."
    assert actions.write_note(meeting=meeting, text=text, by=by, now=NOW)
    assert actions.write_note(meeting=meeting, text="Calm.", by=by, now=NOW)
    assert Note.objects.get().text == "Calm."
    assert actions.write_note(meeting=meeting, text="  ", by=by, now=NOW) is None
    assert not Note.objects.exists()


@database
def test_the_names_of_those_who_left_or_lead_or_once_had_a_seat_are_names_too() -> None:
    meeting = meeting_now()
    by = leader(meeting.group)
    gone = world.member(meeting.group, until_at=NOW)
    once = world.seat(meeting, released_at=NOW).person
    for person in (by, gone, once):
        with pytest.raises(NoteHoldsNames):
            actions.write_note(meeting=meeting, text=f"With {person}.", by=by, now=NOW)


@settings(deadline=None)
@given(
    before=st.text(alphabet="abc .,!\n", max_size=20),
    after=st.text(alphabet=" .,!\n", min_size=1, max_size=20),
    name=st.text(alphabet="Rob1n-_ .é", min_size=2, max_size=12).filter(lambda name: name.strip()),
)
def test_a_name_is_found_wherever_it_stands(before: str, after: str, name: str) -> None:
    name = name.strip()
    assert words_that_name(text=f"{before} {name}{after}", names={name})


@settings(deadline=None)
@given(st.text(alphabet="abc 12:.,", max_size=6))
def test_short_texts_without_names_are_never_refused(text: str) -> None:
    assert not words_that_name(text=text, names={"Robin"})
