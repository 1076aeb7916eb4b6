"""Generalised assignment: ours beside CP-SAT and HiGHS on the same clock, with the gap to the best known.

Run: `python benchmarks/assignment.py [FOLDER] [--quick] [--json] [--seconds N]`. FOLDER holds instances in
the OR-Library's form and, if known, `best_known.csv`; without one, types d and e are generated as Chu and
Beasley (1997) did, and gaps are to the best bound. Each solver has a process and two threads of its own.
"""

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter, process_time

import numpy as np
from numpy.typing import NDArray

SOLVERS = ("ours", "highs", "cpsat")
Whole = NDArray[np.int64]
Instance = tuple[Whole, Whole, Whole]
QUICK_SECONDS = 5
THREADS = 2


def main() -> None:
    """Print a row for each instance and solver."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--quick", action="store_true", help="5 s each, small instances")
    parser.add_argument("--json", action="store_true", help="one object instead of a table")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--solve", choices=SOLVERS, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.solve:
        sys.stdout.write(json.dumps(_solved(asked.solve, asked.folder, asked.seconds)))
        return
    seconds = QUICK_SECONDS if asked.quick else asked.seconds
    with tempfile.TemporaryDirectory() as scratch:
        folder = asked.folder or _generated(Path(scratch), is_quick=asked.quick)
        rows = _measured(folder, seconds)
    figures = {"seconds": seconds, "load": os.getloadavg()[0], "rows": rows}
    sys.stdout.write(json.dumps(figures, indent=1) + "\n" if asked.json else _table(figures))


def _measured(folder: Path, seconds: int) -> list[dict[str, object]]:
    known = _known(folder)
    rows: list[dict[str, object]] = []
    for path in sorted(
        one for one in folder.iterdir() if one.name[:1] in "abcde" and not one.suffix
    ):
        results = {solver: _apart(solver, path, seconds) for solver in SOLVERS}
        bound = max(one["bound"] for one in results.values() if one["bound"] is not None)
        target = known.get(path.name, bound)
        for solver, one in results.items():
            cost = one["cost"]
            gap = None if cost is None else round(100 * (cost / target - 1), 3)
            rows.append(
                {
                    "instance": path.name,
                    "solver": solver,
                    "target": round(target),
                    "gap": gap,
                    **one,
                }
            )
    return rows


def _apart(solver: str, path: Path, seconds: int) -> dict[str, float | None]:
    """Run one solver in a process of its own: OR-tools and highspy must not share one."""
    command = [sys.executable, __file__, str(path), "--solve", solver, "--seconds", str(seconds)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, float | None] = json.loads(done.stdout)
    return found


def _solved(solver: str, path: Path, seconds: int) -> dict[str, float | None]:
    instance = read(path)
    # Loading and compiling are not on the clock of any of them.
    SOLVE[solver](_SMALL, 60)
    began, cpu = perf_counter(), process_time()
    cost, bound = SOLVE[solver](instance, seconds)
    spent = {"wall": round(perf_counter() - began, 1), "cpu": round(process_time() - cpu, 1)}
    return {"cost": cost, "bound": bound, **spent}


def _ours(instance: Instance, seconds: int) -> tuple[float | None, float]:
    from peerkit.matching.placing.assignment import assign

    found = assign(*instance, seconds=seconds)
    return found.cost, found.bound


def _highs(instance: Instance, seconds: int) -> tuple[float | None, float]:
    import highspy

    costs, sizes, room = instance
    agents, jobs = costs.shape
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.silent()
    solver.setOptionValue("time_limit", float(seconds))
    solver.setOptionValue("threads", THREADS)
    pairs = [(i, j) for i in range(agents) for j in range(jobs)]
    taken = [solver.addBinary(obj=float(costs[pair])) for pair in pairs]
    for job in range(jobs):
        solver.addConstr(sum(taken[i * jobs + job] for i in range(agents)) == 1)
    for agent in range(agents):
        row = range(agent * jobs, (agent + 1) * jobs)
        solver.addConstr(sum(taken[at] * float(sizes.flat[at]) for at in row) <= float(room[agent]))
    solver.run()
    info = solver.getInfo()
    has_plan = info.primal_solution_status == int(highspy.SolutionStatus.kSolutionStatusFeasible)
    return (round(info.objective_function_value) if has_plan else None), float(info.mip_dual_bound)


def _cpsat(instance: Instance, seconds: int) -> tuple[float | None, float]:
    from ortools.sat.python import cp_model

    costs, sizes, room = instance
    agents, jobs = costs.shape
    model = cp_model.CpModel()
    takes = [[model.new_bool_var("") for _ in range(jobs)] for _ in range(agents)]
    for job in range(jobs):
        model.add_exactly_one(row[job] for row in takes)
    for agent, row in enumerate(takes):
        model.add(cp_model.LinearExpr.weighted_sum(row, sizes[agent].tolist()) <= int(room[agent]))
    every = [one for row in takes for one in row]
    model.minimize(cp_model.LinearExpr.weighted_sum(every, costs.ravel().tolist()))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = float(seconds)
    solver.parameters.num_workers = (
        8  # advised even on two cores: its searches share what they learn
    )
    status = solver.solve(model)
    has_plan = status in {cp_model.OPTIMAL, cp_model.FEASIBLE}
    return (round(solver.objective_value) if has_plan else None), solver.best_objective_bound


SOLVE = {"ours": _ours, "highs": _highs, "cpsat": _cpsat}
_SMALL = (np.array([[1, 2], [2, 1]]), np.ones((2, 2), np.int64), np.array([1, 1]))


def read(path: Path) -> Instance:
    """Read an instance: agents and jobs, then costs, sizes and capacities."""
    numbers = np.array(path.read_text("utf-8").split(), dtype=np.int64)
    agents, jobs = (int(one) for one in numbers[:2])
    costs, sizes = numbers[2 : 2 + 2 * agents * jobs].reshape(2, agents, jobs)
    return costs, sizes, numbers[2 + 2 * agents * jobs :][:agents]


def _known(folder: Path) -> dict[str, float]:
    file = folder / "best_known.csv"
    if not file.is_file():
        return {}
    rows = csv.DictReader(file.read_text("utf-8").splitlines())
    return {Path(row["Path"]).name: float(row["Best known solution value"]) for row in rows}


def _generated(folder: Path, *, is_quick: bool) -> Path:
    """Write types d and e: sizes against costs, agents hardly able to take all jobs."""
    chance = np.random.default_rng(1)
    for agents, jobs in ((5, 100),) if is_quick else ((20, 400), (40, 800)):
        sizes = {
            "d": chance.integers(1, 101, (agents, jobs)),
            "e": (1 - 10 * np.log(1 - chance.random((agents, jobs)))).astype(np.int64),
        }
        costs = {
            "d": np.maximum(111 - sizes["d"] + chance.integers(-10, 11, (agents, jobs)), 1),
            "e": (1000 / sizes["e"] - 10 * chance.random((agents, jobs))).astype(np.int64),
        }
        for kind in "de":
            room = (0.8 * sizes[kind].sum(axis=1) / agents).astype(np.int64)
            numbers = [agents, jobs, *costs[kind].ravel(), *sizes[kind].ravel(), *room]
            name = f"{kind}{agents:02}{jobs}"
            (folder / name).write_text(" ".join(str(one) for one in numbers), "utf-8")
    return folder


def _table(figures: dict[str, object]) -> str:
    rows = figures["rows"]
    assert isinstance(rows, list)
    lines = [f"{figures['seconds']} s each, load {figures['load']:.1f}"]
    lines += [
        f"{'instance':10}{'solver':8}{'cost':>10}{'best':>10}{'gap %':>9}{'wall':>7}{'cpu':>7}"
    ]
    for row in rows:
        cost, gap = ("none" if row[name] is None else row[name] for name in ("cost", "gap"))
        lines.append(
            f"{row['instance']:10}{row['solver']:8}{cost:>10}{row['target']:>10}{gap:>9}"
            f"{row['wall']:>7}{row['cpu']:>7}"
        )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
