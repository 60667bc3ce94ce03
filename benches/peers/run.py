"""Compare the kernel with other solvers on the same instances in the same run, and write docs/BENCHMARKS.md.

`python3 benches/peers/run.py` takes at most twenty minutes on two idle cores; `--quick` takes three and writes to
target/peers only. `--only STEP --keep` measures one step again and leaves the other figures of the last run.
It needs Python 3.11, Rust and, the first time, PyPI: the peers go into target/peers-venv.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import steps
from environment import environment

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
TARGET = ROOT / "target"
FILES = TARGET / "peers"
VENV = TARGET / "peers-venv"
#: Seconds after which a process is ended, whatever it is doing.
PATIENCE = 1_500
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


def kernel() -> Path:
    """The kernel's side, built like the program that the README builds."""
    build = ["cargo", "bench", "--locked", "--bench", "peers", "--no-run", "--message-format", "json"]
    lines = subprocess.run(build, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()
    made = [message for message in map(json.loads, lines) if message.get("executable")]
    return Path(next(m["executable"] for m in made if m["target"]["name"] == "peers"))


def number(path: Path) -> int:
    """The seed in a file's name, or 0."""
    found = re.search(r"-s(\d+)", path.name)
    return int(found[1]) if found else 0


def files(pattern: str) -> list[Path]:
    """The files of a pattern; `<n` after it keeps the seeds below n."""
    glob, _, below = pattern.partition(" <")
    found = sorted(FILES.glob(glob), key=number)
    return [path for path in found if not below or number(path) < int(below)]


def call(command: list[str | Path]) -> None:
    """Run a process; one that takes too long or fails is told and left out of the tables."""
    text = " ".join(str(word) for word in command[:6])
    start = time.monotonic()
    environment = {**os.environ, **ONE_THREAD, "CARGO_TARGET_DIR": str(TARGET)}
    try:
        done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True, timeout=PATIENCE)
        trouble = "" if done.returncode == 0 else f" FAILED: {done.stderr.strip()[-400:]}"
    except subprocess.TimeoutExpired:
        trouble = f" NOT FINISHED in {PATIENCE} s"
    print(f"{time.monotonic() - start:7.1f} s  {text}{trouble}", flush=True)
    if trouble:
        line = {"table": "failed", "command": text, "trouble": trouble.strip()}
        with (FILES / "measured.jsonl").open("a") as file:
            file.write(json.dumps(line) + "\n")


def run(step: steps.Step, interpreter: Path, bench: Path) -> None:
    """Run one step: the kernel, then the peers, one after the other."""
    for arguments in step.kernel:
        call([bench, *arguments])
    for peer in step.peers:
        if chosen := files(peer.files):
            call([interpreter, HERE / peer.script, *peer.arguments, *chosen])


def main() -> int:
    """Run all steps and write the report; 1 where two solvers disagree or a proof does not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a few instances of each kind, at most three minutes")
    parser.add_argument("--lanes", type=int, default=2, help="steps at a time (default 2)")
    parser.add_argument("--only", default="", help="only steps whose name matches this")
    parser.add_argument("--keep", action="store_true", help="keep the other figures of the last run")
    options = parser.parse_args()
    interpreter, bench = environment(HERE / "requirements.txt", VENV), kernel()
    if not options.keep:
        shutil.rmtree(FILES, ignore_errors=True)
    FILES.mkdir(parents=True, exist_ok=True)
    # A copy, so that another build meanwhile changes nothing.
    bench = Path(shutil.copy(bench, FILES / f"kernel{bench.suffix}"))
    start = time.monotonic()
    chosen = [step for step in (steps.quick() if options.quick else steps.full()) if re.search(options.only, step.name)]
    with ThreadPoolExecutor(options.lanes) as lanes:
        list(lanes.map(lambda step: run(step, interpreter, bench), chosen))
    whole = not options.quick and (options.keep or not options.only)
    out = ROOT / "docs" / "BENCHMARKS.md" if whole else FILES / "BENCHMARKS.md"
    report: list[str | Path] = [
        interpreter,
        HERE / "report.py",
        FILES / "measured.jsonl",
        out,
        str(round(time.monotonic() - start)),
    ]
    return subprocess.run(report, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
