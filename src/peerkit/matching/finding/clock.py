"""When a group meets in the next 20 weeks, and how much of that a person's free hours allow."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from peerkit.matching.finding.hours import Hours
from peerkit.matching.values import DAY, Offer, Rhythm, Seeker, Start

WEEKS_AHEAD: Final = 20
AHEAD: Final = timedelta(weeks=WEEKS_AHEAD)
# Twenty weeks from any moment of a week, on any clock of the Earth, lie within so many whole ones.
SPANNED: Final = WEEKS_AHEAD + 2
_A_DAY: Final = timedelta(days=1)
_A_MONDAY: Final = date(1970, 1, 5).toordinal()
_LAST_NTH: Final = 5


class Fit(NamedTuple):
    """How a group's coming meetings lie in somebody's week.

    `fitting` of `coming` lie wholly within the free hours. `start` is the first of those, or else the
    one that lies `off` the fewest minutes; None without any. `until` is the first later meeting at the
    same hour of the group's clock that does not fit, and `is_later` says that an earlier one did not:
    both happen only where clocks change.
    """

    coming: int
    fitting: int
    start: Start | None
    off: int = 0
    until: Start | None = None
    is_later: bool = False


class Clock:
    """A person's free hours, at one moment."""

    def __init__(self, seeker: Seeker, now: datetime) -> None:
        self._hours: Final = Hours(seeker.free, zone_named(seeker.zone)) if seeker.free else None
        self._now: Final = now
        self._until: Final = now + AHEAD
        self._first: Final = first_week(now)

    def fit(self, offer: Offer) -> Fit:
        """Hold the coming meetings of a group against the free hours."""
        coming = sorted(self._coming(offer), key=_moment)
        if not coming:
            return Fit(0, 0, None)
        if self._hours is None:
            return Fit(len(coming), len(coming), coming[0][0])
        offs = [self._hours.off(start.at, start.minutes) for start, _ in coming]
        here = min(range(len(coming)), key=offs.__getitem__)
        fitting = offs.count(0)
        if fitting in {0, len(coming)}:
            return Fit(len(coming), fitting, coming[here][0], offs[here])
        hour = _hour(coming[here])
        misfits = [at for at, off in enumerate(offs) if off and _hour(coming[at]) == hour]
        until = next((coming[at][0] for at in misfits if at > here), None)
        return Fit(
            len(coming), fitting, coming[here][0], 0, until, bool(misfits and misfits[0] < here)
        )

    def _coming(self, offer: Offer) -> Iterator[tuple[Start, Rhythm | None]]:
        for start in offer.upcoming:
            if self._now <= start.at < self._until:
                yield start, None
        for rhythm in offer.rhythms:
            for at in occurrences(rhythm, self._first):
                if self._now <= at < self._until:
                    yield Start(at, rhythm.minutes, rhythm.zone), rhythm


def zone_named(name: str) -> ZoneInfo:
    """Return the IANA zone; ValueError in plain words for a name that is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:
        raise ValueError(f"There is no time zone called “{name}”.") from unknown


def week_number(day: date) -> int:
    """Return the number of a day's week, Monday to Sunday, from that of 5 January 1970, which is 0."""
    return (day.toordinal() - _A_MONDAY) // 7


def first_week(now: datetime) -> int:
    """Return the first week that may hold a meeting from `now` on, on whatever clock it is planned."""
    return week_number(now.astimezone(UTC).date() - _A_DAY)


def monday(week: int) -> date:
    """Return the day that the week of this number begins."""
    return date.fromordinal(_A_MONDAY + 7 * week)


@lru_cache(maxsize=8192)
def occurrences(rhythm: Rhythm, first: int) -> tuple[datetime, ...]:
    """Return when it meets within `SPANNED` weeks from week `first` on, in UTC."""
    zone = zone_named(checked(rhythm).zone)
    hour, minute = divmod(rhythm.minute, 60)
    days = [
        monday(first + ahead) + timedelta(days=rhythm.weekday)
        for ahead in range(SPANNED)
        if weeks_of(rhythm, first) >> ahead & 1
    ]
    return tuple(
        datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone).astimezone(UTC)
        for day in days
    )


@lru_cache(maxsize=8192)
def weeks_of(rhythm: Rhythm, first: int) -> int:
    """Return the weeks in which it meets as bits: bit i is week `first` + i, `SPANNED` of them."""
    if rhythm.weeks:
        moved = rhythm.since - first
        weeks = rhythm.weeks << moved if moved >= 0 else rhythm.weeks >> -moved
        return weeks & (1 << SPANNED) - 1
    meets = (
        ahead
        for ahead in range(SPANNED)
        if (first + ahead - rhythm.phase) % rhythm.every == 0
        and (not rhythm.nth or _is_nth(monday(first + ahead) + rhythm.weekday * _A_DAY, rhythm.nth))
    )
    return sum(1 << ahead for ahead in meets)


def checked(rhythm: Rhythm) -> Rhythm:
    """Return the rhythm as it is; ValueError in plain words for one that cannot be."""
    if not (0 <= rhythm.weekday < 7 and 0 <= rhythm.minute < DAY):  # noqa: PLR2004
        raise ValueError(f"No hour of a week: day {rhythm.weekday}, minute {rhythm.minute}.")
    if not 0 < rhythm.minutes <= DAY:
        raise ValueError(f"A meeting lasts 1 minute to a day, not {rhythm.minutes} minutes.")
    if rhythm.every < 1 or not -1 <= rhythm.nth <= _LAST_NTH or rhythm.weeks < 0:
        raise ValueError(f"No rule for weeks: every {rhythm.every}, the {rhythm.nth}th of a month.")
    return rhythm


def _is_nth(day: date, nth: int) -> bool:
    if nth < 0:
        return (day + 7 * _A_DAY).month != day.month
    return (day.day - 1) // 7 + 1 == nth


def _moment(one: tuple[Start, Rhythm | None]) -> tuple[datetime, int, str]:
    return one[0].at, one[0].minutes, one[0].zone


def _hour(one: tuple[Start, Rhythm | None]) -> object:
    """What stays the same when clocks change: the rule, or the hour on the group's own clock."""
    start, rhythm = one
    if rhythm is not None:
        return rhythm
    there = start.at.astimezone(zone_named(start.zone))
    return there.weekday(), there.hour, there.minute, start.minutes, start.zone
