"""Finding somebody who keeps an online room safe beside whoever leads, and telling the lead if nobody does."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef

from hearthside.groups.enums import Format, Stage
from hearthside.meetings import ladder, room_safety
from hearthside.meetings.actions import duty_letters
from hearthside.meetings.actions.locks import lock
from hearthside.meetings.enums import DutyKind, DutyWay, RungKind
from hearthside.meetings.models import Climb, Duty, Meeting
from hearthside.meetings.models.ladder import ENDS
from hearthside.meetings.models.meeting import MeetingQuerySet
from hearthside.meetings.queries.ladder import lead_of, people_by_key
from hearthside.meetings.queries.room_safety import watch_of
from hearthside.meetings.rungs import Act, Rung, Step

# Far more than one moment can bring.
STEPS_MOST: Final = 10


def watch_all(*, now: datetime) -> int:
    """Do what is due for every online meeting that somebody leads and nobody keeps safe; returns how many steps."""
    return sum(watch(meeting=meeting, now=now) for meeting in _to_look_at(now=now))


@transaction.atomic
def watch(*, meeting: Meeting, now: datetime) -> int:
    """Do what is due for one online meeting; returns how many steps. Twice at one moment changes nothing."""
    meeting = lock(meeting=meeting)
    steps = 0
    while steps < STEPS_MOST and meeting.group.has_room() and not meeting.is_cancelled():
        step = room_safety.next_step(watch_of(meeting, now=now), now=now)
        if step.act not in (Act.ASK, Act.END):
            break
        (_ask if step.act == Act.ASK else _tell)(meeting, step, now)
        steps += 1
    return steps


def _to_look_at(*, now: datetime) -> MeetingQuerySet:
    duties = Duty.objects.confirmed().filter(meeting=OuterRef("pk"))
    settled = Climb.objects.filter(meeting=OuterRef("pk"), rung__in=[*ENDS, RungKind.ALONE])
    found: MeetingQuerySet = (
        Meeting.objects.standing()
        .within(from_at=now, until_at=now + ladder.DAY_BEFORE)
        .filter(Exists(duties.leading()), group__format=Format.ONLINE, group__stage=Stage.OPEN)
        .exclude(Exists(duties.keeping_safe()))
        .exclude(Exists(settled))
        .order_by("starts_at", "pk")
    )
    return found


def _ask(meeting: Meeting, step: Step, now: datetime) -> None:
    Climb.objects.create(meeting=meeting, rung=Rung.SAFETY, wave=step.wave, at=now)
    lead = lead_of(meeting)
    people = people_by_key(step.people)
    for key in step.people:
        if lead is None or key not in people:
            continue
        duty = Duty.objects.create(
            meeting=meeting,
            person=people[key],
            kind=DutyKind.SAFETY,
            way=DutyWay.POOL,
            asked_at=now,
        )
        duty_letters.keep_safe(duty=duty, lead=lead.person, meeting=meeting, now=now)


def _tell(meeting: Meeting, step: Step, now: datetime) -> None:
    Climb.objects.create(meeting=meeting, rung=step.rung or Rung.ALONE, at=now)
    lead = lead_of(meeting)
    if lead is not None:
        duty_letters.alone(duty=lead, meeting=meeting, now=now)
    duty_letters.rung(meeting=meeting, said=Rung.ALONE, wave=0, now=now)
