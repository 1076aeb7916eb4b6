"""A site's week for whoever coordinates it: each meeting's light, in words, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from hearthside.groups.enums import Stage
from hearthside.groups.models import Site
from hearthside.meetings import ladder
from hearthside.meetings.enums import DutyKind, DutyWay, RungKind
from hearthside.meetings.models import Climb, Duty, Meeting

DAYS_AHEAD = timedelta(days=7)


class Light(StrEnum):
    """How sure it is that somebody leads; the page says it in words, too."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


@dataclass(frozen=True)
class WeekRow:
    """One meeting: who said what, which rungs were climbed, and its light."""

    meeting: Meeting
    light: Light
    lead: Duty | None
    cover: Duty | None
    silent: Sequence[Duty]
    asked_elsewhere: int
    climbs: Sequence[Climb]
    safety: Duty | None
    # Of those who said yes to lead or cover, who said that they are there; None where, or while, nobody is asked.
    here: Sequence[Duty] | None

    @property
    def is_not_held(self) -> bool:
        return any(climb.rung in (RungKind.GUESTS, RungKind.TOLD) for climb in self.climbs)


def week_of(site: Site, *, now: datetime) -> list[WeekRow]:
    """The site's meetings of the next seven days, those that need somebody first, in three queries."""
    meetings = list(
        Meeting.objects.filter(group__site=site, group__stage=Stage.OPEN)
        .filter(ends_at__gt=now, starts_at__lt=now + DAYS_AHEAD)
        .select_related("group__site", "cancellation")
        .order_by("starts_at", "pk")
    )
    keys = [meeting.pk for meeting in meetings]
    duties: dict[object, list[Duty]] = {key: [] for key in keys}
    climbs: dict[object, list[Climb]] = {key: [] for key in keys}
    rows = Duty.objects.filter(meeting__in=keys).exclude(kind=DutyKind.GREET)
    for duty in rows.select_related("person").order_by("asked_at", "pk"):
        duties[duty.meeting_id].append(duty)
    for climb in Climb.objects.filter(meeting__in=keys):
        climbs[climb.meeting_id].append(climb)
    week = [_row(each, duties[each.pk], climbs[each.pk], now=now) for each in meetings]
    return sorted(week, key=lambda row: [Light.RED, Light.AMBER, Light.GREEN].index(row.light))


def _row(
    meeting: Meeting, duties: Sequence[Duty], climbs: Sequence[Climb], *, now: datetime
) -> WeekRow:
    lead = _sure(duties, DutyKind.LEAD)
    # Of the pool only how many: who did not answer there is nobody's business.
    waiting = [duty for duty in duties if duty.is_open()]
    here = _here(meeting, duties, now=now)
    elsewhere = sum(duty.way == DutyWay.POOL for duty in waiting)
    return WeekRow(
        meeting=meeting,
        light=_light(meeting, lead, waiting, here=here, now=now),
        lead=lead,
        cover=_sure(duties, DutyKind.COVER),
        silent=[duty for duty in waiting if duty.way != DutyWay.POOL],
        asked_elsewhere=elsewhere,
        climbs=climbs,
        safety=_sure(duties, DutyKind.SAFETY),
        here=here,
    )


def _sure(duties: Sequence[Duty], kind: DutyKind) -> Duty | None:
    return next((duty for duty in duties if duty.kind == kind and duty.confirmed_at), None)


def _here(meeting: Meeting, duties: Sequence[Duty], *, now: datetime) -> list[Duty] | None:
    if meeting.group.has_room() or now < meeting.starts_at - ladder.TAP_BY:
        return None
    return [duty for duty in duties if duty.confirmed_at and duty.here_at]


def _light(
    meeting: Meeting,
    lead: Duty | None,
    waiting: Sequence[Duty],
    *,
    here: Sequence[Duty] | None,
    now: datetime,
) -> Light:
    if meeting.is_cancelled():
        return Light.RED
    if lead is not None:
        # Said yes, and it begins in a few minutes: whether they are there is not known.
        return Light.AMBER if here == [] else Light.GREEN
    is_near = now >= meeting.starts_at - ladder.DAY_BEFORE
    may_come = any(duty.kind in (DutyKind.LEAD, DutyKind.COVER) for duty in waiting)
    return Light.AMBER if may_come and not is_near else Light.RED
