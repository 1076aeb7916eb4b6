"""Options by group and cell, and the sieve that drops those no allowed plan can use."""

import numpy as np

from peerkit.matching.compiled import compiled, compiled_with_room
from peerkit.matching.placing.arrays import Flags, Ints, Longs


@compiled_with_room
def by_group(
    ptr: Longs, group: Ints, fit: Ints, may: Flags, walk: Ints, groups: int
) -> tuple[Longs, Ints, Ints]:
    """Options that may be used, by group, in each in the order of `walk`: first, member, fit."""
    first = np.zeros(groups + 1, np.int64)
    for option in range(len(group)):
        if may[option]:
            first[group[option] + 1] += 1
    for where in range(groups):
        first[where + 1] += first[where]
    at = first[:-1].copy()
    member = np.empty(first[groups], np.int32)
    worth = np.empty(first[groups], np.int32)
    for one in walk:
        for option in range(ptr[one], ptr[one + 1]):
            if may[option]:
                place = at[group[option]]
                at[group[option]] += 1
                member[place] = one
                worth[place] = fit[option]
    return first, member, worth


@compiled_with_room
def cells_of(first: Longs, member: Ints, kind: Ints) -> tuple[Longs, Longs]:
    """Where each group's cells begin, and each cell's options: a cell is a run of one kind."""
    cells = np.zeros(len(first), np.int64)
    starts = np.empty(len(member) + 1, np.int64)
    count = 0
    for where in range(len(first) - 1):
        for option in range(first[where], first[where + 1]):
            if option == first[where] or kind[member[option]] != kind[member[option - 1]]:
                starts[count] = option
                count += 1
        cells[where + 1] = count
    starts[count] = len(member)
    return cells, starts[: count + 1].copy()


@compiled
def sieve(
    first: Longs,
    cells: Longs,
    starts: Longs,
    member: Ints,
    need: Ints,
    seats: Ints,
    floor: Ints,
    slack: Ints,
    weight: Ints,
    alive: Flags,
) -> None:
    """Mark as dead: cells with too few alike people, and groups that can never open by the rules."""
    for where in range(len(first) - 1):
        people = 0
        relief = int(slack[where])
        for cell in range(cells[where], cells[where + 1]):
            count = starts[cell + 1] - starts[cell]
            if count < need[cell] or need[cell] > seats[where]:
                alive[starts[cell] : starts[cell + 1]] = False
            else:
                people += count
                relief += lightness(starts[cell], starts[cell + 1], member, weight)
        most = min(people, seats[where])
        if (
            most < floor[where]
            or heaviest(first[where], first[where + 1], member, weight, alive, relief)
            < floor[where]
        ):
            alive[first[where] : first[where + 1]] = False


@compiled
def lightness(start: int, stop: int, member: Ints, weight: Ints) -> int:
    """What the experienced of a cell give to the newcomer rule."""
    total = 0
    for option in range(start, stop):
        total -= min(0, weight[member[option]])
    return total


@compiled
def heaviest(start: int, stop: int, member: Ints, weight: Ints, alive: Flags, relief: int) -> int:
    """How many people the newcomer rule lets in, with all the experienced there."""
    people = 0
    for option in range(start, stop):
        if alive[option]:
            mine = weight[member[option]]
            if mine <= 0:
                people += 1
            elif mine <= relief:
                relief -= mine
                people += 1
    return people
