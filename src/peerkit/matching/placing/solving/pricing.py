"""The upper bound: members' seats get prices, groups choose freely, and nothing can be worth more."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from peerkit.matching.compiled import compiled_with_room
from peerkit.matching.placing.arrays import Ints, Longs
from peerkit.matching.placing.solving.board import Board, Reals
from peerkit.matching.placing.solving.columns import best_column, new_room

GRAIN = 1024.0
HEAVY = 1e100
PATIENCE = 4
"""Steps without a gain after which the next ones are shorter."""
SETTLED = 1e-5
"""A boldness at which prices no longer move."""
WORTH_THREADS = 20_000
"""Options from which a step is shared between threads."""
WORKERS = max(1, min(4, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2))


@dataclass(slots=True)
class Prices:
    """What a member's place, a facilitator's person and a newcomer's share cost, in points of fit."""

    people: Reals
    load: Reals
    share: Reals

    def rounded(self) -> "Prices":
        """The prices in steps of 1/1024: sums of such numbers are exact in 64-bit floats."""
        parts = (self.people, self.load, self.share)
        return Prices(*(np.round(part * GRAIN) / GRAIN for part in parts))


@dataclass(frozen=True, slots=True)
class Answer:
    """What groups choose at some prices: options chosen, worth of each group, and the bound."""

    bound: float
    worth: Reals
    chosen: Longs


def answer(board: Board, prices: Prices, pool: ThreadPoolExecutor) -> Answer:
    """The relaxed problem solved exactly: each group its best column, whoever else takes the same people."""
    worth = np.zeros(board.groups)
    size = np.zeros(board.groups, np.int32)
    chosen = np.zeros((board.groups, max(1, board.width)), np.int64)
    edges = pieces(board)

    def work(piece: int) -> None:
        choose_columns(
            edges[piece], edges[piece + 1], board, board.width, board.depth,
            prices.people, prices.load, prices.share, worth, size, chosen,
        )  # fmt: skip

    if len(board.member) < WORTH_THREADS:
        for piece in range(len(edges) - 1):
            work(piece)
    else:
        list(pool.map(work, range(len(edges) - 1)))
    open_only_the_best(board, worth, size)
    mask = np.arange(chosen.shape[1]) < size[:, None]
    total = float(
        prices.people.sum() + (prices.load * board.load).sum() + (prices.share * board.slack).sum()
    )
    return Answer(total + float(worth.sum()) + board.held_value, worth, chosen[mask])


def pieces(board: Board) -> Longs:
    """Ranges of groups with about as many options each; results do not depend on them."""
    count = 2 * WORKERS if len(board.member) >= WORTH_THREADS else 1
    targets = np.linspace(0, len(board.member), count + 1)[1:-1]
    inner = np.searchsorted(board.first, targets)
    return np.concatenate([[0], inner, [board.groups]]).astype(np.int64)


def open_only_the_best(board: Board, worth: Reals, size: Ints) -> None:
    """Of groups that would open, keep the `opened_max` worth most."""
    opening = np.flatnonzero(board.opens & (size > 0))
    if len(opening) > board.opened_max:
        rest = opening[np.argsort(-worth[opening], kind="stable")[board.opened_max :]]
        worth[rest] = 0.0
        size[rest] = 0


@compiled_with_room
def choose_columns(
    start: int, stop: int, board: Board, width: int, depth: int, people: Reals, load: Reals,
    share: Reals, worth: Reals, size: Ints, chosen: Longs,
) -> None:  # fmt: skip
    """The best column of each group in a range."""
    room = new_room(width, depth)
    points = np.zeros(1)
    for where in range(start, stop):
        begin, end = board.first[where], board.first[where + 1]
        if end == begin or board.seats[where] == 0:
            continue
        if len(points) < end - begin:
            points = np.zeros(2 * (end - begin))
        for option in range(begin, end):
            one = board.member[option]
            price = people[one] + load[board.fac[where]] + share[where] * board.weight[one]
            points[option - begin] = board.fit[option] - price
        size[where] = best_column(board, where, points, board.seats[where], room)
        worth[where] = room.best[size[where]]
        chosen[where, : size[where]] = room.chosen[: size[where]]


@dataclass(slots=True)
class Search:
    """The search for good prices: best bound so far, how often options were chosen lately."""

    prices: Prices
    bound: float
    often: Reals


def start_prices(board: Board) -> Prices:
    """A member's first price: half their best fit."""
    best = np.zeros(board.members)
    np.maximum.at(best, board.member, board.fit.astype(np.float64))
    return Prices(best * 0.5, np.zeros(len(board.load)), np.zeros(board.groups))


def search_prices(
    board: Board,
    prices: Prices,
    *,
    steps: int,
    goal: Callable[[float], float],
    may_go_on: Callable[[], bool],
    boldness: float = 1.0,
    memory: float = 0.2,
    workers: int = WORKERS,
) -> Search:
    """Lower the bound by the volume algorithm (Barahona and Anbil 2000) with Polyak's step length.

    `goal` says, for a bound, where it is thought to end; `often` is an average of the columns
    chosen, later ones counting more: close to the solution of the linear relaxation.
    """
    with ThreadPoolExecutor(workers) as pool:
        return _search(board, prices, steps, goal, may_go_on, boldness, memory, pool)


def _search(
    board: Board, prices: Prices, steps: int, goal: Callable[[float], float],
    may_go_on: Callable[[], bool], boldness: float, memory: float, pool: ThreadPoolExecutor,
) -> Search:  # fmt: skip
    found = Search(prices, np.inf, np.zeros(len(board.member)))
    slope = None
    mass, since = 1.0, 0
    centre = prices
    for _ in range(steps):
        if not may_go_on() or boldness < SETTLED:
            break
        now = answer(board, prices, pool)
        mass /= 1 - memory
        np.add.at(found.often, now.chosen, mass * memory)
        if mass > HEAVY:
            found.often /= mass
            mass = 1.0
        fresh = _slopes(board, now)
        slope = (
            fresh
            if slope is None
            else [memory * a + (1 - memory) * b for a, b in zip(fresh, slope, strict=True)]
        )
        if now.bound < found.bound:
            since = 0 if now.bound < found.bound - 1e-5 * abs(found.bound) else since + 1
            found.bound, centre = now.bound, prices
        else:
            since += 1
        if since >= PATIENCE:
            boldness *= 0.8
            memory = max(0.02, memory * 0.93)
            since = 0
        prices = _moved(centre, slope, boldness, now.bound - goal(found.bound))
    found.prices = centre
    found.often /= mass
    return found


def _slopes(board: Board, now: Answer) -> list[Reals]:
    who = board.member[now.chosen]
    where = board.group[now.chosen]
    people = 1.0 - np.bincount(who, minlength=board.members)
    load = board.load - np.bincount(board.fac[where], minlength=len(board.load)).astype(float)
    share = board.slack - np.bincount(where, weights=board.weight[who], minlength=board.groups)
    return [people, load, share]


def _moved(prices: Prices, slope: list[Reals], boldness: float, gap: float) -> Prices:
    """Prices one step down the slope; none below 0."""
    parts = [prices.people, prices.load, prices.share]
    useful = [
        np.where((part <= 0) & (way > 0), 0.0, way) for part, way in zip(parts, slope, strict=True)
    ]
    length = sum(float((way * way).sum()) for way in useful)
    step = boldness * max(gap, 1.0) / max(length, 1e-9)
    return Prices(
        *(np.maximum(0.0, part - step * way) for part, way in zip(parts, useful, strict=True))
    )
