"""Bad input gets a plain sentence: which rules clash, and how many people it touches."""

from dataclasses import replace

import pytest

from peerkit.matching.placing.clashes import Clash, Contradiction, clashes
from peerkit.matching.placing.placing import place
from peerkit.matching.placing.values import Facilitator, Group, Member, Pair, Problem, Rules

MEMBERS = tuple(Member(f"m{at}", "grief", {"g": 500, "h": 600}) for at in range(4))
PROBLEM = Problem(
    MEMBERS, (Group("g", 3, facilitator="fay"), Group("h", 3)), (Facilitator("fay", 3),)
)


def found(problem: Problem) -> dict[str, Clash]:
    return {one.code: one for one in clashes(problem)}


def refused(problem: Problem) -> str:
    with pytest.raises(Contradiction) as caught:
        place(problem, seconds=1)
    return str(caught.value)


def test_a_problem_without_contradictions_has_no_clash() -> None:
    assert clashes(PROBLEM) == ()


def test_pins_that_cannot_be_are_refused_with_a_sentence() -> None:
    odd = replace(PROBLEM, members=(*MEMBERS, Member("eve", "grief", {"h": 500})))
    assert (
        refused(replace(odd, pinned={"eve": "g"}))
        == "eve is pinned to g, which is no option for them."
    )
    both = replace(PROBLEM, pinned={"m0": "g"}, forbidden=frozenset({("m0", "g")}))
    assert refused(both) == "m0 is pinned to g and also forbidden to go there."
    apart = replace(PROBLEM, pinned={"m0": "g", "m1": "g"}, apart=(Pair("m1", "m0"),))
    assert refused(apart) == "m0 and m1 are kept apart, and pinned to or sit in the same group."


def test_pins_over_the_seats_or_a_facilitator_s_limit_are_counted() -> None:
    all_in = replace(PROBLEM, pinned={f"m{at}": "g" for at in range(4)})
    codes = {one.code: one for one in clashes(all_in)}
    assert codes["pinned_beyond_seats"].people == 4
    assert codes["pinned_beyond_facilitator"].people == 4
    assert "4 people are pinned to or sit in g, which has 3 seats." in refused(all_in)


def test_a_pin_counts_who_sits_there_even_if_they_asked_to_move() -> None:
    """They may have to stay, and would then sit beside whom they avoid, or without a seat."""
    sits = tuple(replace(one, sits_in="g", may_move=True) for one in MEMBERS[:3])
    full = replace(PROBLEM, members=(*sits, MEMBERS[3]), pinned={"m3": "g"})
    codes = found(full)
    assert codes["pinned_beyond_seats"].people == 4
    assert codes["pinned_beyond_facilitator"].people == 4
    beside = replace(full, members=(*sits[:1], *MEMBERS[1:]), apart=(Pair("m3", "m0"),))
    assert refused(beside) == "m0 and m3 are kept apart, and pinned to or sit in the same group."
    away = replace(beside, pinned={"m3": "g", "m0": "h"})
    assert place(away, seconds=30).where == {"m0": "h", "m1": "h", "m2": "h", "m3": "g"}


def test_pins_that_open_more_groups_than_may_are_refused() -> None:
    closed = replace(PROBLEM, groups=(Group("g", 3, is_running=False), Group("h", 3)))
    limited = replace(closed, pinned={"m0": "g"}, rules=Rules(opened_max=0))
    assert refused(limited) == "Pins open 1 groups, and 0 may open."


def test_ids_that_stand_twice_or_for_nothing_are_refused() -> None:
    twice = replace(PROBLEM, members=(*MEMBERS, MEMBERS[0]))
    assert refused(twice) == "2 members have the id m0."
    away = replace(PROBLEM, groups=PROBLEM.groups[:1])
    assert refused(away) == "4 people have a fit for the group h, which does not exist."
    pinned = replace(PROBLEM, pinned={"m0": "x"})
    assert refused(pinned) == "1 people are pinned to the group x, which does not exist."


