"""Every facilitator's limit, kept by the whole plan: the engine knows one facilitator per group, groups may have several.

Each group is given to the one with least room. The plan is counted again for everybody. Whoever would be
passed over is given their groups, and where two limits pull at the same group, its seats are cut.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from time import monotonic
from typing import Final

from hearthside.placing.queries import engine

Place = Callable[[engine.Problem, float], engine.Placement]
# After so many tries nobody more comes to the groups of whoever would still be passed over.
TRIES: Final = 6
LEAST_SECONDS: Final = 2.0


@dataclass(frozen=True, slots=True)
class Limit:
    """`room` is how many people, those who sit there included, one facilitator can have in `groups`."""

    person: str
    room: int
    groups: frozenset[str]


def leads_of(limits: Iterable[Limit], sitting: Mapping[str, int]) -> dict[str, str]:
    """For each group the facilitator with least room left."""
    least: dict[str, tuple[int, str]] = {}
    for one in limits:
        left = one.room - sum(sitting.get(group, 0) for group in one.groups)
        for group in one.groups:
            least[group] = min(least.get(group, (left, one.person)), (left, one.person))
    return {group: person for group, (_left, person) in least.items()}


def led(
    problem: engine.Problem, limits: Sequence[Limit], leads: Mapping[str, str]
) -> engine.Problem:
    """The problem with each group led as `leads` says, and what each then has room for in these."""
    sitting = _sitting(problem)
    facilitators = []
    for one in (limit for limit in limits if limit.person in leads.values()):
        beside = sum(sitting[group] for group in one.groups if leads.get(group) != one.person)
        facilitators.append(engine.Facilitator(one.person, max(one.room - beside, 0)))
    groups = tuple(replace(one, facilitator=leads.get(one.id, "")) for one in problem.groups)
    return replace(problem, groups=groups, facilitators=tuple(facilitators))


def passed(
    limits: Iterable[Limit], problem: engine.Problem, plan: engine.Placement
) -> dict[str, int]:
    """Who would look after too many, and by how many; nobody who sits somewhere is ever sent away."""
    filled, coming = Counter(plan.where.values()), _coming(problem, plan)
    over = {}
    for one in limits:
        extra = sum(filled[group] for group in one.groups) - one.room
        extra = min(extra, sum(coming[group] for group in one.groups))
        if extra > 0:
            over[one.person] = extra
    return over


def placed_within(
    problem: engine.Problem, limits: Sequence[Limit], *, seconds: float, place: Place
) -> tuple[engine.Problem, engine.Placement]:
    """The best plan found that passes nobody's limit, and the problem to explain it by, with every seat.

    The bound is that of a problem with fewer limits, so it holds for this one. Raises
    engine.Contradiction where a coordinator's own decisions pass a limit.
    """
    began, seats = monotonic(), {one.id: one.seats_max for one in problem.groups}
    plan = place(problem, seconds)
    bound, given, tries = plan.bound, set[str](), 0
    while over := passed(limits, problem, plan):
        tries += 1
        fresh = {one for one in over if one not in given}
        if fresh and tries <= TRIES:
            given |= fresh
            problem = _given(problem, limits, fresh)
        else:
            problem = _cut(problem, limits, plan, over, is_last=tries > TRIES)
        plan = place(problem, max(began + seconds - monotonic(), LEAST_SECONDS))
        plan = replace(plan, bound=max(bound, plan.value), is_optimal=plan.value >= bound)
    every_seat = tuple(replace(one, seats_max=seats[one.id]) for one in problem.groups)
    return replace(problem, groups=every_seat), replace(plan, seconds=monotonic() - began)


def _given(
    problem: engine.Problem, limits: Sequence[Limit], people: Collection[str]
) -> engine.Problem:
    """These lead all their groups by themselves, as far as the engine knows."""
    leads = {one.id: one.facilitator for one in problem.groups if one.facilitator}
    for one in limits:
        if one.person in people:
            leads |= dict.fromkeys(one.groups, one.person)
    return led(problem, limits, leads)


def _cut(
    problem: engine.Problem,
    limits: Sequence[Limit],
    plan: engine.Placement,
    over: Mapping[str, int],
    *,
    is_last: bool,
) -> engine.Problem:
    """As many seats fewer as would be too many, where somebody would come who may as well wait."""
    filled, coming = Counter(plan.where.values()), _coming(problem, plan)
    seats: dict[str, int] = {}
    for one in limits:
        extra = over.get(one.person, 0)
        for group in sorted(one.groups, key=lambda name: (-coming[name], name)):
            fewer = coming[group] if is_last else min(coming[group], extra)
            if extra > 0 and fewer:
                seats[group] = min(seats.get(group, filled[group]), filled[group] - fewer)
                extra -= fewer
        if extra > 0:
            raise engine.Contradiction([_too_many(one, filled)])
    groups = (replace(one, seats_max=seats.get(one.id, one.seats_max)) for one in problem.groups)
    return replace(problem, groups=tuple(groups))


def _too_many(limit: Limit, filled: Counter[str]) -> engine.Clash:
    people = sum(filled[group] for group in limit.groups)
    return engine.Clash(
        "pinned_beyond_facilitator",
        people,
        (limit.person,),
        {"most": limit.room},
        is_contradiction=True,
    )


def _coming(problem: engine.Problem, plan: engine.Placement) -> Counter[str]:
    """How many would come to each group whom nobody has put there, and who sit nowhere."""
    free = (one.id for one in problem.members if not one.sits_in and one.id not in problem.pinned)
    return Counter(plan.where[name] for name in free)


def _sitting(problem: engine.Problem) -> Counter[str]:
    return Counter(one.sits_in for one in problem.members if one.sits_in)
