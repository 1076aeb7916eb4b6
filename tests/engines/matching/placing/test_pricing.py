"""What a floor costs, told before it is set."""

import pytest

from peerkit.matching.placing.pricing import (
    FloorPrice,
    floor_prices,
    highest_floor,
    recommended_floor,
)
from peerkit.matching.placing.values import Group, Member, Problem, Rules

FITS = (200, 300, 450, 600, 700, 900)
PROBLEM = Problem(
    tuple(Member(f"m{at}", "grief", {"g": fit}) for at, fit in enumerate(FITS)), (Group("g", 6),)
)


def test_each_floor_says_who_loses_a_place_and_what_the_worst_off_gain() -> None:
    none, some, high = floor_prices(PROBLEM, [650, 0, 400, 400], seconds=30)
    assert (none.floor, none.placed, none.value, none.fit_least, none.lose_place) == (
        0,
        6,
        3150,
        200,
        0,
    )
    assert (some.floor, some.placed, some.fit_least, some.lose_place) == (400, 4, 450, 2)
    assert (high.floor, high.placed, high.value, high.fit_p5) == (650, 2, 1600, 700)
    assert (none.share, high.share) == (1.0, 1600 / 3150)
    assert all(one.value <= one.bound for one in (none, some, high))


def test_the_floor_that_is_advised_costs_at_most_one_place_of_a_hundred() -> None:
    assert recommended_floor(highest_floor(PROBLEM, seconds=30)) == 200
    rows = [
        FloorPrice(floor, placed, 0, 0, 1.0, 0, 0, 0)
        for floor, placed in ((0, 99), (300, 100), (500, 98))
    ]
    assert recommended_floor(rows) == 300


def test_nobody_placed_has_a_price_too_and_no_floor_has_none() -> None:
    (only,) = floor_prices(Problem((Member("ana", "loss"),), (), rules=Rules()), [300], seconds=30)
    assert (only.placed, only.share, only.fit_least, only.fit_p5) == (0, 1.0, 0, 0)
    with pytest.raises(ValueError, match="no floor to price"):
        floor_prices(PROBLEM, [])
