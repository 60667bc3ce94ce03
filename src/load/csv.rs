//! Bytes of a CSV file to a grid.
//!
//! The cells are cut here, not by the `csv` crate, because every fault must name the row that a spreadsheet shows:
//! that crate's line numbers are wrong on CRLF files and after blank lines (rust-csv issues 395 and 208), it does not
//! say where a quotation mark was left open, and it stops at the first byte that is not UTF-8. A test holds that the
//! cells are those of the crate. A quoted cell with line feeds is one row, and a blank line is a row too.

use crate::load::codes::Code;
use crate::load::fault::Faults;
use crate::load::grid::{Grid, GridRow, MAX_ROWS, Source, trimmed};

/// Reads a CSV file; `None` where nothing in it can be used.
pub(super) fn read(file: &str, order: u32, bytes: &[u8], faults: &mut Faults) -> Option<Grid> {
    let mut grid = Grid { source: Source::Csv(file.to_owned()), order, rows: Vec::new() };
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        let why = "the file is UTF-16 (Excel calls it Unicode Text), where every character takes two bytes";
        let action = "in Excel choose Save As and the type \"CSV UTF-8 (Comma delimited)\"";
        faults.add(Code::NotUtf8, grid.spot(None, None), "", why, action);
        return None;
    }
    let mut cutter = Cutter::new(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes));
    let mut oddities = Oddities::default();
    let mut number = 0;
    while let Some(cells) = cutter.row() {
        number += 1;
        if cells.len() == 1 && cells[0].is_empty() {
            continue;
        }
        if grid.rows.len() > MAX_ROWS {
            let why = format!("a table may have at most {MAX_ROWS} rows, as many as a spreadsheet");
            faults.add(Code::TooManyRows, grid.spot(Some(number), None), "", why, "check that this is the right file");
            return None;
        }
        let width = u32::try_from(cells.len()).ok();
        let texts = (0..).zip(cells).map(|(column, cell)| (column, oddities.text(number, column, cell)));
        let cells: Vec<_> = texts.filter(|(_, text)| !text.is_empty()).collect();
        if !cells.is_empty() || grid.rows.is_empty() {
            grid.rows.push(GridRow { number, width, cells });
        }
    }
    oddities.report(&grid, faults);
    if let Some((row, column)) = cutter.open_quote {
        let why = "everything after it is read as one cell, so rows are lost";
        let action = "close the quotation mark, or delete it; a quotation mark inside a quoted cell is written twice";
        faults.add(Code::OpenQuote, grid.spot(Some(row), Some(column)), "", why, action);
        return None;
    }
    Some(grid)
}

/// Cuts bytes into rows of cells.
#[derive(Debug)]
struct Cutter<'b> {
    bytes: &'b [u8],
    at: usize,
    row: u32,
    /// Row and column of the cell whose quotation mark is never closed.
    open_quote: Option<(u32, u32)>,
}

/// What the cutter is in the midst of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    CellStart,
    Plain,
    Quoted,
    QuoteInQuoted,
}

impl<'b> Cutter<'b> {
    fn new(bytes: &'b [u8]) -> Self {
        Self { bytes, at: 0, row: 0, open_quote: None }
    }

    /// The next row, blank lines included; `None` at the end of the file.
    fn row(&mut self) -> Option<Vec<Vec<u8>>> {
        if self.at >= self.bytes.len() {
            return None;
        }
        self.row += 1;
        let mut cells = Vec::new();
        let mut cell = Vec::new();
        let mut state = State::CellStart;
        while let Some(&byte) = self.bytes.get(self.at) {
            self.at += 1;
            state = match (state, byte) {
                (State::Quoted, b'"') => State::QuoteInQuoted,
                (State::QuoteInQuoted, b'"') => {
                    cell.push(byte);
                    State::Quoted
                }
                (State::Quoted, _) => {
                    cell.push(byte);
                    State::Quoted
                }
                (State::CellStart, b'"') => State::Quoted,
                (State::CellStart | State::Plain | State::QuoteInQuoted, b',') => {
                    cells.push(std::mem::take(&mut cell));
                    State::CellStart
                }
                (State::CellStart | State::Plain | State::QuoteInQuoted, b'\n' | b'\r') => {
                    if byte == b'\r' && self.bytes.get(self.at) == Some(&b'\n') {
                        self.at += 1;
                    }
                    cells.push(cell);
                    return Some(cells);
                }
                (State::CellStart | State::Plain | State::QuoteInQuoted, _) => {
                    cell.push(byte);
                    State::Plain
                }
            };
        }
        if state == State::Quoted {
            self.open_quote = Some((self.row, u32::try_from(cells.len()).unwrap_or(u32::MAX)));
        }
        cells.push(cell);
        Some(cells)
    }
}

