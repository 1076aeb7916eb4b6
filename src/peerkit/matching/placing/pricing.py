"""What a floor for the worst-off costs: the same problem placed under several floors, side by side."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from peerkit.matching.placing.placing import Stop, Watch, place
from peerkit.matching.placing.values import Placement, Problem

PLACED_LEAST: Final = 0.99


@dataclass(frozen=True, slots=True)
class FloorPrice:
    """One floor and what comes of it. Fits are without points for waiting.

    `share` is the value in terms of the best value of all floors priced with it; `fit_least` and
    `fit_p5` are the worst fit and the one that 5 % are at or below (0 when nobody is placed);
    `lose_place` counts people with a place in the plan under the lowest floor and none in this one.
    """

    floor: int
    placed: int
    value: int
    bound: int
    share: float
    fit_least: int
    fit_p5: int
    lose_place: int


def floor_prices(
    problem: Problem,
    floors: Iterable[int],
    *,
    seconds: float = 10.0,
    seed: int = 0,
    on_progress: Watch | None = None,
    should_stop: Stop | None = None,
) -> tuple[FloorPrice, ...]:
    """Place the problem under each floor, `seconds` each, and return what each costs, lowest first.

    Stopped early it returns the floors done so far. Raises ValueError without a floor.
    """
    asked = sorted(set(floors))
    if not asked:
        raise ValueError("There is no floor to price.")
    plans: list[tuple[Problem, Placement]] = []
    for floor in asked:
        if plans and should_stop is not None and should_stop():
            break
        under = _under(problem, floor)
        plans.append(
            (
                under,
                place(
                    under,
                    seconds=seconds,
                    seed=seed,
                    on_progress=on_progress,
                    should_stop=should_stop,
                ),
            )
        )
    best = max((plan.value for _, plan in plans), default=0)
    return tuple(_price(under, plan, plans[0][1], best) for under, plan in plans)


def recommended_floor(prices: Iterable[FloorPrice]) -> int:
    """Return the highest floor with which at least 99 % of the most people still have a place."""
    rows = list(prices)
    most = max((row.placed for row in rows), default=0)
    return max((row.floor for row in rows if row.placed >= PLACED_LEAST * most), default=0)


def highest_floor(
    problem: Problem,
    *,
    seconds: float = 10.0,
    seed: int = 0,
    should_stop: Stop | None = None,
) -> tuple[FloorPrice, ...]:
    """Look for the highest floor that keeps 99 % of places, to the point, by halving.

    Returns the prices of every floor tried, for `recommended_floor`; at most 11 plans, `seconds` each.
    """
    plans: dict[int, Placement] = {}
    low, high = 0, max((fit for one in problem.members for fit in one.fits.values()), default=0) + 1
    plans[0] = place(_under(problem, 0), seconds=seconds, seed=seed, should_stop=should_stop)
    while high - low > 1 and not (should_stop is not None and should_stop()):
        middle = (low + high) // 2
        under = _under(problem, middle)
        plans[middle] = place(under, seconds=seconds, seed=seed, should_stop=should_stop)
        is_kept = plans[middle].placed >= PLACED_LEAST * max(plan.placed for plan in plans.values())
        low, high = (middle, high) if is_kept else (low, middle)
    best = max(plan.value for plan in plans.values())
    return tuple(
        _price(_under(problem, floor), plans[floor], plans[0], best) for floor in sorted(plans)
    )


def _under(problem: Problem, floor: int) -> Problem:
    return replace(problem, rules=replace(problem.rules, floor=floor))


def _price(problem: Problem, plan: Placement, first: Placement, best: int) -> FloorPrice:
    fits = sorted(
        one.fits.get(plan.where[one.id], 1) for one in problem.members if plan.where[one.id]
    )
    return FloorPrice(
        problem.rules.floor,
        len(fits),
        plan.value,
        plan.bound,
        plan.value / best if best else 1.0,
        fits[0] if fits else 0,
        fits[(len(fits) - 1) // 20] if fits else 0,
        sum(1 for name, group in first.where.items() if group and not plan.where[name]),
    )
