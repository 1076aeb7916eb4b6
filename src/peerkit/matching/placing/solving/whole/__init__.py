"""A small problem solved whole: the best plan there is, with its proof, or None where time is short."""

from collections.abc import Callable
from dataclasses import dataclass
from math import floor

import numpy as np

from peerkit.matching.placing.arrays import Longs
from peerkit.matching.placing.solving.board import Board, Reals
from peerkit.matching.placing.solving.exact import Program, part_of, program_of
from peerkit.matching.placing.solving.seating import empty_plan
from peerkit.matching.placing.solving.whole.branching import search
from peerkit.matching.placing.solving.whole.facets import facets
from peerkit.matching.placing.solving.whole.halving import cuts
from peerkit.matching.placing.solving.whole.relaxing import Relaxation, Unsolved, Vertex
from peerkit.matching.placing.solving.whole.rows import joined, reduced, rows_of, stacked

ROUNDS = 12
"""Rounds of cuts on the whole problem."""
MOST = 200
"""Cuts of one round."""
PATIENCE, WORTH_IT = 3, 2.0
"""So many rounds must lower the bound by so many points together."""
FIRST, WIDER = 80.0, 2.0
"""How far below the bound a plan is sought first, and how many times farther where there is none."""
GROUPS_FIRST, CELLS_FIRST = 1.0, 0.3
"""By how much the switches of groups and of cells are decided before those of people."""


@dataclass(frozen=True, slots=True)
class Whole:
    """The best plan's options (None: time was short), and what no plan passes; those held not counted."""

    chosen: Longs | None
    bound: int


def best_of_all(board: Board, may_go_on: Callable[[], bool]) -> Whole:
    """The best plan of all, by linear relaxation, cuts and branching over all options.

    Which plan it is depends on the board alone: no clock decides but whether there is one.
    """
    everywhere, all_options = np.ones(board.groups, np.bool_), np.ones(len(board.member), np.bool_)
    program = program_of(board, part_of(board, empty_plan(board), everywhere, all_options))
    rows = joined(rows_of(program.model), stacked(facets(board, program)))
    relaxation = Relaxation(rows, program.cost)
    bound = int(board.fit.sum(dtype=np.int64))
    try:
        vertex = _with_cuts(relaxation, may_go_on)
        if vertex is None:
            return Whole(None, bound)
        bound = floor(vertex.bound)
        return _deepened(relaxation, vertex, program, _rank(program), may_go_on)
    except Unsolved:
        return Whole(None, bound)


def _with_cuts(relaxation: Relaxation, may_go_on: Callable[[], bool]) -> Vertex | None:
    vertex = relaxation.solve()
    bounds: list[float] = []
    for _ in range(ROUNDS):
        if vertex is None or not may_go_on():
            return vertex
        bounds.append(vertex.bound)
        if len(bounds) > PATIENCE and bounds[-1 - PATIENCE] - bounds[-1] < WORTH_IT:
            break
        found = cuts(relaxation.rows, vertex.x, MOST)
        if not found:
            break
        relaxation.add(found)
        vertex = relaxation.solve()
    return vertex


def _deepened(
    relaxation: Relaxation, vertex: Vertex, program: Program, rank: Reals,
    may_go_on: Callable[[], bool],
) -> Whole:  # fmt: skip
    """Search ever farther below the bound, over the switches that no plan so good can do without.

    A plan with a switch that loses more than `deep` is worth less than bound - deep: what is found
    above that is the best of all.
    """
    deep = FIRST
    bound = floor(vertex.bound)
    while True:
        is_one = vertex.gain > deep
        is_free = (vertex.gain >= -deep) & ~is_one
        beat = max(-1, floor(vertex.bound - deep))
        sure = round(float(program.cost[is_one].sum()))
        found = search(
            reduced(relaxation.rows, is_free, is_one), program.cost[is_free], rank[is_free],
            beat - sure, may_go_on,
        )  # fmt: skip
        if found.x is not None and found.is_done:
            x = is_one.astype(np.float64)
            x[is_free] = found.x
            options = program.part.options
            return Whole(options[x[: len(options)] > 0.5], found.value + sure)  # noqa: PLR2004
        if not found.is_done:
            return Whole(None, bound)
        bound = beat
        deep *= WIDER


def _rank(program: Program) -> Reals:
    rank = np.zeros(len(program.cost))
    options, groups = len(program.part.options), len(program.groups)
    rank[options : options + groups] = GROUPS_FIRST
    rank[options + groups :] = CELLS_FIRST
    return rank
