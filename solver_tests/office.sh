#!/bin/sh
# One case, four ways: folder, our workbook, the workbook saved again by LibreOffice, CSV files saved by LibreOffice.
# All must give the same plan. Needs soffice and python3 (standard library); cargo test needs neither.
#
#   DEMERGE=target/release/demerge sh solver_tests/office.sh
#
# Not compared: provenance.inputs (the files differ, that is the point).
set -eu

: "${DEMERGE:?set DEMERGE to the built binary}"
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
case $DEMERGE in /*) ;; *) DEMERGE=$PWD/$DEMERGE ;; esac
scenario=${SCENARIO:-S1}
original=$root/data/case47

if ! command -v soffice >/dev/null 2>&1; then
    echo "office: soffice is not installed (Debian: libreoffice-calc); nothing checked" >&2
    exit 1
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/again" "$work/sheets" "$work/csv" "$work/profile"

office() {
    # A profile of its own: an open LibreOffice of the user must not swallow the request.
    soffice "-env:UserInstallation=file://$work/profile" --headless --norestore "$@" >"$work/office.log" 2>&1 || {
        cat "$work/office.log" >&2
        exit 1
    }
}

"$DEMERGE" template --from "$original" --out "$work/case47.xlsx"
office --convert-to 'xlsx:Calc MS Excel 2007 XML' --outdir "$work/again" "$work/case47.xlsx"
# Comma, double quote, UTF-8, cells as shown, every sheet to a file of its own (case47-people.csv).
office --convert-to 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,true,false,false,-1' \
    --outdir "$work/sheets" "$work/case47.xlsx"

python3 - "$work/sheets" "$work/csv" "$original" <<'PYTHON'
"""Sheets to a case folder: as Excel saves "CSV UTF-8" (byte order mark, CRLF), tables only, scenarios copied."""
import csv, pathlib, shutil, sys

sheets, folder, original = map(pathlib.Path, sys.argv[1:])
tables = 0
for sheet in sorted(sheets.glob("case47-*.csv")):
    table = sheet.stem.removeprefix("case47-")
    if table in ("Read me", "lists", "scenarios"):
        continue
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    if not any(any(cell for cell in row) for row in rows[1:]):
        continue  # an empty sheet is a table that the case does not have
    with (folder / f"{table}.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, lineterminator="\r\n").writerows(rows)
    tables += 1
needed = {f.stem for f in original.glob("*.csv")} - {"equality_restricted"}
missing = needed - {f.stem for f in folder.glob("*.csv")}
if missing:
    sys.exit(f"office: LibreOffice wrote {tables} tables; missing: {sorted(missing)}")
shutil.copytree(original / "scenarios", folder / "scenarios")
PYTHON

for way in original workbook again csv; do
    case $way in
        original) input=$original ;;
        workbook) input=$work/case47.xlsx ;;
        again) input=$work/again/case47.xlsx ;;
        csv) input=$work/csv ;;
    esac
    "$DEMERGE" solve "$input" --scenario "$scenario" --out "$work/out-$way" >"$work/$way.log" 2>&1 || {
        echo "office: solve failed on $way" >&2
        cat "$work/$way.log" >&2
        exit 1
    }
done

python3 - "$work" <<'PYTHON'
"""The four plans are one, but for the names and hashes of the inputs."""
import json, pathlib, sys

work = pathlib.Path(sys.argv[1])


def plan(way):
    found = sorted((work / f"out-{way}").rglob("plan.json"))
    if len(found) != 1:
        sys.exit(f"office: {len(found)} plan.json from {way}")
    plan = json.loads(found[0].read_text(encoding="utf-8"))
    plan.get("provenance", {}).pop("inputs", None)
    return plan


original = plan("original")
if not original.get("placements"):
    sys.exit("office: the plan of the original places nobody")
for way in ("workbook", "again", "csv"):
    other = plan(way)
    different = sorted(key for key in original.keys() | other.keys() if original.get(key) != other.get(key))
    if different:
        for key in different:
            print(f"{way}: {key}\n  original {original.get(key)}\n  {way} {other.get(key)}", file=sys.stderr)
        sys.exit(f"office: the plan from {way} differs in {different}")
print("office: four ways, one plan")
PYTHON
