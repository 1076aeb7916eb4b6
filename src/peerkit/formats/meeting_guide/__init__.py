"""Meeting Guide lists: real, messy feeds in; findable groups and a note for every repair out."""

from peerkit.formats.meeting_guide.feed import MAX_BYTES, MAX_ROWS, decode
from peerkit.formats.meeting_guide.kinds import TYPE_NAMES
from peerkit.formats.meeting_guide.values import (
    Address,
    Feed,
    Format,
    Listing,
    NotAMeetingList,
    Note,
    Outcome,
    Row,
)
from peerkit.formats.meeting_guide.words import REFUSALS, REFUSED_FILES, REMARKS, REPAIRS, SENTENCES

__all__ = [
    "MAX_BYTES",
    "MAX_ROWS",
    "REFUSALS",
    "REFUSED_FILES",
    "REMARKS",
    "REPAIRS",
    "SENTENCES",
    "TYPE_NAMES",
    "Address",
    "Feed",
    "Format",
    "Listing",
    "NotAMeetingList",
    "Note",
    "Outcome",
    "Row",
    "decode",
]
