//! Bytes of an `.xlsx` workbook to grids.
//!
//! A workbook is a zip that strangers can make: nothing is unpacked before its size is known twice over (as the zip
//! claims, and as it turns out), and cells are taken one by one as they come. Never ask `calamine` for a range: two
//! cells in opposite corners of a sheet would make it ask for half a terabyte. The one floating-point number of the
//! whole program's input passes through here: Excel keeps numbers that way, and the shortest decimal that reads back
//! as the same number is what the person typed.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Reader, Xlsx, XlsxError};
use zip::ZipArchive;

use crate::load::codes::Code;
use crate::load::fault::{Faults, Spot};
use crate::load::grid::{Grid, GridRow, MAX_CELL, Source, trimmed};

/// Most bytes that all parts of a workbook may unpack to, and most text taken from its cells.
const MAX_UNPACKED: u64 = 200 << 20;
/// Most times that a workbook may be larger unpacked, if it is large at all; real ones stay below 50.
const MAX_RATIO: u64 = 250;
/// Size from which the ratio counts.
const RATIO_FROM: u64 = 8 << 20;
/// Most parts; real workbooks have fewer than a hundred.
const MAX_PARTS: usize = 4096;
/// So many blank rows or columns end a table: cells beyond them are strays.
const STRAY_GAP: u32 = 1000;

/// Reads the sheets that `order_of` knows; the others are returned by name.
pub(super) fn read(
    file: &str,
    bytes: &[u8],
    order_of: &dyn Fn(&str) -> Option<u32>,
    faults: &mut Faults,
) -> Option<(Vec<Grid>, Vec<String>)> {
    let spot = Spot::whole(0, file);
    if let Err(problem) = check_zip(bytes) {
        problem.report(spot, faults);
        return None;
    }
    // A workbook that makes the library panic is a damaged workbook, not a fault of the person or of this program.
    let read = catch_unwind(AssertUnwindSafe(|| read_sheets(bytes, order_of)));
    match read.unwrap_or_else(|_| Err(Problem::Damaged("its parts do not fit together".to_owned()))) {
        Ok((grids, others)) => Some((grids.into_iter().map(|grid| without_strays(grid, faults)).collect(), others)),
        Err(problem) => {
            problem.report(spot, faults);
            None
        }
    }
}

/// Why a workbook as a whole cannot be read.
#[derive(Debug)]
enum Problem {
    NotAWorkbook(&'static str),
    Password,
    TooMuch(String),
    Damaged(String),
}

impl Problem {
    fn report(self, spot: Spot, faults: &mut Faults) {
        let again = "open it in Excel and save it again as \"Excel Workbook (*.xlsx)\"";
        match self {
            Problem::NotAWorkbook(found) => {
                let why = "only .xlsx workbooks can be read";
                faults.add(Code::NotAWorkbook, spot, found, why, again);
            }
            Problem::Password => {
                let why = "what is inside is encrypted, and the program does not ask for passwords";
                let action = "in Excel choose File, Info, Protect Workbook, Encrypt with Password, clear the password \
                              and save a copy";
                faults.add(Code::Password, spot, "", why, action);
            }
            Problem::TooMuch(found) => {
                let why = format!(
                    "a small file that unpacks to more than {} MiB (or {MAX_RATIO} times its size) would fill the \
                     memory of the computer",
                    MAX_UNPACKED >> 20
                );
                let action = "copy the cells of the case into a new workbook, or use CSV files";
                faults.add(Code::TooMuchInside, spot, found, why, action);
            }
            Problem::Damaged(found) => {
                let why = "a part of it is missing or broken";
                faults.add(Code::DamagedWorkbook, spot, found, why, again);
            }
        }
    }
}

fn check_zip(bytes: &[u8]) -> Result<(), Problem> {
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) {
        let encrypted: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let is_encrypted = bytes.windows(encrypted.len()).any(|window| window == encrypted);
        return Err(if is_encrypted {
            Problem::Password
        } else {
            Problem::NotAWorkbook("a workbook in the older .xls format")
        });
    }
    if !bytes.starts_with(b"PK") {
        return Err(Problem::NotAWorkbook(if bytes.is_empty() {
            "an empty file"
        } else {
            "a file of some other kind"
        }));
    }
    let damaged = |error: zip::result::ZipError| Problem::Damaged(error.to_string());
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if archive.len() > MAX_PARTS {
        return Err(Problem::TooMuch(format!("{} parts", archive.len())));
    }
    let mut claimed = 0u64;
    for part in 0..archive.len() {
        let entry = archive.by_index_raw(part).map_err(damaged)?;
        if entry.encrypted() {
            return Err(Problem::Password);
        }
        claimed = claimed.saturating_add(entry.size());
    }
    check_size(claimed, bytes.len() as u64)?;
    let mut unpacked = 0u64;
    for part in 0..archive.len() {
        let entry = archive.by_index(part).map_err(damaged)?;
        let mut bounded = entry.take(MAX_UNPACKED + 1 - unpacked);
        unpacked += std::io::copy(&mut bounded, &mut std::io::sink()).map_err(|e| Problem::Damaged(e.to_string()))?;
        check_size(unpacked, bytes.len() as u64)?;
    }
    Ok(())
}

