"""Timetables that cannot be kept are refused in words; those that can are quick however old."""

# ruff: noqa: DTZ001 - local times without a zone are what is tested

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerkit.calendar import (
    BadLength,
    BadRule,
    BadTime,
    CalendarError,
    Recurrence,
    StartOffRule,
    UnknownZone,
    first_start,
    next_occurrence,
    occurrences,
)
from tests.engines.calendar.timetables import locals_, rules

TUESDAY = datetime(2025, 6, 3, 19)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=SECONDLY", "not more often"),
        ("FREQ=MINUTELY", "not more often"),
        ("FREQ=HOURLY;INTERVAL=24", "not more often"),
        ("BYDAY=TU", "not more often"),
        ("RRULE:FREQ=WEEKLY", "RRULE:FREQ"),
        ("FREQ=WEEKLY;", "cannot read"),
        ("FREQ=WEEKLY;BYDAY=", "cannot read"),
        ("FREQ=WEEKLY;FREQ=DAILY", "FREQ twice"),
        ("FREQ=WEEKLY;BYHOUR=9,19", "by BYHOUR"),
        ("FREQ=YEARLY;BYWEEKNO=20", "by BYWEEKNO"),
        ("FREQ=WEEKLY;BYDAY=XX", "not a day of the week"),
        ("FREQ=WEEKLY;BYDAY=1TU", "in a month or a year"),
        ("FREQ=MONTHLY;BYDAY=6TU", "sixth"),
        ("FREQ=YEARLY;BYMONTH=6;BYDAY=6TU", "sixth"),
        ("FREQ=WEEKLY;BYMONTHDAY=3", "days of the week"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "1 to 31"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "1 to 31"),
        ("FREQ=YEARLY;BYMONTH=-1", "1 to 12"),
        ("FREQ=MONTHLY;BYSETPOS=1", "chooses from"),
        ("FREQ=WEEKLY;INTERVAL=0", "1 to 400"),
        ("FREQ=WEEKLY;INTERVAL=99999999999999", "1 to 400"),
        ("FREQ=WEEKLY;INTERVAL=٢", "1 to 400"),
        ("FREQ=WEEKLY;COUNT=1001", "1 to 1000"),
        ("FREQ=WEEKLY;COUNT=2;UNTIL=20250701", "not both"),
        ("FREQ=WEEKLY;UNTIL=tomorrow", "last date"),
        ("FREQ=WEEKLY;UNTIL=20250602", "before the first"),
        ("FREQ=WEEKLY;UNTIL=20250603T185959", "before the first"),
        ("FREQ=WEEKLY;UNTIL=20250603T175959Z", "before the first"),
        ("FREQ=WEEKLY;UNTIL=20250231", "not in the calendar"),
        ("FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30", "never come"),
        ("FREQ=DAILY;BYMONTH=4;BYMONTHDAY=31", "never come"),
        ("FREQ=WEEKLY;BYDAY=TU;BYSETPOS=2", "never come"),
    ],
)
def test_a_rule_meetings_cannot_follow_is_refused_in_words(rule: str, words: str) -> None:
    with pytest.raises(BadRule, match=words):
        Recurrence(TUESDAY, "Europe/London", 90, rule)


def test_a_first_meeting_off_its_rule_is_told_the_next_day_that_fits() -> None:
    with pytest.raises(StartOffRule, match=r"2025-06-03, is not .* 2025-06-05"):
        Recurrence(TUESDAY, "Europe/London", 90, "FREQ=WEEKLY;BYDAY=TH")


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "America", "../etc/passwd", "/etc", "a\0"])
def test_an_unknown_zone_is_refused(zone: str) -> None:
    with pytest.raises(UnknownZone, match="Europe/London"):
        Recurrence(TUESDAY, zone, 90)


@pytest.mark.parametrize("minutes", [-5, 0, 1441])
def test_a_meeting_is_neither_empty_nor_longer_than_a_day(minutes: int) -> None:
    with pytest.raises(BadLength, match="24 hours"):
        Recurrence(TUESDAY, "Europe/London", minutes)


@pytest.mark.parametrize(
    "starts", [TUESDAY.replace(tzinfo=UTC), TUESDAY.replace(second=1), TUESDAY.replace(year=1899)]
)
def test_a_time_of_the_wrong_kind_is_refused_as_start_and_as_exception(starts: datetime) -> None:
    with pytest.raises(BadTime):
        Recurrence(starts, "Europe/London", 90)
    with pytest.raises(BadTime):
        Recurrence(TUESDAY, "Europe/London", 90, exceptions=(starts,))


@given(
    st.text(max_size=60)
    | st.lists(
        st.sampled_from(
            (
                "FREQ=DAILY",
                "BYDAY=1MO",
                "COUNT=3",
                "UNTIL=20260101",
                "BYMONTH=2",
                "BYSETPOS=-1",
                "WKST=SU",
                "BYMONTHDAY=-31",
            )
        )
    ).map(";".join)
)
def test_any_text_is_a_rule_or_refused(text: str) -> None:
    with suppress(CalendarError):
        starts = first_start(text, earliest=TUESDAY)
        assert starts is None or Recurrence(starts, "Europe/London", 90, text).rule == text


@given(rules, locals_)
def test_a_first_start_is_the_first_day_that_fits(rule: str, earliest: datetime) -> None:
    starts = first_start(rule, earliest=earliest)
    if starts is None:
        with pytest.raises(BadRule, match="never come"):
            Recurrence(earliest, "UTC", 60, rule)
        return
    assert starts >= earliest
    assert starts.time() == earliest.time()
    if starts != earliest:
        with pytest.raises(StartOffRule):
            Recurrence(earliest, "UTC", 60, rule)
    assert Recurrence(starts, "UTC", 60, rule).starts == starts


def test_a_meeting_without_a_rule_begins_when_it_is_planned() -> None:
    assert first_start("", earliest=TUESDAY) == TUESDAY


@pytest.mark.parametrize(
    "rule",
    ["FREQ=DAILY", "FREQ=WEEKLY;INTERVAL=2", "FREQ=MONTHLY;BYDAY=2TU", "FREQ=YEARLY;BYMONTHDAY=12"],
)
def test_a_series_of_a_hundred_years_answers_as_fast_as_a_new_one(rule: str) -> None:
    old = Recurrence(datetime(1925, 5, 12, 19), "Europe/London", 90, rule)
    after = datetime(2026, 1, 1, tzinfo=UTC)
    begun = perf_counter()
    for _ in range(100):
        assert next_occurrence(old, after=after)
    # Stepping through the century takes 10 to 100 times as long as this generous bound allows.
    assert perf_counter() - begun < 1


def test_a_rule_for_leap_days_still_ends_its_search() -> None:
    leap = Recurrence(datetime(2024, 2, 29, 19), "Europe/London", 90, "FREQ=YEARLY")
    found = occurrences(
        leap,
        from_at=datetime(2025, 1, 1, tzinfo=UTC),
        until_at=datetime(2025, 1, 1, tzinfo=UTC) + timedelta(days=3000),
    )
    assert [each.local.year for each in found] == [2028, 2032]