def test_a_rule_about_somebody_who_left_is_noted_and_harms_nothing() -> None:
    problem = replace(PROBLEM, apart=(Pair("m0", "left"),))
    assert (
        found(problem)["person_unknown"].sentence
        == "A rule names left, who is not among the members."
    )
    assert place(problem, seconds=30).placed == 4


def test_pairs_that_cannot_be_together_are_told() -> None:
    torn = replace(PROBLEM, apart=(Pair("m0", "m1"),), together=(Pair("m0", "m1"),))
    assert found(torn)["together_apart"].people == 2
    members = (replace(MEMBERS[0], fits={"g": 1}), replace(MEMBERS[1], fits={"h": 1}), *MEMBERS[2:])
    far = replace(PROBLEM, members=members, together=(Pair("m0", "m1"),))
    assert found(far)["together_no_option"].people == 2
    held = replace(PROBLEM, pinned={"m0": "g", "m1": "h"}, together=(Pair("m0", "m1"),))
    assert found(held)["together_held"].ids == ("m0", "m1")


def test_groups_that_can_take_nobody_are_told_with_who_wanted_them() -> None:
    problem = replace(PROBLEM, groups=(Group("g", 0), Group("h", 3, 9)))
    assert found(problem)["no_seats"].people == 4
    assert (
        found(problem)["seats_below_least"].sentence
        == "h has 3 seats and opens with 9 people at least."
    )
    big = replace(PROBLEM, groups=(Group("g", 9, 5), Group("h", 3)))
    assert found(big)["never_enough"].sentence == "g needs 5 people, and 4 could come."


def test_people_without_any_option_are_counted() -> None:
    free_never = tuple(Member(f"x{at}", "grief") for at in range(3))
    problem = replace(PROBLEM, members=(*MEMBERS, *free_never))
    assert found(problem)["no_option"].sentence == "3 people fit no group at all."
    low = replace(PROBLEM, rules=Rules(floor=900))
    assert found(low)["floor"].sentence == "4 people fit groups only below the floor of 900."
    alone = replace(PROBLEM, members=(*MEMBERS, Member("eve", "burnout", {"g": 500})))
    assert found(alone)["only_one"].ids == ("eve",)


def test_two_who_are_kept_apart_and_sit_together_already_are_told() -> None:
    members = tuple(replace(one, sits_in="g") for one in MEMBERS[:2])
    problem = replace(PROBLEM, members=members, apart=(Pair("m0", "m1"),))
    assert found(problem)["seated_apart"].people == 2
    assert place(problem, seconds=30).where == {"m0": "g", "m1": "g"}


def test_a_hundred_thousand_who_all_want_one_group_are_told_so() -> None:
    fits = {"g": 800}
    members = tuple(Member(f"m{at}", "grief", fits) for at in range(100_000))
    problem = Problem(members, (Group("g", 12),))
    wanted = found(problem)["wanted_by_many"]
    assert wanted.sentence == "100000 people want a place in g, which has 12."


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: Member("ana", "grief", {"g": 0}), "The fit of member ana for group g is 0"),
        (lambda: Member("ana", "grief", {"g": 1001}), "must be a whole number from 1 to 1000"),
        (lambda: Member("", "grief"), "A member has no id"),
        (lambda: Member("ana", "grief", weeks=-1), "Member ana has waited -1 weeks"),
        (lambda: Group("g", -1), "Group g has -1 as its most seats"),
        (lambda: Facilitator("fay", -2), "Facilitator fay looks after -2 people"),
        (lambda: Rules(newcomers_max=5), "The rule newcomers_max is 5"),
        (lambda: Rules(opened_max=-1), "The rule opened_max is -1"),
    ],
)
def test_numbers_that_mean_nothing_are_refused_with_a_sentence(make: object, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        make()  # type: ignore[operator]
