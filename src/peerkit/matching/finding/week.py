"""A person's free hours held against every hour at which groups meet, in arrays."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final, NamedTuple

import numpy as np

from peerkit.matching.finding.beats import Beats, Weeks
from peerkit.matching.finding.bits import Flags, Ints, Longs, Masks, ragged
from peerkit.matching.finding.clock import SPANNED, WEEKS_AHEAD, first_week, zone_named
from peerkit.matching.finding.hours import Hours
from peerkit.matching.finding.kept import Kept
from peerkit.matching.finding.walls import Allowed, Wall, allowed_on, minutes_off, wall_of
from peerkit.matching.finding.zones import MONDAY, WEEK
from peerkit.matching.values import Free, Seeker

MINUTE_US: Final = 60_000_000
_MICROSECOND: Final = timedelta(microseconds=1)
WEEK_US: Final = WEEK * MINUTE_US
# A wall of 12,000 hours takes about 0.4 MB, free hours on it a tenth of that.
_MOST_WALLS: Final = 24
_MOST_HOURS: Final = 64
_NO_WEEK: Final = SPANNED - 1
_ONE: Final = np.uint32(1)
_Key = tuple[str, tuple[Free, ...]]
Places = Ints | Longs
# The wall of a person's zone and their free hours on it; neither where none were said.
_Hours = tuple[Wall | None, Allowed | None]


class Fits(NamedTuple):
    """How plans lie in a person's week, each an array: see `clock.Fit`.

    `at` is in microseconds from Monday, 5 January 1970, of the meeting told of (0 without one).
    """

    coming: Ints
    fitting: Ints
    at: Longs
    off: Ints

    def taken(self, places: Places) -> "Fits":
        """Return what stands at these places."""
        return Fits(self.coming[places], self.fitting[places], self.at[places], self.off[places])

    def put(self, places: Places, others: "Fits") -> None:
        """Write others over what stands at these places."""
        self.coming[places] = others.coming
        self.fitting[places] = others.fitting
        self.at[places] = others.at
        self.off[places] = others.off


class Moments(NamedTuple):
    """Single beats: weeks to come and weeks that fit as bits, the week told of, minutes outside."""

    slot: Longs
    coming: Masks
    fitting: Masks
    week: Ints
    at: Longs
    off: Ints


class Times(NamedTuple):
    """When plans meet, and when of that somebody is free: what the kernels read.

    `slots` and `held` (P,) are the slot and the weeks of a plan's only beat; where it has several the
    slot is -1, and they stand in `flat` from `starts` on, `lengths` of them, each with its slot and
    weeks in `slot` and `weeks` (B,). `coming` and `open` (S,) are the weeks to come of each slot, and
    those of them within the free hours. `utc` (weeks, S) and `rest` (S,) are as in `beats.Weeks`.
    """

    slots: Ints
    held: Masks
    starts: Ints
    lengths: Ints
    flat: Longs
    slot: Longs
    weeks: Masks
    coming: Masks
    open: Masks
    utc: Ints
    rest: Longs
    now_us: int


class Coming(NamedTuple):
    """For each slot the weeks to come, as bits, while the minute from which is in [since, until)."""

    since: int
    until: int
    weeks: Masks


class Calendar:
    """The weeks to come, kept for all who ask; walls and free hours kept for those who asked last."""

    def __init__(self, beats: Beats) -> None:
        self._beats: Final = beats
        self._weeks: Weeks | None = None
        self._coming: Coming | None = None
        self._walls: Final[Kept[str, Wall]] = Kept(_MOST_WALLS)
        self._allowed: Final[Kept[_Key, Allowed]] = Kept(_MOST_HOURS)

    def week_of(
        self, seeker: Seeker, now: datetime, allow: Callable[[Wall, Hours], Allowed] = allowed_on
    ) -> "PersonWeek":
        """Return the weeks from `now` on as this person lives them; `allow` works out free hours."""
        weeks = self._beats.weeks(first_week(now))
        if weeks is not self._weeks:
            self._walls.clear()
            self._allowed.clear()
            self._weeks, self._coming = weeks, None
        now_us = (now - MONDAY) // _MICROSECOND
        coming = self._to_come(weeks, now_us)
        zone, free = seeker.zone, seeker.free
        if not free:
            return PersonWeek(self._beats, weeks, now_us, coming=coming, hours=(None, None))
        wall = self._walls.of(zone, lambda: wall_of(weeks, zone))
        allowed = self._allowed.of((zone, free), lambda: allow(wall, Hours(free, zone_named(zone))))
        return PersonWeek(self._beats, weeks, now_us, coming=coming, hours=(wall, allowed))

    def _to_come(self, weeks: Weeks, now_us: int) -> Masks:
        if not weeks.is_whole:
            return to_come(weeks, now_us)
        minute = -(-now_us // MINUTE_US)
        kept = self._coming
        if kept is None or not kept.since <= minute < kept.until:
            until = _next_change(weeks, minute)
            self._coming = kept = Coming(minute, until, to_come(weeks, now_us))
        return kept.weeks


class PersonWeek:
    """The coming weeks of one person at one moment."""

    def __init__(
        self, beats: Beats, weeks: Weeks, now_us: int, *, coming: Masks, hours: _Hours
    ) -> None:
        self.weeks: Final = weeks
        self.now_us: Final = now_us
        self._beats: Final = beats
        self._tables: Final = beats.tables()
        self._wall, self._allowed = hours
        self._coming: Final = coming
        self._open: Final[Masks] = coming if self._allowed is None else coming & self._allowed.weeks

    @property
    def times(self) -> Times:
        """The same as the kernels read it."""
        tables, weeks = self._tables, self.weeks
        alone = self._beats.alone(weeks)
        return Times(
            alone.slots, alone.weeks, tables.starts, tables.lengths, tables.flat, weeks.slot, weeks.weeks,
            self._coming, self._open, weeks.utc, weeks.rest, self.now_us,
        )  # fmt: skip

    @property
    def plans(self) -> int:
        """How many plans there are."""
        return len(self._tables.starts)

    def is_timely(self, plans: Ints) -> Flags:
        """Tell of each plan whether a meeting to come lies within the free hours."""
        return self._is_any(plans, self._open)

    def is_planned(self, plans: Ints) -> Flags:
        """Tell of each plan whether there is a meeting to come."""
        return self._is_any(plans, self._coming)

    def _is_any(self, plans: Ints, weeks: Masks) -> Flags:
        if len(plans) > len(self._tables.starts):
            every = np.arange(len(self._tables.starts), dtype=np.int32)
            found: Flags = self._is_any(every, weeks).take(plans)
            return found
        starts, lengths, firsts, flat = self._tables
        beats = firsts.take(plans)
        found = self.weeks.weeks.take(beats) & weeks.take(self.weeks.slot.take(beats)) != 0
        several = np.flatnonzero(lengths.take(plans) > 1) if len(flat) > len(starts) else ()
        if len(several):
            much = lengths[plans[several]]
            beats = flat[ragged(starts[plans[several]], much)]
            some = self.weeks.weeks[beats] & weeks[self.weeks.slot[beats]] != 0
            found[several] = np.logical_or.reduceat(some, np.cumsum(much) - much)
        return found

    def fits(self, plans: Ints, *, exact: bool) -> Fits:
        """Return how these plans lie; `exact` says also when and how near those lie that never fit."""
        starts = self._tables[0]
        if len(plans) > len(starts):
            every = self._fits(np.arange(len(starts), dtype=np.int32), exact=exact)
            return every.taken(plans)
        return self._fits(plans, exact=exact)

    def _fits(self, plans: Ints, *, exact: bool) -> Fits:
        starts, lengths, firsts, flat = self._tables
        beats = firsts.take(plans)
        much = lengths.take(plans)
        several = np.flatnonzero(much > 1)
        found = _counted(self.moments(beats, exact=exact))
        if len(several):
            places = ragged(starts[plans[several]], much[several])
            parts = _counted(self.moments(flat[places], exact=exact))
            found.put(several, _joined(parts, much[several]))
        return found

    def moments(self, beats: Longs, *, exact: bool) -> Moments:
        """Return how single beats lie in the coming weeks."""
        slot, held = self.weeks.slot.take(beats), self.weeks.weeks.take(beats)
        coming = held & self._coming.take(slot)
        fitting = held & self._open.take(slot)
        told = _lowest(np.where(fitting, fitting, coming) if exact else fitting)
        off = np.zeros(len(beats), np.int32)
        if exact and self._allowed is not None:
            astray = np.flatnonzero((fitting == 0) & (coming != 0))
            if len(astray):
                off[astray], told[astray] = self._nearest(slot[astray], coming[astray])
        count = self.weeks.utc.shape[1]
        minute = self.weeks.utc.ravel().take(told * count + slot)
        at = minute.astype(np.int64) * MINUTE_US + self.weeks.rest.take(slot)
        return Moments(slot, coming, fitting, told, at, off)

    def _nearest(self, slot: Longs, coming: Masks) -> tuple[Ints, Ints]:
        """Return the least minutes outside, and the first week with so few."""
        if self._wall is None or self._allowed is None:
            raise AssertionError("Without free hours nothing is outside of them.")
        wall = self._wall
        off = minutes_off(self._allowed.hours, wall.starts, wall.minutes)
        best = np.full(len(slot), np.iinfo(np.int64).max)
        for pairs, masks in zip(wall.pairs, wall.masks, strict=True):
            here = coming & masks[slot]
            key = off[pairs[slot]] * 64 + _lowest(here)
            best = np.where(here != 0, np.minimum(best, key), best)
        return (best >> 6).astype(np.int32), (best & 63).astype(np.int32)


def to_come(weeks: Weeks, now_us: int) -> Masks:
    """Return for each slot the weeks in which it lies within the time looked at, as bits."""
    utc, rest = weeks.utc, weeks.rest
    begun, over = now_us, now_us + WEEKS_AHEAD * WEEK_US
    from_minute: int | Longs = -(-begun // MINUTE_US)
    until_minute: int | Longs = -(-over // MINUTE_US)
    if not weeks.is_whole:
        from_minute = -((rest - begun) // MINUTE_US)
        until_minute = -((rest - over) // MINUTE_US)
    coming = np.full(utc.shape[1], (1 << SPANNED) - 1, np.uint32)
    for week in (0, 1):
        coming &= ~((utc[week] < from_minute).astype(np.uint32) << np.uint32(week))
    for week in (SPANNED - 2, SPANNED - 1):
        coming &= ~((utc[week] >= until_minute).astype(np.uint32) << np.uint32(week))
    return coming


def _next_change(weeks: Weeks, minute: int) -> int:
    """Return the first minute later than `minute` from which other meetings are to come."""
    begins, ends = weeks.utc[:2], weeks.utc[-2:] - WEEKS_AHEAD * WEEK
    later = np.concatenate([begins[begins >= minute], ends[ends >= minute]])
    return int(later.min()) + 1 if len(later) else minute + 1


def _counted(found: Moments) -> Fits:
    at = np.where(found.coming != 0, found.at, 0)
    return Fits(
        np.bitwise_count(found.coming).astype(np.int32),
        np.bitwise_count(found.fitting).astype(np.int32),
        at,
        found.off,
    )


def _joined(parts: Fits, lengths: Ints) -> Fits:
    """Sum up beats that belong to one plan: `lengths[i]` in a row are those of plan i."""
    ends = np.cumsum(lengths)
    firsts = ends - lengths
    owner = np.repeat(np.arange(len(lengths)), lengths)
    rank = np.where(parts.fitting > 0, 0, np.where(parts.coming > 0, 1 + parts.off, WEEK + 2))
    order = np.lexsort((parts.at, rank, owner))
    best = order[firsts]
    return Fits(
        np.add.reduceat(parts.coming, firsts),
        np.add.reduceat(parts.fitting, firsts),
        parts.at[best],
        parts.off[best],
    )


def _lowest(masks: Masks) -> Ints:
    """Return the place of the lowest bit; that of the last week where there is none."""
    return np.minimum(np.bitwise_count(~masks & (masks - _ONE)), _NO_WEEK).astype(np.int32)
