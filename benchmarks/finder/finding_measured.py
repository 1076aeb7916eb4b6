"""Measures the index, then the databases on a part of the same questions, and prints both."""

import argparse
import gc
import json
import os
import sys
import tracemalloc
from collections.abc import Callable, Sequence
from itertools import islice
from statistics import median
from time import perf_counter, process_time, thread_time
from typing import Any

from in_sql import Database, fill, postgresql, question, sqlite
from over_http import through_http
from town import NOW, Town, moment, tree

from peerkit.matching import Index, Offer, Seeker
from peerkit.matching.finding.index import load

LIMITS = {
    "p50_ms": 0.7, "p99_ms": 1.5, "near_miss_p99_ms": 2.0, "build_s": 1.0, "memory_mb": 50.0,
    "update_p99_ms": 5.0, "http_p99_ms": 20.0,
}  # fmt: skip


def main() -> None:
    """Run everything, print a table or one JSON object."""
    asked = _asked()
    groups, many, compared = (20_000, 1_000, 60) if asked.quick else (100_000, 10_000, 300)
    town = Town(1)
    offers = [town.offer(number) for number in range(groups)]
    seekers = [town.seeker() for _ in range(many)]
    found: dict[str, Any] = {"groups": groups, "queries": many, "load": os.getloadavg()[0]}
    # A site loads the kernels beside its first questions; NumPy answers these.
    began = process_time()
    found["compiled"] = load()
    found["load_s"] = round(process_time() - began, 3)
    index = _build(offers, found)
    _ask(index, seekers, found)
    _change(index, offers, found)
    _beside(index, offers, seekers, compared, found)
    _times(found)
    if asked.http:
        searches = [{"about": one.experiences[0].term_id} for one in seekers if one.experiences]
        found["http_p99_ms"] = _shares(through_http(asked.http, searches[:500]))[1]
    found["limits"] = LIMITS
    sys.stdout.write(json.dumps(found) + "\n" if asked.json else _table(found))


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="20,000 groups, 1,000 questions")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument("--http", default="", metavar="ADDRESS", help="a site's answer page")
    return parser.parse_args()


def _build(offers: Sequence[Offer], found: dict[str, Any]) -> Index:
    began = process_time()
    Index(offers, tree=tree(), now=NOW)
    found["build_s"] = round(process_time() - began, 3)
    tracemalloc.start()
    index = Index(offers, tree=tree(), now=NOW)
    # Ids are shared with the offers made above; a site keeps only the index.
    ids = sum(sys.getsizeof(offer.id) for offer in offers)
    found["memory_mb"] = round((tracemalloc.get_traced_memory()[0] + ids) / 1e6, 1)
    tracemalloc.stop()
    return index


def _ask(index: Index, seekers: Sequence[Seeker], found: dict[str, Any]) -> None:
    """Processor time of the asking thread: what a search costs, whoever else is at work.

    Filter, score and the best twenty, as the databases do it; `told_` with all their reasons besides.
    """
    # As the site does: what stays is not looked through again.
    gc.freeze()
    kinds: dict[str, Callable[[Seeker, Any], Any]] = {
        "": lambda one, now: index.best(one, now=now),
        "told_": lambda one, now: index.matches(one, now=now),
        "near_miss_": lambda one, now: index.closed_by(one, now=now),
        "whole_": lambda one, now: index.rank(one, now=now),
    }
    for name, ask in kinds.items():
        some = seekers if not name else seekers[: len(seekers) // 5]
        taken, walls = [], []
        for number, seeker in enumerate(some):
            began, wall = thread_time(), perf_counter()
            ask(seeker, moment(number))
            taken.append(thread_time() - began)
            walls.append(perf_counter() - wall)
        found[f"{name}p50_ms"], found[f"{name}p99_ms"] = _shares(taken)
        found[f"{name}wall_p50_ms"], found[f"{name}wall_p99_ms"] = _shares(walls)


def _change(index: Index, offers: Sequence[Offer], found: dict[str, Any]) -> None:
    taken = []
    for offer in islice(offers, 0, None, max(len(offers) // 500, 1)):
        began = thread_time()
        index.drop(offer.id)
        index.put(offer)
        taken.append(thread_time() - began)
    found["update_p50_ms"], found["update_p99_ms"] = _shares(taken)


def _beside(
    index: Index,
    offers: Sequence[Offer],
    seekers: Sequence[Seeker],
    many: int,
    found: dict[str, Any],
) -> None:
    some = [seeker for seeker in seekers if len(seeker.experiences) == 1][:many]
    for name, connect, mark in (("sqlite", sqlite, "?"), ("postgresql", postgresql, "%s")):
        try:
            database = connect()
        except OSError as silent:
            found[name] = f"not measured: {silent}"
            continue
        fill(database, offers, NOW, mark)
        found[name] = _compared(index, database, some)


def _compared(index: Index, database: Database, seekers: Sequence[Seeker]) -> dict[str, Any]:
    taken, differ = [], 0
    terms = tree()
    for number, seeker in enumerate(seekers):
        asked = question(seeker, terms, moment(number))
        began = perf_counter()
        rows = database.execute(asked).fetchall()
        taken.append(perf_counter() - began)
        best, _ = index.best(seeker, now=moment(number))
        ours = [(one.offer_id, round(one.score * 1_000_000)) for one in best]
        differ += ours != [(str(one), round(float(score))) for one, score in rows]
    p50, p99 = _shares(taken)
    return {"queries": len(seekers), "wall_p50_ms": p50, "wall_p99_ms": p99, "differing": differ}


def _times(found: dict[str, Any]) -> None:
    """Add how many times as long as the index a database takes, both by the clock on the wall."""
    for name in ("sqlite", "postgresql"):
        if isinstance(found[name], dict):
            found[name]["times_the_index"] = round(
                found[name]["wall_p50_ms"] / found["wall_p50_ms"], 1
            )


def _shares(seconds: Sequence[float]) -> tuple[float, float]:
    """Return the median and the 99th of a hundred, in milliseconds."""
    ordered = sorted(seconds)
    return round(median(ordered) * 1e3, 3), round(ordered[int(len(ordered) * 0.99)] * 1e3, 3)


def _table(found: dict[str, Any]) -> str:
    limits = found["limits"]
    lines = [
        f"{key:22} {value!s:>12} {_limit(limits, key, value)}"
        for key, value in found.items()
        if key != "limits"
    ]
    return "\n".join(lines) + "\n"


def _limit(limits: dict[str, float], key: str, value: Any) -> str:
    """Say the limit, and what part of it is used: more than 1 is too much."""
    return f"(limit {limits[key]}: {value / limits[key]:.2f} of it)" if key in limits else ""


if __name__ == "__main__":
    main()
