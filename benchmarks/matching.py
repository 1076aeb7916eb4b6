"""How long the matching engine takes, and how good its placements are.

Run: `python benchmarks/matching.py [--quick] [--json] [INSTANCE.npz ...]`. Reading a text and ranking
2,000 groups: the median of 21 runs, in milliseconds. Placing 1,000 and 10,000 people (100,000 too
without --quick) or the instances given: value, share of the proven bound, seconds, peak memory and
rules broken by an independent recount, beside two plain ways of placing repaired to the same rules,
and (up to 1,000 people) HiGHS and CP-SAT on the whole problem with the same time. With --quick there is
one problem of each size, and 10,000 people get 8 seconds instead of 20.
"""

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np

from peerkit import matching
from peerkit.matching import Around, Free, Offer, Seeker, Start, Term, Wanted
from peerkit.matching.placing.arrays import Arrays, Ints

VOCABULARY = Path(__file__).parents[1] / "src/hearthside/groups/data/vocabulary.toml"
NOW = datetime(2026, 3, 1, tzinfo=UTC)
GROUPS = 2_000
TEXT = "can't cope with drinking and my mum died, Tuesday evenings online, not religious"


ROOT = Path(__file__).parents[1]
SECONDS = {1_000: 5.0, 10_000: 20.0, 100_000: 60.0}
QUICK = {1_000: 5.0, 10_000: 8.0}
SEEDS = (1, 2, 3)
WHOLE = 1_000
"""People up to whom general solvers are given the whole problem."""


def main() -> None:
    """Print one line per figure, or one JSON document."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("instances", nargs="*", type=Path)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        sys.stdout.write(json.dumps(_placed(*asked.one)))
        return
    limits = QUICK if asked.quick else SECONDS
    problems = [(str(path), "1") for path in asked.instances]
    problems = problems or [
        (str(size), str(seed)) for size in limits for seed in (SEEDS[:1] if asked.quick else SEEDS)
    ]
    rows = [row for name, seed in problems for row in _in_a_process(name, seed, limits)]
    if asked.json:
        figures = {"load": os.getloadavg()[0], "milliseconds": _reading_and_ranking()}
        sys.stdout.write(json.dumps(figures | {"placing": rows}, indent=1) + "\n")
        return
    for name, took in _reading_and_ranking().items():
        sys.stdout.write(f"{name:38} {took:7.2f} ms\n")
    for row in rows:
        sys.stdout.write(
            f"{row['problem']:>12} {row['seed']:>4}  {row['way']:24} {row['value']:>12,} "
            f"{row['share']:8.3f} % {row['seconds']:8.2f} s {row['peak_mb']:7.0f} MB "
            f"{row['broken']:6} broken\n"
        )


def _in_a_process(name: str, seed: str, limits: dict[int, float]) -> list[dict[str, Any]]:
    """Each problem in a process of its own, so that memory is its own."""
    words = [sys.executable, __file__, "--one", name, seed, json.dumps(list(limits.items()))]
    done = subprocess.run(words, check=True, capture_output=True, text=True)
    rows: list[dict[str, Any]] = json.loads(done.stdout)
    return rows


def _placed(name: str, seed: str, given: str) -> list[dict[str, Any]]:
    import matching_recount as recount
    import matching_world
    from peerkit.matching.placing.instances import read_instance
    from peerkit.matching.placing.solving import ready, solve

    ready()
    limits = dict(json.loads(given))
    began = perf_counter()
    is_size = name.isdigit()
    arrays = matching_world.world(int(name), int(seed)) if is_size else read_instance(Path(name))
    size = len(arrays.kind)
    limit = next(limits[top] for top in limits if size <= top or top == max(limits))
    solved = solve(arrays, seconds=limit - (0 if is_size else perf_counter() - began))
    plans = [("Hearthside", solved.where, solved.seconds)]
    for way, make in (
        ("first come first served", recount.taken_in_turn),
        ("best pair first", recount.best_first),
    ):
        began = perf_counter()
        plans.append((way, make(arrays), perf_counter() - began))
    if size <= WHOLE:
        plans += [_by_peer(way, arrays, limit) for way in ("highs", "cpsat")]
    return [
        {
            "problem": name,
            "seed": seed,
            "way": way,
            "value": recount.value_of(arrays, where),
            "bound": solved.bound,
            "share": 100 * recount.value_of(arrays, where) / max(1, solved.bound),
            "is_optimal": way == "Hearthside" and solved.is_optimal,
            "seconds": seconds,
            "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            "broken": recount.broken(arrays, where),
        }
        for way, where, seconds in plans
    ]


def _by_peer(way: str, arrays: Arrays, seconds: float) -> tuple[str, Ints, float]:
    """A general solver on the whole problem, on the same clock."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "arrays.npz"
        parts: dict[str, Any] = {name: getattr(arrays, name) for name in arrays.__slots__}
        np.savez(path, **parts)
        script = Path(__file__).with_name("matching_peers.py")
        words = [sys.executable, str(script), way, str(path), str(seconds)]
        done = subprocess.run(words, check=True, capture_output=True, text=True)
    found = json.loads(done.stdout)
    return f"{way}, whole problem", np.array(found["where"], np.int32), found["seconds"]


