"""Room for the kernels to work in, kept from one question to the next: new memory costs more than they do."""

from typing import Final

import numpy as np

from peerkit.matching.finding.columns import Columns
from peerkit.matching.finding.fused.arrays import Kept

# Sums of degrees of nearness are counted once for all rows alike up to so many bits.
CODE_BITS: Final = 12


class Scratch:
    """Arrays for one question at a time: what an earlier one left in them means nothing."""

    def __init__(self) -> None:
        self._kept: Kept | None = None

    def room_for(self, columns: Columns, most: int) -> Kept:
        """Return room for all rows and plans, and for the best `most`."""
        kept, most = self._kept, max(most, 0)
        if (
            kept is None
            or len(kept.rows) <= columns.room
            or len(kept.untimely) != columns.plans
            or kept.heap.shape[1] != most
        ):
            self._kept = kept = _room(columns, most, kept)
        return kept


def _room(columns: Columns, most: int, kept: Kept | None) -> Kept:
    heap, untimely = np.empty((2, most), np.int64), np.empty(columns.plans, np.uint8)
    if kept is not None and len(kept.rows) > columns.room:
        return kept._replace(heap=heap, untimely=untimely)
    # A row is written also behind the last.
    longs = np.empty((2, columns.room), np.int64)
    rows, about = np.empty(columns.room + 1, np.int32), np.empty(1 << CODE_BITS, np.int64)
    return Kept(heap, rows, untimely, longs[0], longs[1], about)
