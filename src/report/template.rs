//! The workbook for HR: one sheet a table, drop-downs for every word and id, notes on every heading.
//!
//! An empty one is what an authority fills in; a filled one is a folder of CSV files turned into the same workbook, and
//! must read back as the same case. So a figure is written as a number only if the column holds figures and the cell
//! is one; everything else stays the text that it was, for `check` to point at. Number formats have no thousands
//! separator: what Excel shows is what it writes to CSV, and the contract refuses `91,472`.
//!
//! The tables and the `scenarios` sheet of an empty template are left blank: a made-up row would have to be found and
//! deleted, and a scenario for authorities that do not exist yet would only be a fault. The sheet `Read me` shows a
//! scenario to copy instead.
//!
//! It does not read cases and knows no formats but its own.

mod drop_down;
mod read_me;
mod scenario;

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, Note, Table, TableColumn, TableStyle, Workbook,
    Worksheet, XlsxError,
};

use crate::load::schema::{Column, Kind, SCENARIO_COLUMNS, TABLES};
use crate::quantity::read_decimal;
use crate::report::words::capital;

pub use scenario::scenario_table;

/// Version of the workbook's layout, in its document properties and on its first sheet.
pub const VERSION: i32 = 1;

/// Rows that have drop-downs, and that an id list may hold, when the table has fewer.
const ROWS: usize = 2_000;

/// The sheet of scenarios.
const SCENARIOS: &str = "scenarios";

/// One table to write: a contract table by name, or `scenarios`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// Name of the table.
    pub name: String,
    /// Headings, in any order; columns of the contract that are not among them are left blank.
    pub headings: Vec<String>,
    /// Cells in the order of `headings`; a short row ends in blanks.
    pub rows: Vec<Vec<String>>,
}

/// Why there is no workbook.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The contract has no such table.
    #[error("the workbook has no sheet for a table called \"{0}\"")]
    UnknownTable(String),
    /// The table cannot be a sheet of Excel.
    #[error("the workbook cannot be written: {0}")]
    Excel(#[from] XlsxError),
}

/// The workbook with these tables filled in, and every other one empty.
///
/// - Shape: `Read me`, the contract's tables in their order, `scenarios`, and a hidden sheet `lists`.
/// - Same tables, same bytes: no clock is read.
///
/// # Errors
/// [`Error::UnknownTable`], or [`Error::Excel`] where a table is beyond Excel (over a million rows, two columns of
/// one name, a cell of over 32,767 characters).
pub fn workbook(filled: &[Filled]) -> Result<Vec<u8>, Error> {
    let sheets: Vec<Sheet<'_>> = shapes().map(|(name, columns)| Sheet::new(name, &columns, filled)).collect();
    if let Some(stranger) = filled.iter().find(|table| sheets.iter().all(|sheet| sheet.name != table.name)) {
        return Err(Error::UnknownTable(stranger.name.clone()));
    }
    let rows = sheets.iter().map(|sheet| sheet.rows.len()).max().unwrap_or(0).max(ROWS);
    let mut book = Workbook::new();
    book.set_properties(&properties()?);
    read_me::write(book.add_worksheet())?;
    for sheet in &sheets {
        sheet.write(book.add_worksheet(), rows)?;
    }
    let authorities = sheets.iter().find(|sheet| sheet.name == "authorities").map(|sheet| sheet.column(0));
    drop_down::write_lists(book.add_worksheet(), &authorities.unwrap_or_default())?;
    drop_down::define_names(&mut book, rows)?;
    Ok(book.save_to_buffer()?)
}

/// Every sheet of data: its name and columns.
fn shapes() -> impl Iterator<Item = (&'static str, Vec<Column>)> {
    let tables = TABLES.iter().map(|shape| (shape.name, shape.columns.to_vec()));
    tables.chain(std::iter::once((SCENARIOS, scenario_columns().to_vec())))
}

/// The columns of the sheet `scenarios`, with help.
fn scenario_columns() -> [Column; 3] {
    let help = [
        "id of the scenario, such as S1; the same id on each of its rows",
        "what is set, such as structures.A or policy.rule; the sheet \"Read me\" lists the keys",
        "the value; several values are separated by ;",
    ];
    let column =
        |i: usize, blank| Column { name: SCENARIO_COLUMNS[i], kind: Kind::Text, optional: false, blank, help: help[i] };
    [column(0, false), column(1, false), column(2, true)]
}

