"""From a timetable to its meetings: those of a period, the next one, and where one may begin."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

from peerkit.calendar.moments import LAST_YEAR, checked_instant, checked_local, instant, zone_named
from peerkit.calendar.recurrence import Occurrence, Recurrence
from peerkit.calendar.rules import rule_read
from peerkit.calendar.schedule import first_match, local_times

# No zone has ever moved its clocks by more than a day (Pacific/Apia in 2011 moved by just that).
SLACK = timedelta(days=2)


def occurrences(
    recurrence: Recurrence, *, from_at: datetime, until_at: datetime, most: int = 1000
) -> tuple[Occurrence, ...]:
    """The meetings that start in the half-open period, in order of time, at most `most` of them.

    Both moments are aware, in any zone; raises BadTime otherwise.
    """
    checked_instant(until_at)
    onwards = _onwards(recurrence, checked_instant(from_at))
    return tuple(islice(takewhile(lambda each: each.starts_at < until_at, onwards), most))


def next_occurrence(recurrence: Recurrence, *, after: datetime) -> Occurrence | None:
    """The first meeting that starts later than `after` (aware), or None when the series is over."""
    onwards = _onwards(recurrence, checked_instant(after))
    return next((each for each in onwards if each.starts_at > after), None)


def first_start(rule: str, *, earliest: datetime) -> datetime | None:
    """The first local time from `earliest` on (both naive) at which a series by `rule` can begin.

    None when the rule names days that never come. Raises BadRule or BadTime.
    """
    checked_local(earliest)
    return first_match(rule_read(rule), earliest) if rule else earliest


def _onwards(recurrence: Recurrence, from_at: datetime) -> Iterator[Occurrence]:
    zone = zone_named(recurrence.zone)
    begin = max(from_at, instant(recurrence.starts, zone))
    if begin.year > LAST_YEAR:
        return
    near = begin.astimezone(zone).replace(tzinfo=None) - SLACK
    length = timedelta(minutes=recurrence.minutes)
    left_out = frozenset(recurrence.exceptions)
    for local in _locals(recurrence, zone, near):
        starts_at = instant(local, zone)
        if starts_at >= begin and local not in left_out:
            yield Occurrence(local=local, starts_at=starts_at, ends_at=starts_at + length)


def _locals(recurrence: Recurrence, zone: ZoneInfo, near: datetime) -> Iterator[datetime]:
    if not recurrence.rule:
        return iter((recurrence.starts,))
    rule = rule_read(recurrence.rule)
    times = local_times(rule, recurrence.starts, near=near)
    return takewhile(lambda local: rule.reaches(local, zone), times)
