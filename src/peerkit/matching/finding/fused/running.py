"""One question asked of the kernels; loading this module loads the compiler."""

from collections import Counter
from typing import Final

import numpy as np

from peerkit.matching.finding.asking import Asked
from peerkit.matching.finding.bits import Bytes, Longs, wide
from peerkit.matching.finding.columns import Columns
from peerkit.matching.finding.front import Front
from peerkit.matching.finding.fused.first import first
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
    missing_of,
    place_of,
    worth_of,
)
from peerkit.matching.finding.fused.scratch import Scratch
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

    def asked(
        self, columns: Columns, asked: Asked, sieve: Sieve, week: PersonWeek, scratch: Scratch
    ) -> "Fused":
        """Return a question made ready; `scratch` is for one question at a time."""
        return Fused(columns, asked, sieve, week, scratch)


class Fused:
    """A person's question made ready for the kernels."""

    def __init__(
        self, columns: Columns, asked: Asked, sieve: Sieve, week: PersonWeek, scratch: Scratch
    ) -> None:
        self._columns: Final = columns
        self._asked: Final = asked
        self._sieve: Final = sieve
        self._times: Final = week.times
        self._scratch: Final = scratch

    def front(self, outside: Bytes | None, most: int) -> tuple[Front, int]:
        """Return the rows that may be among the first `most`, and how many miss nothing."""
        columns, sieve = self._columns, self._sieve
        found = sieve.fitting()
        if self._asked.seeker.around:
            found &= ~sieve.beyond(self._asked.seeker.around)
        if outside is not None:
            found &= ~outside
        kept = self._scratch.room_for(columns, most)
        many, total = first(
            wide(found),
            groups_of(columns),
            self._times,
            place_of(self._asked, sieve),
            worth_of(columns, self._asked, sieve),
            kept,
        )
        rows = kept.rows[:many].astype(np.int64)
        return Front(rows, kept.scores[:many].copy(), kept.at[:many].copy()), total

    def told(self, rows: Longs) -> Longs:
        """Return how the plans of fitting rows lie: see `hours.tell`; -1 where one has several beats."""
        found = np.full((len(rows), 6), -1, np.int64)
        tell(self._times, self._columns.plan.take(rows), found)
        return found

    def closed(self) -> Counter[tuple[str, str]]:
        """Count the groups that one condition alone keeps away, by what would open it."""
        columns, asked, sieve = self._columns, self._asked, self._sieve
        misses = sieve.plain()
        missing = missing_of(columns, asked, misses, sieve)
        refused = sorted(asked.refused)
        broad = max(len(columns.languages.sets), len(columns.formats.sets), len(refused))
        counts = np.zeros((len(misses) + len(LATER), broad), np.int64)
        kept = self._scratch.room_for(columns, 0)
        place = place_of(asked, sieve)
        count_one_missing(groups_of(columns), self._times, place, missing, kept, counts)
        found: Counter[tuple[str, str]] = Counter()
        for code, many in zip(LATER, counts[len(misses) :, 0].tolist(), strict=True):
            found[code, ""] += many
        for miss, kind, row in zip(misses, missing.kinds.tolist(), counts, strict=False):
            if kind == REFUSED:
                for term, many in zip(refused, row.tolist(), strict=False):
                    found[miss.code, term] += many
            elif kind in {LANGUAGES, FORMATS}:
                sets = (columns.languages if kind == LANGUAGES else columns.formats).sets
                there = np.flatnonzero(row)
                for one, many in zip(there.tolist(), row[there].tolist(), strict=True):
                    for word in sets[one] or ("",):
                        found[miss.code, word] += many
            else:
                found[miss.code, miss.need] += int(row[0])
        return found
