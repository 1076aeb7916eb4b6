"""What somebody looks for and asked us to keep: theirs alone, read back in words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import get_language

from hearthside.accounts.models import Person
from hearthside.finder.models import Wish
from hearthside.finder.queries.readback import Chip, chips_of_search
from hearthside.finder.search import Search
from hearthside.groups.models import Experience
from hearthside.groups.queries.rights import Reader


@dataclass(frozen=True)
class Keeping:
    """What the finder's answer page offers beside a search: to keep it.

    `word` is the search sealed, for the address of the page that keeps it.
    """

    word: str
    has_account: bool
    is_kept: bool = False
    has_another: bool = False


def wish_of(person: Reader) -> Wish | None:
    """The person's own wish with its main experience, in one query; none for a visitor."""
    if not isinstance(person, Person):
        return None
    return Wish.objects.filter(person=person).select_related("main").first()


def search_of(wish: Wish) -> Search:
    """The search as it was kept: without words, its place as exact as a town."""
    return Search.unpacked(wish.search)


def keeping_of(person: Reader, search: Search, *, word: str) -> Keeping:
    """What to offer beside this search, whose sealed word is given; a visitor costs no query."""
    wish = wish_of(person)
    if wish is None:
        return Keeping(word, has_account=isinstance(person, Person))
    kept = search_of(wish)
    # The same place may be written in two ways, so the chips are what must be alike.
    is_kept = replace(search, words="", place="") == replace(kept, place="") and bool(
        search.place
    ) == bool(kept.place)
    return Keeping(word, has_account=True, is_kept=is_kept, has_another=not is_kept)


def chips_of(wish: Wish, language: str) -> list[Chip]:
    """What the wish holds, in words, in two queries."""
    return chips_of_kept(search_of(wish), language)


def chips_of_kept(search: Search, language: str) -> list[Chip]:
    """The same for a search that is about to be kept."""
    slugs = {*search.about, *search.not_about}
    found = Experience.objects.filter(slug__in=slugs).with_names() if slugs else ()
    labels = {one.slug: one.label(language) for one in found}
    return chips_of_search(
        search,
        near=search.place,
        label=lambda slug: labels.get(slug) or slug.replace("-", " "),
    )


def experiences_of(search: Search) -> Sequence[Experience]:
    """The experiences that the search is about, in its order; those no longer in the vocabulary are left out."""
    if not search.about:
        return []
    found = {one.slug: one for one in Experience.objects.filter(slug__in=search.about).with_names()}
    return [found[slug] for slug in search.about if slug in found]


def reader_language() -> str:
    return (get_language() or "en").split("-")[0]
