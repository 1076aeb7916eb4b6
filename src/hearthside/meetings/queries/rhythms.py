"""When groups meet, as plain values: the rhythm of a timetable where it has one, else each single time."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final, NamedTuple

from hearthside.meetings.queries.schedule import DAYS
from peerkit.calendar import CalendarError, PatternKind, Recurrence, occurrences, pattern_of

WEEK: Final = timedelta(days=7)
# The same weekday of the month before is at least this long ago.
SHORTEST_MONTH: Final = timedelta(days=28)


class Beat(NamedTuple):
    """Every `every` weeks, or on the `nth` such weekday of each month when not 0; counted from `first`."""

    weekday: int
    minute: int
    minutes: int
    zone: str
    every: int
    nth: int
    first: date


class Timetable(NamedTuple):
    """A running series as the finder reads it."""

    starts_local: str
    zone: str
    minutes: int
    rule: str


def beats(timetable: Timetable, *, now: datetime) -> Sequence[Beat] | None:
    """The rhythm of a timetable from now on; None where it has none, or begins later than its first beat."""
    starts = datetime.fromisoformat(timetable.starts_local)
    shape = _shape(timetable.rule, starts.weekday())
    if shape is None:
        return None
    weekdays, every, nth = shape
    until_first = starts - now.replace(tzinfo=None)
    # A day less, for the clock of whatever zone it is in.
    if until_first > (SHORTEST_MONTH if nth else every * WEEK) - timedelta(days=1):
        return None
    if len(weekdays) > 1 and until_first > -timedelta(days=1):
        return None
    minute = starts.hour * 60 + starts.minute
    return [
        Beat(day, minute, timetable.minutes, timetable.zone, every, nth, starts.date())
        for day in weekdays
    ]


def times(timetable: Timetable, *, from_at: datetime, until_at: datetime) -> Sequence[datetime]:
    """Every single time of a timetable that begins in the half-open period, in UTC; none if it is no timetable."""
    starts = datetime.fromisoformat(timetable.starts_local)
    try:
        rule = Recurrence(
            starts=starts, zone=timetable.zone, minutes=timetable.minutes, rule=timetable.rule
        )
    except CalendarError:
        return []
    return [one.starts_at for one in occurrences(rule, from_at=from_at, until_at=until_at)]


@lru_cache(maxsize=4096)
def _shape(rule: str, weekday: int) -> tuple[tuple[int, ...], int, int] | None:
    """The weekdays, every how many weeks, and the nth of a month of a rule without an end."""
    if "FREQ=WEEKLY" in rule and "BY" not in rule:
        rule += f";BYDAY={DAYS[weekday]}"
    pattern = pattern_of(rule)
    if pattern is None or pattern.count is not None or pattern.until is not None:
        return None
    if pattern.kind == PatternKind.WEEKLY:
        return pattern.weekdays, pattern.interval, 0
    is_monthly = pattern.kind == PatternKind.MONTHLY_WEEKDAY and pattern.interval == 1
    return (pattern.weekdays, 1, pattern.nth) if is_monthly else None
