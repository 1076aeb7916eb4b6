"""Seats: how many are left, in words; one person's own; where they stand in line."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hearthside.accounts.models import Person
from hearthside.groups.models import Group
from hearthside.groups.queries.rights import Reader
from hearthside.meetings.enums import Mark
from hearthside.meetings.models import Attendance, Meeting, Seat
from hearthside.meetings.queries.rooms import WayIn, way_in
from hearthside.rooms.enums import Part

PAST_SHOWN = 20
TAKE_BACK_WITHIN = timedelta(minutes=10)


@dataclass(frozen=True)
class Fullness:
    """How full a meeting is: chairs, people on them, people waiting."""

    seats_max: int
    taken: int
    waiting: int

    @property
    def left(self) -> int:
        return max(self.seats_max - self.taken, 0)

    @property
    def people(self) -> int:
        return self.taken + self.waiting

    @property
    def chip(self) -> str:
        """The kind of chip that says it: free seats are good news."""
        return "good" if self.left and not self.waiting else "neutral"

    @property
    def words(self) -> str:
        if self.left and not self.waiting:
            return ngettext("%d seat left", "%d seats left", self.left) % self.left
        if not self.waiting:
            return _("full")
        return ngettext("full, %d waiting", "full, %d waiting", self.waiting) % self.waiting


@dataclass(frozen=True)
class OwnSeat:
    """One person's seat, or their place in line (1 is next); with a seat in a room, the way into it."""

    seat: Seat
    position: int | None
    way_in: WayIn | None = None

    @property
    def meeting(self) -> Meeting:
        return self.seat.meeting


@dataclass(frozen=True)
class OwnMeetings:
    """Everything on the page "My meetings"."""

    seated: Sequence[OwnSeat]
    waiting: Sequence[OwnSeat]
    past: Sequence[Seat]


@dataclass(frozen=True)
class NextMeeting:
    """One line of the panel on a group's page."""

    meeting: Meeting
    fullness: Fullness


def fullness_of(meeting: Meeting) -> Fullness:
    """How full one meeting is, in one query."""
    counts = (
        Seat.objects.open()
        .filter(meeting=meeting)
        .aggregate(taken=Count("number"), all=Count("pk"))
    )
    return Fullness(meeting.seats_max, counts["taken"], counts["all"] - counts["taken"])


def next_meetings(group: Group, *, now: datetime, most: int = 6) -> list[NextMeeting]:
    """The group's next meetings, cancelled ones included, in one query."""
    rows = group.meetings.upcoming(now=now).with_counts().select_related("cancellation")
    return [
        NextMeeting(row, Fullness(row.seats_max, row.taken, row.waiting)) for row in rows[:most]
    ]


def own_seat(person: Reader, meeting: Meeting) -> OwnSeat | None:
    """The person's seat or place in line at the meeting, in one query."""
    if not isinstance(person, Person):
        return None
    seat = Seat.objects.open().of(person).filter(meeting=meeting).with_position().first()
    return _own(seat) if seat else None


def seat_just_released(person: Reader, meeting: Meeting, *, now: datetime) -> Seat | None:
    """The seat that the person gave up so lately that they may take it back."""
    if not isinstance(person, Person):
        return None
    since = now - TAKE_BACK_WITHIN
    released = Seat.objects.of(person).filter(meeting=meeting, released_at__gte=since)
    return released.order_by("-released_at").first()


def own_meetings(person: Person, *, now: datetime) -> OwnMeetings:
    """The person's seats to come, places in line, and last meetings, in two queries."""
    rows = Seat.objects.of(person).select_related(
        "meeting__group__site", "meeting__cancellation", "meeting__room"
    )
    upcoming = [
        _own(seat) for seat in rows.upcoming(now=now).with_position().order_by("meeting__starts_at")
    ]
    past = rows.held().filter(meeting__ends_at__lte=now, meeting__cancellation=None)
    return OwnMeetings(
        seated=[_with_way_in(own, now=now) for own in upcoming if own.position is None],
        waiting=[own for own in upcoming if own.position is not None],
        past=list(past.order_by("-meeting__starts_at")[:PAST_SHOWN]),
    )


def has_been_to(person: Person, group: Group, *, before: datetime) -> bool:
    """True if the roster says the person came to a meeting of the group that began earlier."""
    return attended(group).filter(person=person, meeting__starts_at__lt=before).exists()


def visits_of(person: Person, group: Group) -> int:
    """How many meetings of the group the person has been to."""
    return attended(group).filter(person=person).count()


def attended(group: Group) -> QuerySet[Attendance]:
    return Attendance.objects.filter(meeting__group=group).exclude(mark=Mark.MISSED)


def _own(seat: Seat) -> OwnSeat:
    return OwnSeat(seat, seat.ahead + 1 if seat.is_waiting() else None)


def _with_way_in(own: OwnSeat, *, now: datetime) -> OwnSeat:
    return replace(own, way_in=way_in(own.meeting, part=Part.MEMBER, now=now))
