"""How long the matching engine takes: reading a text, and ranking 2,000 groups.

Run: `python benchmarks/matching.py`. Prints the median of 21 runs of each, in milliseconds.
"""

import random
import sys
import tomllib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

from peerkit import matching
from peerkit.matching import Around, Free, Offer, Seeker, Start, Term, Wanted

VOCABULARY = Path(__file__).parents[1] / "src/hearthside/groups/data/vocabulary.toml"
NOW = datetime(2026, 3, 1, tzinfo=UTC)
GROUPS = 2_000
TEXT = "can't cope with drinking and my mum died, Tuesday evenings online, not religious"


def main() -> None:
    """Print one line per figure."""
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
    _print("read a text", lambda: lexicon.understand(TEXT))
    for name, seeker in seekers.items():
        work = partial(matching.rank, seeker, offers, now=NOW, tree=lexicon.tree)
        _print(f"rank {GROUPS:,} groups, {name}", work)


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


def _print(name: str, work: Callable[[], object]) -> None:
    times = []
    for _ in range(21):
        began = perf_counter()
        work()
        times.append((perf_counter() - began) * 1_000)
    sys.stdout.write(f"{name:38} {median(times):7.2f} ms\n")


if __name__ == "__main__":
    main()