/// Cells with bytes that no cell should have: how many of each, and the first.
#[derive(Debug, Default)]
struct Oddities {
    not_utf8: Option<Odd>,
    nul: Option<Odd>,
}

#[derive(Debug)]
struct Odd {
    row: u32,
    column: u32,
    text: String,
    count: u32,
}

impl Oddities {
    fn text(&mut self, row: u32, column: u32, cell: Vec<u8>) -> String {
        let text = match String::from_utf8(cell) {
            Ok(text) => text,
            Err(error) => {
                let text: String = error.into_bytes().iter().map(|&byte| windows_1252(byte)).collect();
                note(&mut self.not_utf8, row, column, &text);
                text
            }
        };
        if text.contains('\0') {
            note(&mut self.nul, row, column, &text);
        }
        trimmed(&text).to_owned()
    }

    fn report(self, grid: &Grid, faults: &mut Faults) {
        let found = |odd: &Odd| match odd.count {
            1 => odd.text.clone(),
            2 => format!("{} (and one more cell in this file)", odd.text),
            more => format!("{} (and {} more cells in this file)", odd.text, more - 1),
        };
        if let Some(odd) = self.not_utf8 {
            let why = "the file looks like Windows-1252, the older Windows character set, so letters and signs beyond \
                       plain English would be misread";
            let action = "in Excel choose Save As and the type \"CSV UTF-8 (Comma delimited)\"";
            faults.add(Code::NotUtf8, grid.spot(Some(odd.row), Some(odd.column)), found(&odd), why, action);
        }
        if let Some(odd) = self.nul {
            let why = "no spreadsheet writes such a byte: the file is damaged, or is not a CSV file at all";
            let action = "save the file again from the spreadsheet as CSV UTF-8";
            faults.add(Code::NulByte, grid.spot(Some(odd.row), Some(odd.column)), found(&odd), why, action);
        }
    }
}

fn note(slot: &mut Option<Odd>, row: u32, column: u32, text: &str) {
    match slot {
        Some(odd) => odd.count += 1,
        None => *slot = Some(Odd { row, column, text: text.chars().take(200).collect(), count: 1 }),
    }
}

/// The character of a byte in Windows-1252; the five unused bytes become the replacement character.
fn windows_1252(byte: u8) -> char {
    const UPPER: [char; 32] = [
        '€', '\u{fffd}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{fffd}', 'Ž', '\u{fffd}',
        '\u{fffd}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{fffd}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => UPPER[usize::from(byte - 0x80)],
        byte => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::Cutter;
    use proptest::prelude::{Strategy, prop, proptest};

    fn cut(bytes: &[u8]) -> Vec<Vec<Vec<u8>>> {
        let mut cutter = Cutter::new(bytes);
        std::iter::from_fn(|| cutter.row()).collect()
    }

    #[test]
    fn a_cell_with_line_feeds_is_one_row_and_a_blank_line_is_a_row() {
        let rows = cut(b"a,b\r\n\r\n\"1\n2\",x\rlast");
        assert_eq!(rows.len(), 4);
        assert_eq!(rows[2], [b"1\n2".to_vec(), b"x".to_vec()]);
    }

    proptest! {
        #[test]
        fn cells_are_those_of_the_csv_crate(text in csv_like()) {
            let ours: Vec<_> = cut(&text).into_iter().filter(|row| row.len() > 1 || !row[0].is_empty()).collect();
            let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(&text[..]);
            let theirs: Vec<Vec<Vec<u8>>> = reader
                .byte_records()
                .map(|row| row.expect("bytes in memory can be read").iter().map(<[u8]>::to_vec).collect())
                .filter(|row: &Vec<Vec<u8>>| row.len() > 1 || !row[0].is_empty())
                .collect();
            assert_eq!(ours, theirs);
        }
    }

    fn csv_like() -> impl Strategy<Value = Vec<u8>> {
        prop::collection::vec(prop::sample::select(b"ab,,\"\"\r\n\n \xff".to_vec()), 0..40)
    }
}
