"""When a weekly shift is: wall clocks of one zone turned into moments. Pure Python: no Django, no database."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_DAY = timedelta(days=1)
Stretch = tuple[datetime, datetime]


@dataclass(frozen=True)
class Weekly:
    """Every week on one weekday (Monday is 0), from `begins` until `ends` on the clocks of a zone.

    Past midnight if it ends at or before the time at which it begins.
    """

    weekday: int
    begins: time
    ends: time
    zone: str

    def on(self, day: date) -> Stretch:
        """From when until when it is, if it begins on that day. Clocks may change meanwhile."""
        zone = ZoneInfo(self.zone)
        last = day + _DAY if self.ends <= self.begins else day
        begins = datetime.combine(day, self.begins, tzinfo=zone)
        ends = datetime.combine(last, self.ends, tzinfo=zone)
        return begins.astimezone(UTC), ends.astimezone(UTC)

    def days(self, *, from_at: datetime, until_at: datetime) -> Iterator[date]:
        """The days on which it begins and touches the time from `from_at` until `until_at`, in order."""
        zone = ZoneInfo(self.zone)
        day = from_at.astimezone(zone).date() - _DAY
        while day <= until_at.astimezone(zone).date():
            begins, ends = self.on(day)
            # Where clocks go forward, a short shift may not be there at all.
            is_touched = begins < until_at and ends > from_at and begins < ends
            if day.weekday() == self.weekday and is_touched:
                yield day
            day += _DAY


def gaps(covered: Iterable[Stretch], *, from_at: datetime, until_at: datetime) -> list[Stretch]:
    """The times between `from_at` and `until_at` in which nobody is there, in order."""
    found, reached = [], from_at
    for begins, ends in sorted(covered):
        if begins > reached:
            found.append((reached, min(begins, until_at)))
        reached = max(reached, ends)
        if reached >= until_at:
            return found
    if reached < until_at:
        found.append((reached, until_at))
    return found
