"""Whole scenarios of a sweep by OR-Tools: `peer_case_ortools.py cpsat FILE COUNT`."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from ortools.sat.python import cp_model

from cases import Answer, Floats, Scenario, measure
from instances import timed


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
        model.clear_hints()  # type: ignore[no-untyped-call]
        for variable in taken:
            model.add_hint(variable, solver.value(variable))
    return values, total


SOLVERS = {"cpsat": ("OR-Tools CP-SAT in sequence", cpsat)}


def main() -> None:
    """Solve the first scenarios of a file."""
    kind, name, count = sys.argv[1:]
    peer, solve = SOLVERS[kind]
    measure(peer, solve, Path(name), int(count))


if __name__ == "__main__":
    main()
