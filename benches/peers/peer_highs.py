"""HiGHS on one thread: `peer_highs.py lp|mip|hot|sequence|sequence-mip|weights TABLE SECONDS FILE…`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from functools import partial
from operator import itemgetter
from pathlib import Path
from time import process_time

import highspy
import numpy as np
from scipy.sparse import csc_matrix

from instances import WALL, Instance, Ints, ints, load, record, timed

INFINITY = highspy.kHighsInf
STATUS = highspy.HighsModelStatus


def model(instance: Instance, *, whole: bool) -> highspy.HighsLp:
    """The instance as a linear programme, in whole numbers if wanted; the constant is kept."""
    people, posts, arcs = instance.people, instance.posts, np.arange(instance.arcs)
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = instance.arcs, people + posts + len(instance.rows)
    upper = np.ones(instance.arcs)
    upper[instance.closed] = 0
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = instance.cost.astype(float), np.zeros(instance.arcs), upper
    lp.row_lower_ = np.full(lp.num_row_, -INFINITY)
    limits = np.array([row.limit for row in instance.rows], dtype=float)
    lp.row_upper_ = np.concatenate([np.ones(people + posts), limits])
    lp.offset_ = instance.constant
    extra = range(people + posts, lp.num_row_)
    rows = [instance.owner, people + instance.post]
    rows += [np.full(len(row.arcs), at) for at, row in zip(extra, instance.rows, strict=True)]
    columns = [arcs, arcs, *(row.arcs for row in instance.rows)]
    values = [np.ones(2 * instance.arcs), *(row.k.astype(float) for row in instance.rows)]
    entries = (np.concatenate(values), (np.concatenate(rows), np.concatenate(columns)))
    matrix = csc_matrix(entries, shape=(lp.num_row_, lp.num_col_))
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = matrix.indptr, matrix.indices, matrix.data
    if whole:
        lp.integrality_ = [highspy.HighsVarType.kInteger] * instance.arcs
    return lp


def solver(lp: highspy.HighsLp, limit: float) -> highspy.Highs:
    """A solver with the model in it: no gap allowed, one thread."""
    highs = highspy.Highs()  # type: ignore[no-untyped-call]
    for option, value in (
        ("output_flag", False),
        ("threads", 1),
        ("mip_rel_gap", 0.0),
        ("mip_abs_gap", 0.99),
        ("time_limit", limit),
    ):
        highs.setOptionValue(option, value)
    highs.passModel(lp)
    return highs


def outcome(highs: highspy.Highs) -> tuple[str, float | None]:
    """Status and value."""
    status = highs.getModelStatus()
    value = highs.getInfo().objective_function_value
    if status == STATUS.kOptimal:
        return "optimal", value
    if status in (STATUS.kInfeasible, STATUS.kUnboundedOrInfeasible):
        return "infeasible", None
    return "stopped", value if abs(value) < INFINITY else None


def plain(instance: Instance, limit: float, *, whole: bool) -> tuple[str, float | None, float]:
    """Status, value and processor seconds from nothing."""
    lp = model(instance, whole=whole)

    def run() -> tuple[highspy.Highs, float]:
        highs = solver(lp, WALL * limit)
        end = process_time() + limit
        if whole:
            highs.cbMipInterrupt.subscribe(lambda event: event.interrupt(process_time() > end))
        return highs, timed(highs.run)[1]

    highs, seconds = run()
    if seconds < 0.05:
        seconds = sorted(run()[1] for _ in range(9))[4]
    return *outcome(highs), seconds


def hot(instance: Instance) -> tuple[float, bool]:
    """Median processor seconds of solving on from the last basis after each change, and whether all values agree."""
    highs = solver(model(instance, whole=False), INFINITY)
    highs.run()
    seconds, equal = [], True
    for change in instance.raw["changes"]:
        arcs = np.array(change["arcs"], dtype=np.int32)
        highs.changeColsCost(len(arcs), arcs, np.array(change["cost"], dtype=float))
        seconds.append(timed(highs.run)[1])
        equal &= round(highs.getInfo().objective_function_value) == change["value"]
    return sorted(seconds)[len(seconds) // 2], equal


def levels(instance: Instance) -> list[tuple[Ints, Ints]]:
    """The objectives, in order."""
    return [(ints(level["arcs"]), ints(level["k"])) for level in instance.raw["levels"]]


def spread(size: int, arcs: Ints, k: Ints) -> Ints:
    """Coefficients of every arc."""
    cost = np.zeros(size, dtype=np.int64)
    cost[arcs] = k
    return cost


def sequence(instance: Instance, limit: float, *, whole: bool) -> tuple[str, list[int], float]:
    """One objective after the other from the last basis, each fixed by a row for the next."""
    highs = solver(model(instance, whole=whole), WALL * limit)
    end = process_time() + limit
    every = np.arange(instance.arcs, dtype=np.int32)
    highs.changeObjectiveOffset(0.0)
    values: list[int] = []

    def run() -> str:
        for arcs, k in levels(instance):
            highs.changeColsCost(instance.arcs, every, spread(instance.arcs, arcs, k).astype(float))
            highs.run()
            if highs.getModelStatus() != STATUS.kOptimal or process_time() > end:
                return "stopped"
            value = round(highs.getInfo().objective_function_value)
            values.append(value)
            highs.addRow(-INFINITY, float(value), len(arcs), arcs.astype(np.int32), k.astype(float))
        return "optimal"

    status, seconds = timed(run)
    return status, values, seconds


def weights(instance: Instance, limit: float) -> tuple[str, list[int], float]:
    """All objectives in one sum, each weighing more than all after it."""
    total, scale = [0] * instance.arcs, 1
    for arcs, k in reversed(levels(instance)):
        for arc, coefficient in zip(arcs.tolist(), k.tolist(), strict=True):
            total[arc] += scale * coefficient
        scale *= 1 + instance.people * int(np.abs(k).max(initial=1))
    lp = model(instance, whole=False)
    lp.offset_ = 0.0
    lp.col_cost_ = np.array([float(cost) for cost in total])
    highs = solver(lp, WALL * limit)
    _, seconds = timed(highs.run)
    taken = np.round(np.array(highs.getSolution().col_value)).astype(np.int64)
    if highs.getModelStatus() != STATUS.kOptimal:
        return "refused", [], seconds
    return "optimal", [int((taken[arcs] * k).sum()) for arcs, k in levels(instance)], seconds


def measure(kind: str, instance: Instance, limit: float) -> Iterable[dict[str, object]]:
    """The lines that a kind of solve gives."""
    if kind in ("lp", "mip"):
        status, value, seconds = plain(instance, limit, whole=kind == "mip")
        rounded = None if value is None else (round(value) if not instance.rows or kind == "mip" else value)
        yield {"peer": f"HiGHS {kind.upper()}", "status": status, "value": rounded, "seconds": seconds}
    elif kind == "hot":
        seconds, equal = hot(instance)
        yield {"peer": "HiGHS hot", "verified": equal, "seconds": seconds}
    else:
        solves: dict[str, tuple[Callable[[Instance, float], tuple[str, list[int], float]], str]] = {
            "sequence": (partial(sequence, whole=False), "HiGHS LP in sequence"),
            "sequence-mip": (partial(sequence, whole=True), "HiGHS MIP in sequence"),
            "weights": (weights, "HiGHS big weights"),
        }
        solve, peer = solves[kind]
        runs = 1 if instance.people > 100 or kind == "sequence-mip" else 3
        status, values, seconds = sorted((solve(instance, limit) for _ in range(runs)), key=itemgetter(2))[runs // 2]
        yield {"peer": peer, "status": status, "values": values, "seconds": seconds}


def main() -> None:
    """Solve the files named on the command line."""
    kind, table, limit, *names = sys.argv[1:]
    for path in map(Path, names):
        instance = load(path)
        family = instance.name.rsplit("-", 1)[-1]
        for line in measure(kind, instance, float(limit)):
            record(path, table=table, family=family, people=instance.people, instance=instance.name, **line)


if __name__ == "__main__":
    main()
