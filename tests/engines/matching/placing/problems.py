"""Small problems drawn by Hypothesis, and every plan of one by trying them all."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import product

from hypothesis import strategies as st

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


@st.composite
def problems(draw: st.DrawFn, *, people: int = 7, may_move: bool = True) -> Problem:
    """Draw a problem without contradictions among its decisions, of at most so many people."""
    groups = tuple(
        Group(
            f"g{at}",
            draw(st.integers(1, 4)),
            draw(st.integers(1, 3)),
            draw(st.booleans()),
            draw(st.sampled_from(["", "f0", "f1"])),
        )
        for at in range(draw(st.integers(1, 3)))
    )
    names = [f"m{at}" for at in range(draw(st.integers(1, people)))]
    members = tuple(draw(_member(name, groups, may_move=may_move)) for name in names)
    pairs = st.lists(
        st.tuples(st.sampled_from(names), st.sampled_from(names)).map(lambda it: Pair(*it)),
        max_size=2,
    )
    return Problem(
        members,
        groups,
        (Facilitator("f0", draw(st.integers(1, 6))), Facilitator("f1", draw(st.integers(2, 8)))),
        apart=tuple(draw(pairs)),
        together=tuple(draw(pairs)),
        pinned=draw(_pins(members)),
        forbidden=frozenset(
            draw(
                st.sets(
                    st.tuples(st.sampled_from(names), st.sampled_from(["g0", "g1"])), max_size=2
                )
            )
        ),
        rules=Rules(
            floor=draw(st.sampled_from([0, 0, 400])),
            wait_points=draw(st.sampled_from([0, 10])),
            opened_max=draw(st.sampled_from([None, None, 1])),
            alike_min=draw(st.sampled_from([1, 2, 2, 3])),
            newcomers_max=draw(st.sampled_from([2, 3, 4])),
        ),
    )


@st.composite
def _member(draw: st.DrawFn, name: str, groups: tuple[Group, ...], *, may_move: bool) -> Member:
    ids = [one.id for one in groups]
    fits = draw(st.dictionaries(st.sampled_from(ids), st.integers(100, 1000)))
    return Member(
        name,
        draw(st.sampled_from(["grief", "burnout"])),
        fits,
        draw(st.booleans()),
        draw(st.sampled_from(["", "", "", *ids])),
        may_move and draw(st.booleans()),
        draw(st.integers(0, 30)),
    )


@st.composite
def _pins(draw: st.DrawFn, members: tuple[Member, ...]) -> dict[str, str]:
    fits = {one.id: sorted(one.fits) for one in members if one.fits}
    chosen = draw(st.sets(st.sampled_from(sorted(fits)), max_size=2)) if fits else set()
    return {name: draw(st.sampled_from(fits[name])) for name in sorted(chosen)}


def plan(problem: Problem, where: Mapping[str, str]) -> Placement:
    """Return a plan with its true value and a bound that is not at stake."""
    more = problem.rules.wait_points
    value = sum(
        one.fits.get(where[one.id], 1) + more * min(one.weeks, 26)
        for one in problem.members
        if where[one.id]
    )
    return Placement(where, value, value, 0.0, is_optimal=False)


def every_plan(problem: Problem) -> Iterator[Placement]:
    """Yield every plan that breaks no rule, each person tried everywhere they could be."""
    tried = [
        [one.sits_in]
        if one.sits_in and not one.may_move
        else ["", *{*one.fits, one.sits_in} - {""}]
        for one in problem.members
    ]
    tried = [
        [problem.pinned[one.id]] if one.id in problem.pinned else ways
        for one, ways in zip(problem.members, tried, strict=True)
    ]
    ids = [one.id for one in problem.members]
    for groups in product(*tried):
        made = plan(problem, dict(zip(ids, groups, strict=True)))
        if not check(problem, made):
            yield made


def staying(problem: Problem, stays: frozenset[str]) -> Problem:
    """Return the problem in which these people did not ask to move."""
    return replace(
        problem,
        members=tuple(
            replace(one, may_move=False) if one.id in stays else one for one in problem.members
        ),
    )
