"""Small worlds to place people in, a plain recount of the rules, and the best plan by trying all."""

from collections import Counter, defaultdict
from dataclasses import dataclass, fields, replace
from itertools import product
from typing import Any

import numpy as np
from hypothesis import strategies as st

from peerkit.matching.placing.arrays import Arrays


@dataclass(frozen=True, slots=True)
class World:
    """Fits by member and group (0: no option), and everything else as plain lists."""

    fits: list[list[int]]
    kinds: list[int]
    new: list[bool]
    caps: list[int]
    lows: list[int]
    opens: list[bool]
    facs: list[int]
    fac_caps: list[int]
    apart: list[tuple[int, int]]
    together: list[tuple[int, int]]
    alike: int
    opened_max: int


def arrays_of(world: World, **changes: Any) -> Arrays:
    """The world as the solver's arrays."""
    options = [(group, fit) for row in world.fits for group, fit in enumerate(row) if fit]
    counts = [sum(fit > 0 for fit in row) for row in world.fits]
    nobody = np.full(len(world.kinds), -1, np.int32)
    made = Arrays(
        ptr=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        group=np.array([group for group, _ in options], np.int32),
        fit=np.array([fit for _, fit in options], np.int32),
        kind=np.array(world.kinds, np.int32),
        new=np.array(world.new, np.bool_),
        held=nobody,
        before=nobody,
        cap=np.array(world.caps, np.int32),
        low=np.array(world.lows, np.int32),
        opens=np.array(world.opens, np.bool_),
        fac=np.array(world.facs, np.int32),
        fac_cap=np.array(world.fac_caps, np.int32),
        apart=np.array(world.apart, np.int32).reshape(-1, 2),
        together=np.array(world.together, np.int32).reshape(-1, 2),
        alike=world.alike,
        opened_max=world.opened_max,
    )
    return replace(made, **changes)


def value_of(arrays: Arrays, where: list[int]) -> int:
    """The sum of fits; a seat that is no option counts as a large loss."""
    total = 0
    for one, group in enumerate(where):
        if group >= 0:
            mine = range(arrays.ptr[one], arrays.ptr[one + 1])
            total += next(
                (int(arrays.fit[at]) for at in mine if arrays.group[at] == group), -(10**9)
            )
    return total


def broken_rules(arrays: Arrays, where: list[int]) -> list[str]:
    """Every rule that a plan breaks, in words; shares no code with the solver."""
    groups = defaultdict(list)
    for one, group in enumerate(where):
        if group >= 0:
            groups[group].append(one)
    broken = [
        f"{one} lost their seat"
        for one, at in enumerate(arrays.held)
        if at >= 0 and where[one] != at
    ]
    for group, people in groups.items():
        broken += _broken_in(arrays, group, people)
    load = Counter(int(arrays.fac[where_]) for where_ in where if where_ >= 0)
    broken += [f"facilitator {one}" for one, count in load.items() if count > arrays.fac_cap[one]]
    broken += [f"{a} meets {b}" for a, b in arrays.apart if where[a] == where[b] >= 0]
    broken += [f"{a} without {b}" for a, b in arrays.together if where[a] != where[b]]
    if 0 <= arrays.opened_max < sum(bool(arrays.opens[group]) for group in groups):
        broken.append("too many groups open")
    return broken


def _broken_in(arrays: Arrays, group: int, people: list[int]) -> list[str]:
    broken = []
    if not arrays.low[group] <= len(people) <= arrays.cap[group]:
        broken.append(f"group {group} has {len(people)}")
    kinds = Counter(int(arrays.kind[one]) for one in people)
    broken += [f"alone in {group}" for count in kinds.values() if count < arrays.alike]
    most, of = arrays.newcomers
    if of * sum(bool(arrays.new[one]) for one in people) > most * len(people):
        broken.append(f"newcomers in {group}")
    return broken


def best_by_trying(arrays: Arrays) -> int:
    """The value of the best plan: every one of them is looked at."""
    choices = []
    for one, at in enumerate(arrays.held):
        mine = arrays.group[arrays.ptr[one] : arrays.ptr[one + 1]].tolist()
        choices.append([int(at)] if at >= 0 else [-1, *mine])
    return max(
        value_of(arrays, list(where))
        for where in product(*choices)
        if not broken_rules(arrays, list(where))
    )


def shuffled(arrays: Arrays, people: list[int], groups: list[int]) -> Arrays:
    """The same problem with members and groups listed in another order."""
    place, spot = np.argsort(people), np.append(np.argsort(groups), -1)
    rows = []
    for one in people:
        mine = slice(arrays.ptr[one], arrays.ptr[one + 1])
        rows.append(
            sorted(zip(spot[arrays.group[mine]].tolist(), arrays.fit[mine].tolist(), strict=True))
        )
    flat = [pair for row in rows for pair in row]
    return replace(
        arrays,
        ptr=np.concatenate([[0], np.cumsum([len(row) for row in rows])]).astype(np.int64),
        group=np.array([group for group, _ in flat], np.int32),
        fit=np.array([fit for _, fit in flat], np.int32),
        kind=arrays.kind[people],
        new=arrays.new[people],
        held=spot[arrays.held[people]].astype(np.int32),
        before=spot[arrays.before[people]].astype(np.int32),
        **{name: getattr(arrays, name)[groups] for name in ("cap", "low", "opens", "fac")},
        apart=place[arrays.apart].astype(np.int32).reshape(-1, 2),
        together=place[arrays.together].astype(np.int32).reshape(-1, 2),
    )


def same(one: object, other: object) -> bool:
    """Whether two results agree in everything but the time they took."""
    return all(
        np.array_equal(getattr(one, field.name), getattr(other, field.name))
        for field in fields(one)  # type: ignore[arg-type]
        if field.name != "seconds"
    )


@st.composite
def worlds(draw: st.DrawFn, people: int = 6, groups: int = 3) -> World:
    """Worlds of a few people, with every rule in play."""
    count, rooms = draw(st.integers(1, people)), draw(st.integers(1, groups))
    fit = st.one_of(st.just(0), st.integers(1, 1000))
    pairs = st.lists(st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)), max_size=2)
    apart = [pair for pair in draw(pairs) if pair[0] != pair[1]]
    together = [pair for pair in draw(pairs) if pair[0] != pair[1]]

    def each(strategy: st.SearchStrategy[Any], size: int) -> list[Any]:
        return draw(st.lists(strategy, min_size=size, max_size=size))

    return World(
        fits=[each(fit, rooms) for _ in range(count)],
        kinds=each(st.integers(0, 2), count),
        new=each(st.booleans(), count),
        caps=each(st.integers(1, 5), rooms),
        lows=each(st.integers(1, 3), rooms),
        opens=each(st.booleans(), rooms),
        facs=each(st.integers(0, 1), rooms),
        fac_caps=each(st.integers(1, 6), 2),
        apart=apart,
        together=together,
        alike=draw(st.integers(1, 2)),
        opened_max=draw(st.sampled_from([-1, 0, 1, 2])),
    )
