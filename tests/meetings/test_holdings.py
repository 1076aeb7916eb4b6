"""What is held about a person: all of it shown, all of it erased, and nobody left waiting beside a free chair."""

from datetime import timedelta

import pytest

from hearthside.accounts.ports import holders
from hearthside.groups.actions import groups as group_actions
from hearthside.meetings import actions
from hearthside.meetings.enums import DutyKind, Mark
from hearthside.meetings.models import Attendance, Duty, Guest, Meeting, Reserve, Seat
from tests import world
from tests.meetings.people import haven_of, leader, letters_to, ready
from tests.world import NOW

pytestmark = pytest.mark.django_db


def test_everything_held_about_a_person_is_shown_and_erased() -> None:
    meeting = world.meeting(world.group(), seats_max=1)
    before = world.meeting(meeting.group, starts_at=NOW - timedelta(days=7))
    person = ready(meeting.group, leader(meeting.group))
    actions.take_seat(meeting=meeting, person=person, now=NOW)
    waiting = actions.take_seat(meeting=meeting, person=ready(meeting.group), now=NOW)
    actions.mark(meeting=before, person=person, mark=Mark.CAME, by=person, now=NOW)
    actions.confirm(meeting=meeting, person=person, kind=DutyKind.LEAD, now=NOW)
    Reserve.objects.create(person=person, since=NOW, weekdays=[0])
    haven = haven_of(before, now=NOW)
    Guest.objects.create(haven=haven, meeting=haven.host, person=person, at=NOW)
    holder = holders()["meetings"]
    assert [len(held.rows) for held in holder.held(person)] == [1, 1, 1, 1, 1, 1]
    holder.erase(person, now=NOW)
    for model in (Seat, Attendance, Duty, Reserve, Guest):
        assert not model.objects.filter(person=person).exists()
    waiting.refresh_from_db()
    assert waiting.number == 1


def test_when_a_group_ends_its_meetings_end_and_people_are_told() -> None:
    group = world.group()
    by, person = leader(group), ready(group)
    meeting = world.meeting(group)
    actions.take_seat(meeting=meeting, person=person, now=NOW)
    group_actions.end(group=group, by=by, now=NOW)
    assert Meeting.objects.get().is_cancelled()
    assert not group.series.filter(ended_at=None).exists()
    assert letters_to(person) == ["booked", "cancelled"]
