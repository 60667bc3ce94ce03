"""What the lines of a run say: which values agree, and how many times faster or slower the kernel is."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

OURS = "demerge"
Line = dict[str, Any]


def read(path: Path) -> list[Line]:
    """All lines of a run; of a figure that was measured again, the last."""
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    last = {(line["table"], line.get("instance"), line.get("peer"), line.get("command")): line for line in lines}
    return list(last.values())


def quantile(values: list[float], part: float) -> float:
    """A value that so large a part of the sorted values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


@dataclass(frozen=True)
class Pair:
    """The kernel and a peer on one instance."""

    ours: Line
    peer: Line

    @property
    def ratio(self) -> float:
        """Peer's seconds over ours; above 1 the kernel is faster."""
        return float(self.peer["seconds"]) / float(self.ours["seconds"])

    @property
    def finished(self) -> tuple[bool, bool]:
        """Whether the kernel and the peer finished."""
        return self.ours.get("status") != "stopped", self.peer.get("status") != "stopped"

    @property
    def lost(self) -> bool:
        """Whether the peer finished sooner, or finished at all where the kernel did not."""
        ours, peer = self.finished
        return peer and (not ours or self.ratio < 1)


def pairs(lines: list[Line], table: str, peer: str, **same: object) -> list[Pair]:
    """The kernel beside a peer, instance by instance."""

    def chosen(line: Line) -> bool:
        return line["table"] == table and all(line.get(key) in (value, None) for key, value in same.items())

    ours = {line["instance"]: line for line in lines if chosen(line) and line["peer"] == OURS}
    theirs = [line for line in lines if chosen(line) and line["peer"] == peer]
    return [Pair(ours[line["instance"]], line) for line in theirs if line["instance"] in ours]


@dataclass(frozen=True)
class Ratios:
    """Ratios over the instances of which one side at least finished."""

    count: int
    median: float
    p90: float
    worst: float
    by_sum: float
    lost: int
    #: Instances that only the kernel, only the peer, and neither finished.
    only: tuple[int, int, int]


def ratios(found: list[Pair]) -> Ratios | None:
    """Ratios; where one side was stopped its seconds so far count, so that the ratio is a bound."""
    counted = [pair for pair in found if any(pair.finished)]
    if not counted:
        return None
    values = [pair.ratio for pair in counted]
    return Ratios(
        count=len(counted),
        median=quantile(values, 0.5),
        p90=quantile(values, 0.1),
        worst=min(values),
        by_sum=sum(pair.peer["seconds"] for pair in counted) / sum(pair.ours["seconds"] for pair in counted),
        lost=sum(pair.lost for pair in counted),
        only=(
            sum(pair.finished == (True, False) for pair in found),
            sum(pair.finished == (False, True) for pair in found),
            sum(pair.finished == (False, False) for pair in found),
        ),
    )


#: A peer that is expected to be wrong is counted apart and stops nothing.
EXPECTED = "HiGHS big weights"


def disagreements(lines: list[Line]) -> list[str]:
    """Instances on which two solvers that both claim an optimum differ, and proofs that do not hold."""
    wrong = [
        f"{line['instance']}: the proof of {line['peer']} fails" for line in lines if line.get("verified") is False
    ]
    wrong += [f"{line['instance']}: {line['peer']} breaks a row" for line in lines if line.get("allowed") is False]
    by_instance: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for line in lines:
        done = line.get("status") in ("optimal", "infeasible")
        if done and line["peer"] != EXPECTED and line["table"] != "large":
            by_instance[line["table"], line["instance"]].append(line)
    for (_, instance), group in by_instance.items():
        answers = {json.dumps(line.get("values", line.get("value"))) for line in group}
        if len(answers) > 1:
            wrong.append(f"{instance}: " + ", ".join(f"{line['peer']} {line.get('value')}" for line in group))
    return wrong


def wrong_weights(lines: list[Line]) -> tuple[int, int, int]:
    """How often big weights were wrong, refused, and tried."""
    found = pairs(lines, "levels", EXPECTED)
    refused = sum(pair.peer["status"] != "optimal" for pair in found)
    wrong = sum(pair.peer["status"] == "optimal" and pair.peer["values"] != pair.ours["values"] for pair in found)
    return wrong, refused, len(found)
