//! Excel's own chart of a small table, where the document has a drawing right before it.
//!
//! A table with a suppressed figure has none: a chart keeps a copy of its numbers, and a gap would tell where they are.

use rust_xlsxwriter::{Chart, ChartDataLabel, ChartFormat, ChartSolidFill, Color};

use crate::report::page::ColumnKind;
use crate::report::sheet::Leaf;
use crate::report::typed::{Typed, typed};

/// Bars beyond these cannot be read.
const MOST_BARS: u32 = 40;

/// A bar chart, for a table of one column of names and one of figures, all of which are numbers.
pub(super) fn of(leaf: &Leaf<'_>, first: u32) -> Option<Chart> {
    let drawing = leaf.drawing?;
    let table = leaf.table;
    let kinds: Vec<ColumnKind> = table.columns.iter().map(|column| column.kind).collect();
    let is_number = |row: &Vec<String>| {
        row.get(1).is_some_and(|cell| match typed(cell, ColumnKind::Figures) {
            Typed::Text | Typed::Suppressed => false,
            Typed::Whole(_) | Typed::Decimal(..) | Typed::Money(_) | Typed::Percent(_) => true,
        })
    };
    let rows = u32::try_from(table.rows.len()).ok().filter(|rows| (1..=MOST_BARS).contains(rows))?;
    if kinds != [ColumnKind::Text, ColumnKind::Figures] || !table.rows.iter().all(is_number) {
        return None;
    }
    let (sheet, last) = (leaf.sheet.as_str(), first + rows - 1);
    let mut chart = Chart::new_bar();
    let mut look = ChartFormat::new();
    look.set_solid_fill(ChartSolidFill::new().set_color(Color::RGB(0x001F_4E79)));
    chart
        .add_series()
        .set_name(table.columns[1].heading.as_ref())
        .set_categories((sheet, first, 0, last, 0))
        .set_values((sheet, first, 1, last, 1))
        .set_format(&mut look)
        .set_data_label(ChartDataLabel::new().show_value());
    chart.title().set_name(drawing.title());
    chart.legend().set_hidden();
    // Bars go upwards from the foot; the first row of the table is to be the first bar. Each bar bears its figure, so no
    // axis is needed for them.
    chart.y_axis().set_reverse();
    chart.x_axis().set_hidden(true).set_major_gridlines(false);
    chart.set_width(640).set_height(120 + 32 * rows);
    chart.set_alt_text(drawing.description());
    Some(chart)
}
