"""Cuts from halves: rows added up to an odd limit, divided by two, rounded down.

Zero-half cuts (Caprara and Fischetti 1996), found by elimination modulo 2 among rows without slack
(Koster, Zymolka and Kutschka 2009). All is reckoned in whole numbers, so a cut is exact.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from peerkit.matching.placing.arrays import Flags, Longs
from peerkit.matching.placing.solving.board import Reals
from peerkit.matching.placing.solving.whole.rows import Row, Rows

NEAR = 1e-6
"""What counts as whole."""
SLACK = 0.3
"""Rows with more slack are left out."""
DEEP = 0.05
"""How far a cut must lie beyond what is cut off."""


class _Field(NamedTuple):
    """Rows modulo 2 over the switches that are not whole; which were added to which."""

    rows: Longs
    odd: Flags
    is_odd_limit: Flags
    slack: Reals
    made_of: Flags
    price: Reals


def cuts(rows: Rows, x: Reals, most: int) -> list[Row]:
    """At most so many rows that every plan keeps and that x breaks, the best first."""
    field = _field(rows, x)
    left = _eliminated(field)
    score = field.slack + field.odd @ field.price
    useful = np.flatnonzero(left & field.is_odd_limit & (score < 1 - 2 * DEEP))
    length = field.made_of.sum(axis=1)
    found: dict[tuple[bytes, bytes, float], Row] = {}
    for one in useful[np.lexsort((length[useful], np.round(score[useful], 6)))][:most]:
        row = halved(rows, field.rows[field.made_of[one]], x)
        if row is not None and (row.value * x[row.column]).sum() - row.limit >= DEEP:
            found.setdefault((row.column.tobytes(), row.value.tobytes(), row.limit), row)
    return list(found.values())


def halved(rows: Rows, chosen: Longs, x: Reals) -> Row | None:
    """Half the sum of the chosen rows, rounded down; None if its limit is even.

    Odd entries are made even by 0 <= switch <= 1, whichever is nearer to x.
    """
    parts = [np.arange(rows.start[row], rows.start[row + 1]) for row in chosen.tolist()]
    entries = np.concatenate(parts)
    column, back = np.unique(rows.column[entries], return_inverse=True)
    value = np.bincount(back, weights=rows.value[entries]).astype(np.int64)
    limit = int(rows.limit[chosen].sum())
    odd = (value & 1) == 1
    up = odd & (x[column] > 0.5)  # noqa: PLR2004
    value = value + up - (odd & ~up)
    limit += int(up.sum())
    if limit % 2 == 0:
        return None
    keep = value != 0
    return Row(column[keep], (value[keep] // 2).astype(np.float64), float((limit - 1) // 2))


def _field(rows: Rows, x: Reals) -> _Field:
    owner = rows.owner()
    slack = rows.limit - rows.sums(rows.value * x[rows.column])
    part = (x > NEAR) & (x < 1 - NEAR)
    odd = (rows.value.astype(np.int64) & 1) == 1
    touched = np.bincount(owner[odd & part[rows.column]], minlength=len(slack)) > 0
    used = np.flatnonzero((slack < SLACK) & touched)
    open_columns = np.flatnonzero(part)
    place = np.cumsum(part) - 1
    number = np.full(len(slack), -1)
    number[used] = np.arange(len(used))
    entry = np.flatnonzero(odd & (number[owner] >= 0))
    inside = entry[part[rows.column[entry]]]
    table = np.zeros((len(used), len(open_columns)), np.bool_)
    table[number[owner[inside]], place[rows.column[inside]]] = True
    at_one = entry[x[rows.column[entry]] >= 1 - NEAR]
    ones = np.bincount(number[owner[at_one]], minlength=len(used))
    is_odd = ((rows.limit[used].astype(np.int64) + ones) & 1) == 1
    near = x[open_columns]
    return _Field(
        used, table, is_odd, np.maximum(0.0, slack[used]), np.eye(len(used), dtype=np.bool_),
        np.minimum(near, 1 - near),
    )  # fmt: skip


def _eliminated(field: _Field) -> NDArray[np.bool_]:
    """Clear column after column, the dearest first, in place; rows that served for it are done."""
    left = np.ones(len(field.rows), np.bool_)
    for column in np.argsort(-field.price, kind="stable"):
        here = np.flatnonzero(field.odd[:, column] & left)
        if len(here) == 0:
            continue
        weight = field.odd[here].sum(axis=1)
        pivot = here[np.lexsort((weight, field.slack[here]))[0]]
        if field.slack[pivot] > max(1e-9, field.price[column]):
            continue
        rest = here[here != pivot]
        field.odd[rest] ^= field.odd[pivot]
        field.made_of[rest] ^= field.made_of[pivot]
        field.is_odd_limit[rest] ^= field.is_odd_limit[pivot]
        field.slack[rest] += field.slack[pivot]
        left[pivot] = False
    return left
