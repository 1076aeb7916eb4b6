"""How long it takes until a person answers a call: from real calls, and nothing from too few."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Final

from hearthside.safety.enums import ConcernState, Lane
from hearthside.safety.models import Concern

LATELY: Final = timedelta(days=90)
# Fewer calls than this say nothing about the next one.
FEWEST: Final = 5


@dataclass(frozen=True)
class TimeToHuman:
    """Of so many calls: within how many minutes half were answered, and nine in ten.

    None for a share that was never reached: the calls in question are still unanswered, so nobody can
    say how long they take.
    """

    calls: int
    half_minutes: int | None = None
    most_minutes: int | None = None

    @property
    def is_known(self) -> bool:
        return self.calls >= FEWEST


def time_to_human(*, with_people_on_duty: bool, now: datetime) -> TimeToHuman:
    """Of the last three months: of calls while somebody was on duty, or of those while nobody was."""
    calls = Concern.objects.filter(
        lane=Lane.NOW,
        raised_at__gt=now - LATELY,
        # For these nobody was called, so they say nothing about how people answer.
        is_call_held_back=False,
    )
    calls = calls.filter(on_duty__gt=0) if with_people_on_duty else calls.filter(on_duty=0)
    return of_waits(
        [
            _minutes(seen - raised) if seen and state != ConcernState.RECEIVED else None
            for raised, seen, state in calls.values_list("raised_at", "seen_at", "state")
        ]
    )


def of_waits(waits: Sequence[int | None]) -> TimeToHuman:
    """Nearest-rank percentiles; None is a call that nobody has answered, longer than all others.

    Leaving those out would make the figures better the more calls go unanswered.
    """
    if len(waits) < FEWEST:
        return TimeToHuman(len(waits))
    ordered = sorted(each for each in waits if each is not None)
    return TimeToHuman(len(waits), _rank(ordered, 0.5, len(waits)), _rank(ordered, 0.9, len(waits)))


def _rank(ordered: Sequence[int], share: float, count: int) -> int | None:
    place = ceil(share * count) - 1
    return ordered[place] if place < len(ordered) else None


def _minutes(wait: timedelta) -> int:
    """Whole minutes, rounded up: nobody is promised less than it took."""
    return max(1, ceil(wait / timedelta(minutes=1)))
