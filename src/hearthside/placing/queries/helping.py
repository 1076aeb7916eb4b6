"""Those who go on waiting, by what would give them a place: the one change that helps most people first."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hearthside.placing.queries.diffs import Waiter


@dataclass(frozen=True)
class Help:
    """One thing that would help, in a sentence ("" where nothing is known), and everybody whom it is said of first."""

    words: str
    waiters: Sequence[Waiter]


def by_help(waiters: Iterable[Waiter]) -> list[Help]:
    """Most people first; those for whom nothing is known to help come last."""
    found: dict[str, list[Waiter]] = defaultdict(list)
    for one in waiters:
        found[one.first_help].append(one)
    helps = [Help(words, some) for words, some in found.items()]
    return sorted(helps, key=lambda one: (not one.words, -len(one.waiters)))
