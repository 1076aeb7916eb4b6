"""Many thousands of groups kept ready to be ranked: the answer of `rank`, in under a millisecond."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from threading import RLock
from typing import TYPE_CHECKING, Final

import numpy as np

from peerkit.matching.finding.asking import Asked
from peerkit.matching.finding.columns import Columns
from peerkit.matching.finding.fused.loading import LOADING
from peerkit.matching.finding.fused.scratch import Scratch
from peerkit.matching.finding.ranking import ALONE, USUAL, in_order
from peerkit.matching.finding.rows import offers
from peerkit.matching.finding.search import Choice, Search
from peerkit.matching.finding.sieve import Known, Sieve
from peerkit.matching.finding.walls import allowed_on
from peerkit.matching.finding.week import Calendar
from peerkit.matching.finding.weights import Weights
from peerkit.matching.values import Closed, Free, Match, Offer, Ranking, Rhythm, Scored, Seeker
from peerkit.matching.vocabulary import Tree

if TYPE_CHECKING:
    from peerkit.matching.finding.fused.running import Kernels

# From so many groups on kernels are worth a second of loading and some 80 MB.
_MANY: Final = 3_000
_SOME_DAY: Final = datetime(2026, 3, 2, tzinfo=UTC)


class Index:
    """Groups that are asked about often, in arrays: about 25 MB for 100,000.

    Every answer equals that of `rank` on the same groups, to the last digit. Readers and a writer may
    use it from different threads: one at a time is let in. What a programme sets (`weights`) may be
    changed at any time, also for one question only, to see who would be affected. Kernels are loaded
    beside it once groups are many; `compiled=False` keeps to NumPy, and saves their 80 MB. ValueError
    in plain words for what cannot be.
    """

    def __init__(
        self,
        offers: Iterable[Offer] = (),
        *,
        tree: Tree = ALONE,
        weights: Weights = USUAL,
        now: datetime | None = None,
        compiled: bool = True,
    ) -> None:
        self.weights = weights
        self._is_compiled: Final = compiled
        self._tree: Final = tree
        self._lock: Final = RLock()
        self._columns: Final = Columns()
        self._calendar: Final = Calendar(self._columns.beats)
        self._known: Final = Known()
        self._scratch: Final = Scratch()
        self._columns.put(list({offer.id: offer for offer in offers}.values()))
        self._load_if_many()
        if now is not None:
            self._calendar.week_of(Seeker(), now)

    def __len__(self) -> int:
        return len(self._columns.row_of)

    def __contains__(self, offer_id: str) -> bool:
        return offer_id in self._columns.row_of

    def put(self, offer: Offer) -> None:
        """Add a group, or take its new state."""
        self.put_all([offer])

    def put_all(self, offers: Sequence[Offer]) -> None:
        """Add groups, or take their new states; ids are unique."""
        with self._lock:
            self._known.clear()
            self._columns.put(offers)
            self._load_if_many()

    def drop(self, offer_id: str) -> None:
        """Take a group out; one that is not in it changes nothing."""
        with self._lock:
            self._known.clear()
            self._columns.drop(offer_id)

    def rank(
        self,
        seeker: Seeker,
        *,
        now: datetime,
        most: int = 20,
        nearest: int = 12,
        weights: Weights | None = None,
        choose: Choice | None = None,
    ) -> Ranking:
        """Return what `rank` returns for the same groups, with at most `most` matches; `choose` as in `matches`."""
        with self._lock:
            search = self._search(seeker, now, weights)
            matches, total = search.matches(most, choose)
            return Ranking(matches, search.nearest(nearest), in_order(search.closed()), total)

    def matches(
        self,
        seeker: Seeker,
        *,
        now: datetime,
        most: int = 20,
        weights: Weights | None = None,
        choose: Choice | None = None,
    ) -> tuple[tuple[Match, ...], int]:
        """Return the first matches of `rank` and how many there are: a page, without what nearly fits.

        `choose` is given the ids of the first `most` and returns the places of those to be told of, in the
        order wanted: reasons are made for these only.
        """
        with self._lock:
            return self._search(seeker, now, weights).matches(most, choose)

    def best(
        self, seeker: Seeker, *, now: datetime, most: int = 20, weights: Weights | None = None
    ) -> tuple[tuple[Scored, ...], int]:
        """Return the ids and scores of `matches`, without reasons."""
        with self._lock:
            return self._search(seeker, now, weights).best(most)

    def closed_by(self, seeker: Seeker, *, now: datetime) -> tuple[Closed, ...]:
        """Count the groups that one condition alone keeps away, by what would let them in."""
        with self._lock:
            counts: Counter[tuple[str, str]] = self._search(seeker, now, None).closed()
            return in_order(counts)

    def why_not(self, seeker: Seeker, offer_id: str, *, now: datetime) -> Match | None:
        """Return how one group stands to a person; None alike for unknown and for excluded ones."""
        with self._lock:
            row = self._columns.row_of.get(offer_id)
            # Threat: an answer for an excluded group would tell that somebody avoided is in it.
            if row is None or offer_id in seeker.excluded:
                return None
            return self._search(seeker, now, None).judged(row).match()

    def offer(self, offer_id: str) -> Offer | None:
        """Return a group as the index knows it (its makeup as bands), or None."""
        with self._lock:
            row = self._columns.row_of.get(offer_id)
            return None if row is None else offers(self._columns, np.array([row]))[0]

    @property
    def nbytes(self) -> int:
        """Bytes that its arrays take."""
        return self._columns.nbytes

    def _search(self, seeker: Seeker, now: datetime, weights: Weights | None) -> Search:
        kernels = LOADING.kernels if self._is_compiled else None
        return self._search_with(kernels, seeker, now, weights)

    def _search_with(
        self, kernels: "Kernels | None", seeker: Seeker, now: datetime, weights: Weights | None
    ) -> Search:
        asked = Asked.of(seeker, self._tree, weights or self.weights)
        allow = kernels.allowed_on if kernels else allowed_on
        week = self._calendar.week_of(seeker, now, allow)
        fused = None
        sieve = Sieve(self._columns, asked, self._known)
        if kernels:
            fused = kernels.asked(self._columns, asked, sieve, week, self._scratch)
        return Search(self._columns, asked, week, now, sieve=sieve, fused=fused)

    def _load_if_many(self) -> None:
        if self._is_compiled and len(self) >= _MANY:
            LOADING.begin(_practise)


def load() -> bool:
    """Wait until the kernels are loaded; False where they cannot be, and NumPy answers for good."""
    return LOADING.load(_practise)


def _practise(kernels: "Kernels") -> None:
    """Use every kernel once: that loads it, or compiles it, once in an installation."""
    index = Index([Offer("one", rhythms=(Rhythm(0, 720),))], compiled=False)
    seeker = Seeker(free=(Free(0, 600, 900),))
    search = index._search_with(kernels, seeker, _SOME_DAY, None)  # noqa: SLF001
    search.matches(1)
    search.closed()
