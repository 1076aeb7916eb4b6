"""What somebody looks for: one frozen value that goes from the form to the results, and into the address bar."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Final, Self

from hearthside.finder.enums import Part
from peerkit.matching import Free, Understanding

# Minutes of the day, half-open; afternoon and evening overlap as people's words do.
SPANS: Final[Mapping[Part, tuple[int, int]]] = {
    Part.MORNING: (0, 720),
    Part.AFTERNOON: (720, 1080),
    Part.EVENING: (1020, 1440),
}
# What words like "mornings" mean to the engine, and the column of the grid that says the same.
_SAID: Final = {(360, 720): (0, 720), (720, 1080): (720, 1080), (1020, 1380): (1020, 1440)}
_WHOLE_DAY: Final = (0, 1440)
KM: Final = (5, 10, 25, 50, 100, 200)
KM_AT_FIRST: Final = 25
_LISTS: Final = ("about", "not_about", "free", "ways", "languages", "access", "comfort")


@dataclass(frozen=True, slots=True)
class Search:
    """One search. What is empty is no condition. `about` and `not_about` are slugs of experiences."""

    words: str = ""
    about: tuple[str, ...] = ()
    not_about: tuple[str, ...] = ()
    free: tuple[Free, ...] = ()
    ways: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    access: tuple[str, ...] = ()
    comfort: tuple[str, ...] = ()
    only: str = ""
    place: str = ""
    km: int = KM_AT_FIRST
    age: int | None = None
    i_am: tuple[str, ...] = ()

    @classmethod
    def understood(cls, read: Understanding) -> Self:
        """The search that a person's own words amount to."""
        return cls(
            about=tuple(found.term_id for found in read.experiences),
            not_about=tuple(found.term_id for found in read.not_wanted),
            free=in_columns(read.free),
            ways=read.formats,
            languages=read.languages,
            access=read.access,
            only=read.only,
            place=read.place.name if read.place else "",
        )

    @classmethod
    def unpacked(cls, told: Mapping[str, Any]) -> Self:
        """The search that `packed` came from."""
        known: dict[str, Any] = {
            one.name: told[one.name] for one in fields(cls) if one.name in told
        }
        lists: dict[str, Any] = {
            key: tuple(known[key]) for key in (*_LISTS, "i_am") if key in known
        }
        lists["free"] = tuple(Free(*span) for span in known.get("free", ()))
        return cls(**{**known, **lists})

    def packed(self) -> dict[str, Any]:
        """Only what differs from an empty search, as JSON can say it."""
        every = ((name, getattr(self, name), plain) for name, plain in _PLAIN.items())
        return {name: value for name, value, plain in every if value != plain}

    def reworded(self, *, before: Self, now: Self) -> Self:
        """This search after its words changed: what the old words brought goes, the new words' comes.

        What the person chose by hand stays.
        """
        lists: dict[str, Any] = {
            key: _once((*getattr(now, key), *_less(getattr(self, key), getattr(before, key))))
            for key in _LISTS
        }
        by_hand = self.only if self.only != before.only else ""
        place = self.place if self.place != before.place else ""
        return replace(self, **lists, only=now.only or by_hand, place=place or now.place)

    def about_too(self, slug: str) -> Self:
        """This search with one experience more, also one that it kept away until now."""
        return replace(
            self,
            about=_once((*self.about, slug)),
            not_about=_less(self.not_about, (slug,)),
        )

    def without(self, dropped: str) -> Self:
        """This search less one thing, named as its chip names it: "about:alcohol", "free:1020-1440"."""
        key, _, value = dropped.partition(":")
        if key == "free":
            kept = tuple(span for span in self.free if _hours(span) not in value.split(","))
            return replace(self, free=kept)
        less: dict[str, Any] = {}
        if key in (*_LISTS, "i_am"):
            less = {key: _less(getattr(self, key), (value,))}
        elif key in ("only", "place", "age"):
            less = {key: getattr(Search(), key)}
        return replace(self, **less)


_PLAIN: Final[Mapping[str, Any]] = {one.name: one.default for one in fields(Search)}


def in_columns(spans: Iterable[Free]) -> tuple[Free, ...]:
    """Free times as the grid says them, where its columns can; other hours stay as they are."""
    said: list[Free] = []
    for span in spans:
        hours = (span.from_minute, span.until_minute)
        columns = list(SPANS.values()) if hours == _WHOLE_DAY else [_SAID.get(hours, hours)]
        said += [Free(span.weekday, *column) for column in columns]
    return tuple(sorted(set(said)))


def by_hours(spans: Sequence[Free]) -> dict[tuple[int, int], list[int]]:
    """The weekdays of each (from, until), so that many times read as a few."""
    days: dict[tuple[int, int], list[int]] = {}
    for span in sorted(spans):
        days.setdefault((span.from_minute, span.until_minute), []).append(span.weekday)
    return days


def _hours(span: Free) -> str:
    return f"{span.from_minute}-{span.until_minute}"


def _less(some: Sequence[Any], gone: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(one for one in some if one not in gone)


def _once(some: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(some))
