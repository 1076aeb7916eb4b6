"""Everything on the page of one's own wish: what is kept, or is about to be, and what we still ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hearthside.accounts.enums import Purpose
from hearthside.accounts.models import Person
from hearthside.accounts.queries import agrees
from hearthside.accounts.wordings import Wording, wording
from hearthside.finder.models import Wish
from hearthside.finder.places import Place
from hearthside.finder.queries.asking import places_called, usual_zone
from hearthside.finder.queries.catalogue import catalogue
from hearthside.finder.queries.readback import Chip
from hearthside.finder.queries.wishes import (
    chips_of_kept,
    experiences_of,
    reader_language,
    search_of,
    wish_of,
)
from hearthside.finder.sealed import sealed
from hearthside.finder.search import Search
from hearthside.groups.models import Experience


@dataclass(frozen=True)
class WishPage:
    """`word` is the sealed search that is about to be kept; "" where the page shows what is kept already.

    `edit` is the kept or coming search sealed, for the way back to the finder.
    """

    wish: Wish | None
    search: Search
    place: Place | None
    chips: Sequence[Chip]
    experiences: Sequence[Experience]
    consent: Wording | None
    word: str
    edit: str
    zone: str

    @property
    def consent_label(self) -> str:
        return self.consent.label if self.consent else ""

    @property
    def tells_of_oneself(self) -> bool:
        """Age or gender is in it, so the page says what for."""
        return self.search.age is not None or bool(self.search.i_am)

    def initial(self) -> dict[str, Any]:
        """What the form starts with: nothing is chosen for the person that they did not choose before."""
        if self.wish is None:
            return {"zone": self.zone}
        is_kept = not self.word
        main = self.wish.main.slug if self.wish.main else ("-" if is_kept else "")
        return {
            "main": main,
            "is_new": "yes" if self.wish.is_new else "no",
            "zone": self.wish.zone if is_kept else self.zone,
        }


def wish_page(person: Person, *, fresh: Search | None, zone: str, now: datetime) -> WishPage | None:
    """The page for a fresh search that may be kept, or for the wish that is; None where there is neither."""
    wish = wish_of(person)
    if fresh is None and wish is None:
        return None
    search = fresh or (search_of(wish) if wish else Search())
    groups = catalogue(now=now)
    place = next(iter(places_called(search.place, groups)), None)
    has_agreed = agrees(person, Purpose.HEALTH, now=now)
    words = wording(Purpose.HEALTH, language=reader_language())
    word = sealed(search, now=now)
    return WishPage(
        wish=wish,
        search=search,
        place=place,
        chips=chips_of_kept(search, reader_language()),
        experiences=experiences_of(search),
        consent=None if has_agreed else words,
        word=word if fresh is not None else "",
        edit=word,
        zone=zone or (place.zone if place else usual_zone(groups)),
    )
