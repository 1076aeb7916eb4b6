"""What a learned reading weighs: a small file of numbers beside the rules, checked when it is loaded."""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

import numpy as np
from numpy.typing import NDArray

LEARNED: Final = ("en",)
_MOST: Final = 127


class BrokenWeights(ValueError):
    """The file of learned weights is not the one that was made, or holds something else."""


@dataclass(frozen=True)
class Weights:
    """F features (stems, pairs of stems, terms that the rules read) weighed for G terms.

    `seen` (F): questions of the training texts that hold the feature, out of `questions`;
    `matrix` (F, G): float32; `start` (G): where a text without evidence stands, in proportion to
    how usual each term is. `sharpness` turns scores into shares (softmax), `doubt` is the weight
    of a gentler reading beside it; both fitted on texts that the training left out.
    """

    terms: tuple[str, ...]
    features: Mapping[str, int]
    seen: NDArray[np.uint16]
    matrix: NDArray[np.float32]
    start: NDArray[np.float32]
    sharpness: float
    doubt: float
    questions: int

    @cached_property
    def rarity(self) -> list[float]:
        """How much each feature (F) counts for being rare: ln((1 + questions) / (1 + seen)) + 1."""
        rarity: list[float] = (np.log((1 + self.questions) / (1.0 + self.seen)) + 1).tolist()
        return rarity


RULES_ALONE: Final = Weights(
    (),
    {},
    np.zeros(0, np.uint16),
    np.zeros((0, 0), np.float32),
    np.zeros(0, np.float32),
    1.0,
    0.0,
    0,
)


@cache
def learned(language: str) -> Weights | None:
    """Return the weights shipped for a language, or None where rules alone read it."""
    if language not in LEARNED:
        return None
    folder = files("peerkit.matching.reading") / "data"
    return load(folder / f"{language}.npz", folder / f"{language}.json")


def load(path: Traversable, card: Traversable) -> Weights:
    """Read weights; raise BrokenWeights where hash, names, shapes or numbers are not as they were made."""
    try:
        content = path.read_bytes()
        made = str(json.loads(card.read_text("utf-8"))["sha256"])
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise BrokenWeights(f"The learned weights cannot be read: {error}") from error
    if hashlib.sha256(content).hexdigest() != made:
        raise BrokenWeights(f"{path.name} is not the file that {card.name} describes.")
    return unpack(content)


def pack(weights: Weights) -> bytes:
    """Return weights as a file: numbers as int8 with one scale per term, names as text."""
    scale = np.abs(weights.matrix).max(axis=0) / _MOST
    names = sorted(weights.features, key=lambda name: weights.features[name])
    out = io.BytesIO()
    np.savez_compressed(
        out,
        terms=_letters(weights.terms),
        features=_letters(tuple(names)),
        seen=weights.seen,
        matrix=np.rint(weights.matrix / np.where(scale, scale, 1)).astype(np.int8),
        scale=scale.astype(np.float32),
        start=weights.start,
        numbers=np.array([weights.sharpness, weights.doubt, weights.questions], np.float64),
    )
    return out.getvalue()


def unpack(content: bytes) -> Weights:
    """Read what `pack` wrote; raise BrokenWeights where it does not hold together."""
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as held:
            terms, names = _names(held["terms"]), _names(held["features"])
            weights = Weights(
                terms=terms,
                features={name: at for at, name in enumerate(names)},
                seen=held["seen"],
                matrix=held["matrix"].astype(np.float32) * held["scale"],
                start=held["start"],
                sharpness=float(held["numbers"][0]),
                doubt=float(held["numbers"][1]),
                questions=int(held["numbers"][2]),
            )
    except (OSError, ValueError, KeyError, IndexError, EOFError, zipfile.BadZipFile) as error:
        raise BrokenWeights(f"The learned weights cannot be read: {error}") from error
    shape = (len(weights.features), len(terms))
    if weights.matrix.shape != shape or weights.seen.shape != shape[:1]:
        raise BrokenWeights(f"The learned weights should be {shape[0]} by {shape[1]}.")
    if weights.start.shape != shape[1:] or not np.isfinite(weights.matrix).all():
        raise BrokenWeights("The learned weights hold numbers that cannot be weighed.")
    return weights


def _letters(names: tuple[str, ...]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(names).encode(), np.uint8)


def _names(letters: NDArray[np.uint8]) -> tuple[str, ...]:
    return tuple(letters.tobytes().decode().split("\n"))
