"""From rows to the ladder's values: one meeting, everybody asked, the pool, and who is at the door."""

from collections.abc import Hashable, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q

from hearthside.accounts.models import Person
from hearthside.groups.enums import RoleKind
from hearthside.groups.models import Membership, Role
from hearthside.groups.queries.apart import is_barred
from hearthside.groups.queries.training import leads_where
from hearthside.meetings import ladder
from hearthside.meetings.enums import DutyKind, DutyWay
from hearthside.meetings.models import Attendance, Climb, Duty, Meeting, Reserve, Seat
from hearthside.meetings.queries.havens import havens_for
from hearthside.rooms.enums import Part
from hearthside.rooms.models import Entry
from hearthside.safety.queries.measures import kept_out

MONTH = timedelta(days=30)
HOURS_IN_A_DAY = 24
PARTS = {DutyKind.LEAD.value: ladder.Part.LEAD, DutyKind.COVER.value: ladder.Part.COVER}


def case_of(meeting: Meeting, *, now: datetime) -> ladder.Case:
    """The meeting as the ladder sees it."""
    duties = duties_of(meeting)
    return ladder.Case(
        starts_at=meeting.starts_at,
        asks=tuple(_ask(duty, _short_notice(duties)) for duty in duties),
        pool=tuple(
            ladder.Reserve(each.person_id, each.is_short_notice)
            for each in reserves_for(meeting, duties, now=now)
        ),
        climbs=tuple(
            ladder.Climb(ladder.Rung(climb.rung), climb.at, climb.wave)
            for climb in Climb.objects.filter(meeting=meeting)
        ),
        has_haven=bool(havens_for(meeting, now=now)),
        is_lead_here=is_lead_here(meeting, duties, now=now),
        is_by_tap=not meeting.group.has_room(),
    )


def duties_of(meeting: Meeting) -> list[Duty]:
    """Everybody who was asked to lead or to cover, in the order in which they were asked."""
    rows = Duty.objects.standing_by().filter(meeting=meeting).select_related("person")
    found: dict[UUID, Duty] = {}
    # Of two rows of one person, the one to lead says where they stand.
    for duty in sorted(
        rows.order_by("asked_at", "pk"), key=lambda each: each.kind == DutyKind.COVER
    ):
        found.setdefault(duty.person_id, duty)
    return list(found.values())


def reserves_for(
    meeting: Meeting, duties: Sequence[Duty], *, now: datetime, kept_back: int = 0
) -> list[Reserve]:
    """Whoever of the pool may be asked to this meeting and was not yet, the least burdened first.

    Not asked: who may not lead, is kept out of the group by a decision, has a seat or a duty elsewhere at
    that time, or has stepped in often enough this month, `kept_back` turns left over. Threat: somebody of the pool is led to a person
    whom they must not meet, and learns where that person sits.
    """
    known = {duty.person_id for duty in duties}
    fit = Reserve.objects.filter(_where(meeting), person__is_active=True)
    fit = fit.filter(leads_where("person", now=now)).exclude(person__in=known)
    fit = fit.exclude(person__in=kept_out(meeting.group_id, now=meeting.starts_at))
    rows = list(
        fit.exclude(person__in=_busy(meeting)).select_related("person").order_by("since", "pk")
    )
    burden = _stepped_in(meeting, [each.person_id for each in rows])
    own = _own(meeting, now=now)
    fit_rows = [
        each
        for each in rows
        if _suits(each, meeting)
        and burden.get(each.person_id, 0) + kept_back < each.most_a_month
        and (not each.is_own_only or each.person_id in own)
        and not is_barred(each.person, meeting.group, now=now)
    ]
    return sorted(fit_rows, key=lambda each: burden.get(each.person_id, 0))


def is_lead_here(meeting: Meeting, duties: Sequence[Duty], *, now: datetime) -> bool | None:
    """Whether somebody who may lead has come: seen in the room, or told by a tap; None while it is too early to ask."""
    sure = [duty.person_id for duty in duties if duty.confirmed_at]
    if not meeting.group.has_room() and _said_here(meeting, duties, sure, now=now):
        return True
    if now < meeting.starts_at - ladder.AT_THE_DOOR:
        return None
    if meeting.room_id is None:
        return False
    came = Entry.objects.filter(room=meeting.room_id, first_here_at__isnull=False)
    return came.filter(Q(part=Part.FACILITATOR) | Q(person__in=sure)).exists()


