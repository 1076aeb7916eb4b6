"""Recounting a plan: every rule checked again in plain Python, without a line of what made the plan."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from peerkit.matching.placing.values import Group, Member, Placement, Problem


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that a plan breaks: its name, the ids it is about, and numbers for a sentence.

    | rule             | ids                 | params          |
    |------------------|---------------------|-----------------|
    | `unknown`        | member or group     |                 |
    | `missing`        | member              |                 |
    | `not_an_option`  | member, group       |                 |
    | `forbidden`      | member, group       |                 |
    | `floor`          | member, group       | fit, floor      |
    | `pinned`         | member, group       |                 |
    | `moved`          | member, group       |                 |
    | `dropped`        | member, group       |                 |
    | `no_better`      | member, group       |                 |
    | `seats`          | group               | people, seats   |
    | `too_few`        | group               | people, seats   |
    | `only_one`       | group               | people, needed  |
    | `newcomers`      | group               | new, people     |
    | `facilitator`    | facilitator         | people, most    |
    | `apart`          | member, member      |                 |
    | `together`       | member, member      |                 |
    | `opened`         | groups              | opened, most    |
    | `value`          |                     | said, counted   |
    | `bound`          |                     | bound, value    |
    """

    rule: str
    ids: tuple[str, ...] = ()
    params: Mapping[str, int] = field(default_factory=dict)


def check(problem: Problem, placement: Placement) -> tuple[Broken, ...]:
    """Return every rule that the plan breaks, empty when it breaks none.

    People who are pinned, or sit somewhere and stay, are facts: what they alone make of a group is
    nobody's offence. Everybody added to them has to keep every rule.
    """
    known = {one.id: one for one in problem.members}
    groups = {one.id: one for one in problem.groups}
    strange = [Broken("unknown", (name,)) for name in placement.where if name not in known]
    strange += [Broken("missing", (name,)) for name in known if name not in placement.where]
    away = {name for name in placement.where.values() if name and name not in groups}
    strange += [Broken("unknown", (name,)) for name in sorted(away)]
    if strange:
        return tuple(strange)
    asked = {one.id for one in problem.members if one.may_move} - placement.stays
    stays = {one.id for one in problem.members if one.sits_in and one.id not in asked}
    fixed = stays | (problem.pinned.keys() & known.keys())
    company: dict[str, list[Member]] = defaultdict(list)
    for name, group in placement.where.items():
        if group:
            company[group].append(known[name])
    return (
        *_seats_of_people(problem, placement.where, fixed),
        *(
            it
            for name, people in company.items()
            for it in _room(problem, groups[name], people, fixed)
        ),
        *_facilitators(problem, company, fixed),
        *_pairs(problem, placement.where, fixed),
        *_openings(problem, company),
        *_sums(problem, placement),
    )


def _seats_of_people(
    problem: Problem, where: Mapping[str, str], fixed: set[str]
) -> Iterator[Broken]:
    for one in problem.members:
        group = where[one.id]
        pinned = problem.pinned.get(one.id)
        if pinned and group != pinned:
            yield Broken("pinned", (one.id, pinned))
        elif one.id in fixed and not pinned and group != one.sits_in:
            yield Broken("moved", (one.id, one.sits_in))
        elif one.sits_in and not group:
            yield Broken("dropped", (one.id, one.sits_in))
        if group and one.id not in fixed and group != one.sits_in:
            yield from _option(problem, one, group)
            if one.sits_in and one.fits.get(group, 0) <= one.fits.get(one.sits_in, 1):
                yield Broken("no_better", (one.id, group))


def _option(problem: Problem, one: Member, group: str) -> Iterator[Broken]:
    if group not in one.fits:
        yield Broken("not_an_option", (one.id, group))
    elif one.fits[group] < problem.rules.floor:
        yield Broken(
            "floor", (one.id, group), {"fit": one.fits[group], "floor": problem.rules.floor}
        )
    if (one.id, group) in problem.forbidden:
        yield Broken("forbidden", (one.id, group))


def _room(
    problem: Problem, group: Group, people: list[Member], fixed: set[str]
) -> Iterator[Broken]:
    count = len(people)
    facts = [one for one in people if one.id in fixed]
    added = [one for one in people if one.id not in fixed]
    if added and count > group.seats_max:
        yield Broken("seats", (group.id,), {"people": count, "seats": group.seats_max})
    if not facts and count < group.seats_min:
        yield Broken("too_few", (group.id,), {"people": count, "seats": group.seats_min})
    kinds = Counter(one.experience for one in people)
    for kind in sorted({one.experience for one in added}):
        if kinds[kind] < problem.rules.alike_min:
            needed = {"people": kinds[kind], "needed": problem.rules.alike_min}
            yield Broken("only_one", (group.id,), needed)
    if added and _above(problem, people) > max(0, _above(problem, facts)):
        new = sum(one.is_new for one in people)
        yield Broken("newcomers", (group.id,), {"new": new, "people": count})


def _above(problem: Problem, people: list[Member]) -> int:
    """Return how far newcomers are above their share, in people times `newcomers_of`."""
    new = sum(one.is_new for one in people)
    return new * problem.rules.newcomers_of - len(people) * problem.rules.newcomers_max


def _facilitators(
    problem: Problem, company: Mapping[str, list[Member]], fixed: set[str]
) -> Iterator[Broken]:
    for leader in problem.facilitators:
        led = [
            one
            for group in problem.groups
            if group.facilitator == leader.id
            for one in company.get(group.id, ())
        ]
        if len(led) > leader.people_max and any(one.id not in fixed for one in led):
            yield Broken(
                "facilitator", (leader.id,), {"people": len(led), "most": leader.people_max}
            )


def _pairs(problem: Problem, where: Mapping[str, str], fixed: set[str]) -> Iterator[Broken]:
    for one, other in problem.apart:
        is_fact = one in fixed and other in fixed
        if one != other and where.get(one) and where[one] == where.get(other) and not is_fact:
            yield Broken("apart", (one, other))
    for one, other in problem.together:
        is_fact = one in fixed and other in fixed
        if one in where and other in where and where[one] != where[other] and not is_fact:
            # Somebody held keeps the place that is theirs; the other may wait for a place beside them.
            waits = {name for name in (one, other) if not where[name]}
            if not (waits and not waits & fixed and {one, other} & fixed):
                yield Broken("together", (one, other))


def _openings(problem: Problem, company: Mapping[str, list[Member]]) -> Iterator[Broken]:
    most = problem.rules.opened_max
    seated = {one.sits_in for one in problem.members}
    pinned = set(problem.pinned.values())
    new = [
        one.id
        for one in problem.groups
        if not one.is_running and one.id in company and one.id not in seated
    ]
    if most is not None and len(new) > most and not pinned.issuperset(new):
        yield Broken("opened", tuple(sorted(new)), {"opened": len(new), "most": most})


def _sums(problem: Problem, placement: Placement) -> Iterator[Broken]:
    more = problem.rules.wait_points
    counted = 0
    for one in problem.members:
        group = placement.where[one.id]
        if group:
            counted += one.fits.get(group, 1) + more * min(one.weeks, 26)
    if counted != placement.value:
        yield Broken("value", (), {"said": placement.value, "counted": counted})
    if placement.bound < placement.value:
        yield Broken("bound", (), {"bound": placement.bound, "value": placement.value})
