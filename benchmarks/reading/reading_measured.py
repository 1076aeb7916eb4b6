"""The table: rules alone, the baseline and ours, over the same folds, and how long a text takes."""

import argparse
import json
import os
import statistics
import sys
import warnings
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np
from baseline import baseline
from scripts.reading_folds import Ranks, ours, ours_by_topic, rules_alone, within
from scripts.train_reading import Question, questions, terms

from peerkit.matching import Lexicon

FIRST = (1, 3, 5)
PLACE = "HEARTHSIDE_COUNSELCHAT"
LEAST_TOLD = 5


def main() -> int:
    """Print the table; 1 where the questions are absent."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("questions", nargs="?", default=os.environ.get(PLACE, ""))
    words.add_argument("--quick", action="store_true", help="one seed instead of three")
    words.add_argument("--json", action="store_true")
    told = words.parse_args()
    path = Path(told.questions)
    if not told.questions or not path.is_file():
        print(f"CounselChat's questions are absent: give the CSV's path, or set {PLACE}.")
        return 1
    # scikit-learn announces a change of the solver's defaults once per fit.
    warnings.filterwarnings("ignore", category=FutureWarning)
    found = measured(questions(path), range(1 if told.quick else 3))
    print(json.dumps(found, indent=2) if told.json else _table(found))
    return 0


def measured(asked: Sequence[Question], seeds: Sequence[int]) -> dict[str, Any]:
    """Return every figure; shares are means over the seeds."""
    read = rules_alone(asked)
    runs = [ours(asked, seed) for seed in seeds]
    return {
        "questions": len(asked),
        "seeds": list(seeds),
        "topic group": {
            "rules alone": _hits([read.group]),
            "TF-IDF and logistic regression": _hits(
                [baseline(asked, seed, lambda one: one.terms) for seed in seeds]
            ),
            "ours": _hits([run.group for run in runs]),
        },
        "group, broader or narrower": {
            "rules alone": _hits([read.kin]),
            "ours": _hits([run.kin for run in runs]),
        },
        "the 31 topics": {
            "TF-IDF and logistic regression": _hits(
                [baseline(asked, seed, lambda one: one.topics) for seed in seeds]
            ),
            "ours": _hits([ours_by_topic(asked, seed) for seed in seeds]),
        },
        "by topic": _by_topic(runs),
        "certainty": _certainty(runs),
        "ms of CPU per text": _timed(asked),
    }


def _hits(runs: Sequence[Sequence[int]]) -> dict[str, float]:
    hits = {f"first {most}": float(np.mean([within(run, most) for run in runs])) for most in FIRST}
    return {name: round(share, 4) for name, share in hits.items()}


def _by_topic(runs: Sequence[Ranks]) -> dict[str, tuple[int, float]]:
    """Return questions and the share within the first three, for topics of at least five."""
    held: dict[str, list[int]] = defaultdict(list)
    for run in runs:
        for rank, topics in zip(run.group, run.topics, strict=True):
            for topic in topics:
                held[topic].append(rank)
    return {
        topic: (len(ranks) // len(runs), round(within(ranks, 3), 2))
        for topic, ranks in sorted(held.items(), key=lambda one: -len(one[1]))
        if len(ranks) // len(runs) >= LEAST_TOLD
    }


def _certainty(runs: Sequence[Ranks]) -> dict[str, tuple[int, float, float]]:
    """Return per fifth of certainty: suggestions, certainty told, share that was right."""
    told = np.array([share for run in runs for share in run.shares])
    right = np.array([rank == 0 for run in runs for rank in run.group])
    fifth = np.minimum((told * 5).astype(int), 4)
    return {
        f"{one * 0.2:.1f} to {one * 0.2 + 0.2:.1f}": (
            int(np.sum(fifth == one)),
            round(float(told[fifth == one].mean()), 2),
            round(float(right[fifth == one].mean()), 2),
        )
        for one in range(5)
        if np.any(fifth == one)
    }


def _timed(asked: Sequence[Question]) -> dict[str, float]:
    lexicon = Lexicon(terms(), "en")
    lexicon.suggest("I cannot sleep.")
    spent = []
    for one in asked:
        start = process_time()
        lexicon.suggest(one.text)
        spent.append((process_time() - start) * 1_000)
    spent.sort()
    return {
        "median": round(statistics.median(spent), 2),
        "99th of 100": round(spent[len(spent) * 99 // 100], 2),
    }


def _table(found: dict[str, Any]) -> str:
    lines = [f"{found['questions']} questions, 10 folds, seeds {found['seeds']}"]
    for measure in ("topic group", "group, broader or narrower", "the 31 topics"):
        lines.append(f"\n{measure:32}" + "".join(f"{f'first {most}':>10}" for most in FIRST))
        for name, hits in found[measure].items():
            lines.append(f"  {name:30}" + "".join(f"{share:10.1%}" for share in hits.values()))
    lines.append("\nours by topic, first 3 (questions)")
    lines += [
        f"  {topic:30}{hit:10.0%} ({seen})" for topic, (seen, hit) in found["by topic"].items()
    ]
    lines.append("\ncertainty of the first suggestion: said, right (suggestions)")
    lines += [
        f"  {name:30}{said:10.2f}{right:10.2f} ({seen})"
        for name, (seen, said, right) in found["certainty"].items()
    ]
    lines.append(f"\nms of CPU per text: {found['ms of CPU per text']}")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
