"""Local search: one group at a time is filled anew, with people from anywhere, if that is worth it."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from peerkit.matching.compiled import compiled, compiled_with_room
from peerkit.matching.placing.arrays import Ints, Longs
from peerkit.matching.placing.solving.board import Board, Reals
from peerkit.matching.placing.solving.columns import NEVER, Room, best_column, new_room
from peerkit.matching.placing.solving.holding import UNLIMITED
from peerkit.matching.placing.solving.seating import (
    Plan,
    best_guest,
    best_seat,
    leave,
    may_leave,
    meets_foe,
    sit,
)

SURE = 1e7


class Desk(NamedTuple):
    """What one search writes on: points, steps taken (to undo them), groups left, chance."""

    points: Reals
    steps: Longs
    marks: Longs
    chance: NDArray[np.uint64]
    refill: Ints
    mate: Ints
    room: Room


@compiled_with_room
def new_desk(board: Board, width: int, depth: int, seed: int) -> Desk:
    """A desk for groups of that width and depth."""
    most = 1
    for where in range(board.groups):
        most = max(most, board.first[where + 1] - board.first[where])
    return Desk(
        np.zeros(most),
        np.zeros(16 * (width + 2), np.int64),
        np.zeros(4, np.int64),
        np.full(1, np.uint64(seed) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(77)),
        np.zeros(board.groups, np.int32),
        mates(board),
        new_room(width, depth),
    )


@compiled_with_room
def mates(board: Board) -> Ints:
    """For each group the next one of its facilitator, round in a ring; itself where there is no other."""
    mate = np.arange(board.groups).astype(np.int32)
    last = np.full(len(board.load), -1, np.int32)
    for where in range(board.groups):
        fac = board.fac[where]
        if board.first[where + 1] == board.first[where] or board.load[fac] >= UNLIMITED // 2:
            continue
        if last[fac] >= 0:
            mate[where] = mate[last[fac]]
            mate[last[fac]] = where
        last[fac] = where
    return mate


@compiled
def uniform(desk: Desk) -> float:
    """A number in (0, 1] (SplitMix64)."""
    desk.chance[0] += np.uint64(0x9E3779B97F4A7C15)
    value = desk.chance[0]
    value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    value = value ^ (value >> np.uint64(31))
    return (np.float64(value >> np.uint64(11)) + 1.0) / 9007199254740992.0


@compiled
def do_sit(board: Board, plan: Plan, desk: Desk, option: int) -> int:
    """Sit, remember the step, and give the points won."""
    sit(board, plan, option)
    desk.steps[desk.marks[0]] = option
    desk.marks[0] += 1
    return int(board.fit[option])


@compiled
def do_leave(board: Board, plan: Plan, desk: Desk, option: int) -> int:
    """Leave, remember the step, and give the points lost."""
    leave(board, plan, option)
    desk.steps[desk.marks[0]] = ~option
    desk.marks[0] += 1
    return -int(board.fit[option])


@compiled
def undo(board: Board, plan: Plan, desk: Desk) -> None:
    """Take all steps back."""
    while desk.marks[0] > 0:
        desk.marks[0] -= 1
        option = desk.steps[desk.marks[0]]
        if option >= 0:
            leave(board, plan, option)
        else:
            sit(board, plan, ~option)


@compiled
def price_of(board: Board, plan: Plan, desk: Desk, option: int, where: int) -> float:
    """What it costs to have somebody here: what they, and the seat they leave, would bring elsewhere."""
    one = board.member[option]
    seat = plan.at[one]
    if seat < 0:
        if board.unit[one] >= 0 or meets_foe(board, plan, one, where):
            return SURE * 2
        return 0.0
    if seat == option:
        if board.unit[one] >= 0:
            return -SURE
        other = best_seat(board, plan, one, where)
        return 0.0 if other < 0 else float(board.fit[other])
    if meets_foe(board, plan, one, where) or not may_leave(board, plan, seat):
        return SURE * 2
    return float(board.fit[seat] - desk.refill[board.group[seat]])


@compiled
def set_points(
    board: Board,
    plan: Plan,
    desk: Desk,
    where: int,
    people: Reals,
    share: float,
    pull: float,
    heat: float,
) -> None:
    """Points of each option of a group: fit beyond the cost of having that person here."""
    begin = board.first[where]
    for option in range(begin, board.first[where + 1]):
        one = board.member[option]
        cost = price_of(board, plan, desk, option, where)
        if cost > SURE:
            desk.points[option - begin] = NEVER
            continue
        if cost > -SURE:
            cost = max(cost, pull * people[one])
        noise = heat * np.log(uniform(desk)) if heat > 0.0 else 0.0
        desk.points[option - begin] = board.fit[option] - cost - share * board.weight[one] + noise


@compiled
def swap_in(board: Board, plan: Plan, desk: Desk, where: int, size: int) -> int:
    """Seat the chosen set in the group; points won, or a large loss where a rule stood against it."""
    chosen = desk.room.chosen
    total = 0
    for place in range(size):
        desk.points[chosen[place] - board.first[where]] = NEVER * 2
    for option in range(board.first[where], board.first[where + 1]):
        if (
            plan.at[board.member[option]] == option
            and desk.points[option - board.first[where]] != NEVER * 2
        ):
            total += do_leave(board, plan, desk, option)
    for place in range(size):
        option = chosen[place]
        one = board.member[option]
        seat = plan.at[one]
        if seat == option:
            continue
        if seat >= 0:
            if not may_leave(board, plan, seat):
                return -int(SURE)
            total += do_leave(board, plan, desk, seat)
        if meets_foe(board, plan, one, where):
            return -int(SURE)
        total += do_sit(board, plan, desk, option)
    return total


@compiled
def is_allowed(board: Board, plan: Plan, where: int) -> bool:
    """Whether the rules that the column does not know of are kept."""
    fac = board.fac[where]
    return bool(
        plan.heavy[where] <= board.slack[where]
        and plan.used[fac] <= board.load[fac]
        and plan.opened[0] <= board.opened_max
    )


@compiled
def mend(board: Board, plan: Plan, desk: Desk, where: int, other: int) -> int:
    """Seat those who lost their place, and fill the places that were left: points won."""
    total = 0
    steps = desk.marks[0]
    for step in range(steps):
        option = ~desk.steps[step]
        if option < 0 or plan.at[board.member[option]] >= 0:
            continue
        if board.group[option] == where or board.group[option] == other:
            seat = best_seat(board, plan, board.member[option], -1)
            if seat >= 0:
                total += do_sit(board, plan, desk, seat)
    for step in range(steps):
        option = ~desk.steps[step]
        if option >= 0 and board.group[option] != where:
            guest = best_guest(board, plan, board.group[option], -1)
            if guest >= 0:
                total += do_sit(board, plan, desk, guest)
    return total


@compiled
def renew(
    board: Board,
    plan: Plan,
    desk: Desk,
    where: int,
    people: Reals,
    share: float,
    pull: float,
    heat: float,
) -> int:
    """Fill one group anew if that is worth it (with heat: or nearly so); points won."""
    fac = board.fac[where]
    seats = min(board.seats[where], board.load[fac] - plan.used[fac] + plan.size[where])
    if plan.size[where] == 0 and board.opens[where] and plan.opened[0] >= board.opened_max:
        return 0
    set_points(board, plan, desk, where, people, share, pull, heat)
    size = best_column(board, where, desk.points, seats, desk.room)
    desk.marks[0] = 0
    total = swap_in(board, plan, desk, where, size)
    if desk.marks[0] == 0:
        return 0
    if total > -int(SURE) and is_allowed(board, plan, where):
        total += mend(board, plan, desk, where, where)
        if total >= heat * np.log(uniform(desk)) and (total > 0 or heat > 0.0 or pull > 0.0):
            look_again(board, plan, desk, where)
            return total
    undo(board, plan, desk)
    return 0


@compiled
def look_again(board: Board, plan: Plan, desk: Desk, where: int) -> None:
    """Who would fill a place that falls free in the groups just touched."""
    for step in range(desk.marks[0]):
        option = desk.steps[step]
        touched = board.group[option if option >= 0 else ~option]
        if touched != where:
            desk.refill[touched] = next_guest(board, plan, touched)
    desk.refill[where] = next_guest(board, plan, where)


@compiled
def next_guest(board: Board, plan: Plan, where: int) -> int:
    """What the best of those who wait would bring to this group if a place fell free; 0: nobody."""
    best = 0
    for option in range(board.first[where], board.first[where + 1]):
        one = board.member[option]
        if board.fit[option] <= best or plan.at[one] >= 0 or board.unit[one] >= 0:
            continue
        if plan.crowd[board.cell[option]] + 1 >= board.need[board.cell[option]]:
            best = board.fit[option]
    return best
