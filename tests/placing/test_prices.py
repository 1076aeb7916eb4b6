"""What a floor costs: never less than nothing, and never another number than the run's own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearthside.groups.models import Site
from hearthside.placing.choices import Choices
from hearthside.placing.choosing import floor_words
from hearthside.placing.queries.trials import Price, carried
from tests import world
from tests.placing import desk

FLOORS = (0, 300, 500, 700)


def test_a_plan_under_a_higher_floor_is_a_plan_under_a_lower_one() -> None:
    priced = [Price(0, 30, 200), Price(300, 32, 310), Price(700, 30, 720)]
    assert carried(priced, Price(500, 31, 510)) == [
        Price(0, 32, 310),
        Price(300, 32, 310),
        Price(500, 31, 510),
        Price(700, 30, 720),
    ]


def test_a_run_without_a_floor_in_which_all_fit_well_costs_nothing_with_one() -> None:
    priced = [Price(0, 30, 200), Price(300, 29, 310)]
    assert carried(priced, Price(0, 32, 450)) == [Price(0, 32, 450), Price(300, 32, 450)]


def test_no_higher_floor_is_said_to_place_more_than_the_run_itself() -> None:
    priced = [Price(0, 30, 200), Price(700, 32, 710)]
    assert [one.placed for one in carried(priced, Price(0, 30, 200))] == [30, 30]


@given(
    st.lists(st.tuples(st.integers(0, 50), st.integers(0, 300)), min_size=4, max_size=4),
    st.sampled_from(FLOORS),
    st.integers(0, 50),
)
def test_a_higher_floor_never_places_more_above_the_runs_own(
    found: list[tuple[int, int]], floor: int, placed: int
) -> None:
    priced = [
        Price(one, count, min(one + more, 1000) if count else 0)
        for one, (count, more) in zip(FLOORS, found, strict=True)
    ]
    prices = carried(priced, Price(floor, placed, floor + 10 if placed else 0))
    by_floor = {one.floor: one.placed for one in prices}
    assert tuple(by_floor) == FLOORS
    assert by_floor[floor] == placed
    above = [by_floor[one] for one in FLOORS if one >= floor]
    below = [by_floor[one] for one in FLOORS if one < floor]
    assert above == sorted(above, reverse=True)
    assert below == sorted(below, reverse=True)
    assert all(one >= placed for one in below)


@pytest.mark.django_db
def test_the_form_says_what_the_run_says() -> None:
    desk.words()
    site: Site = world.site()
    desk.group(site)
    for _number in range(6):
        desk.waits(site)
    run = desk.run_at(site, choices=Choices(seconds=30, floor=300))
    prices = run.result["prices"]
    words = {floor: floor_words(floor, prices) for floor in FLOORS}
    assert words[300].startswith(f"30 %: {run.result['placed']} placed, worst ")
    assert words[0].startswith(f"No floor: {run.result['placed']} placed, worst ")


def test_a_floor_that_was_never_priced_is_said_by_itself() -> None:
    assert floor_words(450, []) == "45 %"
    assert floor_words(700, [{"floor": 700, "placed": 0, "worst": 0}]) == "70 %: 0 placed"
