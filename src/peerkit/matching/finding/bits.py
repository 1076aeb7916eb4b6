"""Sets of rows as bitmaps: one for each word that a group may carry."""

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Masks = NDArray[np.uint32]
# Bitmaps again, as words of 64 bits: what is fast to combine and count.
Words = NDArray[np.uint64]
# Room is made in steps of so many rows: whole words of 64 bits.
STEP: Final = 1024


class Bitmaps:
    """A bitmap of rows for each word; words are numbered from 0 as they come."""

    def __init__(self, room: int) -> None:
        self.numbers: Final[dict[str, int]] = {}
        self._maps = np.zeros((8, room // 8), np.uint8)

    def number(self, word: str) -> int:
        """Return the number of a word, a new one for a new word."""
        number = self.numbers.setdefault(word, len(self.numbers))
        if number >= len(self._maps):
            self._maps = np.vstack([self._maps, np.zeros_like(self._maps)])
        return number

    def grow(self, room: int) -> None:
        """Make room for more rows."""
        more = room // 8 - self._maps.shape[1]
        self._maps = np.pad(self._maps, ((0, 0), (0, more)))

    def clear(self, row: int) -> None:
        """Take every word from a row."""
        self._maps[:, row >> 3] &= np.uint8(255 ^ (1 << (row & 7)))

    def mark(self, numbers: NDArray[np.integer], rows: NDArray[np.integer]) -> None:
        """Give each of `rows` the word of the same place in `numbers`."""
        bits = np.left_shift(1, rows & 7).astype(np.uint8)
        np.bitwise_or.at(self._maps, (numbers, rows >> 3), bits)

    def of(self, word: str) -> Bytes:
        """Return the rows that have a word: a view, not to be changed."""
        number = self.numbers.get(word)
        return self._none() if number is None else self._maps[number]

    def of_any(self, words: Iterable[str]) -> Bytes:
        """Return the rows that have one of the words at least; the caller's own."""
        found = self._none()
        wide = found.view(np.uint64)
        for word in words:
            number = self.numbers.get(word)
            if number is not None:
                np.bitwise_or(wide, self._maps[number].view(np.uint64), out=wide)
        return found

    def of_each(self, words: Sequence[str]) -> Bytes:
        """Return the rows that have each of the words (words, N / 8); the caller's own."""
        found = np.zeros((len(words), self._maps.shape[1]), np.uint8)
        for place, word in enumerate(words):
            found[place] = self.of(word)
        return found

    def flagged(self, word: str, rows: Longs) -> Flags:
        """Tell of each row whether it has a word."""
        return has(self.of(word), rows)

    def _none(self) -> Bytes:
        return np.zeros(self._maps.shape[1], np.uint8)

    @property
    def nbytes(self) -> int:
        """Bytes in memory."""
        return self._maps.nbytes


def wide(bits: Bytes) -> Words:
    """Return the same bits as words of 64."""
    return bits.view(np.uint64)


def count(bits: Bytes) -> int:
    """Return how many rows are marked."""
    return int(np.bitwise_count(wide(bits)).sum(dtype=np.int64))


def has(bits: Bytes, rows: Longs) -> Flags:
    """Tell of each row whether it is marked."""
    found: Flags = (bits.take(rows >> 3) >> (rows & 7).astype(np.uint8) & 1).view(np.bool_)
    return found


def rows_of(bits: Bytes) -> Longs:
    """Return the rows that are marked, ascending."""
    filled = np.flatnonzero(bits != 0)
    if 3 * len(filled) > 2 * len(bits):
        return np.flatnonzero(np.unpackbits(bits, bitorder="little").view(np.bool_))
    some = np.unpackbits(bits.take(filled), bitorder="little").view(np.bool_)
    places = np.flatnonzero(some)
    found: Longs = (filled.take(places >> 3) << 3) | (places & 7)
    return found


def bits_of(flags: Flags) -> Bytes:
    """Return flags, one for each row, as a bitmap."""
    return np.packbits(flags, bitorder="little")


def marked(rows: Longs, room: int) -> Bytes:
    """Return a bitmap of these rows."""
    flags = np.zeros(room, np.bool_)
    flags[rows] = True
    return bits_of(flags)


def ragged(starts: Ints, lengths: Ints) -> Longs:
    """Return the places of slices [start, start + length) one after another."""
    ends = np.cumsum(lengths)
    places = np.arange(ends[-1] if len(ends) else 0)
    shifts: Longs = np.repeat(starts - (ends - lengths), lengths)
    return shifts + places
