"""Everything on the finder's page, before and after somebody has asked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from hearthside.finder.models import Wish
from hearthside.finder.places import Place
from hearthside.finder.queries import (
    asking,
    offers,
    readback,
    results,
    suggested,
    welcome,
)
from hearthside.finder.queries.asked import Asking
from hearthside.finder.queries.catalogue import catalogue
from hearthside.finder.queries.inventory import Catalogue
from hearthside.finder.queries.known import Known
from hearthside.finder.queries.vocabulary import Vocabulary
from hearthside.finder.queries.young import TooYoung
from hearthside.finder.search import Search

Seal = Callable[[Search], str]
FOR_YOU = 3


@dataclass(frozen=True)
class Shelf:
    """All there is to find, as of now, for a reader of one language; without what is not there for them."""

    groups: Catalogue
    language: str
    now: datetime
    known: Known = field(default_factory=Known)

    @property
    def words(self) -> Vocabulary:
        return self.groups.words

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How many groups there are about each experience or a part of it."""
        hidden = self.known.excluded
        return self.groups.counted_without(hidden) if hidden else self.groups.counts

    @property
    def size(self) -> int:
        return len(self.groups) - sum(key in self.groups.facts for key in self.known.excluded)


def shelf(*, language: str, now: datetime, known: Known | None = None) -> Shelf:
    """One query when nothing has changed since the last."""
    return Shelf(catalogue(now=now), language, now, known or Known())


def heard_in(posted: Search, sent: Mapping[str, Any], shelf: Shelf, *, is_retold: bool) -> Search:
    """The search that a form means. Unless it is retold, its words are those already read.

    Threat to sense, not to safety: a box ticked beside half a sentence must not send that half.
    """
    search = posted if is_retold else replace(posted, words=sent["read"])
    return asking.heard(
        search,
        read_before=sent["read"],
        dropped=sent["drop"],
        added=sent["add"],
        words=shelf.words,
        towns=shelf.groups.towns,
        language=shelf.language,
    )


def landing(shelf: Shelf, *, zone: str, seal: Seal, wish: Wish | None = None) -> dict[str, Any]:
    """Groups that meet very soon, and what groups are about: each a search of its own.

    Whoever keeps a wish sees first what it finds.
    """
    seen = welcome.welcome(
        shelf.groups,
        shelf.words,
        shelf.counts,
        zone=zone or asking.usual_zone(shelf.groups),
        language=shelf.language,
        now=shelf.now,
        excluded=shelf.known.excluded,
    )
    return {
        **_form(Search(), shelf),
        "welcome": seen,
        "entries": [(entry, seal(Search(about=(entry.slug,)))) for entry in seen.entries],
        "all_url": seal(Search()),
        **(_for_you(wish, shelf, seal) if wish else {}),
    }


def results_page(
    search: Search, shelf: Shelf, *, zone: str, page: int, seal: Seal
) -> dict[str, Any]:
    """The form as it was filled in, what we understood, and the answer."""
    found, asked = asked_of(search, shelf, zone=zone)
    answer = results.results(asked, shelf.groups, shelf.words, page=page)
    return {
        **_form(search, shelf),
        "asking": asked,
        "results": answer,
        "chips": readback.chips(asked, shelf.words),
        "suggested": suggested.suggestions(asked, shelf.words),
        "is_lost": bool(search.words) and not search.about and not search.not_about,
        "is_place_lost": bool(search.place) and not found,
        "other_places": [place.label for place in found[1:]],
        "wider": [(one, seal(one.search)) for one in answer.wider],
        "more_url": f"{seal(search)}&page={answer.next_page}" if answer.has_more else "",
    }


def refused_page(search: Search, shelf: Shelf, *, zone: str, young: TooYoung) -> dict[str, Any]:
    """The form as it was filled in, and why there is no answer to it; nothing typed is lost."""
    _found, asked = asked_of(search, shelf, zone=zone)
    return {
        **_form(search, shelf),
        "results": results.NO_RESULTS,
        "chips": readback.chips(asked, shelf.words),
        "too_young": young,
    }


def asked_of(search: Search, shelf: Shelf, *, zone: str) -> tuple[list[Place], Asking]:
    """The places that the search may mean, and the search as it is asked from the first of them."""
    found = list(asking.places_called(search.place, shelf.groups))
    asked = asking.asking_of(
        search,
        found=found,
        zone=zone,
        language=shelf.language,
        groups=shelf.groups,
        words=shelf.words,
        now=shelf.now,
    )
    return found, replace(asked, known=shelf.known)


def _for_you(wish: Wish, shelf: Shelf, seal: Seal) -> dict[str, Any]:
    ranking = offers.ranking_for(wish, now=shelf.now, most=FOR_YOU)
    cards = offers.cards_for(wish, ranking, language=shelf.language, now=shelf.now, most=FOR_YOU)
    url = seal(Search.unpacked(wish.search))
    return {"own": {"cards": cards, "total": ranking.total, "url": url}}


def _form(search: Search, shelf: Shelf) -> dict[str, Any]:
    return {"search": search, "shelf": shelf, "group_count": shelf.size}
