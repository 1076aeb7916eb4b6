"""What insisting on one option would cost the bound: which options still matter."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from peerkit.matching.compiled import compiled, compiled_with_room
from peerkit.matching.placing.arrays import Longs
from peerkit.matching.placing.solving.board import Board, Reals
from peerkit.matching.placing.solving.columns import NEVER, Room, add_cell, best_of_cell, new_room
from peerkit.matching.placing.solving.pricing import WORKERS, Prices, pieces


def losses(board: Board, prices: Prices) -> Reals:
    """For each option, how far the bound falls at least when it must be used (exact per group).

    An option whose loss is more than the gap between bound and a known plan is in no better plan.
    Not valid where `opened_max` binds: there the loss is too small, never too large.
    """
    found = np.zeros(len(board.member))
    edges = pieces(board)

    def work(piece: int) -> None:
        lose_range(
            edges[piece], edges[piece + 1], board, board.width, board.depth,
            prices.people, prices.load, prices.share, found,
        )  # fmt: skip

    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(work, range(len(edges) - 1)))
    return found


@compiled_with_room
def lose_range(
    start: int, stop: int, board: Board, width: int, depth: int, people: Reals, load: Reals,
    share: Reals, found: Reals,
) -> None:  # fmt: skip
    """The losses of the options of a range of groups."""
    room = new_room(width, depth)
    most = 1
    for where in range(start, stop):
        most = max(most, board.first[where + 1] - board.first[where])
    points = np.zeros(most)
    tables = np.full((3, depth + 2, width + 2), NEVER)
    counts = np.zeros(depth + 1, np.int64)
    rest = np.zeros(width + 2)
    for where in range(start, stop):
        begin, end = board.first[where], board.first[where + 1]
        if end == begin or board.seats[where] == 0:
            continue
        for option in range(begin, end):
            one = board.member[option]
            price = people[one] + load[board.fac[where]] + share[where] * board.weight[one]
            points[option - begin] = board.fit[option] - price
        lose(board, where, points, room, tables, counts, rest, found)


@compiled
def lose(
    board: Board, where: int, points: Reals, room: Room, tables: Reals, counts: Longs, rest: Reals,
    found: Reals,
) -> None:  # fmt: skip
    """The losses of one group's options: the best set of the other cells, for each size, and forced ones."""
    seats, floor = board.seats[where], board.floor[where]
    rows = board.cells[where + 1] - board.cells[where]
    for row in range(rows):
        cell = board.cells[where] + row
        keep = min(seats, max(board.need[cell], floor))
        counts[row] = best_of_cell(
            board.starts[cell], board.starts[cell + 1], board.first[where], points, seats, keep,
            room.worth[row], room.who[row],
        )  # fmt: skip
    fill_table(board, where, rows, seats, room, counts, tables[0], 1)
    fill_table(board, where, rows, seats, room, counts, tables[1], -1)
    top = 0.0
    for size in range(max(1, floor), seats + 1):
        top = max(top, tables[0, rows, size])
    for row in range(rows):
        without(tables[0, row], tables[1, row + 1], seats, rest)
        lose_cell(board, where, row, points, top, counts[row], room, rest, found)


@compiled
def fill_table(
    board: Board,
    where: int,
    rows: int,
    seats: int,
    room: Room,
    counts: Longs,
    table: Reals,
    way: int,
) -> None:
    """The best sets of the first cells (way 1: row k knows the first k; way -1: those from k on)."""
    now = 0 if way == 1 else rows
    table[now, 0] = 0.0
    for size in range(1, seats + 1):
        table[now, size] = NEVER
    reach = 0
    for step in range(rows):
        row = step if way == 1 else rows - 1 - step
        after = now + way
        for size in range(seats + 1):
            table[after, size] = table[now, size]
        need = board.need[board.cells[where] + row]
        reach = add_cell(
            need, counts[row], seats, reach, room.worth[row], table[after], room.take[row]
        )
        now = after


@compiled
def without(before: Reals, after: Reals, seats: int, rest: Reals) -> None:
    """The best sets of all cells but one, for each size."""
    for size in range(seats + 1):
        rest[size] = NEVER
    for one in range(seats + 1):
        if before[one] <= NEVER:
            continue
        for other in range(seats + 1 - one):
            if after[other] > NEVER:
                rest[one + other] = max(rest[one + other], before[one] + after[other])


@compiled
def lose_cell(
    board: Board, where: int, row: int, points: Reals, top: float, count: int, room: Room, rest: Reals,
    found: Reals,
) -> None:  # fmt: skip
    """The losses of one cell's options."""
    cell = board.cells[where] + row
    seats, floor = board.seats[where], board.floor[where]
    outside = NEVER
    total = 0.0
    for number in range(1, min(count + 1, seats) + 1):
        if number >= board.need[cell]:
            outside = max(outside, total + best_rest(rest, number, floor, seats))
        if number <= count:
            total += room.worth[row, number - 1]
    for option in range(board.starts[cell], board.starts[cell + 1]):
        found[option] = top - (outside + points[option - board.first[where]])
    for place in range(count):
        mine = room.worth[row, place]
        best, total = NEVER, 0.0
        for number in range(1, count + 1):
            total += room.worth[row, number - 1]
            if number >= board.need[cell]:
                value = total if place < number else total - room.worth[row, number - 1] + mine
                best = max(best, value + best_rest(rest, number, floor, seats))
        found[room.who[row, place]] = top - best


@compiled
def best_rest(rest: Reals, number: int, floor: int, seats: int) -> float:
    """The most that the other cells give beside `number` people of this one."""
    best = NEVER
    for size in range(max(0, floor - number), seats - number + 1):
        best = max(best, rest[size])
    return best
