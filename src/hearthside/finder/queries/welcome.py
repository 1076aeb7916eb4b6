"""What the page shows before anybody has asked: groups that meet very soon, and what groups are about."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Final
from zoneinfo import ZoneInfo

from hearthside.finder.queries.inventory import Catalogue
from hearthside.finder.queries.listings import Upcoming, listings, seated
from hearthside.finder.queries.reach import distance
from hearthside.finder.queries.results import Card
from hearthside.finder.queries.vocabulary import Vocabulary
from hearthside.meetings.models import Meeting

SOON_SHOWN: Final = 6
# So many of the soonest are looked at, for those in the reader's language and part of the world; a few at a
# time, because the first few mostly hold enough of them.
LOOKED_AT: Final = 200
AT_ONCE: Final = 40
ENOUGH: Final = 2 * SOON_SHOWN


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
    groups: Catalogue,
    words: Vocabulary,
    counts: Mapping[str, int],
    *,
    zone: str,
    language: str,
    now: datetime,
    excluded: Collection[str] = (),
) -> Welcome:
    """The soonest meetings with a seat, and the branches that have groups; three queries to seven."""
    until = _end_of_tomorrow(now, zone)

    def away(key: str) -> int:
        return distance(key, groups, {language}, zone, now)

    coming = _next_open(groups, now, excluded, is_near=lambda key: not away(key))
    soon = {key: one for key, one in coming.items() if one.at < until}
    keys = sorted(soon or coming, key=away)[:SOON_SHOWN]
    about = listings(keys)
    return Welcome(
        cards=[Card(about[key], coming[key]) for key in keys if key in about],
        is_soon=bool(soon),
        entries=entries(counts, words, language=language),
        groups=len(groups) - sum(key in groups.facts for key in excluded),
    )


def entries(counts: Mapping[str, int], words: Vocabulary, *, language: str) -> list[Entry]:
    """The broadest experiences by name, each with its groups counted once."""
    found = [
        Entry(slug, words.label(slug, language), counts[slug])
        for slug in words.tops
        if counts.get(slug)
    ]
    return sorted(found, key=lambda entry: entry.label.casefold())


def _next_open(
    groups: Catalogue,
    now: datetime,
    excluded: Collection[str],
    *,
    is_near: Callable[[str], bool],
) -> dict[str, Upcoming]:
    """The soonest meetings with a seat, one of each group, until there are enough of them near.

    In the order of time, so that looking further would find none that come before these.

    Threat: an answer that takes longer for whoever is kept apart from somebody tells them so. So groups
    that are not there for the reader count as well, and twice as many as are shown are enough.
    """
    found: dict[str, Upcoming] = {}
    coming = islice(_soonest(groups, now), LOOKED_AT)
    while sum(map(is_near, found)) < ENOUGH and (some := seated(islice(coming, AT_ONCE))):
        for group, one in some:
            if one.fullness.left:
                found.setdefault(group, one)
    return {group: one for group, one in found.items() if group not in excluded}


def _soonest(groups: Catalogue, now: datetime) -> Iterator[tuple[str, Upcoming]]:
    """Meetings to come of open groups, read as far as they are wanted.

    Which groups are open is known here already: asked together with it, SQLite first sorts every
    meeting to come.
    """
    rows = Meeting.objects.standing().filter(starts_at__gte=now).order_by("starts_at", "pk")
    columns = rows.values_list("group_id", "pk", "starts_at", "ends_at", "zone", "seats_max")
    for group, pk, at, until, zone, seats in columns.iterator(chunk_size=AT_ONCE):
        if str(group) in groups.facts:
            yield str(group), Upcoming(str(pk), at, until, zone, seats)


def _end_of_tomorrow(now: datetime, zone: str) -> datetime:
    there = now.astimezone(ZoneInfo(zone)) + timedelta(days=2)
    return there.replace(hour=0, minute=0, second=0, microsecond=0)
