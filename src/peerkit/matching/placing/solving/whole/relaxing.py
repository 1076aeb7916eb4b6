"""The relaxation: switches between 0 and 1, solved by HiGHS's simplex; a bound reckoned exactly."""

from collections.abc import Sequence
from dataclasses import dataclass

import highspy
import numpy as np

from peerkit.matching.placing.solving.board import Reals
from peerkit.matching.placing.solving.whole.rows import Row, Rows, joined, stacked

GRAIN = 2.0**16
"""Prices are rounded to steps of 1 / GRAIN: sums of such numbers are exact in 64-bit floats."""


class Unsolved(Exception):
    """HiGHS came to no end: nothing is known of what was asked."""


@dataclass(frozen=True, slots=True)
class Vertex:
    """The switches, what nothing within their limits can pass, and what each brings at these prices."""

    x: Reals
    bound: float
    gain: Reals


class Relaxation:
    """A linear program that keeps its basis between solutions; rows are added, limits moved."""

    def __init__(self, rows: Rows, worth: Reals) -> None:
        width = len(worth)
        self.rows = rows
        self.worth = worth
        self.least, self.most = np.zeros(width), np.ones(width)
        self._highs = highspy.Highs()  # type: ignore[no-untyped-call]
        self._highs.silent()
        self._highs.setOptionValue("threads", 1)
        self._highs.setOptionValue("presolve", "off")
        self._highs.setOptionValue("simplex_dual_edge_weight_strategy", 1)
        self._highs.passModel(
            width, len(rows.limit), len(rows.column), 2, -1, 0.0, worth, self.least, self.most,
            np.full(len(rows.limit), -np.inf), rows.limit, rows.start[:-1].astype(np.int32),
            rows.column.astype(np.int32), rows.value, np.zeros(width, np.int32),
        )  # fmt: skip

    def limit(self, least: Reals, most: Reals) -> None:
        """Move the limits of switches."""
        moved = np.flatnonzero((least != self.least) | (most != self.most)).astype(np.int32)
        if len(moved):
            self._highs.changeColsBounds(len(moved), moved, least[moved], most[moved])
        self.least, self.most = least, most

    def add(self, rows: Sequence[Row]) -> None:
        """Add rows that hold for every plan."""
        more = stacked(rows)
        self._highs.addRows(
            len(rows), np.full(len(rows), -np.inf), more.limit, len(more.column),
            more.start[:-1].astype(np.int32), more.column.astype(np.int32), more.value,
        )  # fmt: skip
        self.rows = joined(self.rows, more)

    def solve(self) -> Vertex | None:
        """The best there is; None where nothing keeps the limits. Raises `Unsolved`."""
        self._highs.run()
        status = self._highs.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            raise Unsolved
        solution = self._highs.getSolution()
        prices = np.round(np.maximum(0.0, np.array(solution.row_dual)) * GRAIN) / GRAIN
        rows = self.rows
        entries = rows.value * np.repeat(prices, np.diff(rows.start))
        gain = self.worth - np.bincount(rows.column, weights=entries, minlength=len(self.worth))
        most = np.maximum(gain * self.least, gain * self.most).sum()
        return Vertex(np.array(solution.col_value), float(prices @ rows.limit + most), gain)
