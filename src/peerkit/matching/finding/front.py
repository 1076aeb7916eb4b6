"""Which of many rows may be among the first: bounds of a score spare most of them the rest of it."""

from typing import Final, NamedTuple

import numpy as np

from peerkit.matching.finding.bits import Ints, Longs
from peerkit.matching.finding.scoring import Scorer
from peerkit.matching.finding.week import PersonWeek

# From so many rows on it pays to leave out those that cannot be among the first.
_MANY: Final = 6_000
# So many are scored in whole to learn what one must at least have to be among the first.
_TRIED: Final = 160


class Front(NamedTuple):
    """Rows with their scores in millionths, and in microseconds the meetings told of."""

    rows: Longs
    scores: Longs
    at: Longs


def front(scorer: Scorer, week: PersonWeek, rows: Longs, plans: Ints, most: int) -> Front:
    """Return those of the rows that may be among the first `most`; all miss nothing."""
    about = scorer.experience(rows)
    if len(rows) <= max(_MANY, most):
        main, at = _main(scorer, week, plans, about)
        return Front(rows, main + scorer.rest_met(rows), at)
    tried = max(_TRIED, 2 * most)
    if scorer.is_about:
        some = _highest(about, tried)
        main, _ = _main(scorer, week, plans[some], about[some])
        least = _least(main + scorer.rest_met(rows[some]), most)
        ahead = np.flatnonzero(about + scorer.time_most() + scorer.rest_most() >= least)
        rows, plans, about = rows[ahead], plans[ahead], about[ahead]
    main, at = _main(scorer, week, plans, about)
    some = _highest(main, tried)
    least = _least(main[some] + scorer.rest_met(rows[some]), most)
    ahead = np.flatnonzero(main + scorer.rest_most() >= least)
    rows = rows[ahead]
    return Front(rows, main[ahead] + scorer.rest_met(rows), at[ahead])


def _main(scorer: Scorer, week: PersonWeek, plans: Ints, about: Longs) -> tuple[Longs, Longs]:
    """Return the part of scores that is for experience and time, and when the meetings are."""
    count = week.plans
    if len(plans) > count:
        fits = week.fits(np.arange(count, dtype=np.int32), exact=False)
        return about + scorer.time(fits).take(plans), fits.at.take(plans)
    fits = week.fits(plans, exact=False)
    return about + scorer.time(fits), fits.at


def _highest(values: Longs, many: int) -> Longs:
    """Return the places of so many of the highest values."""
    if len(values) <= many:
        return np.arange(len(values))
    found: Longs = np.argpartition(values, -many)[-many:]
    return found


def _least(scores: Longs, most: int) -> int:
    """Return what the last of the first `most` has at least, going by some of the rows."""
    return int(np.partition(scores, -most)[-most]) if 0 < most <= len(scores) else 0
