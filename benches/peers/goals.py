"""The goals P1 to P10 and what a run says to each."""

from __future__ import annotations

import math
from dataclasses import dataclass

from figures import OURS, Line, pairs, quantile, ratios, wrong_weights


@dataclass(frozen=True)
class Verdict:
    """One goal: what was wanted, what there is, and whether that is enough (None: not measured)."""

    goal: str
    what: str
    wanted: str
    found: str
    reached: bool | None


#: A peer and how many times faster than it the kernel should be.
Rival = tuple[str, float]


def ours(lines: list[Line], table: str, **same: object) -> list[Line]:
    """The kernel's own lines of a table."""
    return [
        line
        for line in lines
        if line["table"] == table and line["peer"] == OURS and all(line.get(k) == v for k, v in same.items())
    ]


def ratio(lines: list[Line], goal: str, what: str, table: str, rival: Rival, **same: object) -> Verdict:
    """A median ratio to one peer."""
    peer, wanted = rival
    found = ratios(pairs(lines, table, peer, **same))
    if found is None:
        return Verdict(goal, f"{what}, against {peer}", f"{wanted:,.0f}×", "not measured", None)
    said = f"{figure(found.median)}×"
    return Verdict(goal, f"{what}, against {peer}", f"{wanted:,.0f}×", said, found.median >= wanted)


