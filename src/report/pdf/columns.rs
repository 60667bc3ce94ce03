//! How wide the columns of a table are, how large its letters, and which paper it needs.

use crate::report::page::{ColumnKind, Table};
use crate::report::pdf::measure::{POINT, Style, cell};
use crate::report::pdf::strip::Sheet;
use crate::report::typeface::Typeface;

/// Left and right of the text of a cell.
pub(super) const PAD: i64 = 4 * POINT;
/// A heading up to this width is not broken for the sake of its column.
const SHORT_HEADING: i64 = 45 * POINT;
/// A table with more lines in ten rows than this is tried on wider paper.
const MOST_LINES: i64 = 24;
/// By how much a column grows at a time.
const STEP: i64 = 4 * POINT;
/// The size in which widths are measured.
const MEASURED: i64 = 10 * POINT;

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
    let measured = measure(table);
    let mut possible = None;
    for (sheet, size) in trials {
        let needs = needs(&measured, size);
        if needs.iter().map(|it| it.least).sum::<i64>() > sheet.width() {
            continue;
        }
        let widths = spread(&needs, sheet.width());
        let lines = lines(&needs, &widths);
        let found = Fit { sheet, size, widths };
        if lines <= MOST_LINES {
            return found;
        }
        possible.get_or_insert(found);
    }
    possible.unwrap_or_else(|| forced(&measured))
}

/// The style of the headings and of the first column, and that of the other cells.
pub(super) fn styles(fit: &Fit) -> (Style, Style) {
    (cell(fit.size, Typeface::Bold), cell(fit.size, Typeface::Regular))
}

/// What a column asks for, without padding in [`measure`], with it in [`needs`].
struct Need {
    /// So that no word is broken.
    least: i64,
    /// So that no cell is broken.
    natural: i64,
    /// What each cell asks for, in order of the rows.
    cells: Vec<i64>,
}

fn measure(table: &Table) -> Vec<Need> {
    let (bold, plain) = (cell(MEASURED, Typeface::Bold), cell(MEASURED, Typeface::Regular));
    let column = |(at, column): (usize, &crate::report::page::Column)| {
        let style = if at == 0 { bold } else { plain };
        let texts = || table.rows.iter().map(|row| row.get(at).map_or("", String::as_str));
        let cells: Vec<i64> = texts().map(|text| style.width(text)).collect();
        let whole = cells.iter().copied().max().unwrap_or(0);
        let (line, piece) = (bold.width(&column.heading), bold.widest_piece(&column.heading));
        let heading = if line <= SHORT_HEADING { line } else { piece };
        let least = match column.kind {
            ColumnKind::Figures => whole,
            ColumnKind::Text => texts().map(|text| style.widest_piece(text)).max().unwrap_or(0),
        };
        Need { least: least.max(heading), natural: whole.max(heading), cells }
    };
    table.columns.iter().enumerate().map(column).collect()
}

/// What columns ask for in letters of this size.
fn needs(measured: &[Need], size: i64) -> Vec<Need> {
    let scaled = |width: i64| (width * size + MEASURED - 1) / MEASURED + 2 * PAD;
    let of = |need: &Need| Need {
        least: scaled(need.least),
        natural: scaled(need.natural),
        cells: need.cells.iter().map(|&it| scaled(it)).collect(),
    };
    measured.iter().map(of).collect()
}

/// Every column as it asks, if there is room; otherwise each grows from the least while that makes rows lower.
fn spread(needs: &[Need], room: i64) -> Vec<i64> {
    let natural: i64 = needs.iter().map(|it| it.natural).sum();
    if natural <= room {
        return roomy(needs, natural, room);
    }
    let mut widths: Vec<i64> = needs.iter().map(|it| it.least).collect();
    let mut left = room - widths.iter().sum::<i64>();
    while left > 0 {
        let step = STEP.min(left);
        let Some(best) = growing(needs, &widths, step) else { break };
        widths[best] += step;
        left -= step;
    }
    widths
}

/// The column that most wants to be wider: by how much lower the rows become of which it is the tallest cell.
fn growing(needs: &[Need], widths: &[i64], step: i64) -> Option<usize> {
    let rows = needs.iter().map(|need| need.cells.len()).max().unwrap_or(0);
    let mut gains = vec![0; needs.len()];
    for row in 0..rows {
        let height = |at: usize, width: i64| needs[at].cells[row] * 1000 / width.max(1);
        let tallest = (0..needs.len()).max_by_key(|&at| height(at, widths[at]));
        if let Some(at) = tallest.filter(|&at| height(at, widths[at]) > 1000) {
            gains[at] += height(at, widths[at]) - height(at, widths[at] + step);
        }
    }
    let best = (0..gains.len()).rev().max_by_key(|&at| gains[at])?;
    (gains[best] > 0).then_some(best)
}

/// A narrow table is drawn out to three fifths of the page, so that tables look alike.
fn roomy(needs: &[Need], natural: i64, room: i64) -> Vec<i64> {
    let columns = i64::try_from(needs.len()).expect("few columns").max(1);
    let more = (room * 3 / 5 - natural).max(0) / columns;
    needs.iter().map(|it| it.natural + more).collect()
}

/// Lines in ten rows on average.
fn lines(needs: &[Need], widths: &[i64]) -> i64 {
    let rows = needs.iter().map(|need| need.cells.len()).max().unwrap_or(0);
    let of_row = |row: usize| {
        let cells = needs.iter().zip(widths);
        cells.map(|(need, width)| (need.cells[row] - 1) / (width - PAD).max(1) + 1).max().unwrap_or(1)
    };
    (0..rows).map(of_row).sum::<i64>() * 10 / i64::try_from(rows).expect("few rows").max(1)
}

/// For a table that fits nowhere: the smallest letters on the widest paper, and words are broken.
fn forced(measured: &[Need]) -> Fit {
    let (sheet, size) = (Sheet::Landscape, 7 * POINT);
    let columns = i64::try_from(measured.len()).expect("few columns").max(1);
    let mut needs = needs(measured, size);
    for need in &mut needs {
        need.least = need.least.min(sheet.width() / columns);
    }
    Fit { sheet, size, widths: spread(&needs, sheet.width()) }
}

#[cfg(test)]
mod tests {
    use super::{PAD, fit, styles};
    use crate::report::page::{Table, figures, text};
    use crate::report::pdf::strip::Sheet;

    fn of(columns: usize, cell: &str, rows: usize) -> Table {
        let mut all: Vec<_> = (1..columns).map(|_| text("Heading")).collect();
        all.push(figures("Figures"));
        let mut row = vec![cell.to_owned(); columns - 1];
        row.push("12,345".to_owned());
        Table { caption: String::new(), columns: all, rows: vec![row; rows] }
    }

    #[test]
    fn columns_fit_their_paper_and_figures_stay_whole() {
        for (columns, cell, sheet) in [
            (3, "a few words", Sheet::Portrait),
            (7, "Assistant Director Governance and Monitoring Officer", Sheet::Landscape),
            (30, "Unbreakable_words_of_some_length", Sheet::Landscape),
        ] {
            let table = of(columns, cell, 20);
            let found = fit(&table);
            assert_eq!(found.sheet, sheet, "{columns}");
            assert!(found.widths.iter().sum::<i64>() <= sheet.width(), "{columns}");
            let figure = styles(&found).1.width("12,345") + 2 * PAD;
            assert!(columns == 30 || found.widths[columns - 1] >= figure, "{columns}: {found:?}");
        }
    }
}
