"""Whole scenarios of a sweep, laid out for other solvers, and what one of them makes of the first of them.

Every objective is made best and then held for the next, as the program does it, but no plan is made canonical and no
proof is checked. Only the solves are timed: models are built, and objectives and rows laid out, beforehand.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, vstack

from instances import ints, record

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
    lower = np.full(people + posts + len(rows), -np.inf)
    lower[:people][~np.array(raw["may_stay_out"], dtype=bool)] = 1
    limits = [row["limit"] for row in raw["rows"]]
    upper = np.concatenate([np.ones(people), raw["capacity"], limits]).astype(float)
    levels = [dense(level) for level in raw["levels"]]
    matrix = vstack([*seats, *rows], format="csr")
    return Scenario(people, posts, arcs, matrix, lower, upper, levels, raw["values"])


def measure(peer: str, solve: Callable[[Scenario], Answer], path: Path, count: int) -> None:
    """Solve the first scenarios of a file, and hand the times on."""
    seconds, equal = [], 0
    for raw in json.loads(path.read_text())["scenarios"][:count]:
        it = scenario(raw)
        values, took = solve(it)
        seconds.append(took)
        equal += values == it.values
    seconds.sort()

    def at(part: int) -> float:
        return seconds[(len(seconds) - 1) * part // 1_000]

    spread = {"median": at(500), "p99": at(990), "max": at(1_000), "seconds": sum(seconds) / len(seconds)}
    record(path, table="case-sweep", instance="leavers", peer=peer, scenarios=len(seconds), equal=equal, **spread)
