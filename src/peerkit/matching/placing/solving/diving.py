"""A first plan from prices: whoever is sure of a seat gets it, and the rest is priced again, round by round."""

import numpy as np

from peerkit.matching.placing.arrays import Longs
from peerkit.matching.placing.solving.board import Board
from peerkit.matching.placing.solving.clock import Clock
from peerkit.matching.placing.solving.narrowing import narrowed
from peerkit.matching.placing.solving.pricing import Prices, search_prices

SURE = (0.97, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.55, 0.5, 0.45, 0.4, 0.3)
"""How often an option must lately have been chosen to be somebody's only one, round by round."""
FIRST, LATER = 50, 25
"""Steps of the search for prices in the first round and in later ones."""
SHARE = 0.5
"""The share of the time after which no round begins."""


def dived(board: Board, prices: Prices, clock: Clock) -> tuple[Board, Longs, Prices]:
    """The board with one option left for most members, its options' numbers here, and its prices.

    The average of the columns that groups choose comes close to the solution of the linear
    relaxation (Barahona and Anbil 2000), which is nearly whole: rounding it step by step, with new
    prices in between, loses little.
    """
    wide = np.arange(len(board.member), dtype=np.int64)
    for turn, least in enumerate(SURE):
        if not clock.may_go_on(SHARE):
            break
        found = search_prices(
            board, prices, steps=LATER if turn else FIRST, goal=lambda bound: 0.998 * bound,
            may_go_on=lambda: clock.may_go_on(SHARE), boldness=0.1, memory=0.1,
        )  # fmt: skip
        prices = found.prices
        most = np.zeros(board.members)
        np.maximum.at(most, board.member, found.often)
        given = (most >= least)[board.member]
        board, kept = narrowed(board, ~given | (found.often >= most[board.member]))
        wide = wide[kept]
    return board, wide, prices