/// Title, version and a fixed date: the workbook says what it is, not when it was made.
fn properties() -> Result<DocProperties, XlsxError> {
    Ok(DocProperties::new()
        .set_title("demerge: workbook for a staff allocation case")
        .set_subject("Staff allocation when a shared-management agreement ends")
        .set_author("demerge")
        .set_custom_property("demerge template version", VERSION)
        .set_creation_datetime(&ExcelDateTime::from_ymd(2026, 1, 1)?))
}

/// One sheet of data, its columns in the contract's order, then those that the contract does not know.
struct Sheet<'a> {
    name: &'static str,
    columns: Vec<Field<'a>>,
    rows: Vec<Vec<&'a str>>,
}

/// One column of a sheet.
struct Field<'a> {
    heading: &'a str,
    /// The contract's column; `None` where the contract does not know it.
    column: Option<Column>,
}

impl<'a> Sheet<'a> {
    fn new(name: &'static str, columns: &[Column], filled: &'a [Filled]) -> Self {
        let table = filled.iter().find(|table| table.name == name);
        let headings: &[String] = table.map_or(&[], |table| &table.headings);
        let mut fields: Vec<Field<'a>> =
            columns.iter().map(|&column| Field { heading: column.name, column: Some(column) }).collect();
        let known = |heading: &str| columns.iter().any(|column| column.name == heading);
        fields.extend(headings.iter().filter(|h| !known(h)).map(|heading| Field { heading, column: None }));
        let places: Vec<Option<usize>> =
            fields.iter().map(|field| headings.iter().position(|heading| heading == field.heading)).collect();
        let cell = |row: &'a Vec<String>, place: &Option<usize>| place.and_then(|i| row.get(i)).map_or("", |s| s);
        let rows = table.map_or(&[][..], |table| &table.rows);
        let rows = rows.iter().map(|row| places.iter().map(|place| cell(row, place)).collect()).collect();
        Self { name, columns: fields, rows }
    }

    /// The cells of one column.
    fn column(&self, index: usize) -> Vec<&'a str> {
        self.rows.iter().map(|row| row[index]).collect()
    }

    fn write(&self, sheet: &mut Worksheet, rows: usize) -> Result<(), XlsxError> {
        sheet.set_name(self.name)?.set_freeze_panes(1, 1)?.set_landscape().set_print_fit_to_pages(1, 0);
        sheet.set_repeat_rows(0, 0)?;
        for (index, field) in self.columns.iter().enumerate() {
            let at = column_number(index)?;
            sheet.set_column_width(at, self.width(index))?;
            sheet.set_column_format(at, &format_of(field.kind()))?;
            if let Some(column) = &field.column {
                sheet.insert_note(0, at, &note(column))?;
                if let Some(rule) = drop_down::validation(self.name, column, at)? {
                    sheet.add_data_validation(1, at, row_number(rows)?, at, &rule)?;
                }
            }
        }
        // A table of Excel has at least one row of data; a blank one is not read.
        let last = row_number(self.rows.len().max(1))?;
        let headings: Vec<TableColumn> = self.columns.iter().map(|f| header().set_header(f.heading)).collect();
        let table = Table::new()
            .set_name(self.name)
            .set_style(TableStyle::Medium2)
            .set_alt_text(help_of(self.name))
            .set_columns(&headings);
        sheet.add_table(0, 0, last, column_number(self.columns.len() - 1)?, &table)?;
        for (index, row) in self.rows.iter().enumerate() {
            for (place, cell) in row.iter().enumerate() {
                let kind = self.columns[place].kind();
                write_cell(sheet, row_number(index + 1)?, column_number(place)?, kind, cell)?;
            }
        }
        Ok(())
    }

    /// Room for the heading with its filter button and for the longest cell, within reason.
    fn width(&self, index: usize) -> u32 {
        let longest = self.rows.iter().map(|row| row[index].chars().count()).max().unwrap_or(0);
        let heading = self.columns[index].heading.chars().count() + 5;
        u32::try_from(longest.max(heading).clamp(11, 48)).expect("at most 48")
    }
}

impl Field<'_> {
    fn kind(&self) -> Kind {
        self.column.map_or(Kind::Text, |column| column.kind)
    }
}

