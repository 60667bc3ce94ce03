"""Whole scenarios of a sweep by other solvers: `peer_case.py lp|mip|cpsat|milp|assignment FILE COUNT`.

Every objective is made best and then held for the next, as the program does it, but no plan is made canonical and no
proof is checked. Only the solves are timed: models are built, and objectives and rows laid out, beforehand.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import highspy
import numpy as np
import numpy.typing as npt
from ortools.sat.python import cp_model
from scipy.optimize import Bounds, LinearConstraint, linear_sum_assignment, milp
from scipy.sparse import csc_matrix, csr_matrix, vstack

from instances import ints, record, timed

INFINITY = highspy.kHighsInf
OPTIMAL = highspy.HighsModelStatus.kOptimal
Floats = npt.NDArray[np.float64]
#: A solver's values of the objectives, as far as it came, and its seconds.
Answer = tuple[list[int], float]


@dataclass(frozen=True)
class Scenario:
    """One scenario as rows over arcs and then switches, each 0 or 1."""

    people: int
    posts: int
    arcs: int
    matrix: csr_matrix
    lower: Floats
    upper: Floats
    levels: list[Floats]
    values: list[int]

    @property
    def columns(self) -> int:
        """Arcs and switches."""
        return int(self.matrix.shape[1])


def scenario(raw: dict[str, Any]) -> Scenario:
    """Lay a scenario out."""
    first, column = ints(raw["first"]), ints(raw["column"])
    people, posts, arcs = len(first) - 1, len(raw["capacity"]), len(column)
    size = arcs + raw["switches"]

    def dense(row: dict[str, Any]) -> Floats:
        out = np.zeros(size)
        out[ints(row["arcs"])] = row["k"]
        out[arcs + ints(row["switches"])] = row["on"]
        return out

    every, owner = np.arange(arcs), np.repeat(np.arange(people), np.diff(first))
    seats = [csr_matrix((np.ones(arcs), (at, every)), shape=(n, size)) for at, n in ((owner, people), (column, posts))]
    rows = [csr_matrix(dense(row)) for row in raw["rows"]]
    lower = np.full(people + posts + len(rows), -INFINITY)
    lower[:people][~np.array(raw["may_stay_out"], dtype=bool)] = 1
    limits = [row["limit"] for row in raw["rows"]]
    upper = np.concatenate([np.ones(people), raw["capacity"], limits]).astype(float)
    levels = [dense(level) for level in raw["levels"]]
    matrix = vstack([*seats, *rows], format="csr")
    return Scenario(people, posts, arcs, matrix, lower, upper, levels, raw["values"])


def highs(it: Scenario, *, whole: bool) -> Answer:
    """HiGHS, one objective after the other from the last basis."""
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = it.columns, len(it.upper)
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = it.levels[0], np.zeros(it.columns), np.ones(it.columns)
    lp.row_lower_, lp.row_upper_ = it.lower, it.upper
    matrix = csc_matrix(it.matrix)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = matrix.indptr, matrix.indices, matrix.data
    if whole:
        lp.integrality_ = [highspy.HighsVarType.kInteger] * it.columns
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    for option, value in (("output_flag", False), ("threads", 1), ("mip_rel_gap", 0.0), ("mip_abs_gap", 0.99)):
        solver.setOptionValue(option, value)
    solver.passModel(lp)
    every = np.arange(it.columns, dtype=np.int32)
    rows = [np.flatnonzero(level).astype(np.int32) for level in it.levels]

    def run() -> list[int]:
        values: list[int] = []
        for level, row in zip(it.levels, rows, strict=True):
            solver.changeColsCost(it.columns, every, level)
            solver.run()
            if solver.getModelStatus() != OPTIMAL:
                return values
            values.append(round(solver.getInfo().objective_function_value))
            solver.addRow(-INFINITY, float(values[-1]), len(row), row, level[row])
        return values

    return timed(run)


def cpsat(it: Scenario) -> Answer:
    """CP-SAT with one worker, one objective after the other, the last plan as a hint."""
    model = cp_model.CpModel()
    taken = [model.new_bool_var("") for _ in range(it.columns)]

    def linear(columns: npt.NDArray[Any], k: Floats) -> cp_model.LinearExpr:
        whole = k.astype(np.int64).tolist()
        return cp_model.LinearExpr.weighted_sum([taken[column] for column in columns], whole)

    for at, (low, high) in enumerate(zip(it.lower, it.upper, strict=True)):
        ends = slice(it.matrix.indptr[at], it.matrix.indptr[at + 1])
        model.add(linear(it.matrix.indices[ends], it.matrix.data[ends]) <= int(high))
        if low > 0:
            model.add(linear(it.matrix.indices[ends], it.matrix.data[ends]) >= int(low))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    values, total = [], 0.0
    for level in it.levels:
        goal = linear(np.flatnonzero(level), level[np.flatnonzero(level)])
        model.minimize(goal)
        status, seconds = timed(partial(solver.solve, model))
        total += seconds
        if status != cp_model.OPTIMAL:
            break
        values.append(round(solver.objective_value))
        model.add(goal <= values[-1])
        model.clear_hints()
        for variable in taken:
            model.add_hint(variable, solver.value(variable))
    return values, total


def whole_numbers(it: Scenario) -> Answer:
    """SciPy's `milp`, one objective after the other."""
    rules = [LinearConstraint(it.matrix, it.lower, it.upper)]
    values, total = [], 0.0
    for level in it.levels:
        solve = partial(
            milp,
            level,
            integrality=np.ones(it.columns),
            bounds=Bounds(0, 1),
            constraints=rules,
            options={"mip_rel_gap": 0},
        )
        answer, seconds = timed(solve)
        total += seconds
        if answer.status != 0:
            break
        values.append(round(float(answer.fun)))
        rules.append(LinearConstraint(csr_matrix(level), -np.inf, values[-1]))
    return values, total


