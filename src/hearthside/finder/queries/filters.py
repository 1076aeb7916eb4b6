"""The parts of the form that are made by hand: the list of experiences, and the grid of free times."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hearthside.finder.enums import Part
from hearthside.finder.queries.vocabulary import Vocabulary
from hearthside.finder.search import SPANS, Search

HOURS: Final = {
    Part.MORNING: gettext_lazy("before 12"),
    Part.AFTERNOON: gettext_lazy("12 to 6"),
    Part.EVENING: gettext_lazy("after 5"),
}


@dataclass(frozen=True)
class Choice:
    """One box to tick."""

    value: str
    label: str
    is_chosen: bool
    count: int = 0


@dataclass(frozen=True)
class Branch:
    """A broad experience, itself and everything that is part of it as boxes."""

    label: str
    choices: Sequence[Choice]

    @property
    def is_open(self) -> bool:
        return any(one.is_chosen for one in self.choices)


@dataclass(frozen=True)
class Column:
    """A part of the day, and its hours in words."""

    label: str
    hours: str


@dataclass(frozen=True)
class Week:
    """Seven days by three parts of the day; `others` are free times that fit no column."""

    columns: Sequence[Column]
    days: Sequence[tuple[str, Sequence[Choice]]]
    others: Sequence[str]


def branches(
    search: Search, words: Vocabulary, counts: Mapping[str, int], *, language: str
) -> list[Branch]:
    """The whole vocabulary by branch, in order of name, with how many groups there are for each."""

    def choice(slug: str, label: str) -> Choice:
        return Choice(slug, label, slug in search.about, counts.get(slug, 0))

    found = [
        Branch(
            words.label(top, language),
            [
                choice(top, _("Anything about this")),
                *(
                    choice(slug, words.label(slug, language))
                    for slug in words.children(top, language)
                ),
            ],
        )
        for top in words.tops
    ]
    return sorted(found, key=lambda branch: branch.label.casefold())


def week(search: Search) -> Week:
    """The grid with what is chosen in it."""
    said = {f"{span.weekday}-{span.from_minute}-{span.until_minute}" for span in search.free}
    days, known = [], set()
    for day in range(7):
        cells = []
        for part in Part:
            value = f"{day}-{SPANS[part][0]}-{SPANS[part][1]}"
            label = _("%(day)s, %(part)s") % {"day": WEEKDAYS[day], "part": str(part.label).lower()}
            cells.append(Choice(value, label, value in said))
            known.add(value)
        days.append((str(WEEKDAYS[day]), cells))
    columns = [Column(str(part.label), str(HOURS[part])) for part in Part]
    return Week(columns, days, sorted(said - known))
