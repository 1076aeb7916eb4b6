"""A plan in the making: who sits where, the counts that the rules ask about, single steps."""

from typing import NamedTuple

import numpy as np

from peerkit.matching.compiled import compiled
from peerkit.matching.placing.arrays import Ints, Longs
from peerkit.matching.placing.solving.board import Board


class Plan(NamedTuple):
    """Option by member (-1: waits), people by group, by cell, newcomer sum, by facilitator, groups opened."""

    at: Longs
    size: Ints
    crowd: Ints
    heavy: Ints
    used: Ints
    opened: Ints


def empty_plan(board: Board) -> Plan:
    """Everybody waits, but those held."""
    return Plan(
        np.full(board.members, -1, np.int64),
        np.zeros(board.groups, np.int32),
        np.zeros(len(board.need), np.int32),
        np.zeros(board.groups, np.int32),
        np.zeros(len(board.load), np.int32),
        np.zeros(1, np.int32),
    )


def plan_of(board: Board, at: Longs) -> Plan:
    """The plan with these options, counted afresh."""
    plan = empty_plan(board)
    for option in at[at >= 0]:
        sit(board, plan, option)
    return plan


@compiled
def sit(board: Board, plan: Plan, option: int) -> None:
    """Give a member who waits the seat, whatever the rules say."""
    where, one = board.group[option], board.member[option]
    if plan.size[where] == 0 and board.opens[where]:
        plan.opened[0] += 1
    plan.at[one] = option
    plan.size[where] += 1
    plan.crowd[board.cell[option]] += 1
    plan.heavy[where] += board.weight[one]
    plan.used[board.fac[where]] += 1


@compiled
def leave(board: Board, plan: Plan, option: int) -> None:
    """Take the seat back, whatever the rules say."""
    where, one = board.group[option], board.member[option]
    plan.at[one] = -1
    plan.size[where] -= 1
    plan.crowd[board.cell[option]] -= 1
    plan.heavy[where] -= board.weight[one]
    plan.used[board.fac[where]] -= 1
    if plan.size[where] == 0 and board.opens[where]:
        plan.opened[0] -= 1


@compiled
def may_leave(board: Board, plan: Plan, option: int) -> bool:
    """Whether those who stay still keep every rule."""
    where, cell, one = board.group[option], board.cell[option], board.member[option]
    size = plan.size[where] - 1
    count = plan.crowd[cell] - 1
    return bool(
        board.unit[one] < 0
        and (size == 0 or size >= board.floor[where])
        and (count == 0 or count >= board.need[cell])
        and plan.heavy[where] - board.weight[one] <= board.slack[where]
    )


@compiled
def may_join(board: Board, plan: Plan, option: int) -> bool:
    """Whether somebody who waits, and goes alone, may take the seat at once."""
    where, cell, one = board.group[option], board.cell[option], board.member[option]
    size = plan.size[where] + 1
    return bool(
        board.floor[where] <= size <= board.seats[where]
        and plan.crowd[cell] + 1 >= board.need[cell]
        and plan.heavy[where] + board.weight[one] <= board.slack[where]
        and plan.used[board.fac[where]] < board.load[board.fac[where]]
        and board.unit[one] < 0
        and (size > 1 or not board.opens[where] or plan.opened[0] < board.opened_max)
        and not meets_foe(board, plan, one, where)
    )


@compiled
def meets_foe(board: Board, plan: Plan, one: int, where: int) -> bool:
    """Whether somebody they must not meet sits there."""
    for row in range(board.foe[one], board.foe[one + 1]):
        seat = plan.at[board.foes[row]]
        if seat >= 0 and board.group[seat] == where:
            return True
    return False


@compiled
def best_seat(board: Board, plan: Plan, one: int, but: int) -> int:
    """The best seat somebody could take at once, in any group but one; -1: none."""
    best = -1
    for row in range(board.begin[one], board.begin[one + 1]):
        option = board.mine[row]
        better = best < 0 or board.fit[option] > board.fit[best]
        if better and board.group[option] != but and may_join(board, plan, option):
            best = option
    return best


@compiled
def best_guest(board: Board, plan: Plan, where: int, but: int) -> int:
    """The best option of a group for somebody who waits (and is not `but`), free at once; -1: none."""
    best = -1
    if plan.size[where] >= board.seats[where]:
        return -1
    for option in range(board.first[where], board.first[where + 1]):
        one = board.member[option]
        if plan.at[one] >= 0 or one == but:
            continue
        if (best < 0 or board.fit[option] > board.fit[best]) and may_join(board, plan, option):
            best = option
    return best
