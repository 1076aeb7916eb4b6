"""Ranking groups for a person: those that fit, the nearest of the rest, and what keeps how many away."""

from bisect import insort
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final

from peerkit.matching.judging import COSTS, Fact, Judge, Verdict
from peerkit.matching.values import Closed, Match, Offer, Ranking, Reason, Seeker
from peerkit.matching.vocabulary import Tree

_ALONE: Final = Tree()
_PLACES: Final = 9


def rank(
    seeker: Seeker,
    offers: Sequence[Offer],
    *,
    now: datetime,
    tree: Tree = _ALONE,
    nearest: int = 12,
) -> Ranking:
    """Rank groups for one person; the same values in any order give the same answer.

    `now` is aware; meetings begun before it do not count. `tree` says which experiences stand
    near each other (`Lexicon.tree`); without it only equal ones match. `nearest` limits how many
    almost-fitting groups come back. A group's score depends on nothing but itself and the person.
    """
    judge = Judge(seeker, tree, now)
    glanced = [(*judge.glance(offer), offer) for offer in offers if offer.id not in seeker.excluded]
    verdicts = [judge.verdict(offer) for misses, _, offer in glanced if misses <= 1]
    fitting = [_match(verdict) for verdict in verdicts if not verdict.misses]
    missing = [verdict for verdict in verdicts if verdict.misses]
    far = sorted(
        ((cost, offer.id, offer) for misses, cost, offer in glanced if misses > 1),
        key=lambda one: one[:2],
    )
    closest = _closest(missing, far, judge, nearest)
    starts = {verdict.offer.id: verdict.at for verdict in verdicts}
    late = datetime.max.replace(tzinfo=now.tzinfo)
    return Ranking(
        matches=tuple(
            sorted(
                fitting,
                key=lambda match: (-match.score, starts[match.offer_id] or late, match.offer_id),
            )
        ),
        nearest=tuple(_match(verdict) for verdict in closest),
        closed_by=_closed(missing),
    )


def _closest(
    missing: Sequence[Verdict],
    far: Sequence[tuple[float, str, Offer]],
    judge: Judge,
    most: int,
) -> list[Verdict]:
    """Return the verdicts that need least change; groups at a glance too far off are never judged.

    What a glance costs is a lower bound, so the walk may stop where the bound passes the worst kept.
    """
    best = sorted(((_change_needed(one), one) for one in missing), key=_first)[:most]
    for cost, _, offer in far:
        if len(best) >= most and (not best or best[-1][0][0] < cost):
            break
        verdict = judge.verdict(offer)
        insort(best, (_change_needed(verdict), verdict), key=_first)
        del best[most:]
    return [verdict for _, verdict in best]


def _first(pair: tuple[tuple[float, float, str], Verdict]) -> tuple[float, float, str]:
    return pair[0]


def _change_needed(verdict: Verdict) -> tuple[float, float, str]:
    cost = sum(COSTS[miss.code] + _how_far(miss) for miss in verdict.misses)
    return round(cost, _PLACES), -_score(verdict), verdict.offer.id


def _how_far(miss: Fact) -> float:
    """Return 0..1 more cost for a miss by a mile than for one by an inch."""
    off, km, within = (miss.params.get(key, 0) for key in ("minutes_off", "km", "within"))
    if isinstance(off, int) and off:
        return off / (off + 120)
    if isinstance(km, float) and isinstance(within, int | float) and km:
        return (km - within) / km
    return 0.0


def _score(verdict: Verdict) -> float:
    return min(round(sum(fact.worth for fact in verdict.fits), _PLACES), 1.0)


def _match(verdict: Verdict) -> Match:
    return Match(
        verdict.offer.id,
        _score(verdict),
        tuple(Reason(*fact) for fact in verdict.fits),
        tuple(Reason(*fact) for fact in verdict.misses),
        tuple(Reason(*fact) for fact in verdict.notes),
    )


def _closed(missing: Iterable[Verdict]) -> tuple[Closed, ...]:
    counts = Counter(
        (verdict.misses[0].code, value)
        for verdict in missing
        if len(verdict.misses) == 1
        for value in _values(verdict.misses[0])
    )
    closed = (Closed(code, value, count) for (code, value), count in counts.items())
    return tuple(sorted(closed, key=lambda one: (-one.count, one.code, one.value)))


def _values(miss: Fact) -> Iterator[str]:
    """Name what one would have to accept: each way to come, each language, the access need."""
    offered = miss.params.get("offered", miss.params.get("need", miss.params.get("term", "")))
    if isinstance(offered, tuple):
        yield from offered or ("",)
    else:
        yield str(offered)
