"""Contradictions in a problem: which rules clash, and how many people are affected."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from peerkit.matching.placing.decided import Options, held, kept_apart, kept_together, options
from peerkit.matching.placing.values import Problem

_DEMAND: Final = 3
_DEMAND_PEOPLE: Final = 10
_NOBODY: Final[set[str]] = set()


@dataclass(frozen=True, slots=True)
class Clash:
    """Rules that do not go together: a code, the ids concerned, numbers, and how many people it touches.

    `is_contradiction`: nothing can be placed before it is settled; the others only narrow the choice.
    """

    code: str
    people: int
    ids: tuple[str, ...] = ()
    params: Mapping[str, int | str] = field(default_factory=dict)
    is_contradiction: bool = False

    @property
    def sentence(self) -> str:
        """The clash in plain English."""
        return SENTENCES[self.code].format(*self.ids[:2], people=self.people, **self.params)


class Contradiction(ValueError):
    """Decisions exclude each other; `clashes` says which."""

    def __init__(self, found: Iterable[Clash]) -> None:
        self.clashes: Final = tuple(one for one in found if one.is_contradiction)
        super().__init__(" ".join(one.sentence for one in self.clashes[:5]))


SENTENCES: Final = {
    "same_member": "{people} members have the id {0}.",
    "same_group": "{count} groups have the id {0}.",
    "same_facilitator": "{count} facilitators have the id {0}.",
    "fits_unknown": "{people} people have a fit for the group {0}, which does not exist.",
    "seat_unknown": "{people} people sit in the group {0}, which does not exist.",
    "pin_unknown": "{people} people are pinned to the group {0}, which does not exist.",
    "person_unknown": "A rule names {0}, who is not among the members.",
    "facilitator_unknown": "The group {0} is led by {1}, for whom no limit is known.",
    "pinned_no_option": "{0} is pinned to {1}, which is no option for them.",
    "pinned_forbidden": "{0} is pinned to {1} and also forbidden to go there.",
    "pinned_apart": "{0} and {1} are kept apart, and pinned to or sit in the same group.",
    "pinned_beyond_seats": "{people} people are pinned to or sit in {0}, which has {seats} seats.",
    "pinned_beyond_facilitator": (
        "{people} people are pinned to or sit in groups of {0}, who looks after {most} at most."
    ),
    "pinned_opens": "Pins open {opened} groups, and {most} may open.",
    "seated_apart": "{0} and {1} are kept apart, and sit in the same group.",
    "seated_beyond_seats": "{people} people sit in {0}, which has {seats} seats.",
    "together_apart": "{0} and {1} are to be together and apart at once.",
    "together_no_option": "{people} people are to be together and share no option.",
    "together_held": "{0} and {1} are to be together, and each has a place elsewhere.",
    "no_seats": "{0} has no seats; {people} people have it as an option.",
    "seats_below_least": "{0} has {seats} seats and opens with {least} people at least.",
    "never_enough": "{0} needs {least} people, and {people} could come.",
    "no_option": "{people} people fit no group at all.",
    "floor": "{people} people fit groups only below the floor of {floor}.",
    "wanted_by_many": "{people} people want a place in {0}, which has {seats}.",
    "only_one": "{people} people have an experience that nobody else has, and may not be the only one.",
}


def clashes(problem: Problem) -> tuple[Clash, ...]:
    """Return what clashes, contradictions first; empty when nothing does.

    Params by code: `count`, `seats`, `most`, `opened`, `least`, `floor`; `ids` name what it is about.
    """
    return clashes_and_options(problem)[0]


def clashes_and_options(problem: Problem) -> tuple[tuple[Clash, ...], dict[str, Options]]:
    """Return what clashes, and everybody's options (none where names stand twice or for nothing)."""
    names = tuple(_names(problem))
    if any(one.is_contradiction for one in names):
        return _sorted(names), {}
    left = options(problem)
    found = (
        *names,
        *_pins(problem),
        *_seated(problem),
        *_together(problem, left),
        *_groups(problem, left),
        *_people(problem, left),
    )
    return _sorted(found), left


