"""Generalised assignment with a bound: every job to one agent, at the least cost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from time import monotonic
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from peerkit.matching.placing.arrays import Ints, Longs
from peerkit.matching.placing.assigning.relaxing import Case, NoAssignment, Prices, priced, searched
from peerkit.matching.placing.assigning.shifting import NONE_FOUND, Ground, anneal
from peerkit.matching.placing.values import Progress

_SLICE: Final = 500_000
_FIRST: Final = 20_000_000
_SMALL: Final = 5_000
_LATE: Final = 2.0
_MOVES_EACH: Final = 1_000
_ROUND: Final = 6.0
_CORES: Final = (5, 4, 6, 8)
# Temperatures and penalty in terms of the price of a unit: what worked on types d and e of Chu & Beasley.
_HEATS: Final = ((2.0, 0.3, 4.0), (0.1, 0.015, 8.0), (0.3, 0.04, 5.0))
_CORE_EXACT: Final = 6


@dataclass(frozen=True, slots=True)
class Assigned:
    """Agent by job, what it costs, and a bound that no assignment is below; proven when they meet."""

    where: Ints
    cost: int
    bound: int
    seconds: float
    is_optimal: bool


def assign(
    costs: ArrayLike,
    sizes: ArrayLike,
    capacities: ArrayLike,
    *,
    seconds: float = 60.0,
    seed: int = 0,
    on_progress: Callable[[Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Assigned:
    """Return a cheap assignment of jobs to agents, found within `seconds`, and a proven bound.

    `costs` and `sizes` are whole numbers of shape (agents, jobs), `capacities` of shape (agents,). The
    linear relaxation prices the agents' room; two searches then share its core of pairs with small
    reduced cost: annealing with shifts and ejections, and HiGHS. Raises NoAssignment when the jobs do
    not fit, or none was found that does, ValueError for arrays that do not go together.
    """
    return _Run(_case(costs, sizes, capacities), seconds, seed, on_progress, should_stop).run()


def _case(costs: ArrayLike, sizes: ArrayLike, capacities: ArrayLike) -> Case:
    case = Case(
        np.ascontiguousarray(costs, dtype=np.int64),
        np.ascontiguousarray(sizes, dtype=np.int64),
        np.ascontiguousarray(capacities, dtype=np.int64),
    )
    if case.costs.ndim != len(("agents", "jobs")) or case.costs.shape != case.sizes.shape:
        raise ValueError("Costs and sizes must both have one row per agent and one column per job.")
    if case.capacities.shape != case.costs.shape[:1] or not case.costs.size:
        raise ValueError("There must be one capacity per agent, one agent and one job at least.")
    if case.sizes.min() < 0:
        raise ValueError("A size is below 0.")
    return case


class _Run:
    """One run: prices, then two searches at once that hand each other the best assignment so far."""

    def __init__(
        self,
        case: Case,
        seconds: float,
        seed: int,
        on_progress: Callable[[Progress], None] | None,
        should_stop: Callable[[], bool] | None,
    ) -> None:
        self._case: Final = case
        self._began: Final = monotonic()
        self._until: Final = self._began + seconds
        self._state: Final = np.array([(seed + 1) * 2_654_435_761 + 88_172_645], dtype=np.int64)
        self._tell: Final = on_progress
        self._asked: Final = should_stop
        self._best: Final = np.full(case.jobs, -1, dtype=np.int32)
        self._cost = NONE_FOUND
        self._is_done = False
        self._strict = 1
        self._moves = min(_FIRST, max(_SLICE, case.costs.size * _MOVES_EACH))

    def run(self) -> Assigned:
        """Return the best of both searches."""
        prices = priced(self._case, self._left())
        self._anneal(prices, rounds=1)
        # A small one is first searched exactly by itself: annealing beside it takes half the machine.
        is_proven = self._case.costs.size <= _SMALL and self._exact(prices, (0.4,))
        if not is_proven:
            with ThreadPoolExecutor(1) as beside:
                exact = beside.submit(self._exact, prices, (0.5, 1.0))
                self._anneal(prices, rounds=None)
                is_proven = exact.result()
        if self._cost == NONE_FOUND:
            raise NoAssignment("No assignment was found in which every agent can take their jobs.")
        is_optimal = self._cost <= prices.bound or is_proven
        bound = self._cost if is_optimal else prices.bound
        return Assigned(self._best, self._cost, bound, monotonic() - self._began, is_optimal)

    def _left(self) -> float:
        return self._until - monotonic()

    def _is_stopped(self) -> bool:
        return self._is_done or (self._asked is not None and self._asked())

    def _is_over(self) -> bool:
        return self._is_stopped() or self._left() <= 0

    def _keep(self, where: Ints) -> None:
        cost = self._case.cost_of(where)
        if cost < self._cost and self._case.is_kept(where):
            self._cost = cost
            self._best[:] = where

    def _anneal(self, prices: Prices, rounds: int | None) -> None:
        """Anneal in rounds, each from the prices' own assignment; what worked is tried again."""
        tried: dict[tuple[int, int], int] = {}
        turn = 0
        while not self._is_over() and (rounds is None or turn < rounds):
            way = self._way(tried, turn)
            moves = self._moves
            began = monotonic()
            tried[way] = min(self._round(prices, way, moves), tried.get(way, self._cost))
            self._moves = int(max(_SLICE, moves * _ROUND / max(monotonic() - began, 0.01)))
            self._is_done |= self._cost <= prices.bound
            # Nothing that every agent can take: what is too much must cost more.
            self._strict *= 1 if self._cost < NONE_FOUND else 2
            turn += 1

    def _way(self, tried: dict[tuple[int, int], int], turn: int) -> tuple[int, int]:
        """Try each temperature, then each size of core at the best one, then the best way again."""
        if turn < len(_HEATS):
            return turn, 0
        best = min(tried, key=lambda way: (tried[way], way))
        untried = [(best[0], core) for core in range(len(_CORES)) if (best[0], core) not in tried]
        return untried[0] if untried and turn % 2 else best

    def _round(self, prices: Prices, way: tuple[int, int], moves: int) -> int:
        """Cool once from hot to cold, a slice at a time; return the least cost of the round."""
        first, last, penalty = _HEATS[way[0]]
        unit = float(np.median(prices.unit)) or 1.0
        case = self._case
        core = _core(prices, _CORES[way[1]])
        ground = Ground(case.costs, case.sizes, case.capacities, *core)
        where, best = prices.where.copy(), prices.where.copy()
        least = NONE_FOUND
        slices = max(1, moves // _SLICE)
        for part in range(slices):
            heat = np.array([_cooled(first, last, at / slices) for at in (part, part + 1)])
            heat = np.append(np.append(heat, penalty * self._strict) * unit, _SLICE)
            met = anneal(ground, where, best, heat, self._state)
            least = min(least, met)
            if met < self._cost:
                self._keep(best)
            self._report(prices)
            if self._is_over():
                break
        return least

    def _exact(self, prices: Prices, shares: tuple[float, ...]) -> bool:
        """Search the core, each time for a share of what time is left, from the best found meanwhile.

        Returns whether that proved that nothing is cheaper.
        """
        for share in shares:
            is_known = self._cost < NONE_FOUND
            columns = self._columns(prices)
            start = self._best.copy() if is_known else None
            # Without any assignment yet, a late one is worth more than none in time.
            seconds = self._left() * share if is_known else max(self._left() * share, _LATE)
            is_over = self._is_over if is_known else self._is_stopped
            result, is_done = searched(self._case, columns, start, seconds, is_over)
            if result is not None:
                self._keep(result)
            if is_done and self._covers(prices, columns):
                self._is_done = True
                return True
            if self._is_over():
                break
        return False

    def _columns(self, prices: Prices) -> tuple[Ints, Ints]:
        """Return the pairs of the core, and all that could still be in a better assignment if few."""
        ptr, core = _core(prices, _CORE_EXACT)
        is_in = np.zeros(prices.reduced.shape, dtype=np.bool_)
        is_in[core, np.repeat(np.arange(self._case.jobs), np.diff(ptr))] = True
        if self._cost < NONE_FOUND:
            is_in[self._best, np.arange(self._case.jobs)] = True
        agent, job = np.nonzero(is_in)
        return agent.astype(np.int32), job.astype(np.int32)

    def _covers(self, prices: Prices, columns: tuple[Ints, Ints]) -> bool:
        """Return whether no pair outside the core can be in a cheaper assignment."""
        outside = np.ones(prices.reduced.shape, dtype=np.bool_)
        outside[columns] = False
        return not (outside & (prices.reduced < self._cost - prices.bound)).any()

    def _report(self, prices: Prices) -> None:
        if self._tell is not None and self._cost < NONE_FOUND:
            spent = monotonic() - self._began
            self._tell(Progress(spent, self._cost, prices.bound, "assigning"))


def _cooled(first: float, last: float, share: float) -> float:
    return float(first * (last / first) ** share)


def _core(prices: Prices, most: int) -> tuple[Longs, Ints]:
    """Return for each job its `most` agents with the least reduced cost, in rows that `ptr` bounds."""
    most = min(most, len(prices.unit))
    near = np.argsort(prices.reduced, axis=0, kind="stable")[:most]
    jobs = near.shape[1]
    return np.arange(0, jobs * most + 1, most, dtype=np.int64), near.T.ravel().astype(np.int32)
