"""Placing a waiting list: a problem in, the best plan found in the time out, with its proven bound."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from time import monotonic
from typing import Final, NamedTuple

from peerkit.matching.placing.building import Built, build, points_for_waiting
from peerkit.matching.placing.checking import Broken, check
from peerkit.matching.placing.clashes import Contradiction, clashes_and_options
from peerkit.matching.placing.decided import Options
from peerkit.matching.placing.values import Placement, Problem, Progress

Stop = Callable[[], bool]
Watch = Callable[[Progress], None]


def place(
    problem: Problem,
    *,
    seconds: float = 60.0,
    seed: int = 0,
    before: Mapping[str, str] | None = None,
    on_progress: Watch | None = None,
    should_stop: Stop | None = None,
) -> Placement:
    """Return the best plan found within `seconds`; the same values in any order give the same plan.

    With `before` (group by member of the plan before, "" or absent for who waited) few are moved:
    another group must fit `rules.move_points` better. `on_progress` is told how far the run is,
    `should_stop` is asked now and then and ends it early with the best plan so far. Raises
    `Contradiction` when decisions exclude each other (see `clashes`), `RuleBroken` rather than give out
    a plan that a recount does not bear out. Loading the solver's code, once in a
    process, is not counted.
    """
    began = monotonic()
    left = _options_without_contradictions(problem)
    began += _loading()
    stays: set[str] = set()
    was_stopped = False
    while True:
        built = build(_staying(problem, stays), before, None if stays else left)
        time_left = max(began + seconds - monotonic(), 0.1)
        asked = _Solver(time_left, seed, _told(on_progress, began, built.more), should_stop)
        plan = _solved(problem, built, before, asked)
        was_stopped |= plan.was_stopped
        dropped = {one.id for one in problem.members if one.sits_in and not plan.where[one.id]}
        if not dropped:
            break
        stays |= dropped
    spent = monotonic() - began
    plan = replace(plan, stays=frozenset(stays), was_stopped=was_stopped, seconds=spent)
    broken = check(problem, plan)
    if broken:
        raise RuleBroken(broken)
    return plan


def _options_without_contradictions(problem: Problem) -> dict[str, Options]:
    found, left = clashes_and_options(problem)
    if any(one.is_contradiction for one in found):
        raise Contradiction(found)
    return left


class RuleBroken(AssertionError):
    """A plan was found to break a rule when it was recounted: a fault of the engine, never of the problem."""

    def __init__(self, broken: Iterable[Broken]) -> None:
        self.broken: Final = tuple(broken)
        told = ", ".join(f"{one.rule} ({' '.join(one.ids)})" for one in self.broken[:5])
        super().__init__(f"The plan breaks {len(self.broken)} rules and is not given out: {told}.")


def _loading() -> float:
    """Load the solver's code if it is not yet; return the seconds that took."""
    began = monotonic()
    ready()
    return monotonic() - began


def ready() -> None:
    """Load the compiled solver, once in a process (where no code is kept yet: compile it, a minute)."""
    # numba and HiGHS take a second to load, and reading a plan needs neither.
    from peerkit.matching.placing.solving import ready as load

    load()


def _told(on_progress: Watch | None, began: float, more: int) -> Watch | None:
    """Pass progress on in terms of the whole run and of the plan's own points."""
    if on_progress is None:
        return None
    return lambda now: on_progress(
        Progress(monotonic() - began, max(0, now.value - more), max(0, now.bound - more), now.step)
    )


def _staying(problem: Problem, stays: set[str]) -> Problem:
    """Hold those in their seat who asked to move and would otherwise lose it."""
    if not stays:
        return problem
    members = tuple(
        replace(one, may_move=False) if one.id in stays else one for one in problem.members
    )
    return replace(problem, members=members)


class _Solver(NamedTuple):
    seconds: float
    seed: int
    on_progress: Watch | None
    should_stop: Stop | None


def _solved(
    problem: Problem, built: Built, before: Mapping[str, str] | None, asked: _Solver
) -> Placement:
    from peerkit.matching.placing.solving import solve, solve_again

    if before is None:
        solved = solve(built.arrays, **asked._asdict())
    else:
        points = problem.rules.move_points
        solved = solve_again(built.arrays, move_points=points, **asked._asdict())
    names = (*built.groups, "")
    where = {
        member: names[group]
        for member, group in zip(built.members, solved.where.tolist(), strict=True)
    }
    return Placement(
        where=where,
        value=value_of(problem, where),
        bound=int(solved.bound) - built.more,
        seconds=float(solved.seconds),
        is_optimal=bool(solved.is_optimal),
        was_stopped=bool(solved.was_stopped),
        before=dict(before or {}),
    )


def value_of(problem: Problem, where: Mapping[str, str]) -> int:
    """Return what a plan is worth: fits and points for waiting of all who have a place."""
    return sum(
        one.fits.get(where[one.id], 1) + points_for_waiting(one, problem.rules.wait_points)
        for one in problem.members
        if where[one.id]
    )
