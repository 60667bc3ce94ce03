"""Looks for people in the PDF files of a public pack: in text, drawings, alternative texts, bookmarks and properties.

    python3 leak_check.py PUBLIC EXEMPT CASE

Needs pikepdf 10 (from PyPI) and pdftotext (poppler). PUBLIC and EXEMPT are the folders of one pack, CASE the folder
of its tables. Ids of people and of joint posts (each stands for one person), full-time pay and what is on record
about single people may stand nowhere in a public file: not in what a page shows, nor in any string of any object. The
same search must find plenty in the exempt files; otherwise it would be blind, and that fails too.

What can be worked out from the figures is tried by `cargo test` on the HTML (solver_tests/paper/recover.rs);
paper_check.py says that the cells of the PDF are the same.
"""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Iterator

#: As many of what is looked for stand in an exempt paper at least.
PLENTY = 10


def column(case: Path, table: str, name: str) -> list[str]:
    """What stands in a column of a table."""
    with (case / table).open(encoding="utf-8-sig", newline="") as lines:
        return [row[name] for row in csv.DictReader(lines) if row.get(name)]


def to_look_for(case: Path) -> set[str]:
    """Ids and pay as they would be written; and words that stand beside one person alone."""
    ids = set(column(case, "people.csv", "person_id")) | set(column(case, "joint_posts.csv", "joint_post_id"))
    ids = {one for one in ids if re.search("[A-Za-z]", one)}
    pay = set()
    for salary in column(case, "people.csv", "salary_gbp"):
        pounds = int(float(salary))
        pay |= {str(pounds), f"{pounds:,}"}
    return ids | pay | {"maternity_leave", "seconded_out", "long_term_sick"}


def strings(thing: object) -> Iterator[str]:
    """Every string in an object, however deep; what objects refer to is looked at by itself."""
    if isinstance(thing, pikepdf.String):
        yield str(thing)
    elif isinstance(thing, pikepdf.Array):
        for one in thing:
            if not getattr(one, "is_indirect", False):
                yield from strings(one)
    elif isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
        for key in thing.keys():  # noqa: SIM118 -- not a dict
            one = thing[key]
            if not getattr(one, "is_indirect", False):
                yield from strings(one)


def readable(path: Path) -> str:
    """All that a reader or a program finds in a file: what pages show, every string, and the XML about the file."""
    shown = subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, check=True)  # noqa: S607
    texts = [shown.stdout.decode()]
    with pikepdf.open(path) as pdf:
        for thing in pdf.objects:
            texts.extend(strings(thing))
            if isinstance(thing, pikepdf.Stream) and thing.get("/Type") == "/Metadata":
                texts.append(thing.read_bytes().decode("utf-8", "replace"))
        texts.extend(str(value) for value in pdf.docinfo.values())
        texts.extend(str(name) for name in pdf.attachments)
        texts.append(outline(pdf))
    return "\n".join(texts)


def outline(pdf: pikepdf.Pdf) -> str:
    """The titles of all bookmarks."""
    with pdf.open_outline() as marks:
        waiting = list(marks.root)
        titles: list[str] = []
        while waiting:
            mark = waiting.pop()
            titles.append(mark.title)
            waiting.extend(mark.children)
    return "\n".join(titles)


def found(path: Path, wanted: set[str]) -> list[str]:
    """What of these stands in a file as a word of its own."""
    words = set(re.findall(r"[A-Za-z0-9][A-Za-z0-9_,]*[A-Za-z0-9]|[A-Za-z0-9]", readable(path)))
    return sorted(wanted & words)


def main() -> None:
    """Search every PDF of the public folder."""
    public, exempt, case = (Path(name) for name in sys.argv[1:4])
    wanted = to_look_for(case)
    files = sorted(public.rglob("*.pdf"))
    leaks = [(path.name, found(path, wanted)) for path in files]
    faults = [f"{name} gives away {', '.join(words[:8])}" for name, words in leaks if words]
    if not files:
        faults.append(f"{public}: no PDF")
    if len(found(exempt / "paper.pdf", wanted)) < PLENTY:
        faults.append("the search finds nobody in the exempt paper, so it is blind")
    for fault in faults:
        print(f"leak_check: {fault}")
    print(f"leak_check: {len(files)} public PDFs, {len(wanted)} words looked for, {len(faults)} faults")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
