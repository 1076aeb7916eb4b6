"""A facilitator's evening on a phone, a meeting that is full, and one that has moved."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from hearthside.groups.enums import RoleKind
from hearthside.groups.models import Group, Programme
from tests import world
from tests.journeys.conftest import Arrives
from tests.journeys.reader import PHONE
from tests.meetings.people import ready

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def group(programme: Programme) -> Group:
    return world.group("Night shift blues", size_max=3)


def test_a_facilitator_marks_who_came_with_one_tap_each_and_her_words_are_kept(
    arrives: Arrives, group: Group
) -> None:
    meeting = world.meeting(group, starts_at=timezone.now() - timedelta(minutes=20))
    for number, name in enumerate(["blue-raincoat", "second-kettle"], start=1):
        world.seat(meeting, ready(group, world.person(name)), number=number)
    ready(group, world.person("late-train"))
    leader = arrives("facilitator", **PHONE)
    leader.signs_in(world.role(RoleKind.FACILITATOR, world.person("lookout"), group=group))
    leader.goes("/today/")
    leader.follows("Roster")

    leader.reads("2 are not marked yet.")
    leader.taps("Came", within=".roster-line >> nth=0")
    leader.taps("Came late", within=".roster-line >> nth=1")
    leader.reads("2 people have come.")
    leader.writes("Came at", f"{meeting.starts_at.astimezone(ZoneInfo('Europe/London')):%H:%M}")
    leader.taps("Set")
    # The same tap again takes it back.
    leader.taps("Came", within=".roster-line >> nth=0")
    leader.reads("1 person has come.")
    assert sorted(meeting.attendances.values_list("person__pseudonym", "mark")) == [
        ("second-kettle", "late")
    ]

    leader.writes("Came without a seat", "late-train")
    leader.presses("Add")
    leader.reads("late-train", within="#people")

    leader.writes("How did it go?", "A calm evening. Blue-Raincoat told us about the new flat.")
    leader.presses("Keep the note")
    leader.reads("Blue-Raincoat", within=".error-summary")
    assert "A calm evening." in leader.page.get_by_label("How did it go?").input_value()
    leader.writes("How did it go?", "A calm evening.")
    leader.presses("Keep the note")
    leader.reads("Your note is kept.")


def test_a_full_meeting_has_a_line_and_the_next_in_it_gets_the_seat_that_is_given_up(
    arrives: Arrives, group: Group
) -> None:
    meeting = world.meeting(group, starts_at=timezone.now() + timedelta(days=2), seats_max=1)
    first = arrives("first").signs_in(ready(group, world.person("blue-raincoat")))
    second = arrives("second", **PHONE).signs_in(ready(group, world.person("second-kettle")))
    first.goes(meeting.get_absolute_url())
    first.taps("Take a seat")
    first.reads("You have a seat.")
    second.goes(meeting.get_absolute_url())
    second.taps("Wait for a seat")
    second.reads("You are next in line")
    second.goes("/my-meetings/")
    second.reads("You wait for a seat")
    first.taps("Give up my seat")
    first.reads("You gave your seat up. That is fine, and nobody is told.")
    second.goes("/my-meetings/")
    second.reads("You have a seat")
    # Whoever thinks again gets no seat over the head of somebody else.
    first.taps("Wait for a seat")
    first.reads("You are next in line")


def test_a_meeting_that_moved_is_read_on_ones_own_clock_with_the_groups_beside_it(
    arrives: Arrives, group: Group
) -> None:
    evening = (timezone.now() + timedelta(days=9)).replace(
        hour=19, minute=0, second=0, microsecond=0
    )
    meeting = world.meeting(group, starts_at=evening)
    leader = arrives("facilitator").signs_in(world.role(RoleKind.FACILITATOR, group=group))
    abroad = ready(group)
    world.seat(meeting, abroad)
    member = arrives("abroad", timezone_id="America/New_York", locale="en-US", **PHONE)
    member.signs_in(abroad)
    leader.goes(meeting.get_absolute_url())
    leader.follows("Move it")
    day = evening.astimezone(ZoneInfo("Europe/London")).date() + timedelta(days=1)
    leader.writes("New day", day.isoformat())
    leader.writes("New time", "20:00")
    leader.presses("Move it")
    leader.reads("Moved. Everyone who planned to come is told.")

    # The first page learns the clock from the browser, every later one from the server.
    member.goes("/my-meetings/")
    member.reads("(your time)")
    member.goes(reverse("my_meetings"))
    member.reads("Moved", within="main")
    member.reads("9:30 p.m. in London", within="main")
    hour = meeting_hour(day.isoformat())
    member.reads(f"{hour} p.m.", within="main")
    member.follows("Night shift blues")
    member.reads("This meeting has moved")


def meeting_hour(day: str) -> int:
    """The hour in New York, on a twelve-hour clock, when it is eight in the evening in London."""
    london = datetime.fromisoformat(f"{day}T20:00").replace(tzinfo=ZoneInfo("Europe/London"))
    return london.astimezone(ZoneInfo("America/New_York")).hour % 12
