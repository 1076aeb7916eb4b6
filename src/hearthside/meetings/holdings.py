"""What meetings holds about a person: to be seen, and erased."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from hearthside.accounts.models import Person
from hearthside.accounts.ports import Held
from hearthside.groups.models import Group
from hearthside.meetings.actions import release, rooms
from hearthside.meetings.actions.series import end_series
from hearthside.meetings.models import (
    Attendance,
    Cancellation,
    Duty,
    Guest,
    Move,
    Note,
    Reserve,
    Seat,
)


class MeetingHoldings:
    """A DataHolder for seats, attendance and duties."""

    def held(self, person: Person) -> Sequence[Held]:
        return [
            Held(
                _("Seats you took, and places in line"),
                _("So that there is room for you, and we can remind you."),
                list(_seats(person)),
            ),
            Held(
                _("Meetings you came to or missed"),
                _("So that facilitators know who is new, and nobody is forgotten."),
                list(_attendances(person)),
            ),
            Held(
                _("Meetings you lead or greet at"),
                _("So that no meeting is without someone to lead it."),
                list(_duties(person)),
            ),
            Held(
                _("What you said about stepping in"),
                _("So that you are asked only where and when it suits you."),
                list(_reserves(person)),
            ),
            Held(
                _("Seats you took as a guest"),
                _("So that the group you visit once has a seat for you."),
                list(_guest_visits(person)),
            ),
            Held(
                _("What you wrote down or changed for meetings"),
                _("So that a group knows who is answerable. Your name goes with your account."),
                list(_records(person)),
            ),
        ]

    def erase(self, person: Person, *, now: datetime) -> None:
        """All of it goes at once. Seats are given back first, so that somebody waiting gets them."""
        for seat in (
            Seat.objects.upcoming(now=now)
            .of(person)
            .select_related("meeting")
            .order_by("meeting_id")
        ):
            release(seat=seat, now=now)
        Seat.objects.of(person).delete()
        Attendance.objects.filter(person=person).delete()
        Duty.objects.of(person).delete()
        Reserve.objects.filter(person=person).delete()
        Guest.objects.filter(person=person).delete()


def wind_up(*, group: Group, by: Person, now: datetime) -> None:
    """A group that ends has no timetable any more, and whoever had a seat is told."""
    for series in group.series.filter(ended_at=None):
        end_series(series=series, by=by, now=now)
    rooms.wind_up(group=group, now=now)


def _seats(person: Person) -> Iterable[dict[str, Any]]:
    seats = Seat.objects.of(person).select_related("meeting__group").order_by("asked_at")
    for held in seats:
        yield {
            _("Group"): held.meeting.group.name,
            _("Meeting"): held.meeting.starts_at,
            _("Asked"): held.asked_at,
            _("Seat since"): held.seated_at,
            _("Given up"): held.released_at,
            _("Would rather listen"): held.is_listening_only,
        }


def _attendances(person: Person) -> Iterable[dict[str, Any]]:
    marks = Attendance.objects.filter(person=person).select_related("meeting__group")
    for held in marks.order_by("recorded_at"):
        yield {
            _("Group"): held.meeting.group.name,
            _("Meeting"): held.meeting.starts_at,
            _("What the roster says"): held.get_mark_display(),
            _("Came at"): held.arrived_at,
            _("Left at"): held.left_at,
        }


def _records(person: Person) -> Iterable[dict[str, Any]]:
    kinds = (
        (_("A note"), Note.objects.filter(written_by=person), "written_at"),
        (_("A mark on the roster"), Attendance.objects.filter(recorded_by=person), "recorded_at"),
        (_("Moved"), Move.objects.filter(by=person), "at"),
        (_("Cancelled"), Cancellation.objects.filter(by=person), "at"),
    )
    for what, rows, moment in kinds:
        for row in rows.select_related("meeting__group").order_by(moment):
            yield {
                _("Group"): row.meeting.group.name,
                _("Meeting"): row.meeting.starts_at,
                _("What"): what,
                _("When"): getattr(row, moment),
                _("Text"): getattr(row, "text", ""),
            }


def _reserves(person: Person) -> Iterable[dict[str, Any]]:
    for held in Reserve.objects.filter(person=person).prefetch_related("sites"):
        yield {
            _("Since"): held.since,
            _("Sites"): ", ".join(site.name for site in held.sites.all()),
            _("Online"): held.is_online,
            _("Only own groups"): held.is_own_only,
            _("Days"): ", ".join(str(WEEKDAYS[day]) for day in held.weekdays),
            _("From hour"): held.from_hour,
            _("Until hour"): held.until_hour,
            _("At most a month"): held.most_a_month,
            _("Short notice"): held.is_short_notice,
        }


def _guest_visits(person: Person) -> Iterable[dict[str, Any]]:
    visits = Guest.objects.filter(person=person).select_related("meeting__group").order_by("at")
    for held in visits:
        yield {
            _("Group"): held.meeting.group.name,
            _("Meeting"): held.meeting.starts_at,
            _("When"): held.at,
        }


def _duties(person: Person) -> Iterable[dict[str, Any]]:
    for held in Duty.objects.of(person).select_related("meeting__group").order_by("asked_at"):
        yield {
            _("Group"): held.meeting.group.name,
            _("Meeting"): held.meeting.starts_at,
            _("What for"): held.get_kind_display(),
            _("Asked"): held.asked_at,
            _("Said yes"): held.confirmed_at,
            _("Said no"): held.declined_at,
            _("Said that you are there"): held.here_at,
        }
