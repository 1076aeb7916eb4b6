"""The nouns of meetings, by noun."""

from hearthside.meetings.models.attendance import Attendance, Note
from hearthside.meetings.models.duty import Duty, DutyQuerySet
from hearthside.meetings.models.meeting import (
    Cancellation,
    Meeting,
    MeetingQuerySet,
    Move,
    Series,
    SeriesQuerySet,
)
from hearthside.meetings.models.seat import Seat, SeatQuerySet

__all__ = [
    "Attendance",
    "Cancellation",
    "Duty",
    "DutyQuerySet",
    "Meeting",
    "MeetingQuerySet",
    "Move",
    "Note",
    "Seat",
    "SeatQuerySet",
    "Series",
    "SeriesQuerySet",
]
