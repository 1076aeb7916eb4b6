"""Everything on the finder's page, before and after somebody has asked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from hearthside.finder.queries import asking, filters, readback, results, welcome
from hearthside.finder.queries.catalogue import Catalogue, catalogue
from hearthside.finder.queries.vocabulary import Vocabulary, vocabulary
from hearthside.finder.search import Search

Seal = Callable[[Search], str]


@dataclass(frozen=True)
class Shelf:
    """All there is to find, as of now, for a reader of one language."""

    groups: Catalogue
    words: Vocabulary
    language: str
    now: datetime

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that groups are held in."""
        spoken = {code for one in self.groups.listings.values() for code in one.languages}
        return tuple(sorted(spoken))


def shelf(*, language: str, now: datetime) -> Shelf:
    """One query when nothing has changed since the last."""
    groups = catalogue(now=now)
    words = vocabulary(version=groups.vocabulary_version, now=now)
    return Shelf(groups, words, language, now)


def heard_in(posted: Search, sent: Mapping[str, Any], shelf: Shelf, *, is_retold: bool) -> Search:
    """The search that a form means. Unless it is retold, its words are those already read.

    Threat to sense, not to safety: a box ticked beside half a sentence must not send that half.
    """
    search = posted if is_retold else replace(posted, words=sent["read"])
    return asking.heard(
        search,
        read_before=sent["read"],
        dropped=sent["drop"],
        words=shelf.words,
        language=shelf.language,
    )


def landing(shelf: Shelf, *, zone: str, seal: Seal) -> dict[str, Any]:
    """Groups that meet very soon, and what groups are about: each a search of its own."""
    seen = welcome.welcome(
        shelf.groups,
        shelf.words,
        zone=zone or asking.usual_zone(shelf.groups),
        language=shelf.language,
        now=shelf.now,
    )
    return {
        **_form(Search(), shelf),
        "welcome": seen,
        "entries": [(entry, seal(Search(about=(entry.slug,)))) for entry in seen.entries],
        "all_url": seal(Search()),
    }


def results_page(
    search: Search, shelf: Shelf, *, zone: str, page: int, seal: Seal
) -> dict[str, Any]:
    """The form as it was filled in, what we understood, and the answer."""
    found = asking.places_called(search.place)
    asked = asking.asking_of(
        search,
        found=found,
        zone=zone,
        language=shelf.language,
        groups=shelf.groups,
        words=shelf.words,
        now=shelf.now,
    )
    answer = results.results(asked, shelf.groups, shelf.words, page=page)
    return {
        **_form(search, shelf),
        "asking": asked,
        "results": answer,
        "chips": readback.chips(asked, shelf.words),
        "is_lost": bool(search.words) and not search.about and not search.not_about,
        "is_place_lost": bool(search.place) and not found,
        "other_places": [place.label for place in found[1:]],
        "wider": [(one, seal(one.search)) for one in answer.wider],
        "more_url": f"{seal(search)}&page={answer.next_page}#result-{answer.page * results.PER_PAGE + 1}",
        "all_url": seal(Search()),
    }


def _form(search: Search, shelf: Shelf) -> dict[str, Any]:
    counts = welcome.counted(shelf.groups, shelf.words)
    return {
        "search": search,
        "branches": filters.branches(search, shelf.words, counts, language=shelf.language),
        "week": filters.week(search),
        "languages": tuple(dict.fromkeys((*shelf.languages, *search.languages))),
        "group_count": len(shelf.groups.listings),
    }
