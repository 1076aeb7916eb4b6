"""The values a meeting list is read into: feed, rows, notes and listings."""

from dataclasses import dataclass, field
from datetime import datetime, time
from enum import StrEnum


class Outcome(StrEnum):
    """What became of one row of the list."""

    UNDERSTOOD = "understood"
    REPAIRED = "repaired"
    REFUSED = "refused"


class Format(StrEnum):
    """How people attend."""

    IN_PERSON = "in_person"
    ONLINE = "online"
    PHONE = "phone"
    HYBRID = "hybrid"


class NotAMeetingList(ValueError):
    """The whole file cannot be read; `code` is stable, the message is a sentence for a coordinator."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code = code


@dataclass(frozen=True, slots=True)
class Note:
    """One thing to know about a row: `words` is the sentence of `code` filled with the other three."""

    code: str
    field: str
    was: str
    now: str
    words: str


@dataclass(frozen=True, slots=True)
class Address:
    """Where a group meets. Parts that nobody stated are empty; `country` as the list writes it."""

    formatted: str = ""
    line: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A findable group.

    `days` are ISO weekdays (0 = Monday), `time` is local to `zone` (an IANA name), `minutes` the
    length. `weeks` are the weeks of the month it meets (1 to 5, -1 the last; empty = every week);
    `is_irregular` says the next date cannot be known from the list. Everything named `conference_*`
    may hold secrets and is for members only. `inactive` is empty, `temporarily_closed` or
    `marked_inactive`. `updated_at` is UTC.
    """

    slug: str
    name: str
    days: tuple[int, ...]
    time: time | None
    minutes: int
    zone: str
    format: Format
    by_appointment: bool = False
    weeks: tuple[int, ...] = ()
    is_irregular: bool = False
    conference_url: str = ""
    conference_url_notes: str = ""
    conference_phone: str = ""
    conference_phone_notes: str = ""
    address: Address = field(default_factory=Address)
    venue: str = ""
    latitude: float | None = None
    longitude: float | None = None
    approximate: bool = False
    region: tuple[str, ...] = ()
    notes: str = ""
    location_notes: str = ""
    group_name: str = ""
    group_notes: str = ""
    types: tuple[str, ...] = ()
    unknown_types: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    access: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    open_to_all: bool = False
    closed: bool = False
    temporarily_closed: bool = False
    inactive: str = ""
    updated_at: datetime | None = None
    url: str = ""
    contact_emails: tuple[str, ...] = ()
    contact_phones: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the list, in its order. A refused row, or one merged into another, has no listing."""

    index: int
    slug: str
    name: str
    outcome: Outcome
    notes: tuple[Note, ...]
    listing: Listing | None


@dataclass(frozen=True, slots=True)
class Feed:
    """A whole list: every row of the file is here exactly once; `repairs` concern the file itself."""

    rows: tuple[Row, ...]
    repairs: tuple[Note, ...]