def assignment(it: Scenario) -> Answer:
    """SciPy's `linear_sum_assignment` of one weighted sum, as far as a double holds it; it knows no statutory cover."""
    owner = it.matrix[: it.people, : it.arcs].tocoo()
    seat = it.matrix[it.people : it.people + it.posts, : it.arcs].tocoo()
    row, post = np.empty(it.arcs, dtype=int), np.empty(it.arcs, dtype=int)
    row[owner.col], post[seat.col] = owner.row, seat.row
    total, scale = np.zeros(it.arcs), 1.0
    for level in reversed(it.levels):
        total += scale * level[: it.arcs]
        scale *= 1 + it.people * float(np.abs(level[: it.arcs]).max(initial=0))
    capacity = it.upper[it.people : it.people + it.posts].astype(int)
    copies = np.repeat(np.arange(it.posts), capacity)
    table = np.zeros((it.people, len(copies) + it.people))
    arc = np.full((it.people, it.posts), -1)
    arc[row, post] = np.arange(it.arcs)
    spread = arc[:, copies]
    table[:, : len(copies)] = np.where(spread >= 0, total[spread], scale)
    (rows, columns), seconds = timed(partial(linear_sum_assignment, table))
    held = [spread[person, at] for person, at in zip(rows, columns, strict=True) if at < len(copies)]
    held = [at for at in held if at >= 0]
    placed = np.zeros(it.columns)
    placed[held] = 1
    covers = it.matrix[it.people + it.posts :]
    on = covers[:, : it.arcs] @ placed[: it.arcs] < 0
    placed[it.arcs :] = on[: it.columns - it.arcs]
    return [round(float(level @ placed)) for level in it.levels], seconds


SOLVERS: dict[str, tuple[str, Callable[[Scenario], Answer]]] = {
    "lp": ("HiGHS LP in sequence", partial(highs, whole=False)),
    "mip": ("HiGHS MIP in sequence", partial(highs, whole=True)),
    "cpsat": ("OR-Tools CP-SAT in sequence", cpsat),
    "milp": ("SciPy milp in sequence", whole_numbers),
    "assignment": ("SciPy assignment, one sum", assignment),
}


def main() -> None:
    """Solve the first scenarios of a file."""
    kind, name, count = sys.argv[1:]
    path = Path(name)
    peer, solve = SOLVERS[kind]
    seconds, equal = [], 0
    for raw in json.loads(path.read_text())["scenarios"][: int(count)]:
        it = scenario(raw)
        values, took = solve(it)
        seconds.append(took)
        equal += values == it.values
    seconds.sort()

    def at(part: int) -> float:
        return seconds[(len(seconds) - 1) * part // 1_000]

    spread = {"median": at(500), "p99": at(990), "max": at(1_000)}
    mean = sum(seconds) / len(seconds)
    record(
        path,
        table="case-sweep",
        instance="leavers",
        peer=peer,
        scenarios=len(seconds),
        equal=equal,
        seconds=mean,
        **spread,
    )


if __name__ == "__main__":
    main()
