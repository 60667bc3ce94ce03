"""Instances as the kernel's side wrote them, and the lines in which what was measured is handed on."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
T = TypeVar("T")
#: Peers are stopped by processor time; the wall only ends what hangs.
WALL = 20


@dataclass(frozen=True)
class Row:
    """A sum over arcs that may not exceed a limit."""

    arcs: Ints
    k: Ints
    limit: int


@dataclass(frozen=True)
class Instance:
    """People, posts and arcs; an arc's cost is against leaving its person out and its post empty."""

    name: str
    people: int
    posts: int
    owner: Ints
    post: Ints
    cost: Ints
    constant: int
    closed: Ints
    rows: list[Row]
    raw: dict[str, Any]

    @property
    def arcs(self) -> int:
        """How many arcs there are."""
        return len(self.cost)


def load(path: Path) -> Instance:
    """Read an instance."""
    raw = json.loads(path.read_text())
    first = np.array(raw["first"], dtype=np.int64)
    rows = [Row(ints(row["arcs"]), ints(row["k"]), row["limit"]) for row in raw["rows"]]
    return Instance(
        name=path.stem,
        people=len(first) - 1,
        posts=len(raw["capacity"]),
        owner=np.repeat(np.arange(len(first) - 1), np.diff(first)),
        post=ints(raw["column"]),
        cost=ints(raw["cost"]),
        constant=raw["constant"],
        closed=ints(raw["closed"]),
        rows=rows,
        raw=raw,
    )


def ints(values: list[int]) -> Ints:
    """An array of whole numbers, also of none."""
    return np.array(values, dtype=np.int64)


def record(path: Path, **line: object) -> None:
    """Add a line to what was measured."""
    with (path.parent / "measured.jsonl").open("a") as file:
        file.write(json.dumps(line) + "\n")


def timed(task: Callable[[], T]) -> tuple[T, float]:
    """Answer and processor seconds of a task."""
    start = time.process_time()
    answer = task()
    return answer, time.process_time() - start


@contextmanager
def stopping(seconds: float, stop: Callable[[], object]) -> Iterator[None]:
    """Call `stop` when this process has worked for so long, however busy the machine is."""
    done, end = threading.Event(), time.process_time() + seconds

    def watch() -> None:
        while not done.wait(0.02):
            if time.process_time() > end:
                stop()
                return

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()


def median_of(task: Callable[[], T], *, quick: int = 15, slow: float = 0.05) -> tuple[T, float]:
    """Answer and median processor seconds of so many runs; of one where that takes long."""
    answer, first = timed(task)
    if first > slow:
        return answer, first
    seconds = sorted(timed(task)[1] for _ in range(quick))
    return answer, seconds[len(seconds) // 2]
