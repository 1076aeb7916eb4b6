"""No empty chair: what happens next when a meeting may have nobody to lead it.

Plain values in, a frozen step out: no Django, no database, no clock of its own. The site and the benchmark
climb the same ladder: whoever was asked → cover → the pool, three at a time → once more, a quarter of an
hour before → a group with room for guests → members are told. Rungs never come twice, whatever the order
in which answers arrive.
"""

from collections.abc import Hashable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from hearthside.meetings.rungs import (
    OUTCOMES,
    Act,
    Answer,
    Ask,
    Case,
    Climb,
    Part,
    Reserve,
    Rung,
    Step,
    is_ask,
)

__all__ = [
    "AT_THE_DOOR", "DAY_BEFORE", "OUTCOMES", "Act", "Answer", "Ask", "Case", "Climb", "Part", "Reserve",
    "Rung", "Step", "answered", "next_step", "patience", "taken",
]  # fmt: skip

DAY_BEFORE: Final = timedelta(hours=24)
AT_THE_DOOR: Final = timedelta(minutes=15)
# Where nobody sees who comes, whoever said yes is asked at the door, and has until then to tap “I am here”.
TAP_BY: Final = timedelta(minutes=10)
# The last moment before the start at which people can still be told before they come in vain.
LAST_CALL: Final = timedelta(minutes=5)
# Somebody who said yes may be this late before members are offered another way.
GRACE: Final = timedelta(minutes=5)
AT_ONCE: Final = 3
# Asked late, more are asked together: there is no time for one three after the other.
AT_ONCE_LATE: Final = 6
PATIENCE_LEAST, PATIENCE_MOST = timedelta(minutes=10), timedelta(hours=3)
PATIENCE_PART: Final = 6


def next_step(case: Case, *, now: datetime) -> Step:
    """What is to be done at that moment. Do it, tell the case by `taken`, and ask again until it says WAIT or DONE."""
    if case.outcome is not None:
        return Step(Act.DONE)
    return (
        _ending(case, now) or _handing_over(case, now) or _late(case, now) or _searching(case, now)
    )


def taken(case: Case, step: Step, *, at: datetime) -> Case:
    """The case after the step was done."""
    if step.act == Act.HAND_OVER:
        return replace(case, asks=_with(case.asks, step.people, part=Part.LEAD))
    if step.rung is None:
        return case
    climbs = (*case.climbs, Climb(step.rung, at, step.wave))
    if step.act == Act.END:
        return replace(case, climbs=climbs)
    known = {ask.person for ask in case.asks}
    reserves = {reserve.person: reserve for reserve in case.pool}
    part = Part.LEAD if case.lead is None else Part.COVER
    asks = tuple(
        replace(ask, part=part, answer=Answer.OPEN, times=ask.times + (ask.answer == Answer.FREED))
        if ask.person in step.people
        else ask
        for ask in case.asks
    )
    new = tuple(
        Ask(person, part, from_pool=True, short_notice=reserves[person].short_notice)
        for person in step.people
        if person not in known
    )
    pool = tuple(reserve for reserve in case.pool if reserve.person not in step.people)
    return replace(case, climbs=climbs, asks=asks + new, pool=pool)


def answered(case: Case, person: Hashable, *, yes: bool) -> Case:
    """The case after somebody who was asked has answered, or thought again. The first yes to lead wins."""
    ask = case.of(person)
    if ask is None or case.outcome is not None:
        return case
    if not yes:
        return replace(case, asks=_with(case.asks, (person,), answer=Answer.NO))
    if ask.answer == Answer.YES:
        return case
    part, answer = _place_for(case, ask)
    return replace(case, asks=_with(case.asks, (person,), part=part, answer=answer))


def patience(starts_at: datetime, climb: Climb) -> timedelta:
    """How long those asked on a rung have, before the next is climbed: less, the nearer the meeting."""
    part = (starts_at - climb.at) / PATIENCE_PART
    return min(max(part, PATIENCE_LEAST), PATIENCE_MOST)


def _place_for(case: Case, ask: Ask) -> tuple[Part, Answer]:
    """What a yes makes of somebody: they lead if nobody does; else they cover, or are thanked."""
    if case.lead is None:
        return (Part.COVER, Answer.YES) if _covers_only(case, ask) else (Part.LEAD, Answer.YES)
    if ask.part == Part.LEAD and ask.from_pool:
        return Part.LEAD, Answer.FREED
    return Part.COVER, Answer.YES


