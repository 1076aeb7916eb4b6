"""The rota: hours on the clocks of a zone, days freed and taken, gaps told plainly, and figures that flatter nobody."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import world
from tests.meetings.people import letters_to
from tests.meetings.test_seats_raced import at_once
from tests.safety.concerned import called, lead, on_duty, raised
from tests.world import NOW

from hearthside.accounts.actions import people
from hearthside.groups.enums import RoleKind
from hearthside.safety.actions import concerns, duty
from hearthside.safety.models import Concern, Shift, Swap
from hearthside.safety.queries import duty as queries
from hearthside.safety.queries.duty_figures import FEWEST, of_waits, time_to_human
from hearthside.safety.shifts import Weekly, gaps

ZONES = st.sampled_from(["UTC", "Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"])  # fmt: skip
TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))
WEEKLIES = st.builds(Weekly, st.integers(0, 6), TIMES, TIMES, ZONES)
START = datetime(2026, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 2 * 365 * 24 * 60).map(lambda count: START + timedelta(minutes=count))


@given(WEEKLIES, MOMENTS)
def test_a_shift_covers_a_moment_if_the_clocks_on_the_wall_say_so(
    weekly: Weekly, at: datetime
) -> None:
    days = list(weekly.days(from_at=at, until_at=at + timedelta(microseconds=1)))
    local = at.astimezone(ZoneInfo(weekly.zone))
    said = [
        day
        for day in (local.date() - timedelta(days=1), local.date())
        if day.weekday() == weekly.weekday and weekly.on(day)[0] <= at < weekly.on(day)[1]
    ]
    assert days == said


@given(st.lists(st.tuples(MOMENTS, st.timedeltas(timedelta(0), timedelta(days=3)))), MOMENTS)
def test_gaps_and_cover_together_are_the_whole_time_and_never_overlap(
    covers: list[tuple[datetime, timedelta]], from_at: datetime
) -> None:
    until_at = from_at + timedelta(days=7)
    covered = [(begins, begins + length) for begins, length in covers]
    found = gaps(covered, from_at=from_at, until_at=until_at)
    for begins, ends in found:
        assert from_at <= begins < ends <= until_at
        assert not [one for one in covered if one[0] < ends and one[1] > begins and one[0] < one[1]]
    edges = sorted({from_at, until_at, *(edge for one in covered for edge in one)})
    for begins, ends in pairwise(edges):
        if from_at <= begins and ends <= until_at:
            is_covered = any(one[0] <= begins and ends <= one[1] for one in covered)
            is_gap = any(one[0] <= begins and ends <= one[1] for one in found)
            assert is_covered != is_gap


@given(st.lists(st.one_of(st.none(), st.integers(1, 5000)), max_size=60))
def test_a_call_that_nobody_answered_never_makes_the_figures_better(
    waits: list[int | None],
) -> None:
    told = of_waits(waits)
    if len(waits) < FEWEST:
        assert (told.is_known, told.half_minutes, told.most_minutes) == (False, None, None)
        return
    for share, figure in ((0.5, told.half_minutes), (0.9, told.most_minutes)):
        within = [each for each in waits if each is not None and figure and each <= figure]
        if figure is None:
            assert len([each for each in waits if each is not None]) < share * len(waits)
        else:
            assert len(within) >= share * len(waits)
    worse = of_waits([*waits, None])
    for before, after in ((told.half_minutes, worse.half_minutes), (told.most_minutes, worse.most_minutes)):  # fmt: skip
        assert after is None or (before is not None and after >= before)


@pytest.mark.django_db
def test_figures_come_from_real_calls_and_too_few_tell_nothing() -> None:
    kim = on_duty()
    for index in range(5):
        assert not time_to_human(with_people_on_duty=True, now=NOW).is_known
        concern = called(world.person())
        concerns.acknowledge(concern=concern, by=kim, now=NOW + timedelta(minutes=index + 1))
    told = time_to_human(with_people_on_duty=True, now=NOW + timedelta(hours=1))
    assert (told.calls, told.half_minutes, told.most_minutes) == (5, 3, 5)
    assert time_to_human(with_people_on_duty=False, now=NOW).calls == 0
    assert time_to_human(with_people_on_duty=True, now=NOW + timedelta(days=91)).calls == 0
    raised(world.person())
    assert time_to_human(with_people_on_duty=True, now=NOW + timedelta(hours=1)).calls == 5


@pytest.mark.django_db
def test_a_shift_past_midnight_covers_the_night_in_its_own_zone() -> None:
    owl = on_duty(weekday=0, begins=time(22), ends=time(6), zone="America/New_York")
    begins = datetime(2026, 11, 23, 22, tzinfo=ZoneInfo("America/New_York"))
    for hours, there in ((-0.1, False), (0, True), (7.9, True), (8, False)):
        now = begins + timedelta(hours=hours)
        assert queries.on_duty(now=now) == ([owl] if there else [])


@pytest.mark.django_db
def test_a_day_that_somebody_cannot_do_is_a_gap_until_another_takes_it() -> None:
    kim, other = on_duty(weekday=0, begins=time(18), ends=time(22)), on_duty(weekday=5)
    shift, day, evening = Shift.objects.get(person=kim), date(2026, 11, 23), NOW.replace(hour=19)
    assert queries.on_duty(now=evening) == [kim]
    duty.free_day(shift=shift, day=day, now=NOW)
    duty.free_day(shift=shift, day=day, now=NOW)
    assert queries.on_duty(now=evening) == []
    assert [stint.day for stint in queries.rota(now=NOW).free()] == [day]
    assert letters_to(other) == ["call"]
    assert letters_to(kim) == []
    duty.take_day(shift=shift, day=day, by=other, now=NOW)
    assert queries.on_duty(now=evening) == [other]
    assert queries.on_duty(now=evening + timedelta(days=7)) == [kim]
    third = world.role(RoleKind.EVALUATOR)
    with pytest.raises(duty.AlreadyTaken):
        duty.take_day(shift=shift, day=day, by=third, now=NOW)
    duty.take_day(shift=shift, day=day, by=other, now=NOW)
    people.erase(person=other, now=NOW)
    assert queries.on_duty(now=evening) == []
    with pytest.raises(duty.TooLateToFree):
        duty.take_day(shift=shift, day=day, by=third, now=NOW + timedelta(days=1))


@pytest.mark.django_db
def test_days_off_free_every_stint_that_begins_on_them() -> None:
    kim = on_duty(begins=time(8), ends=time(10))
    first, last = date(2026, 11, 23), date(2026, 11, 26)
    # Today's is over already.
    assert duty.take_days_off(person=kim, first=first, last=last, now=NOW) == 3
    assert set(Swap.objects.values_list("date", flat=True)) == {
        date(2026, 11, 24),
        date(2026, 11, 25),
        date(2026, 11, 26),
    }


@pytest.mark.django_db
def test_nobody_without_a_role_is_put_on_the_rota_and_a_shift_is_written_once() -> None:
    keeper, evening = lead(), Weekly(1, time(18), time(22), "Europe/London")
    with pytest.raises(duty.HasNoRole):
        duty.add_shift(person=world.person(), weekly=evening, by=keeper, now=NOW)
    kim = world.role(RoleKind.EVALUATOR)
    shift = duty.add_shift(person=kim, weekly=evening, by=keeper, now=NOW)
    assert duty.add_shift(person=kim, weekly=evening, by=keeper, now=NOW) == shift
    duty.end_shift(shift=shift, now=NOW)
    assert duty.add_shift(person=kim, weekly=evening, by=keeper, now=NOW) != shift
    assert Shift.objects.in_force(now=NOW).count() == 1


@pytest.mark.django_db
def test_the_rota_tells_its_gaps() -> None:
    assert [gap[0] for gap in queries.rota(now=NOW).gaps] == [NOW]
    on_duty(begins=time(0), ends=time(12))
    found = queries.rota(now=NOW)
    assert len(found.gaps) == 7
    on_duty(begins=time(12), ends=time(0))
    assert queries.rota(now=NOW).is_whole


@pytest.mark.django_db(transaction=True)
def test_of_five_who_take_a_free_day_at_once_one_has_it() -> None:
    kim = on_duty(weekday=1)
    shift, day = Shift.objects.get(person=kim), date(2026, 11, 24)
    duty.free_day(shift=shift, day=day, now=NOW)
    others = [world.role(RoleKind.EVALUATOR) for _ in range(5)]
    results = at_once(
        *[lambda who=who: duty.take_day(shift=shift, day=day, by=who, now=NOW) for who in others]
    )
    assert sum(isinstance(each, duty.AlreadyTaken) for each in results) == 4
    assert Swap.objects.get().taken_by in others
    assert Concern.objects.count() == 0
