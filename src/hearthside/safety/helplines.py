"""Crisis lines by country, read from data/helplines.toml. Pure Python: no Django, no network."""

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from hashlib import sha256
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
    PROTECTION = "protection"
    LGBTQ = "lgbtq"


class Channel(StrEnum):
    """How a line is reached. `DEAF` is for people who cannot hear or speak on the telephone."""

    CALL = "call"
    TEXT = "text"
    WHATSAPP = "whatsapp"
    CHAT = "chat"
    DEAF = "deaf"


class DeafBy(StrEnum):
    """What a deaf person uses: a relay service that dials, a text message, or a video call in sign language."""

    RELAY = "relay"
    TEXT = "text"
    SIGN = "sign"


@dataclass(frozen=True, slots=True)
class Helpline:
    """One way to reach one service, and who read its number where and when.

    `hours` is "24/7", the service's own words, or empty where not known; `area` is empty for a whole
    country; `address` is the page where a chat or a video call begins. `sourced` says that the number was
    read on the service's own page or a public authority's page: a source, not a verification.
    A line that is not `is_offered` stands for "there is no such line any more".
    """

    country: str
    kind: Kind
    name: str
    channel: Channel
    languages: tuple[str, ...]
    url: str
    source: str
    checked_on: date
    checked_how: str
    sourced: bool
    number: str = ""
    keyword: str = ""
    hours: str = ""
    area: str = ""
    address: str = ""
    deaf_by: DeafBy | None = None
    is_offered: bool = True

    @property
    def facts(self) -> str:
        """A short name for exactly what a person relies on: with another number it is another line.

        Languages, the site and the source are left out: a better note about them voids no verification.
        """
        told = [self.country, self.kind, self.name, self.channel, self.deaf_by or "", self.digits]
        told += [self.keyword, self.address, self.hours, self.area, "" if self.is_offered else "-"]
        return sha256("\x1f".join(told).encode()).hexdigest()[:32]

    def written_out(self) -> dict[str, str]:
        """The facts that a programme may correct, as a form or a row of the ledger holds them."""
        return {
            "kind": self.kind.value,
            "name": self.name,
            "channel": self.channel.value,
            "deaf_by": self.deaf_by.value if self.deaf_by else "",
            "number": self.number,
            "keyword": self.keyword,
            "address": self.address,
            "hours": self.hours,
            "area": self.area,
            "languages": ",".join(self.languages),
            "url": self.url,
        }

    @property
    def digits(self) -> str:
        """The number as a telephone dials it: digits, and a leading * where there is one."""
        return re.sub(r"[^0-9*]", "", self.number)

    @property
    def link(self) -> str:
        """tel: for a call (RFC 3966), sms: for a text (RFC 5724), the service's own page otherwise."""
        if self.is_called:
            return f"tel:{self.digits}"
        if self.is_texted:
            body = f"?body={quote(self.keyword)}" if self.keyword else ""
            return f"sms:{self.digits}{body}"
        # Without the country's prefix a chat address made of a number may reach a stranger elsewhere.
        return self.address or self.url

    @property
    def is_called(self) -> bool:
        """Whether a telephone dials it."""
        by_relay = self.channel is Channel.DEAF and self.deaf_by is DeafBy.RELAY
        return self.channel is Channel.CALL or by_relay

    @property
    def is_texted(self) -> bool:
        by_text = self.channel is Channel.DEAF and self.deaf_by is DeafBy.TEXT
        return self.channel is Channel.TEXT or by_text

    @property
    def opens_a_page(self) -> bool:
        return not (self.is_called or self.is_texted)

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
    """What ships for one country; both tuples are empty where we know nothing."""

    country: str
    emergency: tuple[Helpline, ...]
    lines: tuple[Helpline, ...]

    @property
    def every(self) -> tuple[Helpline, ...]:
        return (*self.emergency, *self.lines)


def for_country(code: str) -> Lines:
    """The lines of a country (ISO 3166-1 alpha-2, any case), in the order of the data file.

    A number that answers in one country is silent or someone else's in another, so an unknown or
    empty code gets no number at all.
    """
    country = code.strip().upper()
    known = _every_line().get(country, ())
    return Lines(
        country=country,
        emergency=tuple(line for line in known if line.kind is Kind.EMERGENCY),
        lines=tuple(line for line in known if line.kind is not Kind.EMERGENCY),
    )


def countries() -> tuple[str, ...]:
    """The codes of the countries that we know lines for, in alphabetical order."""
    return tuple(sorted(_every_line()))


@cache
def directories() -> tuple[Directory, ...]:
    """Lists that others keep, for every country."""
    return tuple(Directory(**row) for row in _data()["directories"])


@cache
def _every_line() -> dict[str, tuple[Helpline, ...]]:
    return {
        country: tuple(_line(country, row) for row in rows)
        for country, rows in _data().items()
        if country != "directories"
    }


def _line(country: str, row: dict[str, Any]) -> Helpline:
    codes = {
        "kind": Kind(row["kind"]),
        "channel": Channel(row["channel"]),
        "languages": tuple(row["languages"]),
        "deaf_by": DeafBy(row["deaf_by"]) if "deaf_by" in row else None,
    }
    return Helpline(country=country, **row | codes)


@cache
def _data() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads(DATA.read_text(encoding="utf-8"))
