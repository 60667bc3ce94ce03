"""Whole scenarios of a sweep by HiGHS: `peer_case_highs.py lp|mip FILE COUNT`."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import highspy
import numpy as np
from scipy.sparse import csc_matrix

from cases import Answer, Scenario, measure
from instances import timed

INFINITY = highspy.kHighsInf
OPTIMAL = highspy.HighsModelStatus.kOptimal


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


SOLVERS = {
    "lp": ("HiGHS LP in sequence", partial(highs, whole=False)),
    "mip": ("HiGHS MIP in sequence", partial(highs, whole=True)),
}


def main() -> None:
    """Solve the first scenarios of a file."""
    kind, name, count = sys.argv[1:]
    peer, solve = SOLVERS[kind]
    measure(peer, solve, Path(name), int(count))


if __name__ == "__main__":
    main()
