"""Crisis lines by country, read from data/helplines.toml. Pure Python: no Django, no network."""

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

DATA = Path(__file__).parent / "data" / "helplines.toml"


class Kind(StrEnum):
    """What a line is for; templates translate the code."""

    EMERGENCY = "emergency"
    SUICIDE_CRISIS = "suicide_crisis"
    URGENT_MENTAL_HEALTH = "urgent_mental_health"
    LISTENING = "listening"
    DOMESTIC_ABUSE = "domestic_abuse"
    SEXUAL_ASSAULT = "sexual_assault"
    CRIME_VICTIMS = "crime_victims"
    SUBSTANCE = "substance"
    CHILDREN = "children"
    LGBTQ = "lgbtq"


class Channel(StrEnum):
    """How a line is reached."""

    CALL = "call"
    TEXT = "text"
    WHATSAPP = "whatsapp"


@dataclass(frozen=True, slots=True)
class Helpline:
    """One way to reach one service, and who read its number where and when.

    `hours` is "24/7" or empty where not known; `area` is empty for a whole country. `verified`
    says that the number was read on the service's own page or a public authority's page.
    """

    country: str
    kind: Kind
    name: str
    number: str
    channel: Channel
    languages: tuple[str, ...]
    url: str
    source: str
    checked_on: date
    checked_how: str
    verified: bool
    keyword: str = ""
    hours: str = ""
    area: str = ""

    @property
    def digits(self) -> str:
        """The number as a telephone dials it: digits, and a leading * where there is one."""
        return re.sub(r"[^0-9*]", "", self.number)

    @property
    def link(self) -> str:
        """tel: for a call (RFC 3966), sms: for a text (RFC 5724), the service's site otherwise."""
        match self.channel:
            case Channel.CALL:
                return f"tel:{self.digits}"
            case Channel.TEXT:
                body = f"?body={quote(self.keyword)}" if self.keyword else ""
                return f"sms:{self.digits}{body}"
            case Channel.WHATSAPP:
                # Without the country's prefix a chat address may reach a stranger elsewhere.
                return self.url

    @property
    def needs_check(self) -> bool:
        """Whether it is shown with the words "check this number"."""
        return not self.verified

    @property
    def is_always_open(self) -> bool:
        return self.hours == "24/7"


@dataclass(frozen=True, slots=True)
class Directory:
    """A list of lines kept by others, for countries that we do not know."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Lines:
    """What we can offer in one country; both tuples are empty where we know nothing."""

    country: str
    emergency: tuple[Helpline, ...]
    lines: tuple[Helpline, ...]
    directories: tuple[Directory, ...]

    @property
    def is_known(self) -> bool:
        return bool(self.emergency)


def for_country(code: str) -> Lines:
    """The lines of a country (ISO 3166-1 alpha-2, any case), in the order of the data file.

    A number that answers in one country is silent or someone else's in another, so an unknown or
    empty code gets no number at all: only the directories.
    """
    country = code.strip().upper()
    known = _every_line().get(country, ())
    return Lines(
        country=country,
        emergency=tuple(line for line in known if line.kind is Kind.EMERGENCY),
        lines=tuple(line for line in known if line.kind is not Kind.EMERGENCY),
        directories=_directories(),
    )


def countries() -> tuple[str, ...]:
    """The codes of the countries that we know lines for, in alphabetical order."""
    return tuple(sorted(_every_line()))


@cache
def _every_line() -> dict[str, tuple[Helpline, ...]]:
    return {
        country: tuple(_line(country, row) for row in rows)
        for country, rows in _data().items()
        if country != "directories"
    }


@cache
def _directories() -> tuple[Directory, ...]:
    return tuple(Directory(**row) for row in _data()["directories"])


def _line(country: str, row: dict[str, Any]) -> Helpline:
    codes = {
        "kind": Kind(row["kind"]),
        "channel": Channel(row["channel"]),
        "languages": tuple(row["languages"]),
    }
    return Helpline(country=country, **row | codes)


@cache
def _data() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads(DATA.read_text(encoding="utf-8"))
