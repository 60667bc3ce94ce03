"""Checks sweeps from the outside: types and nulls as pyarrow reads them, and parts on workers of which one is killed.

    python scale/check.py target/release/demerge

Truth: docs/SWEEP.md for the columns; a single run of the program for the bytes of the parts together.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path

import psutil
import pyarrow as pa
import pyarrow.parquet as pq
from distributed import Client, LocalCluster

from dask_sweep import Sweep, merge, run_all

ROOT = Path(__file__).resolve().parent.parent

# Workers, scenarios for them, and bytes of a journal that has some of them.
WORKERS = 2
SCENARIOS = 3_000
BEGUN = 5_000

PLAN = """scenario = "S1"
seed = 7
scenarios = 60
[grid]
"fairness.1.level" = ["report", "must"]
[sample.leavers]
all = 0.1
[sample.withdrawn]
all = 0.05
[sample.recruitment]
all = 0.6
"""


def check_rows(table: pa.Table) -> None:
    """The columns of the contract have their types; figures are null exactly where there is no plan."""
    types = {field.name: field.type for field in table.schema}
    wanted = {
        "scenario": pa.int64(),
        "point": pa.int32(),
        "sample": pa.int32(),
        "leavers": pa.int32(),
        "withdrawn": pa.int32(),
        "certified": pa.bool_(),
        "placed": pa.int32(),
        "vacancies": pa.int32(),
        "cost_pence": pa.int64(),
        "filled_outside": pa.int32(),
    }
    for name, kind in wanted.items():
        assert types[name] == kind, f"{name} is {types[name]}, not {kind}"
    rows = table.to_pylist()
    assert [row["scenario"] for row in rows] == list(range(len(rows))), "in order, none missing, none twice"
    for row in rows:
        has_plan = row["status"] != "impossible"
        for name in ("placed", "at_risk", "vacancies", "cost_pence", "filled_outside"):
            assert (row[name] is not None) == has_plan, f"{name} of scenario {row['scenario']}"
        assert row["certified"] is True
        parts = [value for name, value in row.items() if name.startswith("vacancies_")]
        if has_plan:
            assert sum(parts) == row["vacancies"], "the authorities' empty seats are all of them"


def check_people(table: pa.Table, rows: pa.Table) -> None:
    """Everyone stands once in each scenario, and a post only where there is one."""
    people = table.to_pylist()
    placed: dict[int, int] = {}
    for row in people:
        has_post = row["outcome"] in ("post", "retained_shared")
        assert (row["post_id"] is not None) == has_post
        assert (row["authority_id"] is not None) == has_post
        placed[row["scenario"]] = placed.get(row["scenario"], 0) + has_post
    for row in rows.to_pylist():
        assert row["placed"] in (None, placed[row["scenario"]]), f"scenario {row['scenario']}"
    assert len(people) % rows.num_rows == 0


def kill_in_the_middle(folder: Path, worker: int, killed: list[Path]) -> None:
    """Kills a worker with the part that it runs, as when its machine goes down, while parts are being written."""
    while len(begun := [part for part in folder.glob("*.part") if part.stat().st_size > BEGUN]) < WORKERS:
        time.sleep(0.005)
    process = psutil.Process(worker)
    for one in [process, *process.children(recursive=True)]:
        with suppress(psutil.NoSuchProcess):
            one.kill()
    killed.extend(begun)


def check_workers(sweep: Sweep, single: Path, out: Path) -> None:
    """Parts on workers, one of which is killed with its part, have the bytes of a single run."""
    sweep.folder.mkdir()
    killed: list[Path] = []
    with (
        LocalCluster(n_workers=WORKERS, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        victim = next(iter(client.run(os.getpid).values()))
        watch = threading.Thread(target=kill_in_the_middle, args=(sweep.folder, victim, killed), daemon=True)
        watch.start()
        run_all(client, sweep, retries=3)
        watch.join(timeout=5)
        assert killed, "no part was in the middle when the worker was to be killed"
        assert victim not in client.run(os.getpid).values(), "the worker outlived it"
    merge(sweep, out, force=False)
    assert out.read_bytes() == single.read_bytes(), "parts and single run differ"


def check_tables(program: str, folder: Path) -> int:
    """Types and nulls, of rows and of people; how many rows there were."""
    case, plan = ROOT / "data" / "example", folder / "plan.toml"
    single, people = folder / "rows.parquet", folder / "people.parquet"
    plan.write_text(PLAN, encoding="utf-8")
    command = [program, "sweep", str(case), str(plan), "--out", str(single), "--people", str(people)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    rows = pq.read_table(single)
    check_rows(rows)
    check_people(pq.read_table(people), rows)
    assert any(row["status"] == "impossible" for row in rows.to_pylist()), "some of these have no plan"
    return int(rows.num_rows)


def main() -> None:
    """Runs every check."""
    program = str(Path(sys.argv[1]).resolve())
    case = ROOT / "data" / "case47"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = check_tables(program, folder)
        plan, single = folder / "leavers.toml", folder / "single.parquet"
        shipped = (case / "sweeps" / "leavers.toml").read_text(encoding="utf-8")
        plan.write_text(shipped.replace("scenarios = 10000", f"scenarios = {SCENARIOS}"), encoding="utf-8")
        command = [program, "sweep", str(case), str(plan), "--out", str(single)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        check_workers(Sweep(program, case, plan, folder / "parts", 6, 1), single, folder / "merged.parquet")
    print(f"{rows} rows read by pyarrow; {SCENARIOS} scenarios in parts on workers, one killed: the same bytes")


if __name__ == "__main__":
    main()
