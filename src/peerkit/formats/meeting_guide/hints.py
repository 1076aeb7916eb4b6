"""What the words say about the clock: "2am Eastern", "3:30-4:30pm EST", "at 10:30 am Arizona time"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from typing import Final

from peerkit.formats.meeting_guide import zones
from peerkit.formats.meeting_guide.times import clock

CLOCK: Final = (
    r"(?P<{0}hour>\d{{1,2}})(?:[:.](?P<{0}minute>\d{{2}}))?\s*(?:(?P<{0}half>[ap])\.?m\b\.?)?"
)
MOMENT: Final = rf"(?<![\d:/.-])(?:(?P<noon>(?:12\s*)?noon)|{CLOCK.format('')}(?:\s*(?:-|\u2013|to)\s*{CLOCK.format('end_')})?)"
OFFSETS: Final = r"(?:GMT|UTC)\s*[+-]\s*\d{1,2}"
FAMILIES: Final = r"(?:central|eastern|western)\s+european|eastern|central|mountain|pacific|atlantic|newfoundland|alaskan?|hawaiian?"
LETTERS: Final = "|".join(sorted((*zones.LETTERS, "ET", "CT", "MT", "PT"), key=len, reverse=True))
PLACES: Final = r"[A-Z][A-Za-z]+(?:\s[A-Z][A-Za-z]+){0,2}"
TIME: Final = r"\s+(?:(?:standard|daylight|summer)\s+)?time"
ZONE: Final = rf"(?P<zone>{OFFSETS}|(?i:{FAMILIES})(?:(?i:{TIME}))?\b|\b(?:{LETTERS})\b|{PLACES}(?i:{TIME})\b)"
STATED: Final = re.compile(rf"(?i:{MOMENT})[\s,()\u2013-]{{0,3}}{ZONE}")
BARE: Final = re.compile(
    rf"\b(?P<zone>(?i:{FAMILIES})(?i:{TIME})|{PLACES}(?i:{TIME})|(?:[ECMP][SD]T|GMT|BST|CES?T|SAST|A[EW][SD]T))\b"
)


@dataclass(frozen=True, slots=True)
class Statement:
    """A time and a zone said together; `clocks` has two times when neither am nor pm was said, none for a zone alone."""

    clocks: frozenset[time]
    zone: str
    words: str


def statements(text: str) -> tuple[Statement, ...]:
    """Every time said with a zone, in the text's order."""
    return tuple(_read(STATED.finditer(text)))


def bare_zones(text: str) -> tuple[Statement, ...]:
    """Every zone said alone, such as "(EST)" or "London time"."""
    return tuple(
        Statement(frozenset(), zone, match.group().strip())
        for match in BARE.finditer(text)
        if (zone := _zone(match))
    )


def _read(matches: Iterator[re.Match[str]]) -> Iterator[Statement]:
    for match in matches:
        zone, clocks = _zone(match), _clocks(match)
        if zone and clocks:
            yield Statement(clocks, zone, " ".join(match.group().split()))


def _zone(match: re.Match[str]) -> str:
    return zones.of_phrase(re.sub(rf"{TIME}$", "", match["zone"], flags=re.IGNORECASE))


def _clocks(match: re.Match[str]) -> frozenset[time]:
    if match["noon"]:
        return frozenset({time(12)})
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    half = match["half"] or _half_of_range(match, hour)
    is_by_24 = hour >= 13 or match["hour"].startswith("0")  # noqa: PLR2004 - past noon
    halves = (half,) if half else (None,) if is_by_24 else ("a", "p")
    if not half and match["minute"] is None:
        # "Group 5 Pacific" is no time.
        return frozenset()
    return frozenset(filter(None, (clock(hour, minute, each) for each in halves)))


def _half_of_range(match: re.Match[str], hour: int) -> str | None:
    """In "11-1pm" the start is the other half of the day, in "3:30-4:30pm" the same."""
    end, half = match["end_hour"], match["end_half"]
    if not end or not half:
        return None
    crosses = hour % 12 > int(end) % 12
    return {"a": "p", "p": "a"}[half.lower()] if crosses else half
