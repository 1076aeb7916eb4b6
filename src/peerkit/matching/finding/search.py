"""One question to an index: the matches, the nearest of the rest, and what keeps how many away."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from peerkit.matching.finding.asking import MILLION, Asked
from peerkit.matching.finding.bits import Bytes, Longs, marked, rows_of
from peerkit.matching.finding.clock import Clock, Fit
from peerkit.matching.finding.columns import Columns
from peerkit.matching.finding.front import Front, front
from peerkit.matching.finding.judging import Judge, Verdict
from peerkit.matching.finding.moments import fits_of, fits_told
from peerkit.matching.finding.nearly import Misses, Nearly, closed_counts, misses
from peerkit.matching.finding.ranking import change_needed, place
from peerkit.matching.finding.rows import offers
from peerkit.matching.finding.scoring import Scorer
from peerkit.matching.finding.sieve import Sieve
from peerkit.matching.finding.telling import Teller
from peerkit.matching.finding.week import PersonWeek
from peerkit.matching.values import Match, Scored

if TYPE_CHECKING:
    from peerkit.matching.finding.fused.running import Fused

# The places, among ids from the best on, of those that are to be told of.
Choice = Callable[[Sequence[str]], Sequence[int]]


class Search:
    """A person's question, asked of all rows at once. Only what is shown is judged in full."""

    def __init__(
        self,
        columns: Columns,
        asked: Asked,
        week: PersonWeek,
        now: datetime,
        *,
        sieve: Sieve,
        fused: "Fused | None",
    ) -> None:
        self._columns: Final = columns
        self._asked: Final = asked
        self._seeker: Final = asked.seeker
        self._week: Final = week
        self._now: Final = now
        self._sieve: Final = sieve
        self._judge: Final = Judge(asked, now)
        self._scorer: Final = Scorer(columns, asked, self._sieve, week.now_us)
        self._fused: Final = fused

    @cached_property
    def _clock(self) -> Clock:
        return Clock(self._seeker, self._now)

    @cached_property
    def _behind(self) -> Sequence[Verdict]:
        """What was not for this person: few, so judged one by one."""
        seeker = self._seeker
        ids = (one for one, felt in seeker.tried.items() if felt == "not_for_me")
        rows = [
            self._columns.row_of[one]
            for one in ids
            if one in self._columns.row_of and one not in seeker.excluded
        ]
        return [self.judged(row) for row in rows]

    @cached_property
    def _misses(self) -> Misses:
        return misses(self._columns, self._asked, self._sieve, self._week)

    def judged(self, row: int) -> Verdict:
        """Hold one row against the wishes."""
        (offer,) = offers(self._columns, np.array([row]))
        return self._judge.verdict(offer, self._clock.fit(offer))

    def best(self, most: int) -> tuple[tuple[Scored, ...], int]:
        """Return the best `most` groups that miss nothing without a word about them, and how many there are."""
        rows, scores, behind, total = self._best(most)
        ids = self._columns.ids
        told = zip(rows.tolist(), scores.tolist(), strict=True)
        found = [Scored(ids[row], score / MILLION) for row, score in told]
        found += [Scored(one.offer.id, one.match().score) for one in behind]
        return tuple(found[:most]), total

    def matches(self, most: int, choose: Choice | None = None) -> tuple[tuple[Match, ...], int]:
        """Return the same as matches; of `choose` those at the places that it picks by their ids, in its order."""
        rows, scores, behind, total = self._best(most)
        many = len(rows)
        ids = [self._columns.ids[row] for row in rows.tolist()] + [one.offer.id for one in behind]
        picked = range(min(most, len(ids))) if choose is None else choose(ids[:most])
        ahead = [one for one in picked if one < many]
        rows, scores = rows[ahead], scores[ahead]
        told = Teller(self._columns, self._asked, self._now).matches(
            rows, scores, self._fitting_of(rows)
        )
        shown = dict(zip(ahead, told, strict=True))
        shown |= {one: behind[one - many].match() for one in picked if one >= many}
        return tuple(shown[one] for one in picked), total

    def _best(self, most: int) -> tuple[Longs, Longs, Sequence[Verdict], int]:
        """Return the first rows and their millionths, those behind all others, and how many miss nothing."""
        (rows, scores, at), total = self._scored(most)
        first = self._first(rows, -scores, at, most)
        behind = sorted(
            (one for one in self._behind if not one.misses),
            key=lambda one: place(self._seeker, one, self._now),
        )
        return rows[first], scores[first], behind, total + len(behind)

    def _scored(self, most: int) -> tuple[Front, int]:
        """Return the rows that may be among the first, and how many miss nothing."""
        if self._fused:
            return self._fused.front(self._bits_behind if self._behind else None, most)
        rows = self._fitting()
        plans = self._columns.plan.take(rows)
        timely = np.flatnonzero(self._week.is_timely(plans))
        if len(timely) < len(rows):
            rows, plans = rows.take(timely), plans.take(timely)
        return front(self._scorer, self._week, rows, plans, most), len(rows)

    def nearest(self, most: int) -> tuple[Match, ...]:
        """Return the `most` groups that need least change."""
        if most <= 0:
            return ()
        outside = self._bits_behind
        nearly = Nearly(self._columns, self._asked, self._week, self._misses, outside)
        rows, costs = nearly.candidates(most)
        scores = self._scorer.scores(rows, nearly.fits(rows))
        best = self._first(rows, costs, -scores, most)
        behind = sorted(
            (one for one in self._behind if one.misses),
            key=lambda one: change_needed(one, self._seeker),
        )
        shown = [*self._judged(rows[best]), *behind]
        return tuple(one.match() for one in shown[:most])

    def closed(self) -> Counter[tuple[str, str]]:
        """Count the groups that one condition alone keeps away."""
        if self._fused:
            return self._fused.closed()
        return closed_counts(self._columns, self._asked, self._misses)

    @cached_property
    def _bits_behind(self) -> Bytes:
        rows = self._columns.rows_of([one.offer.id for one in self._behind])
        return marked(rows, self._columns.room)

    def _fitting(self) -> Longs:
        """Return the rows that miss nothing, but perhaps the time."""
        found = self._sieve.fitting()
        if self._seeker.around:
            for miss in self._sieve.distance(self._seeker.around, found):
                found &= ~miss.bits
        if self._behind:
            found &= ~self._bits_behind
        return rows_of(found)

    def _first(self, rows: Longs, first: Longs, then: Longs, most: int) -> Longs:
        """Return the places of the `most` lowest by (first, then, id)."""
        if most <= 0 or not len(rows):
            return np.zeros(0, np.int64)
        places = np.arange(len(rows))
        if len(rows) > most:
            worst = np.partition(first, most - 1)[most - 1]
            places = np.flatnonzero(first <= worst)
        if len(places) > most:
            order = np.lexsort((then[places], first[places]))
            last = places[order[most - 1]]
            is_last = (first[places] == first[last]) & (then[places] <= then[last])
            places = places[(first[places] < first[last]) | is_last]
        ids = self._columns.ids
        keys = zip(
            first[places].tolist(),
            then[places].tolist(),
            [ids[row] for row in rows[places].tolist()],
            places.tolist(),
            strict=True,
        )
        return np.array([key[3] for key in sorted(keys)[:most]], np.int64)

    def _judged(self, rows: Longs) -> list[Verdict]:
        """Judge rows in full; the arrays know when those with one plan meet."""
        fits = self._fits_of(rows)
        several = offers(self._columns, rows)
        return [self._judge.verdict(offer, fit) for offer, fit in zip(several, fits, strict=True)]

    def _fitting_of(self, rows: Longs) -> list[Fit]:
        if not self._fused:
            return self._fits_of(rows)
        told = self._fused.told(rows)
        return fits_told(self._columns, self._week, lambda: self._clock, rows, told)

    def _fits_of(self, rows: Longs) -> list[Fit]:
        return fits_of(self._columns, self._week, lambda: self._clock, rows)
