"""Ranking groups for a person: those that fit, the nearest of the rest, and what keeps how many away."""

from bisect import insort
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final

from peerkit.matching.finding.asking import MILLION, Asked
from peerkit.matching.finding.clock import Clock
from peerkit.matching.finding.judging import Judge, Verdict, is_behind
from peerkit.matching.finding.weights import COSTS, Weights
from peerkit.matching.values import Closed, Offer, Ranking, Reason, Seeker
from peerkit.matching.vocabulary import Tree

ALONE: Final = Tree()
USUAL: Final = Weights()
_Change = tuple[bool, int, int, str]
# Minutes outside the free hours at which a miss counts half as much again.
MINUTES_HALF: Final = 120


def rank(
    seeker: Seeker,
    offers: Sequence[Offer],
    *,
    now: datetime,
    tree: Tree = ALONE,
    nearest: int = 12,
    most: int | None = None,
    weights: Weights = USUAL,
) -> Ranking:
    """Rank groups for one person; the same values in any order give the same answer.

    `now` is aware; only meetings in the 20 weeks from it count. `tree` says which experiences stand
    near each other (`Lexicon.tree`); without it only equal ones match. `nearest` limits how many
    almost-fitting groups come back, `most` how many fitting ones. A group's score depends on nothing
    but itself, the person and the `weights`. ValueError in plain words for an unknown time zone and
    the like. For many thousands of groups, `Index` gives the same answer faster.
    """
    judge, clock = Judge(Asked.of(seeker, tree, weights), now), Clock(seeker, now)
    glanced = [(*judge.glance(offer), offer) for offer in offers if offer.id not in seeker.excluded]

    def judged(offer: Offer) -> Verdict:
        return judge.verdict(offer, clock.fit(offer))

    verdicts = [judged(offer) for misses, _, offer in glanced if misses <= 1]
    fitting, missing = _parted(verdicts)
    far = [
        (is_behind(seeker.tried, offer.id), millionths(cost), offer.id, offer)
        for misses, cost, offer in glanced
        if misses > 1
    ]
    far.sort(key=lambda one: one[:3])
    close = _closest(missing, far, judged, seeker=seeker, most=nearest)
    fitting.sort(key=lambda verdict: place(seeker, verdict, now))
    return Ranking(
        matches=tuple(verdict.match() for verdict in fitting[:most]),
        nearest=tuple(verdict.match() for verdict in close),
        closed_by=closed(_one_change_away(missing)),
        total=len(fitting),
    )


def _parted(verdicts: Sequence[Verdict]) -> tuple[list[Verdict], list[Verdict]]:
    """Return those that miss nothing, and the others."""
    fitting = [verdict for verdict in verdicts if not verdict.misses]
    return fitting, [verdict for verdict in verdicts if verdict.misses]


def _one_change_away(missing: Sequence[Verdict]) -> Iterator[tuple[str, str]]:
    for verdict in missing:
        if len(verdict.misses) == 1:
            yield from ((verdict.misses[0].code, value) for value in _values(verdict.misses[0]))


def place(seeker: Seeker, verdict: Verdict, now: datetime) -> tuple[bool, int, datetime, str]:
    """Return what matches are ordered by."""
    start, offer = verdict.fitted.start, verdict.offer
    at = start.at if start else now
    return is_behind(seeker.tried, offer.id), -verdict.points, at, offer.id


def _closest(
    missing: Sequence[Verdict],
    far: Sequence[tuple[bool, int, str, Offer]],
    judged: Callable[[Offer], Verdict],
    *,
    seeker: Seeker,
    most: int,
) -> list[Verdict]:
    """Return the verdicts that need least change; groups at a glance too far off are never judged.

    What a glance costs is a lower bound, so the walk may stop where the bound passes the worst kept.
    """
    best = sorted(((change_needed(one, seeker), one) for one in missing), key=_first)[:most]
    for behind, cost, _, offer in far:
        if len(best) >= most and (not best or best[-1][0][:2] < (behind, cost)):
            break
        verdict = judged(offer)
        insort(best, (change_needed(verdict, seeker), verdict), key=_first)
        del best[most:]
    return [verdict for _, verdict in best]


def _first(pair: tuple[_Change, Verdict]) -> _Change:
    return pair[0]


def change_needed(verdict: Verdict, seeker: Seeker) -> _Change:
    """Return what groups that miss something are ordered by."""
    cost = sum(millionths(COSTS[miss.code]) + _how_far(miss) for miss in verdict.misses)
    key = verdict.offer.id
    return is_behind(seeker.tried, key), cost, -verdict.points, key


def millionths(cost: float) -> int:
    """Return a cost in whole millionths, so that sums are exact in any order."""
    return round(cost * MILLION)


def _how_far(miss: Reason) -> int:
    """Return 0..1 more cost, in millionths, for a miss by a mile than for one by an inch."""
    off, km, within = (miss.params.get(key, 0) for key in ("minutes_off", "km", "within"))
    if isinstance(off, int) and off:
        return int(off / (off + MINUTES_HALF) * MILLION)
    if isinstance(km, float) and isinstance(within, int | float) and km:
        return int((km - within) / km * MILLION)
    return 0


def closed(keys: Iterable[tuple[str, str]]) -> tuple[Closed, ...]:
    """Count groups by the one condition that keeps them away, the most groups first."""
    return in_order(Counter(keys))


def in_order(counts: Counter[tuple[str, str]]) -> tuple[Closed, ...]:
    """Return counts by (code, value), the most groups first."""
    found = (Closed(code, value, count) for (code, value), count in counts.items() if count)
    return tuple(sorted(found, key=lambda one: (-one.count, one.code, one.value)))


def _values(miss: Reason) -> Iterator[str]:
    """Name what one would have to accept: each way to come, each language, the access need."""
    offered = miss.params.get("offered", miss.params.get("need", miss.params.get("term", "")))
    if isinstance(offered, tuple):
        yield from offered or ("",)
    else:
        yield str(offered)