/// What the table is, in the contract's words.
fn help_of(name: &str) -> &'static str {
    let of_table = TABLES.iter().find(|shape| shape.name == name).map(|shape| shape.help);
    of_table.unwrap_or("What is asked: one scenario is the group of rows with its id.")
}

/// The heading's note: what it means, what a cell holds, whether it may be blank.
fn note(column: &Column) -> Note {
    let blank = if column.blank { "May be blank: blank means not known." } else { "Must be filled in." };
    let text = format!("{}.\n{}\n{blank}", capital(column.help), read_me::cell_holds(column.kind));
    let lines = text.lines().map(|line| line.chars().count() / 38 + 1).sum::<usize>() + 1;
    let height = u32::try_from(lines * 17).unwrap_or(400);
    Note::new(text).set_author("demerge").add_author_prefix(false).set_width(270).set_height(height)
}

/// The number format: ids and words are text, so that `0042` stays `0042`.
fn format_of(kind: Kind) -> Format {
    let format = Format::new().set_align(FormatAlign::Top);
    match kind {
        Kind::Money => format.set_num_format("0.00"),
        Kind::Fte => format.set_num_format("0.0###"),
        Kind::Percent | Kind::Miles => format.set_num_format("0.0#"),
        Kind::Whole | Kind::Signed => format.set_num_format("0"),
        Kind::Date => format.set_num_format("yyyy-mm-dd"),
        Kind::Text
        | Kind::Key
        | Kind::Id(_)
        | Kind::Ids(_)
        | Kind::List
        | Kind::Word(_)
        | Kind::Words(_)
        | Kind::Flag
        | Kind::AuthorityOr(_)
        | Kind::PostOrAuthority => format.set_num_format("@"),
    }
}

/// A heading in white on dark blue, also where an office program does not draw the styles of tables.
fn header() -> TableColumn {
    let format = Format::new().set_bold().set_font_color(Color::White).set_background_color(Color::RGB(0x001F_4E79));
    TableColumn::new().set_header_format(format)
}

/// Decimals that a figure of this column may have; `None` where the column holds no figures.
fn decimals(kind: Kind) -> Option<u32> {
    match kind {
        Kind::Money | Kind::Percent | Kind::Miles => Some(2),
        Kind::Fte => Some(4),
        Kind::Whole | Kind::Signed => Some(0),
        Kind::Text
        | Kind::Key
        | Kind::Id(_)
        | Kind::Ids(_)
        | Kind::List
        | Kind::Word(_)
        | Kind::Words(_)
        | Kind::Flag
        | Kind::Date
        | Kind::AuthorityOr(_)
        | Kind::PostOrAuthority => None,
    }
}

/// Writes a cell so that it reads back as the same quantity, date or text.
fn write_cell(sheet: &mut Worksheet, row: u32, column: u16, kind: Kind, cell: &str) -> Result<(), XlsxError> {
    if cell.is_empty() {
        return Ok(());
    }
    let format = format_of(kind);
    let is_figure = decimals(kind).is_some_and(|places| read_decimal(cell, places).is_ok());
    if is_figure && let Ok(number) = cell.parse::<f64>() {
        sheet.write_number_with_format(row, column, number, &format)?;
    } else if kind == Kind::Date
        && let Some(date) = iso_date(cell)
    {
        sheet.write_datetime_with_format(row, column, &date, &format)?;
    } else {
        sheet.write_string_with_format(row, column, cell, &format)?;
    }
    Ok(())
}

/// A date that Excel and the contract agree on: after 1900, whose leap day Excel makes up.
fn iso_date(text: &str) -> Option<ExcelDateTime> {
    let digits = |range: std::ops::Range<usize>| -> Option<u16> {
        let part = text.get(range)?;
        part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse().ok())?
    };
    let dashes = text.len() == 10 && text.get(4..5) == Some("-") && text.get(7..8) == Some("-");
    let (year, month, day) = (digits(0..4)?, digits(5..7)?, digits(8..10)?);
    let small = |n: u16| u8::try_from(n).ok();
    (dashes && year > 1900).then(|| ExcelDateTime::from_ymd(year, small(month)?, small(day)?).ok())?
}

fn row_number(row: usize) -> Result<u32, XlsxError> {
    u32::try_from(row).map_err(|_| XlsxError::RowColumnLimitError)
}

fn column_number(column: usize) -> Result<u16, XlsxError> {
    u16::try_from(column).map_err(|_| XlsxError::RowColumnLimitError)
}
