"""What a coordinator chooses on the form is what happens, and can be read back from its rule."""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from peerkit.calendar import (
    BadPattern,
    BadRule,
    Pattern,
    PatternKind,
    Recurrence,
    first_start,
    occurrences,
    pattern_of,
    rule_of,
)

ends = st.one_of(
    st.just((None, None)),
    st.tuples(st.integers(1, 60), st.none()),
    st.tuples(st.none(), st.dates(date(2025, 1, 1), date(2030, 1, 1))),
)
weekdays = st.lists(st.integers(0, 6), min_size=1, max_size=4).map(tuple)


def _pattern(
    kind: PatternKind,
    interval: int,
    days: tuple[int, ...],
    nth: int,
    end: tuple[int | None, date | None],
) -> Pattern:
    return Pattern(kind, interval, days, nth, *end)


weekly = st.builds(
    _pattern, st.just(PatternKind.WEEKLY), st.integers(1, 8), weekdays, st.just(1), ends
)
monthly = st.builds(
    _pattern,
    st.just(PatternKind.MONTHLY_WEEKDAY),
    st.integers(1, 6),
    weekdays,
    st.sampled_from((1, 2, 3, 4, 5, -1)),
    ends,
)
patterns = st.just(Pattern(PatternKind.ONCE)) | weekly | monthly


@given(patterns)
def test_a_pattern_is_read_back_from_its_rule(pattern: Pattern) -> None:
    assert pattern_of(rule_of(pattern)) == pattern


def _meets_on(pattern: Pattern, day: date, first: date) -> bool:
    """Whether a series begun on `first` meets on `day`: the form's words, taken one by one."""
    if day.weekday() not in pattern.weekdays:
        return False
    if pattern.kind == PatternKind.WEEKLY:
        monday, first_monday = (each - timedelta(days=each.weekday()) for each in (day, first))
        return (monday - first_monday).days // 7 % pattern.interval == 0
    months = (day.year - first.year) * 12 + day.month - first.month
    is_last = day.day + 7 > monthrange(day.year, day.month)[1]
    nth = (day.day - 1) // 7 + 1
    return months % pattern.interval == 0 and (is_last if pattern.nth == -1 else nth == pattern.nth)


@given(weekly | monthly, st.dates(date(2020, 1, 1), date(2026, 1, 1)))
def test_meetings_fall_on_the_days_the_form_says_and_no_others(
    pattern: Pattern, earliest: date
) -> None:
    starts = first_start(rule_of(pattern), earliest=datetime.combine(earliest, time(19)))
    assert starts is not None
    assume(starts.year < 2029 and not (pattern.until and pattern.until < starts.date()))
    begin, finish = datetime(2020, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC)
    series = Recurrence(starts, "UTC", 60, rule_of(pattern))
    found = [
        each.local.date() for each in occurrences(series, from_at=begin, until_at=finish, most=5000)
    ]
    days = (
        starts.date() + timedelta(days=ahead)
        for ahead in range((finish.date() - starts.date()).days)
    )
    expected = [day for day in days if _meets_on(pattern, day, starts.date())]
    if pattern.until:
        expected = [day for day in expected if day <= pattern.until]
    assert found == expected[: pattern.count]


@pytest.mark.parametrize(
    ("pattern", "rule"),
    [
        (Pattern(PatternKind.ONCE), ""),
        (Pattern(PatternKind.WEEKLY, weekdays=(1,)), "FREQ=WEEKLY;BYDAY=TU"),
        (
            Pattern(PatternKind.WEEKLY, interval=2, weekdays=(3, 0, 3), count=8),
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;COUNT=8",
        ),
        (
            Pattern(PatternKind.MONTHLY_WEEKDAY, weekdays=(6,), nth=-1, until=date(2026, 3, 1)),
            "FREQ=MONTHLY;BYDAY=-1SU;UNTIL=20260301",
        ),
    ],
)
def test_a_pattern_has_the_rule_other_calendars_write(pattern: Pattern, rule: str) -> None:
    assert rule_of(pattern) == rule


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY",
        "FREQ=YEARLY",
        "FREQ=WEEKLY",
        "FREQ=MONTHLY;BYDAY=TU",
        "FREQ=MONTHLY;BYDAY=1TU,3TU",
        "FREQ=MONTHLY;BYDAY=-2TU",
        "FREQ=MONTHLY;BYMONTHDAY=15",
        "FREQ=WEEKLY;BYDAY=TU;BYMONTH=1,2",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=SU",
        "FREQ=WEEKLY;BYDAY=TU;UNTIL=20260301T180000Z",
    ],
)
def test_a_rule_that_says_more_than_the_form_has_no_pattern(rule: str) -> None:
    assert pattern_of(rule) is None


def test_where_the_week_begins_is_overlooked_when_it_changes_nothing() -> None:
    assert pattern_of("FREQ=WEEKLY;BYDAY=SU,MO;WKST=SU") == Pattern(
        PatternKind.WEEKLY, weekdays=(0, 6)
    )


def test_a_rule_that_cannot_be_read_has_no_pattern_either_but_says_so() -> None:
    with pytest.raises(BadRule):
        pattern_of("every other Tuesday")


@pytest.mark.parametrize(
    ("choices", "words"),
    [
        ({"kind": PatternKind.ONCE, "weekdays": (1,)}, "no repeats"),
        ({"kind": PatternKind.WEEKLY}, "at least one day"),
        ({"kind": PatternKind.WEEKLY, "weekdays": (7,)}, "numbered"),
        ({"kind": PatternKind.WEEKLY, "weekdays": (1,), "interval": 0}, "every 1 to"),
        ({"kind": PatternKind.WEEKLY, "weekdays": (1,), "nth": 2}, "monthly"),
        ({"kind": PatternKind.MONTHLY_WEEKDAY, "weekdays": (1,), "nth": 6}, "fifth"),
        ({"kind": PatternKind.WEEKLY, "weekdays": (1,), "count": 0}, "1 to 1000"),
        ({"kind": PatternKind.WEEKLY, "weekdays": (1,), "until": date(1, 1, 1)}, "year"),
        (
            {
                "kind": PatternKind.WEEKLY,
                "weekdays": (1,),
                "count": 2,
                "until": date(2026, 1, 1),
            },
            "not both",
        ),
    ],
)
def test_choices_that_do_not_fit_together_are_refused(
    choices: dict[str, object], words: str
) -> None:
    with pytest.raises(BadPattern, match=words):
        Pattern(**choices)  # type: ignore[arg-type]
