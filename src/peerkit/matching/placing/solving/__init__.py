"""Solving a placement: a plan that breaks no rule, and a bound that no plan can pass."""

from collections.abc import Callable
from dataclasses import dataclass

from peerkit.matching.placing.arrays import Arrays, Ints
from peerkit.matching.placing.values import Progress


@dataclass(frozen=True, slots=True)
class Solved:
    """`where[i]` is member i's group or -1; `value` the sum of fits, which nothing above `bound` reaches.

    `seconds` are those of this problem: loading or compiling kernels, once in a process, is not in them.
    """

    where: Ints
    value: int
    bound: int
    seconds: float
    is_optimal: bool
    was_stopped: bool


def ready() -> None:
    """Load the solver's kernels (or compile them, once in an installation), so that no run waits for it."""
    from peerkit.matching.placing.solving.running import ready as load

    load()


def ready_for_few() -> None:
    """Load only what a small problem needs; where that does not suffice, `solve` loads the rest."""
    from peerkit.matching.placing.solving.loading import ready_for_few as load

    load()


def solve(
    arrays: Arrays,
    *,
    seconds: float,
    seed: int = 0,
    on_progress: Callable[[Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Solved:
    """A plan from scratch, as good as `seconds` allow; it ends earlier when nothing better exists.

    The same problem, in whatever order its members and groups are listed, gives the same plan for the
    same seed, as long as the clock does not cut a stage short. `should_stop` is asked many times a
    second; a run that is stopped gives its best plan so far, which keeps every rule.
    """
    from peerkit.matching.placing.solving.running import run

    return run(arrays, seconds, seed, on_progress, should_stop)


def solve_again(
    arrays: Arrays,
    *,
    seconds: float,
    seed: int = 0,
    move_points: int = 100,
    on_progress: Callable[[Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Solved:
    """A plan that starts from `arrays.before` and disturbs few: kept, mended, improved.

    Whoever had a place is given another only for at least `move_points` more, or because theirs is
    no longer allowed. `value` and `bound` are of the fits alone, as in `solve`.
    """
    from peerkit.matching.placing.solving.running import run_again

    return run_again(arrays, seconds, seed, move_points, on_progress, should_stop)
