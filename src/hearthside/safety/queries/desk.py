"""The safety desk of one person: what they look after, when they are on duty, and how long calls take."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hearthside.accounts.models import Person
from hearthside.accounts.ports import sees_others
from hearthside.notices.enums import Kind
from hearthside.notices.queries import why_not
from hearthside.safety.ports import Subject, stewards
from hearthside.safety.queries import concerns, duty
from hearthside.safety.queries.concerns import ConcernView
from hearthside.safety.queries.duty import Stint
from hearthside.safety.queries.duty_figures import TimeToHuman, time_to_human


@dataclass(frozen=True)
class Desk:
    """What one person sees who answers for safety now, stands on the rota, or was called."""

    open: Sequence[ConcernView]
    answered: Sequence[ConcernView]
    on_duty: Sequence[Person]
    stints: Sequence[Stint]
    is_on_rota: bool
    keeps_rota: bool
    is_unreachable: bool
    with_people: TimeToHuman
    without_people: TimeToHuman


def desk_of(person: Person, *, now: datetime) -> Desk | None:
    """The desk; None for somebody who has nothing to do there."""
    if not sees_others(person):
        return None
    keeps_rota = stewards().leads_safety(person, now=now) or stewards().runs_programme(
        person, now=now
    )
    is_on_rota = duty.is_on_rota(person, now=now)
    lines = concerns.entrusted_to(person, now=now)
    if not (keeps_rota or is_on_rota or lines):
        return None
    return Desk(
        open=[line for line in lines if line.concern.is_open],
        answered=[line for line in lines if not line.concern.is_open],
        on_duty=duty.on_duty(now=now),
        stints=duty.rota(now=now).of(person) if is_on_rota else (),
        is_on_rota=is_on_rota,
        keeps_rota=keeps_rota,
        is_unreachable=is_on_rota and bool(why_not(person, Kind.CALL, now=now)),
        with_people=time_to_human(with_people_on_duty=True, now=now),
        without_people=time_to_human(with_people_on_duty=False, now=now),
    )


@dataclass(frozen=True)
class Presence:
    """What somebody reads before they write: how many people are on duty, and how long it has taken."""

    people: int
    figures: TimeToHuman
    minutes: int
    answers: bool


def presence(subject: Subject, *, person: Person | None, now: datetime) -> Presence:
    """Truthful for this very concern: nobody whom it must not reach is counted."""
    shut = {*subject.people, *([person.pk] if person else [])}
    there = [each for each in duty.on_duty(now=now) if each.pk not in shut]
    circles = stewards().circles([subject.group], now=now)[subject.group]
    return Presence(
        people=len(there),
        figures=time_to_human(with_people_on_duty=bool(there), now=now),
        minutes=duty.minutes_to_answer(),
        answers=any(each.pk not in shut for circle in circles for each in circle),
    )
