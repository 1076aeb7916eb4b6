"""A plan recounted from scratch, and two plain ways of making one: no code shared with the solver."""

from collections import Counter, defaultdict

import numpy as np

from peerkit.matching.placing.arrays import Arrays, Ints


def value_of(arrays: Arrays, where: Ints) -> int:
    """The sum of the fits of a plan."""
    member = np.repeat(np.arange(len(where)), np.diff(arrays.ptr))
    return int(arrays.fit[arrays.group == where[member]].sum())


def broken(arrays: Arrays, where: Ints) -> int:
    """How many rules a plan breaks."""
    people = defaultdict(list)
    for one in np.flatnonzero(where >= 0).tolist():
        people[int(where[one])].append(one)
    member = np.repeat(np.arange(len(where)), np.diff(arrays.ptr))
    count = int((where >= 0).sum()) - int((arrays.group == where[member]).sum())
    load: Counter[int] = Counter()
    for group, seated in people.items():
        load[int(arrays.fac[group])] += len(seated)
        count += int(not arrays.low[group] <= len(seated) <= arrays.cap[group])
        count += len(_lonely(arrays, seated))
        count += _too_new(arrays, seated)
    count += sum(bool(total > arrays.fac_cap[one]) for one, total in load.items())
    return count + sum(bool(where[a] == where[b] >= 0) for a, b in arrays.apart)


def taken_in_turn(arrays: Arrays) -> Ints:
    """First come, first served: each takes the best seat that is free."""
    return _filled(arrays, [
        at
        for one in range(len(arrays.kind))
        for at in sorted(range(arrays.ptr[one], arrays.ptr[one + 1]), key=lambda at: -arrays.fit[at])
    ])  # fmt: skip


def best_first(arrays: Arrays) -> Ints:
    """The best pair of all first."""
    return _filled(arrays, np.argsort(-arrays.fit, kind="stable").tolist())


def _filled(arrays: Arrays, options: list[int]) -> Ints:
    member = np.repeat(np.arange(len(arrays.kind)), np.diff(arrays.ptr))
    where = np.full(len(arrays.kind), -1, np.int32)
    size, load = Counter[int](), Counter[int]()
    foes = defaultdict(set)
    for a, b in arrays.apart.tolist():
        foes[a].add(b)
        foes[b].add(a)
    for at in options:
        one, group = int(member[at]), int(arrays.group[at])
        fac = int(arrays.fac[group])
        is_free = size[group] < arrays.cap[group] and load[fac] < arrays.fac_cap[fac]
        if where[one] < 0 and is_free and all(where[foe] != group for foe in foes[one]):
            where[one] = group
            size[group] += 1
            load[fac] += 1
    return _repaired(arrays, where)


def _repaired(arrays: Arrays, where: Ints) -> Ints:
    """Take out the lonely, newcomers beyond the share, and groups below their minimum, until none is left."""
    for group in range(len(arrays.cap)):
        seated = np.flatnonzero(where == group).tolist()
        while out := _lonely(arrays, seated) or seated[-1:] * _too_new(
            arrays, _new_last(arrays, seated)
        ):
            seated = (
                [one for one in _new_last(arrays, seated) if one not in out] if len(out) else seated
            )
        kept = seated if len(seated) >= arrays.low[group] else []
        where[where == group] = -1
        where[kept] = group
    return where


def _new_last(arrays: Arrays, seated: list[int]) -> list[int]:
    seated.sort(key=lambda one: bool(arrays.new[one]))
    return seated


def _lonely(arrays: Arrays, seated: list[int]) -> list[int]:
    kinds = Counter(arrays.kind[seated].tolist())
    return [one for one in seated if kinds[int(arrays.kind[one])] < arrays.alike]


def _too_new(arrays: Arrays, seated: list[int]) -> bool:
    most, of = arrays.newcomers
    return bool(of * int(arrays.new[seated].sum()) > most * len(seated))
