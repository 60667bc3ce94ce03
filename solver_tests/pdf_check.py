"""Looks into PDF files as a second program: what PDF/UA-1 (ISO 14289-1) asks of a tagged file, and what ours have.

    python3 solver_tests/pdf_check.py FILE.pdf...

Needs pikepdf (PyPI). Says what is wrong, and ends with 1 if anything is. Not a whole validator: it checks that
1. the catalogue says what it must (title shown, language, marked, no suspects, bookmarks, XMP with pdfuaid:part 1);
2. every piece of content on every page is an artefact or in the tree, once; the tree names nothing that is not there;
3. roles are those of ISO 32000-1 or mapped to them, nested as they may be; headings do not skip a level; one H1;
4. figures have alternative text and a box; heading cells a scope; rows of a table as many cells; lists their parts;
5. links stand in the tree with words of their own; pages with links go through them in the order of the tree;
6. every font is embedded and says which letters its glyphs are;
7. where FILE.pdf.words lies beside it: each of its lines is found in the text that pdftotext (poppler) reads.
"""

from __future__ import annotations

import pathlib
import subprocess
import sys
from itertools import pairwise
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

# Objects of a PDF file may be anything, and pikepdf has no narrower type for them.
# ruff: noqa: ANN401

ROLES = set(
    """
    Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody
    Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby Warichu Figure Formula Form
    """.split()  # noqa: SIM905 (as the standard lists them)
)
WITHIN = {
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "TH": {"TR"},
    "TD": {"TR"},
    "THead": {"Table"},
    "TBody": {"Table"},
    "LI": {"L"},
    "Lbl": {"LI", "TOCI", "Note"},
    "LBody": {"LI"},
    "TOCI": {"TOC"},
}
ONLY = {
    "L": {"LI", "Caption", "L"},
    "TOC": {"TOCI", "TOC", "Caption"},
    "TR": {"TH", "TD"},
    "Table": {"TR", "THead", "TBody", "TFoot", "Caption"},
}


