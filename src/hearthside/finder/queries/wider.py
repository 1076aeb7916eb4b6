"""What one change of a search would open, counted over every group there is."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from hearthside.finder import wording
from hearthside.finder.enums import LGBTQ_ONLY, Way
from hearthside.finder.queries.asked import Asking
from hearthside.finder.queries.reach import Ranked
from hearthside.finder.queries.vocabulary import Vocabulary
from hearthside.finder.search import Search
from peerkit.matching import Closed


@dataclass(frozen=True)
class Wider:
    """One change of the search in words, and how many more groups would fit then."""

    words: str
    count: int
    search: Search


def wider(found: Ranked, asking: Asking, words: Vocabulary) -> Iterator[Wider]:
    """The changes that open most, most first."""
    found_more = [
        Wider(change[0], closed.count, change[1])
        for closed in found.closed_by
        if (change := change_for(closed, asking, words))
    ]
    if found.further:
        km, more = found.further
        said = _("If you can go %s km") % km
        found_more.append(Wider(said, more, replace(asking.search, km=km)))
    yield from sorted(found_more, key=lambda one: -one.count)


def change_for(closed: Closed, asking: Asking, words: Vocabulary) -> tuple[str, Search] | None:
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
    if closed.code == "access":
        return _without(search, value)
    simple = {
        "time": (_("If you can come at other times"), replace(search, free=())),
        "only": (_("If the group may be open to everyone"), replace(search, only="")),
    }
    return simple.get(closed.code)


def _without(search: Search, need: str) -> tuple[str, Search]:
    if need == LGBTQ_ONLY:
        return _("If the group may be open to everyone"), replace(search, only="")
    said = _("If you can do without “%s”") % wording.access_word(need)
    return said, search.without(f"access:{need}")
