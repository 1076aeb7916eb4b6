"""No empty chair: what happens next when a meeting may have nobody to lead it.

Plain values in, a frozen step out: no Django, no database, no clock of its own. The site and the benchmark
climb the same ladder: whoever was asked → cover → the pool, three at a time → once more, a quarter of an
hour before → a group with room for guests → members are told. Rungs never come twice, whatever the order
in which answers arrive.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

DAY_BEFORE: Final = timedelta(hours=24)
AT_THE_DOOR: Final = timedelta(minutes=15)
# The last moment before the start at which people can still be told before they come in vain.
LAST_CALL: Final = timedelta(minutes=5)
# Somebody who said yes may be this late before members are offered another way.
GRACE: Final = timedelta(minutes=5)
AT_ONCE: Final = 3
# Asked late, more are asked together: there is no time for one three after the other.
AT_ONCE_LATE: Final = 6
PATIENCE_LEAST, PATIENCE_MOST = timedelta(minutes=10), timedelta(hours=3)
PATIENCE_PART: Final = 6


class Part(StrEnum):
    """What somebody is asked to be at one meeting."""

    LEAD = "lead"
    COVER = "cover"


class Answer(StrEnum):
    """What they said; FREED said yes when somebody else already led, and is thanked."""

    OPEN = "open"
    YES = "yes"
    NO = "no"
    FREED = "freed"


class Rung(StrEnum):
    """The steps of the ladder; the last three are outcomes, and a meeting has one of them."""

    COVER = "cover"
    POOL = "pool"
    LATE = "late"
    LED = "led"
    GUESTS = "guests"
    TOLD = "told"


class Act(StrEnum):
    """What is to be done now."""

    WAIT = "wait"
    HAND_OVER = "hand_over"
    ASK = "ask"
    END = "end"
    DONE = "done"


OUTCOMES: Final = frozenset({Rung.LED, Rung.GUESTS, Rung.TOLD})


@dataclass(frozen=True)
class Ask:
    """One person was asked to be at this meeting, and what they said."""

    person: Hashable
    part: Part
    answer: Answer = Answer.OPEN
    from_pool: bool = False
    # Pool: agreed to be asked on short notice. The team always may be.
    short_notice: bool = True
    times: int = 1


@dataclass(frozen=True)
class Reserve:
    """Somebody of the pool who may be asked to this meeting and has not been yet."""

    person: Hashable
    short_notice: bool = False


@dataclass(frozen=True)
class Climb:
    """A rung was climbed; the pool is climbed in waves, numbered from 1."""

    rung: Rung
    at: datetime
    wave: int = 0


@dataclass(frozen=True)
class Case:
    """All that the ladder knows of one meeting. `pool` is in the order in which people would be asked.

    `is_lead_here`: somebody who may lead has come to the door; None where nobody can see that.
    """

    starts_at: datetime
    asks: tuple[Ask, ...] = ()
    pool: tuple[Reserve, ...] = ()
    climbs: tuple[Climb, ...] = ()
    has_haven: bool = False
    is_lead_here: bool | None = None

    @property
    def lead(self) -> Ask | None:
        return next((ask for ask in self.asks if _is(ask, Part.LEAD, Answer.YES)), None)

    @property
    def cover(self) -> Ask | None:
        return next((ask for ask in self.asks if _is(ask, Part.COVER, Answer.YES)), None)

    @property
    def outcome(self) -> Rung | None:
        return next((climb.rung for climb in self.climbs if climb.rung in OUTCOMES), None)

    def of(self, person: Hashable) -> Ask | None:
        return next((ask for ask in self.asks if ask.person == person), None)

    def has_climbed(self, rung: Rung) -> bool:
        return any(climb.rung == rung for climb in self.climbs)


@dataclass(frozen=True)
class Step:
    """What to do now, for whom; of WAIT, until when. `sure` said yes already, and only hear that it is time."""

    act: Act
    rung: Rung | None = None
    wave: int = 0
    people: tuple[Hashable, ...] = ()
    sure: tuple[Hashable, ...] = ()
    until: datetime | None = None


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


def patience(case: Case, climb: Climb) -> timedelta:
    """How long those asked on a rung have, before the next is climbed: less, the nearer the meeting."""
    part = (case.starts_at - climb.at) / PATIENCE_PART
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
    return Step(Act.END, Rung.GUESTS if case.has_haven else Rung.TOLD)


def _handing_over(case: Case, now: datetime) -> Step | None:
    """Whoever said they cover leads, once whoever was asked to lead said no, or said nothing until the day before."""
    if case.lead is not None or case.cover is None:
        return None
    if _is_refused(case) or now >= case.starts_at - DAY_BEFORE:
        return Step(Act.HAND_OVER, people=(case.cover.person,))
    return None


def _late(case: Case, now: datetime) -> Step | None:
    if now < case.starts_at - AT_THE_DOOR or case.has_climbed(Rung.LATE) or case.is_lead_here:
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
    covers = tuple(ask.person for ask in case.asks if _is(ask, Part.COVER, Answer.OPEN))
    if covers and not case.has_climbed(Rung.COVER):
        return Step(Act.ASK, Rung.COVER, people=covers)
    asked = [climb for climb in case.climbs if climb.rung in (Rung.COVER, Rung.POOL)]
    if asked and _is_awaited(case):
        again = asked[-1].at + patience(case, asked[-1])
        if now < again:
            return Step(Act.WAIT, until=min(again, late))
    wave = sum(climb.rung == Rung.POOL for climb in case.climbs) + 1
    freed = [ask.person for ask in case.asks if ask.answer == Answer.FREED and ask.times == 1]
    people = tuple([*freed, *(reserve.person for reserve in case.pool)][:AT_ONCE])
    return Step(Act.ASK, Rung.POOL, wave, people) if people else Step(Act.WAIT, until=late)


def _next_look(case: Case, now: datetime) -> datetime:
    moments = (case.starts_at + each for each in (-AT_THE_DOOR, -LAST_CALL, timedelta(), GRACE))
    return min((each for each in moments if each > now), default=now)


def _is_refused(case: Case) -> bool:
    """Nobody who was asked to lead may still say yes, or nobody was asked."""
    return not any(
        ask.part == Part.LEAD and ask.answer in (Answer.OPEN, Answer.YES) for ask in case.asks
    )


def _is_awaited(case: Case) -> bool:
    """Somebody of those asked last has not answered yet."""
    return any(ask.part == Part.LEAD and ask.answer == Answer.OPEN for ask in case.asks)


def _is(ask: Ask, part: Part, answer: Answer) -> bool:
    return ask.part == part and ask.answer == answer


def _with(asks: tuple[Ask, ...], people: Iterable[Hashable], **changes: object) -> tuple[Ask, ...]:
    chosen = set(people)
    return tuple(
        replace(ask, **changes) if ask.person in chosen else ask  # type: ignore[arg-type]
        for ask in asks
    )
