"""The answer to one search: groups that fit, groups that nearly do, and what one change would open."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from hearthside.finder import wording
from hearthside.finder.enums import IAm, Way
from hearthside.finder.places import Place
from hearthside.finder.queries.catalogue import Catalogue
from hearthside.finder.queries.listings import Listing, Upcoming
from hearthside.finder.queries.reach import Reach
from hearthside.finder.queries.vocabulary import Reading, Vocabulary
from hearthside.finder.search import KM, Search
from peerkit.matching import Around, Closed, Match, Offer, Ranking, Seeker, Wanted, rank

PER_PAGE: Final = 20
NEARLY_SHOWN: Final = 6
NEARLY_LOOKED_AT: Final = 24
WIDER_SHOWN: Final = 4
WHY_SHOWN: Final = 4
# Said elsewhere on the card: the next meeting, and how full it is.
_ON_THE_CARD: Final = frozenset({"soon", "seats"})


@dataclass(frozen=True)
class Asking:
    """One search with all that its answer depends on: what was read and found in it, and the reader."""

    search: Search
    reading: Reading
    place: Place | None
    zone: str
    language: str
    now: datetime


@dataclass(frozen=True)
class Card:
    """One group in the results, with its reasons in words."""

    listing: Listing
    meeting: Upcoming | None
    why: Sequence[str] = ()
    misses: Sequence[str] = ()
    notes: Sequence[str] = ()
    km: float | None = None

    @property
    def distance(self) -> str:
        return wording.distance_words(self.km) if self.km is not None else ""


@dataclass(frozen=True)
class Wider:
    """One change of the search in words, and how many more groups would fit then."""

    words: str
    count: int
    search: Search


@dataclass(frozen=True)
class Results:
    """One page of cards; those of all earlier pages stand above it, so that a page is a whole."""

    cards: Sequence[Card]
    total: int
    nearly: Sequence[Card]
    wider: Sequence[Wider]
    page: int

    @property
    def has_more(self) -> bool:
        return len(self.cards) < self.total

    @property
    def next_page(self) -> int:
        return self.page + 1


def results(asking: Asking, groups: Catalogue, words: Vocabulary, *, page: int = 1) -> Results:
    """Rank every group for the search; no query."""
    seeker = seeker_of(asking)
    found = rank(
        seeker,
        _offers(groups.offers, asking.search),
        now=asking.now,
        tree=words.tree,
        nearest=NEARLY_LOOKED_AT,
    )
    dealt = _Dealer(groups, words, asking.language)
    shown = _within_reach_first(found.matches, asking, groups)[: page * PER_PAGE]
    is_all = len(shown) == len(found.matches)
    return Results(
        cards=[dealt.card(match) for match in shown],
        total=len(found.matches),
        nearly=[dealt.card(match) for match in _nearly(found)] if is_all else [],
        wider=list(_wider(found, asking, words))[:WIDER_SHOWN],
        page=page,
    )


def seeker_of(asking: Asking) -> Seeker:
    """The search as the engine wants it; words weigh by how surely they were read."""
    search, place = asking.search, asking.place
    sure = {found.term_id: found.certainty for found in asking.reading.understanding.experiences}
    around = Around(place.latitude, place.longitude, search.km) if place else None
    genders = {IAm.WOMEN, IAm.MEN} & set(search.i_am) if search.only != IAm.LGBTQ else set()
    return Seeker(
        experiences=tuple(Wanted(slug, sure.get(slug, 1.0)) for slug in search.about),
        not_wanted=frozenset(search.not_about),
        free=search.free,
        zone=asking.zone,
        languages=search.languages,
        formats=frozenset(search.ways),
        access=frozenset(search.access),
        around=around,
        age=search.age,
        gender=str(genders.pop()) if len(genders) == 1 else None,
        only=search.only,
    )


def _nearly(found: Ranking) -> Sequence[Match]:
    """What nearly fits; something else altogether only where there is nothing better."""
    near = [
        match for match in found.nearest if all(miss.code != "experience" for miss in match.misses)
    ]
    return (near if found.matches or near else found.nearest)[:NEARLY_SHOWN]


def _offers(offers: Sequence[Offer], search: Search) -> Sequence[Offer]:
    """Somebody who says "a woman" has not said that they are not LGBTQ+: that rule shuts nobody out."""
    if not search.i_am or search.only == IAm.LGBTQ:
        return offers
    return [
        replace(offer, gender_rule="") if offer.gender_rule == IAm.LGBTQ else offer
        for offer in offers
    ]


def _within_reach_first(
    matches: Sequence[Match], asking: Asking, groups: Catalogue
) -> Sequence[Match]:
    """Among groups that fit, those in the reader's language come first, and those not half a world away.

    Nobody has to say either: they read this page in a language, on a clock.
    """
    reach = Reach(asking.zone, asking.now, {asking.language, asking.reading.language})
    ignored = (bool(asking.search.languages), asking.place is not None)
    return sorted(
        matches, key=lambda match: reach.distance(groups.listings[match.offer_id], ignored)
    )


@dataclass(frozen=True)
class _Dealer:
    """Makes cards of matches, in one language."""

    groups: Catalogue
    words: Vocabulary
    language: str

    def label(self, slug: str) -> str:
        return self.words.label(slug, self.language)

    def card(self, match: Match) -> Card:
        told = sorted(
            (reason for reason in match.reasons if reason.code not in _ON_THE_CARD),
            key=lambda reason: -reason.points,
        )
        notes = [note for note in match.notes if wording.is_worth_a_note(note)]
        return Card(
            listing=self.groups.listings[match.offer_id],
            meeting=self._meeting(match),
            why=[wording.reason_words(reason, self.label) for reason in told[:WHY_SHOWN]],
            misses=[wording.miss_words(miss, self.label) for miss in match.misses],
            notes=[wording.note_words(note, self.label) for note in notes],
            km=_param(match, ("near", "distance"), "km"),
        )

    def _meeting(self, match: Match) -> Upcoming | None:
        """The meeting that the reasons speak of: the one at a time when the person is free, or the next."""
        said = {one.code: one.params.get("at") for one in (*match.reasons, *match.misses)}
        at = said.get("time") or said.get("soon")
        coming = self.groups.upcoming[match.offer_id]
        return next((one for one in coming if one.at == at), None)


def _param(match: Match, codes: Sequence[str], name: str) -> float | None:
    for one in (*match.reasons, *match.misses):
        value = one.params.get(name)
        if one.code in codes and isinstance(value, float):
            return value
    return None


def _wider(found: Ranking, asking: Asking, words: Vocabulary) -> Iterator[Wider]:
    for closed in found.closed_by:
        change = _change(closed, asking, words)
        if change:
            yield Wider(change[0], closed.count, change[1])
    yield from _further(found, asking.search)


def _change(closed: Closed, asking: Asking, words: Vocabulary) -> tuple[str, Search] | None:
    """The one change of the search that opens these groups; None where the person can change nothing."""
    search, value = asking.search, closed.value
    if closed.code == "format" and value in Way.values:
        said = _("If you can also come %s") % wording.way_words([value])
        return said, replace(search, ways=(*search.ways, value))
    if closed.code == "language" and value:
        said = _("If it may also be held in %s") % wording.language_words([value])
        return said, replace(search, languages=(*search.languages, value))
    if closed.code == "not_wanted":
        said = _("If “%s” may come up too") % words.label(value, asking.language)
        return said, search.without(f"not_about:{value}")
    simple = {
        "access": (_("If you can do without “%s”"), search.without(f"access:{value}")),
        "time": (_("If you can come at other times"), replace(search, free=())),
        "only": (_("If the group may be open to everyone"), replace(search, only="")),
    }
    if closed.code not in simple:
        return None
    said, wider = simple[closed.code]
    return (said % wording.access_word(value) if closed.code == "access" else said), wider


def _further(found: Ranking, search: Search) -> Iterator[Wider]:
    """The next distance that reaches more groups, counted among the nearest of those too far away."""
    far = sorted(_far(found.nearest))
    wider = next((km for km in KM if far and km >= far[0]), None)
    if wider and wider > search.km:
        words = _("If you can go %s km") % wider
        yield Wider(words, sum(km <= wider for km in far), replace(search, km=wider))


def _far(nearest: Sequence[Match]) -> Iterator[float]:
    for match in nearest:
        if [miss.code for miss in match.misses] == ["distance"]:
            km = match.misses[0].params["km"]
            if isinstance(km, int | float):
                yield float(km)
