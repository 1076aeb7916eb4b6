"""Teaches the small linear model of `peerkit.crisis`, and writes its weights: data/en.weights.bin. Then sign: crisis_packs.py.

    .venv/bin/python -m scripts.crisis_model FOLDER [--out FILE]

FOLDER holds openly licensed sets as they are published, unpacked:

    goemotions/train.tsv                       Apache-2.0   github.com/google-research/google-research, goemotions/data
    hatecheck/test_suite_cases.csv             CC BY 4.0    github.com/paul-rottger/hatecheck-data
    openai_moderation/samples-1680.jsonl.gz    MIT          github.com/openai/moderation-api-release, data

The labelled sentences are our own (scripts/crisis_cases.py), and of these only the `seen` ones. Nothing that measures is
read here: no held sentences, no suite, no XSTest, no dev or test part of GoEmotions. The same versions of NumPy, SciPy and
scikit-learn make the same file, byte for byte. What came of it: docs/engines/crisis-model.md.
"""

import argparse
import csv
import gzip
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression

from peerkit.crisis.linear import OUTPUTS, WORDS_COUNT, hashes, packed, place_of
from peerkit.crisis.store import FOLDER as DATA
from peerkit.crisis.store import pack_of
from peerkit.crisis.words import words
from scripts import crisis_cases

PLACES: Final = 1 << 16
SEED: Final = 20261121
# The files of our own sentences that it is taught with.
SEEN: Final = ("seen", "short_seen", "later_seen", "taught_seen")
# Lines of chat, and what all of it together weighs beside our own English sentences.
CHAT: Final = 15_000
_CHAT_WEIGHS: Final = 1.0
_STRENGTH: Final = 20.0
# A concern sentence taken for an explicit one is a small fault.
_CONCERN_WEIGHS: Final = 0.3
_LONGEST_OPEN: Final = 60
# Lines with these are dropped from chat, not taught as harmless: nobody has read them for danger.
_RISKY: Final = re.compile(
    r"\b(suicid\w*|kill\w*|die|dies|died|dying|dead|deaths?|murder\w*|overdos\w*|self.?harm\w*|cutting|shoot\w*|stab\w*"
    r"|hang(ed|ing)? (him|her|my|them)\w*|strangl\w*|abus\w*|rap(e\w*|ing)|molest\w*|drown\w*|alive|depress\w*|threat\w*"
    r"|end (it|my|his|her)|off (him|her|my|your)sel\w*|jump\w*|beat\w*|gun|knife|noose|bleed\w*|starv\w*|vomit\w*|voices)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Sample:
    """Words of a sentence; `labels` and `weights` for each output. A weight of 0 leaves an output alone."""

    words: tuple[str, ...]
    labels: tuple[bool, bool]
    weights: tuple[float, float]


def main() -> None:
    """Teach, write, and say of how much."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, default=DATA / "en.weights.bin")
    asked = parser.parse_args()
    english, others = ours(["en"]), ours([one for one in crisis_cases.languages() if one != "en"])
    open_ones = [*chat(asked.folder, _CHAT_WEIGHS * len(english)), *self_harm(asked.folder)]
    file = fitted([*english, *others, *open_ones])
    asked.out.write_bytes(file)
    print(
        f"{len(english)} English, {len(others)} other sentences, {len(open_ones)} openly licensed"
    )
    print(f"{len(file)} bytes in {asked.out}")


def normal(text: str, language: str) -> tuple[str, ...]:
    """The words of a text as the rules read them."""
    pack = pack_of(language)
    assert pack
    return tuple(word.text for word in pack.repairs.mend(words(text, splits=pack.splits)))


def ours(languages: Sequence[str]) -> list[Sample]:
    """Our own labelled sentences that the rules were written by."""
    samples = []
    for language in languages:
        for name in crisis_cases.names(language):
            if name not in SEEN:
                continue
            for case in crisis_cases.cases(language, name):
                is_any, is_explicit = case.tier != "none", case.tier == "explicit"
                weight = _CONCERN_WEIGHS if is_any and not is_explicit else 1.0
                told = normal(case.text, language)
                samples.append(Sample(told, (is_any, is_explicit), (1.0, weight)))
    return samples


def chat(folder: Path, weight: float) -> list[Sample]:
    """Harmless lines; all together weigh `weight`."""
    lines = (folder / "goemotions/train.tsv").read_text("utf-8").split("\n")
    texts = [text for line in lines if (text := line.partition("\t")[0])]
    texts = [one for one in texts if not _RISKY.search(one)]
    random.Random(SEED).shuffle(texts)
    texts = texts[:CHAT]
    with (folder / "hatecheck/test_suite_cases.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        texts += [row["test_case"] for row in rows if row["label_gold"] == "non-hateful"]
    texts += [text for text, is_harm in moderation(folder) if not is_harm]
    kept = [one for one in texts if not _RISKY.search(one)]
    each = weight / len(kept)
    return [Sample(normal(one, "en"), (False, False), (each, each)) for one in kept]


def self_harm(folder: Path) -> list[Sample]:
    """Prompts labelled self-harm: at least a concern; whether explicit is not said."""
    found = [normal(text, "en") for text, is_harm in moderation(folder) if is_harm]
    return [Sample(one, (True, True), (0.5, 0.0)) for one in found]


def moderation(folder: Path) -> Iterator[tuple[str, bool]]:
    """Short prompts of the OpenAI set: self-harm, or nothing; what is violent or unlabelled is left out."""
    path = folder / "openai_moderation/samples-1680.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for row in map(json.loads, file):
            if len(row["prompt"].split()) > _LONGEST_OPEN:
                continue
            if row.get("SH") == 1:
                yield row["prompt"], True
            elif not any(row.get(one, 1) for one in ("SH", "V", "HR")):
                yield row["prompt"], False


def matrix(samples: Sequence[Sequence[str]]) -> sp.csr_matrix:
    """One row per sentence, PLACES columns, added up as linear.py does."""
    ends, columns, values = [0], list[int](), list[float]()
    for one in samples:
        whole, pieces = hashes(one)
        columns += [place_of(told, PLACES) for told in (*whole, *pieces)]
        values += [WORDS_COUNT / max(len(whole), 1) ** 0.5] * len(whole)
        values += [max(len(pieces), 1) ** -0.5] * len(pieces)
        ends.append(len(columns))
    told = sp.csr_matrix((values, columns, ends), shape=(len(samples), PLACES))
    told.sum_duplicates()
    return told


def fitted(samples: Sequence[Sample]) -> bytes:
    """The file of a model fitted to samples."""
    rows = matrix([one.words for one in samples])
    scales, biases, columns = list[float](), list[float](), []
    for output in range(len(OUTPUTS)):
        labels = np.array([one.labels[output] for one in samples])
        weights = np.array([one.weights[output] for one in samples])
        counts = weights > 0
        model = LogisticRegression(C=_STRENGTH, max_iter=150, tol=1e-3)
        model.fit(rows[counts], labels[counts], sample_weight=weights[counts])
        learnt = model.coef_[0]
        scales.append(float(np.abs(learnt).max()) / 127)
        biases.append(float(model.intercept_[0]))
        columns.append(np.rint(learnt / scales[-1]).astype(np.int8))
    return packed(scales, biases, np.stack(columns, axis=1).ravel().tolist())


if __name__ == "__main__":
    main()
