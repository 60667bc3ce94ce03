//! Cells as they stand in a file or a sheet, with their places; no meaning yet.
//!
//! Only cells that hold something are kept, so a stray cell in the last row of a sheet costs nothing.

use crate::diagnostic::Place;
use crate::load::fault::Spot;

/// Most rows that a table may have: as many as a sheet.
pub(super) const MAX_ROWS: usize = 1_048_576;
/// Longest cell in characters: as long as Excel's.
pub(super) const MAX_CELL: usize = 32_767;

/// Where a grid comes from.
#[derive(Debug, Clone)]
pub(super) enum Source {
    /// A CSV file of this name.
    Csv(String),
    /// A sheet of this name.
    Sheet(String),
}

/// A row that holds something.
#[derive(Debug, Clone)]
pub(super) struct GridRow {
    /// Spreadsheet row, the first being 1.
    pub(super) number: u32,
    /// How many cells the file writes for it, blank ones included; `None` in a sheet.
    pub(super) width: Option<u32>,
    /// Trimmed text of the cells that are not blank, by column from nought.
    pub(super) cells: Vec<(u32, String)>,
}

impl GridRow {
    /// The text in a column, or nothing where the cell is blank.
    pub(super) fn text(&self, column: u32) -> &str {
        self.cells.binary_search_by_key(&column, |cell| cell.0).map_or("", |at| &self.cells[at].1)
    }
}

/// All the rows of one file or sheet.
#[derive(Debug, Clone)]
pub(super) struct Grid {
    /// Where it comes from.
    pub(super) source: Source,
    /// Its position in the order of reading.
    pub(super) order: u32,
    /// Rows that hold something, top to bottom.
    pub(super) rows: Vec<GridRow>,
}

impl Grid {
    /// The place of a cell, a row or the whole table.
    pub(super) fn spot(&self, row: Option<u32>, column: Option<u32>) -> Spot {
        let place = match &self.source {
            Source::Csv(file) => Place::Csv { file: file.clone(), row, column },
            Source::Sheet(sheet) => Place::Sheet { sheet: sheet.clone(), row, column },
        };
        let order = (self.order, row.unwrap_or(0), column.map_or(0, |column| column + 1));
        Spot { order, place, heading: None, subject: None }
    }

    /// The same file or sheet without its rows.
    pub(super) fn bare(&self) -> Self {
        Self { source: self.source.clone(), order: self.order, rows: Vec::new() }
    }

    /// The file or sheet, as a person calls it.
    pub(super) fn name(&self) -> String {
        match &self.source {
            Source::Csv(file) => file.clone(),
            Source::Sheet(sheet) => format!("sheet {sheet}"),
        }
    }
}

/// Without the white space around it, which includes non-breaking spaces and byte order marks.
pub(super) fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'))
}

/// A heading as the contract would spell it: lower case, underscores for spaces.
pub(super) fn plain_name(text: &str) -> String {
    text.to_lowercase().split(|c: char| c.is_whitespace() || c == '_' || c == '-').collect::<Vec<_>>().join("_")
}
