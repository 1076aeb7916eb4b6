"""One run: prices and a bound, a first plan, local search, blocks solved exactly, proof."""

from collections.abc import Callable
from functools import cache
from math import floor, isfinite

import numpy as np

from peerkit.matching.placing.arrays import Arrays, Flags, Ints, Longs
from peerkit.matching.placing.solving import Solved
from peerkit.matching.placing.solving.again import favouring, is_calm, kept
from peerkit.matching.placing.solving.blocks import improve_in_blocks, neighbourhoods, take_over
from peerkit.matching.placing.solving.board import Board, Reals
from peerkit.matching.placing.solving.bounding import LARGE, plain_bound, priced, tightened
from peerkit.matching.placing.solving.clock import Clock
from peerkit.matching.placing.solving.diving import dived
from peerkit.matching.placing.solving.exact import part_of, program_of, solve_program
from peerkit.matching.placing.solving.improving import new_desk
from peerkit.matching.placing.solving.laying import lay_board
from peerkit.matching.placing.solving.loading import LOADING, a_few, ready_for_few
from peerkit.matching.placing.solving.losses import losses
from peerkit.matching.placing.solving.narrowing import narrowed, on_narrow, on_wide
from peerkit.matching.placing.solving.pricing import Prices
from peerkit.matching.placing.solving.seating import Plan, empty_plan, plan_of
from peerkit.matching.placing.solving.sweeping import sweep
from peerkit.matching.placing.solving.whole import best_of_all
from peerkit.matching.placing.values import Progress

FEW = 8_000
"""Options up to which the whole problem is solved at once."""
WHOLE = 0.8
"""The share of the time that this may take."""
HURRY, TINY = 1.8, 1_000
"""With fewer seconds only so many options are solved whole: a good plan comes before a proof."""
ONE_BLOCK = 10_000
"""Options that HiGHS solves together."""
PROVABLE = 15_000
"""Options that a proof may have left."""
PULLS = (1.0, 0.7, 0.0)
"""How much prices count in the first sweeps, which fill an empty plan."""
SWEEPS = 80
"""Sweeps of the local search."""
HOT, COLD = 50.0, 2.0
"""Noise in its first sweep and in its last, in points."""
NARROW = 150.0
"""The loss within which options stay for the search of plans."""
TURNS = (0.5, 1.0)
"""Shares of the time left for a run with few moved, and for one more where too many were."""
DEARER = 5
"""How many times more points a move must bring in that one."""
COARSE, FINE = 1e-3, 2e-5
"""How near the best possible a block must come, in a first pass over many blocks and later."""
COOLED, COOLED_LARGE = 0.9, 0.95
"""The share of the time by which the noise has gone: later where no time is left for blocks anyway."""
LATE = 0.92
"""The share of the time after which blocks are not begun: making them ready would take the rest."""
END = 0.96
"""The share of the time after which nothing new is begun."""
WIDTHS = (5.0, 5.0, 20.0, 20.0, 50.0, 50.0, 50.0, 100.0, 100.0, 100.0)
"""Losses within which options stand in the blocks, pass after pass."""


@cache
def ready() -> None:
    """Load all kernels, or compile them where none are kept: not the fault of the first problem."""
    ready_for_few()
    arrays = a_few()
    board = lay_board(arrays)
    clock = Clock(60.0)
    plan = first_plan(board, 0)
    prices = priced(board, clock)
    plan = laid(board, plan, prices, clock, 0)
    improved(board, plan, prices, clock, 0)
    kept(arrays, lay_board(favouring(arrays, 1)))
    neighbourhoods(board, board.fit > 0, 9, 0)


def run(
    arrays: Arrays,
    seconds: float,
    seed: int,
    on_progress: Callable[[Progress], None] | None,
    should_stop: Callable[[], bool] | None,
) -> Solved:
    """See `solve`."""
    ready_for_few()
    clock = Clock(seconds, on_progress, should_stop)
    board = lay_board(arrays)
    sure = board.held_value + int(board.fit.sum(dtype=np.int64))
    if 0 < len(board.member) <= (FEW if seconds > HURRY else min(FEW, TINY)):
        whole = best_of_all(board, lambda: clock.may_go_on(WHOLE))
        sure = clock.bound = board.held_value + whole.bound
        if whole.chosen is not None:
            clock.value = clock.bound
            clock.tell("proving")
            return solved(arrays, board, _plan_with(board, whole.chosen), clock)
    _load(clock)
    plan = _searched(board, clock, seed)
    clock.bound = min(clock.bound, sure)
    return solved(arrays, board, plan, clock)


