"""What every event has in common, and when a tap comes too late."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import datetime

from peerkit.circle.errors import TurnIsNotYet, TurnIsPast
from peerkit.circle.values import Circle


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(ABC):
    """Something that happens; `by` is the seat key of whoever does it."""

    by: str

    @abstractmethod
    def happen(self, circle: Circle, now: datetime) -> Circle:
        """The circle after it, `now` in UTC. Raises a CircleError when it cannot happen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tap(Event):
    """An event that a person makes on a page; `version` is that of the circle the page showed."""

    version: int

    @abstractmethod
    def changed_at(self, circle: Circle) -> int:
        """The version at which what this tap is about last changed."""

    def refuse_unless_current(self, circle: Circle) -> None:
        """Raises TurnIsPast or TurnIsNotYet.

        The second of two taps must not answer for the next person, so a tap counts only while
        what it is about stands as the page showed it. What others do meanwhile is no obstacle.
        """
        if self.version > circle.version:
            raise TurnIsNotYet(f"{self.version} is after {circle.version}")
        if self.version < self.changed_at(circle):
            raise TurnIsPast(f"{self.version} is before {self.changed_at(circle)}")
