"""SciPy's two assignment solvers and lapx: `peer_scipy.py dense|sparse|lapx|sweep FILE…`."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import lap
import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from instances import Instance, Ints, ints, load, median_of, record, timed

Floats = npt.NDArray[np.float64]


def table(instance: Instance) -> Floats:
    """Costs in a table of people and posts.

    There are more posts than people, so whoever stays out may sit in an empty post at no cost: no further columns
    are needed, which is the smallest table there is.
    """
    cost = np.zeros((instance.people, instance.posts))
    cost[instance.owner, instance.post] = np.minimum(instance.cost, 0)
    cost[instance.owner[instance.closed], instance.post[instance.closed]] = 0
    return cost


def dense(cost: Floats) -> int:
    """Least sum by `linear_sum_assignment`."""
    rows, columns = linear_sum_assignment(cost)
    return round(float(cost[rows, columns].sum()))


def jonker(cost: Floats) -> int:
    """Least sum by lapx."""
    columns, _ = lap.lapjv(cost, extend_cost=True, return_cost=False)
    return round(float(cost[np.arange(len(columns)), columns].sum()))


def sparse(instance: Instance) -> csr_matrix:
    """Costs with a place to stay out for each person, all moved up: a nought would be no arc at all."""
    people = np.arange(instance.people)
    lift = 1 - min(0, int(instance.cost.min()))
    values = np.concatenate([instance.cost + lift, np.full(instance.people, lift)])
    rows = np.concatenate([instance.owner, people])
    columns = np.concatenate([instance.post, instance.posts + people])
    return csr_matrix((values, (rows, columns)), shape=(instance.people, instance.posts + instance.people))


def solve(kind: str, instance: Instance) -> tuple[int, float]:
    """Least sum against placing nobody, and median processor seconds."""
    if kind == "sparse":
        matrix = sparse(instance)
        lift = 1 - min(0, int(instance.cost.min()))
        (rows, columns), seconds = median_of(partial(min_weight_full_bipartite_matching, matrix))
        return int(matrix[rows, columns].sum()) - instance.people * lift, seconds
    return median_of(partial(dense if kind == "dense" else jonker, table(instance)))


def main() -> None:
    """Solve the files named on the command line."""
    kind, *names = sys.argv[1:]
    for path in map(Path, names):
        instance = load(path)
        if kind == "sweep":
            sweep(path, instance)
            continue
        value, seconds = solve(kind, instance)
        peer = {"dense": "SciPy dense", "sparse": "SciPy sparse", "lapx": "lapx"}[kind]
        record(
            path,
            table="network",
            people=instance.people,
            instance=instance.name,
            peer=peer,
            status="optimal",
            value=value + instance.constant,
            seconds=seconds,
        )


def patched(instance: Instance, costs: Ints, closed: Ints) -> int:
    """Least sum with these costs, and without the closed arcs."""
    cost = np.zeros((instance.people, instance.posts))
    cost[instance.owner, instance.post] = np.minimum(costs, 0)
    cost[instance.owner[closed], instance.post[closed]] = 0
    return dense(cost)


def sweep(path: Path, instance: Instance) -> None:
    """Solve the scenarios that the file holds; the patched table counts, as it does for the kernel."""
    total, equal = 0.0, True
    scenarios = instance.raw["scenarios"]
    for scenario in scenarios:
        costs, closed = ints(scenario["cost"]), ints(scenario["closed"])
        value, seconds = timed(partial(patched, instance, costs, closed))
        total += seconds
        equal &= value + instance.constant == scenario["value"]
    record(
        path,
        table="sweep",
        instance=instance.name,
        peer="SciPy dense",
        scenarios=len(scenarios),
        seconds=total / len(scenarios),
        verified=equal,
    )


if __name__ == "__main__":
    main()
