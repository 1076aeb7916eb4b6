"""Climbing the ladder: what is due is done, written down once, and told to those it concerns."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from hearthside.accounts.models import Person
from hearthside.groups.actions.touching import touch
from hearthside.groups.enums import RoleKind, Stage
from hearthside.groups.models import Role
from hearthside.groups.models.group import young
from hearthside.meetings import ladder
from hearthside.meetings.actions import duty_letters, letters, room_safety, rooms
from hearthside.meetings.actions.duties import decline, tell_of_lead
from hearthside.meetings.actions.locks import lock
from hearthside.meetings.enums import DutyKind, DutyWay
from hearthside.meetings.models import Cancellation, Climb, Duty, Haven, Meeting
from hearthside.meetings.models.ladder import ENDS
from hearthside.meetings.models.meeting import MeetingQuerySet
from hearthside.meetings.queries.havens import havens_for
from hearthside.meetings.queries.ladder import case_of, duties_of, people_by_key

# A worker that was down looks at what began meanwhile; later than this, people know.
LOOKS_BACK: Final = timedelta(hours=1)
LOOKS_AHEAD: Final = timedelta(days=7)
# Far more than one moment can bring; a law of the ladder says that it comes to rest.
STEPS_MOST: Final = 30


def climb_all(*, now: datetime) -> int:
    """Do what is due for every meeting that may be without somebody to lead it; returns how many steps."""
    return sum(climb(meeting=meeting, now=now) for meeting in _to_look_at(now=now))


@transaction.atomic
def climb(*, meeting: Meeting, now: datetime) -> int:
    """Do what is due for one meeting; returns how many steps. Twice at one moment changes nothing."""
    meeting = lock(meeting=meeting)
    steps = 0
    while steps < STEPS_MOST and not meeting.is_cancelled() and not meeting.is_over(now=now):
        step = ladder.next_step(case_of(meeting, now=now), now=now)
        act = ACTS.get(step.act)
        if act is None:
            break
        act(meeting, step, now)
        steps += 1
    return steps


@transaction.atomic
def cannot(*, meeting: Meeting, person: Person, kind: DutyKind, now: datetime) -> Duty:
    """The person cannot be there, and it passes on at once. Raises MeetingIsOver."""
    duty = decline(meeting=meeting, person=person, kind=kind, now=now)
    if meeting.group.stage != Stage.OPEN:
        return duty
    if kind in (DutyKind.LEAD, DutyKind.COVER):
        climb(meeting=meeting, now=now)
    if kind == DutyKind.SAFETY:
        room_safety.watch(meeting=meeting, now=now)
    return duty


def _to_look_at(*, now: datetime) -> MeetingQuerySet:
    """Meetings where something may be due: soon, or led by nobody yet.

    Groups without a team are led elsewhere; but one for young people is never left to itself.
    """
    leads = Duty.objects.leading().filter(meeting=OuterRef("pk"))
    has_lead, may_have = Exists(leads.confirmed()), Exists(leads.unanswered())
    team = Role.objects.in_force(now=now).filter(group=OuterRef("group"), kind=RoleKind.FACILITATOR)
    near = Q(starts_at__lte=now + ladder.AT_THE_DOOR)
    # A meeting that had begun before anybody looked is left to those who are in it.
    in_time = Q(starts_at__gt=now) | Exists(Climb.objects.filter(meeting=OuterRef("pk")))
    unled = ~has_lead & (Q(starts_at__lte=now + ladder.DAY_BEFORE) | ~may_have)
    found: MeetingQuerySet = (
        Meeting.objects.standing()
        .within(from_at=now - LOOKS_BACK, until_at=now + LOOKS_AHEAD)
        .filter(
            Exists(team) | Exists(leads) | young("group__"),
            near | unled,
            in_time,
            group__stage=Stage.OPEN,
            ends_at__gt=now,
        )
        .exclude(Exists(Climb.objects.filter(meeting=OuterRef("pk"), rung__in=ENDS)))
        .order_by("starts_at", "pk")
    )
    return found


def _hand_over(meeting: Meeting, step: ladder.Step, now: datetime) -> None:
    duty = next(duty for duty in duties_of(meeting) if duty.person_id == step.people[0])
    _place(duty, DutyKind.LEAD)
    duty.save(update_fields=["kind", "way"])
    duty_letters.leads(duty=duty, meeting=meeting, now=now)
    tell_of_lead(meeting=meeting, led=duty, now=now)
    rooms.show_seats(meeting=meeting)


def _ask(meeting: Meeting, step: ladder.Step, now: datetime) -> None:
    case, rung = case_of(meeting, now=now), step.rung or ladder.Rung.POOL
    Climb.objects.create(meeting=meeting, rung=rung, wave=step.wave, at=now)
    after = ladder.taken(case, step, at=now)
    known = {duty.person_id: duty for duty in duties_of(meeting)}
    people = people_by_key(step.people)
    is_late = rung == ladder.Rung.LATE
    for key in step.people:
        ask = after.of(key)
        if ask is None or key not in people:
            continue
        kind = DutyKind(ask.part)
        duty = known.get(people[key].pk) or Duty(
            meeting=meeting, person=people[key], kind=kind, way=DutyWay.POOL
        )
        _place(duty, kind)
        duty.asked_at, duty.times, duty.freed_at = now, ask.times, None
        duty.save()
        duty_letters.step_in(duty=duty, meeting=meeting, is_late=is_late, now=now)
    for key in step.sure:
        for sure in [each for each in known.values() if each.person_id == key]:
            duty_letters.door(duty=sure, meeting=meeting, now=now)
    duty_letters.rung(meeting=meeting, said=rung, wave=step.wave, now=now)


def _end(meeting: Meeting, step: ladder.Step, now: datetime) -> None:
    rung = step.rung or ladder.Rung.TOLD
    Climb.objects.create(meeting=meeting, rung=rung, at=now)
    if rung == ladder.Rung.LED:
        return
    hosts = havens_for(meeting, now=now)
    Haven.objects.bulk_create(
        [Haven(meeting=meeting, host=host, at=now) for host in hosts], ignore_conflicts=True
    )
    Cancellation.objects.create(meeting=meeting, by=None, at=now)
    meeting.revision += 1
    meeting.save(update_fields=["revision"])
    rooms.give_up(meeting=meeting, now=now)
    letters.call_off(meeting=meeting, now=now)
    following = Meeting.objects.standing().filter(
        group=meeting.group, starts_at__gt=meeting.starts_at
    )
    duty_letters.not_held(
        meeting=meeting, has_haven=bool(hosts),
        following=following.order_by("starts_at").first(), now=now,
    )  # fmt: skip
    duty_letters.rung(meeting=meeting, said=rung, wave=0, now=now)
    touch(groups=[meeting.group_id], now=now)


def _place(duty: Duty, kind: DutyKind) -> None:
    """The duty is of that kind from now on, and the only one of its person to lead or cover there."""
    Duty.objects.standing_by().filter(meeting=duty.meeting_id, person=duty.person_id).exclude(
        pk=duty.pk
    ).delete()
    duty.kind = kind
    duty.way = duty.way or DutyWay.TEAM


ACTS: Final[dict[ladder.Act, Callable[[Meeting, ladder.Step, datetime], None]]] = {
    ladder.Act.HAND_OVER: _hand_over,
    ladder.Act.ASK: _ask,
    ladder.Act.END: _end,
}
