"""What is decided before any search: who is held where, and the options left to everybody else."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from peerkit.matching.placing.values import Group, Member, Pair, Problem

Options = dict[str, int]


def held(problem: Problem) -> dict[str, str]:
    """Return the group by id of everybody who must be in one: pinned there, or seated and staying."""
    at = {one.id: one.sits_in for one in problem.members if one.sits_in and not one.may_move}
    known = {one.id for one in problem.members}
    at.update((member, group) for member, group in problem.pinned.items() if member in known)
    return at


def kept_together(problem: Problem, at: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """Return for everybody in a kept pair all who must be where they are, themselves included.

    `at` is who is held where: they bind others one by one (`beside`), and nobody to each other.
    """
    known = {one.id for one in problem.members}
    circle: dict[str, set[str]] = {}
    for one, other in problem.together:
        if one in known and other in known and one != other and not (one in at or other in at):
            joined = circle.get(one, {one}) | circle.get(other, {other})
            circle.update(dict.fromkeys(joined, joined))
    return {member: frozenset(joined) for member, joined in circle.items()}


def beside(problem: Problem, at: Mapping[str, str]) -> dict[str, set[str]]:
    """Return the groups where somebody held is whom a member is to be with: there, or they wait."""
    bound: dict[str, set[str]] = defaultdict(set)
    for pair in problem.together:
        for one, other in (pair, reversed(pair)):
            if one not in at and other in at:
                bound[one].add(at[other])
    return bound


def kept_apart(pairs: Iterable[Pair]) -> dict[str, set[str]]:
    """Return for each person all they are kept apart from; a pair bars both ways."""
    apart: dict[str, set[str]] = defaultdict(set)
    for one, other in pairs:
        if one != other:
            apart[one].add(other)
            apart[other].add(one)
    return apart


def options(problem: Problem) -> dict[str, Options]:
    """Return each member's options with their fits: what no rule takes away by itself.

    Who is held has their one group. Who asked to move has their seat (unless somebody held sits there
    whom they are kept apart from) and what fits better. A pair kept together has the same options, a
    pair that is also kept apart has none.
    """
    at = held(problem)
    groups = _open_to_more(problem, at)
    apart = kept_apart(problem.apart)
    left = {}
    for one in problem.members:
        if one.id in at:
            left[one.id] = {at[one.id]: one.fits.get(at[one.id], 1)}
            continue
        barred = {at[other] for other in apart.get(one.id, ()) if other in at}
        left[one.id] = _own(one, problem, groups, barred)
    for member, places in beside(problem, at).items():
        if member in left:
            left[member] = {name: fit for name, fit in left[member].items() if places <= {name}}
    _agree(left, at, kept_together(problem, at), apart)
    return left


def _open_to_more(problem: Problem, at: Mapping[str, str]) -> set[str]:
    taken = Counter(at.values())
    return {one.id for one in problem.groups if can_hold(one, taken[one.id])}


def can_hold(group: Group, taken: int) -> bool:
    """Return whether one more can ever sit there beside those who are held."""
    return group.seats_max > taken and (taken > 0 or group.seats_max >= group.seats_min)


def _own(one: Member, problem: Problem, groups: set[str], barred: set[str]) -> Options:
    least = problem.rules.floor
    if one.sits_in:
        least = max(least, one.fits.get(one.sits_in, 1) + 1)
    own = {
        group: fit
        for group, fit in one.fits.items()
        if fit >= least
        and group in groups
        and group not in barred
        and (one.id, group) not in problem.forbidden
    }
    if one.sits_in and one.sits_in not in barred:
        own[one.sits_in] = one.fits.get(one.sits_in, 1)
    return own


def _agree(
    left: dict[str, Options],
    at: Mapping[str, str],
    circles: Mapping[str, frozenset[str]],
    apart: Mapping[str, set[str]],
) -> None:
    for circle in set(circles.values()):
        shared = set.intersection(*(set(left[member]) for member in circle))
        if any(apart.get(member, set()) & circle for member in circle):
            shared = set()
        for member in circle - at.keys():
            left[member] = {group: left[member][group] for group in left[member] if group in shared}
