"""The practical side of a text: when, how, in which language, for whom, with which access."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Final, NamedTuple

from peerkit.matching.reading.words import Tongue, Word
from peerkit.matching.values import DAY, Free

_AFTER_WORK: Final = 17 * 60
_BEFORE_WORK: Final = 9 * 60
_WAKING: Final = 6 * 60
_LATEST_BARE_HOUR: Final = 8


class Wishes(NamedTuple):
    """What a text asks for besides the experience; see `Understanding` for the values."""

    free: tuple[Free, ...]
    formats: tuple[str, ...]
    languages: tuple[str, ...]
    access: tuple[str, ...]
    only: str


def wishes(words: Sequence[Word], tongue: Tongue) -> Wishes:
    """Read the words that named no experience."""
    text = _text(words)
    for_whom = sorted(_said(text, tongue.only, tongue))
    return Wishes(
        free=_free(text, tongue),
        formats=tuple(sorted(_said(text, tongue.formats, tongue))),
        languages=_languages(text, tongue),
        access=tuple(sorted(_said(text, tongue.access, None))),
        only=for_whom[0] if len(for_whom) == 1 else "",
    )


def _text(words: Sequence[Word]) -> str:
    """Join words; "|" stands where a clause ends, "_" where a word was taken as experience."""
    parts: list[str] = ["_"] if words and words[0].place else []
    before: Word | None = None
    for word in words:
        if before and word.clause != before.clause:
            parts.append("|")
        if before and word.place != before.place + 1:
            parts.append("_")
        parts.append(word.text)
        before = word
    return " ".join(parts)


@cache
def _pattern(source: str) -> re.Pattern[str]:
    return re.compile(source)


def _said(text: str, table: Mapping[str, str], tongue: Tongue | None) -> Iterator[str]:
    for source, value in table.items():
        for found in _pattern(rf"\b(?:{source})\b").finditer(text):
            if tongue is None or not _is_refused(text, found.start(), tongue.not_this):
                yield value
                break


def _is_refused(text: str, start: int, refusal: str) -> bool:
    return _pattern(rf"\b{refusal} $").search(text[:start]) is not None


def _languages(text: str, tongue: Tongue) -> tuple[str, ...]:
    """A language counts when the words around it make it one: "polish" alone may be a nail's."""
    found: list[tuple[int, str]] = []
    for name, code in tongue.languages.items():
        spoken = tongue.speaking.format(name)
        hit = _pattern(rf"\b(?:{spoken})\b").search(text)
        if hit is None:
            joined = "|".join(tongue.languages)
            alone = rf"(?<!\S){name}(?= \||$)" if name in _segments(text) else r"(?!)"
            listed = rf"(?<=\b)(?:{joined}) (?:\| )?(?:or|and|o|u|y) {name}\b"
            hit = _pattern(f"{alone}|{listed}").search(text)
        if hit and not _is_refused(text, hit.start(), tongue.not_this):
            found.append((hit.start(), code))
    return tuple(dict.fromkeys(code for _, code in sorted(found)))


def _segments(text: str) -> list[str]:
    return [segment.strip(" _") for segment in text.split("|")]


class _Mark(NamedTuple):
    """Days, or a part of the day; a `bound` ("after 6") narrows the parts it stands with."""

    days: tuple[int, ...] = ()
    part: tuple[int, int] | None = None
    bound: bool = False


def _free(text: str, tongue: Tongue) -> tuple[Free, ...]:
    """Pair days with parts of the day, whichever is said first; what is missing means any."""
    never: set[int] = set()
    marks: list[_Mark] = []
    for start, mark in _marks(text, tongue):
        if mark.days and _is_refused(text, start, tongue.not_then):
            never.update(mark.days)
        else:
            marks.append(mark)
    if not marks and never:
        marks = [_Mark(days=tuple(range(7)))]
    pairs = {(day, part) for days, part in _paired(marks) for day in days if day not in never}
    return tuple(sorted(Free(day, *part) for day, part in pairs))


def _marks(text: str, tongue: Tongue) -> Sequence[tuple[int, _Mark]]:
    found: list[tuple[int, _Mark]] = []
    for name, days in tongue.days.items():
        found += [(hit.start(), _Mark(days=days)) for hit in _hits(name, text)]
    for name, part in tongue.parts.items():
        found += [
            (hit.start(), _Mark(part=part))
            for hit in _hits(name, text)
            if part[1] < DAY or not _tells_of_a_night(text, hit.start(), tongue)
        ]
    for hit in _pattern(tongue.after).finditer(text):
        part = (_clock(hit, _AFTER_WORK), DAY)
        found.append((hit.start(), _Mark(part=part, bound=True)))
    for hit in _pattern(tongue.before).finditer(text):
        part = (_WAKING, _clock(hit, _BEFORE_WORK))
        found.append((hit.start(), _Mark(part=part, bound=True)))
    usable = [one for one in found if one[1].part is None or one[1].part[0] < one[1].part[1]]
    return sorted(usable, key=lambda one: one[0])


def _tells_of_a_night(text: str, start: int, tongue: Tongue) -> bool:
    """Tell "I drink every night" from "Tuesday night": it stands with an experience and no day."""
    segment = text[text.rfind("|", 0, start) + 1 :].partition("|")[0]
    return "_" in segment and not any(name in segment for name in tongue.days)


def _hits(name: str, text: str) -> Iterator[re.Match[str]]:
    return _pattern(rf"\b{name}\b").finditer(text)


def _clock(hit: re.Match[str], otherwise: int) -> int:
    """Read an hour; without am or pm, 1 to 8 is taken as afternoon, as meetings go."""
    if hit[1] is None:
        return otherwise
    hour, minute = int(hit[1]), int(hit[2] or 0)
    if hit[3] == "pm" or (hit[3] is None and 1 <= hour <= _LATEST_BARE_HOUR):
        hour = hour % 12 + 12
    elif hit[3] == "am":
        hour %= 12
    return min(hour * 60 + minute, DAY)


def _paired(marks: Sequence[_Mark]) -> Iterator[tuple[Sequence[int], tuple[int, int]]]:
    """Walk runs of days and runs of parts; the kind said first leads, the next run answers it."""
    runs: list[list[_Mark]] = []
    for mark in marks:
        if runs and bool(runs[-1][0].days) == bool(mark.days):
            runs[-1].append(mark)
        else:
            runs.append([mark])
    whole: tuple[int, int] = (0, DAY)
    for first, second in zip(runs[::2], [*runs[1::2], []], strict=False):
        both = [*first, *second]
        days = [day for mark in both for day in mark.days] or list(range(7))
        parts = [mark.part for mark in both if mark.part and not mark.bound] or [whole]
        for bound in (mark.part for mark in both if mark.part and mark.bound):
            parts = [(max(part[0], bound[0]), min(part[1], bound[1])) for part in parts]
        for part in parts:
            if part[0] < part[1]:
                yield days, part
