"""Whole scenarios of a sweep by SciPy: `peer_case_scipy.py milp|assignment FILE COUNT`."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linear_sum_assignment, milp
from scipy.sparse import csr_matrix

from cases import Answer, Scenario, measure
from instances import timed


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


SOLVERS = {
    "milp": ("SciPy milp in sequence", whole_numbers),
    "assignment": ("SciPy assignment, one sum", assignment),
}


def main() -> None:
    """Solve the first scenarios of a file."""
    kind, name, count = sys.argv[1:]
    peer, solve = SOLVERS[kind]
    measure(peer, solve, Path(name), int(count))


if __name__ == "__main__":
    main()
