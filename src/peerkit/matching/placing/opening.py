"""New groups from those who wait: alike people, one hour in which all are free, one way to meet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from peerkit.matching.placing.gathering import Gathering, gatherings
from peerkit.matching.placing.values import Pair
from peerkit.matching.placing.waiting import Waiting
from peerkit.matching.placing.weekly import Meeting
from peerkit.matching.values import Around


@dataclass(frozen=True, slots=True)
class Proposal:
    """A group that could open: who would come, and when in its own zone (weekday 0 is Monday).

    `around` is the middle of a group that meets in person, None online. `could_come` counts all who
    could come at this hour, those chosen and those for whom there is no seat.
    """

    experience: str
    language: str
    weekday: int
    start_minute: int
    minutes: int
    zone: str
    members: tuple[str, ...]
    around: Around | None = None
    is_young: bool = False
    only: str = ""
    could_come: int = 0


@dataclass(frozen=True, slots=True)
class Proposals:
    """New groups, those that help most people first; and who is left, with why.

    `too_few_alike`: fewer than `people_min` who wait share their experience, language, way and age
    group. `no_common_hour`: enough are alike, and too few of those still waiting share an hour.
    """

    groups: tuple[Proposal, ...]
    too_few_alike: tuple[str, ...] = ()
    no_common_hour: tuple[str, ...] = field(default=())

    @property
    def helped(self) -> int:
        """How many people would have a place."""
        return sum(len(one.members) for one in self.groups)


def propose_groups(
    waiting: Iterable[Waiting],
    *,
    now: datetime,
    people_min: int = 5,
    people_max: int = 12,
    minutes: int = 60,
    weeks: int = 12,
    groups_max: int | None = None,
    apart: Sequence[Pair] = (),
    newcomers: tuple[int, int] = (1, 1),
) -> Proposals:
    """Propose groups greedily: always the one that the most people still waiting could join.

    All of a group are free in each of the next `weeks` weeks from `now` (aware), clocks going forward
    or back included. Online the hour is kept in the zone most of them live in, in person in theirs.
    People under 18 and grown-ups never share a group. `newcomers` is the share of new people allowed
    (3, 4); (1, 1) allows all. The order of people given never matters. Raises ValueError for numbers
    that make no group.
    """
    if not 1 <= people_min <= people_max:
        raise ValueError(f"A group of {people_min} to {people_max} people cannot be.")
    if minutes < 1 or weeks < 1:
        raise ValueError("A meeting lasts at least 1 minute, and weeks are at least 1.")
    people = sorted(waiting, key=lambda one: one.id)
    ids = {one.id for one in people}
    if len(ids) != len(people):
        raise ValueError("Somebody waits twice under one id.")
    meeting = Meeting(now, minutes, weeks)
    circles = gatherings(people, meeting)
    chosen = _greedy(circles, _Size(people_min, people_max, newcomers), _bars(apart), groups_max)
    helped = {name for one in chosen for name in one.members}
    alike = {
        one.id for circle in circles if len(circle.people) >= people_min for one in circle.people
    }
    return Proposals(
        tuple(chosen),
        tuple(sorted(ids - alike)),
        tuple(sorted(alike - helped)),
    )


@dataclass(frozen=True, slots=True)
class _Size:
    least: int
    most: int
    newcomers: tuple[int, int]


def _bars(apart: Sequence[Pair]) -> dict[str, set[str]]:
    barred: dict[str, set[str]] = {}
    for one, other in apart:
        barred.setdefault(one, set()).add(other)
        barred.setdefault(other, set()).add(one)
    return barred


def _greedy(
    circles: Sequence[Gathering],
    size: _Size,
    barred: dict[str, set[str]],
    groups_max: int | None,
) -> list[Proposal]:
    """Take the fullest hour of all, then look again only where somebody was taken."""
    gone: set[str] = set()
    best = {at: _proposal(circle, size, barred, gone) for at, circle in enumerate(circles)}
    chosen: list[Proposal] = []
    while groups_max is None or len(chosen) < groups_max:
        found = [(-len(one.members), -one.could_come, at, one) for at, one in best.items() if one]
        if not found:
            break
        taken = min(found)[3]
        chosen.append(taken)
        gone.update(taken.members)
        for at, one in best.items():
            if one and not gone.isdisjoint(circles[at].ids):
                best[at] = _proposal(circles[at], size, barred, gone)
    return chosen


def _proposal(
    circle: Gathering, size: _Size, barred: dict[str, set[str]], gone: set[str]
) -> Proposal | None:
    """Return the best group this gathering can still make, or None when it is too small for one."""
    for slot, could in circle.hours(gone, size.least):
        members = _company(circle.scarce_first(could), size, barred)
        if len(members) >= size.least:
            return Proposal(
                circle.experience,
                circle.language,
                slot // (24 * 60),
                slot % (24 * 60),
                circle.minutes,
                circle.zone,
                tuple(sorted(one.id for one in members)),
                circle.around,
                circle.is_young,
                circle.only,
                len(could),
            )
    return None


def _company(people: Sequence[Waiting], size: _Size, barred: dict[str, set[str]]) -> list[Waiting]:
    """Take people in turn: nobody beside somebody they must avoid, newcomers within their share."""
    taken: list[Waiting] = []
    # Newcomers whom the share kept out at first have their turn again behind the experienced.
    for one in (*people, *(it for it in people if it.is_new)):
        avoids = barred.get(one.id, set())
        if len(taken) == size.most or one in taken:
            continue
        if any(other.id in avoids for other in taken):
            continue
        new = sum(it.is_new for it in taken) + one.is_new
        if one.is_new and new * size.newcomers[1] > (len(taken) + 1) * size.newcomers[0]:
            continue
        taken.append(one)
    return taken