def _sorted(found: Iterable[Clash]) -> tuple[Clash, ...]:
    return tuple(
        sorted(found, key=lambda one: (not one.is_contradiction, -one.people, one.code, one.ids))
    )


def _names(problem: Problem) -> Iterator[Clash]:
    """Ids that stand twice or for nothing."""
    members = Counter(one.id for one in problem.members)
    groups = Counter(one.id for one in problem.groups)
    leaders = Counter(one.id for one in problem.facilitators)
    for code, counted in (("same_group", groups), ("same_facilitator", leaders)):
        for name in sorted(name for name, count in counted.items() if count > 1):
            yield Clash(code, 0, (name,), {"count": counted[name]}, is_contradiction=True)
    for name in sorted(name for name, count in members.items() if count > 1):
        yield Clash("same_member", members[name], (name,), is_contradiction=True)
    fits = Counter(group for one in problem.members for group in one.fits)
    seats = Counter(one.sits_in for one in problem.members if one.sits_in)
    pins = Counter(group for member, group in problem.pinned.items() if member in members)
    for code, named in (("fits_unknown", fits), ("seat_unknown", seats), ("pin_unknown", pins)):
        for name in sorted(named.keys() - groups.keys()):
            yield Clash(code, named[name], (name,), is_contradiction=True)
    pairs = {name for pair in (*problem.apart, *problem.together) for name in pair}
    ruled = pairs | problem.pinned.keys() | {member for member, _ in problem.forbidden}
    yield from (Clash("person_unknown", 0, (name,)) for name in sorted(ruled - members.keys()))
    for group in sorted(problem.groups, key=lambda one: one.id):
        if group.facilitator and group.facilitator not in leaders:
            yield Clash("facilitator_unknown", 0, (group.id, group.facilitator))


def _pins(problem: Problem) -> Iterator[Clash]:
    at = held(problem)
    for one in problem.members:
        group = problem.pinned.get(one.id)
        if group is None:
            continue
        if (one.id, group) in problem.forbidden:
            yield Clash("pinned_forbidden", 1, (one.id, group), is_contradiction=True)
        elif group not in one.fits and group != one.sits_in:
            yield Clash("pinned_no_option", 1, (one.id, group), is_contradiction=True)
    brought = _brought(problem)
    beside = {**_sitting(problem, brought), **at}
    for pair in _pairs_apart(problem):
        is_met = pair[0] in beside and beside[pair[0]] == beside.get(pair[1])
        if is_met and problem.pinned.keys() & set(pair):
            yield Clash("pinned_apart", 2, pair, is_contradiction=True)
    yield from _beyond(problem, at)
    yield from _overloaded(problem, at)
    most = problem.rules.opened_max
    seated = {one.sits_in for one in problem.members}
    pinned = set(at.values())
    opened = sum(not one.is_running and one.id in pinned - seated for one in problem.groups)
    if most is not None and opened > most:
        yield Clash("pinned_opens", 0, (), {"opened": opened, "most": most}, is_contradiction=True)


def _brought(problem: Problem) -> set[str]:
    """Return the groups that a pin brings somebody to who does not sit there."""
    return {
        problem.pinned[one.id]
        for one in problem.members
        if one.id in problem.pinned and problem.pinned[one.id] != one.sits_in
    }


def _sitting(problem: Problem, groups: set[str]) -> dict[str, str]:
    """Return who sits in these groups: who asked to move may have to stay."""
    return {one.id: one.sits_in for one in problem.members if one.sits_in in groups}


def _pairs_apart(problem: Problem) -> list[tuple[str, str]]:
    return sorted({(min(pair), max(pair)) for pair in problem.apart if pair.one != pair.other})


def _beyond(problem: Problem, at: Mapping[str, str]) -> Iterator[Clash]:
    """More people decided on than there are seats, or than a facilitator looks after."""
    brought = _brought(problem)
    taken = Counter({**_sitting(problem, brought), **at}.values())
    pinned = {at[member] for member in problem.pinned if member in at}
    for group in problem.groups:
        if taken[group.id] > group.seats_max:
            code = "pinned_beyond_seats" if group.id in pinned else "seated_beyond_seats"
            yield Clash(
                code,
                taken[group.id],
                (group.id,),
                {"seats": group.seats_max},
                is_contradiction=group.id in pinned,
            )


