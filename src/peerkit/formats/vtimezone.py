"""VTIMEZONE components (RFC 5545, section 3.6.5) written from the IANA tables."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# The IANA tables foresee no further change of rules, only further years of the same.
HORIZON_YEAR = 2038
# Weekdays and leap years come round after so long: what holds through it holds (until 2100).
SOLAR_CYCLE = 28
DAYS_OF_WEEK = 7


@dataclass(frozen=True, slots=True)
class Onset:
    """The clocks' state after a change: `local` is when it came, on the clock before it."""

    local: datetime
    before: timedelta
    after: timedelta
    name: str
    is_daylight: bool


@lru_cache(maxsize=512)
def vtimezone(zone: str, *, first_year: int, until_year: int = HORIZON_YEAR) -> Timezone:
    """The definition of `zone` from the start of `first_year` to that of `until_year`.

    A change of clocks that keeps its weekday of its month for good is written as a rule without
    end, so it holds beyond `until_year` as well; others, such as Morocco's around Ramadan, are
    listed. The component is shared: do not change it.

    `icalendar.Timezone.from_tzinfo` is not used: version 7.3 steps by the wall clock, so it writes
    the onset of summer time by the clock after the change (3 a.m. in New York, where section
    3.6.5 wants 2 a.m.), and it steps over a change and its undoing within 64 days (Ramadan 2027).
    """
    component = Timezone()
    component.add("tzid", zone)
    final_year = until_year + SOLAR_CYCLE
    onsets = _onsets(ZoneInfo(zone), first_year, final_year)
    for observance in _observances(onsets):
        start, rule = _yearly_tail(observance, final_year)
        listed = [onset for onset in observance[:start] if onset.local.year < until_year]
        if listed:
            component.add_component(_component(listed))
        if rule:
            component.add_component(_component(observance[start:], rule=rule))
    return component


def _observances(onsets: list[Onset]) -> list[list[Onset]]:
    """The changes that differ in nothing but when they come, gathered."""
    gathered: dict[tuple[object, ...], list[Onset]] = {}
    for onset in onsets:
        kind = (onset.before, onset.after, onset.name, onset.is_daylight)
        gathered.setdefault(kind, []).append(onset)
    return list(gathered.values())


def _onsets(zone: ZoneInfo, first_year: int, until_year: int) -> list[Onset]:
    """The state at the start of the first year, then each change of it."""
    start = datetime(first_year, 1, 1, tzinfo=zone).astimezone(UTC)
    days = (datetime(until_year, 1, 1, tzinfo=UTC) - start).days
    moments = [start + timedelta(days=day) for day in range(days + 1)]
    offset, name, is_daylight = _state(zone, start)
    onsets = [Onset(datetime(first_year, 1, 1), offset, offset, name, is_daylight)]  # noqa: DTZ001 - a wall clock
    for earlier, later in pairwise(moments):
        if _state(zone, earlier) != _state(zone, later):
            onsets.append(_onset(zone, earlier, later))
    return onsets


def _onset(zone: ZoneInfo, earlier: datetime, later: datetime) -> Onset:
    """The one change between two moments a day apart, found to the second by halving."""
    before = _state(zone, earlier)
    while (later - earlier) > timedelta(seconds=1):
        middle = earlier + timedelta(seconds=(later - earlier) // timedelta(seconds=2))
        earlier, later = (middle, later) if _state(zone, middle) == before else (earlier, middle)
    offset, name, is_daylight = _state(zone, later)
    return Onset((later + before[0]).replace(tzinfo=None), before[0], offset, name, is_daylight)


def _state(zone: ZoneInfo, moment: datetime) -> tuple[timedelta, str, bool]:
    local = moment.astimezone(zone)
    return local.utcoffset() or timedelta(), local.tzname() or zone.key, bool(local.dst())


def _component(onsets: list[Onset], *, rule: str = "") -> TimezoneStandard | TimezoneDaylight:
    first, *others = onsets
    component = TimezoneDaylight() if first.is_daylight else TimezoneStandard()
    component.add("dtstart", first.local)
    component.add("tzoffsetfrom", first.before)
    component.add("tzoffsetto", first.after)
    component.add("tzname", first.name)
    if rule:
        component.add("rrule", vRecur.from_ical(rule))
    elif others:
        component.add("rdate", [onset.local for onset in others])
    return component


def _yearly_tail(onsets: list[Onset], final_year: int) -> tuple[int, str]:
    """From which index on the changes come once a year to the end, and by which rule.

    The list's length and "" when they do not for a whole cycle.
    """
    size = len(onsets)
    start, rules = size, _yearly_rules(onsets[-1])
    for index in reversed(range(size)):
        common = rules & _yearly_rules(onsets[index])
        if not common or onsets[index].local.year != final_year - (size - index):
            break
        start, rules = index, common
    return (start, max(rules)[1]) if size - start >= SOLAR_CYCLE else (size, "")


def _yearly_rules(onset: Onset) -> set[tuple[time, str]]:
    """The rules "nth weekday of the month" and, where true, "last" that a change agrees with."""
    day = onset.local.date()
    nths = [(day.day - 1) // DAYS_OF_WEEK + 1]
    if (day + timedelta(days=DAYS_OF_WEEK)).month != day.month:
        nths.append(-1)
    weekday = WEEKDAYS[day.weekday()]
    return {
        (onset.local.time(), f"FREQ=YEARLY;BYMONTH={day.month};BYDAY={nth}{weekday}")
        for nth in nths
    }
