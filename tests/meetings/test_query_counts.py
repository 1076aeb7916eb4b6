"""Lists cost the same number of queries however long they are."""

from datetime import timedelta

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from hearthside.accounts.models import Person
from hearthside.groups.models import Group
from hearthside.groups.queries.rights import rights_of
from hearthside.meetings import actions
from hearthside.meetings.enums import DutyKind, Mark
from hearthside.meetings.models import Meeting
from hearthside.meetings.queries.leading import ahead_of
from hearthside.meetings.queries.roster import roster_of
from hearthside.meetings.queries.seats import own_meetings
from hearthside.meetings.views import panels
from tests import world
from tests.meetings.people import leader, ready

pytestmark = pytest.mark.django_db


def request_of(person: Person) -> HttpRequest:
    request = RequestFactory().get("/")
    request.user = person
    request.zone = None  # type: ignore[attr-defined]
    return request


def meeting_in(group: Group, *, hours: int) -> Meeting:
    """A meeting with a chair taken, someone waiting, and its leader's yes."""
    meeting = world.meeting(group, starts_at=timezone.now() + timedelta(hours=hours), seats_max=1)
    for _ in range(2):
        actions.take_seat(meeting=meeting, person=ready(group), now=timezone.now())
    return meeting


@pytest.mark.parametrize("rows", [1, 3])
def test_my_meetings(rows: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    person = world.person()
    for row in range(rows):
        group = world.group()
        ready(group, person)
        for hours, number in ((24 * row + 10, 1), (24 * row + 15, None), (-24 * row - 9, 1)):
            at = world.meeting(group, starts_at=timezone.now() + timedelta(hours=hours))
            world.seat(at, person, number=number)
    with django_assert_num_queries(2):
        own = own_meetings(person, now=timezone.now())
        for each in (*own.seated, *own.waiting):
            assert str(each.meeting.group)
            assert not each.meeting.is_cancelled()
    assert (len(own.seated), len(own.waiting), len(own.past)) == (rows, rows, rows)


@pytest.mark.parametrize("rows", [1, 3])
def test_today(rows: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    group = world.group()
    person = leader(group)
    for row in range(rows):
        meeting = meeting_in(group, hours=24 * row + 20)
        actions.confirm(meeting=meeting, person=person, kind=DutyKind.LEAD, now=timezone.now())
    with django_assert_num_queries(4):
        ahead = ahead_of(person, rights_of(person, now=timezone.now()), now=timezone.now())
        led = [*ahead.today, *ahead.later]
        assert [each.confirmed_leaders for each in led] == [[person]] * rows
        assert [each.first_visits for each in led] == [1] * rows


@pytest.mark.parametrize("rows", [1, 3])
def test_a_roster(rows: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    meeting = world.meeting(world.group(), starts_at=timezone.now())
    by = leader(meeting.group)
    for number in range(1, rows + 1):
        world.seat(meeting, number=number)
        walk_in = ready(meeting.group)
        actions.mark(meeting=meeting, person=walk_in, mark=Mark.CAME, by=by, now=timezone.now())
    with django_assert_num_queries(4):
        assert len(roster_of(meeting).lines) == 2 * rows


@pytest.mark.parametrize("rows", [1, 3])
def test_the_panel_of_a_group(rows: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    group = world.group()
    person = leader(group)
    for row in range(rows):
        meeting_in(group, hours=24 * row + 20)
    with django_assert_num_queries(3):
        text = panels.group_panel(request_of(person), group)
    assert text.count("full, 1 waiting") == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_the_panel_of_a_site(rows: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    site = world.site()
    for row in range(rows):
        meeting_in(world.group(site=site), hours=24 * row + 20)
    with django_assert_num_queries(3):
        text = panels.site_panel(request_of(world.person()), site)
    assert text.count("not confirmed") == rows
