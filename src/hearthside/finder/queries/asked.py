"""One search with all that its answer depends on, and the same as the engine wants it."""

from dataclasses import dataclass, field
from datetime import datetime

from hearthside.finder.enums import LGBTQ_ONLY, IAm, Only
from hearthside.finder.places import Place
from hearthside.finder.queries.known import Known
from hearthside.finder.queries.vocabulary import Reading
from hearthside.finder.search import Search
from peerkit.matching import Around, Seeker, Wanted


@dataclass(frozen=True)
class Asking:
    """One search: what was read and found in it, and who reads its answer."""

    search: Search
    reading: Reading
    place: Place | None
    zone: str
    language: str
    now: datetime
    known: Known = field(default_factory=Known)


def seeker_of(asking: Asking) -> Seeker:
    """The search as the engine wants it; words weigh by how surely they were read."""
    place = asking.place
    sure = {found.term_id: found.certainty for found in asking.reading.understanding.experiences}
    around = Around(place.latitude, place.longitude, asking.search.km) if place else None
    return seeker(asking.search, around=around, zone=asking.zone, known=asking.known, sure=sure)


def seeker(
    search: Search,
    *,
    around: Around | None,
    zone: str,
    known: Known,
    sure: dict[str, float] | None = None,
) -> Seeker:
    """A search from a place, on a clock, of a person."""
    weights = sure or {}
    genders = {IAm.WOMEN, IAm.MEN} & set(search.i_am) if search.only != Only.LGBTQ else set()
    wants_lgbtq = search.only == Only.LGBTQ
    return Seeker(
        experiences=tuple(Wanted(slug, weights.get(slug, 1.0)) for slug in search.about),
        not_wanted=frozenset(search.not_about),
        free=search.free,
        zone=zone,
        languages=search.languages,
        formats=frozenset(search.ways),
        access=frozenset(search.access) | ({LGBTQ_ONLY} if wants_lgbtq else set()),
        comfort=frozenset(search.comfort),
        around=around,
        age=search.age,
        gender=str(genders.pop()) if len(genders) == 1 else None,
        only="" if wants_lgbtq else search.only,
        tried=known.tried,
        excluded=known.excluded,
    )