class Checker:
    """One file, and what is wrong with it."""

    def __init__(self, path: str) -> None:
        """Open the file."""
        self.pdf = pikepdf.open(path)
        self.root: Any = self.pdf.Root
        self.faults: list[str] = []
        self.headings: list[int] = []
        self.pages = {page.obj.objgen: number for number, page in enumerate(self.pdf.pages)}
        self.named: dict[tuple[Any, int], int] = {}  # (page, mcid) -> times
        self.annotations: set[Any] = set()

    def need(self, right: object, words: str) -> None:
        """Note these words where it is not right."""
        if not right:
            self.faults.append(words)

    def catalogue(self) -> None:
        """What the catalogue says."""
        root = self.root
        self.need(root.get("/MarkInfo", Dictionary()).get("/Marked") is True, "the file is not marked as tagged")
        self.need(not root.get("/MarkInfo", Dictionary()).get("/Suspects", False), "its tags are suspect")
        self.need(str(root.get("/Lang", "")) == "en-GB", "its language is not en-GB")
        self.need(
            root.get("/ViewerPreferences", Dictionary()).get("/DisplayDocTitle") is True, "its title is not shown"
        )
        self.need("/Outlines" in root, "it has no bookmarks")
        with self.pdf.open_metadata() as meta:
            self.need(str(meta.get("pdfuaid:part")) == "1", "XMP does not say PDF/UA-1")
            self.need(bool(meta.get("dc:title")), "XMP has no title")
        info = self.pdf.docinfo
        self.need(bool(info.get("/Title")) and bool(info.get("/Author")), "no title or no author")
        self.need(str(info.get("/CreationDate")) == str(info.get("/ModDate")), "two time stamps differ")
        self.need("/JavaScript" not in root.get("/Names", Dictionary()), "it has a script")

    def role(self, element: Any) -> str:
        """Role of an element, as the standard calls it."""
        role, mapping = str(element.S)[1:], self.root.StructTreeRoot.get("/RoleMap", Dictionary())
        for _ in range(9):
            if role in ROLES:
                return role
            if f"/{role}" not in mapping:
                break
            role = str(mapping[f"/{role}"])[1:]
        self.faults.append(f"role {role} is not one of the standard's")
        return role

    def attribute(self, element: Any, key: str) -> Any:
        """Value of an attribute, if it has one."""
        found = element.get("/A", Array())
        for one in found if isinstance(found, Array) else [found]:
            if isinstance(one, Dictionary) and key in one:
                return one[key]
        return None

    def kids(self, element: Any) -> list[Any]:
        """What stands in an element."""
        kids = element.get("/K", Array())
        return list(kids) if isinstance(kids, Array) else [kids]

    def walk(self, element: Any, parent: str, page: Any) -> str:  # noqa: C901, PLR0912 (one line for each role)
        """Check an element and everything in it; its role."""
        role = self.role(element)
        page = element.get("/Pg", page)
        if role in WITHIN:
            self.need(parent in WITHIN[role], f"{role} stands in {parent}")
        self.need(role in {"TD", "TH"} or bool(self.kids(element)), f"a {role} is empty")
        if role.startswith("H") and role[1:].isdigit():
            self.headings.append(int(role[1:]))
        if role == "Figure":
            self.need(bool(str(element.get("/Alt", ""))), "a figure has no alternative text")
            self.need(self.attribute(element, "/BBox") is not None, "a figure has no box")
        if role == "TH":
            self.need(
                self.attribute(element, "/Scope") in (Name("/Row"), Name("/Column")), "a heading cell has no scope"
            )
        if role == "L":
            self.need(self.attribute(element, "/ListNumbering") is not None, "a list does not say how it is marked")
        if role == "Note":
            self.need("/ID" in element, "a note has no ID")
        inner = []
        for kid in self.kids(element):
            if isinstance(kid, int):
                self.name(page, kid)
            elif kid.get("/Type") == Name("/MCR"):
                self.name(kid.get("/Pg", page), int(kid.MCID))
            elif kid.get("/Type") == Name("/OBJR"):
                self.annotations.add(kid.Obj.objgen)
                self.need(role in {"Link", "Annot"}, f"an annotation stands in {role}")
            else:
                inner.append(self.walk(kid, role, page))
        if role in ONLY:
            self.need(set(inner) <= ONLY[role], f"{role} has {sorted(set(inner) - ONLY[role])} in it")
        if role == "LI":
            self.need("LBody" in inner, "a point of a list has no body")
        if role == "Table":
            self.table(element)
        return role

    def table(self, table: Any) -> None:
        """Rows with as many cells, and names for columns and rows."""
        rows: list[list[str]] = []
        for kid in self.kids(table):
            if isinstance(kid, int):
                self.faults.append("words stand in a table outside its cells")
                continue
            role = self.role(kid)
            found = [kid] if role == "TR" else [it for it in self.kids(kid) if role in {"THead", "TBody"}]
            rows += [[self.role(cell) for cell in self.kids(row)] for row in found]
        self.need(
            len({len(row) for row in rows}) <= 1, f"rows of a table have {sorted({len(row) for row in rows})} cells"
        )
        rows = [row for row in rows if row]
        self.need(bool(rows) and set(rows[0]) == {"TH"}, "the first row of a table does not name its columns")
        self.need(all(row[0] == "TH" for row in rows), "the first cell of a row does not name it")

    def name(self, page: Any, mcid: int) -> None:
        """Note that the tree names a piece of a page."""
        self.need(page is not None, f"piece {mcid} stands on no page")
        key = (page.objgen, mcid)
        self.named[key] = self.named.get(key, 0) + 1

    def content(self) -> None:
        """Every piece of every page is in the tree or an artefact."""
        there: set[tuple[Any, int]] = set()
        for number, page in enumerate(self.pdf.pages, 1):
            depth: list[str] = []
            stream: Any = pikepdf.parse_content_stream(page)
            for operands, sign in stream:
                operator = str(sign)
                if operator in ("BDC", "BMC"):
                    properties = operands[1] if len(operands) > 1 else None
                    if isinstance(properties, Name):
                        properties = page.Resources.Properties[properties]
                    mcid = properties.get("/MCID") if isinstance(properties, Dictionary) else None
                    if mcid is not None:
                        there.add((page.obj.objgen, int(mcid)))
                        self.need(
                            "tagged" not in depth and "artefact" not in depth, f"page {number}: tagged within tagged"
                        )
                    kind = "artefact" if operands[0] == Name("/Artifact") else "tagged" if mcid is not None else "plain"
                    depth.append(kind)
                elif operator == "EMC":
                    depth.pop()
                elif operator in ("Tj", "TJ", "'", '"', "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "Do", "sh"):
                    self.need(
                        "tagged" in depth or "artefact" in depth,
                        f"page {number}: {operator} is neither tagged nor an artefact",
                    )
            self.need(not depth, f"page {number}: marked content is not closed")
            links: Any = page.get("/Annots", Array())
            for link in links:
                self.need(
                    link.get("/Subtype") == Name("/Link") and bool(str(link.get("/Contents", ""))),
                    f"page {number}: a link says nothing",
                )
                self.need(link.objgen in self.annotations, f"page {number}: a link is not in the tree")
            self.need(
                not len(links) or page.get("/Tabs") == Name("/S"),
                f"page {number}: links are not in the order of the tree",
            )
        self.need(
            there == set(self.named),
            f"{len(there - set(self.named))} pieces are not in the tree, {len(set(self.named) - there)} not on a page",
        )
        self.need(all(times == 1 for times in self.named.values()), "a piece stands in the tree twice")

    def fonts(self) -> None:
        """Every font is embedded and says its letters."""
        everything: Any = self.pdf.objects
        for thing in everything:
            if isinstance(thing, Dictionary) and thing.get("/Type") == Name("/Font"):
                below = thing.get("/DescendantFonts", [thing])[0]
                what = below.get("/FontDescriptor", Dictionary())
                self.need(
                    "/ToUnicode" in thing or thing.get("/Subtype") in (Name("/CIDFontType0"), Name("/CIDFontType2")),
                    f"{thing.get('/BaseFont')}: letters unknown",
                )
                self.need(
                    any(key in what for key in ("/FontFile", "/FontFile2", "/FontFile3")),
                    f"{thing.get('/BaseFont')} is not embedded",
                )

    def words(self, path: str) -> None:
        """Every listed text is found by a program that reads the words."""
        listed = pathlib.Path(f"{path}.words")
        if not listed.exists():
            return

        def plain(text: str) -> str:
            return "".join(letter for letter in text if letter.isalnum() or letter in "£[]%")

        ran = subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, check=True)  # noqa: S607
        text = plain(ran.stdout.decode())
        lines = listed.read_text(encoding="utf-8").splitlines()
        lost = [line for line in lines if plain(line) not in text]
        self.need(not lost, f"{len(lost)} of {len(lines)} texts are not found, such as {lost[:3]}")

    def check(self) -> list[str]:
        """Everything; what is wrong."""
        self.catalogue()
        self.walk_root()
        self.content()
        self.fonts()
        levels = self.headings
        self.need(
            levels[:1] == [1] and levels.count(1) == 1,
            f"levels of headings begin {levels[:3]}, with {levels.count(1)} of level 1",
        )
        for before, after in pairwise(levels):
            self.need(after <= before + 1, f"a heading of level {after} follows one of level {before}")
        return self.faults

    def walk_root(self) -> None:
        """Check the whole tree."""
        if "/StructTreeRoot" not in self.root:
            self.faults.append("there is no tree of tags")
            return
        for kid in self.kids(self.root.StructTreeRoot):
            self.walk(kid, "StructTreeRoot", None)


def main(paths: list[str]) -> int:
    """Check each file; 1 if anything is wrong."""
    failed = 0
    for path in paths:
        checker = Checker(path)
        checker.words(path)
        faults = list(dict.fromkeys(checker.check()))
        for fault in faults:
            print(f"pdf: {path}: {fault}", file=sys.stderr)
        failed += bool(faults)
        if not faults:
            print(f"pdf: {path}: {len(checker.pdf.pages)} pages, {len(checker.named)} tagged pieces, no fault")
    return 1 if failed or not paths else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
