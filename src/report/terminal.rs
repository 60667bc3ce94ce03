//! What `demerge solve` prints: the same sections as the page, as plain text of a given width.

use comfy_table::{CellAlignment, ContentArrangement, LineStyle, TableStyle};

use crate::case::Case;
use crate::case::scenario::Scenario;
use crate::certify::Certified;
use crate::diagnostic::Diagnostic;
use crate::report::page::{Block, ColumnKind, Page, Table};
use crate::report::sections::{View, screen};
use crate::study::summary::Summary;

/// The narrowest text that is still set; a narrower terminal gets lines of this width.
const NARROWEST: usize = 40;

/// An answer as plain text, `width` columns wide, without colours, ending with a line feed.
pub fn render(
    case: &Case,
    scenario: &Scenario,
    certified: &Certified,
    summary: &Summary,
    diagnostics: &[Diagnostic],
    width: usize,
) -> String {
    write_text(&screen(&View { case, scenario, certified, summary, diagnostics }), width)
}

/// A page as plain text, `width` columns wide.
pub fn write_text(page: &Page, width: usize) -> String {
    let width = width.max(NARROWEST);
    let mut out = heading(&page.title, '=');
    if !page.lead.is_empty() {
        out.push_str(&wrapped(&page.lead, "", width));
    }
    for section in &page.sections {
        out.push('\n');
        out.push_str(&heading(&section.title, '-'));
        // A drawing has nothing to say in text: the table beside it has the same figures.
        let blocks: Vec<&Block> = section.blocks.iter().filter(|it| it.drawing().is_none()).collect();
        for (i, block) in blocks.iter().enumerate() {
            if i > 0 && stands_apart(blocks[i - 1], block) {
                out.push('\n');
            }
            out.push_str(&block_text(block, width));
        }
    }
    out
}

/// Whether an empty line parts two blocks: a source belongs to its table, a list to the sentences around it.
fn stands_apart(before: &Block, block: &Block) -> bool {
    let is_set_off = |block: &Block| match block {
        Block::Table(_) | Block::Definitions(_) | Block::Warning(_) | Block::Note(_) => true,
        Block::Heading(_) | Block::Paragraph(_) | Block::List(_) | Block::Source(_) | Block::Drawing(_) => false,
    };
    match (before, block) {
        (_, Block::Source(_)) => false,
        (Block::Source(_), _) => true,
        (before, block) => is_set_off(before) || is_set_off(block),
    }
}

fn heading(title: &str, under: char) -> String {
    let line: String = title.chars().map(|_| under).collect();
    format!("{title}\n{line}\n")
}

fn block_text(block: &Block, width: usize) -> String {
    match block {
        Block::Heading(text) => format!("{text}\n"),
        Block::Paragraph(text) | Block::Source(text) => wrapped(text, "", width),
        Block::List(items) => items.iter().map(|item| wrapped(item, "- ", width)).collect(),
        Block::Table(table) => table_text(table, width),
        Block::Warning(text) => wrapped(text, "! ", width),
        Block::Note(text) => wrapped(text, "Note: ", width),
        Block::Definitions(rows) => definitions(rows, width),
        Block::Drawing(_) => String::new(),
    }
}

/// Words set into lines; the lines after the first stand under the first word, not under the mark.
fn wrapped(text: &str, mark: &str, width: usize) -> String {
    let indent = " ".repeat(mark.chars().count());
    let mut out = String::new();
    let mut line = mark.to_owned();
    let mut used = mark.chars().count();
    let mut fresh = true;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let length = word.chars().count();
        if !fresh && used + 1 + length > width {
            out.push_str(line.trim_end());
            out.push('\n');
            line.clone_from(&indent);
            used = indent.len();
            fresh = true;
        }
        if !fresh {
            line.push(' ');
            used += 1;
        }
        line.push_str(word);
        used += length;
        fresh = false;
    }
    out.push_str(line.trim_end());
    out.push('\n');
    out
}

fn definitions(rows: &[(String, String)], width: usize) -> String {
    let longest = rows.iter().map(|(term, _)| term.chars().count()).max().unwrap_or(0);
    let line = |(term, text): &(String, String)| {
        let pad = " ".repeat(longest - term.chars().count());
        wrapped(text, &format!("  {term}{pad}  "), width)
    };
    rows.iter().map(line).collect()
}

fn table_text(table: &Table, width: usize) -> String {
    let mut grid = comfy_table::Table::new();
    let rules = LineStyle::none().fill('-').junction('-');
    grid.load_style(TableStyle::new().header_separator(rules));
    grid.set_content_arrangement(ContentArrangement::Dynamic);
    grid.set_width(u16::try_from(width).unwrap_or(u16::MAX));
    grid.set_header(table.columns.iter().map(|column| column.heading.as_ref()));
    grid.add_rows(table.rows.iter().map(|row| row.iter().map(|cell| cell.replace("; ", ";\n"))));
    for (column, shape) in grid.column_iter_mut().zip(&table.columns) {
        column.set_padding((0, 2));
        match shape.kind {
            ColumnKind::Text => {}
            ColumnKind::Figures => column.set_cell_alignment(CellAlignment::Right),
        }
    }
    let mut out = wrapped(&table.caption, "", width);
    for line in grid.lines() {
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::wrapped;

    #[test]
    fn lines_break_between_words_and_stand_under_the_first() {
        assert_eq!(wrapped("one two three", "- ", 9), "- one two\n  three\n");
        assert_eq!(wrapped("unbreakable word", "", 5), "unbreakable\nword\n");
        assert_eq!(wrapped("", "", 5), "\n");
    }
}
