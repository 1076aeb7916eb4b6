"""A problem made into arrays: everything in the order of ids, so that the order given never matters."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from peerkit.matching.placing.arrays import Arrays, Flags, Ints, Longs
from peerkit.matching.placing.decided import held, kept_together, options
from peerkit.matching.placing.values import FIT_MAX, WEEKS_MAX, Group, Member, Problem

SEATED: Final = 4 * FIT_MAX


@dataclass(frozen=True, slots=True)
class Built:
    """The arrays, and the ids that their rows stand for.

    Any place for somebody who asked to move counts `SEATED` more than it fits, so that nobody who waits
    takes their seat; `more` is what this adds to a plan in which all of them have a place.
    """

    arrays: Arrays
    members: tuple[str, ...]
    groups: tuple[str, ...]
    more: int


def build(
    problem: Problem,
    before: Mapping[str, str] | None = None,
    left: Mapping[str, Mapping[str, int]] | None = None,
) -> Built:
    """Return the problem as arrays, rows in the order of ids; `left` are everybody's options if known."""
    members = sorted(problem.members, key=lambda one: one.id)
    groups = sorted(problem.groups, key=lambda one: one.id)
    row = {one.id: at for at, one in enumerate(members)}
    column = {one.id: at for at, one in enumerate(groups)}
    at = held(problem)
    left = options(problem) if left is None else left
    kinds = {name: index for index, name in enumerate(sorted({one.experience for one in members}))}
    extra = _extra(members, at, problem.rules.wait_points)
    ptr, group, fit = _pairs(members, left, column, extra)
    cap, low, is_opening = _seats(problem, groups, at)
    fac, fac_cap = _limits(problem, groups, at)
    arrays = Arrays(
        ptr=ptr,
        group=group,
        fit=fit,
        kind=_ints(kinds[one.experience] for one in members),
        new=np.array([one.is_new for one in members], dtype=np.bool_),
        held=_ints(column.get(at.get(one.id, ""), -1) for one in members),
        before=_before(members, left, column, before or {}),
        cap=cap,
        low=low,
        opens=is_opening,
        fac=fac,
        fac_cap=fac_cap,
        apart=_apart(problem, row, at),
        together=_together(problem, row, at),
        newcomers=(problem.rules.newcomers_max, problem.rules.newcomers_of),
        alike=problem.rules.alike_min,
        opened_max=_opened_max(problem, groups, at),
    )
    more = SEATED * sum(asks_to_move(one, at) for one in members)
    return Built(arrays, tuple(row), tuple(column), more)


def _ints(numbers: Iterable[int]) -> Ints:
    return np.fromiter(numbers, dtype=np.int32)


def points_for_waiting(member: Member, wait_points: int) -> int:
    """Return what a member's waiting adds to each of their fits."""
    return wait_points * min(member.weeks, WEEKS_MAX)


def asks_to_move(member: Member, at: Mapping[str, str]) -> bool:
    """Return whether somebody has a seat and may have another; `at` is who is held where."""
    return bool(member.sits_in) and member.id not in at


def _extra(members: Sequence[Member], at: Mapping[str, str], wait_points: int) -> list[int]:
    """Return what each of a member's places counts beyond its fit."""
    return [
        points_for_waiting(one, wait_points) + SEATED * asks_to_move(one, at) for one in members
    ]


def _pairs(
    members: Sequence[Member],
    left: Mapping[str, Mapping[str, int]],
    column: Mapping[str, int],
    extra: Sequence[int],
) -> tuple[Longs, Ints, Ints]:
    ptr = np.zeros(len(members) + 1, dtype=np.int64)
    group: list[int] = []
    fit: list[int] = []
    for index, one in enumerate(members):
        own = sorted((column[name], points + extra[index]) for name, points in left[one.id].items())
        group += [pair[0] for pair in own]
        fit += [pair[1] for pair in own]
        ptr[index + 1] = len(group)
    return ptr, _ints(group), _ints(fit)


def _before(
    members: Sequence[Member],
    left: Mapping[str, Mapping[str, int]],
    column: Mapping[str, int],
    before: Mapping[str, str],
) -> Ints:
    had = ((one.id, before.get(one.id, "")) for one in members)
    return _ints(column[group] if group in left[member] else -1 for member, group in had)


def _seats(
    problem: Problem, groups: Sequence[Group], at: Mapping[str, str]
) -> tuple[Ints, Ints, Flags]:
    taken = Counter(at.values())
    seated = {one.sits_in for one in problem.members}
    least = (min(max(one.seats_min, 1), taken[one.id] or one.seats_min or 1) for one in groups)
    return (
        _ints(max(one.seats_max, taken[one.id]) for one in groups),
        _ints(least),
        np.array([opens(one, seated) for one in groups], dtype=np.bool_),
    )


def opens(group: Group, seated: set[str]) -> bool:
    """Return whether using this group means opening it: it is not running and nobody sits there."""
    return not group.is_running and group.id not in seated


def _limits(problem: Problem, groups: Sequence[Group], at: Mapping[str, str]) -> tuple[Ints, Ints]:
    """Give each facilitator an index; the last is nobody, who has no limit."""
    known = sorted(problem.facilitators, key=lambda one: one.id)
    index = {one.id: number for number, one in enumerate(known)}
    fac = {one.id: index.get(one.facilitator, len(known)) for one in groups}
    taken = Counter(fac[group] for group in at.values())
    limits = [max(one.people_max, taken[index[one.id]]) for one in known]
    return _ints(fac[one.id] for one in groups), _ints([*limits, len(problem.members)])


def _apart(problem: Problem, row: Mapping[str, int], at: Mapping[str, str]) -> Ints:
    """Return pairs as rows; what somebody held takes from another is taken from their options already."""
    pairs = {
        (min(row[one], row[other]), max(row[one], row[other]))
        for one, other in problem.apart
        if one in row and other in row and one != other and not (one in at or other in at)
    }
    return _rows(pairs)


def _together(problem: Problem, row: Mapping[str, int], at: Mapping[str, str]) -> Ints:
    pairs = set()
    for circle in set(kept_together(problem, at).values()):
        free = sorted(row[member] for member in circle if member not in at)
        pairs |= set(pairwise(free))
    return _rows(pairs)


def _rows(pairs: set[tuple[int, int]]) -> Ints:
    return np.array(sorted(pairs), dtype=np.int32).reshape(-1, 2)


def _opened_max(problem: Problem, groups: Sequence[Group], at: Mapping[str, str]) -> int:
    most = problem.rules.opened_max
    if most is None:
        return -1
    seated = {one.sits_in for one in problem.members}
    pinned = set(at.values())
    return max(most, sum(one.id in pinned and opens(one, seated) for one in groups))
