"""`python -m peerkit.matching place INSTANCE`: place a waiting list from the command line."""

import argparse
import json
import resource
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event
from time import monotonic, process_time
from types import FrameType

import numpy as np

from peerkit.matching.placing.arrays import Arrays, Ints
from peerkit.matching.placing.clashes import Contradiction
from peerkit.matching.placing.documents import read_problem
from peerkit.matching.placing.instances import read_instance
from peerkit.matching.placing.placing import place
from peerkit.matching.placing.solving import ready, ready_for_few, solve, solve_again
from peerkit.matching.placing.values import Problem, Progress

LEAST = 0.1
LOADING = 5.0
"""Seconds that loading kernels may take out of the time; compiling them, the first time, adds to it."""
SMALL = 400_000
"""Bytes of an instance that is small enough to need few kernels."""
RESERVE = 0.02
"""The share of the time kept for writing and leaving."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Group index by member (-1 waits), what it is worth, and what nothing passes."""

    where: Ints
    value: int
    bound: int
    is_optimal: bool
    was_stopped: bool


@dataclass(frozen=True, slots=True)
class Run:
    """What a run is given beside the instance."""

    until: float
    seed: int
    before: Path | None
    on_progress: Callable[[Progress], None]
    should_stop: Callable[[], bool]

    @property
    def seconds(self) -> float:
        """Seconds left for the solver."""
        return max(LEAST, self.until - monotonic())


def main(words: Sequence[str] | None = None, *, spent: float = 0.0) -> int:
    """Run one command; 0 on success, 2 for a file that cannot be used. `spent` seconds are gone already."""
    began = monotonic() - spent
    asked = _parser().parse_args(words)
    _load(asked.instance, asked.before)
    compiling = max(0.0, monotonic() - began - LOADING)
    stop = Event()
    bar = sys.stderr.isatty()

    def ask_to_stop(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGINT, ask_to_stop)
    run = Run(
        until=began + compiling + asked.seconds * (1 - RESERVE),
        seed=asked.seed,
        before=asked.before,
        on_progress=_draw if bar else lambda _: None,
        should_stop=stop.is_set,
    )
    try:
        outcome = _outcome(asked.instance, run)
    except (ValueError, OSError, Contradiction) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    if bar:
        sys.stderr.write("\n")
    if asked.out is not None:
        np.save(asked.out, outcome.where)
    _report(outcome, monotonic() - began, as_json=asked.json)
    return 0


def _load(path: Path, before: Path | None) -> None:
    is_small = path.suffix != ".json" and path.is_file() and path.stat().st_size < SMALL
    if is_small and before is None:
        ready_for_few()
    else:
        ready()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m peerkit.matching", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="place")
    command = commands.add_parser("place", help="a waiting list into groups")
    command.add_argument("instance", type=Path, help=".npz of the generator, or a problem as .json")
    command.add_argument("--seconds", type=float, default=60.0, help="time for everything")
    command.add_argument("--seed", type=int, default=0)
    command.add_argument("--out", type=Path, help="group index by member as .npy; -1 waits")
    command.add_argument("--before", type=Path, help="the plan before, as --out wrote it: move few")
    command.add_argument("--json", action="store_true", help="figures as JSON")
    return parser


def _outcome(path: Path, run: Run) -> Outcome:
    if path.suffix == ".json":
        return _of_problem(read_problem(path), run)
    return _of_arrays(read_instance(path), run)


def _of_arrays(arrays: Arrays, run: Run) -> Outcome:
    asked = {"seed": run.seed, "on_progress": run.on_progress, "should_stop": run.should_stop}
    if run.before is None:
        solved = solve(arrays, seconds=run.seconds, **asked)  # type: ignore[arg-type]
    else:
        before = _before(run.before, len(arrays.kind), len(arrays.cap))
        arrays = replace(arrays, before=before)
        solved = solve_again(arrays, seconds=run.seconds, **asked)  # type: ignore[arg-type]
    return Outcome(solved.where, solved.value, solved.bound, solved.is_optimal, solved.was_stopped)


def _of_problem(problem: Problem, run: Run) -> Outcome:
    names = [one.id for one in problem.groups]
    number = {name: index for index, name in enumerate(names)} | {"": -1}
    before = None
    if run.before is not None:
        places = _before(run.before, len(problem.members), len(names))
        before = {one.id: (*names, "")[at] for one, at in zip(problem.members, places, strict=True)}
    plan = place(
        problem, seconds=run.seconds, seed=run.seed, before=before,
        on_progress=run.on_progress, should_stop=run.should_stop,
    )  # fmt: skip
    where = np.array([number[plan.where[one.id]] for one in problem.members], np.int32)
    return Outcome(where, plan.value, plan.bound, plan.is_optimal, plan.was_stopped)


def _before(path: Path, members: int, groups: int) -> Ints:
    try:
        found = np.load(path, allow_pickle=False)
    except (OSError, ValueError, EOFError) as error:
        raise ValueError(f"{path} is not a plan: {error}.") from error
    if found.shape != (members,) or found.dtype.kind not in "iu":
        raise ValueError(f"{path} must hold one whole number for each of {members} members.")
    if members and not (found.min() >= -1 and found.max() < groups):
        raise ValueError(f"{path} names groups outside 0..{groups - 1}.")
    return np.asarray(found, np.int32)


def _draw(now: Progress) -> None:
    share = now.value / now.bound if now.bound else 0.0
    blocks = "#" * round(30 * share)
    sys.stderr.write(
        f"\r{now.seconds:6.1f} s  [{blocks:30}] {100 * share:6.2f} % of the bound  {now.step:10}"
    )
    sys.stderr.flush()


def _report(outcome: Outcome, seconds: float, *, as_json: bool) -> None:
    gap = 1 - outcome.value / outcome.bound if outcome.bound else 0.0
    figures = {
        "value": outcome.value,
        "bound": outcome.bound,
        "gap": gap,
        "seconds": round(seconds, 3),
        "peak_mb": _peak_mb(),
        "placed": int((outcome.where >= 0).sum()),
        "waits": int((outcome.where < 0).sum()),
        "is_optimal": outcome.is_optimal,
        "was_stopped": outcome.was_stopped,
    }
    if as_json:
        sys.stdout.write(json.dumps(figures) + "\n")
        return
    sys.stdout.write(
        f"{figures['placed']} placed, {figures['waits']} wait: "
        f"{100 * (1 - gap):.2f} % of the best possible at least, in {seconds:.1f} s\n"
    )


def _peak_mb() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1024 * 1024 if sys.platform == "darwin" else 1024), 1)


if __name__ == "__main__":
    sys.exit(main(spent=process_time()))
