"""Generalised assignment: against every assignment there is, and the published best known values."""

import csv
import subprocess
import sys
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from peerkit.matching.placing.assigning.relaxing import NoAssignment
from peerkit.matching.placing.assignment import assign
from peerkit.matching.placing.values import Progress
from tests.conftest import missing


def cheapest(costs: np.ndarray, sizes: np.ndarray, room: np.ndarray) -> int | None:
    agents, jobs = costs.shape
    best = None
    for where in product(range(agents), repeat=jobs):
        load = [sum(sizes[i, j] for j in range(jobs) if where[j] == i) for i in range(agents)]
        if all(load[i] <= room[i] for i in range(agents)):
            cost = sum(int(costs[i, j]) for j, i in enumerate(where))
            best = cost if best is None else min(best, cost)
    return best


@pytest.mark.parametrize("seed", range(6))
def test_a_small_one_is_solved_to_the_known_optimum(seed: int) -> None:
    chance = np.random.default_rng(seed)
    costs = chance.integers(1, 50, (3, 7))
    sizes = chance.integers(1, 20, (3, 7))
    room = (sizes.mean(axis=1) * 7 / 3).astype(int) + 3
    best = cheapest(costs, sizes, room)
    if best is None:
        with pytest.raises(NoAssignment):
            assign(costs, sizes, room, seconds=5)
        return
    found = assign(costs, sizes, room, seconds=20)
    assert (found.cost, found.bound, found.is_optimal) == (best, best, True)
    load = np.bincount(found.where, weights=sizes[found.where, np.arange(7)], minlength=3)
    assert (load <= room).all()


def test_a_public_one_comes_close_to_its_best_known_value(shared: Path) -> None:
    folder = shared / "matching" / "gap"
    if not folder.is_dir():
        missing("the public assignment instances are not there")
    known = {
        Path(row["Path"]).name: int(row["Best known solution value"])
        for row in csv.DictReader((folder / "best_known.csv").read_text("utf-8").splitlines())
    }
    numbers = np.array((folder / "d20400").read_text().split(), dtype=np.int64)
    agents, jobs = numbers[:2]
    costs, sizes = numbers[2 : 2 + 2 * agents * jobs].reshape(2, agents, jobs)
    told: list[Progress] = []
    found = assign(costs, sizes, numbers[-agents:], seconds=15, on_progress=told.append)
    assert found.bound <= known["d20400"]
    assert found.cost <= known["d20400"] * 1.02
    assert told


def test_jobs_that_cannot_fit_are_refused() -> None:
    with pytest.raises(NoAssignment):
        assign([[1, 1]], [[5, 5]], [9], seconds=5)


def test_arrays_that_do_not_go_together_are_refused() -> None:
    with pytest.raises(ValueError, match="one row per agent"):
        assign([[1, 2]], [[1]], [1])
    with pytest.raises(ValueError, match="one capacity per agent"):
        assign([[1, 2]], [[1, 1]], [1, 2])
    with pytest.raises(ValueError, match="below 0"):
        assign([[1, 2]], [[1, -1]], [3])


def test_placing_is_imported_without_a_compiler_or_a_solver() -> None:
    script = (
        "import sys, peerkit.matching.placing as placing\n"
        "assert not {'numba', 'highspy'} & sys.modules.keys()\n"
        "assert placing.assign([[1]], [[1]], [1], seconds=20).cost == 1\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
