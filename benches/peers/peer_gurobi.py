"""Gurobi within the licence that comes with gurobipy (2,000 variables and rows): `peer_gurobi.py SECONDS FILE…`."""

from __future__ import annotations

import sys
from pathlib import Path

import gurobipy as gp
import numpy as np
from gurobipy import GRB
from scipy.sparse import csr_matrix

from instances import WALL, Instance, load, record, stopping, timed


def solve(instance: Instance, env: gp.Env, limit: float) -> tuple[str, int | None, float]:
    """Least cost, proved, on one thread."""
    model = gp.Model(env=env)
    upper = np.ones(instance.arcs)
    upper[instance.closed] = 0
    taken = model.addMVar(instance.arcs, ub=upper, vtype=GRB.BINARY)
    ones, arcs = np.ones(instance.arcs), np.arange(instance.arcs)
    model.addMConstr(csr_matrix((ones, (instance.owner, arcs))), taken, "<", np.ones(instance.people))
    seats = csr_matrix((ones, (instance.post, arcs)), shape=(instance.posts, instance.arcs))
    model.addMConstr(seats, taken, "<", np.ones(instance.posts))
    for row in instance.rows:
        model.addConstr(row.k.astype(float) @ taken[row.arcs.tolist()] <= row.limit)
    model.setObjective(instance.cost.astype(float) @ taken + instance.constant, GRB.MINIMIZE)
    model.Params.Threads = 1
    model.Params.MIPGap = 0
    model.Params.MIPGapAbs = 0.99
    model.Params.TimeLimit = WALL * limit
    model.update()
    with stopping(limit, model.terminate):
        _, seconds = timed(model.optimize)
    status = {GRB.OPTIMAL: "optimal", GRB.INFEASIBLE: "infeasible", GRB.INF_OR_UNBD: "infeasible"}
    value = round(model.ObjVal) if model.SolCount else None
    return status.get(model.Status, "stopped"), value, seconds


def main() -> None:
    """Solve the files named on the command line."""
    limit, *names = sys.argv[1:]
    with gp.Env(empty=True) as env:
        env.setParam("OutputFlag", 0)
        env.start()
        for path in map(Path, names):
            instance = load(path)
            status, value, seconds = solve(instance, env, float(limit))
            family = instance.name.rsplit("-", 1)[-1]
            record(
                path,
                table="clauses",
                family=family,
                instance=instance.name,
                peer="Gurobi",
                status=status,
                value=value,
                seconds=seconds,
            )


if __name__ == "__main__":
    main()
