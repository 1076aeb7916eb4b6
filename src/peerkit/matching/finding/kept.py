"""What was worked out before and may be asked for again: so many things, and no more."""

from collections.abc import Callable, Hashable
from typing import Final, Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Kept(Generic[K, V]):
    """At most `most` values by key; the one not asked for the longest goes first."""

    def __init__(self, most: int) -> None:
        self._most: Final = most
        self._values: Final[dict[K, V]] = {}

    def of(self, key: K, make: Callable[[], V]) -> V:
        """Return the value of a key, made when it is not kept."""
        found = self._values.pop(key, None)
        if found is None:
            found = make()
            if len(self._values) >= self._most:
                del self._values[next(iter(self._values))]
        self._values[key] = found
        return found

    def clear(self) -> None:
        """Forget everything."""
        self._values.clear()
