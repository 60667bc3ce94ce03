//! The sheets before the tables: what the workbook is, what is in it, and every remark of the document.

use rust_xlsxwriter::{Format, Url, Worksheet, XlsxError};

use crate::report::document::{Audience, Document};
use crate::report::page::Block;
use crate::report::sheet::{Leaf, make_room, remark, title_format, wrapped};
use crate::report::shown::KEPT_BACK;

const HOW_TO_READ: &str = "Each table of the document is on a sheet of its own, with its title in cell A1. The sheet Contents \
                           links to them; the sheet Notes has every note, warning and source of the document. Figures are \
                           numbers; ids are text. Nothing is hidden.";

const SUPPRESSION: &str = "[c] stands for a figure that is too small to be shown without telling on somebody, or from which \
                           such a figure could be worked out. It is text, so that no sum counts it as nought; so are ranges such as 1 to 4 and rounded \
                           figures such as about 35, which stand where the figure itself would tell of too few.";

/// Writes the first sheet.
pub(super) fn write_cover(sheet: &mut Worksheet, document: &Document, leaves: &[Leaf<'_>]) -> Result<(), XlsxError> {
    sheet.set_name("Cover")?;
    sheet.set_column_width(0, 20)?.set_column_width(1, 90)?;
    sheet.write_string_with_format(0, 0, &document.page.title, &title_format())?;
    sheet.write_string(1, 0, &document.page.lead)?;
    let draft = document.draft.to_string();
    let day = document.day();
    let mut rows = vec![
        ("Marking", document.audience.marking()),
        ("Draft", &draft),
        ("Date", &day),
        ("Put forward by", &document.organisation),
        ("How to read it", HOW_TO_READ),
    ];
    let cells = leaves.iter().flat_map(|leaf| leaf.table.rows.iter().flatten());
    if document.audience == Audience::Public || cells.into_iter().any(|cell| cell.contains(KEPT_BACK)) {
        rows.push((KEPT_BACK, SUPPRESSION));
    }
    let closing = document.closing();
    rows.push(("Made by", &closing));
    for (row, (term, text)) in (3..).zip(rows) {
        sheet.write_string_with_format(row, 0, term, &wrapped().set_bold())?;
        sheet.write_string_with_format(row, 1, text, &wrapped())?;
        make_room(sheet, row, [(text, 90)])?;
    }
    Ok(())
}

/// Writes the sheet of links.
pub(super) fn write_contents(sheet: &mut Worksheet, leaves: &[Leaf<'_>]) -> Result<(), XlsxError> {
    sheet.set_name("Contents")?;
    sheet.set_column_width(0, 60)?.set_column_width(1, 50)?.set_column_width(2, 10)?;
    sheet.write_string_with_format(0, 0, "Contents", &title_format())?;
    head(sheet, 2, &["Table", "Section", "Rows"])?;
    for (row, leaf) in (3..).zip(leaves) {
        let link = format!("internal:'{}'!A1", leaf.sheet);
        sheet.write_url(row, 0, Url::new(link).set_text(&leaf.title))?;
        sheet.write_string_with_format(row, 1, &leaf.section.title, &wrapped())?;
        let rows = u32::try_from(leaf.table.rows.len()).map_err(|_| XlsxError::RowColumnLimitError)?;
        sheet.write_number(row, 2, rows)?;
    }
    sheet.set_freeze_panes(3, 0)?.set_repeat_rows(2, 2)?;
    Ok(())
}

/// Writes the sheet of remarks.
pub(super) fn write_notes(sheet: &mut Worksheet, document: &Document) -> Result<(), XlsxError> {
    sheet.set_name("Notes")?;
    sheet.set_column_width(0, 32)?.set_column_width(1, 12)?.set_column_width(2, 100)?;
    sheet.write_string_with_format(0, 0, "Notes, warnings and sources", &title_format())?;
    head(sheet, 2, &["Section", "Kind", "Text"])?;
    let sections = &document.page.sections;
    let remarks = sections.iter().flat_map(|section| {
        section
            .blocks
            .iter()
            .filter_map(move |block: &Block| remark(block).map(|(kind, text)| [section.title.as_str(), kind, text]))
    });
    let mut row = 3;
    for cells in remarks {
        for (column, cell) in (0..).zip(cells) {
            sheet.write_string_with_format(row, column, cell, &wrapped())?;
        }
        make_room(sheet, row, cells.into_iter().zip([32, 12, 100]))?;
        row += 1;
    }
    if row == 3 {
        sheet.write_string(3, 0, "The document has none.")?;
    }
    sheet.set_freeze_panes(3, 0)?.set_repeat_rows(2, 2)?;
    Ok(())
}

fn head(sheet: &mut Worksheet, row: u32, headings: &[&str]) -> Result<(), XlsxError> {
    let look = Format::new().set_bold().set_border_bottom(rust_xlsxwriter::FormatBorder::Medium);
    for (column, heading) in (0..).zip(headings) {
        sheet.write_string_with_format(row, column, *heading, &look)?;
    }
    Ok(())
}