def _covers_only(case: Case, ask: Ask) -> bool:
    # Asked to cover, while whoever was asked to lead may still say yes.
    return ask.part == Part.COVER and not _is_refused(case)


def _ending(case: Case, now: datetime) -> Step | None:
    starts = case.starts_at
    if case.is_lead_here or (case.lead is not None and case.is_lead_here is None):
        return Step(Act.END, Rung.LED) if now >= starts else None
    has_promise = case.lead is not None or case.cover is not None
    if now < (starts + GRACE if has_promise and case.is_lead_here is False else starts - LAST_CALL):
        return None
    if case.lead is None and case.cover is not None and case.is_lead_here is None:
        return None
    if has_promise and case.is_by_tap:
        # A tap that is missing sends nobody home: people are there, and see who has come.
        return Step(Act.END, Rung.LED)
    return Step(Act.END, Rung.GUESTS if case.has_haven else Rung.TOLD)


def _handing_over(case: Case, now: datetime) -> Step | None:
    """Whoever said they cover leads, once whoever was asked to lead said no, or said nothing until the day before."""
    if case.lead is not None or case.cover is None:
        return None
    if _is_refused(case) or now >= case.starts_at - DAY_BEFORE:
        return Step(Act.HAND_OVER, people=(case.cover.person,))
    return None


def _late(case: Case, now: datetime) -> Step | None:
    has_time_to_tap = case.is_by_tap and case.lead is not None
    if now < case.starts_at - (TAP_BY if has_time_to_tap else AT_THE_DOOR):
        return None
    if case.has_climbed(Rung.LATE) or case.is_lead_here:
        return None
    if case.lead is not None and case.is_lead_here is None:
        return None
    silent = [ask.person for ask in case.asks if ask.answer == Answer.OPEN and ask.short_notice]
    freed = [ask.person for ask in case.asks if ask.answer == Answer.FREED and ask.short_notice]
    fresh = [reserve.person for reserve in case.pool if reserve.short_notice]
    return Step(
        Act.ASK, Rung.LATE, people=(*silent, *[*freed, *fresh][:AT_ONCE_LATE]),
        sure=tuple(ask.person for ask in case.asks if ask.answer == Answer.YES),
    )  # fmt: skip


def _searching(case: Case, now: datetime) -> Step:
    begins = now if _is_refused(case) else case.starts_at - DAY_BEFORE
    late = case.starts_at - AT_THE_DOOR
    if case.lead is not None or case.has_climbed(Rung.LATE) or now >= late:
        return Step(Act.WAIT, until=_next_look(case, now))
    if now < begins:
        return Step(Act.WAIT, until=begins)
    covers = tuple(ask.person for ask in case.asks if is_ask(ask, Part.COVER, Answer.OPEN))
    if covers and not case.has_climbed(Rung.COVER):
        return Step(Act.ASK, Rung.COVER, people=covers)
    asked = [climb for climb in case.climbs if climb.rung in (Rung.COVER, Rung.POOL)]
    if asked and _is_awaited(case):
        again = asked[-1].at + patience(case.starts_at, asked[-1])
        if now < again:
            return Step(Act.WAIT, until=min(again, late))
    wave = sum(climb.rung == Rung.POOL for climb in case.climbs) + 1
    freed = [ask.person for ask in case.asks if ask.answer == Answer.FREED and ask.times == 1]
    people = tuple([*freed, *(reserve.person for reserve in case.pool)][:AT_ONCE])
    return Step(Act.ASK, Rung.POOL, wave, people) if people else Step(Act.WAIT, until=late)


def _next_look(case: Case, now: datetime) -> datetime:
    moments = (
        case.starts_at + each for each in (-AT_THE_DOOR, -TAP_BY, -LAST_CALL, timedelta(), GRACE)
    )
    return min((each for each in moments if each > now), default=now)


def _is_refused(case: Case) -> bool:
    """Nobody who was asked to lead may still say yes, or nobody was asked."""
    return not any(
        ask.part == Part.LEAD and ask.answer in (Answer.OPEN, Answer.YES) for ask in case.asks
    )


def _is_awaited(case: Case) -> bool:
    """Somebody of those asked last has not answered yet."""
    return any(ask.part == Part.LEAD and ask.answer == Answer.OPEN for ask in case.asks)


def _with(asks: tuple[Ask, ...], people: Iterable[Hashable], **changes: object) -> tuple[Ask, ...]:
    chosen = set(people)
    return tuple(
        replace(ask, **changes) if ask.person in chosen else ask  # type: ignore[arg-type]
        for ask in asks
    )