fn check_size(unpacked: u64, packed: u64) -> Result<(), Problem> {
    let swollen = unpacked > RATIO_FROM && unpacked / MAX_RATIO > packed;
    if unpacked > MAX_UNPACKED || swollen {
        return Err(Problem::TooMuch(format!("{packed} bytes that unpack to {unpacked} or more")));
    }
    Ok(())
}

type Sheets = (Vec<Grid>, Vec<String>);

fn read_sheets(bytes: &[u8], order_of: &dyn Fn(&str) -> Option<u32>) -> Result<Sheets, Problem> {
    let damaged = |error: XlsxError| match error {
        XlsxError::Password => Problem::Password,
        other => Problem::Damaged(other.to_string()),
    };
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut grids = Vec::new();
    let mut others = Vec::new();
    let mut taken = 0u64;
    for sheet in book.sheet_names() {
        let Some(order) = order_of(&sheet) else {
            others.push(sheet);
            continue;
        };
        let mut cells: BTreeMap<u32, BTreeMap<u32, String>> = BTreeMap::new();
        let mut reader = book.worksheet_cells_reader(&sheet).map_err(damaged)?;
        while let Some(cell) = reader.next_cell().map_err(damaged)? {
            let text = text_of(cell.get_value());
            let text = trimmed(&text);
            taken += text.len() as u64;
            if taken > MAX_UNPACKED || text.len() > 4 * MAX_CELL {
                return Err(Problem::TooMuch(format!("sheet {sheet} repeats long texts")));
            }
            if !text.is_empty() {
                let (row, column) = cell.get_position();
                cells.entry(row).or_default().insert(column, text.to_owned());
            }
        }
        let row = |(row, cells): (u32, BTreeMap<_, _>)| GridRow {
            number: row.saturating_add(1),
            width: None,
            cells: cells.into_iter().collect(),
        };
        grids.push(Grid { source: Source::Sheet(sheet), order, rows: cells.into_iter().map(row).collect() });
    }
    grids.sort_by_key(|grid| grid.order);
    Ok((grids, others))
}

/// What a person sees in the cell, as the contract would write it.
fn text_of(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(true) => "yes".to_owned(),
        DataRef::Bool(false) => "no".to_owned(),
        DataRef::DateTime(date) if date.is_duration() => date.as_f64().to_string(),
        DataRef::DateTime(date) => match date.to_ymd_hms_milli() {
            (year, month, day, 0, 0, 0, 0) => format!("{year:04}-{month:02}-{day:02}"),
            (year, month, day, hour, minute, _, _) => format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}"),
        },
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

/// Cuts off what stands far below the table or far to its right.
fn without_strays(mut grid: Grid, faults: &mut Faults) -> Grid {
    let mut end = 0;
    let last = grid.rows.iter().position(|row| {
        let far = row.number > end + STRAY_GAP;
        end = row.number;
        far
    });
    let mut strays = Vec::new();
    if let Some(first_far) = last {
        strays.extend(grid.rows.drain(first_far..));
    }
    let mut first = strays.first().map(|row| (row.number, row.cells.first().map_or(0, |cell| cell.0)));
    for row in &mut grid.rows {
        if let Some(far) = row.cells.iter().position(|cell| cell.0 >= STRAY_GAP) {
            first = first.or(Some((row.number, row.cells[far].0)));
            row.cells.truncate(far);
        }
    }
    grid.rows.retain(|row| !row.cells.is_empty());
    if let Some((row, column)) = first {
        let why = format!("more than {STRAY_GAP} blank rows or columns lie between it and the table: it is not read");
        let action = "delete the rows below and the columns to the right of the table if this is a stray cell, or \
                      close the gap if it belongs to the table";
        faults.add(Code::StrayCells, grid.spot(Some(row), Some(column)), "", why, action);
    }
    grid
}
