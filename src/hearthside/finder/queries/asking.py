"""From what a form sent to a search: words read once, places looked up, what was chosen by hand kept."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from hearthside.finder import places
from hearthside.finder.queries.asked import Asking
from hearthside.finder.queries.inventory import Catalogue
from hearthside.finder.queries.vocabulary import Vocabulary
from hearthside.finder.search import Search
from hearthside.groups.queries.programme import home_country
from peerkit.matching import Towns

MOST_PLACES = 4


def heard(
    posted: Search,
    *,
    read_before: str,
    dropped: str,
    words: Vocabulary,
    towns: Towns,
    language: str,
    added: str = "",
) -> Search:
    """The search that a form means. Words are read when they are new; then nobody is asked twice.

    `read_before` are the words whose reading the form already shows, so what was taken out of it by hand
    stays out. `dropped` names one chip to take away, `added` one experience that was meant as well.
    """
    known = replace(
        posted,
        about=tuple(slug for slug in posted.about if slug in words.slugs),
        not_about=tuple(slug for slug in posted.not_about if slug in words.slugs),
    )
    if known.words != read_before:
        before = words.read(read_before, language, towns)
        now = words.read(known.words, language, towns)
        known = known.reworded(
            before=Search.understood(before.understanding), now=Search.understood(now.understanding)
        )
    known = known.without(dropped)
    return known.about_too(added) if added in words.slugs else known


def asking_of(
    search: Search,
    *,
    found: Sequence[places.Place],
    zone: str,
    language: str,
    groups: Catalogue,
    words: Vocabulary,
    now: datetime,
) -> Asking:
    """The search with what was read in it. Free times are meant on the reader's clock, as far as known."""
    place = found[0] if found else None
    return Asking(
        search=search,
        reading=words.read(search.words, language, groups.towns),
        place=place,
        zone=zone or (place.zone if place else usual_zone(groups)),
        language=language,
        now=now,
    )


def places_called(text: str, groups: Catalogue) -> Sequence[places.Place]:
    """Places that the text may mean, those in the programme's own country first; none for no text.

    A village that only a group's own page knows is where that group meets.
    """
    if not text:
        return ()
    country = home_country()
    at_home = places.find(text, country=country, most=MOST_PLACES) if country else ()
    anywhere = places.find(text, most=MOST_PLACES)
    found = tuple(dict.fromkeys((*at_home, *anywhere)))[:MOST_PLACES]
    return found or tuple(_where_groups_meet(text, groups, country))


def _where_groups_meet(town: str, groups: Catalogue, country: str) -> Iterator[places.Place]:
    there = groups.meets_in(town)
    if there and there.latitude is not None and there.longitude is not None:
        zone = groups.facts[there.id].zone
        yield places.Place(town, "", country, there.latitude, there.longitude, 0, zone)


def usual_zone(groups: Catalogue) -> str:
    """The clock that most groups keep."""
    return groups.usual_zone
