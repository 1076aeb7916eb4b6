"""The parts of the form that are made by hand: the list of experiences, and the grid of free times."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hearthside.finder.enums import Part
from hearthside.finder.queries.vocabulary import Vocabulary
from hearthside.finder.search import SPANS, Search
from peerkit.matching import Free

HOURS: Final = {
    Part.MORNING: gettext_lazy("before 12"),
    Part.AFTERNOON: gettext_lazy("12 to 6"),
    Part.EVENING: gettext_lazy("after 5"),
}
_CELLS: Final = frozenset(Free(day, *SPANS[part]) for day in range(7) for part in Part)


@dataclass(frozen=True)
class Choice:
    """One box to tick."""

    value: str
    label: str


@dataclass(frozen=True)
class Branch:
    """A broad experience by its slug, itself and everything that is part of it as boxes."""

    slug: str
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Column:
    """A part of the day, and its hours in words."""

    label: str
    hours: str


@dataclass(frozen=True)
class Week:
    """Seven days by three parts of the day."""

    columns: Sequence[Column]
    days: Sequence[tuple[str, tuple[Choice, ...]]]


def branches(words: Vocabulary, *, language: str) -> list[Branch]:
    """The whole vocabulary by branch, in order of name."""
    found = [
        Branch(
            top,
            words.label(top, language),
            (
                Choice(top, _("Anything about this")),
                *(
                    Choice(slug, words.label(slug, language))
                    for slug in words.children(top, language)
                ),
            ),
        )
        for top in words.tops
    ]
    return sorted(found, key=lambda branch: branch.label.casefold())


def week() -> Week:
    """The grid, with its cells in words."""
    days = []
    for day in range(7):
        cells: list[Choice] = []
        for part in Part:
            label = _("%(day)s, %(part)s") % {"day": WEEKDAYS[day], "part": str(part.label).lower()}
            cells.append(Choice(span_value(Free(day, *SPANS[part])), label))
        days.append((str(WEEKDAYS[day]), tuple(cells)))
    columns = [Column(str(part.label), str(HOURS[part])) for part in Part]
    return Week(columns, days)


def span_value(span: Free) -> str:
    """A free time as the form sends it."""
    return f"{span.weekday}-{span.from_minute}-{span.until_minute}"


def beside_the_grid(search: Search) -> list[str]:
    """Free times that no cell of the grid stands for."""
    return sorted({span_value(span) for span in search.free if span not in _CELLS})
