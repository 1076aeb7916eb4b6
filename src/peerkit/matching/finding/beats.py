"""When groups meet, said once for all that meet alike: hours of a week, patterns of weeks, plans of both."""

from collections.abc import Callable, Sequence
from datetime import UTC
from typing import Final, NamedTuple

import numpy as np

from peerkit.matching.finding.bits import Ints, Longs, Masks
from peerkit.matching.finding.clock import SPANNED, checked, week_number, weeks_of
from peerkit.matching.finding.zones import WEEK, offsets
from peerkit.matching.values import DAY, Offer, Rhythm, Start

_Slot = tuple[str, int, int, int, int]
# Weekday, every, phase, nth, weeks and since of a `Rhythm`.
_Pattern = tuple[int, int, int, int, int, int]


class Weeks(NamedTuple):
    """The coming weeks from number `first` on, S slots and B beats.

    `is_whole` when all begin at whole minutes; `utc` (SPANNED, S) is when a slot begins, in minutes from Monday, 5 January 1970; `rest` (S,) the
    microseconds after; `minutes` (S,) how long it is; `slot` (B,) and `weeks` (B,) give a beat's slot
    and, as bits, the weeks it is held in.
    """

    first: int
    is_whole: bool
    utc: Ints
    rest: Longs
    minutes: Ints
    slot: Longs
    weeks: Masks


class Plans(NamedTuple):
    """For each plan where its beats start, how many they are, and its first; all beats in a row."""

    starts: Ints
    lengths: Ints
    firsts: Longs
    flat: Longs


class Alone(NamedTuple):
    """For each plan of one beat its slot and its weeks as bits; -1 and 0 for others."""

    slots: Ints
    weeks: Masks


class Beats:
    """A dictionary of plans. A beat is an hour of the week in some weeks; a plan is some beats.

    What is known once is kept: groups come and go, hours hardly do.
    """

    def __init__(self) -> None:
        self._slots: Final[dict[_Slot, int]] = {}
        self._patterns: Final[dict[_Pattern, int]] = {}
        self._beats: Final[dict[tuple[int, int], int]] = {}
        self._plans: Final[dict[tuple[int, ...], int]] = {}
        self._by_rhythms: Final = _ByRhythms(self._of_rhythms)
        self._starts = [0]
        self._flat: list[int] = []
        self._weeks: Weeks | None = None
        self._tables: Plans | None = None
        self._alone: tuple[Plans, Weeks, Alone] | None = None
        self._plan(())

    def plans_of(self, offers: Sequence[Offer]) -> list[int]:
        """Return the numbers of the plans groups meet by; 0 is that of groups without a meeting."""
        plans = list(map(self._by_rhythms.__getitem__, [offer.rhythms for offer in offers]))
        for place, offer in enumerate(offers):
            if offer.upcoming:
                dated = [self._dated(start) for start in offer.upcoming]
                plans[place] = self._plan((*dated, *map(self._beat, offer.rhythms)))
        return plans

    def tables(self) -> Plans:
        """Return all plans."""
        if self._tables is None:
            starts = np.array(self._starts, np.int32)
            flat = np.array(self._flat, np.int64)
            self._tables = Plans(starts[:-1], np.diff(starts), flat[starts[:-1]], flat)
        return self._tables

    def weeks(self, first: int) -> Weeks:
        """Return all hours in the weeks from `first` on; kept until a week passes or an hour is new."""
        kept = self._weeks
        if kept is None or kept.first != first or len(kept.slot) != len(self._beats):
            self._weeks = kept = self._spread(first)
        return kept

    def alone(self, weeks: Weeks) -> Alone:
        """Return the plans that have one beat; kept like the weeks are."""
        tables, kept = self.tables(), self._alone
        if kept is None or kept[0] is not tables or kept[1] is not weeks:
            is_alone = tables.lengths == 1
            slots = np.where(is_alone, weeks.slot[tables.firsts], -1).astype(np.int32)
            held = np.where(is_alone, weeks.weeks[tables.firsts], 0).astype(np.uint32)
            self._alone = kept = (tables, weeks, Alone(slots, held))
        return kept[2]

    def _spread(self, first: int) -> Weeks:
        zones, weekdays, minutes, lengths, rests = zip(*self._slots, strict=True)
        wall = np.array(weekdays, np.int64) * DAY + np.array(minutes, np.int64)
        wall = wall + (first + np.arange(SPANNED, dtype=np.int64)[:, None]) * WEEK
        utc = np.empty(wall.shape, np.int32)
        names = np.array(zones)
        for zone in sorted(set(zones)):
            here = np.flatnonzero(names == zone)
            utc[:, here] = offsets(zone, first).in_utc(wall[:, here])
        patterns = (Rhythm(day, 0, 1, "UTC", *rest) for day, *rest in self._patterns)
        masks = np.array([weeks_of(pattern, first) for pattern in patterns], np.uint32)
        pairs = np.array(list(self._beats), np.int64)
        return Weeks(
            first,
            not any(rests),
            utc,
            np.array(rests, np.int64),
            np.array(lengths, np.int32),
            np.ascontiguousarray(pairs[:, 0]),
            masks[pairs[:, 1]],
        )

    def _plan(self, beats: Sequence[int]) -> int:
        # A plan without meetings has one beat that is held in no week, so that no plan is empty.
        key = tuple(sorted(beats)) or (self._beat(Rhythm(0, 0, weeks=1, since=-1)),)
        number = self._plans.setdefault(key, len(self._plans))
        if number == len(self._starts) - 1:
            self._flat.extend(key)
            self._starts.append(len(self._flat))
            self._tables = None
        return number

    def _beat(self, rhythm: Rhythm) -> int:
        checked(rhythm)
        slot = (rhythm.zone, rhythm.weekday, rhythm.minute, rhythm.minutes, 0)
        # Days of a month need the weekday; all else is the same pattern on any day.
        day = rhythm.weekday if rhythm.nth else 0
        weeks = rhythm.every, rhythm.phase, rhythm.nth, rhythm.weeks, rhythm.since
        return self._number(slot, (day, *weeks))

    def _of_rhythms(self, rhythms: tuple[Rhythm, ...]) -> int:
        return self._plan([self._beat(one) for one in rhythms])

    def _dated(self, start: Start) -> int:
        at = start.at.astimezone(UTC)
        rest = at.second * 1_000_000 + at.microsecond
        slot = ("UTC", at.weekday(), at.hour * 60 + at.minute, start.minutes, rest)
        return self._number(slot, (0, 1, 0, 0, 1, week_number(at.date())))

    def _number(self, slot: _Slot, pattern: _Pattern) -> int:
        pair = (
            self._slots.setdefault(slot, len(self._slots)),
            self._patterns.setdefault(pattern, len(self._patterns)),
        )
        return self._beats.setdefault(pair, len(self._beats))


class _ByRhythms(dict[tuple[Rhythm, ...], int]):
    """Plans by what groups say of them; new ones are made."""

    def __init__(self, make: Callable[[tuple[Rhythm, ...]], int]) -> None:
        super().__init__()
        self._make: Final = make

    def __missing__(self, rhythms: tuple[Rhythm, ...]) -> int:
        plan = self[rhythms] = self._make(rhythms)
        return plan
