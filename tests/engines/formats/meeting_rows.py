"""Meeting rows for the tests of lists: one plain good row, and ways to change it."""

import json
from typing import Final

from peerkit.formats.meeting_guide import Feed, Listing, Row, decode

PLAIN: Final[dict[str, object]] = {
    "slug": "quiet-evening",
    "name": "Quiet Evening",
    "day": 1,
    "time": "19:00",
    "end_time": "20:30",
    "timezone": "Europe/Dublin",
    "formatted_address": "12 Harbour Street, Galway, Ireland",
    "types": ["O", "EN"],
}


def meeting(**changes: object) -> dict[str, object]:
    """The plain row with changes; a field changed to None is left out."""
    return {key: value for key, value in {**PLAIN, **changes}.items() if value is not None}


def read(*rows: object, default_zone: str | None = None) -> Feed:
    """The rows as a list, decoded."""
    return decode(json.dumps(list(rows)).encode(), default_zone=default_zone)


def row(**changes: object) -> Row:
    """The only row of a list of one meeting."""
    return read(meeting(**changes)).rows[0]


def listing(**changes: object) -> Listing:
    """The listing of a list of one meeting, which must not be refused."""
    found = row(**changes).listing
    assert found is not None, row(**changes).notes
    return found


def codes(found: Row) -> set[str]:
    """The codes of everything said about a row."""
    return {note.code for note in found.notes}
