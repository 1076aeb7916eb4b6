"""The best set of people for one group at given points: an exact dynamic program over its cells."""

from typing import NamedTuple

import numpy as np

from peerkit.matching.compiled import compiled, compiled_with_room
from peerkit.matching.placing.arrays import Ints, Longs
from peerkit.matching.placing.solving.board import Board, Reals

NEVER = -1e15


@compiled
def insert(value: float, option: int, count: int, most: int, worth: Reals, who: Longs) -> int:
    """Put an option into a list that falls in worth and holds `most` at most; its new length."""
    if count < most:
        at = count
        count += 1
    elif value > worth[most - 1]:
        at = most - 1
    else:
        return count
    while at > 0 and worth[at - 1] < value:
        worth[at] = worth[at - 1]
        who[at] = who[at - 1]
        at -= 1
    worth[at] = value
    who[at] = option
    return count


@compiled
def best_of_cell(
    start: int,
    stop: int,
    offset: int,
    points: Reals,
    most: int,
    keep: int,
    worth: Reals,
    who: Longs,
) -> int:
    """The best options of one cell, falling: `keep` of any points, then only those above 0."""
    count = 0
    for option in range(start, stop):
        value = points[option - offset]
        if value <= NEVER:
            continue
        if value <= 0.0 and count >= keep and value <= worth[keep - 1]:
            continue
        count = insert(value, option, count, most, worth, who)
        while count > keep and worth[count - 1] <= 0.0:
            count -= 1
    return count


@compiled
def add_cell(
    least: int, count: int, seats: int, reach: int, worth: Reals, best: Reals, take: Ints
) -> int:
    """One step of the program: how many of this cell to take for each size; the new largest size."""
    most = min(seats, reach + count)
    for size in range(most, -1, -1):
        top = best[size] if size <= reach else NEVER
        chosen = 0
        total = 0.0
        for number in range(1, min(count, size) + 1):
            total += worth[number - 1]
            before = size - number
            if number < least or before > reach or best[before] <= NEVER:
                continue
            if best[before] + total > top:
                top = best[before] + total
                chosen = number
        best[size] = top
        take[size] = chosen
    return most


@compiled
def best_size(floor: int, reach: int, best: Reals) -> int:
    """The size worth most: 0, or `floor` and above."""
    chosen = 0
    for size in range(max(1, floor), reach + 1):
        if best[size] > best[chosen] + 1e-9:
            chosen = size
    return chosen


class Room(NamedTuple):
    """Room to work in: the worth of each size, and for each cell its best options and how many to take."""

    best: Reals
    worth: Reals
    who: Longs
    take: Ints
    chosen: Longs


@compiled_with_room
def new_room(width: int, depth: int) -> Room:
    """Room for groups of up to `width` people in up to `depth` cells."""
    rows = max(1, depth)
    return Room(
        np.zeros(width + 2),
        np.zeros((rows, width + 1)),
        np.zeros((rows, width + 1), np.int64),
        np.zeros((rows, width + 2), np.int32),
        np.zeros(width + 1, np.int64),
    )


@compiled
def best_column(board: Board, where: int, points: Reals, seats: int, room: Room) -> int:
    """Fill `room.chosen` with the options of a group's best set; its size, worth `room.best[size]`.

    `points[k]` belongs to the group's k-th option; NEVER takes it out. Sizes 0 or floor..`seats`, each
    cell none or at least its need. Exact: given the size, cells are independent. Cells that bring
    nothing by themselves matter only where the best set without them is smaller than the floor.
    """
    size = best_set(board, where, points, seats, 1, room)
    if 0 < size < board.floor[where]:
        size = best_set(board, where, points, seats, board.floor[where], room)
    trace(board.cells[where + 1] - board.cells[where], size, room)
    return size


@compiled
def best_set(board: Board, where: int, points: Reals, seats: int, floor: int, room: Room) -> int:
    """The size of the best set of at least `floor` people (floor 1: over the cells that bring something)."""
    room.best[0] = 0.0
    reach = 0
    offset = board.first[where]
    for cell in range(board.cells[where], board.cells[where + 1]):
        row = cell - board.cells[where]
        need = board.need[cell]
        keep = min(seats, max(need, floor))
        count = 0
        if keep > 0:
            count = best_of_cell(
                board.starts[cell], board.starts[cell + 1], offset, points, seats, keep,
                room.worth[row], room.who[row],
            )  # fmt: skip
        if floor > 1 or brings(need, count, room.worth[row]):
            reach = add_cell(need, count, seats, reach, room.worth[row], room.best, room.take[row])
        else:
            for size in range(seats + 1):
                room.take[row, size] = 0
    return best_size(floor, reach, room.best)


@compiled
def brings(need: int, count: int, worth: Reals) -> bool:
    """Whether some number of a cell's people is worth more than nothing."""
    if count < need:
        return False
    total = 0.0
    for place in range(need):
        total += worth[place]
    for place in range(need, count):
        if total > 0.0:
            return True
        total += worth[place]
    return total > 0.0


@compiled
def trace(rows: int, size: int, room: Room) -> None:
    """Read back which options make up the best set of that size."""
    left = size
    for row in range(rows - 1, -1, -1):
        number = room.take[row, left]
        for place in range(number):
            room.chosen[left - place - 1] = room.who[row, place]
        left -= number
