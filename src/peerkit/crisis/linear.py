"""A small linear model that stands beside the rules: words and pieces of words, each with a learnt weight.

It reads the words that the rules read (small plain letters, repaired). Every word, pair of words and piece of four or
five letters is hashed (FNV-1a, 32 bits, over ASCII) to one of a power of two of places; each place holds one small
weight per output. The browser's linear.js does the same, bit for bit.

The file: "HSCL", version (uint16), outputs (uint16), places (uint32), then per output scale and bias (float32),
then per place one int8 per output; all little-endian. How it was taught: docs/engines/crisis-model.md.
"""

import math
import struct
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

VERSION: Final = 1
OUTPUTS: Final = ("concern", "explicit")
# How much words and pairs count beside pieces of words.
WORDS_COUNT: Final = 1.5
# So many words in a row are read at once.
LONGEST: Final = 40
_MAGIC: Final = b"HSCL"
_HEAD: Final = struct.Struct("<4sHHI")
_SCALES: Final = struct.Struct("<ff")
_WHOLE, _PIECE = 0x811C9DC5, 0x55555555
_PRIME, _BITS, _SPACE = 0x01000193, 0xFFFFFFFF, 0x20
_SHORTEST_PIECE, _LONGEST_PIECE, _MOST_WORDS = 4, 5, 2


class WeightsAreWrong(ValueError):
    """A file that does not hold the weights of this version."""


@dataclass(frozen=True, slots=True)
class Chances:
    """How likely, from 0 to 1, that somebody is at least in distress that matters, and that danger is explicit."""

    concern: float
    explicit: float


@dataclass(frozen=True, slots=True)
class Linear:
    """Weights ready to use: `weights` holds, for each place, one number per output."""

    places: int
    scales: tuple[float, ...]
    biases: tuple[float, ...]
    weights: "array[int]"

    @classmethod
    def of(cls, file: bytes) -> "Linear":
        """Return the model a file holds. Raises WeightsAreWrong."""
        begins = _HEAD.size + len(OUTPUTS) * _SCALES.size
        if len(file) < begins:
            raise WeightsAreWrong("The file is too short.")
        magic, version, outputs, places = _HEAD.unpack_from(file)
        is_ours = (magic, version, outputs) == (_MAGIC, VERSION, len(OUTPUTS))
        if not is_ours or len(file) != begins + outputs * places:
            raise WeightsAreWrong("The file is of another kind or version, or cut short.")
        pairs = [_SCALES.unpack_from(file, _HEAD.size + n * _SCALES.size) for n in range(outputs)]
        scales, biases = zip(*pairs, strict=True)
        return cls(places, scales, biases, array("b", file[begins:]))

    def chances(self, words: Sequence[str]) -> Chances:
        """Return the chances of words in a row, at most LONGEST of them; none are certain to be harmless."""
        if not words:
            return Chances(0.0, 0.0)
        whole, pieces = hashes(words)
        of_whole, of_pieces = self._sums(whole), self._sums(pieces)
        by_whole = WORDS_COUNT / math.sqrt(len(whole))
        by_pieces = 1 / math.sqrt(len(pieces)) if pieces else 0.0
        told = [of_whole[n] * by_whole + of_pieces[n] * by_pieces for n in range(len(OUTPUTS))]
        sums = zip(told, self.scales, self.biases, strict=True)
        return Chances(*(_chance(bias + scale * one) for one, scale, bias in sums))

    def _sums(self, some: Sequence[int]) -> list[int]:
        at = [place_of(one, self.places) * len(OUTPUTS) for one in some]
        return [sum(self.weights[one + output] for one in at) for output in range(len(OUTPUTS))]


def _chance(told: float) -> float:
    return 1 / (1 + math.exp(-told))


def place_of(one: int, places: int) -> int:
    """Return the place of a hash; `places` is a power of two."""
    return (one ^ (one >> 16)) & (places - 1)


def hashes(words: Sequence[str]) -> tuple[list[int], list[int]]:
    """Return the hashes of the words and pairs of words, and of the pieces of words; `words` are ASCII."""
    text = (" " + " ".join(words) + " ").encode("ascii")
    whole, pieces = list[int](), list[int]()
    for place, letter in enumerate(text[:-1]):
        if letter == _SPACE:
            whole += _whole(text, place + 1)
        pieces += _pieces(text, place)
    return whole, pieces


def _whole(text: bytes, begins: int) -> Iterator[int]:
    """Yield the hash of the word that begins at a place, and of it with the next."""
    many, told = 0, _WHOLE
    for place in range(begins, len(text)):
        if text[place] == _SPACE:
            yield told
            many += 1
            if many == _MOST_WORDS:
                return
        told = ((told ^ text[place]) * _PRIME) & _BITS


def _pieces(text: bytes, begins: int) -> Iterator[int]:
    """Yield the hashes of the pieces that begin at a place; a piece may hold the space before or after its word."""
    told = _PIECE
    for place in range(begins, min(begins + _LONGEST_PIECE, len(text))):
        told = ((told ^ text[place]) * _PRIME) & _BITS
        if place - begins + 1 >= _SHORTEST_PIECE:
            yield told
        if text[place] == _SPACE and place > begins:
            return


def packed(scales: Sequence[float], biases: Sequence[float], weights: Sequence[int]) -> bytes:
    """Return the file of a model; the other way round of `Linear.of`."""
    head = _HEAD.pack(_MAGIC, VERSION, len(OUTPUTS), len(weights) // len(OUTPUTS))
    return head + b"".join(map(_SCALES.pack, scales, biases)) + array("b", weights).tobytes()
