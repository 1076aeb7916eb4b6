"""Annealing over a core of good pairs: a job goes over, another makes room for it, to a third agent."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from peerkit.matching.compiled import compiled, compiled_with_room
from peerkit.matching.placing.arrays import Ints, Longs
from peerkit.matching.placing.assigning.chance import drawn

_ALONE = 4
_FINE = 1 << 30
_EVERY = 1024
NONE_FOUND = 1 << 62


class Ground(NamedTuple):
    """What does not change: costs, sizes, room of agents, and job j's core `core[ptr[j]:ptr[j+1]]`."""

    costs: Longs
    sizes: Longs
    room: Longs
    ptr: Longs
    core: Ints


class Standing(NamedTuple):
    """Agent by job, the jobs of each agent with their place in its list, and what each agent has."""

    where: Ints
    lists: Ints
    counts: Longs
    place: Longs
    load: Longs


@compiled_with_room
def anneal(ground: Ground, where: Ints, best: Ints, heat: NDArray[np.float64], state: Longs) -> int:
    """Move jobs of `where` about, in place; return the least cost met (NONE_FOUND: none), its assignment in `best`.

    `heat` is (first temperature, last temperature, penalty for each unit above what an agent can take,
    moves). Of four moves one is a job going over alone, three make room by sending another on.
    """
    standing, over, cost = _laid(ground, where)
    least = NONE_FOUND
    warm, cooler = heat[0], (heat[1] / heat[0]) ** (_EVERY / heat[3])
    for move in range(int(heat[3])):
        if move % _EVERY == 0:
            warm *= cooler
        step = _proposed(ground, standing, state)
        if step[0] < 0:
            continue
        job, to, other, on = step
        extra = _extra(ground, standing, step)
        dearer = ground.costs[to, job] - ground.costs[where[job], job]
        if other >= 0:
            dearer += ground.costs[on, other] - ground.costs[to, other]
        worse = dearer + heat[2] * extra
        if worse > 0 and drawn(state, _FINE) >= np.exp(-worse / warm) * _FINE:
            continue
        _go(ground, standing, job, to)
        if other >= 0:
            _go(ground, standing, other, on)
        over += extra
        cost += dearer
        if over == 0 and cost < least:
            least = cost
            best[:] = where
    return least


@compiled_with_room
def _laid(ground: Ground, where: Ints) -> tuple[Standing, int, int]:
    agents, jobs = ground.costs.shape
    lists = np.zeros((agents, jobs), np.int32)
    counts = np.zeros(agents, np.int64)
    place = np.zeros(jobs, np.int64)
    load = np.zeros(agents, np.int64)
    cost = 0
    for job in range(jobs):
        agent = where[job]
        lists[agent, counts[agent]] = job
        place[job] = counts[agent]
        counts[agent] += 1
        load[agent] += ground.sizes[agent, job]
        cost += ground.costs[agent, job]
    over = 0
    for agent in range(agents):
        over += max(0, load[agent] - ground.room[agent])
    return Standing(where, lists, counts, place, load), over, cost


@compiled
def _proposed(ground: Ground, standing: Standing, state: Longs) -> tuple[int, int, int, int]:
    """Return a job, where it would go, who would make room there (-1: nobody) and where they would go."""
    job = drawn(state, len(standing.where))
    to = _near(ground, job, state)
    if to == standing.where[job]:
        return -1, 0, 0, 0
    if standing.counts[to] == 0 or drawn(state, _ALONE) == 0:
        return job, to, -1, 0
    other = standing.lists[to, drawn(state, standing.counts[to])]
    on = _near(ground, other, state)
    if on == to:
        return -1, 0, 0, 0
    return job, to, other, on


@compiled
def _near(ground: Ground, job: int, state: Longs) -> int:
    first = ground.ptr[job]
    return ground.core[first + drawn(state, ground.ptr[job + 1] - first)]  # type: ignore[no-any-return]


@compiled
def _extra(ground: Ground, standing: Standing, step: tuple[int, int, int, int]) -> int:
    """Return by how many units more agents would be above what they can take."""
    job, to, other, on = step
    sizes, room, load = ground.sizes, ground.room, standing.load
    source = standing.where[job]
    left = load[source] - sizes[source, job]
    there = load[to] + sizes[to, job]
    extra = -max(0, load[source] - room[source]) - max(0, load[to] - room[to])
    if other >= 0:
        there -= sizes[to, other]
        if on == source:
            left += sizes[on, other]
        else:
            extra += max(0, load[on] + sizes[on, other] - room[on]) - max(0, load[on] - room[on])
    extra += max(0, left - room[source]) + max(0, there - room[to])
    return extra  # type: ignore[no-any-return]


@compiled
def _go(ground: Ground, standing: Standing, job: int, to: int) -> None:
    where, lists, counts, place, load = standing
    source = where[job]
    counts[source] -= 1
    last = lists[source, counts[source]]
    lists[source, place[job]] = last
    place[last] = place[job]
    load[source] -= ground.sizes[source, job]
    lists[to, counts[to]] = job
    place[job] = counts[to]
    counts[to] += 1
    load[to] += ground.sizes[to, job]
    where[job] = to
