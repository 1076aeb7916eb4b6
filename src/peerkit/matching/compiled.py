"""Compiling a kernel: kept on disk where that can be written, in memory where it cannot."""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, cast

import numba

P = ParamSpec("P")
R = TypeVar("R")


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """The function as machine code that runs without the interpreter's lock; it makes no arrays.

    Threads are ordinary Python threads over ranges of groups: Numba's own pool may not be entered by
    two requests of a web server at once. Without counting references (arrays come as tuples of two
    dozen) calls between kernels cost nothing: 40 times faster in a local search.
    """
    return _made(function, {"nogil": True, "error_model": "numpy", "_nrt": False})


def inlined(function: Callable[P, R]) -> Callable[P, R]:
    """The same for a small part of other kernels: written into each that calls it.

    A call would hand over every array of a tuple anew: some 50 ns, more than most parts take.
    """
    return _made(
        function, {"nogil": True, "error_model": "numpy", "_nrt": False, "inline": "always"}
    )


def compiled_with_room(function: Callable[P, R]) -> Callable[P, R]:
    """The same for a function that makes arrays."""
    return _made(function, {"nogil": True, "error_model": "numpy"})


def _made(function: Callable[P, R], options: dict[str, object]) -> Callable[P, R]:
    njit: Any = numba.njit
    try:
        made = njit(cache=True, **options)(function)
    except RuntimeError:  # no place to keep it: a read-only installation
        made = njit(cache=False, **options)(function)
    return cast("Callable[P, R]", made)
