"""Every reason given is true: each is put to the test by trying what it says."""

from dataclasses import replace

from hypothesis import assume, given, settings

from peerkit.matching.placing.checking import check
from peerkit.matching.placing.clashes import clashes
from peerkit.matching.placing.explaining import Explainer, explain
from peerkit.matching.placing.placing import place
from peerkit.matching.placing.reasons import Why, WhyNot, Would
from peerkit.matching.placing.values import (
    Facilitator,
    Group,
    Member,
    Pair,
    Placement,
    Problem,
    Rules,
)
from tests.engines.matching.placing.problems import plan, problems

BROKEN = {
    "full": "seats",
    "facilitator": "facilitator",
    "only_one": "only_one",
    "not_opened": "too_few",
    "openings": "opened",
    "newcomers": "newcomers",
    "floor": "floor",
}


def circle(problem: Problem, name: str, held: set[str]) -> set[str]:
    """Everybody kept together with somebody and free to go along, themselves included."""
    along = {name}
    while True:
        pairs = (pair for pair in problem.together if set(pair) & along and not set(pair) & held)
        more = {one for pair in pairs for one in pair}
        if more <= along:
            return along
        along |= more


def moved(problem: Problem, found: Placement, why: Why, group: str) -> set[str]:
    """Rules broken if somebody, with those kept together with them, went to a group instead."""
    held = {one.id for one in problem.members if one.sits_in and not one.may_move} | found.stays
    known = {one.id for one in problem.members}
    held |= problem.pinned.keys()
    goes = (circle(problem, why.member, held) - held) & known
    tried = replace(plan(problem, {**found.where, **dict.fromkeys(goes, group)}), stays=found.stays)
    return {one.rule for one in check(problem, tried)}


def is_true(problem: Problem, found: Placement, why: Why, bar: WhyNot) -> bool:
    broken = moved(problem, found, why, bar.group)
    own = next(one for one in problem.members if one.id == why.member)
    group = next(one for one in problem.groups if one.id == bar.group)
    is_held = bool(own.sits_in and not own.may_move) or own.id in found.stays
    truths = {
        "seated": is_held,
        "pinned": own.id in problem.pinned,
        "together": bool(broken & {"together", "not_an_option", "floor", "apart"}),
        "unavailable": bool(broken & {"apart", "forbidden"})
        or group.seats_max < max(group.seats_min, 1),
        "needed_here": bool(broken),
        "missed": not broken,
        "moved_less": found.before.get(own.id) == why.group
        and bar.fit - why.fit < problem.rules.move_points,
    }
    return BROKEN[bar.code] in broken if bar.code in BROKEN else truths[bar.code]


@given(problems(people=9))
@settings(max_examples=40)
def test_every_reason_why_not_is_true_of_the_plan(problem: Problem) -> None:
    assume(not any(one.is_contradiction for one in clashes(problem)))
    found = place(problem, seconds=10)
    again = place(problem, seconds=10, before=found.where)
    for made in (found, again):
        for why in Explainer(problem, made).everybody():
            for bar in why.better:
                assert is_true(problem, made, why, bar), (why, bar)


def granted(problem: Problem, why: Why, would: Would) -> tuple[Problem, dict[str, str]]:
    """Return the problem with what would help given, and where people who come for it are."""
    count = int(would.params.get("count", 0))
    groups = {one.id: one for one in problem.groups}
    group = groups.get(would.group)
    if would.code == "floor":
        rules = replace(problem.rules, floor=int(would.params["floor"]))
        return replace(problem, rules=rules), {}
    if would.code == "openings":
        rules = replace(problem.rules, opened_max=(problem.rules.opened_max or 0) + count)
        return replace(problem, rules=rules), {}
    assert group
    if would.code == "seats":
        groups[group.id] = replace(group, seats_max=group.seats_max + count)
        return replace(problem, groups=tuple(groups.values())), {}
    if would.code == "facilitator":
        leaders = tuple(
            replace(one, people_max=one.people_max + count) if one.id == group.facilitator else one
            for one in problem.facilitators
        )
        return replace(problem, facilitators=leaders), {}
    own = next(one for one in problem.members if one.id == why.member)
    extra = tuple(Member(f"extra{at}", own.experience, {group.id: 1000}) for at in range(count))
    more = replace(problem, members=(*problem.members, *extra))
    return more, dict.fromkeys((one.id for one in extra), group.id)


@given(problems(people=9))
@settings(max_examples=40)
def test_what_would_place_somebody_does(problem: Problem) -> None:
    assume(not any(one.is_contradiction for one in clashes(problem)))
    found = place(problem, seconds=10)
    for why in Explainer(problem, found).everybody():
        for would in why.would:
            if would.code != "group":
                wider, extra = granted(problem, why, would)
                with_more = replace(found, where={**found.where, **extra})
                assert not moved(wider, with_more, why, would.group), (why, would)


def test_a_block_is_never_told_and_leaves_no_trace() -> None:
    members = tuple(Member(f"m{at}", "grief", {"g": 900 - at, "h": 500 - at}) for at in range(4))
    problem = Problem(members, (Group("g", 8), Group("h", 8)), apart=(Pair("m3", "m0"),))
    found = place(problem, seconds=30)
    barred = next(one for one in ("m0", "m3") if found.where[one] != "g")
    why = explain(problem, found, barred)
    assert [one.code for one in why.better] == ["unavailable"]
    assert why.better[0].params == {}
    assert not any(one.group == "g" for one in why.would)


def test_somebody_alone_hears_how_many_more_would_place_them() -> None:
    members = (
        *(Member(f"m{at}", "grief", {"g": 500}) for at in range(3)),
        Member("eve", "loss", {"g": 9}),
    )
    problem = Problem(members, (Group("g", 8),))
    why = explain(problem, place(problem, seconds=30), "eve")
    assert (why.code, why.would) == ("only_one", (Would("alike", "g", {"count": 1}),))


def test_what_would_place_people_is_a_seat_a_helper_a_lower_floor_or_more_people() -> None:
    members = (
        *(Member(f"m{at}", "grief", {"g": 900}) for at in range(2)),
        Member("full", "grief", {"g": 500}),
        Member("low", "grief", {"h": 300}),
        Member("new", "grief", {"n": 800}),
    )
    groups = (Group("g", 2), Group("h", 5, facilitator="fay"), Group("n", 8, 5, is_running=False))
    problem = Problem(
        members, groups, (Facilitator("fay", 5),), rules=Rules(floor=430, alike_min=1)
    )
    explainer = Explainer(problem, place(problem, seconds=30))
    assert explainer.why("full").would == (Would("seats", "g", {"count": 1}),)
    assert explainer.why("low").would == (Would("floor", "h", {"floor": 300}),)
    assert explainer.why("new").would == (Would("people", "n", {"count": 4, "alike": 0}),)
    assert explainer.why("m0").is_best


def test_who_stays_for_little_gain_hears_that() -> None:
    seated = tuple(Member(f"s{at}", "grief", {"h": 500}, sits_in="h") for at in range(2))
    members = tuple(Member(f"m{at}", "grief", {"g": 500, "h": 560}) for at in range(4))
    problem = Problem((*seated, *members), (Group("g", 8), Group("h", 8)))
    before = {one.id: "g" for one in members}
    found = place(problem, seconds=30, before=before)
    assert found.where == {**before, "s0": "h", "s1": "h"}
    assert explain(problem, found, "m0").better == (
        WhyNot("h", 560, "moved_less", {"better": 60, "needs": 100}),
    )
