"""The words of the ladder: who was asked, what they said, which rungs were climbed, and what to do next.

Plain values, without Django: `ladder` decides who leads by them, `room_safety` who keeps a room safe.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final


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
    """The steps of the ladder; LED, GUESTS and TOLD are outcomes, and a meeting has one of them.

    SAFETY asks who can keep an online room safe beside whoever leads, ALONE tells them that nobody does.
    """

    COVER = "cover"
    POOL = "pool"
    LATE = "late"
    LED = "led"
    GUESTS = "guests"
    TOLD = "told"
    SAFETY = "safety"
    ALONE = "alone"


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

    `is_lead_here`: somebody who may lead has come to the door; None where, or while, nobody can see that.
    `is_by_tap`: they say so themselves, by “I am here”; that somebody did not tap does not prove that they are away.
    """

    starts_at: datetime
    asks: tuple[Ask, ...] = ()
    pool: tuple[Reserve, ...] = ()
    climbs: tuple[Climb, ...] = ()
    has_haven: bool = False
    is_lead_here: bool | None = None
    is_by_tap: bool = False

    @property
    def lead(self) -> Ask | None:
        return next((ask for ask in self.asks if is_ask(ask, Part.LEAD, Answer.YES)), None)

    @property
    def cover(self) -> Ask | None:
        return next((ask for ask in self.asks if is_ask(ask, Part.COVER, Answer.YES)), None)

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


def is_ask(ask: Ask, part: Part, answer: Answer) -> bool:
    return ask.part == part and ask.answer == answer
