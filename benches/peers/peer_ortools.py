"""OR-Tools: `peer_ortools.py mcf|lsa|cpsat SECONDS FILE…`."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import numpy as np
from ortools.graph.python.linear_sum_assignment import SimpleLinearSumAssignment
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow
from ortools.sat.python import cp_model

from instances import WALL, Instance, load, median_of, record, stopping, timed


def flow(instance: Instance) -> tuple[int, float]:
    """Least cost by min-cost flow: people, posts, and a sink that people reach directly when they stay out."""
    people, posts = instance.people, instance.posts
    sink = people + posts
    network = SimpleMinCostFlow()
    ones = np.ones
    network.add_arcs_with_capacity_and_unit_cost(
        instance.owner, people + instance.post, ones(instance.arcs, dtype=np.int64), instance.cost
    )
    network.add_arcs_with_capacity_and_unit_cost(
        people + np.arange(posts), np.full(posts, sink), ones(posts, dtype=np.int64), np.zeros(posts, dtype=np.int64)
    )
    network.add_arcs_with_capacity_and_unit_cost(
        np.arange(people), np.full(people, sink), ones(people, dtype=np.int64), np.zeros(people, dtype=np.int64)
    )
    network.set_nodes_supplies(np.arange(people), ones(people, dtype=np.int64))
    network.set_nodes_supplies(np.array([sink]), np.array([-people]))
    status, seconds = median_of(network.solve)
    assert status == network.OPTIMAL
    return network.optimal_cost(), seconds


def assignment(instance: Instance) -> tuple[int, float]:
    """Least cost by push-relabel assignment on the doubled graph, which has a perfect matching."""
    people, posts = instance.people, instance.posts
    solver = SimpleLinearSumAssignment()
    left = [instance.owner, np.arange(people), people + np.arange(posts), people + instance.post]
    right = [instance.post, posts + np.arange(people), np.arange(posts), posts + instance.owner]
    cost = [instance.cost, *(np.zeros(size, dtype=np.int64) for size in (people, posts, instance.arcs))]
    solver.add_arcs_with_cost(np.concatenate(left), np.concatenate(right), np.concatenate(cost))
    status, seconds = median_of(solver.solve)
    assert status == solver.OPTIMAL
    return solver.optimal_cost(), seconds


def cpsat(instance: Instance, limit: float) -> tuple[str, int | None, float]:
    """Least cost by CP-SAT, one worker."""
    model = cp_model.CpModel()
    taken = [model.new_bool_var("") for _ in range(instance.arcs)]
    for arc in instance.closed:
        model.add(taken[arc] == 0)
    for group, size in ((instance.owner, instance.people), (instance.post, instance.posts)):
        members: list[list[cp_model.IntVar]] = [[] for _ in range(size)]
        for variable, at in zip(taken, group, strict=True):
            members[at].append(variable)
        for own in members:
            model.add_at_most_one(own)
    for row in instance.rows:
        model.add(cp_model.LinearExpr.weighted_sum([taken[arc] for arc in row.arcs], row.k.tolist()) <= row.limit)
    model.minimize(cp_model.LinearExpr.weighted_sum(taken, instance.cost.tolist()) + instance.constant)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = WALL * limit
    with stopping(limit, solver.stop_search):
        status, seconds = timed(partial(solver.solve, model))
    names = {cp_model.OPTIMAL: "optimal", cp_model.INFEASIBLE: "infeasible"}
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    return names.get(status, "stopped"), round(solver.objective_value) if found else None, seconds


def main() -> None:
    """Solve the files named on the command line."""
    kind, limit, *names = sys.argv[1:]
    for path in map(Path, names):
        instance = load(path)
        if kind == "cpsat":
            status, value, seconds = cpsat(instance, float(limit))
            family = instance.name.rsplit("-", 1)[-1]
            record(
                path,
                table="clauses",
                family=family,
                instance=instance.name,
                peer="CP-SAT",
                status=status,
                value=value,
                seconds=seconds,
            )
            continue
        solve, peer = {"mcf": (flow, "OR-Tools flow"), "lsa": (assignment, "OR-Tools assignment")}[kind]
        cost, seconds = solve(instance)
        record(
            path,
            table="network",
            people=instance.people,
            instance=instance.name,
            peer=peer,
            status="optimal",
            value=cost + instance.constant,
            seconds=seconds,
        )


if __name__ == "__main__":
    main()
