"""Rows that hold for every plan and cut off half seats: of groups, and of groups of one facilitator."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import gcd

import numpy as np

from peerkit.matching.placing.arrays import Flags, Longs
from peerkit.matching.placing.solving.board import Board
from peerkit.matching.placing.solving.exact import Program
from peerkit.matching.placing.solving.holding import UNLIMITED
from peerkit.matching.placing.solving.whole.rows import Row

Point = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Side:
    """One group: its number, its switch, the columns of its experienced and of its new people."""

    group: int
    switch: int
    experienced: Longs
    new: Longs
    least: int
    seats: int

    @property
    def people(self) -> Longs:
        """All columns of people."""
        return np.concatenate([self.experienced, self.new])


def facets(board: Board, program: Program) -> list[Row]:
    """Rows about how many experienced and new people a group has, and what its facilitator's others leave."""
    options = program.part.options
    is_new = board.weight[board.member[options]] > 0
    sides = [_side(board, program, number, is_new) for number in range(len(program.groups))]
    found = [row for side in sides for row in _of_mixture(board, side)]
    for owner in np.unique(board.fac[program.groups]).tolist():
        load = int(board.load[owner])
        theirs = [side for side in sides if board.fac[side.group] == owner]
        if load < UNLIMITED // 2 and len(theirs) > 1:
            found += _of_openings(theirs, load)
            found += _of_newcomers(board, theirs, load)
    return found


def _side(board: Board, program: Program, number: int, is_new: Flags) -> Side:
    group = int(program.groups[number])
    options = program.part.options
    mine = np.arange(*np.searchsorted(options, board.first[group : group + 2]))
    return Side(
        group, len(options) + number, mine[~is_new[mine]], mine[is_new[mine]],
        max(1, int(board.floor[group])), int(board.seats[group]),
    )  # fmt: skip


def _of_mixture(board: Board, side: Side) -> Iterator[Row]:
    """The corners of (experienced, new) that the rules allow in an open group, joined by lines."""
    weight = board.weight
    one = int(weight.max(initial=0))
    other = int(weight.min(initial=0))
    points = [
        (old, new)
        for old in range(min(side.seats, len(side.experienced)) + 1)
        for new in range(min(side.seats - old, len(side.new)) + 1)
        if old + new >= side.least and old * other + new * one <= board.slack[side.group]
    ]
    for a, b, limit in lines_around(points):
        parts = [(a, side.experienced), (b, side.new)]
        used = [(factor, columns) for factor, columns in parts if factor and len(columns)]
        yield _row([*used, (-limit, np.array([side.switch]))], 0)


def _of_openings(sides: list[Side], load: int) -> Iterator[Row]:
    """Where another group of the facilitator opens, its least people are not there for this one."""
    for side in sides:
        for other in sides:
            lost = min(side.seats, side.seats + other.least - load)
            if other is not side and lost > 0:
                switches = [(lost - side.seats, side.switch), (lost, other.switch)]
                used = [(factor, np.array([at])) for factor, at in switches if factor]
                yield _row([(1, side.people), *used], lost)


def _of_newcomers(board: Board, sides: list[Side], load: int) -> Iterator[Row]:
    """How many newcomers a group may have when the facilitator's others have so many people."""
    most, of = (
        -int(board.weight.min(initial=0)),
        int(np.ptp(board.weight)) if len(board.weight) else 0,
    )
    for side in sides:
        if len(side.new) == 0 or most <= 0 or of <= most:
            continue
        others = [other for other in sides if other is not side]
        reach = min(load, sum(other.seats for other in others))
        slack = int(board.slack[side.group])
        points = [
            (there, (most * min(side.seats, load - there) + slack) // of)
            for there in range(reach + 1)
        ]
        elsewhere = np.concatenate([other.people for other in others])
        for (x, y), (right, below) in pairs_above(points):
            run, fall = right - x, y - below
            if fall > 0:
                share = gcd(run, fall)
                run, fall = run // share, fall // share
                yield _row([(run, side.new), (fall, elsewhere)], run * y + fall * x)


def pairs_above(points: list[Point]) -> list[tuple[Point, Point]]:
    """Neighbours on the line that lies over all points, which come from left to right."""
    line = _turning(points, -1)
    return list(pairwise(line))


def lines_around(points: list[Point]) -> list[tuple[int, int, int]]:
    """(a, b, limit) with a * x + b * y <= limit for each side of the points' hull; none if it is flat."""
    points = sorted(set(points))
    around = [*_turning(points, 1)[:-1], *_turning(points[::-1], 1)[:-1]]
    if len(around) < 3:  # noqa: PLR2004 a triangle at least
        return []
    found = []
    for (x, y), (right, above) in zip(around, [*around[1:], around[0]], strict=True):
        share = gcd(right - x, above - y)
        a, b = (above - y) // share, -(right - x) // share
        found.append((a, b, a * x + b * y))
    return found


def _turning(points: list[Point], way: int) -> list[Point]:
    """The points at which a line around them turns, always to one side (Andrew 1979)."""
    line: list[Point] = []
    for point in points:
        while len(line) > 1 and way * _turn(line[-2], line[-1], point) <= 0:
            line.pop()
        line.append(point)
    return line


def _turn(one: Point, two: Point, three: Point) -> int:
    return (two[0] - one[0]) * (three[1] - one[1]) - (two[1] - one[1]) * (three[0] - one[0])


def _row(parts: list[tuple[int, Longs]], limit: int) -> Row:
    column = np.concatenate([columns for _, columns in parts]).astype(np.int64)
    value = np.concatenate([np.full(len(columns), float(factor)) for factor, columns in parts])
    return Row(column, value, float(limit))
