//! A document as a workbook (`.xlsx`): a cover, contents, notes, and one sheet for each of its tables.
//!
//! Figures are numbers, so that they can be sorted and added; what is suppressed is the text `[c]`, and no formula reaches
//! over it. Nothing is hidden, and every time stamp is the day of the document.

mod cell;
mod chart;
mod cover;
mod data;
mod names;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use crate::report::captions::Captions;
use crate::report::document::{Audience, Document};
use crate::report::page::{Block, Section, Table};
use crate::report::svg::Drawing;

/// Why there is no workbook.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A table cannot be a sheet of Excel: over a million rows, or a cell of over 32,767 characters.
    #[error("the workbook cannot be written: {0}")]
    Excel(#[from] XlsxError),
}

/// The document as a workbook.
///
/// - Same document, same bytes.
///
/// # Errors
/// [`Error::Excel`] where a table is beyond Excel.
pub fn write_xlsx(document: &Document) -> Result<Vec<u8>, Error> {
    let leaves = leaves(document);
    let mut book = Workbook::new();
    book.set_properties(&properties(document)?);
    let cover = book.add_worksheet();
    cover::write_cover(cover, document, &leaves)?;
    paged(cover, document)?;
    let contents = book.add_worksheet();
    cover::write_contents(contents, &leaves)?;
    paged(contents, document)?;
    let notes = book.add_worksheet();
    cover::write_notes(notes, document)?;
    paged(notes, document)?;
    for leaf in &leaves {
        let sheet = book.add_worksheet();
        data::write(sheet, leaf)?;
        paged(sheet, document)?;
    }
    Ok(book.save_to_buffer()?)
}

/// A table with what stands around it, and the name of its sheet.
struct Leaf<'a> {
    number: u32,
    title: String,
    sheet: String,
    section: &'a Section,
    table: &'a Table,
    /// The drawing right before it.
    drawing: Option<&'a Drawing>,
    /// Sources and notes right after it.
    after: Vec<&'a str>,
}

/// Every table in the order of the document.
fn leaves(document: &Document) -> Vec<Leaf<'_>> {
    let mut leaves: Vec<Leaf<'_>> = Vec::new();
    let mut captions = Captions::default();
    for section in &document.page.sections {
        for (index, block) in section.blocks.iter().enumerate() {
            let Block::Table(table) = block else { continue };
            let number = u32::try_from(leaves.len()).expect("as many as a page holds") + 1;
            let before = index.checked_sub(1).map(|before| &section.blocks[before]);
            leaves.push(Leaf {
                number,
                title: captions.table(&table.caption),
                sheet: names::sheet(number, &table.caption),
                section,
                table,
                drawing: before.and_then(Block::drawing),
                after: section.blocks[index + 1..].iter().map_while(remark).map(|(_, text)| text).collect(),
            });
        }
    }
    leaves
}

/// What a remark is, and what it says.
fn remark(block: &Block) -> Option<(&'static str, &str)> {
    match block {
        Block::Warning(text) => Some(("Warning", text)),
        Block::Note(text) => Some(("Note", text)),
        Block::Source(text) => Some(("Source", text)),
        Block::Heading(_)
        | Block::Paragraph(_)
        | Block::List(_)
        | Block::Table(_)
        | Block::Definitions(_)
        | Block::Drawing(_) => None,
    }
}

/// Title, organisation and day; nothing of a person or a machine.
fn properties(document: &Document) -> Result<DocProperties, XlsxError> {
    let date = document.date;
    let small = |number: i8| u8::try_from(number).unwrap_or(1);
    // Excel has no day before 1900.
    let year = u16::try_from(date.year()).unwrap_or(0).max(1900);
    Ok(DocProperties::new()
        .set_title(document.page.title.as_str())
        .set_author(document.organisation.as_str())
        .set_creation_datetime(&ExcelDateTime::from_ymd(year, small(date.month()), small(date.day()))?))
}

/// A4 across, as wide as a page, with marking, draft and day at the foot of each page.
fn paged(sheet: &mut Worksheet, document: &Document) -> Result<(), XlsxError> {
    let marking = document.audience.marking().replace('&', "&&");
    sheet.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0);
    sheet.set_footer(format!("&L{}&RPage &P of &N", document.footer().replace('&', "&&")));
    match document.audience {
        Audience::Public => {}
        Audience::Exempt | Audience::Personal => {
            sheet.set_header(format!("&C&\"Arial,Bold\"{marking}"));
        }
    }
    Ok(())
}

/// Text that goes over several lines.
fn wrapped() -> Format {
    Format::new().set_text_wrap().set_align(FormatAlign::Top)
}

/// What stands in A1.
fn title_format() -> Format {
    Format::new().set_bold().set_font_size(16)
}

/// Points that a line of text is high.
const LINE: u32 = 15;

/// Makes a row as high as its texts, each with the width of its column in letters: not every office program does.
fn make_room<'a>(
    sheet: &mut Worksheet,
    row: u32,
    cells: impl IntoIterator<Item = (&'a str, usize)>,
) -> Result<(), XlsxError> {
    let lines = |(text, width): (&str, usize)| {
        text.lines().map(|line| line.chars().count().div_ceil(width.max(1)).max(1)).sum::<usize>()
    };
    let most = cells.into_iter().map(lines).max().unwrap_or(1);
    // No row of Excel is higher than 409 points.
    let lines = u32::try_from(most).unwrap_or(u32::MAX).min(409 / LINE);
    if lines > 1 {
        sheet.set_row_height(row, lines * LINE)?;
    }
    Ok(())
}
