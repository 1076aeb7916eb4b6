"""Which of the groups that fit come first for a reader who has said neither a language nor a place."""

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from hearthside.finder.queries.asked import Asking, seeker_of
from hearthside.finder.queries.inventory import Catalogue
from hearthside.finder.search import KM
from peerkit.matching import Closed, Index, Match, Ranking, Seeker

NOWHERE_NEAR: Final = timedelta(hours=1)
# So many of the best are put in order of reach at a time, so that a longer page begins like a shorter one.
BLOCK: Final = 30
Choice = Callable[[Sequence[str]], Sequence[int]]


@dataclass(frozen=True)
class Ranked:
    """The best matches, in order, of `total`; the nearest of the others; what one change would open."""

    matches: Sequence[Match]
    nearest: Sequence[Match]
    closed_by: Sequence[Closed]
    total: int
    # The next distance that reaches more groups, and how many more.
    further: tuple[int, int] | None = None


def ranked(asking: Asking, groups: Catalogue, *, most: int, nearest: int) -> Ranked:
    """Rank every group for a search; no query.

    Groups in the reader's language come first, and those not half a world away. Nobody has to say
    either: they read this page in a language, on a clock.
    """
    seeker, index, now = seeker_of(asking), groups.index, asking.now
    wanted = most if asking.place else -(-most // BLOCK) * BLOCK
    is_own = not seeker.languages
    first = _first(asking, groups, most)
    sums = index.rank(seeker, now=now, most=0 if is_own else wanted, nearest=0, choose=first)
    found = _own_first(seeker, asking, index, wanted, first) if is_own else sums.matches
    further = next(_further(seeker, sums, index, now), None)
    near: Sequence[Match] = ()
    if sums.total <= most:
        # What nearly fits is shown only below all that fits.
        near = index.rank(seeker, now=now, most=0, nearest=nearest).nearest
    return Ranked(found, near, sums.closed_by, sums.total, further)


def _own_first(
    seeker: Seeker, asking: Asking, index: Index, wanted: int, first: Choice
) -> Sequence[Match]:
    """The best in the reader's own languages, then in any, for somebody who asked for none."""
    spoken = tuple(dict.fromkeys((asking.language, asking.reading.language)))
    here, now = replace(seeker, languages=spoken), asking.now
    found, many = index.matches(here, now=now, most=wanted, choose=first)
    if many >= wanted:
        return found
    own, _ = index.matches(here, now=now, most=wanted)
    others, _ = index.matches(seeker, now=now, most=wanted)
    known = {match.offer_id for match in own}
    every = [*own, *(match for match in others if match.offer_id not in known)][:wanted]
    return [every[place] for place in first([match.offer_id for match in every])]


def _further(
    seeker: Seeker, found: Ranking, index: Index, now: datetime
) -> Iterator[tuple[int, int]]:
    if seeker.around is None or all(closed.code != "distance" for closed in found.closed_by):
        return
    for km in KM:
        if km > seeker.around.km:
            there = replace(seeker, around=replace(seeker.around, km=km))
            more = index.matches(there, now=now, most=0)[1] - found.total
            if more > 0:
                yield km, more


def distance(
    key: str, groups: Catalogue, spoken: AbstractSet[str], zone: str, now: datetime
) -> int:
    """0 within reach; 1 for each of: another language, a room in another part of the world."""
    facts = groups.facts.get(key)
    if facts is None:
        return 0
    is_foreign = bool(spoken) and spoken.isdisjoint(facts.languages)
    return is_foreign + (facts.is_in_a_room_only and is_far(zone, facts.zone, now))


def is_far(zone: str, other: str, now: datetime) -> bool:
    """Whether the two clocks are more than an hour apart."""
    day = now.date().toordinal()
    return abs(_offset(zone, day) - _offset(other, day)) > NOWHERE_NEAR


def _first(asking: Asking, groups: Catalogue, most: int) -> Choice:
    """Which `most` of some ids in order come first: with no place asked for, block by block those in reach."""
    spoken = _spoken(asking)

    def first(ids: Sequence[str]) -> Sequence[int]:
        def away(at: int) -> int:
            return distance(ids[at], groups, spoken, asking.zone, asking.now)

        places = range(len(ids))
        if asking.place:
            return places[:most]
        blocks = (places[at : at + BLOCK] for at in range(0, len(ids), BLOCK))
        return [at for block in blocks for at in sorted(block, key=away)][:most]

    return first


def _spoken(asking: Asking) -> AbstractSet[str]:
    """The languages that a reader uses; none where they asked for some, and so for any of those."""
    if asking.search.languages:
        return frozenset()
    return {asking.language, asking.reading.language}


@lru_cache(maxsize=1024)
def _offset(zone: str, day: int) -> timedelta:
    noon = datetime.fromordinal(day).replace(hour=12, tzinfo=ZoneInfo(zone))
    return noon.utcoffset() or timedelta(0)
