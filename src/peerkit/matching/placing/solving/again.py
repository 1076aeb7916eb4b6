"""Running again after changes: seats are kept, and others offered only for enough points more."""

from dataclasses import replace

import numpy as np

from peerkit.matching.compiled import compiled, compiled_with_room
from peerkit.matching.placing.arrays import Arrays, Ints, Longs
from peerkit.matching.placing.solving.board import Board, Reals
from peerkit.matching.placing.solving.columns import NEVER, Room, best_column, new_room
from peerkit.matching.placing.solving.seating import Plan, empty_plan, leave, meets_foe, sit

TRIES = 12
"""How often a group's newcomers are made dearer until the rule about them is kept."""
CALM, CALM_LEAST = 0.02, 20
"""The share of those with a place who may be moved before moves get dearer; so many may always."""


def is_calm(arrays: Arrays, where: Ints) -> bool:
    """Whether few of those who had a place have another one now, or none."""
    had = arrays.before >= 0
    disturbed = int((had & (where != arrays.before)).sum())
    return disturbed <= max(CALM_LEAST, CALM * int(had.sum()))


def favouring(arrays: Arrays, move_points: int) -> Arrays:
    """The same problem with points for staying.

    Any place for somebody who had one is worth the highest fit more than it fits, so that nobody is
    put out for the sake of another's fit; the place they had is worth `move_points` on top.
    """
    member = np.repeat(np.arange(len(arrays.kind)), np.diff(arrays.ptr))
    had = arrays.before[member]
    stays = (arrays.group == had) & (had >= 0)
    sat = np.zeros(len(arrays.kind), np.bool_)
    sat[member[stays]] = True
    most = int(arrays.fit.max(initial=0))
    fit = arrays.fit + np.where(sat[member], most, 0) + np.where(stays, move_points, 0)
    return replace(arrays, fit=fit.astype(np.int32))


def kept(arrays: Arrays, board: Board) -> Plan:
    """The plan before on this board, with people taken out group by group until every rule is kept."""
    had = _seats_before(arrays, board)
    for number in np.unique(board.unit[board.unit >= 0]):
        unit = np.flatnonzero(board.unit == number)
        had[unit] = -1  # they come back together, in a block that is solved exactly
    plan = empty_plan(board)
    keep_seats(board, plan, had, board.width, board.depth)
    return plan


def _seats_before(arrays: Arrays, board: Board) -> Longs:
    spot = np.full(board.groups + 1, -1, np.int32)
    spot[board.group_order] = np.arange(board.groups)
    before = spot[arrays.before[board.order]]
    same = np.flatnonzero(board.group == before[board.member])
    had = np.full(board.members, -1, np.int64)
    had[board.member[same]] = same
    return had


@compiled_with_room
def keep_seats(board: Board, plan: Plan, had: Longs, width: int, depth: int) -> None:
    """Seat in each group the best of those who had a place there that its rules allow."""
    room = new_room(width, depth)
    most = 1
    for where in range(board.groups):
        most = max(most, board.first[where + 1] - board.first[where])
    points = np.zeros(most)
    for where in range(board.groups):
        fac = board.fac[where]
        seats = min(board.seats[where], board.load[fac] - plan.used[fac])
        if board.opens[where] and plan.opened[0] >= board.opened_max:
            continue
        share = 0.0
        for _ in range(TRIES):
            if seat_again(board, plan, had, where, seats, share, points, room):
                break
            share = 2.0 * share + 20.0


@compiled
def seat_again(
    board: Board,
    plan: Plan,
    had: Longs,
    where: int,
    seats: int,
    share: float,
    points: Reals,
    room: Room,
) -> bool:
    """Seat the best set at that price of newcomers; undone and False where it breaks a rule."""
    begin = board.first[where]
    for option in range(begin, board.first[where + 1]):
        one = board.member[option]
        points[option - begin] = NEVER
        if had[one] == option and not meets_foe(board, plan, one, where):
            points[option - begin] = board.fit[option] - share * board.weight[one]
    size = best_column(board, where, points, seats, room)
    for place in range(size):
        sit(board, plan, room.chosen[place])
    met = False
    for place in range(size):
        met = met or meets_foe(board, plan, board.member[room.chosen[place]], where)
    if plan.heavy[where] <= board.slack[where] and not met:
        return True
    for place in range(size):
        leave(board, plan, room.chosen[place])
    if met:
        had[board.member[room.chosen[0]]] = -1
    return False
