"""A column of sets of words: which set each row has, and which rows have a word."""

from collections.abc import Hashable, Sequence
from itertools import islice
from typing import Final, TypeVar

import numpy as np

from peerkit.matching.finding.bits import Bitmaps, Ints, Longs, ragged

K = TypeVar("K", bound=Hashable)


class Numbers(dict[K, int]):
    """Things in the order in which they came; a new one gets the next number."""

    def __missing__(self, key: K) -> int:
        number = self[key] = len(self)
        return number


class WordSets:
    """Sets are few and rows are many: each set is kept once, and numbered."""

    def __init__(self, room: int) -> None:
        self.maps: Final = Bitmaps(room)
        self.sets: Final[list[frozenset[str]]] = [frozenset()]
        self.set_of = np.zeros(room, np.int32)
        self._numbers: Final[Numbers[frozenset[str]]] = Numbers({frozenset(): 0})
        self._starts: Ints = np.zeros(2, np.int32)
        self._flat: Ints = np.zeros(0, np.int32)

    def at(self, row: int) -> frozenset[str]:
        """Return the words of a row."""
        return self.sets[int(self.set_of[row])]

    def put(self, sets: Sequence[frozenset[str]], rows: Longs) -> None:
        """Write the words of rows that carry none yet."""
        known = len(self.sets)
        numbers = np.fromiter(map(self._numbers.__getitem__, sets), np.int32, len(sets))
        self.sets.extend(islice(self._numbers, known, None))
        if len(self.sets) > known:
            self._list_words()
        self.set_of[rows] = numbers
        starts, lengths = self._starts[numbers], np.diff(self._starts)[numbers]
        if lengths.any():
            places = ragged(starts, lengths)
            self.maps.mark(self._flat[places], np.repeat(rows, lengths))

    def clear(self, row: int) -> None:
        """Take every word from a row."""
        self.maps.clear(row)
        self.set_of[row] = 0

    def grow(self, room: int) -> None:
        """Make room for more rows."""
        self.maps.grow(room)
        self.set_of = np.pad(self.set_of, (0, room - len(self.set_of)))

    def _list_words(self) -> None:
        numbers = [[self.maps.number(word) for word in one] for one in self.sets]
        self._starts = np.cumsum([0, *map(len, numbers)], dtype=np.int32)
        self._flat = np.array([one for some in numbers for one in some], np.int32)
