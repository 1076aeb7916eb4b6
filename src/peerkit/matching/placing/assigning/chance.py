"""Numbers that look like chance and are the same for the same seed, inside compiled kernels."""

import numpy as np

from peerkit.matching.compiled import compiled
from peerkit.matching.placing.arrays import Longs


@compiled
def drawn(state: Longs, below: int) -> int:
    """Return a number 0..below-1 and turn the state on (xorshift64, Marsaglia 2003)."""
    bits = np.uint64(state[0])
    bits ^= bits << np.uint64(13)
    bits ^= bits >> np.uint64(7)
    bits ^= bits << np.uint64(17)
    state[0] = np.int64(bits)
    return np.int64((bits >> np.uint64(33)) % np.uint64(below))  # type: ignore[return-value]
