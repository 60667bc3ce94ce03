//! A grid to a table of the contract: headings found, cells read by kind.
//!
//! Knows one table at a time; whether an id exists elsewhere is `links`' business.

use std::collections::BTreeMap;

use crate::load::cell::{self, Cell};
use crate::load::codes::Code;
use crate::load::fault::{Faults, Spot, did_you_mean};
use crate::load::grid::{Grid, GridRow, plain_name};
use crate::load::schema::{Column, Kind, Need, TableShape};

/// How far down the header row may stand, below a title.
const HEADER_WITHIN: usize = 10;

/// One row, read.
#[derive(Debug)]
pub(super) struct Record {
    /// Spreadsheet row.
    pub(super) row: u32,
    /// One cell for each column of the shape.
    pub(super) cells: Vec<Cell>,
    /// Text of the column `function`, where it is not one of the table's own.
    pub(super) function: Option<String>,
}

/// One table, read; cells with faults are [`Cell::Bad`].
#[derive(Debug)]
pub(super) struct TableData {
    /// What it should hold.
    pub(super) shape: &'static TableShape,
    /// What it was read from, for places, without its rows.
    pub(super) grid: Grid,
    /// Grid column and heading as found, for each column of the shape.
    pub(super) columns: Vec<Option<(u32, String)>>,
    /// Its rows, without totals rows and repeated headers.
    pub(super) records: Vec<Record>,
    /// Whether every row and key could be read, so that an id not found is known to be missing.
    pub(super) keys_known: bool,
}

impl TableData {
    /// Position of a column of the shape.
    pub(super) fn at(&self, column: &str) -> usize {
        self.shape.columns.iter().position(|c| c.name == column).expect("load asks for columns of the contract")
    }

    /// A cell by the name of its column.
    pub(super) fn cell<'r>(&self, record: &'r Record, column: &str) -> &'r Cell {
        &record.cells[self.at(column)]
    }

    /// The spot of a record's cell.
    pub(super) fn spot(&self, record: &Record, column: &str) -> Spot {
        let found = self.columns[self.at(column)].as_ref();
        let mut spot = self.grid.spot(Some(record.row), found.map(|(at, _)| *at));
        spot.heading = found.map(|(_, heading)| heading.clone());
        spot.subject = subject(self.shape, &record.cells);
        spot
    }

    /// The first key of a record, where it could be read.
    pub(super) fn key<'r>(&self, record: &'r Record) -> Option<&'r str> {
        record.cells[0].text()
    }

    /// A table without rows.
    pub(super) fn empty(shape: &'static TableShape, grid: Grid) -> Self {
        let columns = vec![None; shape.columns.len()];
        Self { shape, grid, columns, records: Vec::new(), keys_known: true }
    }
}

/// Headings in the order of the sheet, and everything below them.
#[derive(Debug)]
pub(super) struct Headed<'g> {
    /// Column and heading.
    pub(super) headings: Vec<(u32, &'g str)>,
    /// Row of the header.
    pub(super) row: &'g GridRow,
    /// The rows below.
    pub(super) below: &'g [GridRow],
}

/// Finds the header row: the first that names at least half of these columns, else the first of all.
pub(super) fn header<'g>(grid: &'g Grid, wanted: &[&str]) -> Option<Headed<'g>> {
    let names = |row: &GridRow| {
        let found: Vec<String> = row.cells.iter().map(|(_, text)| plain_name(text)).collect();
        wanted.iter().filter(|name| found.iter().any(|f| f == *name)).count()
    };
    let at = grid.rows.iter().take(HEADER_WITHIN).position(|row| names(row) * 2 >= wanted.len()).unwrap_or(0);
    let row = grid.rows.get(at).filter(|row| !row.cells.is_empty())?;
    let headings = row.cells.iter().map(|(column, text)| (*column, text.as_str())).collect();
    Some(Headed { headings, row, below: &grid.rows[at + 1..] })
}

