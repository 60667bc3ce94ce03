//! What is wrong with an input, and where: the words of `demerge check`.
//!
//! A diagnostic points at a cell that the person can open, says what was found there, why it matters and what to do.
//! All of them are collected before any is shown. Which codes exist is `load`'s business (`docs/ERRORS.md`).

use std::fmt;

/// Where something stands in the user's own files.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// A cell, row or column of a CSV file: `people.csv row 14 column F`.
    Csv {
        /// File name.
        file: String,
        /// Spreadsheet row, the header being 1.
        row: Option<u32>,
        /// Column, counted from nought.
        column: Option<u32>,
    },
    /// A cell, row or column of a workbook sheet: `People!F14`.
    Sheet {
        /// Sheet name.
        sheet: String,
        /// Row, the header being 1.
        row: Option<u32>,
        /// Column, counted from nought.
        column: Option<u32>,
    },
    /// A line of a scenario file: `scenarios/S1.toml line 4 column 7`.
    Line {
        /// File name.
        file: String,
        /// Line, counted from 1.
        line: u32,
        /// Column in characters, counted from 1.
        column: u32,
    },
    /// A file, folder or workbook as a whole.
    Whole(String),
}

/// Whether a fault stops the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is solved until it is put right.
    Error,
    /// The run goes on; the output says it.
    Warning,
    /// For information.
    Notice,
}

/// One fault in the input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable code, such as `L103`; each has a section in `docs/ERRORS.md`.
    pub code: &'static str,
    /// Whether it stops the run.
    pub severity: Severity,
    /// The cell or file.
    pub place: Place,
    /// Heading of the column, where there is one.
    pub heading: Option<String>,
    /// Key of the row, such as `person P05`, where there is one.
    pub subject: Option<String>,
    /// One line that says what is wrong.
    pub title: String,
    /// The text that was found, where there is any.
    pub found: Option<String>,
    /// Why it matters.
    pub why: String,
    /// What to do about it.
    pub action: String,
}

/// The letters of a spreadsheet column, counted from nought: 0 is `A`, 26 is `AA`.
pub fn column_letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = u64::from(column) + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(b'A' + u8::try_from(rest % 26).expect("a remainder below 26"));
        rest /= 26;
    }
    letters.iter().rev().map(|&b| char::from(b)).collect()
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Csv { file, row, column } => {
                f.write_str(file)?;
                if let Some(row) = row {
                    write!(f, " row {row}")?;
                }
                if let Some(column) = column {
                    write!(f, " column {}", column_letters(*column))?;
                }
                Ok(())
            }
            Place::Sheet { sheet, row: Some(row), column: Some(column) } => {
                write!(f, "{sheet}!{}{row}", column_letters(*column))
            }
            Place::Sheet { sheet, row: Some(row), column: None } => write!(f, "{sheet}!{row}:{row}"),
            Place::Sheet { sheet, row: None, column: Some(column) } => {
                write!(f, "{sheet}!{0}:{0}", column_letters(*column))
            }
            Place::Sheet { sheet, row: None, column: None } => write!(f, "sheet {sheet}"),
            Place::Line { file, line, column } => write!(f, "{file} line {line} column {column}"),
            Place::Whole(name) => f.write_str(name),
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Notice => "notice",
        })
    }
}

impl fmt::Display for Diagnostic {
    /// The whole block, several lines, no line feed at the end.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}[{}]: {}", self.severity, self.code, self.title)?;
        write!(f, "  --> {}", self.place)?;
        if let Some(heading) = &self.heading {
            write!(f, " \"{heading}\"")?;
        }
        if let Some(subject) = &self.subject {
            write!(f, "      ({subject})")?;
        }
        if let Some(found) = &self.found {
            write!(f, "\n   |  {found}")?;
        }
        write!(f, "\n   = {}\n   = do: {}", self.why, self.action)
    }
}

#[cfg(test)]
mod tests {
    use super::{Place, column_letters};

    #[test]
    fn columns_are_named_as_in_a_spreadsheet() {
        assert_eq!([0, 25, 26, 701, 702, 16_383].map(column_letters), ["A", "Z", "AA", "ZZ", "AAA", "XFD"]);
    }

    #[test]
    fn places_can_be_typed_into_a_go_to_box() {
        let cell = Place::Sheet { sheet: "People".into(), row: Some(14), column: Some(5) };
        assert_eq!(cell.to_string(), "People!F14");
        let cell = Place::Csv { file: "people.csv".into(), row: Some(14), column: Some(5) };
        assert_eq!(cell.to_string(), "people.csv row 14 column F");
    }
}
