"""Time zones by every name a list may use, and when two of them show the same clock."""

import re
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from peerkit.formats.meeting_guide import regions
from peerkit.formats.meeting_guide.regions import CENTRAL, EASTERN, MOUNTAIN, PACIFIC

# Winter and summer of one year, on a Wednesday: no shift of clocks is near.
SEASONS: Final = (date(2026, 1, 14), date(2026, 7, 15))

EUROPE, BRITAIN = "Europe/Berlin", "Europe/London"
ATLANTIC, ALASKA, HAWAII = "America/Halifax", "America/Anchorage", "Pacific/Honolulu"
# Generic names follow the clocks through the year.
GENERIC: Final = {
    "eastern": EASTERN, "et": EASTERN, "central": CENTRAL, "ct": CENTRAL, "mountain": MOUNTAIN, "mt": MOUNTAIN,
    "pacific": PACIFIC, "pt": PACIFIC, "atlantic": ATLANTIC, "newfoundland": "America/St_Johns", "alaska": ALASKA, "alaskan": ALASKA,
    "hawaii": HAWAII, "hawaiian": HAWAII, "uk": BRITAIN, "british": BRITAIN, "irish": "Europe/Dublin",
    "central european": EUROPE, "eastern european": "Europe/Athens", "western european": "Europe/Lisbon",
    "south african": "Africa/Johannesburg", "pakistan": "Asia/Karachi", "indian": "Asia/Kolkata",
}  # fmt: skip
# Abbreviations are used loosely: "EST" in July still means New York's clock.
LETTERS: Final = {
    "EST": EASTERN, "EDT": EASTERN, "CST": CENTRAL, "CDT": CENTRAL, "MST": MOUNTAIN, "MDT": MOUNTAIN,
    "PST": PACIFIC, "PDT": PACIFIC, "AST": ATLANTIC, "ADT": ATLANTIC, "AKST": ALASKA, "AKDT": ALASKA, "HST": HAWAII,
    "NST": "America/St_Johns", "NDT": "America/St_Johns", "GMT": "UTC", "UTC": "UTC", "BST": BRITAIN,
    "WET": "Europe/Lisbon", "WEST": "Europe/Lisbon", "CET": EUROPE, "CEST": EUROPE, "EET": "Europe/Athens",
    "EEST": "Europe/Athens", "MSK": "Europe/Moscow", "SAST": "Africa/Johannesburg", "JST": "Asia/Tokyo",
    "AEST": "Australia/Sydney", "AEDT": "Australia/Sydney", "AWST": "Australia/Perth", "NZST": "Pacific/Auckland",
    "NZDT": "Pacific/Auckland", "EST5EDT": EASTERN, "CST6CDT": CENTRAL, "MST7MDT": MOUNTAIN, "PST8PDT": PACIFIC,
}  # fmt: skip
OFFSET: Final = re.compile(r"(?:GMT|UTC)\s*([+-])\s*(\d{1,2})(?::?00)?", re.IGNORECASE)


def named(name: str) -> str:
    """The IANA zone meant by an IANA, Windows or abbreviated name; empty when none is."""
    name = " ".join(name.split())
    found = LETTERS.get(name.upper()) or _iana().get(name.replace(" ", "_").lower(), "")
    return found or _windows().get(name.lower(), "")


def of_phrase(phrase: str) -> str:
    """The zone meant by "Eastern", "EST", "GMT+2", "London", "South African"; empty when none or unclear."""
    words = " ".join(phrase.split())
    offset = OFFSET.fullmatch(words)
    if offset and int(offset[2]) in range(13):
        # POSIX signs: Etc/GMT-2 lies two hours east of Greenwich.
        sign = "-" if offset[1] == "+" else "+"
        return f"Etc/GMT{sign}{int(offset[2])}" if int(offset[2]) else "UTC"
    return LETTERS.get(words.upper()) or GENERIC.get(words.lower()) or _of_place(words)


def of_country(code: str) -> str:
    """The one clock a country keeps (of its mainland); empty where there are several."""
    zones = regions.country_zones().get(code, ())
    if code in regions.MAINLAND:
        return regions.MAINLAND[code]
    return zones[0] if zones and all(agree(zones[0], zone) for zone in zones) else ""


@cache
def agree(one: str, other: str) -> bool:
    """Whether both zones show the same clock in winter and in summer."""
    return all(_offset(one, day) == _offset(other, day) for day in SEASONS)


@cache
def ever_agree(one: str, other: str) -> bool:
    """Whether both zones show the same clock in winter or in summer."""
    return any(_offset(one, day) == _offset(other, day) for day in SEASONS)


def same_moment(here: time, zone: str, there: time, other: str) -> int | None:
    """By how many days the calendar at `there` is ahead when both clocks mean one moment; None if they do not."""
    for day in SEASONS:
        seen = datetime.combine(day, here, ZoneInfo(zone)).astimezone(ZoneInfo(other))
        if seen.time() == there:
            return (seen.date() - day).days
    return None


def is_known(zone: str | None) -> bool:
    """Whether this is an IANA zone of the installed tz database."""
    return bool(zone) and zone in _iana().values()


def _of_place(words: str) -> str:
    city = _cities().get(words.lower(), "")
    is_letters = words.isupper()
    state = None if is_letters else regions.state_of(words, "")
    country = "" if is_letters else regions.country_code(words)
    if state and country:
        return ""
    if state:
        return regions.WHOLLY.get(state, "") or regions.MOSTLY.get(state, "")
    return city or of_country(country or _of_adjective(words.lower()))


def _of_adjective(words: str) -> str:
    """ "Georgian" and "South African" say the country's name with an ending."""
    names = regions.country_names()
    return next(
        (names[words[:-cut]] for cut in (1, 2) if words.endswith("n") and words[:-cut] in names), ""
    )


def _offset(zone: str, day: date) -> float:
    noon = datetime.combine(day, time(12), UTC)
    return (noon.astimezone(ZoneInfo(zone)).utcoffset() or noon - noon).total_seconds()


@cache
def _iana() -> dict[str, str]:
    return {
        zone.lower(): zone for zone in available_timezones() if zone not in {"Factory", "localtime"}
    }


@cache
def _windows() -> dict[str, str]:
    return {name.lower(): zone for name, zone in WINDOWS_TO_OLSON.items()}


@cache
def _cities() -> dict[str, str]:
    zones = sorted(
        zone
        for zone in available_timezones()
        if re.match(r"(Africa|America|Asia|Australia|Europe|Pacific)/", zone)
    )
    return {zone.rsplit("/", 1)[1].replace("_", " ").lower(): zone for zone in zones}