/// Reads a grid as a table of this shape; `None` where nothing can be said of its rows.
pub(super) fn read(shape: &'static TableShape, grid: Grid, faults: &mut Faults) -> Option<TableData> {
    let required: Vec<&str> = shape.columns.iter().filter(|c| !c.optional).map(|c| c.name).collect();
    let Some(headed) = header(&grid, &required) else {
        let why = format!("the first row must name the columns of {}", shape.name);
        let action = format!("put these headings in row 1: {}", required.join(", "));
        faults.add(Code::EmptyFile, grid.spot(None, None), "", why, action);
        return None;
    };
    if is_separated_otherwise(&headed, shape) {
        let why = "the whole header stands in one cell: the file is separated by semicolons or tabs";
        let action = "in Excel choose Save As and the type \"CSV UTF-8 (Comma delimited)\"; where Excel writes \
                      semicolons even so, set the list separator of the computer to a comma";
        let spot = grid.spot(Some(headed.row.number), Some(0));
        faults.add(Code::WrongSeparator, spot, headed.headings[0].1, why, action);
        return None;
    }
    let columns = find_columns(shape, &grid, &headed, faults);
    let function = spare_function(shape, &headed);
    let mut table = TableData { shape, columns, records: Vec::new(), keys_known: true, grid: grid.bare() };
    table.keys_known = table.columns[..shape.keys].iter().all(Option::is_some);
    for row in headed.below {
        read_row(&mut table, row, &headed, function, faults);
    }
    if table.records.is_empty() && matches!(shape.need, Need::Always) && shape.name != "authority_preferences" {
        let why = format!("nothing can be planned without {}", shape.name);
        faults.add(Code::NoRows, grid.spot(None, None), "", why, "fill in one row for each, below the header");
    }
    report_repeated_keys(&table, faults);
    Some(table)
}

fn is_separated_otherwise(headed: &Headed<'_>, shape: &TableShape) -> bool {
    let [(_, only)] = headed.headings[..] else { return false };
    let known = |part: &str| shape.columns.iter().any(|c| c.name == plain_name(part.trim_matches(['"', ' '])));
    [';', '\t', '|'].iter().any(|&separator| only.contains(separator) && only.split(separator).any(known))
}

/// Grid column and heading of each column of the shape, with everything to say about headings.
fn find_columns(
    shape: &TableShape,
    grid: &Grid,
    headed: &Headed<'_>,
    faults: &mut Faults,
) -> Vec<Option<(u32, String)>> {
    let row = headed.row.number;
    let mut columns: Vec<Option<(u32, String)>> = vec![None; shape.columns.len()];
    let mut unknown = Vec::new();
    let mut respelt = Vec::new();
    for &(column, heading) in &headed.headings {
        let Some(at) = shape.columns.iter().position(|c| c.name == plain_name(heading)) else {
            unknown.push((column, heading));
            continue;
        };
        if heading != shape.columns[at].name {
            respelt.push(format!("\"{heading}\" as {}", shape.columns[at].name));
        }
        if let Some((first, _)) = &columns[at] {
            let letters = crate::diagnostic::column_letters(*first);
            let why = format!("column {letters} has the same heading, and only one of them can be meant");
            let spot = grid.spot(Some(row), Some(column));
            faults.add(Code::HeadingTwice, spot, heading, why, "delete one of the two columns, or rename it");
            continue;
        }
        columns[at] = Some((column, heading.to_owned()));
    }
    for (column, found) in shape.columns.iter().zip(&columns) {
        if found.is_none() && !column.optional {
            let hint = did_you_mean(column.name, unknown.iter().map(|(_, heading)| *heading));
            let why = format!("{} holds: {}", column.name, column.help);
            let action = format!("add a column headed {}{hint}", column.name);
            faults.add(Code::MissingColumn, grid.spot(Some(row), None), "", why, action);
        }
    }
    let unread: Vec<_> = unknown.iter().filter(|(_, h)| !is_spare_function(shape, h)).map(|(_, h)| *h).collect();
    if !unread.is_empty() {
        let why = "only the columns of the contract take part in a plan";
        let action = "nothing, unless one of them is a misspelt heading";
        faults.add(Code::UnknownColumns, grid.spot(Some(row), None), unread.join(", "), why, action);
    }
    if !respelt.is_empty() {
        let why = "headings may differ in capitals, and have spaces for underscores";
        faults.add(Code::HeadingSpelling, grid.spot(Some(row), None), respelt.join(", "), why, "nothing");
    }
    columns
}

/// `people.csv` may have a column `function`, which helps `demerge match` where there are no joint posts.
fn is_spare_function(shape: &TableShape, heading: &str) -> bool {
    shape.name == "people" && plain_name(heading) == "function"
}

fn spare_function(shape: &TableShape, headed: &Headed<'_>) -> Option<u32> {
    headed.headings.iter().find(|(_, heading)| is_spare_function(shape, heading)).map(|(column, _)| *column)
}

