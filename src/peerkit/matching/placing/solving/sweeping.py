"""Sweeps of the local search over all groups, with two groups of one facilitator filled together."""

import numpy as np

from peerkit.matching.compiled import compiled
from peerkit.matching.placing.arrays import Ints
from peerkit.matching.placing.solving.board import Board, Reals
from peerkit.matching.placing.solving.columns import NEVER, best_column
from peerkit.matching.placing.solving.improving import (
    SURE,
    Desk,
    is_allowed,
    look_again,
    mend,
    next_guest,
    renew,
    set_points,
    swap_in,
    undo,
    uniform,
)
from peerkit.matching.placing.solving.seating import Plan


@compiled
def refill_pair(
    board: Board, plan: Plan, desk: Desk, first: int, second: int, people: Reals, share: Reals,
    load: float, heat: float,
) -> int:  # fmt: skip
    """Fill the first group, where each person costs `load`, then the second; points won, or a large loss."""
    fac = board.fac[first]
    total = 0
    for turn in range(2):
        here = first if turn == 0 else second
        seats = min(board.seats[here], board.load[fac] - plan.used[fac] + plan.size[here])
        set_points(board, plan, desk, here, people, share[here], 0.0, heat)
        for place in range(board.first[here + 1] - board.first[here]):
            if turn == 0 and desk.points[place] > NEVER:
                desk.points[place] -= load
        size = best_column(board, here, desk.points, seats, desk.room)
        total += swap_in(board, plan, desk, here, size)
        if total < -int(SURE) // 2 or not is_allowed(board, plan, here):
            return -int(SURE)
    return total


@compiled
def renew_pair(
    board: Board, plan: Plan, desk: Desk, where: int, people: Reals, share: Reals, load: float,
    heat: float,
) -> int:  # fmt: skip
    """Fill two groups of one facilitator anew if that is worth it (with heat: or nearly so); points won."""
    other = desk.mate[where]
    if uniform(desk) < 0.5:  # noqa: PLR2004
        where, other = other, where
    opening = board.opens[where] or board.opens[other]
    if opening and plan.opened[0] + 2 > board.opened_max:
        return 0
    desk.marks[0] = 0
    total = refill_pair(board, plan, desk, where, other, people, share, load, heat)
    if total > -int(SURE):
        total += mend(board, plan, desk, where, other)
        if total >= heat * np.log(uniform(desk)) and (total > 0 or heat > 0.0):
            look_again(board, plan, desk, where)
            desk.refill[other] = next_guest(board, plan, other)
            return total
    undo(board, plan, desk)
    return 0


@compiled
def sweep(
    board: Board,
    plan: Plan,
    desk: Desk,
    groups: Ints,
    rounds: int,
    people: Reals,
    share: Reals,
    load: Reals,
    pull: float,
    heat: float,
) -> int:
    """Renew each of the groups `rounds` times, in an order drawn afresh; points won.

    Where a facilitator's persons have a price (`load`), their groups are also renewed two by two.
    """
    total = 0
    for _ in range(rounds):
        for place in range(len(groups) - 1, 0, -1):
            other = int(uniform(desk) * (place + 1)) % (place + 1)
            groups[place], groups[other] = groups[other], groups[place]
        for where in groups:
            total += renew(board, plan, desk, where, people, share[where], pull, heat)
            if desk.mate[where] != where and load[board.fac[where]] > 0.0 and pull == 0.0:
                total += renew_pair(
                    board, plan, desk, where, people, share, load[board.fac[where]], heat
                )
    return total
