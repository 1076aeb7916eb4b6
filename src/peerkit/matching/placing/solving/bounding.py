"""The bound of a run: good prices first, and better ones on another core while a plan is sought."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from math import floor
from threading import Event

import numpy as np

from peerkit.matching.placing.solving.board import Board
from peerkit.matching.placing.solving.clock import Clock
from peerkit.matching.placing.solving.losses import losses
from peerkit.matching.placing.solving.narrowing import narrowed
from peerkit.matching.placing.solving.pricing import (
    Prices,
    answer,
    search_prices,
    start_prices,
)

LARGE = 400_000
"""Options from which prices are searched on a narrowed board first."""
SMALL = 500
"""Options up to which a proof needs no good prices."""
WIDE = 250.0
"""The loss within which options stay for the search of prices on a large board."""
STEPS = 2**30
"""More than the search for prices takes before it settles."""


def priced(board: Board, clock: Clock) -> Prices:
    """Good prices for the whole board; the clock's bound is proven by them."""
    prices = start_prices(board)
    if len(board.member) > LARGE:
        prices = _search(board, prices, 60, 1.0, clock, 0.2)
        small, _ = narrowed(board, losses(board, prices) <= WIDE)
        prices = _search(small, prices, 280, 0.5, clock, 0.35)
    else:
        prices = _search(board, prices, 400 if len(board.member) > SMALL else 60, 1.0, clock, 0.4)
    clock.bound = min(proven_bound(board, prices), board.held_value + plain_bound(board))
    clock.tell("pricing")
    return prices


def _search(
    board: Board, prices: Prices, steps: int, boldness: float, clock: Clock, share: float
) -> Prices:
    return search_prices(
        board, prices, steps=steps, goal=lambda bound: 0.99 * bound, boldness=boldness,
        may_go_on=lambda: clock.may_go_on(share),
    ).prices  # fmt: skip


@contextmanager
def tightened(board: Board, prices: Prices, clock: Clock) -> Iterator[None]:
    """While the body runs, go on lowering the bound of a large board; the body does not see it.

    The plan so depends on no thread, and a bound is proven at whatever prices the thread reached.
    """
    if len(board.member) <= LARGE:
        yield
        return
    enough = Event()

    def work() -> int:
        found = search_prices(
            board, prices, steps=STEPS, goal=lambda bound: 0.99 * bound, boldness=0.1,
            may_go_on=lambda: not enough.is_set(), workers=1,
        )  # fmt: skip
        return proven_bound(board, found.prices)

    with ThreadPoolExecutor(1) as pool:
        bound = pool.submit(work)
        try:
            yield
        finally:
            enough.set()
        clock.bound = min(clock.bound, bound.result())
        clock.tell("pricing")


def plain_bound(board: Board) -> int:
    """The sum of everybody's best fit."""
    best = np.zeros(board.members, np.int64)
    np.maximum.at(best, board.member, board.fit)
    return int(best.sum())


def proven_bound(board: Board, prices: Prices) -> int:
    """The bound at these prices, recomputed so that no rounding can make it too low."""
    with ThreadPoolExecutor(2) as pool:
        return floor(answer(board, prices.rounded(), pool).bound)
