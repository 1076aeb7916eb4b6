"""Assignment as linear and integer programmes for HiGHS: prices, a bound, and an exact search of a core."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import highspy
import numpy as np
from numpy.typing import NDArray

from peerkit.matching.placing.arrays import Ints, Longs

Reals = NDArray[np.float64]

_WHOLE: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Case:
    """A generalised assignment: cost and size of each job for each agent, and what agents can take."""

    costs: Longs
    sizes: Longs
    capacities: Longs

    @property
    def jobs(self) -> int:
        """How many jobs there are."""
        return int(self.costs.shape[1])

    def cost_of(self, where: Ints) -> int:
        """Return what a whole assignment costs."""
        return int(self.costs[where, np.arange(self.jobs)].sum())

    def is_kept(self, where: Ints) -> bool:
        """Return whether no agent has more than they can take."""
        sizes = self.sizes[where, np.arange(self.jobs)]
        load = np.bincount(where, weights=sizes, minlength=len(self.capacities))
        return bool((load <= self.capacities).all())


@dataclass(frozen=True, slots=True)
class Prices:
    """The linear relaxation: `bound` on every assignment, `reduced` costs, price of a unit by agent."""

    bound: int
    reduced: Reals
    unit: Reals
    where: Ints


class NoAssignment(ValueError):
    """The jobs do not fit into the agents, even cut into pieces."""


def priced(case: Case, seconds: float) -> Prices:
    """Solve the linear relaxation. Raises NoAssignment when it has no solution."""
    agents, jobs = case.costs.shape
    agent, job = (grid.ravel().astype(np.int32) for grid in np.indices((agents, jobs)))
    solver = _model(case, agent, job)
    solver.setOptionValue("time_limit", max(seconds, 1.0))
    solver.run()
    status = solver.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible:
        raise NoAssignment("The jobs need more than the agents can take.")
    if status != highspy.HighsModelStatus.kOptimal:
        raise TimeoutError("There was no time to price the jobs.")
    solution = solver.getSolution()
    share = np.array(solution.col_value).reshape(agents, jobs)
    value = solver.getInfo().objective_function_value
    return Prices(
        int(np.ceil(value - _WHOLE * max(1.0, abs(value)))),
        np.array(solution.col_dual).reshape(agents, jobs),
        -np.array(solution.row_dual)[jobs:],
        share.argmax(axis=0).astype(np.int32),
    )


def searched(
    case: Case,
    columns: tuple[Ints, Ints],
    start: Ints | None,
    seconds: float,
    is_over: Callable[[], bool],
) -> tuple[Ints | None, bool]:
    """Search the core exactly from a known assignment; return the best and whether the core is done.

    `columns` are agents and jobs of the pairs allowed; `is_over` is asked now and then and ends it.
    """
    agent, job = columns
    solver = _model(case, agent, job, is_whole=True)
    solver.setOptionValue("time_limit", max(seconds, 0.1))
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("mip_abs_gap", 0.99)
    solver.cbMipInterrupt.subscribe(lambda event: event.interrupt() if is_over() else None)
    if start is not None:
        known = highspy.HighsSolution()
        known.col_value = (start[job] == agent).astype(float).tolist()
        solver.setSolution(known)
    solver.run()
    values = np.array(solver.getSolution().col_value)
    is_done = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    if len(values) != len(job):
        return None, False
    chosen = values > 1 / 2
    where = np.full(case.jobs, -1, dtype=np.int32)
    where[job[chosen]] = agent[chosen]
    return (where, is_done) if (where >= 0).all() and case.is_kept(where) else (None, False)


def _model(case: Case, agent: Ints, job: Ints, *, is_whole: bool = False) -> Any:
    """Each job once, no agent above what they can take; a column for each pair allowed."""
    columns, agents = len(agent), len(case.capacities)
    programme = highspy.HighsLp()
    programme.num_col_ = columns
    programme.num_row_ = case.jobs + agents
    programme.col_cost_ = case.costs[agent, job].astype(float)
    programme.col_lower_ = np.zeros(columns)
    programme.col_upper_ = np.ones(columns)
    free = np.full(agents, -highspy.kHighsInf)
    programme.row_lower_ = np.concatenate([np.ones(case.jobs), free])
    programme.row_upper_ = np.concatenate([np.ones(case.jobs), case.capacities.astype(float)])
    rows = np.column_stack([job, case.jobs + agent]).ravel()
    entries = np.column_stack([np.ones(columns), case.sizes[agent, job]]).ravel()
    programme.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    programme.a_matrix_.start_ = np.arange(0, 2 * columns + 1, 2, dtype=np.int32)
    programme.a_matrix_.index_ = rows.astype(np.int32)
    programme.a_matrix_.value_ = entries.astype(float)
    if is_whole:
        programme.integrality_ = [highspy.HighsVarType.kInteger] * columns
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.silent()
    solver.setOptionValue("threads", 1)
    solver.passModel(programme)
    return solver
