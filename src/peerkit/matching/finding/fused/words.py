"""What one instruction tells of a word of 64 bits, which Numba has no name for."""

from collections.abc import Callable
from typing import Any, Final

import numpy as np
from llvmlite import ir  # type: ignore[import-untyped]
from numba import types
from numba.extending import intrinsic

_Codegen = tuple[Any, Callable[..., Any]]


def _lowest(_typing: Any, _word: Any) -> _Codegen:
    def code(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        return builder.cttz(arguments[0], ir.Constant(ir.IntType(1), 1))

    return types.int64(types.uint64), code


# The place of the lowest bit of a word that has one.
_made: Final[Any] = intrinsic(_lowest)
lowest_of: Final[Callable[[np.uint64], int]] = _made
