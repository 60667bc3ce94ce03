//! How wide the columns of a table are, from what stands in them.
//!
//! Letters are counted in thousandths of their size as Arial has them, rounded up by kind of letter; no font is read. A table
//! that would be cramped upright lies across.

use crate::report::docx::setup::{Lie, Setup};
use crate::report::page::{ColumnKind, Table};

/// Size of the letters of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Letters {
    /// Ten points.
    Usual,
    /// Eight points, where nothing else makes a table fit.
    Small,
}

impl Letters {
    fn points(self) -> u64 {
        match self {
            Letters::Usual => 10,
            Letters::Small => 8,
        }
    }
}

/// Room beside the text of a cell: its margins, its lines, and a little for letters wider than thought.
const PADDING: u64 = 290;

/// A cell longer than this, in thousandths of the letters' size, asks for no more.
const LONGEST_WISH: u64 = 60_000;

/// Lines of the tallest row from which a table upright is cramped.
const MOST_LINES: u64 = 7;

/// Columns that a table upright may have in any case.
const FEW_COLUMNS: usize = 4;

/// What a column asks for, in thousandths of the letters' size.
struct Wish {
    /// Its longest word.
    least: u64,
    /// Its longest cell.
    most: u64,
}

/// Which way a table lies.
pub(super) fn lie(table: &Table, setup: &Setup) -> Lie {
    let wishes = wishes(table);
    let room = u64::from(setup.room(Lie::Upright));
    if least(&wishes, Letters::Usual) > room {
        let is_narrow = table.columns.len() <= FEW_COLUMNS && least(&wishes, Letters::Small) <= room;
        return if is_narrow { Lie::Upright } else { Lie::Across };
    }
    let widths = shared(&wishes, Letters::Usual, room);
    if table.columns.len() <= FEW_COLUMNS || most_lines(table, &widths) <= MOST_LINES {
        Lie::Upright
    } else {
        Lie::Across
    }
}

/// Letters and widths of columns for a table in this much room, in twentieths of a point.
pub(super) fn fit(table: &Table, room: u32) -> (Letters, Vec<u32>) {
    let (wishes, room) = (wishes(table), u64::from(room));
    let letters = if least(&wishes, Letters::Usual) <= room { Letters::Usual } else { Letters::Small };
    let widths = shared(&wishes, letters, room);
    (letters, widths.into_iter().map(|width| u32::try_from(width).expect("no wider than a page")).collect())
}

fn wishes(table: &Table) -> Vec<Wish> {
    let cell = |text: &str, weight: u64| Wish {
        least: words(text).map(|word| length(word) * weight / 100).max().unwrap_or(0),
        most: text.lines().map(|line| length(line) * weight / 100).max().unwrap_or(0).min(LONGEST_WISH),
    };
    let column = |index: usize| {
        // Headings and the first column are bold.
        let weight = if index == 0 { 108 } else { 100 };
        let heading = cell(&table.columns[index].heading, 108);
        // A heading may go over two lines, and over three above figures, which leave room for what names the rows.
        let part = match table.columns[index].kind {
            ColumnKind::Text => 6,
            ColumnKind::Figures => 4,
        };
        let heading = Wish { most: heading.least.max(heading.most * part / 10), ..heading };
        let rows = table.rows.iter().filter_map(|row| row.get(index)).map(|text| cell(text, weight));
        rows.fold(heading, |a, b| Wish { least: a.least.max(b.least), most: a.most.max(b.most) })
    };
    (0..table.columns.len()).map(column).collect()
}

/// What can be broken at the end of a line: words, and the parts of a word with hyphens.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace().flat_map(|word| word.split_inclusive('-'))
}

fn twips(length: u64, letters: Letters) -> u64 {
    length * letters.points() / 50 + PADDING
}

fn least(wishes: &[Wish], letters: Letters) -> u64 {
    wishes.iter().map(|wish| twips(wish.least, letters)).sum()
}

