"""Improving a plan by blocks of neighbouring groups, each solved exactly while the rest stands still."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np

from peerkit.matching.compiled import compiled_with_room
from peerkit.matching.placing.arrays import Flags, Ints, Longs
from peerkit.matching.placing.solving.board import Board, Reals
from peerkit.matching.placing.solving.clock import Clock
from peerkit.matching.placing.solving.exact import Found, part_of, program_of, solve_program
from peerkit.matching.placing.solving.holding import UNLIMITED
from peerkit.matching.placing.solving.pricing import WORKERS
from peerkit.matching.placing.solving.seating import Plan, leave, sit

SAME_FACILITATOR = 20


def improve_in_blocks(
    board: Board, plan: Plan, cost: Reals, clock: Clock, *, limit: float, most: int, share: float,
    seed: int, gap: float,
    nodes: int = 200,
) -> None:  # fmt: skip
    """Solve blocks of about `most` options whose loss (`cost`) is within `limit`; keep what is better.

    Blocks of one call share no group and nobody, so they are solved side by side, and what comes out
    does not depend on which ends first.
    """
    useful = cost <= limit
    block = neighbourhoods(board, useful, most, seed)
    home = _homes(board, plan, cost, block)
    count = int(block.max(initial=-1)) + 1

    def work(number: int) -> Found | None:
        if not clock.may_go_on(share):
            return None
        mine = useful & (home[board.member] == number)
        groups = block == number
        part = part_of(board, plan, groups, mine)
        start = _seats_in(board, plan, groups)
        if number > 0:
            opened = len(np.unique(board.group[start[board.opens[board.group[start]]]]))
            part = replace(part, opened_max=min(part.opened_max, opened))
        if len(part.options) == 0:
            return None
        return solve_program(
            board, program_of(board, part), start, seconds=share * clock.seconds - clock.spent,
            nodes=nodes, seed=seed, gap=gap, should_stop=lambda: not clock.may_go_on(share),
        )  # fmt: skip

    with ThreadPoolExecutor(WORKERS) as pool:
        for number, found in enumerate(pool.map(work, range(count))):
            if found is not None and found.chosen is not None:
                clock.value += take_over(board, plan, block == number, found.chosen)
                clock.tell("improving")


def _seats_in(board: Board, plan: Plan, groups: Flags) -> Longs:
    seats = plan.at[plan.at >= 0]
    return seats[groups[board.group[seats]]]


def take_over(board: Board, plan: Plan, groups: Flags, chosen: Longs) -> int:
    """Put the chosen options in place of what these groups had, if that is better and allowed; points won."""
    before = _seats_in(board, plan, groups)
    won = int(board.fit[chosen].sum()) - int(board.fit[before].sum())
    if won <= 0:
        return 0
    _swap(board, plan, before, chosen)
    if (plan.used > board.load).any() or plan.opened[0] > board.opened_max:
        _swap(board, plan, chosen, before)
        return 0
    return won


def _swap(board: Board, plan: Plan, out: Longs, into: Longs) -> None:
    for option in out:
        leave(board, plan, option)
    for option in into:
        sit(board, plan, option)


def _homes(board: Board, plan: Plan, cost: Reals, block: Ints) -> Ints:
    """The one block in which each member may move: where they sit, or where their cheapest option is."""
    best = np.full(board.members, np.inf)
    np.minimum.at(best, board.member, cost)
    home = np.full(board.members, -1, np.int32)
    cheapest = np.flatnonzero(cost <= best[board.member])
    home[board.member[cheapest[::-1]]] = block[board.group[cheapest[::-1]]]
    for members in _units(board):
        home[members] = home[members[0]]
    seated = plan.at >= 0
    home[seated] = block[board.group[plan.at[seated]]]
    return home


def _units(board: Board) -> list[Longs]:
    return [
        np.flatnonzero(board.unit == number) for number in np.unique(board.unit[board.unit >= 0])
    ]


@compiled_with_room
def neighbourhoods(board: Board, useful: Flags, most: int, seed: int) -> Ints:
    """Blocks of groups that share many candidates, grown one group at a time; numbers by group."""
    block = np.full(board.groups, -1, np.int32)
    pull = np.zeros(board.groups, np.int64)
    left = board.groups
    number = 0
    while left > 0:
        pull[:] = 0
        first = (seed * 7919 + number * 104729) % board.groups
        while block[first] >= 0:
            first = (first + 1) % board.groups
        pull[first] = 1
        room = most
        while room > 0 and left > 0:
            where = strongest(block, pull)
            if pull[where] == 0 and room < most // 2:
                break
            block[where] = number
            left -= 1
            room -= 1 + attract(board, useful, where, pull)
        number += 1
    return block


@compiled_with_room
def strongest(block: Ints, pull: Longs) -> int:
    """The group outside all blocks that is pulled most."""
    best = -1
    for where in range(len(block)):
        if block[where] < 0 and (best < 0 or pull[where] > pull[best]):
            best = where
    return best


@compiled_with_room
def attract(board: Board, useful: Flags, where: int, pull: Longs) -> int:
    """Let a group pull those that share candidates or the facilitator; its useful options."""
    count = 0
    for option in range(board.first[where], board.first[where + 1]):
        if not useful[option]:
            continue
        count += 1
        one = board.member[option]
        for row in range(board.begin[one], board.begin[one + 1]):
            other = board.mine[row]
            if useful[other]:
                pull[board.group[other]] += 1
    for other in range(board.groups):
        if board.fac[other] == board.fac[where] and board.load[board.fac[where]] < UNLIMITED // 2:
            pull[other] += SAME_FACILITATOR
    return count
