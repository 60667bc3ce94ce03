#!/usr/bin/env bash
# All tests: the program, a round trip through LibreOffice, reports and papers in a real browser, papers in other programs,
# and sweeps as other programs read and run them.
#
# The tests of the program need a C compiler and Rust, no more. What the others need (LibreOffice Calc and Writer, Python 3
# with packages from PyPI, Chromium, Node 18, poppler) is installed if it is missing and this user may install it; where it
# stays missing the run says what is missing, tries all that needs none of it, and fails. What needs Slurm is
# scale/slurm_check.sh, by itself.
set -euo pipefail
cd "$(dirname "$0")"
exec </dev/null

need() { # command, Debian package
    command -v "$1" >/dev/null 2>&1 || missing+=("$2")
}

node_is_old() {
    ! node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 18 ? 0 : 1)' 2>/dev/null
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}

may_install() {
    command -v apt-get >/dev/null 2>&1 && { [ "$(id -u)" -eq 0 ] || sudo -n true 2>/dev/null; }
}

find_missing() {
    missing=()
    need soffice libreoffice-calc
    need python3 python3
    need pdftotext poppler-utils
    if command -v soffice >/dev/null 2>&1 && ! ls /usr/lib*/libreoffice/program/libswlo.so >/dev/null 2>&1; then
        missing+=(libreoffice-writer)
    fi
    if command -v python3 >/dev/null 2>&1 && ! python3 -c 'import ensurepip' 2>/dev/null; then
        missing+=(python3-venv)
    fi
    need node nodejs
    need npm npm
    if [ -z "${CHROMIUM:-}" ] && ! command -v chromium chromium-browser google-chrome >/dev/null 2>&1; then
        missing+=(chromium)
    fi
}

if ! command -v cargo >/dev/null 2>&1; then
    echo "test: cargo is missing; install Rust from https://rustup.rs" >&2
    exit 1
fi
find_missing
if [ "${#missing[@]}" -gt 0 ] && may_install; then
    echo "== installing ${missing[*]}"
    as_root apt-get update -qq &&
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" ||
        echo "test: could not be installed" >&2
    find_missing
fi
if [ "${#missing[@]}" -eq 0 ] && node_is_old; then
    missing+=("nodejs 18 or later")
fi
if [ -z "${CHROMIUM:-}" ]; then
    for name in chromium chromium-browser google-chrome; do
        if CHROMIUM=$(command -v "$name"); then break; fi
    done
fi
export CHROMIUM