def _plan_with(board: Board, chosen: Longs) -> Plan:
    plan = empty_plan(board)
    plan.at[board.member[chosen]] = chosen
    return plan


def _load(clock: Clock) -> None:
    before = clock.spent
    ready()
    clock.began += max(0.0, clock.spent - before - LOADING)


def _searched(board: Board, clock: Clock, seed: int) -> Plan:
    """A plan by prices, local search and blocks, as good as the time allows."""
    plan = first_plan(board, seed)
    clock.value = value_of(board, plan)
    clock.bound = board.held_value + plain_bound(board)
    clock.tell("placing")
    if len(board.member) == 0:
        clock.bound = board.held_value
        return plan
    prices = priced(board, clock)
    plan = laid(board, plan, prices, clock, seed)
    if clock.may_go_on(LATE):
        plan = improved(board, plan, prices, clock, seed)
    return plan


def run_again(
    arrays: Arrays,
    seconds: float,
    seed: int,
    move_points: int,
    on_progress: Callable[[Progress], None] | None,
    should_stop: Callable[[], bool] | None,
) -> Solved:
    """See `solve_again`: the bound is of the fits, the plan of the fits with points for staying."""
    ready()
    clock = Clock(seconds, on_progress, should_stop)
    board = lay_board(arrays)
    clock.bound = clock.value = board.held_value
    if len(board.member) == 0:
        return solved(arrays, board, empty_plan(board), clock)
    priced(board, clock)
    for turn, share in enumerate(TURNS):
        inner = Clock(max(0.05, share * (seconds - clock.spent)), None, should_stop)
        where = _with_few_moved(arrays, move_points * DEARER**turn, inner, seed)
        clock.was_stopped |= inner.was_stopped
        if move_points == 0 or is_calm(arrays, where) or not clock.may_go_on(END):
            break
    clock.value = _fit_of(arrays, where)
    clock.tell("improving")
    bound = max(clock.value, clock.bound)
    return Solved(where, clock.value, bound, clock.spent, clock.value == bound, clock.was_stopped)


def _with_few_moved(arrays: Arrays, move_points: int, clock: Clock, seed: int) -> Ints:
    """The plan before, mended and improved, where a move must bring so many points."""
    stays = lay_board(favouring(arrays, move_points))
    plan = kept(arrays, stays)
    prices = priced(stays, clock)
    clock.value = value_of(stays, plan)
    return _where(arrays, stays, improved(stays, plan, prices, clock, seed))


def improved(board: Board, plan: Plan, prices: Prices, clock: Clock, seed: int) -> Plan:
    """The best plan that the time allows, from a plan that keeps every rule."""
    cost = losses(board, prices)
    small, wide = narrowed(board, useful_options(plan, cost))
    plan = plan_of(small, on_narrow(wide, plan.at))
    sweep_still(small, plan, prices, clock, seed)
    for turn, limit in enumerate(WIDTHS):
        if not clock.may_go_on(END) or clock.value >= clock.bound:
            break
        improve_in_blocks(
            small, plan, cost[wide], clock, limit=limit, most=ONE_BLOCK, share=END,
            seed=seed + 31 * turn,
            gap=COARSE if turn == 0 and len(board.member) > LARGE else FINE,
        )  # fmt: skip
        best = proven(board, on_wide(wide, plan.at), cost, clock, seed)
        if best is not None:
            return best
    return plan_of(board, on_wide(wide, plan.at))


def useful_options(plan: Plan, cost: Reals) -> Flags:
    """The options of small loss and those that the plan uses; all, where there are none."""
    keep = cost <= NARROW
    keep[plan.at[plan.at >= 0]] = True
    return keep if keep.any() else np.ones_like(keep)


def first_plan(board: Board, seed: int) -> Plan:
    """A plan at once, whatever the clock says: each group the best of those still free."""
    plan = empty_plan(board)
    desk = new_desk(board, board.width, board.depth, seed)
    groups = np.arange(board.groups, dtype=np.int32)
    free = Prices(np.zeros(board.members), np.zeros(len(board.load)), np.zeros(board.groups))
    sweep(board, plan, desk, groups, 2, free.people, free.share, free.load, 0.0, 0.0)
    return plan


