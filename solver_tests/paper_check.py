"""Reads the Word files, workbooks and PDF files of a folder as other programs would, and says what is wrong with them.

    python3 paper_check.py FOLDER

Needs python-docx 1.2, openpyxl 3.1 and pikepdf 10 (from PyPI), and pdfinfo (poppler). For each .docx: headings in
order, a repeated heading row on every table, captions numbered in order, words for every picture, contents that lead
somewhere, British English. For each .xlsx: the sheets before the tables, one table a sheet with its title in A1,
filters and a frozen heading, no formulas, nothing hidden. Where both are there under one name, every table of the
Word file has its sheet with the same number of rows. Where the same document is there as .json, which `cargo test`
compares with the HTML and the plan, every cell and every sentence is the same in the Word file, the workbook and the
PDF, where a screen reader's view is read: the tree of tags, with the words of figures. So what nobody works out from
the HTML, nobody works out from the others.
"""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document as Opened


class Faults:
    """What was found, file by file."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.found: list[str] = []

    def unless(self, holds: object, where: object, what: str) -> None:
        """Note what is wrong where this does not hold."""
        if not holds:
            self.found.append(f"{where}: {what}")


def check_zip(path: Path, faults: Faults) -> None:
    """One day for every file of the package, and a name for each."""
    with zipfile.ZipFile(path) as package:
        faults.unless(package.testzip() is None, path.name, "the zip file is damaged")
        times = {entry.date_time for entry in package.infolist()}
        faults.unless(len(times) == 1, path.name, f"several time stamps: {sorted(times)}")


def headings(document: Opened) -> Iterator[tuple[int, str]]:
    """Level and text of each heading."""
    for paragraph in document.paragraphs:
        style = paragraph.style
        while style is not None:
            if style.name.lower().startswith("heading "):
                yield int(style.name.split()[1]), paragraph.text
                break
            style = style.base_style


def check_headings(document: Opened, name: str, faults: Faults) -> None:
    """Headings in order, none empty."""
    level = 0
    found = list(headings(document))
    faults.unless(found, name, "no headings")
    for next_level, text in found:
        faults.unless(next_level <= level + 1, name, f'heading "{text}" skips a level')
        faults.unless(text.strip(), name, "an empty heading")
        level = next_level


def check_tables(document: Opened, name: str, faults: Faults) -> None:
    """A repeated heading row and a name for each table."""
    for number, table in enumerate(document.tables, 1):
        rows = table._tbl.tr_lst  # noqa: SLF001 (the element has no other name)
        is_heading = [row.find(".//" + qn("w:tblHeader")) is not None for row in rows]
        faults.unless(is_heading[0], name, f"table {number} does not repeat its heading row")
        faults.unless(not any(is_heading[1:]), name, f"table {number} has several heading rows")
        caption = table._tbl.tblPr.find(qn("w:tblCaption"))  # noqa: SLF001
        said = "" if caption is None else caption.get(qn("w:val"))
        faults.unless(said.startswith(f"Table {number}: "), name, f'table {number} is called "{said}"')
        faults.unless(
            all(cell.paragraphs for row in table.rows for cell in row.cells), name, "a cell without a paragraph"
        )


def check_captions(document: Opened, name: str, faults: Faults) -> None:
    """Captions numbered in order, one for each table and picture."""
    count = {"Table": 0, "Figure": 0}
    for paragraph in document.paragraphs:
        if paragraph.style is None or not str(paragraph.style.name).lower().endswith("caption"):
            continue
        label = paragraph.text.split(" ")[0]
        count[label] = count.get(label, 0) + 1
        faults.unless(
            paragraph.text.startswith(f"{label} {count[label]}: "), name, f'caption "{paragraph.text}" is out of order'
        )
    faults.unless(
        count["Table"] == len(document.tables), name, f"{count['Table']} captions, {len(document.tables)} tables"
    )
    faults.unless(count["Figure"] == len(document.inline_shapes), name, "pictures and their captions differ in number")


def check_pictures(document: Opened, name: str, faults: Faults) -> None:
    """Words for every picture, and none wider than a page."""
    for shape in document.element.body.iter(qn("wp:docPr")):
        faults.unless(shape.get("descr"), name, f"picture {shape.get('id')} has no words")
    for shape in document.inline_shapes:
        faults.unless(shape.width <= document.sections[0].page_height, name, "a picture is wider than any page")


def check_contents(document: Opened, name: str, faults: Faults) -> None:
    """Contents that list every title, and links that lead somewhere."""
    body = document.element.body
    marks = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    links = [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink")) if link.get(qn("w:anchor"))]
    faults.unless(set(links) <= marks, name, f"links lead nowhere: {sorted(set(links) - marks)}")
    titles = [text for level, text in headings(document) if level == 1]
    is_listed = any("TOC" in (field.text or "") for field in body.iter(qn("w:instrText")))
    faults.unless(is_listed or len(titles) < 8 or "Personal" in marking(document), name, "no contents")
    if is_listed:
        listed = {"".join(run.text or "" for run in link.iter(qn("w:t"))) for link in body.iter(qn("w:hyperlink"))}
        faults.unless(set(titles) <= listed, name, f"not in the contents: {sorted(set(titles) - listed)}")


def marking(document: Opened) -> str:
    """What stands at the foot of the first page."""
    return "".join(paragraph.text for paragraph in document.sections[0].footer.paragraphs)


def check_about(document: Opened, name: str, faults: Faults) -> None:
    """Title, language, one day, nobody named, and the draft at the foot."""
    core = document.core_properties
    faults.unless(core.title, name, "no title")
    faults.unless(core.language == "en-GB", name, f'the language is "{core.language}"')
    faults.unless(core.created and core.created == core.modified, name, "created and modified on different days")
    faults.unless(not core.last_modified_by, name, "says who changed it last")
    languages = {it.get(qn("w:val")) for it in document.styles.element.iter(qn("w:lang"))} - {None}
    faults.unless(languages == {"en-GB"}, name, f"languages of the styles: {sorted(languages)}")
    for section in document.sections:
        footer = "".join(paragraph.text for paragraph in section.footer.paragraphs)
        faults.unless("Draft" in footer, name, "a footer without the draft")


def check_docx(path: Path, faults: Faults) -> list[int]:
    """Everything about one Word file; how many rows its tables have."""
    check_zip(path, faults)
    document = Document(str(path))
    for check in (check_headings, check_tables, check_captions, check_pictures, check_contents, check_about):
        check(document, path.name, faults)
    return [len(table.rows) - 1 for table in document.tables]


def check_xlsx(path: Path, faults: Faults) -> list[int]:
    """Everything about one workbook; how many rows its tables have."""
    check_zip(path, faults)
    book = load_workbook(path)
    faults.unless(book.sheetnames[:3] == ["Cover", "Contents", "Notes"], path.name, f"sheets: {book.sheetnames}")
    rows = []
    for number, sheet in enumerate(book.worksheets[3:], 1):
        where = f"{path.name}, sheet {sheet.title}"
        faults.unless(len(sheet.tables) == 1, where, f"{len(sheet.tables)} tables")
        faults.unless(str(sheet["A1"].value).startswith(f"Table {number}: "), where, f"A1 is {sheet['A1'].value}")
        for table in sheet.tables.values():
            faults.unless(table.autoFilter is not None, where, "no filters")
            faults.unless(sheet.freeze_panes is not None, where, "the heading is not frozen")
            first, last = table.ref.split(":")
            count = sheet[last].row - sheet[first].row
            rows.append(0 if sheet.cell(sheet[first].row + 1, 1).value == "No rows." else count)
    for sheet in book.worksheets:
        where = f"{path.name}, sheet {sheet.title}"
        faults.unless(sheet.sheet_state == "visible", where, "hidden")
        formulas = [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
        faults.unless(not formulas, where, f"formulas in {formulas}")
        hidden = [key for key, it in [*sheet.row_dimensions.items(), *sheet.column_dimensions.items()] if it.hidden]
        faults.unless(not hidden, where, f"hidden: {hidden}")
    return rows


def told(path: Path) -> tuple[list[dict[str, Any]], list[str]]:
    """The tables of a document, and its other words, from its JSON."""
    blocks = [block for section in json.loads(path.read_text())["sections"] for block in section["blocks"]]
    tables = [block for block in blocks if block["kind"] == "table"]
    words = [block["text"] for block in blocks if "text" in block]
    for block in blocks:
        if block["kind"] in ("list", "definitions"):
            items = block["items"]
            words += [item for item in items if isinstance(item, str)]
            words += [item[key] for item in items if isinstance(item, dict) for key in ("term", "text")]
    return tables, words


def plain(text: object) -> str:
    """Words alone: what is a space or a break in one format is another in the next."""
    return " ".join(str(text).split())


def compare_docx(path: Path, tables: list[dict[str, Any]], words: list[str], faults: Faults) -> None:
    """Every cell and every sentence of the Word file against the JSON."""
    document = Document(str(path))
    faults.unless(
        len(document.tables) == len(tables), path.name, f"{len(document.tables)} tables, told are {len(tables)}"
    )
    for number, (found, wanted) in enumerate(zip(document.tables, tables, strict=False), 1):
        rows = [[plain(cell.text) for cell in row.cells] for row in found.rows]
        heading = [plain(column["heading"]) for column in wanted["columns"]]
        expected = [heading] + [[plain(cell["text"]) for cell in row] for row in wanted["rows"]]
        faults.unless(rows == expected, f"{path.name}, table {number}", "cells differ from the JSON")
    body = {
        plain("".join(run.text or "" for run in it.iter(qn("w:t")))) for it in document.element.body.iter(qn("w:p"))
    }
    everything = "\n".join(sorted(body))
    for text in words:
        faults.unless(plain(text) in everything, path.name, f'not there: "{text}"')


def compare_xlsx(path: Path, tables: list[dict[str, Any]], faults: Faults) -> None:
    """Every cell of the workbook against the JSON; numbers as numbers."""
    sheets = load_workbook(path).worksheets[3:]
    faults.unless(len(sheets) == len(tables), path.name, f"{len(sheets)} sheets, told are {len(tables)} tables")
    for sheet, wanted in zip(sheets, tables, strict=False):
        where = f"{path.name}, sheet {sheet.title}"
        first, last = next(iter(sheet.tables.values())).ref.split(":")
        rows = [list(row) for row in sheet[f"{first}:{last}"]]
        for row, expected in zip(rows[1:], wanted["rows"], strict=False):
            for cell, told_cell in zip(row, expected, strict=False):
                if told_cell["type"] in ("number", "money", "percent"):
                    share = 100 if told_cell["type"] == "percent" else 1
                    same = isinstance(cell.value, (int, float)) and (
                        round(Decimal(str(cell.value)) * share, 6) == Decimal(told_cell["value"])
                    )
                else:
                    same = plain(cell.value if cell.value is not None else "") == plain(told_cell["text"])
                faults.unless(same, f"{where}, {cell.coordinate}", f"{cell.value!r}, told is {told_cell['text']!r}")


def squeezed(text: object) -> str:
    """Letters alone: where a line ends in a cell is no difference."""
    return "".join(str(text).split())


def tagged(path: Path) -> list[tuple[int, str, str]]:
    """Every piece of a PDF in the order of its tags: how deep it stands, what it is, and its own text."""
    ran = subprocess.run(["pdfinfo", "-struct-text", str(path)], capture_output=True, check=True)  # noqa: S607
    pieces: list[tuple[int, str, str]] = []
    for line in ran.stdout.decode().splitlines():
        depth, said = (len(line) - len(line.lstrip())) // 2, line.strip()
        if said.startswith('"') and said.endswith('"') and pieces:
            pieces[-1] = (*pieces[-1][:2], pieces[-1][2] + said[1:-1])
        elif said and not said.startswith(("/", "Object ")):
            pieces.append((depth, said.split()[0].rstrip(":"), ""))
    return pieces


def tables_of(pieces: list[tuple[int, str, str]]) -> list[tuple[str, list[list[str]]]]:
    """Caption and rows of each table; the first row is the heading."""
    captions: list[str] = []
    tables: list[list[list[str]]] = []
    inside: int | None = None
    for depth, what, text in pieces:
        if inside is not None and depth <= inside:
            inside = None
        if what == "Table":
            captions.append("")
            tables.append([])
            inside = depth
        elif inside is not None and what == "Caption":
            captions[-1] = text
        elif inside is not None and what == "TR":
            tables[-1].append([])
        elif inside is not None and what in ("TH", "TD"):
            tables[-1][-1].append(squeezed(text))
    return list(zip(captions, tables, strict=True))


def figures_of(path: Path) -> list[str]:
    """What each figure of a PDF is said to show."""
    with pikepdf.open(path) as pdf:
        return sorted(
            squeezed(it["/Alt"])
            for it in pdf.objects
            if isinstance(it, pikepdf.Dictionary) and it.get("/S") == "/Figure" and "/Alt" in it
        )


def compare_pdf(path: Path, told_json: Path, faults: Faults) -> None:
    """Every cell, every sentence and what every figure shows against the JSON."""
    tables, words = told(told_json)
    pieces = tagged(path)
    found = tables_of(pieces)
    faults.unless(len(found) == len(tables), path.name, f"{len(found)} tables, told are {len(tables)}")
    for number, ((caption, rows), wanted) in enumerate(zip(found, tables, strict=False), 1):
        expected = [[squeezed(column["heading"]) for column in wanted["columns"]]]
        expected += [[squeezed(cell["text"]) for cell in row] for row in wanted["rows"]]
        where = f"{path.name}, table {number}"
        called = squeezed(f"Table {number}: {wanted['caption']}")
        faults.unless(squeezed(caption) == called, where, f"is called {caption!r}")
        faults.unless(rows == expected, where, "cells differ from the JSON")
    everything = squeezed("".join(text for _, _, text in pieces))
    for text in words:
        faults.unless(squeezed(text) in everything, path.name, f'not there: "{text}"')
    blocks = [block for section in json.loads(told_json.read_text())["sections"] for block in section["blocks"]]
    shown = [block for block in blocks if block["kind"] == "drawing"]
    said = sorted(squeezed(f"{block['title']}. {block['description']}") for block in shown)
    faults.unless(figures_of(path) == said, path.name, "the words of figures differ from the JSON")


def main() -> None:
    """Read every file of the folder."""
    folder = Path(sys.argv[1])
    faults = Faults()
    words = {path.stem: check_docx(path, faults) for path in sorted(folder.glob("*.docx"))}
    sheets = {path.stem: check_xlsx(path, faults) for path in sorted(folder.glob("*.xlsx"))}
    faults.unless(words or sheets, folder, "no .docx and no .xlsx")
    for stem in sorted(words.keys() & sheets.keys()):
        faults.unless(words[stem] == sheets[stem], stem, f"rows of tables: {words[stem]} and {sheets[stem]}")
    papers = 0
    for stem in sorted(path.stem for path in folder.glob("*.json")):
        tables, texts = told(folder / f"{stem}.json")
        if stem in words:
            compare_docx(folder / f"{stem}.docx", tables, texts, faults)
        if stem in sheets:
            compare_xlsx(folder / f"{stem}.xlsx", tables, faults)
        if (folder / f"{stem}.pdf").exists():
            compare_pdf(folder / f"{stem}.pdf", folder / f"{stem}.json", faults)
            papers += 1
    for fault in faults.found:
        print(f"paper_check: {fault}")
    files = f"{len(words)} Word files, {len(sheets)} workbooks, {papers} PDFs"
    print(f"paper_check: {files} compared, {len(faults.found)} faults")
    sys.exit(1 if faults.found else 0)


if __name__ == "__main__":
    main()
