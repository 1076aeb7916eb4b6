"""What a facilitator sees of the days ahead: their meetings, who confirmed, who comes for the first time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, F, OuterRef, Q
from django.utils import timezone

from hearthside.accounts.models import Person
from hearthside.groups.queries.rights import Reader, Rights
from hearthside.groups.queries.training import leads_where
from hearthside.meetings.enums import DutyKind, Mark
from hearthside.meetings.models import Attendance, Duty, Meeting, Seat
from hearthside.meetings.queries.duties import may_say_here
from hearthside.meetings.queries.rooms import WayIn, way_in
from hearthside.meetings.queries.seats import Fullness
from hearthside.rooms.enums import Part

DAYS_AHEAD = timedelta(days=7)
# A roster is often finished days later.
DAYS_BACK = timedelta(days=7)


@dataclass(frozen=True)
class LedMeeting:
    """One meeting on the page "Today"."""

    meeting: Meeting
    fullness: Fullness
    first_visits: int
    leads: bool
    is_in_training: bool
    own_duty: Duty | None
    duties: Sequence[Duty]
    way_in: WayIn | None
    may_say_here: bool

    @property
    def confirmed_leaders(self) -> list[Person]:
        leading = [duty for duty in self.duties if duty.kind == DutyKind.LEAD]
        return [duty.person for duty in leading if duty.confirmed_at]

    @property
    def keepers(self) -> list[Person]:
        """Who said that they keep the room safe, where the group meets in one."""
        kept = [duty for duty in self.duties if duty.kind == DutyKind.SAFETY]
        return [duty.person for duty in kept if duty.confirmed_at]

    @property
    def is_for_sure(self) -> bool:
        """True once somebody has said that they lead it."""
        return bool(self.confirmed_leaders)


@dataclass(frozen=True)
class Ahead:
    """The page "Today": what was just over, today, and the days after."""

    before: Sequence[LedMeeting]
    today: Sequence[LedMeeting]
    later: Sequence[LedMeeting]


def ahead_of(person: Person, rights: Rights, *, now: datetime) -> Ahead:
    """The meetings that the person leads or greets at, from a week ago to a week from now.

    "Today" is the viewer's day, by the zone that is active in this request. Three queries.
    """
    meetings = (
        Meeting.objects.filter(group__in=rights.facilitates | rights.greets)
        .filter(ends_at__gt=now - DAYS_BACK, starts_at__lt=now + DAYS_AHEAD)
        .with_group()
        .with_counts()
        .annotate(
            may_lead=ExpressionWrapper(leads_where(person.pk, now=now), output_field=BooleanField())
        )
        .order_by("starts_at")
    )
    rows: list[Any] = list(meetings)
    first_visits, duties = _first_visits(rows), _duties(rows)
    led = [
        LedMeeting(
            meeting=row,
            fullness=Fullness(row.seats_max, row.taken, row.waiting),
            first_visits=first_visits.get(row.pk, 0),
            leads=row.group_id in rights.facilitates,
            is_in_training=row.group_id in rights.facilitates and not row.may_lead,
            own_duty=_own(duties.get(row.pk, []), person),
            duties=duties.get(row.pk, []),
            way_in=way_in(row, part=Part.FACILITATOR, now=now),
            may_say_here=row.group_id in rights.facilitates
            and row.may_lead
            and may_say_here(_own(duties.get(row.pk, []), person), row, now=now),
        )
        for row in rows
    ]
    today = timezone.localdate(now)
    return Ahead(
        before=[each for each in led if each.meeting.is_over(now=now)],
        today=[each for each in led if _is_still_on(each, now) and _day(each) <= today],
        later=[each for each in led if _is_still_on(each, now) and _day(each) > today],
    )


def own_duty(person: Reader, meeting: Meeting) -> Duty | None:
    """What the person has to do there; of two parts, one that they said yes to."""
    if not isinstance(person, Person):
        return None
    held = Duty.objects.of(person).filter(meeting=meeting)
    return held.order_by(F("confirmed_at").asc(nulls_last=True)).first()


def _own(duties: Sequence[Duty], person: Person) -> Duty | None:
    return next((duty for duty in duties if duty.person == person), None)


def _is_still_on(led: LedMeeting, now: datetime) -> bool:
    return not led.meeting.is_over(now=now)


def _day(led: LedMeeting) -> date:
    return timezone.localdate(led.meeting.starts_at)


def _first_visits(meetings: Sequence[Meeting]) -> dict[object, int]:
    came_before = Attendance.objects.filter(
        person=OuterRef("person"),
        meeting__group=OuterRef("meeting__group"),
        meeting__starts_at__lt=OuterRef("meeting__starts_at"),
    ).filter(~Q(mark=Mark.MISSED))
    newcomers = Seat.objects.held().filter(~Exists(came_before), meeting__in=meetings)
    return dict(newcomers.order_by().values_list("meeting").annotate(Count("pk")))


def _duties(meetings: Sequence[Meeting]) -> dict[object, list[Duty]]:
    by_meeting: dict[object, list[Duty]] = {}
    for duty in (
        Duty.objects.filter(meeting__in=meetings)
        .select_related("person")
        .order_by("asked_at", "pk")
    ):
        by_meeting.setdefault(duty.meeting_id, []).append(duty)
    return by_meeting
