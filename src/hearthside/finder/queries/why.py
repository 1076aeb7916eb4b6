"""How one group that somebody asks about stands to their search: what fits, what does not, what would."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.utils.translation import gettext as _

from hearthside.finder.queries.asked import Asking, seeker_of
from hearthside.finder.queries.inventory import Catalogue
from hearthside.finder.queries.results import Card, cards
from hearthside.finder.queries.wider import Wider, change_for
from hearthside.finder.search import KM, Search
from hearthside.groups.models import Group
from peerkit.matching import Closed, Match, Reason

MOST_NAMED: Final = 8
SHORTEST: Final = 3
_ADDRESS: Final = re.compile(r"/groups/([-\w]+)/?")


@dataclass(frozen=True)
class Standing:
    """One group before one search; `change` is the one change by which it would fit, where there is one."""

    card: Card
    fits: bool
    change: Wider | None = None


def standing_of(slug: str, asking: Asking, groups: Catalogue) -> Standing | None:
    """How the group stands, in three queries; None alike for one that is unknown, closed, or not there for them."""
    key = Group.objects.findable().filter(slug=slug).values_list("pk", flat=True).first()
    match = groups.index.why_not(seeker_of(asking), str(key), now=asking.now) if key else None
    if match is None:
        return None
    unsaid = () if asking.search.languages else ("language",)
    card = cards([match], groups.words, asking.language, unsaid=unsaid).get(match.offer_id)
    if card is None:
        return None
    return Standing(card, fits=not match.misses, change=_change(match, asking, groups))


def groups_called(text: str, *, excluded: Collection[str]) -> list[tuple[str, str]]:
    """The (address, name) of open groups that the text may mean: one by its address or whole name, else several."""
    rows = Group.objects.findable().exclude(pk__in=excluded).order_by("name", "slug")
    said = " ".join(text.split())
    address = _ADDRESS.search(said)
    exact = rows.filter(slug=address[1] if address else said.casefold()[:80])
    found = list(exact.values_list("slug", "name"))
    found = found or list(rows.filter(name__iexact=said).values_list("slug", "name")[:MOST_NAMED])
    if not found and len(said) >= SHORTEST:
        found = list(rows.filter(name__icontains=said).values_list("slug", "name")[:MOST_NAMED])
    return found


def _change(match: Match, asking: Asking, groups: Catalogue) -> Wider | None:
    """The first change of the search, one thing at a time, after which the group fits."""
    for miss in match.misses:
        for said, search in _changes(miss, asking, groups):
            changed = replace(asking, search=search, place=asking.place if search.place else None)
            after = groups.index.why_not(seeker_of(changed), match.offer_id, now=asking.now)
            if after is not None and not after.misses:
                return Wider(said, 1, search)
    return None


def _changes(miss: Reason, asking: Asking, groups: Catalogue) -> Iterator[tuple[str, Search]]:
    for value in _values(miss):
        if change := change_for(Closed(miss.code, value, 1), asking, groups.words):
            yield change
    if miss.code == "experience" and asking.search.about:
        yield _("If it may be about something else"), replace(asking.search, about=())
    if miss.code in ("distance", "place_unknown"):
        for km in (one for one in KM if one > asking.search.km):
            yield _("If you can go %s km") % km, replace(asking.search, km=km)
        yield _("If it may be anywhere"), replace(asking.search, place="")


def _values(miss: Reason) -> Sequence[str]:
    """What one would have to accept: each way to come, each language, the access need, the experience."""
    named = (miss.params.get(key) for key in ("offered", "need", "term"))
    value = next((one for one in named if one is not None), "")
    return value if isinstance(value, tuple) else (str(value),)
