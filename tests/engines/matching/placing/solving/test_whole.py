"""Laws of the rows that a small problem is solved with: no allowed plan breaks one of them."""

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from peerkit.matching.placing.solving.exact import part_of, program_of
from peerkit.matching.placing.solving.laying import lay_board
from peerkit.matching.placing.solving.seating import empty_plan
from peerkit.matching.placing.solving.whole.facets import facets, lines_around, pairs_above
from peerkit.matching.placing.solving.whole.halving import cuts
from peerkit.matching.placing.solving.whole.relaxing import Relaxation
from peerkit.matching.placing.solving.whole.rows import joined, rows_of, stacked
from tests.engines.matching.placing.solving.worlds import (
    World,
    arrays_of,
    best_by_trying,
    broken_rules,
    worlds,
)

LAW = settings(max_examples=40, deadline=None)
POINTS = st.tuples(st.integers(0, 12), st.integers(0, 12))


@LAW
@given(worlds(people=6, groups=2))
def test_every_plan_that_breaks_no_rule_keeps_every_row_and_every_cut(world: World) -> None:
    arrays = arrays_of(world)
    board = lay_board(arrays)
    if len(board.member) == 0:
        return
    everything = np.ones(len(board.member), np.bool_)
    whole = part_of(board, empty_plan(board), np.ones(board.groups, np.bool_), everything)
    program = program_of(board, whole)
    rows = joined(rows_of(program.model), stacked(facets(board, program)))
    relaxation = Relaxation(rows, program.cost)
    for _ in range(4):
        vertex = relaxation.solve()
        assert vertex is not None
        assert vertex.bound >= best_by_trying(arrays)
        found = cuts(relaxation.rows, vertex.x, 20)
        if not found:
            break
        relaxation.add(found)
    rows = relaxation.rows
    places = [board.mine[board.begin[one] : board.begin[one + 1]] for one in range(board.members)]
    for options in product(*([-1, *mine.tolist()] for mine in places)):
        chosen = np.array([one for one in options if one >= 0], np.int64)
        where = np.full(board.members, -1)
        where[board.order[board.member[chosen]]] = board.group_order[board.group[chosen]]
        if broken_rules(arrays, where.tolist()):
            continue
        x = np.zeros(len(program.cost))
        x[chosen] = 1
        x[len(board.member) + np.searchsorted(program.groups, board.group[chosen])] = 1
        cells = np.searchsorted(program.cells, board.cell[chosen])
        x[len(board.member) + len(program.groups) + cells] = 1
        assert (rows.sums(rows.value * x[rows.column]) <= rows.limit).all()


@given(st.lists(POINTS, min_size=1, max_size=12), POINTS)
def test_the_lines_around_points_leave_none_outside(
    points: list[tuple[int, int]], other: tuple[int, int]
) -> None:
    lines = lines_around(points)
    assert all(a * x + b * y <= limit for a, b, limit in lines for x, y in points)
    if lines and all(other[0] > x for x, _ in points):
        assert any(a * other[0] + b * other[1] > limit for a, b, limit in lines)


@given(st.lists(st.integers(0, 9), min_size=2, max_size=9))
def test_the_line_above_points_is_above_all_of_them(heights: list[int]) -> None:
    points = list(enumerate(heights))
    for (x, y), (right, above) in pairs_above(points):
        for at, height in points:
            assert (height - y) * (right - x) <= (above - y) * (at - x)