def _overloaded(problem: Problem, at: Mapping[str, str]) -> Iterator[Clash]:
    """Facilitators to whom a pin gives more people than they look after."""
    brought = _brought(problem)
    pinned = {at[member] for member in problem.pinned if member in at}
    led: dict[str, set[str]] = defaultdict(set)
    for group in problem.groups:
        led[group.facilitator].add(group.id)
    everybody = Counter({**_sitting(problem, {one.id for one in problem.groups}), **at}.values())
    decided = Counter(at.values())
    for leader in sorted(problem.facilitators, key=lambda one: one.id):
        own = led[leader.id]
        taken = everybody if own & brought else decided
        people = sum(taken[group] for group in own)
        if people > leader.people_max and own & pinned:
            params = {"most": leader.people_max}
            yield Clash(
                "pinned_beyond_facilitator", people, (leader.id,), params, is_contradiction=True
            )


def _seated(problem: Problem) -> Iterator[Clash]:
    seat = {one.id: one.sits_in for one in problem.members if one.sits_in}
    for one, other in _pairs_apart(problem):
        is_pinned = bool({one, other} & problem.pinned.keys())
        if one in seat and seat[one] == seat.get(other) and not is_pinned:
            yield Clash("seated_apart", 2, (one, other))


def _together(problem: Problem, left: Mapping[str, Mapping[str, int]]) -> Iterator[Clash]:
    at = held(problem)
    apart = kept_apart(problem.apart)
    own = {one.id: one.fits for one in problem.members}
    for one, other in sorted({(min(pair), max(pair)) for pair in problem.together}):
        if one in at and other in at and at[one] != at[other]:
            yield Clash("together_held", 2, (one, other))
    for circle in sorted(set(kept_together(problem, at).values()), key=sorted):
        people = sorted(circle)
        torn = [
            (one, other) for one in people for other in sorted(apart.get(one, _NOBODY) & circle)
        ]
        yield from (
            Clash("together_apart", len(people), pair) for pair in torn if pair[0] < pair[1]
        )
        if not torn and any(own[one] and not left[one] for one in people):
            yield Clash("together_no_option", len(people), tuple(people))


def _groups(problem: Problem, left: Mapping[str, Mapping[str, int]]) -> Iterator[Clash]:
    wished = Counter(group for one in problem.members for group in one.fits)
    could = Counter(group for own in left.values() for group in own)
    taken = Counter(held(problem).values())
    best = Counter(max(own, key=lambda name: (own[name], name)) for own in left.values() if own)
    for group in sorted(problem.groups, key=lambda one: one.id):
        seats = {"seats": group.seats_max}
        if not group.seats_max:
            yield Clash("no_seats", wished[group.id], (group.id,))
        elif group.seats_max < group.seats_min:
            least = {**seats, "least": group.seats_min}
            yield Clash("seats_below_least", wished[group.id], (group.id,), least)
        elif not taken[group.id] and wished[group.id] and could[group.id] < group.seats_min:
            yield Clash("never_enough", could[group.id], (group.id,), {"least": group.seats_min})
        if best[group.id] >= max(_DEMAND * group.seats_max, _DEMAND_PEOPLE):
            yield Clash("wanted_by_many", best[group.id], (group.id,), seats)


def _people(problem: Problem, left: Mapping[str, Mapping[str, int]]) -> Iterator[Clash]:
    rules = problem.rules
    none = [one for one in problem.members if not left[one.id] and not one.sits_in]
    empty = tuple(sorted(one.id for one in none if not one.fits))
    if empty:
        yield Clash("no_option", len(empty), empty)
    low = tuple(sorted(one.id for one in none if one.fits and max(one.fits.values()) < rules.floor))
    if low:
        yield Clash("floor", len(low), low, {"floor": rules.floor})
    alike = Counter(one.experience for one in problem.members)
    alone = tuple(
        sorted(
            one.id
            for one in problem.members
            if left[one.id] and not one.sits_in and alike[one.experience] < rules.alike_min
        )
    )
    if alone:
        yield Clash("only_one", len(alone), alone)
