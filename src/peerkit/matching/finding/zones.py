"""Clocks of the world as arrays: minutes from Monday, 5 January 1970, in UTC and on a zone's wall."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

import numpy as np

from peerkit.matching.finding.bits import Longs
from peerkit.matching.finding.clock import SPANNED, zone_named
from peerkit.matching.values import DAY

WEEK: Final = 7 * DAY
MONDAY: Final = datetime(1970, 1, 5, tzinfo=UTC)
_MINUTE: Final = timedelta(minutes=1)


class Offsets(NamedTuple):
    """How far a zone is before UTC: `minutes[i]` from the i-th of `changes` on, -1 from always on."""

    changes: Longs
    minutes: Longs

    def on_wall(self, utc: Longs) -> Longs:
        """Return what a clock on the wall shows."""
        return utc + self.minutes[np.searchsorted(self.changes, utc, side="right")]

    def in_utc(self, wall: Longs) -> Longs:
        """Return the instant; a wall time that comes twice is the first, one skipped counts on as before."""
        longer = np.maximum(self.minutes[:-1], self.minutes[1:])
        before = np.searchsorted(self.changes + longer, wall, side="right")
        return wall - self.minutes[before]


@lru_cache(maxsize=1024)
def offsets(zone: str, first: int) -> Offsets:
    """Return a zone's clock in the weeks from `first` on, with a week to spare on either side."""
    named = zone_named(zone)
    start, end = (first - 1) * WEEK, (first + SPANNED + 1) * WEEK
    changes: list[int] = []
    minutes = [_offset(named, start)]
    for day in range(start + DAY, end, DAY):
        if _offset(named, day) != minutes[-1]:
            changes.append(_change(named, day - DAY, day))
            minutes.append(_offset(named, day))
    return Offsets(np.array(changes, np.int64), np.array(minutes, np.int64))


def _change(zone: ZoneInfo, before: int, after: int) -> int:
    """Return the minute of a change between two moments, by halving."""
    old = _offset(zone, before)
    while after - before > 1:
        middle = (before + after) // 2
        if _offset(zone, middle) == old:
            before = middle
        else:
            after = middle
    return after


def _offset(zone: ZoneInfo, minute: int) -> int:
    ahead = (MONDAY + minute * _MINUTE).astimezone(zone).utcoffset()
    return ahead // _MINUTE if ahead is not None else 0
