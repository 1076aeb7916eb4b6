"""An order of members and groups that follows from what they are, not from how they were listed."""

import numpy as np
from numpy.typing import NDArray

from peerkit.matching.compiled import compiled, compiled_with_room
from peerkit.matching.placing.arrays import Arrays, Ints, Longs

Marks = NDArray[np.uint64]
ROUNDS = 2


def canonical_order(arrays: Arrays) -> tuple[Ints, Ints, Ints]:
    """Members, groups and kinds in an order that no listing changes.

    Marks are refined like colours (Weisfeiler and Leman 1968): what a member is, then what their
    options are, then what the others there are. Those who still tie are alike in everything seen so
    far and keep their order.
    """
    people, groups = _plain_marks(arrays)
    kinds = np.zeros(int(arrays.kind.max(initial=-1)) + 1, np.uint64)
    for _ in range(ROUNDS):
        kinds[:] = 0
        np.add.at(kinds, arrays.kind, people)
        people, groups = refine(
            arrays.ptr, arrays.group, arrays.fit, people, groups, mixed(kinds)[arrays.kind]
        )
        people = mixed(people + _placed(arrays.held, groups, 3) + _placed(arrays.before, groups, 5))
        people = (
            people + _partners(arrays.apart, people, 7) + _partners(arrays.together, people, 11)
        )
    return tuple(
        np.argsort(mark, kind="stable").astype(np.int32) for mark in (people, groups, kinds)
    )  # type: ignore[return-value]


def mixed(values: Marks) -> Marks:
    """Scatter 64-bit numbers (the finaliser of SplitMix64, Steele and others 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def _plain_marks(arrays: Arrays) -> tuple[Marks, Marks]:
    people = mixed(arrays.new.astype(np.uint64) + np.uint64(0x9E3779B97F4A7C15))
    load = np.where(arrays.fac >= 0, _picked(arrays.fac_cap, arrays.fac), -1)
    groups = np.zeros(len(arrays.cap), np.uint64)
    for part in (arrays.cap, arrays.low, arrays.opens, load):
        groups = mixed(
            groups * np.uint64(31) + part.astype(np.int64).astype(np.uint64) + np.uint64(1)
        )
    shared = np.zeros(len(arrays.fac_cap) + 1, np.uint64)
    np.add.at(shared, arrays.fac, groups)
    return people, mixed(groups + shared[arrays.fac])


def _picked(values: Ints, at: Ints) -> Ints:
    return np.append(values, np.int32(-1))[at]


def _placed(at: Ints, groups: Marks, salt: int) -> Marks:
    known = np.append(mixed(groups * np.uint64(salt)), np.uint64(0))
    return known[at]


def _partners(pairs: Ints, people: Marks, salt: int) -> Marks:
    marks = np.zeros(len(people), np.uint64)
    for one, other in ((0, 1), (1, 0)):
        np.add.at(marks, pairs[:, one], mixed(people[pairs[:, other]] * np.uint64(salt)))
    return marks


@compiled
def scatter(value: np.uint64) -> np.uint64:
    """One number scattered, as in `mixed`."""
    value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return value ^ (value >> np.uint64(31))


@compiled_with_room
def refine(
    ptr: Longs, group: Ints, fit: Ints, people: Marks, groups: Marks, kinds: Marks
) -> tuple[Marks, Marks]:
    """Marks that know the options as well: sums, so that no order matters."""
    seen = np.zeros_like(groups)
    marks = people.copy()
    for one in range(len(people)):
        own = scatter(people[one] ^ kinds[one])
        total = own
        for option in range(ptr[one], ptr[one + 1]):
            where = group[option]
            worth = scatter(np.uint64(fit[option]) + np.uint64(0x632BE59BD9B4E019))
            total += scatter(groups[where] ^ worth)
            seen[where] += scatter(own ^ worth)
        marks[one] = scatter(total)
    for where in range(len(groups)):
        groups[where] = scatter(groups[where] + seen[where])
    return marks, groups
