"""The demonstration: made quickly, once, lively whatever the day, and made of nobody real."""

from datetime import UTC, datetime, timedelta

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from hearthside.accounts.demo import DEMO_PEOPLE
from hearthside.accounts.models import Person
from hearthside.exchange import demo
from hearthside.groups.enums import Format, Stage, Standing
from hearthside.groups.models import Group, Membership, Programme, Role
from hearthside.groups.queries.training import may_lead
from hearthside.meetings import actions
from hearthside.meetings.models import (
    Attendance,
    Cancellation,
    Duty,
    Meeting,
    Note,
    Reserve,
    Seat,
    Series,
    Welcome,
)
from hearthside.meetings.queries.chairs import chairs_at
from hearthside.meetings.queries.week import Light, week_of
from hearthside.notices.models import Letter
from hearthside.rooms.enums import Part, Phase
from hearthside.rooms.models import Room
from hearthside.rooms.queries.chairs import chairs_of
from hearthside.rooms.queries.doors import Doorway, door_of

pytestmark = pytest.mark.django_db

A_SATURDAY = datetime(2026, 11, 21, 14, tzinfo=UTC)
A_DAY_IN_SPRING = datetime(2027, 3, 29, 9, tzinfo=UTC)


@pytest.mark.parametrize("now", [A_SATURDAY, A_DAY_IN_SPRING])
def test_there_is_something_to_see_for_everyone_whatever_the_day(now: datetime) -> None:
    demo.load(now=now)
    assert Programme.objects.get().name
    open_groups = Group.objects.filter(stage=Stage.OPEN)
    assert open_groups.count() > 25
    assert all(group.meetings.upcoming(now=now).exists() for group in open_groups)
    assert Seat.objects.waiting().filter(meeting__starts_at__gt=now).exists()
    assert Attendance.objects.exists()
    assert Note.objects.exists()
    assert Cancellation.objects.count() == 1
    assert Meeting.objects.exclude(moved_from=None).count() == 1
    duties = Duty.objects.filter(meeting__starts_at__gt=now)
    assert duties.filter(confirmed_at=None).exists()
    assert duties.exclude(confirmed_at=None).exists()
    assert Membership.objects.filter(
        standing=Standing.ASKED, group__slug="bereaved-by-suicide"
    ).exists()


def test_everyone_one_can_try_it_as_is_there_with_something_to_do() -> None:
    demo.load(now=A_SATURDAY)
    roles = {}
    for someone in DEMO_PEOPLE:
        person = Person.objects.get(pseudonym=someone.pseudonym)
        assert not person.has_usable_password()
        roles[person.pseudonym] = set(Role.objects.of(person).values_list("kind", flat=True))
    assert "facilitator" in roles["quiet-harbour"]
    assert roles["Heron"] == {"coordinator"}
    assert roles["Lighthouse"] == {"operator"}
    member = Person.objects.get(pseudonym="second-kettle")
    assert Seat.objects.of(member).upcoming(now=A_SATURDAY).exists()
    ahead = Meeting.objects.within(from_at=A_SATURDAY, until_at=A_SATURDAY + timedelta(days=7))
    led = ahead.filter(
        group__roles__person__pseudonym="quiet-harbour", group__roles__kind="facilitator"
    )
    newcomers = (
        Seat.objects.held()
        .filter(meeting__in=led)
        .exclude(person__in=Attendance.objects.values("person"))
    )
    assert led.exists()
    begins = led.filter(starts_at__lt=A_SATURDAY + timedelta(minutes=30)).get()
    assert Seat.objects.held().filter(meeting=begins).count() > 3
    assert newcomers.exists() or Seat.objects.waiting().filter(meeting__in=led).exists()


def test_nobody_is_in_two_places_and_no_chair_is_taken_twice() -> None:
    demo.load(now=A_SATURDAY)
    spans: dict[object, list[tuple[datetime, datetime]]] = {}
    for seat in Seat.objects.select_related("meeting"):
        spans.setdefault(seat.person_id, []).append((seat.meeting.starts_at, seat.meeting.ends_at))
        assert seat.number is None or seat.number <= seat.meeting.seats_max
    for held in spans.values():
        held.sort()
        # The meeting that was moved may now touch another: one at most.
        assert sum(held[i][1] > held[i + 1][0] for i in range(len(held) - 1)) <= 1


def test_a_second_start_changes_nothing_and_one_after_weeks_fills_the_chairs_again() -> None:
    demo.load(now=A_SATURDAY)
    seats = Seat.objects.count()
    demo.load(now=A_SATURDAY + timedelta(hours=1))
    assert Seat.objects.count() == seats
    later = A_SATURDAY + timedelta(weeks=9)
    demo.load(now=later)
    assert Seat.objects.filter(meeting__starts_at__gt=later).count() > 50
    assert Programme.objects.count() == 1


