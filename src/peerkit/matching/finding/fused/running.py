"""One question asked of the kernels; loading this module loads the compiler."""

from collections import Counter
from typing import Final

import numpy as np

from peerkit.matching.finding.asking import Asked
from peerkit.matching.finding.bits import Bytes, Longs
from peerkit.matching.finding.columns import Columns
from peerkit.matching.finding.front import Front
from peerkit.matching.finding.fused.arrays import Kept, Room
from peerkit.matching.finding.fused.first import first, fitting_rows
from peerkit.matching.finding.fused.hours import allow, tell, weeks_within
from peerkit.matching.finding.fused.nearly import (
    FORMATS,
    LANGUAGES,
    LATER,
    REFUSED,
    count_one_missing,
)
from peerkit.matching.finding.fused.preparing import (
    groups_of,
    missed_of,
    missing_of,
    place_of,
    worth_of,
)
from peerkit.matching.finding.hours import Hours
from peerkit.matching.finding.sieve import Sieve
from peerkit.matching.finding.walls import Allowed, Wall
from peerkit.matching.finding.week import PersonWeek


class Kernels:
    """All that there is to ask of them."""

    def allowed_on(self, wall: Wall, hours: Hours) -> Allowed:
        """Return what `walls.allowed_on` returns."""
        within = np.empty(len(wall.starts), np.uint32)
        weeks = np.empty(wall.masks.shape[1], np.uint32)
        spans = np.array(hours.spans, np.int64).reshape(-1, 2)
        allow(spans, wall.starts, wall.minutes, within)
        weeks_within(within, wall.pairs, wall.masks, weeks)
        return Allowed(hours, weeks)

    def asked(self, columns: Columns, asked: Asked, sieve: Sieve, week: PersonWeek) -> "Fused":
        """Return a question made ready."""
        return Fused(columns, asked, sieve, week)


class Fused:
    """A person's question made ready for the kernels."""

    def __init__(self, columns: Columns, asked: Asked, sieve: Sieve, week: PersonWeek) -> None:
        self._columns: Final = columns
        self._asked: Final = asked
        self._sieve: Final = sieve
        self._times: Final = week.times

    def front(self, outside: Bytes | None, most: int) -> tuple[Front, int]:
        """Return the rows that may be among the first `most`, and how many miss nothing."""
        columns, room = self._columns, self._columns.room
        found = np.empty(room // 8, np.uint8)
        fitting_rows(self._sieve.here, missed_of(self._sieve.plain(), room), found)
        if outside is not None:
            found &= ~outside
        heap, longs = np.empty((2, max(most, 0)), np.int64), np.empty((2, room), np.int64)
        plans = np.empty((2, columns.plans), np.int64)
        kept = Kept(heap, *_room(columns), longs[0], longs[1], plans[0], plans[1])
        many, total = first(
            found,
            groups_of(columns),
            self._times,
            place_of(self._asked, self._sieve),
            worth_of(columns, self._asked, self._sieve),
            kept,
        )
        return Front(kept.rows[:many].astype(np.int64), kept.scores[:many], kept.at[:many]), total

    def told(self, rows: Longs) -> Longs:
        """Return how the plans of fitting rows lie: see `hours.tell`; -1 where one has several beats."""
        found = np.full((len(rows), 6), -1, np.int64)
        tell(self._times, self._columns.plan.take(rows), found)
        return found

    def closed(self) -> Counter[tuple[str, str]]:
        """Count the groups that one condition alone keeps away, by what would open it."""
        columns, asked, sieve = self._columns, self._asked, self._sieve
        misses = sieve.plain()
        missing = missing_of(columns, asked, misses, sieve.here)
        refused = sorted(asked.refused)
        wide = max(len(columns.languages.sets), len(columns.formats.sets), len(refused))
        counts = np.zeros((len(misses) + len(LATER), wide), np.int64)
        count_one_missing(
            groups_of(columns), self._times, place_of(asked, sieve), missing, _room(columns), counts
        )
        found: Counter[tuple[str, str]] = Counter()
        for code, row in zip(LATER, counts[len(misses) :, 0].tolist(), strict=True):
            found[code, ""] += row
        for miss, kind, row in zip(misses, missing.kinds.tolist(), counts, strict=False):
            if kind == REFUSED:
                found.update(
                    {
                        (miss.code, term): many
                        for term, many in zip(refused, row.tolist(), strict=False)
                    }
                )
            elif kind in {LANGUAGES, FORMATS}:
                sets = (columns.languages if kind == LANGUAGES else columns.formats).sets
                for one in np.flatnonzero(row).tolist():
                    for word in sets[one] or ("",):
                        found[miss.code, word] += int(row[one])
            else:
                found[miss.code, miss.need] += int(row[0])
        return found


def _room(columns: Columns) -> Room:
    # Rows are written eight at a time, also behind the last.
    return Room(np.empty(columns.room + 8, np.int32), np.empty(columns.plans, np.uint8))
