"""Laying the board: options that can never be used are taken out, the rest stand by group and cell."""

import numpy as np

from peerkit.matching.placing.arrays import Arrays, Flags, Ints, Longs
from peerkit.matching.placing.solving.board import Board
from peerkit.matching.placing.solving.holding import Held, what_is_held, who_may_choose
from peerkit.matching.placing.solving.narrowing import keep_whole_units, rows
from peerkit.matching.placing.solving.ordering import canonical_order
from peerkit.matching.placing.solving.sieving import by_group, cells_of, sieve


def lay_board(arrays: Arrays) -> Board:
    """The board of a problem: exact, as only options are dropped that no allowed plan can use."""
    order, group_order, kinds = canonical_order(arrays)
    return _lay(_reordered(arrays, order, group_order, kinds), order, group_order)


def _reordered(arrays: Arrays, order: Ints, group_order: Ints, kinds: Ints) -> Arrays:
    """The same problem with members, groups and kinds renumbered."""
    place, spot = _inverse(order), _inverse(group_order)
    sizes = np.diff(arrays.ptr)[order]
    ptr = np.zeros(len(order) + 1, np.int64)
    np.cumsum(sizes, out=ptr[1:])
    source = np.repeat(arrays.ptr[:-1][order] - ptr[:-1], sizes) + np.arange(ptr[-1])
    return Arrays(
        ptr=ptr,
        group=spot[arrays.group[source]],
        fit=arrays.fit[source],
        kind=_inverse(kinds)[arrays.kind[order]],
        new=arrays.new[order],
        held=_moved(arrays.held[order], spot),
        before=_moved(arrays.before[order], spot),
        cap=arrays.cap[group_order],
        low=arrays.low[group_order],
        opens=arrays.opens[group_order],
        fac=arrays.fac[group_order],
        fac_cap=arrays.fac_cap,
        apart=place[arrays.apart],
        together=place[arrays.together],
        newcomers=arrays.newcomers,
        alike=arrays.alike,
        opened_max=arrays.opened_max,
    )


def _inverse(order: Ints) -> Ints:
    place = np.empty(len(order), np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    return place


def _moved(groups: Ints, spot: Ints) -> Ints:
    return np.append(spot, np.int32(-1))[groups]


def _lay(arrays: Arrays, order: Ints, group_order: Ints) -> Board:
    held = what_is_held(arrays)
    may, unit = who_may_choose(arrays, held)
    walk = np.lexsort((np.arange(len(arrays.kind)), arrays.kind)).astype(np.int32)
    first, member, fit = by_group(arrays.ptr, arrays.group, arrays.fit, may, walk, len(arrays.cap))
    weight = _weights(arrays)
    while True:
        cells, starts = cells_of(first, member, arrays.kind)
        need = _needs(arrays, held, cells, starts, member)
        alive = np.ones(len(member), np.bool_)
        sieve(first, cells, starts, member, need, held.seats, held.floor, held.slack, weight, alive)
        here = np.repeat(np.arange(len(first) - 1, dtype=np.int32), np.diff(first))
        keep_whole_units(here, member, unit, alive)
        if alive.all():
            break
        first, member, fit = _thinned(first, alive), member[alive], fit[alive]
    return _board(
        arrays, held, unit, weight, order, group_order, first, member, fit, cells, starts, need
    )


def _board(
    arrays: Arrays, held: Held, unit: Ints, weight: Ints, order: Ints, group_order: Ints,
    first: Longs, member: Ints, fit: Ints, cells: Longs, starts: Longs, need: Ints,
) -> Board:  # fmt: skip
    begin, mine = rows(member, len(arrays.kind))
    free = arrays.held < 0
    pairs = arrays.apart[free[arrays.apart].all(axis=1)] if len(arrays.apart) else arrays.apart
    both = np.concatenate([pairs, pairs[:, ::-1]])
    foe, sides = rows(both[:, 0], len(arrays.kind))
    size = np.diff(first)
    seats = np.minimum(held.seats, size).astype(np.int32)
    return Board(
        members=len(arrays.kind),
        groups=len(arrays.cap),
        first=first,
        member=member,
        group=np.repeat(np.arange(len(arrays.cap), dtype=np.int32), size),
        cell=np.repeat(np.arange(len(need), dtype=np.int32), np.diff(starts)),
        fit=fit,
        cells=cells,
        starts=starts,
        need=need,
        begin=begin,
        mine=mine,
        seats=seats,
        floor=held.floor,
        slack=held.slack,
        weight=weight,
        fac=held.fac,
        load=held.load,
        opens=held.opens,
        opened_max=held.opened_max,
        foe=foe,
        foes=both[sides, 1].astype(np.int32),
        unit=unit,
        held_value=held.value,
        order=order,
        group_order=group_order,
    )


def _weights(arrays: Arrays) -> Ints:
    """What a member adds to the newcomer rule: of `most` new in `of` people, (of * new - most) <= 0."""
    most, of = arrays.newcomers
    if most >= of:
        return np.zeros(len(arrays.kind), np.int32)
    return (of * arrays.new.astype(np.int32) - most).astype(np.int32)


def _needs(arrays: Arrays, held: Held, cells: Longs, starts: Longs, member: Ints) -> Ints:
    """How many of a cell must come at once; fewer where alike people are held there already."""
    owner = np.repeat(np.arange(len(cells) - 1), np.diff(cells))
    kind = arrays.kind[member[starts[:-1]]] if len(owner) else np.zeros(0, np.int32)
    sitting = (
        np.array(
            [held.alike.get((g, k), 0) for g, k in zip(owner.tolist(), kind.tolist(), strict=True)],
            np.int32,
        )
        if held.alike
        else np.zeros(len(owner), np.int32)
    )
    return np.maximum(1, arrays.alike - sitting).astype(np.int32)


def _thinned(first: Longs, alive: Flags) -> Longs:
    sums = np.zeros(len(alive) + 1, np.int64)
    np.cumsum(alive, out=sums[1:])
    return sums[first]
