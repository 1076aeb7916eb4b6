"""Groups that miss something: what keeps how many away, and which need least change."""

from collections import Counter
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from peerkit.matching.finding.asking import MILLION, Asked
from peerkit.matching.finding.bits import (
    Bitmaps,
    Bytes,
    Ints,
    Longs,
    bits_of,
    count,
    rows_of,
    wide,
)
from peerkit.matching.finding.columns import Columns
from peerkit.matching.finding.ranking import MINUTES_HALF, millionths
from peerkit.matching.finding.reach import kilometres
from peerkit.matching.finding.sieve import Missed, Sieve
from peerkit.matching.finding.week import Fits, PersonWeek
from peerkit.matching.finding.weights import COSTS

_CHEAPEST: Final = min(millionths(cost) for cost in COSTS.values())


class Misses(NamedTuple):
    """All misses, each within the rows there are; `one` marks rows with exactly one, `some` any."""

    each: Sequence[Missed]
    one: Bytes
    some: Bytes


def misses(columns: Columns, asked: Asked, sieve: Sieve, week: PersonWeek) -> Misses:
    """Hold every row against every condition."""
    each = sieve.plain()
    around = asked.seeker.around
    if around is not None:
        each += sieve.distance(around, sieve.here)
    each += _untimely(columns, asked, week)
    here, some = wide(sieve.here), np.zeros_like(sieve.here)
    several = np.zeros_like(some)
    found = []
    for miss in each:
        bits = (wide(miss.bits) & here).view(np.uint8)
        wide(several)[:] |= wide(some) & wide(bits)
        wide(some)[:] |= wide(bits)
        if bits.any():
            found.append(miss._replace(bits=bits))
    return Misses(found, some & ~several, some)


def _untimely(columns: Columns, asked: Asked, week: PersonWeek) -> list[Missed]:
    """Return who does not meet at all, and who never meets within the free hours."""
    every = np.arange(columns.plans, dtype=np.int32)
    meets = week.is_planned(every).view(np.uint8)
    if not asked.seeker.free:
        return [Missed("no_meeting", bits_of(meets.take(columns.plan) == 0))]
    told = (meets + week.is_timely(every)).take(columns.plan)
    return [Missed("no_meeting", bits_of(told == 0)), Missed("time", bits_of(told == 1))]


def closed_counts(columns: Columns, asked: Asked, found: Misses) -> Counter[tuple[str, str]]:
    """Count the rows that miss one condition only, by the condition and what would open it."""
    counts: Counter[tuple[str, str]] = Counter()
    for miss in found.each:
        bits = miss.bits & found.one
        if miss.code == "language":
            _count_words(counts, miss.code, columns.languages.maps, bits)
        elif miss.code == "format":
            _count_words(counts, miss.code, columns.formats.maps, bits)
        elif miss.code == "not_wanted":
            for term in sorted(asked.refused):
                hit = bits & columns.experiences.of(term)
                counts[miss.code, term] += count(hit)
                bits &= ~hit
        else:
            counts[miss.code, miss.need] += count(bits)
    return counts


def _count_words(counts: Counter[tuple[str, str]], code: str, maps: Bitmaps, bits: Bytes) -> None:
    """Count each word that a row carries; "" for a row without any."""
    if not bits.any():
        return
    silent = wide(bits).copy()
    for word in maps.numbers:
        has = wide(maps.of(word))
        counts[code, word] += int(np.bitwise_count(wide(bits) & has).sum(dtype=np.int64))
        silent &= ~has
    counts[code, ""] += count(silent.view(np.uint8))


class Nearly:
    """Looks for the rows that need least change."""

    def __init__(
        self, columns: Columns, asked: Asked, week: PersonWeek, found: Misses, outside: Bytes
    ) -> None:
        self._columns: Final = columns
        self._asked: Final = asked
        self._week: Final = week
        self._found: Final = found
        self._some: Final = found.some & ~outside
        self._one: Final = found.one & ~outside

    def candidates(self, most: int) -> tuple[Longs, Longs]:
        """Return rows and what each costs: `most` that need least change, and all that cost the same.

        Rows with one miss come first, the lightest miss before others. Those with several are only
        looked at when they might be among the nearest: two misses cost twice the lightest at least.
        """
        rows, costs = np.zeros(0, np.int64), np.zeros(0, np.int64)
        by_cost = sorted(self._found.each, key=lambda miss: COSTS[miss.code])
        for miss in by_cost:
            if _worst(costs, most) < millionths(COSTS[miss.code]):
                break
            more = rows_of(miss.bits & self._one)
            rows = np.concatenate([rows, more])
            costs = np.concatenate([costs, self._cost(miss.code, more)])
        if _worst(costs, most) >= 2 * _CHEAPEST:
            rows = rows_of(self._some)
            costs = self._costs(rows)
        chosen = costs <= _worst(costs, most)
        return rows[chosen], costs[chosen]

    def _costs(self, rows: Longs) -> Longs:
        costs = np.zeros(self._columns.room, np.int64)
        for miss in self._found.each:
            there = rows_of(miss.bits & self._some)
            costs[there] += self._cost(miss.code, there)
        return costs[rows]

    def _cost(self, code: str, rows: Longs) -> Longs:
        costs = np.full(len(rows), millionths(COSTS[code]))
        around = self._asked.seeker.around
        if code == "time":
            off = self.fits(rows).off
            costs += (off / (off + MINUTES_HALF) * MILLION).astype(np.int64)
        elif code == "distance" and around is not None:
            km = kilometres(around, self._columns, rows)
            costs += ((km - around.km) / km * MILLION).astype(np.int64)
        return costs

    def fits(self, rows: Longs) -> Fits:
        """Return how the meetings of rows lie, and how near when they do not fit."""
        plans: Ints = self._columns.plan[rows]
        return self._week.fits(plans, exact=True)


def _worst(costs: Longs, most: int) -> int:
    """Return the highest cost among the `most` lowest; without end when there are fewer."""
    if len(costs) < most or not most:
        return int(np.iinfo(np.int64).max) if most else -1
    return int(np.partition(costs, most - 1)[most - 1])