lacks() { # any of these names, as find_missing gives them
    local name wanted
    for name in ${missing[@]+"${missing[@]}"}; do
        for wanted in "$@"; do
            if [ "${name%% *}" = "$wanted" ]; then return 0; fi
        done
    done
    return 1
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0 left_out=0

part() { # name, command...
    local name=$1
    shift
    echo "== $name"
    if "$@"; then
        passed=$((passed + 1))
        echo "-- $name: passed"
    else
        failed=$((failed + 1))
        echo "-- $name: FAILED"
    fi
}

# A report of each kind: placed, compared, and impossible, which must end with 4.
reports() {
    local ended=0
    "$DEMERGE" solve data/case47 --scenario S1 --out "$work/case47" >"$work/log" 2>&1 &&
        "$DEMERGE" solve data/example --scenario S1 --out "$work/example" >"$work/log" 2>&1 &&
        "$DEMERGE" compare data/case47 S1 S3 S7 --html "$work/compare.html" >"$work/log" 2>&1 &&
        "$DEMERGE" sweep data/case47 data/case47/sweeps/structures.toml --out "$work/sweep.parquet" \
            --summary "$work/sweep.html" --people-summary >"$work/log" 2>&1 || {
        cat "$work/log"
        return 1
    }
    "$DEMERGE" solve data/example --scenario S9 --out "$work/impossible" >"$work/log" 2>&1 || ended=$?
    if [ "$ended" -ne 4 ]; then
        cat "$work/log"
        echo "browser: an impossible scenario ended with $ended, not 4"
        return 1
    fi
}

browser() {
    reports || return 1
    npm ci --prefix solver_tests/browser --no-audit --no-fund --loglevel=error || return 1
    pack || return 1
    node solver_tests/browser/check.js "$work"/{case47,example,impossible}/report.html "$work"/{compare,sweep}.html \
        "$work"/pack/{public,exempt}/*.html "$target"/tmp/{sample,case47-S1}.html
}

# The consultation pack of the shipped case, once.
pack() {
    [ -d "$work/pack" ] || "$DEMERGE" paper data/case47 --scenario S1 --compare S3,S7 --equality --information-list \
        --reply-by 2021-04-09 --out "$work/pack" >"$work/log" 2>&1 || {
        cat "$work/log"
        return 1
    }
}

# PDF files, Word files and workbooks, looked into by other programs: those that the tests left behind, and the pack's.
documents() {
    local python pdf
    pack || return 1
    python=$(python3 benches/peers/environment.py solver_tests/requirements.txt "$target/documents-venv") || return 1
    pdf=("$target"/tmp/{sample,charts,sheets,odd,case47-S1}.pdf "$work"/pack/{public,exempt}/*.pdf)
    "$python" solver_tests/pdf_check.py "${pdf[@]}" && "$python" -m pdfua check "${pdf[@]}" || return 1
    "$python" solver_tests/leak_check.py "$work"/pack/{public,exempt} data/case47 &&
    "$python" solver_tests/paper_check.py "$work/pack/public" &&
        "$python" solver_tests/paper_check.py "$work/pack/exempt" &&
        "$python" solver_tests/paper_check.py "$work/pack/exempt/letters"
}

# Word files as LibreOffice opens them: with every page's footer.
writer() {
    local who file pdf
    pack || return 1
    for who in public exempt; do
        soffice "-env:UserInstallation=file://$work/profile" --headless --norestore --convert-to pdf \
            --outdir "$work/writer/$who" "$work/pack/$who"/*.docx >"$work/log" 2>&1 || {
            cat "$work/log"
            return 1
        }
        for file in "$work/pack/$who"/*.docx; do
            pdf=$work/writer/$who/$(basename "$file" .docx).pdf
            pdftotext "$pdf" "$work/writer.txt" && grep -q "Page 1 of" "$work/writer.txt" || {
                echo "writer: $file does not open with its footer"
                return 1
            }
        done
    done
}

# Types and nulls as pyarrow reads them; parts on two Dask workers, of which one is killed.
sweeps() {
    local python
    python=$(python3 benches/peers/environment.py scale/requirements.txt "$target/scale-venv") || return 1
    timeout 300 "$python" scale/check.py "$DEMERGE"
}

part_with() { # needed packages, name, command...
    local needed=$1
    shift
    # shellcheck disable=SC2086  # a list of words
    if lacks $needed; then
        left_out=$((left_out + 1))
        echo "-- $1: LEFT OUT, for want of one of: $needed"
    else
        part "$@"
    fi
}

part "cargo test" cargo test --locked --no-fail-fast
if lacks python3; then
    left_out=$((left_out + 5))
    echo "-- LibreOffice, browser, papers, sweeps: LEFT OUT, for want of python3"
elif cargo build --locked --release; then
    target=$(cargo metadata --locked --no-deps --format-version 1 |
        python3 -c 'import json, sys; print(json.load(sys.stdin)["target_directory"])')
    export DEMERGE=$target/release/demerge
    part_with "libreoffice-calc" "round trip through LibreOffice" sh solver_tests/office.sh
    part_with "nodejs npm chromium" "report in a browser" browser
    part_with "libreoffice-writer poppler-utils" "Word files in LibreOffice" writer
    part_with "python3-venv poppler-utils" "papers in other programs" documents
    part_with "python3-venv" "sweeps read and run by other programs" sweeps
else
    failed=$((failed + 1))
    echo "-- release build: FAILED"
fi

if [ "${#missing[@]}" -gt 0 ]; then
    echo "test: missing, and this user may not install it: ${missing[*]}"
fi
echo "test: $passed parts passed, $failed failed, $left_out left out"
[ "$failed" -eq 0 ] && [ "$left_out" -eq 0 ]
