"""Laws of placing: against every plan there is, in any order, with everybody's rules kept."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from peerkit.matching.placing.checking import check
from peerkit.matching.placing.clashes import clashes
from peerkit.matching.placing.placing import place
from peerkit.matching.placing.values import Group, Member, Pair, Placement, Problem, Progress, Rules
from tests.engines.matching.placing.problems import every_plan, problems, staying

SECONDS = 20.0


def placed(problem: Problem, **asked: object) -> Placement:
    assume(not any(one.is_contradiction for one in clashes(problem)))
    return place(problem, seconds=SECONDS, **asked)  # type: ignore[arg-type]


@given(problems())
@settings(max_examples=40)
def test_no_plan_of_all_there_are_is_better(problem: Problem) -> None:
    found = placed(problem)
    assert not check(problem, found)
    settled = staying(problem, found.stays)
    assert found.value == max(one.value for one in every_plan(settled))
    assert found.is_optimal
    assert found.bound == found.value


@given(problems(people=10), st.randoms(use_true_random=False))
@settings(max_examples=25)
def test_the_order_in_which_people_and_groups_are_given_never_matters(
    problem: Problem, chance: Random
) -> None:
    first = placed(problem)
    members, groups, apart = list(problem.members), list(problem.groups), list(problem.apart)
    for given_in_order in (members, groups, apart):
        chance.shuffle(given_in_order)
    turned = tuple(Pair(one.other, one.one) for one in apart)
    other = replace(problem, members=tuple(members), groups=tuple(groups), apart=turned)
    second = placed(other)
    assert second.where == first.where
    assert (second.value, second.bound) == (first.value, first.bound)


@given(problems(people=10), st.integers(0, 9))
@settings(max_examples=25)
def test_when_one_person_leaves_no_plan_for_the_others_breaks_a_rule(
    problem: Problem, leaves: int
) -> None:
    before = placed(problem)
    gone = problem.members[leaves % len(problem.members)].id
    left = replace(
        problem,
        members=tuple(one for one in problem.members if one.id != gone),
        apart=tuple(pair for pair in problem.apart if gone not in pair),
        together=tuple(pair for pair in problem.together if gone not in pair),
        forbidden=frozenset(pair for pair in problem.forbidden if pair[0] != gone),
    )
    assume(left.members)
    assert not check(left, placed(left))
    assert not check(left, placed(left, before=before.where))


@given(problems(people=10))
@settings(max_examples=25)
def test_nobody_ends_up_beside_somebody_they_are_kept_apart_from(problem: Problem) -> None:
    turned = replace(problem, apart=tuple(Pair(other, one) for one, other in problem.apart))
    seat = {one.id: one.sits_in for one in problem.members}
    for asked in (problem, turned):
        where = placed(asked).where
        for one, other in problem.apart:
            if one != other and where[one] and where[one] == where[other]:
                assert seat[one] == seat[other] == where[one], "only who sat there already stays"


@given(problems(people=10))
@settings(max_examples=25)
def test_a_plan_made_again_keeps_every_rule_and_is_never_above_its_bound(problem: Problem) -> None:
    before = placed(problem)
    again = placed(problem, before=before.where)
    assert not check(problem, again)
    assert again.before == before.where
    assert again.where == before.where, "nothing changed, so nobody is moved"


def crowd(people: int, seats: int) -> Problem:
    members = tuple(
        Member(f"m{at:03}", "grief", {"g": 500 + at % 400}, is_new=at % 2 == 0)
        for at in range(people)
    )
    return Problem(members, (Group("g", seats),))


def test_a_group_is_never_fuller_than_its_seats() -> None:
    found = place(crowd(50, 12), seconds=SECONDS)
    assert found.placed == 12
    assert found.is_optimal


def test_a_coordinator_s_pin_stands_whatever_it_is_worth() -> None:
    problem = replace(crowd(50, 12), pinned={"m000": "g"})
    assert place(problem, seconds=SECONDS).where["m000"] == "g"


def test_who_asked_to_move_keeps_their_seat_when_there_is_nothing_better() -> None:
    members = (
        Member("ana", "grief", {"g": 300, "h": 900}, sits_in="g", may_move=True),
        *(Member(f"m{at}", "grief", {"g": 1000}) for at in range(3)),
    )
    problem = Problem(members, (Group("g", 2), Group("h", 5, 5)))
    found = place(problem, seconds=SECONDS)
    assert found.where["ana"] == "g"
    assert found.value == found.bound == 1300


def test_two_who_asked_to_move_may_take_each_other_s_seat() -> None:
    """Though somebody who waits would fit better than either of them."""
    members = (
        Member("ana", "grief", {"g": 300, "h": 500}, sits_in="g", may_move=True),
        Member("bo", "grief", {"g": 500, "h": 300}, sits_in="h", may_move=True),
        Member("cy", "grief", {"g": 1000, "h": 1000}),
    )
    problem = Problem(members, (Group("g", 1), Group("h", 1)), rules=Rules(alike_min=1))
    found = place(problem, seconds=SECONDS)
    assert found.where == {"ana": "h", "bo": "g", "cy": ""}
    assert (found.value, found.bound, found.stays) == (1000, 1000, frozenset())


def test_somebody_kept_from_a_neighbour_who_stays_is_not_lost_when_placed_again() -> None:
    members = (
        Member("ana", "grief", {"g": 300}, sits_in="g", may_move=True),
        Member("bo", "grief", {"g": 500}, sits_in="g"),
        Member("cy", "grief", {"g": 900}),
    )
    problem = Problem(members, (Group("g", 2),), apart=(Pair("ana", "bo"),))
    found = place(problem, seconds=SECONDS)
    again = place(problem, seconds=SECONDS, before=found.where)
    assert found.where == again.where == {"ana": "g", "bo": "g", "cy": ""}
    assert found.stays == {"ana"}


def test_a_limit_of_next_to_no_time_still_gives_a_plan() -> None:
    found = place(crowd(2_000, 12), seconds=0.01)
    assert found.placed == 12


def test_waiting_long_counts_up_to_half_a_year() -> None:
    late = Member("late", "grief", {"g": 500}, weeks=40)
    soon = Member("soon", "grief", {"g": 700}, weeks=0)
    problem = Problem((late, soon), (Group("g", 1),), rules=Rules(alike_min=1, wait_points=10))
    found = place(problem, seconds=SECONDS)
    assert found.where == {"late": "g", "soon": ""}
    assert found.value == 500 + 26 * 10


def test_a_run_that_is_stopped_at_once_gives_a_plan_that_keeps_every_rule() -> None:
    problem = crowd(200, 12)
    found = place(problem, seconds=SECONDS, should_stop=lambda: True)
    assert not check(problem, found)


def test_progress_is_told_with_a_value_that_is_never_above_its_bound() -> None:
    told: list[Progress] = []
    place(crowd(200, 12), seconds=SECONDS, on_progress=told.append)
    assert told
    assert all(one.value <= one.bound for one in told)


@pytest.mark.parametrize("people", [0, 1])
def test_a_problem_of_nobody_or_of_one_has_a_plan(people: int) -> None:
    assert place(crowd(people, 12), seconds=SECONDS).placed == 0
