"""Python environments of this repository: made from a list of pinned packages, and made again when the list changes.

    python3 benches/peers/environment.py scale/requirements.txt target/scale-venv

prints the interpreter. It ends with 1, and says exactly what is missing, where it cannot be made: no module for it, or
no package index within reach (`PIP_INDEX_URL` names another, `PIP_FIND_LINKS` a folder with the packages).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

#: Seconds for which the package index may be silent.
PATIENCE = "60"


class MissingError(RuntimeError):
    """What an environment lacks."""


def interpreter(folder: Path) -> Path:
    """The Python of an environment, made or not."""
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def environment(requirements: Path, folder: Path) -> Path:
    """The interpreter with these packages; made and filled where it is missing or out of date."""
    wanted, marker = requirements.read_text(), folder / "installed.txt"
    if not marker.exists() or marker.read_text() != wanted:
        shutil.rmtree(folder, ignore_errors=True)
        try:
            venv.create(folder, with_pip=True)
        except subprocess.CalledProcessError as trouble:
            message = "Python has no module ensurepip (Debian: package python3-venv)"
            raise MissingError(message) from trouble
        pip: list[str | Path] = [interpreter(folder), "-m", "pip", "install", "-q", "--timeout", PATIENCE]
        pip += ["-r", requirements]
        done = subprocess.run(pip, check=False, capture_output=True, text=True)
        if done.returncode != 0:
            packages = ", ".join(line for line in wanted.splitlines() if line and not line.startswith("#"))
            last = done.stderr.strip().splitlines()[-1:]
            raise MissingError("\n".join([f"these could not be installed with pip: {packages}", *last]))
        marker.write_text(wanted)
    return interpreter(folder)


def main() -> int:
    """Prints the interpreter of the environment named on the command line."""
    requirements, folder = map(Path, sys.argv[1:3])
    try:
        print(environment(requirements, folder))
    except MissingError as missing:
        print(f"python: {missing}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
