"""Runs the parts of a sweep on Dask workers, and joins them: `demerge sweep --shard I/N`, then `demerge merge`.

Thin on purpose: a part is one process of the program, which decides everything; Dask only says where and when it runs.
A part that is lost with its worker is begun again elsewhere, where `--resume` goes on with what the folder still has.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from distributed import Client, LocalCluster, as_completed

# Exit code of the program where a file cannot be had, and its words where another process has it.
FILES = 7
BUSY = "another run is writing"
# Seconds between two looks at a part that is still being written.
PAUSE = 2.0


@dataclass(frozen=True)
class Sweep:
    """A sweep, and where its parts are to lie: a folder that all workers see."""

    program: str
    case: Path
    plan: Path
    folder: Path
    parts: int
    threads: int

    def part(self, number: int) -> Path:
        """The file of a part, counted from 1."""
        return self.folder / f"part-{number:05}-of-{self.parts:05}.parquet"

    def command(self, number: int) -> list[str]:
        """What a worker runs for a part; run again, it goes on or finds the part complete."""
        return [
            self.program,
            "sweep",
            str(self.case),
            str(self.plan),
            "--out",
            str(self.part(number)),
            "--shard",
            f"{number}/{self.parts}",
            "--threads",
            str(self.threads),
            "--resume",
            "--progress",
            "none",
        ]


class PartFailedError(RuntimeError):
    """A part ended with an exit code that is no success."""

    def __init__(self, number: int, code: int, said: str) -> None:
        """Keeps what the program said."""
        super().__init__(f"part {number} ended with code {code}:\n{said}")


def run_part(sweep: Sweep, number: int) -> int:
    """Runs one part on the worker that it was given to.

    A killed worker may leave its process behind, which holds the part's journal until it is done: it is waited for.
    """
    while True:
        done = subprocess.run(sweep.command(number), capture_output=True, text=True, check=False)
        if done.returncode != FILES or BUSY not in done.stderr:
            break
        time.sleep(PAUSE)
    if done.returncode != 0:
        raise PartFailedError(number, done.returncode, done.stderr)
    return number


def run_all(client: Client, sweep: Sweep, retries: int) -> None:
    """Runs every part; one that fails or loses its worker is tried again, so often, elsewhere if need be."""
    numbers = range(1, sweep.parts + 1)
    tasks = [client.submit(run_part, sweep, n, key=f"part-{n}", retries=retries, pure=False) for n in numbers]
    for finished, task in enumerate(as_completed(tasks), start=1):
        print(f"part {task.result()} is done ({finished} of {sweep.parts})", file=sys.stderr)


def merge(sweep: Sweep, out: Path, *, force: bool) -> None:
    """Joins the parts to the bytes of a single run."""
    parts = [str(sweep.part(number)) for number in range(1, sweep.parts + 1)]
    command = [sweep.program, "merge", *parts, "--out", str(out)]
    subprocess.run(command + (["--force"] if force else []), check=True)


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("case", type=Path, help="the folder of the case, as the workers see it")
    parser.add_argument("plan", type=Path, help="the plan of the sweep, as the workers see it")
    parser.add_argument("--out", type=Path, required=True, help="the file for all scenarios")
    parser.add_argument("--folder", type=Path, required=True, help="a folder for the parts that all workers see")
    parser.add_argument("--parts", type=int, required=True, help="how many parts; some for each worker are best")
    parser.add_argument("--threads", type=int, default=1, help="threads of each part")
    parser.add_argument("--retries", type=int, default=3, help="how often a part is tried again")
    parser.add_argument("--program", default="demerge", help="the program, as the workers see it")
    parser.add_argument("--scheduler", help="address of a Dask scheduler; without it, workers on this machine")
    parser.add_argument("--workers", type=int, default=2, help="how many workers on this machine")
    parser.add_argument("--force", action="store_true", help="replace --out if it is there")
    return parser.parse_args()


def main() -> None:
    """Runs the sweep."""
    given = arguments()
    sweep = Sweep(
        given.program,
        given.case.resolve(),
        given.plan.resolve(),
        given.folder.resolve(),
        given.parts,
        given.threads,
    )
    sweep.folder.mkdir(parents=True, exist_ok=True)
    if given.scheduler:
        with Client(given.scheduler) as client:
            run_all(client, sweep, given.retries)
    else:
        with (
            LocalCluster(n_workers=given.workers, threads_per_worker=1, dashboard_address=None) as cluster,
            Client(cluster) as client,
        ):
            run_all(client, sweep, given.retries)
    merge(sweep, given.out, force=given.force)


if __name__ == "__main__":
    main()
