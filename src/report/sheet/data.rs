//! The sheet of one table: its title in A1, what is to be known about it, and the table with filters and a frozen heading.

use rust_xlsxwriter::{Color, Format, FormatAlign, Table, TableColumn, TableStyle, Url, Worksheet, XlsxError};

use crate::report::page::{Column, ColumnKind};
use crate::report::sheet::{Leaf, cell, chart, make_room, names, title_format};
use crate::report::shown::KEPT_BACK;

/// The row of headings; above it are title, remark, and the way back.
const HEADINGS: u32 = 3;

/// Columns are at most so wide, in letters; longer text goes over several lines.
const WIDEST: usize = 60;

/// Points that the title is high.
const TITLE: u32 = 22;
/// Letters that the button of a filter hides.
const BUTTON: usize = 4;

/// Writes it.
pub(super) fn write(sheet: &mut Worksheet, leaf: &Leaf<'_>) -> Result<(), XlsxError> {
    sheet.set_name(&leaf.sheet)?;
    sheet.write_string_with_format(0, 0, &leaf.title, &title_format())?;
    sheet.set_row_height(0, TITLE)?;
    sheet.write_string(1, 0, remark(leaf))?;
    let back = Url::new("internal:Contents!A1").set_text("Back to the contents");
    sheet.write_url(2, 0, back)?;
    let columns = &leaf.table.columns;
    let headings = names::columns(columns.iter().map(|column| column.heading.as_ref()));
    let widths: Vec<usize> = columns.iter().enumerate().map(|(index, column)| width(leaf, index, column)).collect();
    for (index, width) in widths.iter().enumerate() {
        sheet.set_column_width(number(index)?, u32::try_from(*width).expect("at most sixty"))?;
    }
    // The button of the filter hides the end of a heading's line.
    make_room(sheet, HEADINGS, headings.iter().map(String::as_str).zip(widths.iter().map(|width| width - BUTTON)))?;
    let rows = u32::try_from(leaf.table.rows.len()).map_err(|_| XlsxError::RowColumnLimitError)?;
    let last = number(columns.len().saturating_sub(1))?;
    if !columns.is_empty() {
        // A table of Excel has at least one row of data.
        let table = table(leaf, &headings);
        sheet.add_table(HEADINGS, 0, HEADINGS + rows.max(1), last, &table)?;
    }
    for (row, cells) in (HEADINGS + 1..).zip(&leaf.table.rows) {
        for (index, (text, column)) in cells.iter().zip(columns).enumerate() {
            cell::write(sheet, (row, number(index)?), text, column.kind)?;
        }
        make_room(sheet, row, cells.iter().map(String::as_str).zip(widths.iter().copied()))?;
    }
    if rows == 0 {
        sheet.write_string(HEADINGS + 1, 0, "No rows.")?;
    }
    sheet.set_freeze_panes(HEADINGS + 1, 1)?.set_repeat_rows(HEADINGS, HEADINGS)?;
    if let Some(chart) = chart::of(leaf, HEADINGS + 1) {
        sheet.insert_chart(HEADINGS, last + 2, &chart)?;
    }
    Ok(())
}

/// A longer remark would be cut off on the screen, and make the print small.
const LONGEST_REMARK: usize = 110;

/// Where the table belongs, and what stands below it in the document.
fn remark(leaf: &Leaf<'_>) -> String {
    let section = format!("Section: {}.", leaf.section.title);
    let is_suppressed = leaf.table.rows.iter().flatten().any(|cell| cell == KEPT_BACK);
    let suppressed = if is_suppressed { " [c]: kept back, so that nobody can be recognised." } else { "" };
    let mut after = String::new();
    for text in &leaf.after {
        after.push(' ');
        after.push_str(text);
        if !text.ends_with(['.', '!', '?']) {
            after.push('.');
        }
    }
    if section.len() + suppressed.len() + after.len() > LONGEST_REMARK {
        " More is said of it on the sheet Notes.".clone_into(&mut after);
    }
    section + suppressed + &after
}

fn table(leaf: &Leaf<'_>, headings: &[String]) -> Table {
    let look = Format::new().set_bold().set_font_color(Color::White).set_background_color(Color::RGB(0x001F_4E79));
    let look = look.set_text_wrap().set_align(FormatAlign::Top);
    let aligned = |column: &Column| match column.kind {
        ColumnKind::Text => look.clone(),
        ColumnKind::Figures => look.clone().set_align(FormatAlign::Center),
    };
    let columns: Vec<TableColumn> = headings
        .iter()
        .zip(&leaf.table.columns)
        .map(|(heading, column)| TableColumn::new().set_header(heading).set_header_format(aligned(column)))
        .collect();
    Table::new()
        .set_name(format!("Table_{}", leaf.number))
        .set_style(TableStyle::Light9)
        .set_first_column(true)
        .set_alt_text(&leaf.title)
        .set_columns(&columns)
}

/// Room for the heading with its filter button and for the longest line, within reason.
fn width(leaf: &Leaf<'_>, index: usize, column: &Column) -> usize {
    let cells = leaf.table.rows.iter().filter_map(|row| row.get(index));
    let longest = cells.flat_map(|cell| cell.lines()).map(|line| line.chars().count()).max().unwrap_or(0);
    // Money is shown with its pence, which print may leave out.
    let longest = match column.kind {
        ColumnKind::Text => longest,
        ColumnKind::Figures => longest + 3,
    };
    let heading = column.heading.chars().count().min(24) + BUTTON;
    longest.max(heading).clamp(10, WIDEST)
}

fn number(column: usize) -> Result<u16, XlsxError> {
    u16::try_from(column).map_err(|_| XlsxError::RowColumnLimitError)
}
