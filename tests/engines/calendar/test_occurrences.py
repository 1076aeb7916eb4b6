"""Meetings come when rule and clocks say: laws, against an independent library."""

# ruff: noqa: DTZ001, DTZ901 - local times without a zone are what is tested

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerkit.calendar import BadTime, Recurrence, next_occurrence, occurrences, utc_of
from tests.engines.calendar.independent import starts_of
from tests.engines.calendar.timetables import (
    TELLING_ZONES,
    locals_,
    periods,
    recurrences,
    zones,
)

Period = tuple[datetime, datetime]
LONG_AGO, FAR_AHEAD = datetime(1995, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC)


@given(recurrences(), periods())
def test_meetings_are_those_an_independent_library_finds(
    recurrence: Recurrence, period: Period
) -> None:
    found = occurrences(recurrence, from_at=period[0], until_at=period[1])
    expected = starts_of(recurrence, from_at=period[0], until_at=period[1])
    assert [each.starts_at for each in found] == expected


@given(recurrences(), periods())
def test_a_period_shows_the_same_meetings_as_the_whole_series_does(
    recurrence: Recurrence, period: Period
) -> None:
    whole = occurrences(recurrence, from_at=LONG_AGO, until_at=FAR_AHEAD, most=20_000)
    within = tuple(each for each in whole if period[0] <= each.starts_at < period[1])
    assert occurrences(recurrence, from_at=period[0], until_at=period[1]) == within


@given(recurrences(), periods())
def test_each_meeting_is_next_after_the_one_before_it(
    recurrence: Recurrence, period: Period
) -> None:
    after = period[0]
    for meeting in occurrences(recurrence, from_at=after, until_at=period[1], most=20):
        if meeting.starts_at > after:
            assert next_occurrence(recurrence, after=after) == meeting
        after = meeting.starts_at


@given(recurrences(), periods())
def test_every_meeting_lasts_its_whole_length_even_while_clocks_change(
    recurrence: Recurrence, period: Period
) -> None:
    for meeting in occurrences(recurrence, from_at=period[0], until_at=period[1]):
        assert meeting.ends_at - meeting.starts_at == timedelta(minutes=recurrence.minutes)
        assert meeting.local not in recurrence.exceptions


@given(zones, st.datetimes(datetime(2025, 1, 1), datetime(2028, 12, 31)))
def test_a_time_that_exists_is_shown_by_the_groups_clocks(zone: str, moment: datetime) -> None:
    local = moment.replace(second=0, microsecond=0)
    shown = utc_of(local, zone).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    skipped = shown - local
    assert timedelta() <= skipped <= timedelta(hours=2)
    if skipped:
        before = ZoneInfo(zone).utcoffset(local - skipped)
        assert utc_of(local, zone) == (local - (before or timedelta())).replace(tzinfo=UTC)


@given(locals_, st.sampled_from(TELLING_ZONES), st.integers(0, 200))
def test_the_last_day_may_be_a_date_a_local_time_or_in_utc(
    starts: datetime, zone: str, span: int
) -> None:
    last = (starts + timedelta(days=span)).date()
    ending = datetime.combine(last, time(23, 59, 59))
    in_utc = utc_of(datetime.combine(last, starts.time()), zone)
    forms = (f"{last:%Y%m%d}", f"{ending:%Y%m%dT%H%M%S}", f"{in_utc:%Y%m%dT%H%M%SZ}")
    found = [
        occurrences(
            Recurrence(starts, zone, 60, f"FREQ=DAILY;UNTIL={until}"),
            from_at=LONG_AGO,
            until_at=FAR_AHEAD,
        )
        for until in forms
    ]
    assert found[0] == found[1] == found[2]
    assert len(found[0]) == span + 1
    in_rfc_form = Recurrence(starts, zone, 60, f"FREQ=DAILY;UNTIL={forms[2]}")
    expected = starts_of(in_rfc_form, from_at=LONG_AGO, until_at=FAR_AHEAD)
    assert [each.starts_at for each in found[0]] == expected


@pytest.mark.parametrize(("week_start", "days"), [("MO", [5, 10, 19, 24]), ("SU", [5, 17, 19, 31])])
def test_a_fortnight_of_two_days_heeds_where_the_week_begins(
    week_start: str, days: list[int]
) -> None:
    # RFC 5545's own example, section 3.8.5.3.
    rule = f"FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST={week_start}"
    series = Recurrence(datetime(1997, 8, 5, 9), "America/New_York", 60, rule)
    found = occurrences(series, from_at=LONG_AGO, until_at=FAR_AHEAD)
    assert [each.local.day for each in found] == days


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=YEARLY;BYMONTH=3,9;BYDAY=2TU", datetime(2026, 3, 10, 19)),
        ("FREQ=YEARLY;INTERVAL=4;BYMONTH=3,9;BYDAY=2TU", datetime(2028, 3, 14, 19)),
        ("FREQ=MONTHLY;BYDAY=1TU,2TU", datetime(2026, 1, 6, 19)),
        ("FREQ=WEEKLY;BYDAY=MO,TU", datetime(2026, 1, 5, 19)),
    ],
)
def test_an_old_series_misses_none_of_its_days_before_the_day_it_began_on(
    rule: str, expected: datetime
) -> None:
    old = Recurrence(datetime(2020, 9, 8, 19), "UTC", 60, rule)
    following = next_occurrence(old, after=datetime(2026, 1, 4, tzinfo=UTC))
    assert following is not None
    assert following.local == expected


def test_no_more_meetings_are_given_than_asked_for() -> None:
    weekly = Recurrence(datetime(2025, 6, 3, 19), "Europe/London", 90, "FREQ=WEEKLY")
    found = occurrences(weekly, from_at=LONG_AGO, until_at=FAR_AHEAD, most=3)
    assert [each.local.day for each in found] == [3, 10, 17]


def test_a_finished_series_has_no_next_meeting() -> None:
    course = Recurrence(datetime(2025, 6, 3, 19), "Europe/London", 90, "FREQ=WEEKLY;COUNT=2")
    assert next_occurrence(course, after=datetime(2025, 6, 10, 17, 59, tzinfo=UTC))
    assert next_occurrence(course, after=datetime(2025, 6, 10, 18, tzinfo=UTC)) is None


@pytest.mark.parametrize("moment", [datetime.min, datetime.max])
def test_the_ends_of_time_are_no_trouble(moment: datetime) -> None:
    weekly = Recurrence(datetime(2025, 6, 3, 19), "Pacific/Apia", 90, "FREQ=WEEKLY")
    following = next_occurrence(weekly, after=moment.replace(tzinfo=UTC))
    assert (following is None) == (moment == datetime.max)


def test_a_moment_without_a_zone_is_refused_rather_than_guessed() -> None:
    weekly = Recurrence(datetime(2025, 6, 3, 19), "Europe/London", 90, "FREQ=WEEKLY")
    with pytest.raises(BadTime, match="zone"):
        next_occurrence(weekly, after=datetime(2025, 6, 10, 18))
    with pytest.raises(BadTime, match="zone"):
        occurrences(weekly, from_at=LONG_AGO, until_at=datetime(2025, 6, 10, 18))