def _reading_and_ranking() -> dict[str, float]:
    terms = _terms()
    lexicon = matching.Lexicon(terms, "en")
    chance = random.Random(1)
    offers = [_offer(str(one), terms, chance) for one in range(GROUPS)]
    full = Seeker(
        experiences=(Wanted("grief"), Wanted("alcohol", 0.5)),
        free=(Free(1, 1080, 1440), Free(3, 0, 1440)),
        zone="Europe/London",
        languages=("en",),
        formats=frozenset(["online"]),
        around=Around(51.5, -0.1, 20),
        access=frozenset(["captions"]),
    )
    seekers = {"all wishes": full, "one experience": Seeker((Wanted("grief"),)), "none": Seeker()}
    figures = {"read a text": _took(lambda: lexicon.understand(TEXT))}
    for name, seeker in seekers.items():
        work = partial(matching.rank, seeker, offers, now=NOW, tree=lexicon.tree)
        figures[f"rank {GROUPS:,} groups, {name}"] = _took(work)
    return figures


def _terms() -> list[Term]:
    rows = tomllib.loads(VOCABULARY.read_text("utf-8"))["terms"]
    return [
        Term(
            row["id"],
            row.get("parent", ""),
            (row["en"]["name"], *row["en"]["synonyms"]),
            tuple(row.get("related", ())),
            row.get("beside", ""),
        )
        for row in rows
    ]


def _offer(name: str, terms: list[Term], chance: random.Random) -> Offer:
    minutes = sorted(chance.randint(0, 20_000) for _ in range(3))
    ways = (["online"], ["in_person"], ["online", "in_person"], ["phone"])
    return Offer(
        name,
        frozenset(term.id for term in chance.sample(terms, chance.randint(1, 3))),
        tuple(Start(NOW + timedelta(minutes=one), 60, "Europe/London") for one in minutes),
        frozenset([chance.choice(["en", "es", "pl"])]),
        frozenset(chance.choice(ways)),
        frozenset([chance.choice(["step_free", "captions"])]),
        chance.uniform(50, 55),
        chance.uniform(-4, 1),
        age_from=chance.choice([None, 18]),
        gender_rule=chance.choice(["", "", "women"]),
        seats_free=chance.choice([None, 0, 5]),
        welcomes_newcomers=chance.random() < 0.5,
    )


def _took(work: Callable[[], object]) -> float:
    times = []
    for _ in range(21):
        began = perf_counter()
        work()
        times.append((perf_counter() - began) * 1_000)
    return median(times)


if __name__ == "__main__":
    main()
