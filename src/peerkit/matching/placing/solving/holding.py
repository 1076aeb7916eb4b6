"""What is held already, and what that leaves: seats, rules half kept, options of everybody else."""

from collections import Counter
from dataclasses import dataclass

import numpy as np

from peerkit.matching.compiled import compiled
from peerkit.matching.placing.arrays import Arrays, Flags, Ints, Longs

UNLIMITED = 2**30


@dataclass(frozen=True, slots=True)
class Held:
    """What is left beside the people held: `alike` counts them by (group, kind)."""

    value: int
    alike: Counter[tuple[int, int]]
    seats: Ints
    floor: Ints
    slack: Ints
    fac: Ints
    load: Ints
    opens: Flags
    opened_max: int


def what_is_held(arrays: Arrays) -> Held:
    """What those held leave to others.

    Where they break a rule between themselves, it is waived for them and for nobody else: whoever
    comes must leave it kept, or (newcomers) no worse than it was.
    """
    who = np.flatnonzero(arrays.held >= 0).astype(np.int64)
    at = arrays.held[who]
    size = np.bincount(at, minlength=len(arrays.cap)).astype(np.int32)
    fac, load = _loads(arrays, size)
    opens = arrays.opens & (size == 0)
    limit = UNLIMITED
    if arrays.opened_max >= 0:
        limit = max(0, arrays.opened_max - int((arrays.opens & (size > 0)).sum()))
    return Held(
        value=_value(arrays, who),
        alike=Counter(zip(at.tolist(), arrays.kind[who].tolist(), strict=True)),
        seats=np.minimum(np.maximum(0, arrays.cap - size), load[fac]).astype(np.int32),
        floor=np.maximum(1, arrays.low - size).astype(np.int32),
        slack=_slack(arrays, who, at),
        fac=fac,
        load=load,
        opens=opens,
        opened_max=limit,
    )


def _loads(arrays: Arrays, size: Ints) -> tuple[Ints, Ints]:
    """Facilitators, with one more at the end for groups without a limit."""
    fac = np.where(arrays.fac >= 0, arrays.fac, len(arrays.fac_cap)).astype(np.int32)
    load = np.append(arrays.fac_cap, np.int32(UNLIMITED)).astype(np.int64)
    load -= np.bincount(fac, weights=size, minlength=len(load)).astype(np.int64)
    return fac, np.maximum(0, load).astype(np.int32)


def _slack(arrays: Arrays, who: Longs, at: Ints) -> Ints:
    most, of = arrays.newcomers
    weight = of * arrays.new[who].astype(np.int64) - most
    total = np.bincount(at, weights=weight, minlength=len(arrays.cap)).astype(np.int64)
    return np.maximum(0, -total).astype(np.int32)


def _value(arrays: Arrays, who: Longs) -> int:
    total = 0
    for one in who.tolist():
        mine = slice(arrays.ptr[one], arrays.ptr[one + 1])
        total += int(arrays.fit[mine][arrays.group[mine] == arrays.held[one]].sum())
    return total


def who_may_choose(arrays: Arrays, held: Held) -> tuple[Flags, Ints]:
    """Which options stand at all, and which people go together (unit numbers, -1: alone)."""
    may = np.repeat(arrays.held < 0, np.diff(arrays.ptr)) & (arrays.fit > 0)
    may &= (held.seats > 0)[arrays.group] & (held.load > 0)[held.fac[arrays.group]]
    unit, anchor = _units(arrays)
    bound = np.flatnonzero(anchor >= -1).astype(np.int64)
    keep_only(arrays.ptr, arrays.group, bound, anchor[bound], may)
    for one, other in (*arrays.apart.tolist(), *arrays.apart[:, ::-1].tolist()):
        if arrays.held[one] >= 0 > arrays.held[other]:
            mine = slice(arrays.ptr[other], arrays.ptr[other + 1])
            may[mine] &= arrays.group[mine] != arrays.held[one]
    return may, unit


def _units(arrays: Arrays) -> tuple[Ints, Ints]:
    """Units of free people, and by person the group their held company sits in.

    -2: no held company; -1: company in two groups, which nobody can join both of.
    """
    people = len(arrays.kind)
    unit = np.full(people, -1, np.int32)
    anchor = np.full(people, -2, np.int32)
    for number, company in enumerate(_companies(arrays.together)):
        free = [one for one in company if arrays.held[one] < 0]
        groups = {int(arrays.held[one]) for one in company} - {-1}
        if groups:
            anchor[free] = groups.pop() if len(groups) == 1 else -1
        elif len(free) > 1:
            unit[free] = number
    return unit, anchor


def _companies(pairs: Ints) -> list[list[int]]:
    """People joined by pairs, directly or through others."""
    leader: dict[int, int] = {}

    def lead(one: int) -> int:
        while leader.setdefault(one, one) != one:
            leader[one] = leader[leader[one]]
            one = leader[one]
        return one

    for one, other in pairs.tolist():
        leader[max(lead(one), lead(other))] = min(lead(one), lead(other))
    companies: dict[int, list[int]] = {}
    for one in sorted(leader):
        companies.setdefault(lead(one), []).append(one)
    return [companies[key] for key in sorted(companies)]


@compiled
def keep_only(ptr: Longs, group: Ints, who: Longs, anchor: Ints, may: Flags) -> None:
    """Leave to each of `who` only the option in their anchor's group."""
    for row in range(len(who)):
        for option in range(ptr[who[row]], ptr[who[row] + 1]):
            if group[option] != anchor[row]:
                may[option] = False