fn read_row(table: &mut TableData, row: &GridRow, headed: &Headed<'_>, function: Option<u32>, faults: &mut Faults) {
    let key_column = table.columns[0].as_ref().map(|(column, _)| *column);
    let key = key_column.map_or("", |column| row.text(column));
    if headed.headings.len() > 1 && headed.headings.iter().all(|(column, heading)| row.text(*column) == *heading) {
        let why = "it would be read as a row of the table";
        faults.add(Code::HeaderAgain, table.grid.spot(Some(row.number), None), key, why, "delete this row");
        return;
    }
    let is_total = |text: &str| {
        matches!(plain_name(text.trim_end_matches(':')).as_str(), "total" | "totals" | "grand_total" | "sum")
    };
    let first = row.cells.first().map_or("", |(_, text)| text);
    if is_total(key) || (key.is_empty() && is_total(first)) {
        let spot = table.grid.spot(Some(row.number), key_column);
        let why = "it would be read as one more row of the table";
        faults.add(Code::TotalsRow, spot, if key.is_empty() { first } else { key }, why, "delete this row");
        return;
    }
    let ragged = is_ragged(table, row, headed, faults);
    let mut cells = Vec::with_capacity(table.shape.columns.len());
    for (at, column) in table.shape.columns.iter().enumerate() {
        let Some((place, heading)) = &table.columns[at] else {
            cells.push(if column.optional { Cell::Blank } else { Cell::Bad });
            continue;
        };
        if ragged && at >= table.shape.keys {
            cells.push(Cell::Bad);
            continue;
        }
        let spot = || {
            let mut spot = table.grid.spot(Some(row.number), Some(*place));
            spot.heading = Some(heading.clone());
            spot.subject = subject(table.shape, &cells);
            spot
        };
        let cell = cell::read(column, table.shape, row.text(*place), &spot, faults);
        cells.push(cell);
    }
    if table.shape.columns[..table.shape.keys]
        .iter()
        .zip(&cells)
        .any(|(c, cell)| c.kind == Kind::Key && *cell == Cell::Bad)
    {
        table.keys_known = false;
    }
    let range = |low: &str, high: &str| {
        let at = |name: &str| table.shape.columns.iter().position(|c| c.name == name);
        Some((cells[at(low)?].number()?, cells[at(high)?].number()?))
    };
    let upside_down = matches!(range("salary_min_gbp", "salary_max_gbp"), Some((low, high)) if low > high);
    let function = function.map(|column| row.text(column).to_owned()).filter(|text| !text.is_empty());
    let record = Record { row: row.number, cells, function };
    if upside_down {
        let spot = table.spot(&record, "salary_min_gbp");
        let why = "salary_min_gbp is above salary_max_gbp";
        faults.add(Code::PayRange, spot, "", why, "correct one of the two, or swap them");
    }
    table.records.push(record);
}

/// Whether a row of a CSV file has cells without a heading, or headings without a cell.
fn is_ragged(table: &TableData, row: &GridRow, headed: &Headed<'_>, faults: &mut Faults) -> bool {
    let (Some(width), Some(header)) = (row.width, headed.row.width) else { return false };
    let beyond = row.cells.last().is_some_and(|(column, _)| *column >= header);
    if width >= header && !beyond {
        return false;
    }
    let found = format!("{width} cells, but the header has {header}");
    let why = "after a missing or an extra comma every cell stands in the wrong column";
    let action = "compare the row with the header; a text with a comma in it must stand in quotation marks";
    faults.add(Code::Ragged, table.grid.spot(Some(row.number), None), found, why, action);
    true
}

/// What a row is about, from its key: `person P05, post A02`.
fn subject(shape: &TableShape, cells: &[Cell]) -> Option<String> {
    let word = |at: usize| match shape.columns[at].name {
        "authority_id" => "authority",
        "structure_id" => "structure",
        "joint_post_id" => "joint post",
        "post_id" => "post",
        "person_id" | "person_a" | "person_b" => "person",
        other => other,
    };
    let known = cells.iter().take(shape.keys).enumerate();
    let parts: Vec<String> = known.filter_map(|(at, cell)| Some(format!("{} {}", word(at), cell.text()?))).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn report_repeated_keys(table: &TableData, faults: &mut Faults) {
    let mut first_rows: BTreeMap<Vec<&str>, u32> = BTreeMap::new();
    for record in &table.records {
        let key: Option<Vec<&str>> = record.cells[..table.shape.keys].iter().map(Cell::text).collect();
        let Some(key) = key else { continue };
        let Some(first) = first_rows.get(&key) else {
            first_rows.insert(key, record.row);
            continue;
        };
        let names: Vec<&str> = table.shape.columns[..table.shape.keys].iter().map(|c: &Column| c.name).collect();
        let why = format!("row {first} has the same {}, and each may stand only once", names.join(" and "));
        let action = "delete one of the two rows, or correct its key";
        faults.add(Code::DuplicateKey, table.spot(record, names[0]), key.join(", "), why, action);
    }
}
