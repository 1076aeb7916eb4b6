"""Hours of a week in which somebody is free every week, whatever the clocks do."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from peerkit.matching.values import DAY, Free

QUARTER: Final = 15
QUARTERS: Final = 7 * DAY // QUARTER
STEP: Final = 30
_ALL: Final = (1 << QUARTERS) - 1


class Meeting:
    """A weekly meeting still without an hour: so many minutes, in each of the next weeks.

    `now` is aware. Quarters of an hour are bits of an integer, from Monday 00:00.
    """

    def __init__(self, now: datetime, minutes: int, weeks: int) -> None:
        self.minutes: Final = minutes
        self._days: Final = [now + timedelta(days=day) for day in range(-1, weeks * 7 + 2)]
        self._needed: Final = -(-minutes // QUARTER)
        self.differences: Final = lru_cache(maxsize=None)(self._differences)
        self.odd: Final = lru_cache(maxsize=None)(self._odd)
        self.starts: Final = lru_cache(maxsize=None)(self._starts)

    def _starts(self, free: tuple[Free, ...], zone: str, kept_in: str) -> frozenset[int]:
        """Return the minutes of the week, on the clock of `kept_in`, at which a meeting may begin.

        The whole meeting lies in the free time of each week, whatever difference of clocks it has, and
        where a clock changes while it goes on.
        """
        quarters = _quarters(free)
        begins = _ALL
        for ahead in range(self._needed):
            begins &= _turned(quarters, ahead)
        kept = _ALL
        for difference in self.differences(zone, kept_in):
            kept &= _turned(begins, difference // QUARTER)
        astray = {at for at, taken in self.odd(zone, kept_in) if taken & ~quarters}
        return frozenset(
            at * QUARTER for at in range(0, QUARTERS, STEP // QUARTER) if kept >> at & 1
        ).difference(astray)

    def _differences(self, zone: str, kept_in: str) -> frozenset[int]:
        """Return by how many minutes the first clock is ahead of the second, on any day of the weeks."""
        return frozenset(_offset(day, zone) - _offset(day, kept_in) for day in self._days)

    def _odd(self, zone: str, kept_in: str) -> tuple[tuple[int, int], ...]:
        """Return meetings on days when a clock changes: when they begin, and their quarters on the first clock.

        An hour that the second clock skips is read as RFC 5545 section 3.3.5 says.
        """
        clocks = {zone, kept_in}
        days = {
            day.astimezone(_zone(kept_in)).date() + timedelta(days=beside)
            for day, after in pairwise(self._days)
            if any(_offset(day, one) != _offset(after, one) for one in clocks)
            for beside in (-1, 0, 1, 2)
        }
        return tuple(
            (day.weekday() * DAY + minute, self._taken(day, minute, zone, kept_in))
            for day in sorted(days)
            for minute in range(0, DAY, STEP)
        )

    def _taken(self, day: date, minute: int, zone: str, kept_in: str) -> int:
        begin = datetime.combine(day, time(*divmod(minute, 60)), _zone(kept_in)).astimezone(UTC)
        taken = 0
        for ahead in range(self._needed):
            wall = (begin + ahead * timedelta(minutes=QUARTER)).astimezone(_zone(zone))
            taken |= 1 << (wall.weekday() * DAY + wall.hour * 60 + wall.minute) // QUARTER
        return taken


def _offset(at: datetime, zone: str) -> int:
    offset = at.astimezone(_zone(zone)).utcoffset() or timedelta()
    return round(offset.total_seconds() / 60)


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def _turned(bits: int, by: int) -> int:
    """Return bits such that bit q is what bit q + by was, around the week."""
    by %= QUARTERS
    return (bits >> by | bits << (QUARTERS - by)) & _ALL


def _quarters(free: Iterable[Free]) -> int:
    """Return the quarters wholly within free time, times that touch joined."""
    bits = 0
    for first, last in _joined(free):
        for at in range(-(-first // QUARTER), last // QUARTER):
            bits |= 1 << at % QUARTERS
    return bits


def _joined(free: Iterable[Free]) -> Iterator[tuple[int, int]]:
    spans = sorted(
        (one.weekday * DAY + one.from_minute, one.weekday * DAY + one.until_minute)
        for one in free
        if one.from_minute < one.until_minute
    )
    # Said twice in a row, so that Sunday night and Monday morning touch too.
    spans += [(first + 7 * DAY, last + 7 * DAY) for first, last in spans]
    while spans:
        first, last = spans.pop(0)
        while spans and spans[0][0] <= last:
            last = max(last, spans.pop(0)[1])
        yield first, min(last, first + 7 * DAY)
