"""What facilitators and coordinators do through the door: rota, roster, changes, timetables."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hearthside.accounts.models import Person
from hearthside.groups.enums import RoleKind
from hearthside.groups.models import Group
from hearthside.meetings import actions
from hearthside.meetings.enums import DutyKind
from hearthside.meetings.models import Attendance, Meeting, Note, Series
from tests import world
from tests.meetings.people import leader, ready
from tests.meetings.test_pages import HTMX, meeting_soon, page, post

pytestmark = pytest.mark.django_db


@pytest.fixture
def group() -> Group:
    return world.group()


@pytest.fixture
def facilitator(group: Group) -> Person:
    return leader(group)


@pytest.fixture
def client(facilitator: Person) -> Client:
    return world.browser(facilitator)


def meeting_of(group: Group, hours: float = 0.5, **fields: Any) -> Meeting:
    start = timezone.now().replace(microsecond=0) + timedelta(hours=hours)
    return world.meeting(group, starts_at=start, **fields)


LEADERS_ONLY = ["roster", "meeting_move", "meeting_cancel"]


@pytest.mark.parametrize("name", LEADERS_ONLY)
def test_members_and_leaders_of_other_groups_find_no_page_of_leaders(name: str) -> None:
    meeting = meeting_soon()
    address = reverse(name, args=[meeting.pk])
    for person in (ready(meeting.group), leader(world.group())):
        assert world.browser(person).get(address).status_code == 404
    assert world.browser(leader(meeting.group)).get(address).status_code == 200


@pytest.mark.parametrize("name", ["note", "walk_in", "meeting_restore", "meeting_move_back"])
def test_members_cannot_do_what_leaders_do(name: str) -> None:
    meeting = meeting_soon()
    answer = world.browser(ready(meeting.group)).post(reverse(name, args=[meeting.pk]))
    assert answer.status_code == 404


def test_today_shows_what_i_lead_and_asks_whether_i_will_be_there(
    client: Client, group: Group, facilitator: Person
) -> None:
    assert "Nothing in the next seven days" in page(client, "today")
    meeting = meeting_of(group, hours=30)
    world.seat(meeting, ready(group))
    text = page(client, "today")
    assert "1 person for the first time" in text
    assert "Nobody has said yet that they lead it" in text
    assert "We count on you" in post(client, "duty_confirm", meeting.pk)
    assert f"Led by {facilitator}" in page(client, "today")
    post(client, "duty_decline", meeting.pk)
    assert "You said that you cannot be there." in page(client, "today")


def test_the_page_today_is_not_there_for_members(group: Group) -> None:
    assert world.browser(ready(group)).get(reverse("today")).status_code == 404


def test_one_tap_marks_and_the_same_tap_again_takes_it_away(client: Client, group: Group) -> None:
    meeting = meeting_of(group)
    person = world.seat(meeting, ready(group)).person
    assert "1 person has come." in post(client, "mark", meeting.pk, person.pk, mark="came")
    assert "0 people have come." in post(client, "mark", meeting.pk, person.pk, mark="came")
    address = reverse("mark", args=[meeting.pk, person.pk])
    answer = client.post(address, {"mark": "late"}, headers=HTMX).content.decode()
    assert answer.strip().startswith('<section id="people"')
    assert Attendance.objects.get().arrived_at is not None


def test_a_time_makes_late_exact(client: Client, group: Group) -> None:
    meeting = meeting_of(group, hours=-1)
    person = world.seat(meeting, ready(group)).person
    half_past = meeting.starts_at + timedelta(minutes=30)
    local = half_past.astimezone(timezone.get_fixed_timezone(0)).strftime("%H:%M")
    post(client, "mark", meeting.pk, person.pk, mark="late", at=local)
    arrived = Attendance.objects.get().arrived_at
    assert arrived is not None
    assert f"{arrived:%H:%M}" == local


def test_strangers_are_never_on_the_roster(client: Client, group: Group) -> None:
    meeting = meeting_of(group)
    address = reverse("mark", args=[meeting.pk, world.person().pk])
    assert client.post(address, {"mark": "came"}).status_code == 404


def test_a_member_who_walks_in_is_added_by_pseudonym(client: Client, group: Group) -> None:
    meeting = meeting_of(group)
    person = ready(group)
    assert person.pseudonym in page(client, "roster", meeting.pk)
    text = post(client, "walk_in", meeting.pk, pseudonym=person.pseudonym.upper())
    assert "Came without a seat" in text
    assert Attendance.objects.get().person == person
    assert "Nobody in this group goes by that name" in post(
        client, "walk_in", meeting.pk, pseudonym="Nobody"
    )


def test_a_refused_note_stays_on_the_page(client: Client, group: Group) -> None:
    meeting = meeting_of(group)
    name = ready(group).pseudonym
    text = post(client, "note", meeting.pk, text=f"Tonight {name} spoke of the sea.")
    assert "spoke of the sea." in text
    assert "may not say who somebody is" in text
    assert not Note.objects.exists()
    assert "Your note is kept." in post(client, "note", meeting.pk, text="We spoke of the sea.")


def test_a_meeting_is_moved_and_put_back(client: Client, group: Group) -> None:
    meeting = meeting_of(group, hours=48)
    day = (meeting.starts_at + timedelta(days=1)).date()
    text = post(client, "meeting_move", meeting.pk, date=str(day), time="18:30", minutes="60")
    assert "This meeting has moved" in text
    assert "put it back" in text
    assert "back at its earlier time" in post(client, "meeting_move_back", meeting.pk)
    again = Meeting.objects.get(pk=meeting.pk)
    assert (again.starts_at, again.ends_at) == (meeting.starts_at, meeting.ends_at)


def test_a_meeting_is_not_moved_into_the_past(client: Client, group: Group) -> None:
    meeting = meeting_of(group, hours=48)
    text = post(client, "meeting_move", meeting.pk, date="2020-01-01", time="18:30", minutes="60")
    assert "That time is in the past" in text


def test_a_meeting_is_cancelled_and_held_after_all(client: Client, group: Group) -> None:
    meeting = meeting_of(group, hours=48)
    assert "Snow." in post(client, "meeting_cancel", meeting.pk, message="Snow.")
    assert "takes place after all" in post(client, "meeting_restore", meeting.pk)
    assert not Meeting.objects.get(pk=meeting.pk).is_cancelled()


def timetable(**choices: object) -> dict[str, object]:
    first = timezone.now().date() + timedelta(days=3)
    return {
        "repeats": "weekly", "date": str(first), "time": "19:00", "minutes": "90",
        "zone": "Europe/London", "nth": "1", **choices,
    }  # fmt: skip


def test_a_timetable_is_looked_at_before_it_is_saved(client: Client, group: Group) -> None:
    choices = timetable()
    text = post(client, "series_new", group.slug, **choices)
    assert "Is this right?" in text
    assert not Series.objects.exists()
    seen = text.partition('name="seen" value="')[2].partition('"')[0]
    other = post(client, "series_new", group.slug, **{**choices, "time": "20:00"}, seen=seen)
    assert "Is this right?" in other
    assert "Saved." in post(client, "series_new", group.slug, **choices, seen=seen)
    series = Series.objects.get()
    assert series.meetings.count() >= 12
    text = post(client, "series_edit", series.pk, **timetable(repeats="fortnightly"))
    seen = text.partition('name="seen" value="')[2].partition('"')[0]
    post(client, "series_edit", series.pk, **timetable(repeats="fortnightly"), seen=seen)
    assert "INTERVAL=2" in Series.objects.get().rule
    assert "Ended." in post(client, "series_end", series.pk)


@pytest.mark.parametrize(
    ("choices", "said"),
    [
        ({"repeats": "course"}, "Please say how many meetings the course has."),
        ({"repeats": "course", "count": "6"}, "a course of 6 meetings"),
        ({"repeats": "monthly", "nth": "-1"}, "of the month at 7 p.m."),
        ({"repeats": "once"}, "Once, on"),
        ({"zone": "Mars/Olympus"}, "Select a valid choice"),
    ],
)
def test_the_form_says_what_a_timetable_means(
    client: Client, group: Group, choices: dict[str, object], said: str
) -> None:
    assert said in post(client, "series_new", group.slug, **timetable(**choices))


def test_a_groups_page_shows_its_next_meetings_with_seats_in_words(group: Group) -> None:
    full, open_one = meeting_of(group, hours=20, seats_max=1), meeting_of(group, hours=44)
    for _ in range(2):
        actions.take_seat(meeting=full, person=ready(group), now=timezone.now())
    text = page(Client(), "group", group.slug)
    assert "full, 1 waiting" in text
    assert "12 seats left" in text
    assert reverse("meeting", args=[open_one.pk]) in text
    assert "Plan meetings" not in text


def test_a_coordinator_sees_a_sites_week_at_a_glance(group: Group, facilitator: Person) -> None:
    led, unled = meeting_of(group, hours=20), meeting_of(group, hours=44)
    actions.confirm(meeting=led, person=facilitator, kind=DutyKind.LEAD, now=timezone.now())
    coordinator = world.role(RoleKind.COORDINATOR, site=group.site)
    text = page(world.browser(coordinator), "site", group.site.slug)
    assert "Nobody leads yet" in text
    assert text.index(reverse("meeting", args=[unled.pk])) < text.index(
        reverse("meeting", args=[led.pk])
    )
    assert text.count("not confirmed") == 1
