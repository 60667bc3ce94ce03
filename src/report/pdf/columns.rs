//! How wide the columns of a table are, how large its letters, and which paper it needs.

use crate::report::page::{ColumnKind, Table};
use crate::report::pdf::measure::{POINT, Style, cell};
use crate::report::pdf::strip::Sheet;
use crate::report::typeface::Typeface;

/// Left and right of the text of a cell.
pub(super) const PAD: i64 = 4 * POINT;
/// A heading up to this width is not broken for the sake of its column.
const SHORT_HEADING: i64 = 62 * POINT;
/// A table whose rows have more lines than this on average is tried on wider paper.
const MOST_LINES: i64 = 3;

/// How a table is set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fit {
    pub(super) sheet: Sheet,
    /// Size of the letters.
    pub(super) size: i64,
    /// Width of each column, its padding among it.
    pub(super) widths: Vec<i64>,
}

/// The first way in which every word has room and no row is very tall; failing that, the first with room for every word.
pub(super) fn fit(table: &Table) -> Fit {
    let trials = [
        (Sheet::Portrait, 9 * POINT),
        (Sheet::Portrait, 8 * POINT),
        (Sheet::Landscape, 9 * POINT),
        (Sheet::Landscape, 8 * POINT),
        (Sheet::Landscape, 7 * POINT),
    ];
    let mut possible = None;
    for (sheet, size) in trials {
        let needs: Vec<Need> = (0..table.columns.len()).map(|at| need(table, at, size)).collect();
        if needs.iter().map(|it| it.least).sum::<i64>() > sheet.width() {
            continue;
        }
        let found = Fit { sheet, size, widths: spread(&needs, sheet.width()) };
        if lines(table, &found) <= MOST_LINES {
            return found;
        }
        possible.get_or_insert(found);
    }
    possible.unwrap_or_else(|| forced(table))
}

/// What a column asks for.
struct Need {
    /// So that no word is broken.
    least: i64,
    /// So that no cell is broken.
    natural: i64,
}

fn need(table: &Table, at: usize, size: i64) -> Need {
    let (plain, bold) = (cell(size, Typeface::Regular), cell(size, Typeface::Bold));
    let column = &table.columns[at];
    let style = if at == 0 { bold } else { plain };
    let cells = || table.rows.iter().filter_map(|row| row.get(at));
    let whole = cells().map(|text| style.width(text)).max().unwrap_or(0);
    let heading = bold.widest_piece(&column.heading);
    let heading = if bold.width(&column.heading) <= SHORT_HEADING { bold.width(&column.heading) } else { heading };
    let least = match column.kind {
        ColumnKind::Figures => whole,
        ColumnKind::Text => cells().map(|text| style.widest_piece(text)).max().unwrap_or(0),
    };
    Need { least: least.max(heading) + 2 * PAD, natural: whole.max(heading) + 2 * PAD }
}

/// Every column as it asks, if there is room; otherwise the wide ones are cut to one width.
fn spread(needs: &[Need], room: i64) -> Vec<i64> {
    let natural: i64 = needs.iter().map(|it| it.natural).sum();
    if natural <= room {
        return roomy(needs, natural, room);
    }
    let cut = |level: i64| needs.iter().map(move |it| it.natural.min(level).max(it.least));
    let (mut fits, mut over) = (0, room);
    while over - fits > 1 {
        let level = i64::midpoint(fits, over);
        if cut(level).sum::<i64>() <= room {
            fits = level;
        } else {
            over = level;
        }
    }
    cut(fits).collect()
}

/// A narrow table is drawn out to three fifths of the page, so that tables look alike.
fn roomy(needs: &[Need], natural: i64, room: i64) -> Vec<i64> {
    let columns = i64::try_from(needs.len()).expect("few columns").max(1);
    let more = (room * 3 / 5 - natural).max(0) / columns;
    needs.iter().map(|it| it.natural + more).collect()
}

/// Lines of a row on average, rounded up; of the column that needs most.
fn lines(table: &Table, fit: &Fit) -> i64 {
    let style = cell(fit.size, Typeface::Regular);
    let of_cell = |(text, width): (&String, &i64)| (style.width(text) / (width - 2 * PAD).max(1)) + 1;
    let of_row = |row: &Vec<String>| row.iter().zip(&fit.widths).map(of_cell).max().unwrap_or(1);
    let rows = i64::try_from(table.rows.len()).expect("few rows").max(1);
    (table.rows.iter().map(of_row).sum::<i64>() + rows - 1) / rows
}

/// For a table that fits nowhere: the smallest letters on the widest paper, and words are broken.
fn forced(table: &Table) -> Fit {
    let (sheet, size) = (Sheet::Landscape, 7 * POINT);
    let columns = i64::try_from(table.columns.len()).expect("few columns").max(1);
    let mut needs: Vec<Need> = (0..table.columns.len()).map(|at| need(table, at, size)).collect();
    for need in &mut needs {
        need.least = need.least.min(sheet.width() / columns);
    }
    Fit { sheet, size, widths: spread(&needs, sheet.width()) }
}

/// The style of a cell of the heading, of the first column, and of the others.
pub(super) fn styles(fit: &Fit) -> (Style, Style) {
    (cell(fit.size, Typeface::Bold), cell(fit.size, Typeface::Regular))
}
