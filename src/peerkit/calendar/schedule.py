"""A rule's local times, from dateutil, with the work bounded."""

from collections.abc import Iterator
from datetime import MAXYEAR, datetime, timedelta
from itertools import takewhile
from typing import Literal

from dateutil import rrule

from peerkit.calendar.moments import LAST_YEAR
from peerkit.calendar.rules import Rule

GREGORIAN_CYCLE = 400
MONTHS = 12
FREQUENCIES: dict[str, Literal[0, 1, 2, 3]] = {
    "YEARLY": rrule.YEARLY,
    "MONTHLY": rrule.MONTHLY,
    "WEEKLY": rrule.WEEKLY,
    "DAILY": rrule.DAILY,
}


def local_times(rule: Rule, starts: datetime, *, near: datetime) -> Iterator[datetime]:
    """The rule's naive local times in order, from `near` or somewhat before it.

    `starts` must be one of them. A rule without COUNT is entered at its last period before `near`,
    so the work depends on the times asked for and not on the age of the series. The rule's own
    UNTIL is left to the caller, who knows the zone.
    """
    filled = rule.filled_from(starts)
    entry = starts if rule.count else _entry(rule, starts, near)
    return takewhile(lambda local: local.year <= LAST_YEAR, iter(_dateutil(filled, entry)))


def first_match(rule: Rule, earliest: datetime) -> datetime | None:
    """The first local time at or after `earliest` when the rule is begun there; None if never.

    dateutil looks for a match until the year 9999, which takes seconds when there is none. The
    calendar repeats itself every 400 years, weekdays and leap years alike, so the search is made
    in the last cycle before that year and brought back.
    """
    cycles = (MAXYEAR - earliest.year) // GREGORIAN_CYCLE
    late = earliest.replace(year=earliest.year + cycles * GREGORIAN_CYCLE)
    found: datetime | None = next(iter(_dateutil(rule.filled_from(earliest), late)), None)
    return found and found.replace(year=found.year - cycles * GREGORIAN_CYCLE)


def _dateutil(rule: Rule, starts: datetime) -> rrule.rrule:
    return rrule.rrule(
        FREQUENCIES[rule.frequency],
        dtstart=starts,
        interval=rule.interval,
        wkst=rule.week_start,
        count=rule.count,
        bysetpos=rule.positions or None,
        bymonth=rule.months or None,
        bymonthday=rule.month_days or None,
        byweekday=[rrule.weekday(day, nth or None) for day, nth in rule.weekdays] or None,
    )


def _entry(rule: Rule, starts: datetime, near: datetime) -> datetime:
    """The latest start, at or before `near`'s period, from which the rule keeps its rhythm."""
    if near <= starts:
        return starts
    days = {"DAILY": 1, "WEEKLY": 7}.get(rule.frequency)
    if days:
        stride = days * rule.interval
        return starts + timedelta(days=(near - starts).days // stride * stride)
    stride = rule.interval * (1 if rule.frequency == "MONTHLY" else MONTHS)
    months = (near.year - starts.year) * MONTHS + near.month - starts.month
    skipped = months // stride * stride
    if not skipped:
        return starts
    year, month = divmod(starts.year * MONTHS + starts.month - 1 + skipped, MONTHS)
    # Days before the entry would be lost, so a later month or year is entered on its first day.
    return starts.replace(year=year, month=1 if rule.frequency == "YEARLY" else month + 1, day=1)
