"""Write what a run found: `report.py MEASURED OUT SECONDS`; ends with 1 where two solvers disagree."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from figures import EXPECTED, OURS, Line, disagreements, pairs, quantile, ratios, read
from goals import figure, verdicts
from sweep import PAGE, section, with_section

INTRODUCTION = """\
# Benchmarks

The kernel beside other solvers, on the same made-up separations in the same run. One command does it all, and writes
this page:

```sh
python3 benches/peers/run.py          # at most twenty minutes on two cores; --quick: three
```

It needs Python 3.11 or later, Rust and, the first time, PyPI. Every figure is processor time of one thread for the
solve alone, model building left out for everybody; quick solves are repeated and the median is kept. MIP solvers run
without a gap on one thread. A ratio is the other solver's time over ours: **above 1 we are faster**. *p90* is what
nine of ten instances reach, *worst* the least. Where one side was stopped at its limit the time so far counts, so the
ratio is a bound. Values must be equal wherever two solvers claim an optimum, and each of our proofs was multiplied
out again by a checker that shares no code with the kernel ([benches/peers/verify.rs](../benches/peers/verify.rs));
otherwise the command fails.

The instances come from a seed ([benches/family](../benches/family)): families and grades give eligibility, people
rank posts, and the cost is dissatisfaction, transition, redundancy and vacancy. *loose*, *tight* and *hard* are how
the bounds of the 16 clauses stand round the optimum without them. A *scenario* is one of these separations after a
tenth of the people have left, a twentieth of the posts are withdrawn and three people have ranked afresh (with
clauses: a fiftieth, a fiftieth and three); without clauses each is solved from the optimum of the separation as it
stood, whatever scenario came before. The goals are those that the project set itself; a goal not reached is shown as
such.
"""


def machine() -> str:
    """Processor, cores, memory, system."""
    info = Path("/proc/cpuinfo")
    names = [line.split(":")[1].strip() for line in info.read_text().splitlines() if line.startswith("model name")]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    name = names[0] if names else platform.processor()
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return f"{name}, {os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()} {platform.release()}; load {load}"


def output(*command: str) -> str:
    """What a command prints, in one line."""
    return subprocess.run(command, check=False, capture_output=True, text=True).stdout.strip()


def versions() -> str:
    """Everything that was compared."""
    names = ["ortools", "scipy", "highspy", "lapx", "gurobipy", "numpy"]
    lock = Path(__file__).parent.parent.parent / "Cargo.lock"
    blocks = lock.read_text().split("[[package]]")
    rust = {block.split('"')[1]: block.split('"')[3] for block in blocks[1:]}
    peers = [f"{name} {metadata.version(name)}" for name in names]
    peers += [f"{name} {rust[name]}" for name in ("good_lp", "microlp") if name in rust]
    commit = output("git", "-C", str(lock.parent), "rev-parse", "--short", "HEAD")
    dirty = "+" if output("git", "-C", str(lock.parent), "status", "--porcelain", "src") else ""
    return f"demerge {commit}{dirty}, {output('rustc', '--version')}; Python {platform.python_version()}, " + ", ".join(
        peers
    )


def table(head: list[str], rows: Iterable[list[str]]) -> str:
    """A table in Markdown."""
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows]) + "\n"


def seconds(value: float) -> str:
    """A time in a handy unit."""
    for unit, size in (("s", 1.0), ("ms", 1e-3)):
        if value >= size:
            return f"{value / size:.3g} {unit}"
    return f"{value / 1e-6:.3g} µs"


def comparisons(lines: list[Line]) -> list[tuple[float, list[str]]]:
    """A row for each kind of instance and peer, with its median ratio."""
    kinds = sorted(
        {
            (line["table"], line.get("people", 0), line["family"] if line["table"] == "clauses" else "", line["peer"])
            for line in lines
            if line["peer"] not in (OURS, EXPECTED) and line["table"] not in ("sweep", "clause-sweep")
        },
        key=str,
    )
    found = []
    for name, people, family, peer in kinds:
        same: dict[str, object] = {key: value for key, value in (("people", people), ("family", family)) if value}
        both = pairs(lines, name, peer, **same)
        result = ratios(both)
        label = KINDS[name].format(people=f"{people:,}" if people else "47", family=family)
        ours, theirs = (
            seconds(quantile([getattr(p, side)["seconds"] for p in both], 0.5)) for side in ("ours", "peer")
        )
        if result is None:
            found.append((0.0, [label, peer, str(len(both)), ours, theirs, "neither finished", "", "", "", ""]))
            continue
        only = f"{result.only[0]} / {result.only[1]} / {result.only[2]}" if any(result.only) else ""
        values = [figure(value) for value in (result.median, result.p90, result.worst)]
        row = [label, peer, str(len(both)), ours, theirs, *values, str(result.lost), only]
        found.append((result.median, row))
    return sorted(found, key=lambda item: item[0])


KINDS: dict[str, str] = {
    "network": "{people} people, no clauses, cold",
    "change": "{people} people, 3 change",
    "clauses": "47 people, 16 clauses, {family}",
    "clause-scenarios": "47 people, 16 clauses, scenarios",
    "large": "{people} people, clauses, gap ≤ 0.01 % (HiGHS: its LP alone)",
    "proved": "{people} people, clauses, proved",
    "levels": "47 people, ten objectives",
    "generous": "{people} people, generous profile",
}


def lost(lines: list[Line]) -> list[list[str]]:
    """Every instance with clauses on which a peer was faster, the worst first."""
    both = [(peer, pair) for peer in ("HiGHS MIP", "Gurobi") for pair in pairs(lines, "clauses", peer) if pair.lost]
    rows = sorted(both, key=lambda item: (item[1].finished[0], item[1].ratio))
    return [
        [
            pair.ours["instance"],
            peer,
            seconds(pair.ours["seconds"]) + ("" if pair.finished[0] else " and not proved"),
            seconds(pair.peer["seconds"]),
            figure(pair.ratio),
        ]
        for peer, pair in rows
    ]


def unsolved(lines: list[Line]) -> list[list[str]]:
    """What was stopped at a limit, the slowest first."""
    stopped = [line for line in lines if line.get("status") in ("stopped", "refused")]
    kinds = sorted(
        {
            (line["table"], line.get("family", "") if line["table"] == "clauses" else "", line["peer"])
            for line in stopped
        }
    )
    rows = []
    for name, family, peer in kinds:
        group = [
            line
            for line in stopped
            if line["table"] == name and line["peer"] == peer and (not family or line.get("family") == family)
        ]
        names = ", ".join(line["instance"] for line in sorted(group, key=lambda line: -line["seconds"])[:8])
        most = max(line["seconds"] for line in group)
        rows.append((most, [peer, f"{name} {family}".strip(), str(len(group)), seconds(most), names]))
    rows.sort(key=lambda row: -row[0])
    return [row for _, row in rows]


def own(lines: list[Line]) -> list[list[str]]:
    """The kernel's own times by size."""
    rows = []
    for name in ("network", "change", "large", "proved", "generous"):
        sizes = sorted({line["people"] for line in lines if line["table"] == name and line["peer"] == OURS})
        for people in sizes:
            group = [
                line for line in lines if line["table"] == name and line["peer"] == OURS and line["people"] == people
            ]
            middle = quantile([line["seconds"] for line in group], 0.5)
            stopped = sum(line.get("status") == "stopped" for line in group)
            label = KINDS[name].split(" (")[0].format(people=f"{people:,}")
            rows.append([label, seconds(middle), "stopped at the limit" if stopped else memory(group)])
    return rows


