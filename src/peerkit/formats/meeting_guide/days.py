"""Which days: weekdays in every spelling, and the rows that do not meet every week."""

import re
from collections.abc import Mapping
from typing import Final

from peerkit.formats.meeting_guide.text import Fields
from peerkit.formats.meeting_guide.words import CannotList

NAMES: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
OTHER_NAMES: Final = (
    ("mon", "lunes", "lundi", "montag", "segunda"),
    ("tue", "tues", "martes", "mardi", "dienstag", "terça"),
    ("wed", "weds", "miércoles", "miercoles", "mercredi", "mittwoch", "quarta"),
    ("thu", "thur", "thurs", "jueves", "jeudi", "donnerstag", "quinta"),
    ("fri", "viernes", "vendredi", "freitag", "sexta"),
    ("sat", "sábado", "sabado", "samedi", "samstag"),
    ("sun", "domingo", "dimanche", "sonntag"),
)
BY_NAME: Final[Mapping[str, tuple[int, ...]]] = {
    **{
        name: (day,)
        for day, names in enumerate(OTHER_NAMES)
        for name in (NAMES[day].lower(), *names)
    },
    "daily": (0, 1, 2, 3, 4, 5, 6),
    "every day": (0, 1, 2, 3, 4, 5, 6),
    "weekdays": (0, 1, 2, 3, 4),
    "weekends": (5, 6),
}
ORDINALS: Final[Mapping[str, int]] = {
    "1st": 1, "first": 1, "2nd": 2, "second": 2, "3rd": 3, "third": 3,
    "4th": 4, "fourth": 4, "5th": 5, "fifth": 5, "last": -1,
}  # fmt: skip
EVERY: Final = (1, 2, 3, 4, 5)
ORDINAL: Final = "(?:" + "|".join(ORDINALS) + ")"
IN_WEEKS: Final = (
    rf"(?P<weeks>{ORDINAL}(?:\s*(?:,|&|and|\+|/|or)+\s*(?:and\s+)?(?:the\s+)?{ORDINAL})*)\s+"
)
WEEKDAY: Final = rf"(?P<weekday>{'|'.join(NAMES)})s?"
NAMED_WEEKS: Final = re.compile(rf"\b{IN_WEEKS}{WEEKDAY}\b", re.IGNORECASE)
ONLY_WEEKS: Final = re.compile(
    rf"\bonly\s+(?:held\s+)?(?:on\s+)?(?:the\s+)?{IN_WEEKS}{WEEKDAY}\b", re.IGNORECASE
)
NOT_WEEKS: Final = re.compile(
    rf"\bno meetings?\s+(?:on\s+)?(?:the\s+)?{IN_WEEKS}{WEEKDAY}\b", re.IGNORECASE
)
NAMED_GAPS: Final = re.compile(
    r"\bevery (?:other|second) \w+|\bfortnightly\b|\bbi-?weekly\b|\bmonthly\b", re.IGNORECASE
)
TOLD_GAPS: Final = re.compile(
    rf"\b(?:meets?|meetings?(?: (?:is|are))?|gathers?|held)\b[^.\n]{{0,20}}?\b(?:every (?:other|second) {WEEKDAY}|once a month|one \w+ (?:a|of the) month|fortnightly)",
    re.IGNORECASE,
)


def days_of(fields: Fields, name: str) -> tuple[int, ...]:
    """ISO weekdays (0 = Monday) of the row; empty when none is given. Raises CannotList when unreadable."""
    value = fields.raw.get("day")
    if isinstance(value, list) and all(_is_plain(item) for item in value):
        return tuple(sorted({_iso(item) for item in value if isinstance(item, int)}))
    if _is_plain(value) and isinstance(value, int):
        return (_iso(value),)
    words = ", ".join(fields.each("day"))
    if words:
        days = _read(words)
        fields.notes.add("day-rewritten", "day", was=words, now=spelled(days))
        return days
    return _named_day(fields, name)


def weeks_of(
    fields: Fields, name: str, notes: str, days: tuple[int, ...]
) -> tuple[tuple[int, ...], bool]:
    """The weeks of the month it meets in (empty = every week), and whether its dates stay unknown."""
    found = _said(NAMED_WEEKS, name, days) or _said(ONLY_WEEKS, notes, days)
    left_out = None if found else _said(NOT_WEEKS, notes, days)
    phrase = found or left_out
    if phrase:
        stated = {
            ORDINALS[word.lower()] for word in re.findall(ORDINAL, phrase["weeks"], re.IGNORECASE)
        }
        weeks = tuple(sorted(stated if found else set(EVERY) - stated))
        fields.notes.add(
            "weeks-from-text", "day", was=phrase.group(), now=", ".join(map(str, weeks))
        )
        return weeks, False
    gap = NAMED_GAPS.search(name) or TOLD_GAPS.search(notes)
    if gap:
        fields.notes.add("dates-uncertain", "day", was=gap.group())
    return (), gap is not None


def spelled(days: tuple[int, ...]) -> str:
    """The weekdays' English names."""
    return ", ".join(NAMES[day] for day in days)


def _is_plain(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value in range(7)


def _iso(sunday_first: int) -> int:
    return (sunday_first - 1) % 7


def _read(words: str) -> tuple[int, ...]:
    days: set[int] = set()
    for part in re.split(r"\s*(?:[,;/&|+]|\band\b|\by\b)\s*", words.lower().strip(" [].")):
        number = re.fullmatch(r"(\d)(?:\.0)?", part)
        known = BY_NAME.get(part.strip(".")) or BY_NAME.get(part.strip(".").removesuffix("s"))
        if number and int(number[1]) in range(8):
            days.add(_iso(int(number[1])))
        elif known:
            days.update(known)
        elif part:
            raise CannotList("day-unreadable", "day", was=words)
    return tuple(sorted(days))


def _named_day(fields: Fields, name: str) -> tuple[int, ...]:
    found = {
        word.capitalize() for word in re.findall(rf"\b({'|'.join(NAMES)})s?\b", name, re.IGNORECASE)
    }
    if len(found) != 1:
        return ()
    days = (NAMES.index(found.pop()),)
    fields.notes.add("day-from-name", "day", was=name, now=spelled(days))
    return days


def _said(pattern: re.Pattern[str], text: str, days: tuple[int, ...]) -> re.Match[str] | None:
    """The first statement about the row's own weekday: notes also speak of others."""
    matches = (m for m in pattern.finditer(text) if NAMES.index(m["weekday"].capitalize()) in days)
    return next(matches, None)
