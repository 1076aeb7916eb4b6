"""Branch and cut: whole switches one after the other, cuts on the way, until nothing better is left."""

from collections.abc import Callable
from dataclasses import dataclass
from math import floor

import numpy as np

from peerkit.matching.placing.arrays import Ints
from peerkit.matching.placing.solving.board import Reals
from peerkit.matching.placing.solving.whole.halving import NEAR, cuts
from peerkit.matching.placing.solving.whole.relaxing import Relaxation, Vertex
from peerkit.matching.placing.solving.whole.rows import Rows

ROUNDS, ROUNDS_LATER = 6, 2
"""Rounds of cuts where a search begins and further on."""
MOST = 30
"""Cuts of one round."""
WORTH_IT = 1.0
"""Points that a round must bring for the next one."""


@dataclass(frozen=True, slots=True)
class Searched:
    """The best switches above the value to beat (None: there are none), if the search came to its end."""

    x: Reals | None
    value: int
    is_done: bool


@dataclass(frozen=True, slots=True)
class _Node:
    bound: float
    least: Reals
    most: Reals


def search(
    rows: Rows, worth: Reals, rank: Reals, beat: int, may_go_on: Callable[[], bool]
) -> Searched:
    """The best whole switches worth more than `beat`; those of high rank are decided first."""
    relaxation = Relaxation(rows, worth)
    best, value = None, beat
    nodes = [_Node(np.inf, np.zeros(len(worth)), np.ones(len(worth)))]
    rounds = ROUNDS
    while nodes:
        if not may_go_on():
            return Searched(best, value, is_done=False)
        node = nodes.pop()
        if node.bound < value + 1:
            continue
        vertex = _tightened(relaxation, node, value, rounds)
        rounds = ROUNDS_LATER
        if vertex is None:
            continue
        part = np.flatnonzero((vertex.x > NEAR) & (vertex.x < 1 - NEAR)).astype(np.int32)
        if len(part) == 0:
            x = np.round(vertex.x)
            if worth @ x > value and (rows.sums(rows.value * x[rows.column]) <= rows.limit).all():
                best, value = x, round(float(worth @ x))
            continue
        nodes += _branches(node, vertex, value, part, rank, worth)
    return Searched(best, value, is_done=True)


def _tightened(relaxation: Relaxation, node: _Node, value: int, rounds: int) -> Vertex | None:
    """The relaxation within the node's limits, with cuts; None where nothing above the value is left."""
    relaxation.limit(node.least, node.most)
    vertex = relaxation.solve()
    for _ in range(rounds):
        if vertex is None or floor(vertex.bound) <= value:
            return None
        found = cuts(relaxation.rows, vertex.x, MOST)
        if not found:
            break
        before = vertex.bound
        relaxation.add(found)
        vertex = relaxation.solve()
        if vertex is not None and vertex.bound > before - WORTH_IT:
            break
    return None if vertex is None or floor(vertex.bound) <= value else vertex


def _branches(
    node: _Node, vertex: Vertex, value: int, part: Ints, rank: Reals, worth: Reals
) -> list[_Node]:
    """Two nodes, the likelier last; switches that would cost too much are set in both."""
    gap = vertex.bound - value - 1
    free = node.least < node.most
    least = np.where(free & (vertex.gain > gap), 1.0, node.least)
    most = np.where(free & (vertex.gain < -gap), 0.0, node.most)
    x = vertex.x[part]
    pick = part[np.argmax(np.minimum(x, 1 - x) + rank[part] + 1e-9 * worth[part])]
    yes, no = least.copy(), most.copy()
    yes[pick], no[pick] = 1.0, 0.0
    out, into = _Node(vertex.bound, least, no), _Node(vertex.bound, yes, most)
    return [out, into] if vertex.x[pick] >= 0.5 else [into, out]  # noqa: PLR2004
