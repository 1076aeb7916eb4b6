"""The nouns of meetings, by noun."""

from hearthside.meetings.models.attendance import Attendance, Note
from hearthside.meetings.models.debrief import CallAsked, Debrief
from hearthside.meetings.models.duty import Duty, DutyQuerySet
from hearthside.meetings.models.guest import Guest, Haven, Welcome
from hearthside.meetings.models.ladder import Climb, ClimbQuerySet
from hearthside.meetings.models.meeting import (
    Cancellation,
    Meeting,
    MeetingQuerySet,
    Move,
    Series,
    SeriesQuerySet,
)
from hearthside.meetings.models.pool import Reserve
from hearthside.meetings.models.seat import Seat, SeatQuerySet

__all__ = [
    "Attendance",
    "CallAsked",
    "Cancellation",
    "Climb",
    "ClimbQuerySet",
    "Debrief",
    "Duty",
    "DutyQuerySet",
    "Guest",
    "Haven",
    "Meeting",
    "MeetingQuerySet",
    "Move",
    "Note",
    "Reserve",
    "Seat",
    "SeatQuerySet",
    "Series",
    "SeriesQuerySet",
    "Welcome",
]
