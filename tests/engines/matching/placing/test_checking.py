"""The recount finds every kind of broken rule that is planted, and nothing in a plan that keeps them."""

from dataclasses import replace

import pytest

from peerkit.matching.placing.checking import check
from peerkit.matching.placing.values import (
    Facilitator,
    Group,
    Member,
    Pair,
    Placement,
    Problem,
    Rules,
)
from tests.engines.matching.placing.problems import plan

MEMBERS = (
    *(Member(f"m{at}", "grief", {"g": 600, "h": 400}, is_new=at < 2) for at in range(4)),
    Member("eve", "burnout", {"g": 700}),
    Member("sam", "grief", {"h": 500}, sits_in="h"),
)
PROBLEM = Problem(
    MEMBERS,
    (Group("g", 4, facilitator="fay"), Group("h", 3), Group("new", 8, 2, is_running=False)),
    (Facilitator("fay", 4),),
)
WHERE = {"m0": "g", "m1": "g", "m2": "g", "m3": "h", "eve": "", "sam": "h"}


def broken(problem: Problem, **moved: str) -> set[str]:
    return {one.rule for one in check(problem, plan(problem, {**WHERE, **moved}))}


def ruled(**rules: int) -> Problem:
    return replace(PROBLEM, rules=replace(PROBLEM.rules, **rules))


def test_a_plan_that_keeps_every_rule_is_found_clean() -> None:
    assert check(PROBLEM, plan(PROBLEM, WHERE)) == ()


def test_somebody_alone_with_their_experience_is_found() -> None:
    assert broken(PROBLEM, eve="g") == {"only_one"}


def test_too_many_in_a_group_and_with_one_facilitator_are_found() -> None:
    few = replace(PROBLEM, groups=(replace(PROBLEM.groups[0], seats_max=2), *PROBLEM.groups[1:]))
    assert broken(few) == {"seats"}
    tired = replace(PROBLEM, facilitators=(Facilitator("fay", 2),))
    assert broken(tired) == {"facilitator"}


def test_a_group_that_opens_with_too_few_is_found() -> None:
    wide = replace(MEMBERS[3], fits={"new": 500})
    problem = replace(PROBLEM, members=(*MEMBERS[:3], wide, *MEMBERS[4:]))
    assert broken(replace(problem, rules=Rules(alike_min=1)), m3="new") == {"too_few"}


def test_too_many_newcomers_are_found() -> None:
    assert broken(ruled(newcomers_max=1)) == {"newcomers"}


def test_places_that_are_no_options_are_found() -> None:
    assert "not_an_option" in broken(replace(PROBLEM, rules=Rules(alike_min=1)), eve="h")
    assert broken(ruled(floor=500)) == {"floor"}
    assert broken(replace(PROBLEM, forbidden=frozenset({("m0", "g")}))) == {"forbidden"}


def test_a_pin_that_is_not_kept_and_a_seat_that_is_taken_away_are_found() -> None:
    assert broken(replace(PROBLEM, pinned={"m0": "h"})) == {"pinned"}
    assert "moved" in broken(PROBLEM, sam="", m3="")
    asked = replace(PROBLEM, members=(*MEMBERS[:5], replace(MEMBERS[5], may_move=True)))
    assert "dropped" in broken(asked, sam="", m3="")


def test_who_asked_to_move_and_got_nothing_better_is_found() -> None:
    asked = replace(MEMBERS[5], fits={"g": 400, "h": 500}, may_move=True)
    problem = replace(PROBLEM, members=(*MEMBERS[:5], asked))
    assert broken(problem, m2="", sam="g", m3="g") == {"no_better"}


@pytest.mark.parametrize("pair", [Pair("m0", "m1"), Pair("m1", "m0")])
def test_two_who_are_kept_apart_are_found_beside_each_other(pair: Pair) -> None:
    assert broken(replace(PROBLEM, apart=(pair,))) == {"apart"}
    assert broken(replace(PROBLEM, together=(pair,))) == set()


def test_two_who_are_kept_together_are_found_away_from_each_other() -> None:
    assert broken(replace(PROBLEM, together=(Pair("m0", "m3"),))) == {"together"}
    assert broken(replace(PROBLEM, together=(Pair("m0", "eve"),))) == {"together"}


def test_more_groups_opened_than_may_are_found() -> None:
    members = tuple(
        replace(one, fits={**one.fits, "new": 600}) if one.id in {"m0", "m1"} else one
        for one in MEMBERS
    )
    problem = replace(PROBLEM, members=members, rules=Rules(opened_max=0, newcomers_max=4))
    assert broken(problem, m0="new", m1="new", m2="h") == {"opened"}


def test_wrong_sums_and_strange_or_missing_people_are_found() -> None:
    right = plan(PROBLEM, WHERE)
    assert {one.rule for one in check(PROBLEM, replace(right, value=1))} == {"value"}
    assert {one.rule for one in check(PROBLEM, replace(right, bound=1))} == {"bound"}
    strange = Placement({**WHERE, "nobody": "g"}, 0, 0, 0.0, is_optimal=False)
    assert {one.rule for one in check(PROBLEM, strange)} == {"unknown"}
    missing = Placement({"m0": "g"}, 0, 0, 0.0, is_optimal=False)
    assert {one.rule for one in check(PROBLEM, missing)} == {"missing"}


def test_what_people_who_sit_there_make_of_a_group_is_nobody_s_offence() -> None:
    alone = Member("ada", "illness", {}, sits_in="h")
    problem = replace(PROBLEM, members=(*MEMBERS, alone))
    assert broken(problem, ada="h") == set()
