"""Where: addresses taken apart, coordinates checked, and what the place says about the clock."""

import math
import re
from dataclasses import dataclass, replace
from typing import Final

from peerkit.formats.meeting_guide import regions, zones
from peerkit.formats.meeting_guide.text import Fields
from peerkit.formats.meeting_guide.values import Address

NORTHERNMOST, EASTERNMOST = 90, 180
POSTAL: Final = re.compile(
    r"\d{4,6}(?:-\d{4})?|[A-Z]\d[A-Z] ?\d[A-Z]\d|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}"
)
STATE_AND_POSTAL: Final = re.compile(rf"(?P<state>[A-Za-z. ]+?)\s+(?P<postal>{POSTAL.pattern})")
CITY_AND_POSTAL: Final = re.compile(
    rf"(?:(?P<before>\d{{4,6}}(?: [A-Z]{{2}})?)\s+)?(?P<city>\D.*?)(?:\s+(?P<after>{POSTAL.pattern}))?"
)
NOT_A_PLACE: Final = re.compile(
    r"\b(?:online|on-line|virtual|zoom|discord|phone|internet|web)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row says it is; `point` is None unless the coordinates can be believed."""

    address: Address
    country: str
    state: tuple[str, str] | None
    point: tuple[float, float] | None
    venue: str
    approximate: bool
    has_street: bool

    def is_anywhere(self) -> bool:
        """Whether anything at all says where."""
        return bool(self.address.formatted or self.address.city or self.point)


def place_of(fields: Fields, region: tuple[str, ...]) -> Place:
    """The place of a row; what is wrong with it goes into the notes."""
    point = _point(fields)
    address = _address(fields, point)
    country = _country(address.country, point)
    state = regions.state_of(address.state, country) if address.state else None
    is_rough = _is_rough(fields)
    if country and not _is_narrow(address, country):
        # The middle of a country with several zones says nothing about the clock.
        point = None
    if not address.city and len(region) > 1:
        address = replace(address, city=region[-1])
    return Place(
        address=address,
        country=country or (state[0] if state else ""),
        state=state,
        point=point,
        venue=fields.line("location"),
        approximate=is_rough or not address.line,
        has_street=bool(address.line) and not is_rough,
    )


def is_not_a_place(words: str) -> bool:
    """Whether a "place" only says that the meeting is online."""
    return NOT_A_PLACE.search(words) is not None


def _point(fields: Fields) -> tuple[float, float] | None:
    words = fields.line("latitude"), fields.line("longitude")
    if not any(words):
        return None
    try:
        latitude, longitude = (float(word) for word in words)
    except ValueError:
        latitude = longitude = math.nan
    # Nought, nought lies in the sea: a form left at its defaults.
    if not (abs(latitude) <= NORTHERNMOST and abs(longitude) <= EASTERNMOST) or (
        latitude == 0 and longitude == 0
    ):
        fields.notes.add("coordinates-unusable", "latitude", was=", ".join(words))
        return None
    return latitude, longitude


def _is_rough(fields: Fields) -> bool:
    value = fields.raw.get("approximate")
    return value is True or (
        isinstance(value, str) and value.strip().lower() in {"yes", "true", "1"}
    )


def _is_narrow(address: Address, country: str) -> bool:
    has_part = address.line or address.city or address.state
    return bool(has_part or zones.of_country(country))


def _country(name: str, point: tuple[float, float] | None) -> str:
    if name.lower() == "georgia" and (point is None or point[1] < 0):
        return "US"
    return regions.country_code(name)


def _address(fields: Fields, point: tuple[float, float] | None) -> Address:
    given = Address(
        *(
            fields.line(key)
            for key in ("formatted_address", "address", "city", "state", "postal_code", "country")
        )
    )
    if not given.formatted and given.line.count(",") > 1 and not given.city:
        given = replace(given, formatted=given.line, line="")
    if given.formatted and not (given.line or given.city):
        parsed = _parsed(given.formatted, point)
        return replace(parsed, formatted=given.formatted, country=given.country or parsed.country)
    parts = (given.line, given.city, f"{given.state} {given.postal_code}".strip(), given.country)
    # A country or state alone says no more than the list's own name.
    said = ", ".join(filter(None, parts)) if given.line or given.city else ""
    return replace(given, formatted=given.formatted or said)


def _parsed(formatted: str, point: tuple[float, float] | None) -> Address:
    parts = [" ".join(part.split()) for part in formatted.split(",") if part.strip()]
    if len(parts) % 2 == 0 and parts[: len(parts) // 2] == parts[len(parts) // 2 :]:
        parts = parts[: len(parts) // 2]
    country = parts.pop() if parts and _names_country(parts, point) else ""
    postal = parts.pop() if parts and POSTAL.fullmatch(parts[-1]) else ""
    found = _state(parts, country)
    if found:
        state, postal = found[0], postal or found[1]
        parts.pop()
        city = parts.pop() if parts else ""
    else:
        state, city, postal = "", *_city(parts, postal)
    return Address(
        line=", ".join(parts), city=city, state=state, postal_code=postal, country=country
    )


def _names_country(parts: list[str], point: tuple[float, float] | None) -> bool:
    last = parts[-1]
    if last.lower() == "georgia":
        return point is not None and point[1] > 0
    # "CA" and "DE" stand for California and Delaware far more often than for Canada and Germany.
    is_abbreviation = regions.state_of(last, "") is not None or len(last) == len("XX")
    return bool(regions.country_code(last)) and (
        not is_abbreviation or last.upper() in {"UK", "US"}
    )


def _state(parts: list[str], country: str) -> tuple[str, str] | None:
    if not parts:
        return None
    match = STATE_AND_POSTAL.fullmatch(parts[-1])
    name, postal = (match["state"], match["postal"]) if match else (parts[-1], "")
    is_known = regions.state_of(name, regions.country_code(country)) and (len(parts) > 1 or country)
    return (name, postal) if is_known else None


def _city(parts: list[str], postal: str) -> tuple[str, str]:
    match = CITY_AND_POSTAL.fullmatch(parts[-1]) if parts else None
    if match is None:
        return "", postal
    parts.pop()
    return match["city"], postal or match["before"] or match["after"] or ""
