"""Groups for somebody who keeps a wish: what the member's pages and the placement ask of the finder."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from hearthside.finder.models import Wish
from hearthside.finder.places import Place
from hearthside.finder.queries.asked import Asking, seeker
from hearthside.finder.queries.catalogue import catalogue
from hearthside.finder.queries.known import Known, belonging, known_of, known_of_many
from hearthside.finder.queries.reach import Ranked, ranked
from hearthside.finder.queries.reading.groups import open_groups
from hearthside.finder.queries.reading.people import returns
from hearthside.finder.queries.results import Card, cards
from hearthside.finder.queries.vocabulary import NOTHING, Reading, vocabulary
from hearthside.finder.queries.wishes import reader_language
from hearthside.finder.search import Search
from hearthside.groups.models import Group, Site
from peerkit.matching import Around, Index, Match, Offer, Ranking, Seeker

NEAREST = 12


def index(*, now: datetime) -> Index:
    """Every open group, kept in this process."""
    return catalogue(now=now).index


def site_offers(site: Site, *, now: datetime) -> list[Offer]:
    """The open groups of a site for the placement, in nine queries: open, and seats left to it."""
    keys = set(Group.objects.findable().at(site).values_list("pk", flat=True))
    words = vocabulary(version=None, now=now)
    found = open_groups(keys, words.tree, returns(now=now), now=now) if keys else ()
    return [replace(one.offer, is_open=True, seats_free=None) for one in found]


def seeker_of_wish(wish: Wish, *, now: datetime) -> Seeker:
    """A kept wish as the engine wants it, in six queries.

    Groups where somebody sits whom the person must not meet are left out, and those they belong to.
    """
    search = Search.unpacked(wish.search)
    known = _among_adults(_known(wish, now=now), search, _young_groups())
    return seeker(search, around=_around(wish, search), zone=wish.zone, known=known)


def seekers_of(wishes: Sequence[Wish], *, now: datetime) -> list[Seeker]:
    """The same for many wishes, in their order: five queries, however many there are."""
    known, young = known_of_many({one.person_id for one in wishes}, now=now), _young_groups()
    found = []
    for wish in wishes:
        search = Search.unpacked(wish.search)
        own = _among_adults(known[wish.person_id], search, young)
        around = _around(wish, search)
        found.append(seeker(search, around=around, zone=wish.zone, known=own))
    return found


def ranking_for(wish: Wish, *, now: datetime, most: int = 20) -> Ranking:
    """The best groups for a kept wish."""
    found = suggested(wish, language=reader_language(), now=now, most=most)
    return Ranking(tuple(found.matches), tuple(found.nearest), tuple(found.closed_by), found.total)


def suggested(wish: Wish, *, language: str, now: datetime, most: int) -> Ranked:
    """The same, those in the reader's language and part of the world first."""
    return ranked(
        asking_of_wish(wish, language=language, now=now),
        catalogue(now=now),
        most=most,
        nearest=NEAREST,
    )


def asking_of_wish(wish: Wish, *, language: str, now: datetime) -> Asking:
    """The search that a wish keeps, as its person would ask it now."""
    search = Search.unpacked(wish.search)
    place = None
    if wish.latitude is not None and wish.longitude is not None:
        place = Place(search.place, "", "", wish.latitude, wish.longitude, 0, wish.zone)
    known = _known(wish, now=now)
    return Asking(search, Reading(NOTHING, language), place, wish.zone, language, now, known)


def cards_for(
    wish: Wish, ranking: Ranking, *, language: str, now: datetime, most: int
) -> list[Card]:
    """The best of a ranking as `finder/parts/card.html` shows them, in two queries."""
    matches: Sequence[Match] = ranking.matches[:most]
    unsaid = () if Search.unpacked(wish.search).languages else ("language",)
    dealt = cards(matches, catalogue(now=now).words, language, unsaid=unsaid)
    return [dealt[match.offer_id] for match in matches if match.offer_id in dealt]


def _young_groups() -> frozenset[str]:
    return frozenset(map(str, Group.objects.findable().young().values_list("pk", flat=True)))


def _among_adults(known: Known, search: Search, young: frozenset[str]) -> Known:
    # Threat: somebody who has said no age is put among children by whoever fills groups.
    return known if search.age is not None else replace(known, excluded=known.excluded | young)


def _known(wish: Wish, *, now: datetime) -> Known:
    known = known_of(wish.person, now=now)
    own = frozenset(map(str, belonging(wish.person, now=now)))
    return replace(known, excluded=known.excluded | own)


def _around(wish: Wish, search: Search) -> Around | None:
    if wish.latitude is None or wish.longitude is None:
        return None
    return Around(wish.latitude, wish.longitude, search.km)