def laid(board: Board, first: Plan, prices: Prices, clock: Clock, seed: int) -> Plan:
    """A plan that prices lead to, cooled down from noise; the first one where that is better."""
    if not clock.may_go_on(END):
        return first
    small, wide = narrowed(board, useful_options(first, losses(board, prices)))
    pruned, inner, new = dived(small, prices, clock)
    plan = empty_plan(pruned)
    desk = new_desk(pruned, board.width, board.depth, seed)
    groups = np.arange(board.groups, dtype=np.int32)
    for pull in PULLS:
        if clock.may_go_on(END):
            sweep(pruned, plan, desk, groups, 2, new.people, new.share, new.load, pull, 0.0)
    plan = plan_of(small, on_wide(inner, plan.at))
    until = COOLED_LARGE if len(board.member) > LARGE else COOLED
    with tightened(board, prices, clock):
        cool(small, plan, prices, clock, seed, until)
    if clock.value <= value_of(board, first):
        return first
    return plan_of(board, on_wide(wide, plan.at))


def cool(
    board: Board, plan: Plan, prices: Prices, clock: Clock, seed: int, until: float
) -> None:  # fmt: skip
    """The local search with falling noise, which falls faster where the time is short."""
    desk = new_desk(board, board.width, board.depth, seed)
    groups = np.arange(board.groups, dtype=np.int32)
    began = clock.spent
    length = max(1e-9, until * clock.seconds - began)
    done = 0.0
    while done <= 1.0 and clock.may_go_on(END):
        heat = HOT * (COLD / HOT) ** done
        sweep(board, plan, desk, groups, 1, prices.people, prices.share, prices.load, 0.0, heat)
        clock.value = value_of(board, plan)
        clock.tell("placing")
        done = max(done + 1 / SWEEPS, (clock.spent - began) / length)


def sweep_still(board: Board, plan: Plan, prices: Prices, clock: Clock, seed: int) -> None:
    """The local search without noise."""
    desk = new_desk(board, board.width, board.depth, seed)
    groups = np.arange(board.groups, dtype=np.int32)
    for _ in range(2):
        if clock.may_go_on(END):
            sweep(board, plan, desk, groups, 1, prices.people, prices.share, prices.load, 0.0, 0.0)
    clock.value = value_of(board, plan)
    clock.tell("placing")


def proven(board: Board, at: Longs, cost: Reals, clock: Clock, seed: int) -> Plan | None:
    """The best plan of all, if what the bound leaves open is little enough to be solved to the end."""
    open_still = cost < clock.bound - clock.value + 1
    if clock.value >= clock.bound or open_still.sum() > PROVABLE or not clock.may_go_on(END):
        return None
    plan = plan_of(board, at)
    everywhere = np.ones(board.groups, np.bool_)
    found = solve_program(
        board, program_of(board, part_of(board, plan, everywhere, open_still)), at[at >= 0],
        seconds=END * clock.seconds - clock.spent, nodes=2**30, seed=seed,
        should_stop=lambda: not clock.may_go_on(END),
    )  # fmt: skip
    if isfinite(found.bound):
        clock.bound = max(
            clock.value, min(clock.bound, floor(found.bound + 1e-6) + board.held_value)
        )
    if found.chosen is not None:
        clock.value += take_over(board, plan, everywhere, found.chosen)
    clock.tell("proving")
    return plan if found.is_optimal else None


def value_of(board: Board, plan: Plan) -> int:
    """What a plan is worth, those held included."""
    return int(board.fit[plan.at[plan.at >= 0]].sum(dtype=np.int64)) + board.held_value


def solved(arrays: Arrays, board: Board, plan: Plan, clock: Clock) -> Solved:
    """The result in the numbers of the problem."""
    value = value_of(board, plan)
    bound = max(value, clock.bound)
    where = _where(arrays, board, plan)
    return Solved(where, value, bound, clock.spent, value == bound, clock.was_stopped)


def _where(arrays: Arrays, board: Board, plan: Plan) -> Ints:
    where = np.full(board.members, -1, np.int32)
    placed = plan.at >= 0
    where[board.order[placed]] = board.group_order[board.group[plan.at[placed]]]
    return np.where(arrays.held >= 0, arrays.held, where).astype(np.int32)


def _fit_of(arrays: Arrays, where: Ints) -> int:
    member = np.repeat(np.arange(len(where)), np.diff(arrays.ptr))
    return int(arrays.fit[arrays.group == where[member]].sum(dtype=np.int64))
