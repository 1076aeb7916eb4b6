"""Laws of placing: no rule is broken, nothing passes the bound, small worlds are solved to the end."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from time import sleep

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peerkit.matching.placing.arrays import Arrays
from peerkit.matching.placing.solving import bounding, running, solve, solve_again
from peerkit.matching.placing.solving.clock import Clock
from peerkit.matching.placing.solving.laying import lay_board
from peerkit.matching.placing.solving.pricing import start_prices
from peerkit.matching.placing.values import Progress
from tests.engines.matching.placing.solving.worlds import (
    World,
    arrays_of,
    best_by_trying,
    broken_rules,
    shuffled,
    value_of,
    worlds,
)

LAW = settings(max_examples=40, deadline=None)


@pytest.fixture(scope="module", autouse=True, params=[running.FEW, 0], ids=["whole", "searched"])
def few(request: pytest.FixtureRequest) -> Iterator[int]:
    """Each law holds both where a problem is solved whole and where it is searched, as large ones are."""
    before = running.FEW
    running.FEW = request.param
    yield request.param
    running.FEW = before


@LAW
@given(worlds())
def test_nothing_better_exists_than_what_is_called_the_best(world: World) -> None:
    arrays = arrays_of(world)
    solved = solve(arrays, seconds=600)
    where = solved.where.tolist()
    assert broken_rules(arrays, where) == []
    assert solved.is_optimal
    assert solved.value == solved.bound == value_of(arrays, where) == best_by_trying(arrays)


@LAW
@given(worlds(people=8, groups=2), st.data())
def test_who_is_held_stays_and_the_rest_is_the_best_possible(
    world: World, data: st.DataObject
) -> None:
    arrays = arrays_of(world)
    plan = solve(arrays, seconds=600).where
    free = data.draw(st.lists(st.booleans(), min_size=len(plan), max_size=len(plan)))
    companies = {one for pair in world.together for one in pair}
    held = np.where([no and one not in companies for one, no in enumerate(free)], plan, -1)
    arrays = replace(arrays, held=held.astype(np.int32))
    solved = solve(arrays, seconds=600)
    assert broken_rules(arrays, solved.where.tolist()) == []
    assert value_of(arrays, plan.tolist()) <= solved.value <= solved.bound


@LAW
@given(worlds(), st.randoms(use_true_random=False))
def test_the_order_of_the_list_changes_nothing(world: World, chance: object) -> None:
    arrays = arrays_of(world)
    people, groups = list(range(len(world.kinds))), list(range(len(world.caps)))
    chance.shuffle(people)  # type: ignore[attr-defined]
    chance.shuffle(groups)  # type: ignore[attr-defined]
    one = solve(arrays, seconds=600)
    other = solve(shuffled(arrays, people, groups), seconds=600)
    assert (one.value, one.bound) == (other.value, other.bound)


@LAW
@given(worlds(), st.data())
def test_when_somebody_leaves_nobody_elses_place_breaks_a_rule(
    world: World, data: st.DataObject
) -> None:
    arrays = arrays_of(world)
    before = solve(arrays, seconds=600).where
    gone = data.draw(st.integers(0, len(before) - 1))
    fits = [row if one != gone else [0] * len(row) for one, row in enumerate(world.fits)]
    smaller = arrays_of(replace(world, fits=fits), before=before)
    again = solve_again(smaller, seconds=600)
    assert broken_rules(smaller, again.where.tolist()) == []
    assert again.where[gone] == -1
    assert again.value <= again.bound


def test_a_run_again_with_nothing_changed_moves_nobody() -> None:
    arrays = _town(60, 8, seed=3)
    before = solve(arrays, seconds=600).where
    again = solve_again(replace(arrays, before=before), seconds=600)
    assert again.where.tolist() == before.tolist()


def test_somebody_moves_only_for_as_many_points_as_the_programme_asks() -> None:
    world = World(
        fits=[[500, 650], [500, 0]], kinds=[0, 0], new=[False, False], caps=[2, 2], lows=[1, 1],
        opens=[False, False], facs=[0, 0], fac_caps=[9], apart=[], together=[], alike=1, opened_max=-1,
    )  # fmt: skip
    arrays = arrays_of(world, before=np.zeros(2, np.int32))
    assert solve_again(arrays, seconds=600, move_points=151).where.tolist() == [0, 0]
    assert solve_again(arrays, seconds=600, move_points=149).where.tolist() == [1, 0]


def test_where_many_would_move_for_little_a_move_must_bring_more() -> None:
    for people, moves in ((15, 15), (60, 0)):
        world = World(
            fits=[[500, 700]] * people, kinds=[0] * people, new=[False] * people,
            caps=[people, people], lows=[1, 1], opens=[False, False], facs=[0, 0], fac_caps=[200],
            apart=[], together=[], alike=1, opened_max=-1,
        )  # fmt: skip
        arrays = arrays_of(world, before=np.zeros(people, np.int32))
        again = solve_again(arrays, seconds=600, move_points=100)
        assert int((again.where == 1).sum()) == moves


def test_a_bound_lowered_beside_the_search_stays_above_the_best_plan(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    arrays = _town(60, 8, seed=7)
    best = solve(arrays, seconds=600)
    assert best.is_optimal
    monkeypatch.setattr(bounding, "LARGE", 0)
    board = lay_board(arrays)
    clock = Clock(600, bound=bounding.plain_bound(board) + board.held_value)
    with bounding.tightened(board, start_prices(board), clock):
        sleep(0.5)
    assert best.value <= clock.bound < bounding.plain_bound(board) + board.held_value


def test_a_run_that_is_stopped_gives_a_plan_that_keeps_every_rule(few: int) -> None:
    arrays = _town(200, 24, seed=4)
    for polls in (0, 3, 6) if few else (0, 3, 30, 60):
        stop = partial(next, iter([False] * polls), True)
        solved = solve(arrays, seconds=600, should_stop=stop)
        assert solved.was_stopped
        assert broken_rules(arrays, solved.where.tolist()) == []
        assert value_of(arrays, solved.where.tolist()) == solved.value <= solved.bound


def test_the_value_shown_on_the_way_never_falls_and_never_passes_the_bound() -> None:
    seen: list[Progress] = []
    solved = solve(_town(200, 24, seed=5), seconds=600, on_progress=seen.append)
    values = [one.value for one in seen]
    assert values == sorted(values)
    assert all(one.value <= solved.bound <= one.bound for one in seen)


def test_the_same_seed_gives_the_same_plan() -> None:
    arrays = _town(150, 18, seed=6)
    plans = [solve(arrays, seconds=600, seed=2).where.tolist() for _ in range(2)]
    assert plans[0] == plans[1]


def test_nobody_and_no_group_is_a_plan_too() -> None:
    world = World([], [], [], [], [], [], [], [1], [], [], 2, -1)
    solved = solve(arrays_of(world), seconds=1)
    assert solved.where.tolist() == []
    assert (solved.value, solved.bound, solved.is_optimal) == (0, 0, True)


def _town(people: int, groups: int, seed: int) -> Arrays:
    chance = np.random.default_rng(seed)
    fits = np.where(
        chance.random((people, groups)) < 0.4, chance.integers(1, 1001, (people, groups)), 0
    )
    world = World(
        fits=fits.tolist(), kinds=chance.integers(0, 4, people).tolist(),
        new=(chance.random(people) < 0.5).tolist(), caps=chance.integers(4, 9, groups).tolist(),
        lows=chance.integers(2, 5, groups).tolist(), opens=(chance.random(groups) < 0.5).tolist(),
        facs=(np.arange(groups) // 2).tolist(), fac_caps=[11] * groups,
        apart=[(0, 1), (2, 3)], together=[(4, 5)], alike=2, opened_max=max(1, groups // 4),
    )  # fmt: skip
    return arrays_of(world)
