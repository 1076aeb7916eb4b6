"""What we understood, as chips that can be taken away one by one."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Final

from django.utils.dateformat import time_format
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hearthside.finder import wording
from hearthside.finder.enums import IAm, Only, Way
from hearthside.finder.queries.asked import Asking
from hearthside.finder.queries.vocabulary import Vocabulary
from hearthside.finder.search import SPANS, Search, by_hours
from hearthside.groups.enums import Comfort
from hearthside.groups.queries.words import language_name

Labels = Callable[[str], str]

_HOUR: Final = 60
_MIDNIGHT: Final = 24 * 60
_NOTHING_SAID: Final[Mapping[str, str]] = {}


@dataclass(frozen=True)
class Chip:
    """One thing that the search holds; `drop` names it to the form, `said` are the words that said so."""

    words: str
    drop: str
    said: str = ""


def chips(asking: Asking, words: Vocabulary) -> list[Chip]:
    """Everything that narrows the search, what it is about first."""
    read = asking.reading.understanding
    # A bare point has no country: it is what the browser told us.
    near = asking.place.label if asking.place and asking.place.country else _("where you are")
    return chips_of_search(
        asking.search,
        near=near if asking.place else "",
        label=lambda slug: words.label(slug, asking.language),
        said={found.term_id: found.words for found in (*read.experiences, *read.not_wanted)},
        place_said=read.place.words
        if read.place and read.place.name == asking.search.place
        else "",
    )


def chips_of_search(
    search: Search,
    *,
    near: str,
    label: Labels,
    said: Mapping[str, str] = _NOTHING_SAID,
    place_said: str = "",
) -> list[Chip]:
    """The same for a search without its words; `near` is the place that distances count from, or ""."""
    return [
        *_about(search, label, said),
        *_times(search),
        *_ways(search, near, place_said),
        *_person(search),
    ]


def _about(search: Search, label: Labels, said: Mapping[str, str]) -> Iterator[Chip]:
    for slug in search.about:
        yield Chip(label(slug), f"about:{slug}", said.get(slug, ""))
    for slug in search.not_about:
        yield Chip(_("Not: %s") % label(slug), f"not_about:{slug}", said.get(slug, ""))


def _times(search: Search) -> Iterator[Chip]:
    """Columns with the same days read as one: "Weekends: any time"."""
    parts = {span: str(part.label) for part, span in SPANS.items()}
    spans = by_hours(search.free)
    whole = [spans.get(span) for span in parts]
    if whole[0] and all(days == whole[0] for days in whole):
        hours = ",".join(f"{start}-{until}" for start, until in parts)
        yield Chip(_("%(days)s: any time") % {"days": _days(whole[0])}, f"free:{hours}")
        spans = {span: days for span, days in spans.items() if span not in parts}
    for (start, until), days in spans.items():
        hours = parts.get((start, until)) or _hours(start, until)
        when = _("%(days)s: %(hours)s") % {"days": _days(days), "hours": hours.lower()}
        yield Chip(when, f"free:{start}-{until}")


def _ways(search: Search, near: str, said: str) -> Iterator[Chip]:
    for way in search.ways:
        yield Chip(str(Way(way).label), f"ways:{way}")
    if near:
        words = _("Up to %(km)s km from %(place)s") % {"place": near, "km": search.km}
        yield Chip(words, "place:", said)
    for code in search.languages:
        yield Chip(_("In %s") % language_name(code), f"languages:{code}")
    for need in search.access:
        yield Chip(wording.access_word(need), f"access:{need}")
    for wish in search.comfort:
        if wish in Comfort.values:
            yield Chip(str(Comfort(wish).label), f"comfort:{wish}")


def _person(search: Search) -> Iterator[Chip]:
    if search.only:
        yield Chip(str(Only(search.only).label), "only:")
    for one in search.i_am:
        yield Chip(_("I am: %s") % str(IAm(one).label).lower(), f"i_am:{one}")
    if search.age is not None:
        yield Chip(_("I am %d years old") % search.age, "age:")


def _days(days: Sequence[int]) -> str:
    sets = {
        tuple(range(7)): _("Every day"),
        tuple(range(5)): _("Weekdays"),
        (5, 6): _("Weekends"),
    }
    names = WEEKDAYS if len(days) == 1 else WEEKDAYS_ABBR
    return sets.get(tuple(days)) or ", ".join(str(names[day]) for day in days)


def _hours(start: int, until: int) -> str:
    if until == _MIDNIGHT:
        return _("from %s") % _clock(start)
    return _("%(from)s to %(until)s") % {"from": _clock(start), "until": _clock(until)}


def _clock(minute: int) -> str:
    # Translators: Django date format of a time of day, as in "7:30 p.m."
    return time_format(time(minute // _HOUR, minute % _HOUR), pgettext("time format", "P"))