def memory(group: list[Line]) -> str:
    """Bytes in use, where lists of arcs are."""
    sized = [line for line in group if line.get("bytes")]
    most = max(sized, key=lambda line: line["bytes"] / line["input"], default=None)
    if most is None or most["people"] < 100:
        return ""
    return f"{most['bytes'] / 1e6:.1f} MB, {most['bytes'] / most['input']:.2f} times the arrays it is given"



def main() -> int:
    """Write the page."""
    measured, out, took = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    everything = read(measured)
    failed = [line for line in everything if line["table"] == "failed"]
    lines = [line for line in everything if line["table"] != "failed"]
    wrong = disagreements(lines)
    marks = {True: "yes", False: "**no**", None: "-"}
    goals = [[v.goal, v.what, v.wanted, v.found, marks[v.reached]] for v in verdicts(lines)]
    head = [
        "instances",
        "other solver",
        "n",
        "ours",
        "theirs",
        "median",
        "p90",
        "worst",
        "lost",
        "finished by us / them / nobody alone",
    ]
    parts = [
        INTRODUCTION,
        f"Measured {datetime.now(UTC):%d %B %Y} in {took} s on {machine()}.\n\n{versions()}.\n",
        "## Goals\n",
        table(["", "what", "goal", "found", "reached"], goals),
        "## Ratios, our weakest first\n",
        table(head, (row for _, row in comparisons(lines))),
        "## The kernel alone\n",
        table(["what", "time", ""], own(lines)),
        "## Instances with clauses that another solver finished sooner\n",
        table(["instance", "other solver", "ours", "theirs", "ratio"], rows) if (rows := lost(lines)) else "None.\n",
        "## Not solved within the limit, slowest first\n",
        table(["solver", "instances", "how many", "stopped after", "which"], rows)
        if (rows := unsolved(lines))
        else "None.\n",
    ]
    if wrong or failed:
        trouble = [*wrong, *(f"`{line['command']}`: {line['trouble']}" for line in failed)]
        parts += ["## What went wrong\n", "\n".join(f"- {line}" for line in trouble) + "\n"]
    # The section of another script is kept as it stands.
    kept = section(PAGE.read_text()) if PAGE.exists() else ""
    page = "\n".join(parts)
    out.write_text(with_section(page, kept) if kept else page)
    print(f"{out}: {len(lines)} figures, {len(wrong)} disagreements, {len(failed)} processes failed")
    print("\n".join(wrong))
    return 1 if wrong or failed else 0


if __name__ == "__main__":
    sys.exit(main())
