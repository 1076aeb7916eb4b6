"""Who would be shown other groups first, if the weights were others: counts, and never of fewer than ten people."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from hearthside.finder.enums import Felt
from hearthside.finder.models import Impression, Wish
from hearthside.finder.queries.asked import seeker
from hearthside.finder.queries.catalogue import catalogue
from hearthside.finder.queries.inventory import Catalogue
from hearthside.finder.queries.known import Known
from hearthside.finder.queries.readback import chips_of_search
from hearthside.finder.queries.typical import typical_searches
from hearthside.finder.queries.wishes import search_of
from hearthside.finder.search import Search
from hearthside.groups.models import Group
from hearthside.groups.queries.words import language_name
from peerkit.matching import Around, Seeker, Weights

# A page must answer within a few seconds: of more wishes, those changed last are looked at.
MOST_WISHES: Final = 1000
FEWEST_TOLD: Final = 10
_FIRST: Final = 3
_AGES: Final = ((0, 17), (18, 29), (30, 44), (45, 64), (65, 200))


class Shift(NamedTuple):
    """The first groups of one search, before and after, by key."""

    before: Sequence[str]
    after: Sequence[str]

    @property
    def is_other_first(self) -> bool:
        return self.before[:1] != self.after[:1]

    @property
    def are_other_three(self) -> bool:
        return set(self.before) != set(self.after)


@dataclass(frozen=True)
class Row:
    """Some people: how many, for how many another group comes first, for how many another is in the first three."""

    label: str
    people: int
    first: int
    three: int

    @property
    def is_told(self) -> bool:
        """Counts of a few people could be told apart as persons."""
        return self.people >= FEWEST_TOLD

    @property
    def first_told(self) -> str:
        return _told(self.first)

    @property
    def three_told(self) -> str:
        return _told(self.three)


@dataclass(frozen=True)
class Example:
    """One made-up search in words, and the group that comes first before and after."""

    words: str
    before: str
    after: str
    are_other_three: bool

    @property
    def is_other_first(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True)
class Preview:
    """What a change of weights does to kept searches and to made-up ones."""

    everyone: Row
    by_language: Sequence[Row]
    by_age: Sequence[Row]
    examples: Sequence[Example]
    is_part: bool

    @property
    def examples_first(self) -> int:
        return sum(one.is_other_first for one in self.examples)

    @property
    def examples_three(self) -> int:
        return sum(one.are_other_three for one in self.examples)


def preview(*, before: Weights, after: Weights, language: str, now: datetime) -> Preview:
    """Rank for everybody who keeps a wish, and for the made-up searches, with both."""
    held = catalogue(now=now)
    wishes = list(Wish.objects.order_by("-changed_at")[: MOST_WISHES + 1])
    looked_at = wishes[:MOST_WISHES]
    tried = _tried(looked_at)
    shifts = [
        (wish, _shift(held, _seeker(wish, tried), before, after, now=now)) for wish in looked_at
    ]
    return Preview(
        everyone=_row("", [shift for _wish, shift in shifts]),
        by_language=_rows((_language_of(wish), shift) for wish, shift in shifts),
        by_age=_rows((_band(search_of(wish).age), shift) for wish, shift in shifts),
        examples=_examples(held, before, after, language=language, now=now),
        is_part=len(wishes) > MOST_WISHES,
    )


def _shift(
    held: Catalogue, who: Seeker, before: Weights, after: Weights, *, now: datetime
) -> Shift:
    return Shift(*(_first_of(held, who, weights, now=now) for weights in (before, after)))


def _first_of(held: Catalogue, who: Seeker, weights: Weights, *, now: datetime) -> Sequence[str]:
    matches, _total = held.index.matches(who, now=now, most=_FIRST, weights=weights)
    return [match.offer_id for match in matches]


def _seeker(wish: Wish, tried: Mapping[object, Mapping[str, str]]) -> Seeker:
    """Whom the person must not meet is left out of it: a count for many does not need it."""
    search, around = search_of(wish), None
    if wish.latitude is not None and wish.longitude is not None:
        around = Around(wish.latitude, wish.longitude, search.km)
    known = Known(tried.get(wish.person_id, {}))
    return seeker(search, around=around, zone=wish.zone, known=known)


def _tried(wishes: Iterable[Wish]) -> Mapping[object, Mapping[str, str]]:
    tried: dict[object, dict[str, str]] = defaultdict(dict)
    people = [wish.person_id for wish in wishes]
    said = Impression.objects.filter(person__in=people).exclude(felt=Felt.UNSAID).order_by("at")
    for person, group, felt in said.values_list("person", "group", "felt"):
        tried[person][str(group)] = felt
    return tried


def _examples(
    held: Catalogue, before: Weights, after: Weights, *, language: str, now: datetime
) -> list[Example]:
    searches = typical_searches(held)
    shifts = [_shift(held, _made_up(search, held), before, after, now=now) for search in searches]
    keys = {key for shift in shifts for key in (*shift.before[:1], *shift.after[:1])}
    rows = Group.objects.filter(pk__in=keys).values_list("pk", "name")
    names = {str(key): name for key, name in rows}
    return [
        Example(
            words=_words(search, held, language),
            before=names.get(next(iter(shift.before), ""), _("none")),
            after=names.get(next(iter(shift.after), ""), _("none")),
            are_other_three=shift.are_other_three,
        )
        for search, shift in zip(searches, shifts, strict=True)
    ]


def _made_up(search: Search, held: Catalogue) -> Seeker:
    return seeker(search, around=None, zone=held.usual_zone, known=Known())


def _words(search: Search, held: Catalogue, language: str) -> str:
    chips = chips_of_search(search, near="", label=lambda slug: held.words.label(slug, language))
    return " · ".join(chip.words for chip in chips)


def _rows(labelled: Iterable[tuple[str, Shift]]) -> list[Row]:
    by_label: dict[str, list[Shift]] = defaultdict(list)
    for label, shift in labelled:
        by_label[label].append(shift)
    rows = (_row(label, shifts) for label, shifts in by_label.items())
    return sorted(rows, key=lambda row: (-row.people, row.label))


def _row(label: str, shifts: Sequence[Shift]) -> Row:
    return Row(
        label,
        people=len(shifts),
        first=sum(shift.is_other_first for shift in shifts),
        three=sum(shift.are_other_three for shift in shifts),
    )


def _told(count: int) -> str:
    return str(count) if count >= FEWEST_TOLD else _("fewer than 10")


def _language_of(wish: Wish) -> str:
    spoken = search_of(wish).languages
    return language_name(spoken[0]) if spoken else _("Any language")


def _band(age: int | None) -> str:
    if age is None:
        return _("Age not said")
    low, high = next(band for band in _AGES if band[0] <= age <= band[1])
    if low == 0:
        return _("Under 18")
    if high == _AGES[-1][1]:
        return _("%d or older") % low
    return _("%(from)d to %(until)d") % {"from": low, "until": high}