/// Each column its longest word, and a share of what is left.
fn shared(wishes: &[Wish], letters: Letters, room: u64) -> Vec<u64> {
    let least: Vec<u64> = wishes.iter().map(|wish| twips(wish.least, letters)).collect();
    let most: Vec<u64> = wishes.iter().map(|wish| twips(wish.most.max(wish.least), letters)).collect();
    let (needed, wished) = (least.iter().sum::<u64>(), most.iter().sum::<u64>());
    if needed > room {
        return least.iter().map(|width| width * room / needed).collect();
    }
    if wished <= room {
        // A table that nearly fills its room fills it; a small one stays small, so that rows can be followed.
        let whole = if wished * 4 >= room * 3 { room } else { wished };
        return most.iter().map(|width| width * whole / wished.max(1)).collect();
    }
    let wanted: Vec<u64> = least.iter().zip(&most).map(|(least, most)| most - least).collect();
    least.iter().zip(levelled(&wanted, room - needed)).map(|(least, more)| least + more).collect()
}

/// Shares what is spare among those who want more than there is: who wants little gets it, the others get as much as each
/// other.
fn levelled(wanted: &[u64], mut spare: u64) -> Vec<u64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by_key(|&index| (wanted[index], index));
    let mut shares = vec![0; wanted.len()];
    for (done, &index) in order.iter().enumerate() {
        let rest = u64::try_from(wanted.len() - done).expect("as many as columns");
        shares[index] = wanted[index].min(spare / rest);
        spare -= shares[index];
    }
    shares
}

fn most_lines(table: &Table, widths: &[u64]) -> u64 {
    let lines = |text: &String, width: &u64| {
        let room = width.saturating_sub(PADDING).max(1);
        text.lines().map(|line| (length(line) * Letters::Usual.points() / 50).div_ceil(room).max(1)).sum::<u64>()
    };
    let row = |row: &Vec<String>| row.iter().zip(widths).map(|(text, width)| lines(text, width)).max().unwrap_or(0);
    table.rows.iter().map(row).max().unwrap_or(0)
}

/// Thousandths of the letters' size.
fn length(text: &str) -> u64 {
    text.chars().map(advance).sum()
}

fn advance(letter: char) -> u64 {
    match letter {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | '’' | '‘' | ' ' | 'I' => 280,
        'f' | 't' | 'r' | '(' | ')' | '-' | '/' | '[' | ']' => 335,
        'm' | 'w' | 'M' | 'W' | '%' | '@' | '—' => 920,
        'A'..='Z' | '&' | '<' | '>' | '+' | '=' => 725,
        letter if letter <= '\u{2ff}' => 560,
        letter if letter < '\u{2e80}' => 620,
        _ => 1_000,
    }
}

#[cfg(test)]
mod tests {
    use super::{Letters, fit, lie};
    use crate::report::docx::setup::{Lie, Setup};
    use crate::report::page::{Table, text};

    fn table(cells: &[&str]) -> Table {
        let row: Vec<String> = cells.iter().map(|cell| (*cell).to_owned()).collect();
        Table { caption: String::new(), columns: cells.iter().map(|_| text("Heading")).collect(), rows: vec![row] }
    }

    #[test]
    fn widths_stay_within_the_room() {
        let long = "a long remark about something or other ".repeat(20);
        let word = "unbreakable".repeat(12);
        for cells in [&["1", "2"][..], &["A01", &long, "x"], &[&word, &word], &["£100,879"; 14], &["Remarks"; 40]] {
            for room in [2_000, 9_638, 14_570] {
                let (_, widths) = fit(&table(cells), room);
                let whole: u32 = widths.iter().sum();
                assert!(whole <= room, "{cells:?}: {widths:?} in {room}");
            }
        }
    }

    #[test]
    fn a_long_cell_takes_the_room_that_others_leave() {
        let long = "words ".repeat(60);
        let (letters, widths) = fit(&table(&["A01", &long]), 9_638);
        assert_eq!(letters, Letters::Usual);
        assert!(widths[1] > 4 * widths[0], "{widths:?}");
    }

    #[test]
    fn a_long_word_beside_another_makes_letters_small_not_pages_wide() {
        let table = table(&["authority_preferences.csv", &"0123456789abcdef".repeat(4)]);
        assert_eq!(lie(&table, &Setup::own()), Lie::Upright);
        assert_eq!(fit(&table, Setup::own().room(Lie::Upright)).0, Letters::Small);
    }

    #[test]
    fn many_columns_lie_across() {
        let setup = Setup::own();
        assert_eq!(lie(&table(&["A01", "Chief Executive", "1.00"]), &setup), Lie::Upright);
        assert_eq!(lie(&table(&["Preference met"; 12]), &setup), Lie::Across);
    }
}
