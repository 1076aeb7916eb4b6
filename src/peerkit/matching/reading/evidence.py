"""Weighing all the words of a text at once, where the rules find little: learned, and never the last word."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log, sqrt
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from peerkit.matching.reading.phrases import Spot
from peerkit.matching.reading.weights import Weights
from peerkit.matching.reading.words import Word
from peerkit.matching.vocabulary import Tree

# What the rules read is one more witness beside the words; its share was set on texts left out.
READ_SHARE: Final = 0.2
READ: Final = "#"
_SHOWN: Final = 3
_GENTLER: Final = 4.0
# Added to the length of the counts, so that two or three words never weigh as much as a letter.
_FEW: Final = 12.0
_FEW_READ: Final = 4.0

Places: TypeAlias = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Sign:
    """A term that the words speak for: its share of all terms (0..1), and the words that weighed most."""

    term_id: str
    share: float
    words: str


def signs_in(
    read: Sequence[Word], spots: Sequence[Spot], tree: Tree, skipped: Collection[int] = ()
) -> Mapping[str, list[Places]]:
    """Return the features of a text with the places where they stand.

    Features are stems, pairs of stems side by side, and "#term" for what the rules read and what
    is broader than it. Words at `skipped` places (refusals) count for nothing.
    """
    signs: dict[str, list[Places]] = defaultdict(list)
    kept = [word for word in read if word.place not in skipped]
    for word in kept:
        signs[word.stem].append((word.place,))
    for one, two in pairwise(kept):
        if two.place == one.place + 1:
            signs[f"{one.stem} {two.stem}"].append((one.place, two.place))
    for spot in spots:
        if not any(place in skipped for place in spot.places):
            for term in (spot.phrase.term_id, *tree.ancestors(spot.phrase.term_id)):
                signs[READ + term].append(spot.places)
    return signs


def vector(
    signs: Mapping[str, list[Places]], weights: Weights
) -> tuple[list[int], NDArray[np.float32]]:
    """Return the known features of a text (rows of `weights.matrix`) and how much each counts.

    Counts are (1 + ln n) · idf; words together have length 1, terms read have length √0.2.
    """
    rows: list[int] = []
    counts: list[float] = []
    squares = {True: 0.0, False: 0.0}
    kinds: list[bool] = []
    for sign, places in signs.items():
        row = weights.features.get(sign)
        if row is None:
            continue
        count = (1 + log(len(places))) * weights.rarity[row]
        is_read = sign[0] == READ
        rows.append(row)
        counts.append(count)
        kinds.append(is_read)
        squares[is_read] += count * count
    length = {
        False: sqrt(squares[False] + _FEW**2),
        True: sqrt((squares[True] + _FEW_READ**2) / READ_SHARE),
    }
    scaled = [count / length[kind] for count, kind in zip(counts, kinds, strict=True)]
    return rows, np.array(scaled, np.float32)


def shares_of(scores: NDArray[Any], weights: Weights) -> NDArray[Any]:
    """Turn scores (…, G) into shares that sum to 1, in the same order: sharp, with some doubt."""
    sharp = _softmax(weights.sharpness * scores)
    gentle = _softmax(weights.sharpness / _GENTLER * scores)
    mixed: NDArray[Any] = (1 - weights.doubt) * sharp + weights.doubt * gentle
    return mixed


def _softmax(scores: NDArray[Any]) -> NDArray[Any]:
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    shares: NDArray[Any] = powers / powers.sum(axis=-1, keepdims=True)
    return shares


def weigh(
    signs: Mapping[str, list[Places]],
    read: Sequence[Word],
    weights: Weights,
    silent: Collection[str] = (),
) -> list[Sign]:
    """Return the terms that some word speaks for, likeliest first; shares of all terms sum to 1.

    A `silent` word ("the", "my") is never shown as a reason by itself.
    """
    rows, counts = vector(signs, weights)
    if not rows:
        return []
    parts = weights.matrix[rows] * counts[:, None]
    scores = weights.start + parts.sum(axis=0)
    shares = shares_of(scores, weights)
    where = [places[0] for sign, places in signs.items() if sign in weights.features]
    shown = [not any(read[place].text in silent for place in places) for places in where]
    # What speaks for every term alike speaks for none.
    telling = np.where(np.array(shown)[:, None], parts - parts.mean(axis=1, keepdims=True), 0)
    found: list[Sign] = []
    for at in np.argsort(-shares, kind="stable"):
        said = _said(where, telling[:, at], read)
        if said:
            found.append(Sign(weights.terms[at], round(float(shares[at]), 4), said))
    return found


def _said(where: Sequence[Places], parts: NDArray[np.float32], read: Sequence[Word]) -> str:
    """Return up to three words or pairs that weighed most for a term, as they were spoken."""
    shown: list[Places] = []
    for at in np.argsort(-parts, kind="stable"):
        if parts[at] <= 0 or len(shown) == _SHOWN:
            break
        if not any(set(where[at]) & set(other) for other in shown):
            shown.append(where[at])
    return ", ".join(" ".join(read[place].spoken for place in some) for some in sorted(shown))
