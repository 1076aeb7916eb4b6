"""The board: a problem in the order that the kernels walk it, with what is held taken out."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from peerkit.matching.placing.arrays import Flags, Ints, Longs

Reals = NDArray[np.float64]


class Board(NamedTuple):
    """Options by group, and in a group by cell: one cell for each main experience that has options.

    Option e is a seat for `member[e]` in `group[e]`, cell `cell[e]`, worth `fit[e]`; group g has options
    `first[g]:first[g + 1]` and cells `cells[g]:cells[g + 1]`, cell c has options
    `starts[c]:starts[c + 1]`. Member i has options `mine[begin[i]:begin[i + 1]]`.

    Group g takes nobody, or `floor[g]`..`seats[g]` people beside those held; cell c nobody or at
    least `need[c]`; `weight[i]` is what a member adds to the newcomer rule, which may reach `slack[g]`.
    `fac[g]` may take `load` people more over all groups. Of the groups marked `opens` at most
    `opened_max` may be used. Members `foes[foe[i]:foe[i + 1]]` may not be with i; `unit[i]` joins
    those who go together (-1: alone). `held_value` is what the held are worth. `order` and
    `group_order` lead back to the numbers of the problem.
    """

    members: int
    groups: int
    first: Longs
    member: Ints
    group: Ints
    cell: Ints
    fit: Ints
    cells: Longs
    starts: Longs
    need: Ints
    begin: Longs
    mine: Ints
    seats: Ints
    floor: Ints
    slack: Ints
    weight: Ints
    fac: Ints
    load: Ints
    opens: Flags
    opened_max: int
    foe: Longs
    foes: Ints
    unit: Ints
    held_value: int
    order: Ints
    group_order: Ints

    @property
    def width(self) -> int:
        """The most people one group could take."""
        return int(self.seats.max(initial=0))

    @property
    def depth(self) -> int:
        """The most cells one group has."""
        return int(np.diff(self.cells).max(initial=0))
