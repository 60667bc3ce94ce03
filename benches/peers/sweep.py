"""A whole sweep beside a loop over other solvers, as a section of docs/BENCHMARKS.md.

    python3 benches/peers/sweep.py            # minutes, most of them HiGHS's; --count 1000: one

It uses what `run.py` uses (the same environment, the same bench) and writes its own section; `run.py` keeps it.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from environment import environment

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
FILES = ROOT / "target" / "peers"
PAGE = ROOT / "docs" / "BENCHMARKS.md"
HEADING = "## A whole sweep\n"
#: Script and kind of each peer, and the part of the scenarios that it is given, 1 in so many: the slow ones get fewer.
PEERS = {
    ("peer_case_highs.py", "lp"): 50,
    ("peer_case_highs.py", "mip"): 50,
    ("peer_case_scipy.py", "assignment"): 50,
    ("peer_case_scipy.py", "milp"): 250,
    ("peer_case_ortools.py", "cpsat"): 500,
}

WORDS = """\
The first {count:,} scenarios of [`leavers.toml`](../data/case47/sweeps/leavers.toml) (47 people, six objectives in
order, cover of statutory roles), in a loop on one thread; processor time for each scenario. **Ours is the whole
scenario**: what is drawn, what the draw does not touch taken over, the rest solved (or found as it was solved in an
earlier scenario), every objective proved, the canonical one of equally good plans, and everything derived again by
the checker. **Theirs is the solve alone**, each model from nothing: the models lay ready, nothing is proved to
anybody, and of equally good plans any will do. *Values equal* counts the scenarios in which all six objectives have
our values, of those that a solver was given: the slow ones get the first only. SciPy's assignment of one weighted sum
is faster than we are and not an answer: it knows no cover of roles, and a double does not hold the sum of all
objectives. `python3 benches/peers/sweep.py` measures it again.

Measured {date:%d %B %Y}{remark}.
"""


def section(page: str) -> str:
    """The section as it stands in a page; nothing where it has none."""
    _, heading, rest = page.partition(HEADING)
    return heading + rest.partition("\n## ")[0].rstrip() + "\n" if heading else ""


def with_section(page: str, text: str) -> str:
    """The page with this section in place of its own, or at the end."""
    old = section(page)
    return page.replace(old, text) if old else page.rstrip() + "\n\n" + text


def bench() -> Path:
    """The kernel's side."""
    build = ["cargo", "bench", "--locked", "--bench", "peers", "--no-run", "--message-format", "json"]
    lines = subprocess.run(build, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()
    made = [message for message in map(json.loads, lines) if message.get("executable")]
    return Path(next(it["executable"] for it in made if it["target"]["name"] == "peers"))


def measured(begin: int) -> list[dict[str, object]]:
    """What was measured since."""
    return [json.loads(line) for line in (FILES / "measured.jsonl").read_text().splitlines()[begin:]]


def seconds(value: float) -> str:
    """A time in milliseconds."""
    return f"{value * 1_000:.3g} ms"


def row(line: dict[str, object], ours: float) -> list[str]:
    """A line of the table."""
    mean, median, late = (float(str(line[key])) for key in ("seconds", "median", "p99"))
    equal = f"{line['equal']:,} of {line['scenarios']:,}"
    ratio = "1" if line["peer"] == "demerge" else f"{mean / ours:.3g}"
    return [str(line["peer"]), equal, seconds(mean), seconds(median), seconds(late), f"{1 / mean:,.0f}", ratio]


def main() -> int:
    """Measure, and write the section."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000, help="how many scenarios")
    parser.add_argument("--remark", default="", help="what is to be said of the machine")
    options = parser.parse_args()
    python, kernel = environment(HERE / "requirements.txt", ROOT / "target" / "peers-venv"), bench()
    FILES.mkdir(parents=True, exist_ok=True)
    log = FILES / "measured.jsonl"
    begin = len(log.read_text().splitlines()) if log.exists() else 0
    subprocess.run([kernel, "case-sweep", str(options.count)], check=True, stdout=subprocess.DEVNULL)
    for (script, kind), part in PEERS.items():
        some = max(20, options.count // part)
        command: list[str | Path] = [python, HERE / script, kind, FILES / "case-sweep.json", str(some)]
        subprocess.run(command, check=True)
    lines = measured(begin)
    ours = next(float(str(line["seconds"])) for line in lines if line["peer"] == "demerge")
    head = ["solver", "values equal", "mean", "median", "p99", "scenarios a second", "ratio of means to ours"]
    rows = [head, ["---"] * len(head), *(row(line, ours) for line in lines)]
    table = "\n".join("| " + " | ".join(cells) + " |" for cells in rows)
    remark = f"; {options.remark}" if options.remark else ""
    words = WORDS.format(count=options.count, date=datetime.now(UTC), remark=remark)
    PAGE.write_text(with_section(PAGE.read_text(), f"{HEADING}\n{words}\n{table}\n"))
    print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
