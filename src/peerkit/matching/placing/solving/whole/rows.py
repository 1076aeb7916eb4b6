"""Rows of whole numbers: what a plan may do, as sums over switches that are 0 or 1."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from peerkit.matching.placing.arrays import Flags, Longs
from peerkit.matching.placing.solving.board import Reals
from peerkit.matching.placing.solving.exact import Model


class Row(NamedTuple):
    """The sum of value * switch over its columns is at most `limit`."""

    column: Longs
    value: Reals
    limit: float


class Rows(NamedTuple):
    """Many such rows: entries of row r are `start[r]:start[r + 1]`."""

    start: Longs
    column: Longs
    value: Reals
    limit: Reals

    def owner(self) -> Longs:
        """The row of each entry."""
        return np.repeat(np.arange(len(self.limit)), np.diff(self.start))

    def sums(self, entries: Reals | Flags) -> Reals:
        """The sum of a number per entry over each row."""
        found = np.bincount(self.owner(), weights=entries, minlength=len(self.limit))
        return np.asarray(found, np.float64)


def rows_of(model: Model) -> Rows:
    """A model's rows, each as one limit or two from above; limits that bind nothing are left out."""
    owner = np.concatenate(model.rows)
    order = np.argsort(owner, kind="stable")
    start = _starts(np.bincount(owner, minlength=model.height))
    limit = np.concatenate(model.upper)
    upper = Rows(
        start, np.concatenate(model.columns)[order], np.concatenate(model.values)[order], limit
    )
    lower = -np.concatenate(model.lower)
    lower[upper.sums(np.minimum(upper.value, 0.0)) >= -lower] = np.inf
    turned = upper._replace(value=-upper.value, limit=lower)
    return joined(_finite(upper), _finite(turned))


def joined(one: Rows, other: Rows) -> Rows:
    """The rows of both, one after the other."""
    return Rows(
        np.concatenate([one.start, one.start[-1] + other.start[1:]]),
        np.concatenate([one.column, other.column]),
        np.concatenate([one.value, other.value]),
        np.concatenate([one.limit, other.limit]),
    )


def stacked(rows: Sequence[Row]) -> Rows:
    """Single rows as many."""
    return Rows(
        _starts(np.array([len(row.column) for row in rows], np.int64)),
        np.concatenate([np.zeros(0, np.int64), *(row.column for row in rows)]),
        np.concatenate([np.zeros(0), *(row.value for row in rows)]),
        np.array([row.limit for row in rows], np.float64),
    )


def reduced(rows: Rows, is_free: Flags, is_one: Flags) -> Rows:
    """The rows over the free switches, renumbered; of the others some are 1, all else 0.

    Rows that the free switches cannot break are left out.
    """
    limit = rows.limit - rows.sums(rows.value * is_one[rows.column])
    free = is_free[rows.column]
    most = rows.sums(np.where(free, np.maximum(rows.value, 0.0), 0.0))
    number = np.cumsum(is_free) - 1
    left = _only(rows._replace(limit=limit), most > limit, free)
    return left._replace(column=number[left.column])


def _finite(rows: Rows) -> Rows:
    return _only(rows, np.isfinite(rows.limit), np.ones(len(rows.column), np.bool_))


def _only(rows: Rows, keep: Flags, entries: Flags) -> Rows:
    count = rows.sums(entries).astype(np.int64)[keep]
    entries = entries & keep[rows.owner()]
    return Rows(_starts(count), rows.column[entries], rows.value[entries], rows.limit[keep])


def _starts(counts: Longs) -> Longs:
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
