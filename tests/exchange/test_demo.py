"""The demonstration: made quickly, once, lively whatever the day, and made of nobody real."""

from datetime import UTC, datetime, timedelta

import pytest

from hearthside.accounts.demo import DEMO_PEOPLE
from hearthside.accounts.models import Person
from hearthside.exchange import demo
from hearthside.groups.enums import Stage, Standing
from hearthside.groups.models import Group, Membership, Programme, Role
from hearthside.meetings.models import Attendance, Cancellation, Duty, Meeting, Note, Seat
from hearthside.notices.models import Letter

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


def test_no_letter_is_written_to_people_who_do_not_exist() -> None:
    demo.load(now=A_SATURDAY)
    assert not Letter.objects.exists()
    assert not Person.objects.exclude(email="").exists()
