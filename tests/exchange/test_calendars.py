"""Calendars that others read hold exactly the meetings there are, and tell no more than they may."""

from datetime import UTC, datetime, timedelta
from typing import Any

import icalendar
import pytest
import recurring_ical_events
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hearthside.accounts.models import Person
from hearthside.exchange.actions import calendars
from hearthside.exchange.models import CalendarLink
from hearthside.exchange.queries.calendars import group_feed
from hearthside.groups.enums import RoleKind, Stage
from hearthside.groups.models import Group, Membership
from hearthside.meetings.actions import meetings as actions
from hearthside.meetings.actions.planning import plan
from hearthside.meetings.actions.rooms import room_of
from hearthside.meetings.models import Meeting
from tests import world
from tests.exchange.lists import bring_in, packed, row

pytestmark = pytest.mark.django_db

# Thirteen weeks from here, clocks change twice: in the United States and in Europe.
BEFORE_CLOCKS_CHANGE = datetime(2026, 9, 7, 12, tzinfo=UTC)


@pytest.fixture
def soon() -> datetime:
    """Now, by the clock that the doors read."""
    return timezone.now().replace(second=0, microsecond=0)


def feed(client: Client, group: Group) -> icalendar.Calendar:
    answer = client.get(reverse("group_calendar", args=[group.slug]))
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    return icalendar.Calendar.from_ical(answer.content)


def times(calendar: icalendar.Calendar, meetings: list[Meeting]) -> list[tuple[datetime, datetime]]:
    """What an independent reader of calendars finds between the first and the last meeting."""
    first = min(meeting.starts_at for meeting in meetings) - timedelta(hours=3)
    last = max(meeting.ends_at for meeting in meetings) + timedelta(hours=3)
    events = recurring_ical_events.of(calendar).between(first, last)
    return sorted(
        (event["DTSTART"].dt.astimezone(UTC), event["DTEND"].dt.astimezone(UTC))
        for event in events
        if event.get("STATUS") != "CANCELLED"
    )


def standing(meetings: list[Meeting]) -> list[tuple[datetime, datetime]]:
    return sorted(
        (meeting.starts_at, meeting.ends_at)
        for meeting in Meeting.objects.filter(pk__in=[each.pk for each in meetings]).standing()
    )


@pytest.mark.parametrize("zone", ["Europe/London", "America/New_York", "Asia/Kolkata"])
@pytest.mark.parametrize("weekdays", [2, [1, 4]])
def test_a_groups_calendar_holds_its_meetings_also_when_clocks_change_and_meetings_move(
    zone: str, weekdays: Any
) -> None:
    now = BEFORE_CLOCKS_CHANGE
    bring_in(packed(row(timezone=zone, day=weekdays)), now=now)
    group = Group.objects.get()
    meetings = list(group.meetings.upcoming(now=now))
    later = timedelta(days=1, hours=2)
    moved, off = meetings[3], meetings[5]
    actions.move(
        meeting=moved,
        starts_at=moved.starts_at + later,
        ends_at=moved.ends_at + later,
        by=None,
        now=now,
    )
    actions.cancel(meeting=off, message="", by=None, now=now)
    calendar = icalendar.Calendar.from_ical(group_feed(group, now=now))
    assert times(calendar, meetings) == standing(meetings)
    assert len(standing(meetings)) == len(meetings) - 1
    zones = {str(each["TZID"]) for each in calendar.walk("VTIMEZONE")}
    assert zones == {zone}


def test_a_meeting_that_happens_once_and_moves_is_there_once() -> None:
    group = world.group()
    series = world.series(group, rule="", starts_local="2026-12-01T19:00")
    plan(series=series, now=world.NOW)
    meeting = Meeting.objects.get()
    later = timedelta(days=2)
    actions.move(
        meeting=meeting,
        starts_at=meeting.starts_at + later,
        ends_at=meeting.ends_at + later,
        by=None,
        now=world.NOW,
    )
    calendar = icalendar.Calendar.from_ical(group_feed(group, now=world.NOW))
    assert times(calendar, [meeting]) == []
    assert times(calendar, list(Meeting.objects.all())) == standing([meeting])


def test_a_public_calendar_tells_of_a_private_venue_only_the_area(client: Client) -> None:
    group = world.group(
        is_venue_hidden=True,
        venue="Garden house",
        address="19 Quarry Gardens",
        locality="Bristol",
        link="https://meet.example/secret",
        joining_notes="Ring twice",
    )
    world.series(group)
    leader = world.role(RoleKind.FACILITATOR, world.person("Willow-Wisp"), group=group)
    text = feed(client, group).to_ical().decode().replace("\r\n ", "")
    assert "Bristol" in text
    for secret in ("Garden house", "Quarry", "secret", "Ring twice", leader.pseudonym):
        assert secret not in text


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.PAUSED, Stage.ENDED])
def test_a_group_that_cannot_be_found_has_no_calendar(client: Client, stage: Stage) -> None:
    group = world.group(stage=stage)
    assert client.get(reverse("group_calendar", args=[group.slug])).status_code == 404


