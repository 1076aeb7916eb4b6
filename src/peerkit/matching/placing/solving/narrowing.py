"""A smaller board of the options that still matter, and the way back."""

import numpy as np

from peerkit.matching.placing.arrays import Flags, Ints, Longs
from peerkit.matching.placing.solving.board import Board


def narrowed(board: Board, keep: Flags) -> tuple[Board, Longs]:
    """The board with only these options, and for each its number on the wide one.

    Members and groups keep their numbers; cells left without options go.
    """
    wide = np.flatnonzero(keep)
    group, member = board.group[wide], board.member[wide]
    old, cell = np.unique(board.cell[wide], return_inverse=True)
    owner = board.group[board.starts[old]] if len(old) else np.zeros(0, np.int32)
    begin, mine = rows(member, board.members)
    return (
        board._replace(
            first=_begins(group, board.groups),
            member=member,
            group=group,
            cell=cell.astype(np.int32),
            fit=board.fit[wide],
            cells=_begins(owner, board.groups),
            starts=_begins(cell, len(old)),
            need=board.need[old],
            begin=begin,
            mine=mine,
        ),
        wide,
    )


def on_narrow(wide: Longs, at: Longs) -> Longs:
    """Options of a plan on the wide board, numbered as on the narrow one (all must be there)."""
    return np.where(at >= 0, np.searchsorted(wide, at), -1)


def on_wide(wide: Longs, at: Longs) -> Longs:
    """Options of a plan on the narrow board, numbered as on the wide one."""
    return np.append(wide, np.int64(-1))[at]


def keep_whole_units(group: Ints, member: Ints, unit: Ints, alive: Flags) -> None:
    """Take out options of people who go together where one of them has none."""
    if (unit < 0).all():
        return
    sizes = np.bincount(unit[unit >= 0])
    here = np.flatnonzero(alive & (unit[member] >= 0))
    key = group[here].astype(np.int64) * len(sizes) + unit[member[here]]
    _, back, count = np.unique(key, return_inverse=True, return_counts=True)
    alive[here[count[back] < sizes[unit[member[here]]]]] = False


def rows(owner: Ints, owners: int) -> tuple[Longs, Ints]:
    """Compressed rows: where each owner's entries begin, and the entries."""
    return _begins(owner, owners), np.argsort(owner, kind="stable").astype(np.int32)


def _begins(owner: Ints | Longs, owners: int) -> Longs:
    begin = np.zeros(owners + 1, np.int64)
    np.cumsum(np.bincount(owner, minlength=owners), out=begin[1:])
    return begin