def test_one_started_every_day_for_weeks_still_has_people_at_its_meetings() -> None:
    for day in range(0, 36, 3):
        demo.load(now=A_SATURDAY + timedelta(days=day))
    ahead = Seat.objects.filter(meeting__starts_at__gt=A_SATURDAY + timedelta(days=36))
    assert ahead.exclude(meeting__series__rule="").count() > 50


def test_somebody_steps_in_where_a_chair_was_empty_and_groups_take_guests() -> None:
    groups = set()
    for weeks in (0, 2, 9):
        now = A_SATURDAY + timedelta(weeks=weeks)
        demo.load(now=now)
        found = Duty.objects.leading().confirmed().filter(way="pool", meeting__starts_at__gt=now)
        duty = found.select_related("meeting__group", "person").get()
        groups.add(duty.meeting.group.slug)
        cannot = Duty.objects.leading().filter(meeting=duty.meeting, way="team")
        assert not cannot.filter(confirmed_at=None, declined_at=None).exists()
        assert may_lead([duty.person_id], now=now)
        site = duty.meeting.group.site
        row = next(row for row in week_of(site, now=now) if row.meeting == duty.meeting)
        assert (row.light, row.lead) == (Light.GREEN, duty)
    assert groups == {"stoma-and-after", "thursday-sober"}
    assert Reserve.objects.filter(person__pseudonym="quiet-harbour").exists()
    assert all(may_lead([each.person_id], now=A_SATURDAY) for each in Reserve.objects.all())
    assert Welcome.objects.count() == 3


def test_somebody_keeps_every_room_safe_that_is_on() -> None:
    demo.load(now=A_SATURDAY)
    for meeting in on_in_a_room(A_SATURDAY):
        assert Duty.objects.keeping_safe().confirmed().filter(meeting=meeting).count() == 1


def on_in_a_room(now: datetime) -> list[Meeting]:
    """The meetings in rooms that are on for a while, or begin within minutes."""
    near = Meeting.objects.standing().filter(
        group__format=Format.ONLINE,
        starts_at__lte=now + timedelta(minutes=20),
        ends_at__gt=now + timedelta(minutes=30),
    )
    return list(near.exclude(room__phase=Phase.CLOSED).select_related("group", "cancellation"))


@pytest.mark.parametrize("hours", [0, 1, 5, 30, 24 * 21])
def test_whenever_it_is_started_two_people_find_a_room_to_talk_in(hours: int) -> None:
    demo.load(now=A_SATURDAY)
    now = A_SATURDAY + timedelta(hours=hours, minutes=7)
    demo.load(now=now)
    meetings = on_in_a_room(now)
    assert len({meeting.group_id for meeting in meetings}) >= 2
    parts = [
        {chair.person.pseudonym: chair.part for chair in chairs_at(each, now=now)}
        for each in meetings
    ]
    assert all(part["quiet-harbour"] == Part.FACILITATOR for part in parts)
    assert any(part.get("second-kettle") == Part.MEMBER for part in parts)


def test_both_may_walk_into_it_at_once_and_hours_after_the_start() -> None:
    demo.load(now=A_SATURDAY)
    meeting = next(each for each in on_in_a_room(A_SATURDAY) if each.has_begun(now=A_SATURDAY))
    room = actions.room_of(meeting=meeting, now=A_SATURDAY)
    Room.objects.filter(pk=room.pk).update(phase=Phase.OPEN, opened_at=A_SATURDAY)
    later = A_SATURDAY + timedelta(hours=3)
    for now in (A_SATURDAY, later):
        room = Room.objects.with_group().get(pk=room.pk)
        chairs = {each.person.pseudonym: each for each in chairs_of(room, now=now).values()}
        for name in ("second-kettle", "quiet-harbour"):
            door = door_of(room, part=chairs[name].part, has_been_in=False)
            assert door.stands(now=now) == Doorway.OPEN
    assert room.group.room_rules.people_min == 2


def test_a_room_that_was_closed_is_followed_by_another_one_at_the_next_start() -> None:
    demo.load(now=A_SATURDAY)
    closed = on_in_a_room(A_SATURDAY)
    for meeting in closed:
        room = actions.room_of(meeting=meeting, now=A_SATURDAY)
        Room.objects.filter(pk=room.pk).update(phase=Phase.CLOSED, closed_at=A_SATURDAY)
    now = A_SATURDAY + timedelta(minutes=20)
    demo.load(now=now)
    assert len(on_in_a_room(now)) == 2
    # Only the newest of those called beside the timetables stands on a group's page.
    running = Series.objects.filter(rule="", ended_at=None)
    assert {series.group_id for series in running} == {meeting.group_id for meeting in closed}
    assert running.count() == 2


def test_a_start_with_nothing_to_do_asks_five_things(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    demo.load(now=A_SATURDAY)
    # Besides those, a transaction begins and ends.
    with django_assert_num_queries(7):
        demo.load(now=A_SATURDAY + timedelta(minutes=10))


def test_no_letter_is_written_to_people_who_do_not_exist() -> None:
    demo.load(now=A_SATURDAY)
    assert not Letter.objects.exists()
    assert not Person.objects.exclude(email="").exists()
