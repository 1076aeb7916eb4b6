"""Compiling a kernel: kept on disk where that can be written, in memory where it cannot."""

from collections.abc import Callable, Mapping
from typing import Any, Final, ParamSpec, TypeVar, cast

import numba

P = ParamSpec("P")
R = TypeVar("R")


# Fails like NumPy, and leaves the interpreter's lock alone.
_FREE: Final[Mapping[str, object]] = {"nogil": True, "error_model": "numpy"}
_WITHOUT_ROOM: Final[Mapping[str, object]] = {**_FREE, "_nrt": False}


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """The function as machine code that runs without the interpreter's lock; it makes no arrays.

    Threads are ordinary Python threads over ranges of groups: Numba's own pool may not be entered by
    two requests of a web server at once. References are not counted (arrays come as tuples of two
    dozen): 40 times faster in a local search. A call of one kernel by another still hands over each
    array anew, where the compiler does not write the one into the other by itself: some 80 ns for two
    dozen.
    """
    return _made(function, _WITHOUT_ROOM)


def inlined(function: Callable[P, R]) -> Callable[P, R]:
    """The same for a part of other kernels that takes less time than a call: written into each that calls it."""
    return _made(function, {**_WITHOUT_ROOM, "inline": "always"})


def compiled_with_room(function: Callable[P, R]) -> Callable[P, R]:
    """The same for a function that makes arrays."""
    return _made(function, _FREE)


def _made(function: Callable[P, R], options: Mapping[str, object]) -> Callable[P, R]:
    njit: Any = numba.njit
    try:
        made = njit(cache=True, **options)(function)
    except RuntimeError:  # no place to keep it: a read-only installation
        made = njit(cache=False, **options)(function)
    return cast("Callable[P, R]", made)
