"""Loads the kernels beside what goes on, once in a process: until they are there, NumPy answers."""

from collections.abc import Callable
from importlib import import_module
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from peerkit.matching.finding.fused.running import Kernels

_ONE_AT_A_TIME: Final = Lock()


class Loading:
    """The kernels as far as they are loaded."""

    def __init__(self) -> None:
        self._kernels: Kernels | None = None
        self._is_over = False
        self._thread: Thread | None = None

    @property
    def kernels(self) -> "Kernels | None":
        """The kernels, or None: not yet loaded, or not to be had in this installation."""
        return self._kernels

    def begin(self, practise: Callable[["Kernels"], Any]) -> None:
        """Load in a thread of its own, if nobody did; `practise` uses every kernel once."""
        if self._thread is None and not self._is_over:
            self._thread = Thread(target=self.load, args=(practise,), name="kernels")
            self._thread.start()

    def load(self, practise: Callable[["Kernels"], Any]) -> bool:
        """Load, or wait for whoever does; tell whether there are kernels."""
        with _ONE_AT_A_TIME:
            if not self._is_over:
                self._kernels = _loaded(practise)
                self._is_over = True
        return self._kernels is not None


def _loaded(practise: Callable[["Kernels"], Any]) -> "Kernels | None":
    try:
        kernels: Kernels = import_module("peerkit.matching.finding.fused.running").Kernels()
    except (ImportError, OSError):  # no compiler for this machine
        return None
    practise(kernels)
    return kernels


LOADING: Final = Loading()
