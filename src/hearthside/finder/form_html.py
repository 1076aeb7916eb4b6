"""The form of the finder as HTML, filled in as a search says."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from html import escape
from typing import Final

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hearthside.finder.blanks import PICKED, TICKED, Blank, box
from hearthside.finder.forms import SearchForm
from hearthside.finder.queries.filters import beside_the_grid, branches, span_value, week
from hearthside.finder.queries.page import Shelf
from hearthside.finder.queries.vocabulary import Vocabulary
from hearthside.finder.search import Search

# One for each language of the page, more for searches in a language that no group is held in.
KEPT: Final = 32
_USED: Final = ' <span class="finder-used" aria-hidden="true">✓</span>'


def form_html(
    search: Search, shelf: Shelf, *, is_answer: bool, is_lost: bool, is_place_lost: bool
) -> SafeString:
    """The form; `is_answer` where results stand beside it, the others where something was not understood."""
    blank = _blank(
        shelf.words, shelf.language, _languages(search, shelf), get_language(), is_answer
    )
    told = {**_typed(search), **_sections(search), **_counts(shelf), **_ticked(search, shelf)}
    if is_lost:
        told["open-about"] = " open"
    if is_place_lost:
        told["open-where"] = " open"
        words = escape(_("We do not know that place. Please try the nearest town."))
        told["place-lost"] = f'<p class="field-errors">{words}</p>'
    return blank.filled(told)


def _languages(search: Search, shelf: Shelf) -> tuple[str, ...]:
    """What can be ticked; one language alone is no choice."""
    every = tuple(dict.fromkeys((*shelf.groups.spoken, *search.languages)))
    return every if len(every) > 1 or search.languages else ()


def _typed(search: Search) -> Mapping[str, str]:
    told = {"words": escape(search.words), "place": escape(search.place)}
    hidden = [("not_about", slug) for slug in search.not_about]
    hidden += [("free", span) for span in beside_the_grid(search)]
    told["hidden"] = "".join(
        f'<input type="hidden" name="{name}" value="{escape(value)}">' for name, value in hidden
    )
    if search.age is not None:
        told["age"] = f' value="{search.age}"'
    return told


def _sections(search: Search) -> Mapping[str, str]:
    """Parts of the form that are in use say so; what they hold is read back beside the results."""
    used = {
        "about": _number(len(search.about)),
        "free": _number(len(search.free)),
        "where": _USED if search.ways or search.place else "",
        "comfort": _USED if search.languages or search.access or search.comfort else "",
        "you": _USED if search.i_am or search.only or search.age is not None else "",
    }
    return {f"used-{part}": mark for part, mark in used.items()}


def _number(many: int) -> str:
    return f' <span class="finder-used">{many}</span>' if many else ""


def _counts(shelf: Shelf) -> Mapping[str, str]:
    return {
        f"count:{slug}": f' <span class="quiet">({many})</span>'
        for slug, many in shelf.counts.items()
        if many
    }


def _ticked(search: Search, shelf: Shelf) -> Mapping[str, str]:
    ticked = dict.fromkeys(_boxes(search), TICKED)
    picked = {box("km", str(search.km)): PICKED, box("only", search.only): PICKED}
    tree = shelf.words.tree
    above = {one for slug in search.about for one in (slug, *tree.ancestors(slug))}
    return ticked | picked | {f"open:{slug}": " open" for slug in above}


def _boxes(search: Search) -> Iterator[str]:
    for name in ("about", "ways", "languages", "access", "comfort", "i_am"):
        for value in getattr(search, name):
            yield box(name, value)
    for span in search.free:
        yield box("free", span_value(span))


@lru_cache(maxsize=KEPT)
def _blank(
    words: Vocabulary,
    language: str,
    languages: tuple[str, ...],
    _translation: str | None,
    is_answer: bool,  # noqa: FBT001 - part of a key
    /,
) -> Blank:
    context = {
        "form": SearchForm(languages=languages),
        "branches": branches(words, language=language),
        "week": week(),
        "with_languages": bool(languages),
        "is_answer": is_answer,
    }
    return Blank.of(render_to_string("finder/parts/form.html", context))
