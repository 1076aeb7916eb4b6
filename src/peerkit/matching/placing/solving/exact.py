"""Part of a plan solved exactly by HiGHS (Huangfu and Hall 2018) over the options that matter."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from peerkit.matching.placing.arrays import Flags, Ints, Longs
from peerkit.matching.placing.solving.board import Board, Reals
from peerkit.matching.placing.solving.holding import UNLIMITED
from peerkit.matching.placing.solving.narrowing import keep_whole_units
from peerkit.matching.placing.solving.seating import Plan


@dataclass(slots=True)
class Model:
    """Rows of a linear program as they are written: entries, and each row's limits."""

    rows: list[Longs] = field(default_factory=list)
    columns: list[Longs] = field(default_factory=list)
    values: list[Reals] = field(default_factory=list)
    lower: list[Reals] = field(default_factory=list)
    upper: list[Reals] = field(default_factory=list)
    height: int = 0

    def add(self, row: Longs, column: Longs, value: Reals | Ints | float) -> None:
        """Entries in rows counted from the block that `close` ends."""
        self.rows.append(row + self.height)
        self.columns.append(column)
        self.values.append(np.broadcast_to(np.asarray(value, np.float64), row.shape))

    def close(self, lower: Reals, upper: Reals) -> None:
        """End a block of rows with their limits."""
        self.lower.append(lower)
        self.upper.append(upper)
        self.height += len(lower)


@dataclass(frozen=True, slots=True)
class Part:
    """Options that may be used (all of members free to move), and what others leave to them."""

    options: Longs
    load: Longs
    opened_max: int


def part_of(board: Board, plan: Plan, groups: Flags, useful: Flags) -> Part:
    """The part of the plan in these groups: their people and all who wait, over the useful options."""
    seated = plan.at >= 0
    inside = groups[board.group[plan.at]] & seated
    free = inside | ~seated
    keep = useful & groups[board.group] & free[board.member]
    keep[plan.at[inside]] = True
    keep_whole_units(board.group, board.member, board.unit, keep)
    outside = plan.at[seated & ~inside]
    used = np.bincount(board.fac[board.group[outside]], minlength=len(board.load))
    elsewhere = np.unique(board.group[outside])
    opened = int(board.opens[elsewhere].sum())
    return Part(np.flatnonzero(keep), board.load - used, board.opened_max - opened)


def _ranked(values: Ints) -> tuple[Longs, Longs]:
    found, back = np.unique(values, return_inverse=True)
    return found.astype(np.int64), back.astype(np.int64)


@dataclass(frozen=True, slots=True)
class Program:
    """The mixed-integer program of a part: first the options, then a switch per group, then per cell."""

    part: Part
    cost: Reals
    model: Model
    groups: Longs
    cells: Longs


def program_of(board: Board, part: Part) -> Program:
    """The rules as rows; switches for groups that need several people, for cells that need company."""
    options = part.options
    model = Model()
    x = np.arange(len(options))
    groups, g = _ranked(board.group[options])
    cells, c = _ranked(board.cell[options])
    y = len(options) + np.arange(len(groups))
    z = len(options) + len(groups) + np.arange(len(cells))
    members, i = _ranked(board.member[options])
    model.add(i, x, 1.0)
    model.close(np.zeros(len(members)), np.ones(len(members)))
    _size_rows(board, model, groups, g, x, y)
    _cell_rows(board, model, groups, cells, c, x, y, z)
    _share_rows(board, model, part, groups, g, x)
    _load_rows(board, model, part, x)
    _opened_row(board, model, part, groups, y)
    _pair_rows(board, model, part)
    cost = np.concatenate([board.fit[options].astype(float), np.zeros(len(groups) + len(cells))])
    return Program(part, cost, model, groups, cells)


def _size_rows(board: Board, model: Model, groups: Longs, g: Longs, x: Longs, y: Longs) -> None:
    """floor * y <= people <= seats * y."""
    for limit, sign in ((board.floor, -1.0), (board.seats, 1.0)):
        model.add(g, x, sign)
        model.add(np.arange(len(groups)), y, -sign * limit[groups].astype(np.float64))
        model.close(np.full(len(groups), -np.inf), np.zeros(len(groups)))


def _cell_rows(
    board: Board, model: Model, groups: Longs, cells: Longs, c: Longs, x: Longs, y: Longs,
    z: Longs,
) -> None:  # fmt: skip
    """x <= z for each option (tight), need * z <= people of the cell, z <= y."""
    model.add(x, x, 1.0)
    model.add(x, z[c], -1.0)
    model.close(np.full(len(x), -np.inf), np.zeros(len(x)))
    model.add(c, x, -1.0)
    model.add(np.arange(len(cells)), z, board.need[cells])
    model.close(np.full(len(cells), -np.inf), np.zeros(len(cells)))
    owner = np.searchsorted(groups, board.group[board.starts[cells]])
    model.add(np.arange(len(cells)), z, 1.0)
    model.add(np.arange(len(cells)), y[owner], -1.0)
    model.close(np.full(len(cells), -np.inf), np.zeros(len(cells)))


