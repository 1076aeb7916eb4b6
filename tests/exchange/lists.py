"""Small lists to read, and the real ones; a second, simple reading of real rows to hold ours against."""

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

from hearthside.accounts.models import Person
from hearthside.exchange import readings
from hearthside.exchange.actions import imports
from hearthside.exchange.models import Import
from hearthside.exchange.queries.proposals import Proposal
from hearthside.groups.models import Site
from tests import world

REAL = ("aasfmarin", "al-anon", "eda", "edmonton", "sussexaa")
SPOKEN_ZONES = {
    "Eastern": "America/New_York",
    "Central": "America/Chicago",
    "Mountain": "America/Denver",
    "Pacific": "America/Los_Angeles",
}
# What a person who knows these places would say; each list but one keeps to one clock.
ZONES = {
    "aasfmarin": "America/Los_Angeles",
    "al-anon": "America/New_York",
    "edmonton": "America/Edmonton",
    "sussexaa": "America/New_York",
}


def row(**fields: Any) -> dict[str, Any]:
    """One row as a careful publisher writes it; None takes a field away."""
    whole = {
        "name": "Tuesday candle",
        "slug": "tuesday-candle",
        "day": 2,
        "time": "19:00",
        "end_time": "20:30",
        "timezone": "Europe/London",
        "formatted_address": "1 Harbour Lane, Leeds LS1 1AA, UK",
        "location": "The Old Library",
        "latitude": 53.8,
        "longitude": -1.55,
        "types": ["O", "D"],
    }
    return {key: value for key, value in {**whole, **fields}.items() if value is not None}


def packed(*rows: object) -> bytes:
    return json.dumps(list(rows)).encode()


def read(data: bytes, *, source: str = "harbour", **wishes: Any) -> Proposal:
    return readings.read(data, readings.Wishes(origin=f"{source}.json", source=source, **wishes))


def bring_in(
    data: bytes,
    *,
    source: str = "harbour",
    site: Site | None = None,
    by: Person | None = None,
    now: datetime = world.NOW,
    **wishes: Any,
) -> Import:
    """Read a list, and say yes to all of it."""
    proposal = read(data, source=source, **wishes)
    site = site or imports.settle(source=source, zone="Europe/London")
    reading = imports.keep(proposal=proposal, site=site, origin="test", by=by, now=now)
    imports.apply(reading=reading, by=by, now=now)
    reading.refresh_from_db()
    return reading


def real_list(shared: Path, name: str) -> bytes:
    return (shared / "meetings" / f"{name}.json").read_bytes()


def days_and_time(raw: dict[str, Any]) -> tuple[set[int], str]:
    """ISO weekdays (Monday is 0) and "HH:MM", read without any help from the code under test."""
    days = raw["day"] if isinstance(raw["day"], list) else [raw["day"]]
    said = re.fullmatch(r"(\d{1,2}):(\d\d)\s*(AM|PM)?", raw["time"].strip())
    assert said
    hour = int(said[1]) % 12 + (12 if said[3] == "PM" else 0) if said[3] else int(said[1])
    return {(int(day) + 6) % 7 for day in days}, f"{hour:02}:{said[2]}"


def spoken_time(name: str) -> tuple[str, str] | None:
    """The time and zone that a name says, such as "5:30am Eastern"."""
    said = re.search(
        r"\b(\d{1,2})(?::(\d\d))?\s?(am|pm) (Eastern|Central|Mountain|Pacific)\b(?! Europe)", name
    )
    if not said:
        return None
    hour = int(said[1]) % 12 + (12 if said[3] == "pm" else 0)
    return f"{hour:02}:{said[2] or '00'}", SPOKEN_ZONES[said[4]]