def figure(value: float) -> str:
    """Three digits."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def least(goal: str, what: str, wanted: float, value: float | None, unit: str) -> Verdict:
    """A figure that should be at most so large."""
    if value is None:
        return Verdict(goal, what, f"≤ {wanted:g}{unit}", "not measured", None)
    return Verdict(goal, what, f"≤ {wanted:g}{unit}", f"{figure(value)}{unit}", value <= wanted)


def most(goal: str, what: str, wanted: float, value: float | None, unit: str) -> Verdict:
    """A figure that should be at least so large."""
    if value is None:
        return Verdict(goal, what, f"≥ {wanted:,.0f}{unit}", "not measured", None)
    return Verdict(goal, what, f"≥ {wanted:,.0f}{unit}", f"{value:,.0f}{unit}", value >= wanted)


def exponent(lines: list[Line], table: str) -> float | None:
    """Growth of the seconds from 2,000 to 50,000 people."""
    small = [line["seconds"] for line in ours(lines, table, people=2_000) if line["status"] != "stopped"]
    big = [line["seconds"] for line in ours(lines, table, people=50_000) if line["status"] != "stopped"]
    if not small or not big:
        return None
    return math.log(quantile(big, 0.5) / quantile(small, 0.5)) / math.log(25)


def hard_tail(lines: list[Line]) -> list[Verdict]:
    """The tail of the 47 people with 16 clauses, all families together."""
    highs, gurobi = pairs(lines, "clauses", "HiGHS MIP"), pairs(lines, "clauses", "Gurobi")
    if not highs or not gurobi:
        return []
    lost = sum(pair.lost for pair in highs)
    late = [quantile([getattr(pair, side)["seconds"] for pair in gurobi], 0.99) for side in ("ours", "peer")]
    stopped = sum(not pair.finished[0] for pair in gurobi)
    more = f" ({stopped} of ours stopped at the limit)" if stopped else ""
    slower = f"{lost} of {len(highs)}"
    p99 = f"{figure(late[0])} s, Gurobi {figure(late[1])} s{more}"
    return [
        Verdict("P4", "47 people, 16 clauses: instances slower than HiGHS MIP", "0", slower, lost == 0),
        Verdict("P4", "47 people, 16 clauses: p99 not slower than Gurobi's", "≤ Gurobi", p99, late[0] <= late[1]),
    ]


def reached_gap(lines: list[Line]) -> list[Verdict]:
    """Time to a gap of one in ten thousand at 10,000 people, or what there was when it was stopped."""
    what = "10,000 people, 41 clauses, gap ≤ 0.01 %"
    found = ours(lines, "large", people=10_000)
    if found and found[0]["status"] != "gap":
        line = found[0]
        gap = 100 * (line["value"] - line["bound"]) / line["value"] if line["value"] else 100.0
        return [
            Verdict("P6", what, "≤ 0.15 s", f"{gap:.2g} % when stopped at {figure(line['seconds'])} s", reached=False)
        ]
    return [least("P6", what, 0.15, found[0]["seconds"] if found else None, " s")]


def verdicts(lines: list[Line]) -> list[Verdict]:
    """Every goal."""
    small, clauses = "47 people, no clauses, cold", "47 people, 16 clauses, proved"
    out = [ratio(lines, "P1", small, "network", rival, people=47) for rival in SMALL]
    sweep, clause_sweep = ours(lines, "sweep"), ours(lines, "clause-sweep")
    rate = 1 / sweep[0]["wall_two_threads"] if sweep else None
    out.append(most("P2", "scenarios without clauses, two threads", 600_000, rate, " a second"))
    mip = [pair for family in ("loose", "tight") for pair in pairs(lines, "clauses", "HiGHS MIP", family=family)]
    if found := ratios(mip):
        told = f"{figure(found.median)}× / {figure(found.by_sum)}×"
        good = found.median >= 500 and found.by_sum >= 100
        out.append(Verdict("P3", f"{clauses}, against HiGHS MIP, median / by sum", "500× / 100×", told, good))
    out += [ratio(lines, "P4", clauses, "clauses", rival, family="loose") for rival in PROVED]
    out += hard_tail(lines)
    rate = 1 / clause_sweep[0]["wall_two_threads"] if clause_sweep else None
    out.append(most("P5", "scenarios with 16 clauses, two threads", 5_000, rate, " a second"))
    p99 = clause_sweep[0]["p99"] * 1_000 if clause_sweep else None
    out.append(least("P5", "the same, p99", 5, p99, " ms"))
    if clause_sweep:
        proved, count = clause_sweep[0]["proved"], clause_sweep[0]["scenarios"]
        out.append(Verdict("P5", "the same, proved", "all", f"{proved} of {count}", proved == count))
    out += reached_gap(lines)
    out.append(ratio(lines, "P6", "10,000 people, 41 clauses", "large", ("HiGHS LP", 400), people=10_000))
    proof = ours(lines, "proved", people=10_000)
    done = [line["seconds"] for line in proof if line["status"] == "optimal"]
    said = f"{figure(done[0])} s" if done else ("stopped" if proof else "not measured")
    reached = (bool(done) and done[0] <= 10) if proof else None
    out.append(Verdict("P6", "10,000 people, 41 clauses, proved", "≤ 10 s", said, reached))
    cold = [line["seconds"] for line in ours(lines, "network", people=50_000)]
    out.append(least("P7", "50,000 people, no clauses", 0.1, cold[0] if cold else None, " s"))
    out += [ratio(lines, "P7", "50,000 people, no clauses", "network", rival, people=50_000) for rival in LARGE]
    out.append(ratio(lines, "P8", "3 people changed at 10,000", "change", ("HiGHS hot", 5_000), people=10_000))
    out += [ratio(lines, "P9", "ten objectives, 47 people", "levels", (peer, 10_000)) for peer in SEQUENCES]
    wrong, refused, tried = wrong_weights(lines)
    out.append(
        Verdict("P9", "big weights in one sum (HiGHS)", "-", f"{wrong} wrong, {refused} refused of {tried}", None)
    )
    out.append(least("P10", "growth 2,000 to 50,000, no clauses: exponent", 1.2, exponent(lines, "network"), ""))
    out.append(least("P10", "growth 2,000 to 50,000, with clauses: exponent", 1.1, exponent(lines, "large"), ""))
    little = ours(lines, "small")
    count = little[0]["count"] if little else None
    out.append(most("P11", "small problems equal to trying every point, proofs checked", 100_000, count, ""))
    return out


SMALL = [("SciPy dense", 15), ("OR-Tools flow", 80), ("HiGHS LP", 600)]
PROVED = [("Gurobi", 100), ("CP-SAT", 400), ("good_lp microlp", 250)]
LARGE = [("OR-Tools flow", 30), ("SciPy sparse", 100), ("HiGHS LP", 500)]
SEQUENCES = ["HiGHS LP in sequence", "HiGHS MIP in sequence"]
