"""A placement problem as arrays: what the solver works on, whatever it was made from."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Flags = NDArray[np.bool_]

WEEK: Final = 336
"""Half-hours in a week, in which generated instances count time."""


@dataclass(frozen=True, slots=True)
class Arrays:
    """N members, G groups, F facilitators, E options (pairs that break no hard rule), in CSR order.

    Member i may go to `group[ptr[i]:ptr[i+1]]` (ascending) for `fit` points each (> 0). `kind[i]` is
    the index of their main experience, `held[i]` the group they must be in (pinned, or sitting there and
    not asking to move) or -1, `before[i]` the group they had in the plan before or -1. Group g is empty
    or has `low[g]`..`cap[g]` people; `fac[g]` is its facilitator's index, who looks after at most
    `fac_cap`. Of `newcomers[1]` people in a group at most `newcomers[0]` are new. `alike` people at least
    share a kind in a group where one has it (1: no rule). At most `opened_max` of the groups marked
    `opens` are used (-1: no limit). `apart` (P,2) and `together` (Q,2) are pairs of members.

    Who is held is a fact and stands first. The arrays leave room for them: where somebody is held they
    are at most `cap` and at least `low`, `fac_cap` and `opened_max` count them in, nobody may go where
    somebody they are apart from is held, and a pair kept together is held nowhere. Rules of company
    bind those who are added: a kind is shared by `alike` where somebody not held has it, and newcomers
    are no more than the share, or no further above it than the held alone. So the plan in which only
    the held have a place breaks nothing, and every problem has a plan.
    """

    ptr: Longs
    group: Ints
    fit: Ints
    kind: Ints
    new: Flags
    held: Ints
    before: Ints
    cap: Ints
    low: Ints
    opens: Flags
    fac: Ints
    fac_cap: Ints
    apart: Ints
    together: Ints
    newcomers: tuple[int, int] = (3, 4)
    alike: int = 2
    opened_max: int = -1
