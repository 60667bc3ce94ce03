//! A table as strips: caption, heading rows that come again on each page, and rows that are not split.

use crate::report::page::{ColumnKind, Table};
use crate::report::pdf::columns::{Fit, PAD, fit, styles};
use crate::report::pdf::flow::Flow;
use crate::report::pdf::measure::{BLACK, CAPTION, LINE, POINT, Style};
use crate::report::pdf::strip::{Hold, Mark, Sheet, Side, Stand, Strip, Words, heights, tall};
use crate::report::pdf::tags::{Role, Tag};

/// Above and below the text of a cell.
const AIR: i64 = 3 * POINT;
/// A table with at most so many rows is not divided between pages.
const SHORT: usize = 10;

/// Writes a table below what stands there; the last row holds on to what follows as `last` says.
pub(super) fn table(flow: &mut Flow<'_>, parent: Tag, table: &Table, last: Hold) {
    let tag = flow.tags.add(parent, Role::Table);
    let fit = fit(table);
    let caption = flow.captions.table(&table.caption);
    let caption_tag = flow.tags.add(tag, Role::Caption);
    let mut caption_strip = captioned(&caption, &fit, Some(caption_tag));
    caption_strip.before = 12 * POINT;
    let heading = heading(flow, tag, table, &fit);
    let again = flow.headings.len();
    flow.headings.push(vec![captioned(&format!("{caption} (continued)"), &fit, None), heading.clone()]);
    let mut strips = vec![caption_strip, heading];
    let rows_tag = if table.rows.is_empty() { tag } else { flow.tags.add(tag, Role::Rows) };
    for (position, row) in table.rows.iter().enumerate() {
        let row_tag = flow.tags.add(rows_tag, Role::Row);
        let left = table.rows.len() - position;
        let hold = match left {
            1 => last,
            2 => Hold::WithNext,
            _ if position == 0 => Hold::WithNext,
            _ if table.rows.len() <= SHORT => Hold::WithNext,
            _ => Hold::Free,
        };
        let mut of_row = body_row(flow, row_tag, table, row, &fit);
        of_row.iter_mut().for_each(|strip| strip.repeats = Some(again));
        if let Some(end) = of_row.last_mut() {
            end.hold = hold;
        }
        strips.extend(of_row);
    }
    let stand = if fit.sheet == Sheet::Portrait { Stand::InOrder } else { Stand::Floating };
    for strip in &mut strips {
        (strip.sheet, strip.stand) = (fit.sheet, stand);
    }
    flow.strips.extend(strips);
}

fn captioned(caption: &str, fit: &Fit, tag: Option<Tag>) -> Strip {
    let lines = CAPTION.lines(caption, fit.sheet.width());
    let mut strip = Strip::new(0, tall(lines.len(), CAPTION.leading) + 3 * POINT);
    for (line, top) in lines.iter().zip(heights(0, CAPTION.leading)) {
        strip.text((0, top), CAPTION, line, tag);
    }
    strip.sheet = fit.sheet;
    strip.hold = Hold::WithNext;
    strip
}

/// The heading row: words stand at its foot, above a black line.
fn heading(flow: &mut Flow<'_>, table_tag: Tag, table: &Table, fit: &Fit) -> Strip {
    let head = flow.tags.add(table_tag, Role::Head);
    let row = flow.tags.add(head, Role::Row);
    let (bold, _) = styles(fit);
    let columns = table.columns.iter().zip(&fit.widths);
    let cells: Vec<Vec<String>> = columns.map(|(column, width)| bold.lines(&column.heading, width - 2 * PAD)).collect();
    let most = cells.iter().map(Vec::len).max().unwrap_or(1);
    let height = tall(most, bold.leading) + 2 * AIR;
    let mut strip = Strip::new(0, height);
    let mut x = 0;
    for ((lines, column), width) in cells.iter().zip(&table.columns).zip(&fit.widths) {
        let tag = flow.tags.add(row, Role::ColumnHeading);
        let top = AIR + tall(most - lines.len(), bold.leading);
        put(&mut strip, lines, (x, top), *width, column.kind, bold, tag);
        x += width;
    }
    strip.area((0, height - POINT), (x, POINT), BLACK);
    strip.hold = Hold::WithNext;
    strip.sheet = fit.sheet;
    strip
}

/// A row of the body; only one that is taller than a page has more than one strip.
fn body_row(flow: &mut Flow<'_>, row_tag: Tag, table: &Table, row: &[String], fit: &Fit) -> Vec<Strip> {
    let (bold, plain) = styles(fit);
    let mut cells = Vec::new();
    for (at, ((text, column), width)) in row.iter().zip(&table.columns).zip(&fit.widths).enumerate() {
        let (role, style) = if at == 0 { (Role::RowHeading, bold) } else { (Role::Cell, plain) };
        let tag = flow.tags.add(row_tag, role);
        cells.push((tag, style, column.kind, *width, style.lines(text, width - 2 * PAD)));
    }
    let lines = cells.iter().map(|cell| cell.4.len()).max().unwrap_or(1);
    let room = usize::try_from(fit.sheet.height() * 3 / 4 / plain.leading).unwrap_or(1).max(1);
    let mut strips = Vec::new();
    for first in (0..lines).step_by(room) {
        let here = room.min(lines - first);
        let mut strip = Strip::new(0, tall(here, plain.leading) + 2 * AIR);
        let mut x = 0;
        for (tag, style, kind, width, all) in &cells {
            let part: Vec<String> = all.iter().skip(first).take(room).cloned().collect();
            put(&mut strip, &part, (x, AIR), *width, *kind, *style, *tag);
            x += width;
        }
        if first + here == lines {
            let foot = strip.height - POINT / 2;
            strip.area((0, foot), (x, POINT / 2), LINE);
        }
        strips.push(strip);
    }
    strips
}

/// The lines of a cell, from the left or, figures, from the right.
fn put(strip: &mut Strip, lines: &[String], at: (i64, i64), width: i64, kind: ColumnKind, style: Style, tag: Tag) {
    let (x, side) = match kind {
        ColumnKind::Text => (at.0 + PAD, Side::Left),
        ColumnKind::Figures => (at.0 + width - PAD, Side::Right),
    };
    for (line, top) in lines.iter().zip(heights(at.1, style.leading)) {
        let words = Words::Fixed(line.clone());
        strip.marks.push(Mark::Text { at: (x, top + style.baseline()), side, style, words, tag: Some(tag) });
    }
}
