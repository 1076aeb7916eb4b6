"""Free hours of a week as minutes from Monday 00:00, and whether a meeting lies within them."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from peerkit.matching.values import DAY, Free

WEEK: Final = 7 * DAY


class Hours:
    """Free times joined where they touch, also over midnight and over Sunday night."""

    def __init__(self, free: Iterable[Free], zone: ZoneInfo) -> None:
        self._zone: Final = zone
        spans = sorted(
            (one.weekday * DAY + one.from_minute, one.weekday * DAY + one.until_minute)
            for one in free
            if one.from_minute < one.until_minute
        )
        # Said twice, in two weeks' row, so that a meeting over Sunday night needs no special case.
        self.spans: Final = _joined([*spans, *((a + WEEK, b + WEEK) for a, b in spans)])
        self._starts: Final = [start for start, _ in self.spans]
        self._known: Final[dict[tuple[int, int], int]] = {}

    def local(self, at: datetime) -> tuple[int, int, int]:
        """Return (weekday, hour, minute) at the person's place: the wall clock they live by."""
        there = at.astimezone(self._zone)
        return there.weekday(), there.hour, there.minute

    def off(self, at: datetime, minutes: int) -> int:
        """Return by how many minutes a meeting lies outside the free hours; 0 means it fits."""
        weekday, hour, minute = self.local(at)
        return self.minutes_off(weekday * DAY + hour * 60 + minute, minutes)

    def minutes_off(self, start: int, minutes: int) -> int:
        """Return the same of a meeting that begins at this minute of the week."""
        found = self._known.get((start, minutes))
        if found is None:
            found = self._known[start, minutes] = self._minutes_off(start, minutes)
        return found

    def _minutes_off(self, start: int, minutes: int) -> int:
        end = start + max(minutes, 1)
        best = WEEK
        for here in (start, start + WEEK):
            over = here + end - start
            at = bisect_right(self._starts, here)
            for span in self.spans[max(at - 1, 0) : at + 1]:
                best = min(best, max(span[0] - here, 0) + max(over - span[1], 0))
        return best


def _joined(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined
