"""What the page shows before anybody has asked: groups that meet very soon, and what groups are about."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from hearthside.finder.queries.catalogue import Catalogue
from hearthside.finder.queries.listings import Upcoming
from hearthside.finder.queries.reach import Reach
from hearthside.finder.queries.results import Card
from hearthside.finder.queries.vocabulary import Vocabulary

SOON_SHOWN: Final = 6


@dataclass(frozen=True)
class Entry:
    """One branch of experience, and how many groups are about it or about a part of it."""

    slug: str
    label: str
    count: int


@dataclass(frozen=True)
class Welcome:
    """`is_soon` says that the cards are for tonight and tomorrow; else they are just the next ones."""

    cards: Sequence[Card]
    is_soon: bool
    entries: Sequence[Entry]
    groups: int


def welcome(
    groups: Catalogue, words: Vocabulary, *, zone: str, language: str, now: datetime
) -> Welcome:
    """The soonest meetings with a seat, and the branches that have groups."""
    until = _end_of_tomorrow(now, zone)
    coming = sorted(_next_open(groups, now), key=lambda one: (one[1].at, one[0]))
    soon = [one for one in coming if one[1].at < until]
    reach = Reach(zone, now, {language})
    shown = sorted(soon or coming, key=lambda one: reach.distance(groups.listings[one[0]]))
    return Welcome(
        cards=[Card(groups.listings[key], one) for key, one in shown[:SOON_SHOWN]],
        is_soon=bool(soon),
        entries=entries(groups, words, language=language),
        groups=len(groups.listings),
    )


def entries(groups: Catalogue, words: Vocabulary, *, language: str) -> list[Entry]:
    """The broadest experiences by name, each with its groups counted once."""
    found = [
        Entry(slug, words.label(slug, language), count)
        for slug, count in counted(groups, words).items()
        if slug in set(words.tops)
    ]
    return sorted(found, key=lambda entry: entry.label.casefold())


def counted(groups: Catalogue, words: Vocabulary) -> Counter[str]:
    """How many groups are about each experience, or about a part of it."""
    count: Counter[str] = Counter()
    for listing in groups.listings.values():
        above = {up for slug in listing.experiences for up in words.tree.ancestors(slug)}
        count.update(listing.experiences | above)
    return count


def _next_open(groups: Catalogue, now: datetime) -> Iterator[tuple[str, Upcoming]]:
    for key, coming in groups.upcoming.items():
        first = next((one for one in coming if one.at >= now and one.fullness.left), None)
        if first:
            yield key, first


def _end_of_tomorrow(now: datetime, zone: str) -> datetime:
    there = now.astimezone(ZoneInfo(zone)) + timedelta(days=2)
    return there.replace(hour=0, minute=0, second=0, microsecond=0)
