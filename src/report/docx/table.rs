//! A table of Word: its heading row again on every page, no row across two pages, a name for screen readers.
//!
//! The order of the properties is the schema's (`CT_TblPr`, `CT_TrPr`, `CT_TcPr`).

use std::cmp::Ordering;

use crate::report::docx::ink::{Ink, Keep};
use crate::report::docx::styles::Style;
use crate::report::docx::widths::{Letters, fit};
use crate::report::page::{Column, ColumnKind, Table};

/// A table of so few rows stays on one page.
const SHORT: usize = 12;

/// Writes a table in this much room; its caption is the text above it, and `foot` how its last row stands to what follows.
pub(super) fn write(ink: &mut Ink<'_>, table: &Table, caption: &str, room: u32, foot: Keep) {
    let (letters, widths) = fit(table, room);
    let whole: u32 = widths.iter().sum();
    let layout = Layout { table, letters, widths: widths.iter().map(u32::to_string).collect() };
    ink.within("w:tbl", &[], |ink| {
        ink.within("w:tblPr", &[], |ink| {
            let style = ink.name(Style::Table);
            ink.empty("w:tblStyle", &[("w:val", &style)]);
            ink.empty("w:tblW", &[("w:w", &whole.to_string()), ("w:type", "dxa")]);
            ink.empty("w:tblLayout", &[("w:type", "fixed")]);
            ink.empty("w:tblLook", LOOK);
            ink.empty("w:tblCaption", &[("w:val", caption)]);
        });
        ink.within("w:tblGrid", &[], |ink| {
            layout.widths.iter().for_each(|width| ink.empty("w:gridCol", &[("w:w", width)]));
        });
        layout.heading(ink);
        let last = table.rows.len().saturating_sub(1);
        for (index, row) in table.rows.iter().enumerate() {
            let keep = match index.cmp(&last) {
                Ordering::Less if last < SHORT => Keep::WithNext,
                Ordering::Less => Keep::AsStyle,
                Ordering::Equal | Ordering::Greater => foot,
            };
            layout.row(ink, row, keep);
        }
    });
}

/// The first row and the first column name the others.
const LOOK: &[(&str, &str)] = &[
    ("w:val", "06A0"),
    ("w:firstRow", "1"),
    ("w:lastRow", "0"),
    ("w:firstColumn", "1"),
    ("w:lastColumn", "0"),
    ("w:noHBand", "1"),
    ("w:noVBand", "1"),
];

struct Layout<'a> {
    table: &'a Table,
    letters: Letters,
    widths: Vec<String>,
}

impl Layout<'_> {
    /// A heading row is never alone at the foot of a page.
    fn heading(&self, ink: &mut Ink<'_>) {
        ink.within("w:tr", &[], |ink| {
            ink.within("w:trPr", &[], |ink| {
                ink.empty("w:cantSplit", &[]);
                ink.empty("w:tblHeader", &[]);
            });
            for (column, width) in self.table.columns.iter().zip(&self.widths) {
                self.cell(ink, column, width, &column.heading, Keep::WithNext);
            }
        });
    }

    fn row(&self, ink: &mut Ink<'_>, row: &[String], keep: Keep) {
        ink.within("w:tr", &[], |ink| {
            ink.within("w:trPr", &[], |ink| ink.empty("w:cantSplit", &[]));
            for (index, (column, width)) in self.table.columns.iter().zip(&self.widths).enumerate() {
                self.cell(ink, column, width, row.get(index).map_or("", String::as_str), keep);
            }
        });
    }

    fn cell(&self, ink: &mut Ink<'_>, column: &Column, width: &str, text: &str, keep: Keep) {
        let style = match (column.kind, self.letters) {
            (ColumnKind::Text, Letters::Usual) => Style::TableText,
            (ColumnKind::Text, Letters::Small) => Style::SmallText,
            (ColumnKind::Figures, Letters::Usual) => Style::TableFigures,
            (ColumnKind::Figures, Letters::Small) => Style::SmallFigures,
        };
        ink.within("w:tc", &[], |ink| {
            ink.within("w:tcPr", &[], |ink| ink.empty("w:tcW", &[("w:w", width), ("w:type", "dxa")]));
            ink.paragraph(style, keep, |ink| ink.run(text));
        });
    }
}
