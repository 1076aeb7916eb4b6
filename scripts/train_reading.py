"""Fits the small weights that read long letters: `python scripts/train_reading.py QUESTIONS.csv`.

The questions are CounselChat's (github.com/nbertagnolli/counsel-chat, MIT), written by people to
therapists. What is written here holds no sentence: only words and pairs that at least three questions
share, how many share them, and numbers. Ridge regression, solved in its dual form (Hoerl and
Kennard 1970); shares are calibrated on questions that were left out.
"""

import csv
import hashlib
import json
import sys
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from peerkit.matching import Lexicon, Term
from peerkit.matching.reading.evidence import Places, shares_of, vector
from peerkit.matching.reading.weights import Weights, pack, unpack

ROOT: Final = Path(__file__).resolve().parents[1]
VOCABULARY: Final = ROOT / "src/hearthside/groups/data/vocabulary.toml"
DATA: Final = ROOT / "src/peerkit/matching/reading/data"
LEAST_SHARED: Final = 3
RIDGE: Final = 2.0
INNER: Final = 3
START: Final = 0.5

# Written down before any grouped figure was measured: the term of our vocabulary that answers each topic.
TERM_OF: Final = {
    "addiction": "addiction",
    "anger-management": "anger",
    "anxiety": "anxiety",
    "behavioral-change": "mental-health",
    "children-adolescents": "parenting",
    "counseling-fundamentals": "psychiatric-care",
    "depression": "depression",
    "diagnosis": "psychiatric-care",
    "domestic-violence": "domestic-abuse",
    "eating-disorders": "eating",
    "family-conflict": "family-conflict",
    "grief-and-loss": "grief",
    "human-sexuality": "relationships",
    "intimacy": "relationships",
    "legal-regulatory": "psychiatric-care",
    "lgbtq": "lgbtq",
    "marriage": "relationships",
    "military-issues": "veterans",
    "parenting": "parenting",
    "professional-ethics": "psychiatric-care",
    "relationship-dissolution": "breakup",
    "relationships": "relationships",
    "self-esteem": "self-esteem",
    "self-harm": "self-harm",
    "sleep-improvement": "sleep",
    "social-relationships": "relationships",
    "spirituality": "faith",
    "stress": "burnout",
    "substance-abuse": "addiction",
    "trauma": "trauma",
    "workplace-relationships": "work-stress",
}


@dataclass(frozen=True)
class Question:
    """A question, title first, and its topics: one for 797 of 815, two for 18."""

    text: str
    topics: tuple[str, ...]

    @property
    def terms(self) -> tuple[str, ...]:
        """The terms of our vocabulary that answer it."""
        return tuple(dict.fromkeys(TERM_OF[topic] for topic in self.topics))


def questions(path: Path) -> list[Question]:
    """Read the questions, each once: the file has a row per answer."""
    texts: dict[str, str] = {}
    topics: dict[str, dict[str, None]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            number = row["questionID"]
            texts.setdefault(number, f"{row['questionTitle']}\n{row['questionText']}")
            topics.setdefault(number, {})[row["topic"]] = None
    return [Question(text, tuple(topics[number])) for number, text in texts.items()]


def terms() -> list[Term]:
    """Return the seed vocabulary in English."""
    return [
        Term(
            row["id"],
            row.get("parent", ""),
            (row["en"]["name"], *row["en"]["synonyms"]),
            tuple(row.get("related", ())),
            row.get("beside", ""),
            tuple(row["en"].get("vague", ())),
        )
        for row in tomllib.loads(VOCABULARY.read_text("utf-8"))["terms"]
    ]


def train(texts: Sequence[Mapping[str, list[Places]]], labels: Sequence[Sequence[str]]) -> Weights:
    """Fit weights on features (`Lexicon.evidence`) and the labels each text has.

    How sharp the shares are, and how far to doubt them, is fitted on texts that were left out.
    """
    names = tuple(sorted({label for some in labels for label in some}))
    wanted = np.array([[(name in some) / len(some) for name in names] for some in labels])
    scores = np.zeros_like(wanted)
    for part in range(INNER):
        held = [at for at in range(len(texts)) if at % INNER == part]
        kept = [at for at in range(len(texts)) if at % INNER != part]
        inner = _fitted([texts[at] for at in kept], wanted[kept], names)
        for at in held:
            rows, counts = vector(texts[at], inner)
            scores[at] = inner.start + counts @ inner.matrix[rows]
    return _calibrated(_fitted(texts, wanted, names), scores, wanted)


def _fitted(
    texts: Sequence[Mapping[str, list[Places]]], wanted: NDArray[Any], names: tuple[str, ...]
) -> Weights:
    shared = Counter(sign for text in texts for sign in text)
    kept = sorted(sign for sign, seen in shared.items() if seen >= LEAST_SHARED)
    usual = wanted.mean(axis=0)
    bare = Weights(
        terms=names,
        features={sign: at for at, sign in enumerate(kept)},
        seen=np.array([shared[sign] for sign in kept], np.uint16),
        matrix=np.zeros((len(kept), len(names)), np.float32),
        start=(START * usual).astype(np.float32),
        sharpness=1.0,
        doubt=0.0,
        questions=len(texts),
    )
    held = np.zeros((len(texts), len(kept)), np.float32)
    for at, text in enumerate(texts):
        rows, counts = vector(text, bare)
        held[at, rows] = counts
    ridge = (held @ held.T).astype(float) + RIDGE * np.eye(len(held))
    matrix = held.T @ np.linalg.solve(ridge, wanted - usual)
    return replace(bare, matrix=matrix.astype(np.float32))


def _calibrated(weights: Weights, scores: NDArray[Any], wanted: NDArray[Any]) -> Weights:
    """Choose sharpness and doubt so that shares surprise least."""

    def surprise(tried: Weights) -> float:
        return -float((wanted * np.log(np.maximum(shares_of(scores, tried), 1e-12))).sum())

    tries = (
        replace(weights, sharpness=float(sharpness), doubt=float(doubt))
        for sharpness in np.arange(6.0, 40.0, 2.0)
        for doubt in np.arange(0.0, 0.95, 0.1)
    )
    return min(tries, key=surprise)


def main(path: Path) -> None:
    """Write the weights and the card that says what they are."""
    asked = questions(path)
    lexicon = Lexicon(terms(), "en")
    weights = train([lexicon.evidence(one.text) for one in asked], [one.terms for one in asked])
    content = pack(weights)
    unpack(content)
    card = {
        "sha256": hashlib.sha256(content).hexdigest(),
        "source": "CounselChat, github.com/nbertagnolli/counsel-chat, MIT",
        "questions": len(asked),
        "terms": len(weights.terms),
        "features": len(weights.features),
        "shared_by_at_least": LEAST_SHARED,
        "sharpness": round(weights.sharpness, 2),
        "doubt": round(weights.doubt, 2),
    }
    (DATA / "en.npz").write_bytes(content)
    (DATA / "en.json").write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")
    print(f"{len(content):,} bytes, {card['features']:,} features, {card['terms']} terms")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
