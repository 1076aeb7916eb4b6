"""The whole placement as one program for HiGHS or CP-SAT, each in a process of its own (they clash).

Run: `python benchmarks/matching_peers.py highs|cpsat ARRAYS.npz SECONDS`; prints value, bound and seconds.
"""

import json
import sys
from collections import defaultdict
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

CPSAT_WORKERS = 8
"""With fewer, CP-SAT leaves out strategies that this problem needs, even on two cores."""


def main() -> None:
    """Solve one saved problem."""
    way, path, seconds = sys.argv[1:4]
    with np.load(Path(path)) as file:
        arrays = {name: file[name] for name in file.files}
    began = perf_counter()
    solve = _by_highs if way == "highs" else _by_cpsat
    chosen, bound = solve(arrays, float(seconds))
    where = np.full(len(arrays["kind"]), -1, np.int32)
    member = np.repeat(np.arange(len(where)), np.diff(arrays["ptr"]))
    where[member[chosen]] = arrays["group"][chosen]
    found = {"where": where.tolist(), "bound": bound, "seconds": perf_counter() - began}
    sys.stdout.write(json.dumps(found))


def _rows(arrays: dict[str, Any]) -> tuple[list[tuple[dict[int, float], float]], int]:
    """Rows `sum <= limit` over options, then a switch per group, then one per group and kind."""
    group, count = arrays["group"], len(arrays["group"])
    member = np.repeat(np.arange(len(arrays["kind"])), np.diff(arrays["ptr"]))
    kind = arrays["kind"][member]
    most, of = (int(one) for one in arrays["newcomers"])
    switch = count + np.arange(len(arrays["cap"]))
    by: dict[tuple[str, int], list[int]] = defaultdict(list)
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for at in range(count):
        by["member", int(member[at])].append(at)
        by["group", int(group[at])].append(at)
        by["fac", int(arrays["fac"][group[at]])].append(at)
        cells[int(group[at]), int(kind[at])].append(at)
    rows: list[tuple[dict[int, float], float]] = []
    for (name, one), mine in by.items():
        if name == "member":
            rows.append((dict.fromkeys(mine, 1.0), 1.0))
        elif name == "fac":
            rows.append((dict.fromkeys(mine, 1.0), float(arrays["fac_cap"][one])))
        else:
            y, low, cap = int(switch[one]), float(arrays["low"][one]), float(arrays["cap"][one])
            rows.append((dict.fromkeys(mine, 1.0) | {y: -cap}, 0.0))
            rows.append((dict.fromkeys(mine, -1.0) | {y: low}, 0.0))
            rows.append(({at: float(of * arrays["new"][member[at]] - most) for at in mine}, 0.0))
    width = count + len(switch)
    for (one, _), mine in cells.items():
        rows.extend(({at: 1.0, width: -1.0}, 0.0) for at in mine)
        rows.append((dict.fromkeys(mine, -1.0) | {width: float(arrays["alike"])}, 0.0))
        rows.append(({width: 1.0, int(switch[one]): -1.0}, 0.0))
        width += 1
    return rows + _apart(arrays), width


def _apart(arrays: dict[str, Any]) -> list[tuple[dict[int, float], float]]:
    rows: list[tuple[dict[int, float], float]] = []
    for pair in arrays["apart"].tolist():
        places = [
            {int(arrays["group"][at]): at for at in range(arrays["ptr"][i], arrays["ptr"][i + 1])}
            for i in pair
        ]
        rows.extend(
            ({at: 1.0, places[1][where]: 1.0}, 1.0)
            for where, at in places[0].items()
            if where in places[1]
        )
    return rows


def _by_highs(arrays: dict[str, Any], seconds: float) -> tuple[Any, float]:
    import highspy

    rows, width = _rows(arrays)
    cost = np.concatenate([arrays["fit"], np.zeros(width - len(arrays["fit"]))]).astype(float)
    starts = np.cumsum([0, *(len(row) for row, _ in rows)]).astype(np.int32)
    columns = np.array([at for row, _ in rows for at in row], np.int32)
    values = np.array([one for row, _ in rows for one in row.values()])
    highs = highspy.Highs()  # type: ignore[no-untyped-call]
    highs.silent()
    highs.setOptionValue("time_limit", seconds)
    highs.setOptionValue("threads", 2)
    highs.passModel(
        width, len(rows), len(columns), 2, -1, 0.0, cost, np.zeros(width), np.ones(width),
        np.full(len(rows), -np.inf), np.array([limit for _, limit in rows]), starts[:-1], columns,
        values, np.ones(width, np.int32),
    )  # fmt: skip
    highs.run()
    info = highs.getInfo()
    found = np.array(highs.getSolution().col_value[: len(arrays["fit"])])
    is_found = info.primal_solution_status == 2
    return np.flatnonzero(found > 0.5) if is_found else [], float(info.mip_dual_bound)


def _by_cpsat(arrays: dict[str, Any], seconds: float) -> tuple[Any, float]:
    from ortools.sat.python import cp_model

    rows, width = _rows(arrays)
    model = cp_model.CpModel()
    x = [model.new_bool_var("") for _ in range(width)]
    for row, limit in rows:
        terms = [x[at] for at in row]
        model.add(
            cp_model.LinearExpr.weighted_sum(terms, [int(one) for one in row.values()])
            <= int(limit)
        )
    model.maximize(
        cp_model.LinearExpr.weighted_sum(x[: len(arrays["fit"])], arrays["fit"].tolist())
    )
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = CPSAT_WORKERS
    status = solver.solve(model)
    is_found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    chosen = [at for at in range(len(arrays["fit"])) if is_found and solver.value(x[at])]
    return chosen, float(solver.best_objective_bound)


if __name__ == "__main__":
    main()