def _said_here(
    meeting: Meeting, duties: Sequence[Duty], sure: Sequence[UUID], *, now: datetime
) -> bool:
    """“I am here”, or whoever leads the group has begun to mark the roster."""
    if any(duty.here_at and duty.confirmed_at for duty in duties):
        return True
    team = Role.objects.in_force(now=now).filter(group=meeting.group_id, kind=RoleKind.FACILITATOR)
    marked_by = Q(recorded_by__in=sure) | Q(recorded_by__in=team.values("person"))
    return Attendance.objects.filter(marked_by, meeting=meeting).exists()


def lead_of(meeting: Meeting) -> Duty | None:
    """Whoever said that they lead."""
    led = Duty.objects.leading().confirmed().filter(meeting=meeting)
    return led.select_related("person").order_by("confirmed_at").first()


def answer_of(duty: Duty) -> ladder.Answer:
    if duty.confirmed_at:
        return ladder.Answer.YES
    if duty.declined_at:
        return ladder.Answer.NO
    return ladder.Answer.FREED if duty.freed_at else ladder.Answer.OPEN


def _ask(duty: Duty, short_notice: Mapping[UUID, bool]) -> ladder.Ask:
    from_pool = duty.way == DutyWay.POOL
    return ladder.Ask(
        person=duty.person_id,
        part=PARTS[duty.kind],
        answer=answer_of(duty),
        from_pool=from_pool,
        short_notice=not from_pool or short_notice.get(duty.person_id, False),
        times=duty.times,
    )


def _short_notice(duties: Sequence[Duty]) -> dict[UUID, bool]:
    asked = [duty.person_id for duty in duties if duty.way == DutyWay.POOL]
    if not asked:
        return {}
    rows = Reserve.objects.filter(person__in=asked)
    return dict(rows.values_list("person_id", "is_short_notice"))


def _where(meeting: Meeting) -> Q:
    here = Q(sites=meeting.group.site_id)
    if not meeting.group.is_in_person():
        return Q(is_online=True)
    return Q(pk__in=Reserve.objects.filter(here).values("pk"))


def _suits(reserve: Reserve, meeting: Meeting) -> bool:
    """The meeting lies within the days and hours that the person gave, on their own clock."""
    zone = ZoneInfo(reserve.zone)
    starts, ends = meeting.starts_at.astimezone(zone), meeting.ends_at.astimezone(zone)
    if starts.weekday() not in reserve.weekdays or starts.hour < reserve.from_hour:
        return False
    ends_within = (
        ends.date() == starts.date() and (ends.hour * 60 + ends.minute) <= reserve.until_hour * 60
    )
    return ends_within or (reserve.until_hour == HOURS_IN_A_DAY and ends.hour < starts.hour)


def _busy(meeting: Meeting) -> set[UUID]:
    """Who has a seat or a duty at the same time."""
    others = Meeting.objects.standing().overlapping(meeting).values("pk")
    seated = Seat.objects.open().filter(meeting__in=others).values_list("person_id", flat=True)
    due = Duty.objects.confirmed().filter(meeting__in=others).values_list("person_id", flat=True)
    return {*seated, *due}


def _stepped_in(meeting: Meeting, people: Sequence[UUID]) -> dict[UUID, int]:
    """How often each stepped in for somebody within a month around the meeting."""
    near = Duty.objects.confirmed().filter(
        way=DutyWay.POOL, person__in=people,
        meeting__starts_at__gt=meeting.starts_at - MONTH, meeting__starts_at__lt=meeting.starts_at + MONTH,
    )  # fmt: skip
    counted: dict[UUID, int] = {}
    for person in near.values_list("person_id", flat=True):
        counted[person] = counted.get(person, 0) + 1
    return counted


def _own(meeting: Meeting, *, now: datetime) -> set[UUID]:
    belong = Membership.objects.belonging(now=now).filter(group=meeting.group_id)
    team = Role.objects.in_force(now=now).filter(
        group=meeting.group_id, kind__in=[RoleKind.FACILITATOR, RoleKind.GREETER]
    )
    return {*belong.values_list("person_id", flat=True), *team.values_list("person_id", flat=True)}


def people_by_key(keys: Sequence[Hashable]) -> dict[Hashable, Person]:
    """The people behind the ladder's keys, in one query."""
    return {
        person.pk: person for person in Person.objects.filter(pk__in=[str(key) for key in keys])
    }
