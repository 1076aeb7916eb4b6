"""Groups that could open for those who still wait: found by the engine, told as plain values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from hearthside.finder.enums import Way
from hearthside.groups.ages import ADULT_FROM
from hearthside.placing.models import Request
from hearthside.placing.queries import engine
from hearthside.placing.queries.problems import Case
from peerkit import matching

# A group below this is one cold away from being two people in a room.
PEOPLE_MIN: Final = 4
MINUTES: Final = 90
# Who named no times can come at any that a group would choose.
ANY_HOUR: Final = tuple(matching.Free(day, 9 * 60, 21 * 60 + 30) for day in range(7))
ANY_LANGUAGE: Final = "en"


@dataclass(frozen=True, slots=True)
class NewGroup:
    """A group that does not exist yet; `members` are ids of people who wait, all free at its hour."""

    experience: str
    language: str
    way: str
    weekday: int
    minute: int
    zone: str
    members: Sequence[str]


def new_groups(case: Case, placement: engine.Placement, *, now: datetime) -> Sequence[NewGroup]:
    """Groups for those who have no place in the plan, the largest first."""
    living = {one.id: one for one in case.problem.members}
    waiting = [
        _waiting(living[name], case.seekers[name], request)
        for name, request in case.requests.items()
        if not placement.where.get(name)
        and living[name].experience
        and _is_adult(case.seekers[name])
    ]
    ids = {one.id for one in waiting}
    found = engine.propose_groups(
        waiting,
        now=now,
        people_min=PEOPLE_MIN,
        minutes=MINUTES,
        apart=[pair for pair in case.problem.apart if ids.issuperset(pair)],
    )
    return [
        NewGroup(
            one.experience,
            one.language,
            Way.IN_PERSON if one.around else Way.ONLINE,
            one.weekday,
            one.start_minute,
            one.zone,
            one.members,
        )
        for one in found.groups
    ]


def _is_adult(seeker: matching.Seeker) -> bool:
    # Threat: a child among adults in a new group that nobody meant for children.
    return seeker.age is None or seeker.age >= ADULT_FROM


def _waiting(member: engine.Member, seeker: matching.Seeker, request: Request) -> engine.Waiting:
    """Somebody's wish as a new group would have to meet it; what they left open stays open."""
    ways = seeker.formats or {Way.ONLINE.value, Way.IN_PERSON.value}
    return engine.Waiting(
        id=member.id,
        experience=member.experience,
        languages=seeker.languages or (request.person.language or ANY_LANGUAGE,),
        free=seeker.free or ANY_HOUR,
        zone=seeker.zone,
        formats=frozenset(way for way in ways if way != Way.IN_PERSON or seeker.around),
        around=seeker.around,
        age=seeker.age,
        only=seeker.only,
        is_new=member.is_new,
    )