def test_a_calendar_that_has_not_changed_is_not_sent_again(client: Client, soon: datetime) -> None:
    group = world.group()
    address = reverse("group_calendar", args=[group.slug])
    world.series(group)
    first = client.get(address)
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 304
    meeting = world.meeting(group, series=group.series.get(), starts_at=soon + timedelta(days=1))
    actions.cancel(meeting=meeting, message="", by=None, now=soon)
    changed = client.get(address, headers={"if-none-match": first["ETag"]})
    assert changed.status_code == 200
    # It takes place after all: the first calendar is right again, whatever its date.
    actions.restore(meeting=meeting, now=soon)
    assert client.get(address, headers={"if-none-match": changed["ETag"]}).status_code == 200


def own_address(person: Person, *, is_discreet: bool = True) -> str:
    secret = calendars.make_link(person=person, is_discreet=is_discreet, now=timezone.now())
    return reverse("my_calendar", args=[secret])


def test_a_persons_calendar_holds_the_meetings_they_have_a_seat_at_and_says_only_appointment(
    client: Client, soon: datetime
) -> None:
    group = world.group("Living with a stoma", link="https://meet.example/x")
    person = world.member(group)
    mine, waiting, other = (
        world.meeting(group, starts_at=soon + timedelta(days=days)) for days in (1, 8, 15)
    )
    world.seat(mine, person)
    world.seat(waiting, person, number=None)
    world.seat(other)
    body = client.get(own_address(person)).content
    calendar = icalendar.Calendar.from_ical(body)
    assert times(calendar, [mine, waiting, other]) == standing([mine])
    text = body.decode().replace("\r\n ", "")
    assert "SUMMARY:Appointment" in text
    for hidden in ("stoma", "Old Library", "Harbour", "meet.example", "/meetings/", group.slug):
        assert hidden not in text


def test_a_calendar_that_is_not_discreet_tells_what_and_where(
    client: Client, soon: datetime
) -> None:
    group = world.group("Living with a stoma")
    person = world.member(group)
    world.seat(world.meeting(group, starts_at=soon), person)
    text = client.get(own_address(person, is_discreet=False)).content.decode().replace("\r\n ", "")
    assert "Living with a stoma" in text
    assert "The Old Library" in text


def test_who_left_a_group_no_longer_reads_its_joining_details_from_an_old_seat(
    client: Client, soon: datetime
) -> None:
    group = world.group(format="hybrid", link="https://meet.example/secret", is_venue_hidden=True)
    person = world.member(group)
    world.seat(world.meeting(group, starts_at=soon), person)
    address = own_address(person, is_discreet=False)
    assert "meet.example/secret" in client.get(address).content.decode().replace("\r\n ", "")
    Membership.objects.of(person).update(until_at=timezone.now())
    text = client.get(address).content.decode().replace("\r\n ", "")
    assert "BEGIN:VEVENT" in text
    for hidden in ("meet.example", "Old Library"):
        assert hidden not in text


def test_a_cancelled_meeting_stays_in_the_calendar_as_cancelled(
    client: Client, soon: datetime
) -> None:
    group = world.group()
    person = world.member(group)
    meeting = world.meeting(group, starts_at=soon)
    world.seat(meeting, person)
    actions.cancel(meeting=meeting, message="", by=None, now=soon)
    assert "STATUS:CANCELLED" in client.get(own_address(person)).content.decode()


def test_a_revoked_unknown_or_orphaned_address_answers_nobody(client: Client) -> None:
    person = world.person()
    address = own_address(person)
    assert client.get(address).status_code == 200
    calendars.revoke(link=CalendarLink.objects.get(), now=timezone.now())
    assert client.get(address).status_code == 404
    assert client.get(reverse("my_calendar", args=["guess"])).status_code == 404
    other = own_address(person)
    person.is_active = False
    person.save()
    assert client.get(other).status_code == 404


def test_the_secret_is_shown_once_and_nowhere_kept() -> None:
    person = world.person()
    browser = world.browser(person)
    page = browser.post(reverse("calendar_links"), {"is_discreet": "on"}).content.decode()
    start = page.index("/feeds/mine/") + len("/feeds/mine/")
    secret = page[start : page.index(".ics", start)]
    assert browser.get(reverse("my_calendar", args=[secret])).status_code == 200
    link = CalendarLink.objects.get()
    assert link.is_discreet
    assert secret not in f"{link.digest}{link.pk}"
    assert secret not in browser.get(reverse("calendar_links")).content.decode()


def test_nobody_revokes_the_address_of_somebody_else() -> None:
    owner, other = world.person(), world.person()
    own_address(owner)
    address = reverse("calendar_link_revoke", args=[CalendarLink.objects.get().pk])
    assert world.browser(other).post(address).status_code == 404
    assert world.browser(owner).post(address).status_code == 302
    assert CalendarLink.objects.get().until_at is not None


def test_ten_addresses_are_enough() -> None:
    person = world.person()
    for _number in range(calendars.MOST_LINKS):
        own_address(person)
    with pytest.raises(calendars.TooManyLinks):
        own_address(person)


def test_no_calendar_names_the_room_of_a_meeting_nor_the_way_into_it(soon: datetime) -> None:
    group = world.group(format="online")
    member = world.member(group)
    meeting = world.meeting(group, starts_at=soon + timedelta(hours=1))
    world.seat(meeting, member)
    room = room_of(meeting=meeting, now=soon)
    secret = calendars.make_link(person=member, is_discreet=False, now=soon)
    own = Client().get(reverse("my_calendar", args=[secret])).content.decode()
    for calendar in (feed(Client(), group).to_ical().decode(), own):
        assert "BEGIN:VEVENT" in calendar
        assert str(room.pk) not in calendar
        assert "/room" not in calendar