def _share_rows(board: Board, model: Model, part: Part, groups: Longs, g: Longs, x: Longs) -> None:
    """Newcomers: the weights in a group stay within its slack."""
    weight = board.weight[board.member[part.options]].astype(float)
    if weight.any():
        model.add(g, x, weight)
        model.close(np.full(len(groups), -np.inf), board.slack[groups].astype(float))


def _load_rows(board: Board, model: Model, part: Part, x: Longs) -> None:
    """Facilitators: people over all their groups."""
    owners, f = _ranked(board.fac[board.group[part.options]])
    limited = part.load[owners] < UNLIMITED // 2
    new = np.cumsum(limited) - 1
    mine = limited[f]
    model.add(new[f[mine]], x[mine], 1.0)
    model.close(np.full(limited.sum(), -np.inf), part.load[owners[limited]].astype(float))


def _opened_row(board: Board, model: Model, part: Part, groups: Longs, y: Longs) -> None:
    """At most so many groups open."""
    opening = y[board.opens[groups]]
    if part.opened_max < len(opening):
        model.add(np.zeros(len(opening), np.int64), opening, 1.0)
        model.close(np.array([-np.inf]), np.array([float(part.opened_max)]))


def _pair_rows(board: Board, model: Model, part: Part) -> None:
    """Foes: one of the two at most in a group. Units: both or neither."""
    who, where = board.member[part.options], board.group[part.options]
    place = {
        (one, at): number
        for number, (one, at) in enumerate(zip(who.tolist(), where.tolist(), strict=True))
        if board.unit[one] >= 0 or board.foe[one + 1] > board.foe[one]
    }
    last: dict[tuple[int, int], int] = {}
    for (one, at), number in place.items():
        for foe in board.foes[board.foe[one] : board.foe[one + 1]].tolist():
            if foe > one and (foe, at) in place:
                model.add(np.zeros(2, np.int64), np.array([number, place[foe, at]]), 1.0)
                model.close(np.array([-np.inf]), np.ones(1))
        unit = int(board.unit[one])
        if unit >= 0:
            if (unit, at) in last:
                model.add(
                    np.zeros(2, np.int64), np.array([number, last[unit, at]]), np.array([1.0, -1.0])
                )
                model.close(np.zeros(1), np.zeros(1))
            last[unit, at] = number


@dataclass(frozen=True, slots=True)
class Found:
    """Options chosen (None: nothing better than the start), what nothing passes, whether it is proven."""

    chosen: Longs | None
    bound: float
    is_optimal: bool


def solve_program(
    board: Board, program: Program, start: Longs, *, seconds: float, nodes: int, seed: int,
    gap: float = 0.0, should_stop: Callable[[], bool] = lambda: False,
) -> Found:  # fmt: skip
    """The best choice within the limits, from the options of `start` (which keeps every rule)."""
    import highspy

    highs = highspy.Highs()  # type: ignore[no-untyped-call]
    highs.silent()
    for name, value in {
        "threads": 1, "time_limit": max(0.05, seconds), "mip_rel_gap": gap, "mip_abs_gap": 0.99,
        "random_seed": seed % 2**31, "mip_max_nodes": nodes,
    }.items():  # fmt: skip
        highs.setOptionValue(name, value)
    highs.cbMipInterrupt.subscribe(lambda event: event.interrupt() if should_stop() else None)
    _pass(highs, program)
    _begin(highs, board, program, start)
    highs.run()
    info = highs.getInfo()
    is_optimal = highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
    chosen = None
    if info.primal_solution_status == 2:  # noqa: PLR2004 feasible, in HiGHS's own numbers
        values = np.array(highs.getSolution().col_value[: len(program.part.options)])
        chosen = program.part.options[values > 0.5]  # noqa: PLR2004
    return Found(chosen, float(info.mip_dual_bound), is_optimal)


def _pass(highs: object, program: Program) -> None:
    model = program.model
    rows = np.concatenate(model.rows)
    order = np.argsort(rows, kind="stable")
    start = np.zeros(model.height + 1, np.int32)
    np.cumsum(np.bincount(rows, minlength=model.height), out=start[1:])
    width = len(program.cost)
    highs.passModel(  # type: ignore[attr-defined]
        width, model.height, len(rows), 2, -1, 0.0, program.cost, np.zeros(width), np.ones(width),
        np.concatenate(model.lower), np.concatenate(model.upper), start[:-1],
        np.concatenate(model.columns)[order].astype(np.int32), np.concatenate(model.values)[order],
        np.ones(width, np.int32),
    )  # fmt: skip


def _begin(highs: object, board: Board, program: Program, start: Longs) -> None:
    options = program.part.options
    values = np.zeros(len(program.cost))
    values[: len(options)] = np.isin(options, start)
    groups = np.searchsorted(program.groups, np.unique(board.group[start]))
    cells = np.searchsorted(program.cells, np.unique(board.cell[start]))
    values[len(options) + groups] = 1.0
    values[len(options) + len(program.groups) + cells] = 1.0
    highs.setSolution(len(values), np.arange(len(values), dtype=np.int32), values)  # type: ignore[attr-defined]
