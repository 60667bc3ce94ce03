//! What every section of a paper is written from, and how a table of counts is set.

use std::collections::BTreeSet;

use crate::case::Case;
use crate::case::scenario::Scenario;
use crate::report::document::Audience;
use crate::report::page::{Block, ColumnKind, Section, paragraph};
use crate::report::paper::texts::Filled;
use crate::report::shown::{ABOUT, KEPT_BACK, Shown, TO};
use crate::report::words::{capital, joined};
use crate::study::disclosure::ledger::step;
use crate::study::paper::frame::Frame;
use crate::study::paper::key::Key;
use crate::study::paper::{Figures, Told};

/// What a section is written from. For the public paper the case has nobody in it.
#[derive(Clone, Copy)]
pub(super) struct Desk<'a> {
    pub(super) case: &'a Case,
    pub(super) scenario: &'a Scenario,
    pub(super) frame: &'a Frame,
    pub(super) figures: &'a Figures,
    pub(super) texts: &'a Filled,
    pub(super) audience: Audience,
}

impl Desk<'_> {
    /// A count as this paper shows it.
    pub(super) fn shown(&self, key: Key) -> Shown {
        match self.figures.told(key) {
            Told::Figure(figure) => Shown::Figure(figure),
            Told::About(figure) => Shown::About(figure),
            Told::Between(low, high) => Shown::Between(low, high),
            Told::Nothing => Shown::Suppressed,
        }
    }

    /// A count as it stands in a cell.
    pub(super) fn cell(&self, key: Key) -> String {
        self.shown(key).to_string()
    }

    /// Whether this is the public paper.
    pub(super) fn is_public(&self) -> bool {
        match self.audience {
            Audience::Public => true,
            Audience::Exempt | Audience::Personal => false,
        }
    }
}

/// What stands in cells in place of a number: kept back, a range, or rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    KeptBack,
    Range,
    Rounded,
}

/// What is meant by the marks of these cells.
fn marks<'c>(cells: impl Iterator<Item = &'c String>) -> BTreeSet<Mark> {
    let mark = |cell: &String| {
        let is_range =
            || cell.split_once(&format!(" {TO} ")).is_some_and(|(low, high)| is_number(low) && is_number(high));
        match () {
            () if cell.contains(KEPT_BACK) => Some(Mark::KeptBack),
            () if cell.strip_prefix(ABOUT).is_some_and(|rest| is_number(rest.trim_start())) => Some(Mark::Rounded),
            () if is_range() => Some(Mark::Range),
            () => None,
        }
    };
    cells.filter_map(mark).collect()
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// What all marks mean.
pub(super) fn all_marks(desk: &Desk<'_>) -> String {
    [Mark::KeptBack, Mark::Range, Mark::Rounded].map(|mark| meaning(desk, mark)).join(" ")
}

fn meaning(desk: &Desk<'_>, mark: Mark) -> String {
    let threshold = desk.figures.threshold;
    match mark {
        Mark::KeptBack => format!(
            "{KEPT_BACK} stands for a number that is kept back, so that nobody can be recognised: it is a number of fewer than \
             {threshold} people, or one from which such a number could be worked out."
        ),
        Mark::Range => format!(
            "A range such as \u{201c}1 {TO} {}\u{201d} is given where the number itself would tell of fewer than {threshold} people.",
            threshold - 1
        ),
        Mark::Rounded => format!(
            "\u{201c}{}{}\u{201d} means rounded to the nearest {}.",
            ABOUT[..1].to_uppercase(),
            &ABOUT[1..],
            step(threshold)
        ),
    }
}

/// What marks mean: in a public paper in one line, since its first section says it at length.
fn explained(desk: &Desk<'_>, found: &BTreeSet<Mark>) -> Block {
    let threshold = desk.figures.threshold;
    if desk.is_public() {
        let short = found.iter().map(|mark| match mark {
            Mark::KeptBack => format!("{KEPT_BACK}: kept back"),
            Mark::Range => format!("a range: the number itself would tell of fewer than {threshold} people"),
            Mark::Rounded => format!("{ABOUT}: rounded to the nearest {}", step(threshold)),
        });
        let short: Vec<String> = short.collect();
        return Block::Source(format!("{}.", capital(&short.join("; "))));
    }
    let all: Vec<String> = found.iter().map(|&mark| meaning(desk, mark)).collect();
    Block::Note(all.join(" "))
}

/// A section; what stands in place of numbers is explained before the first table that has it.
pub(super) fn section(desk: &Desk<'_>, id: &'static str, title: &str, blocks: Vec<Block>) -> Option<Section> {
    let cells = |block: &Block| block.table().map(|table| marks(table.rows.iter().flatten())).unwrap_or_default();
    let found: BTreeSet<Mark> = blocks.iter().flat_map(cells).collect();
    let mut blocks = blocks;
    if let Some(at) = blocks.iter().position(|block| !cells(block).is_empty()) {
        blocks.insert(at, explained(desk, &found));
    }
    (!blocks.is_empty()).then(|| Section { id, title: title.to_owned(), blocks })
}

/// A table without the columns that show nothing but numbers kept back; a sentence says what was left out.
///
/// - A table of which most is kept back is left out whole: nobody can read it.
pub(super) fn fitted(block: Block) -> Vec<Block> {
    let Block::Table(mut table) = block else { return vec![block] };
    let is_empty = |at: usize| !table.rows.is_empty() && table.rows.iter().all(|row| row[at] == KEPT_BACK);
    let empty: Vec<usize> = (1..table.columns.len()).filter(|&at| is_empty(at)).collect();
    let names: Vec<String> = empty.iter().map(|&at| format!("\u{201c}{}\u{201d}", table.columns[at].heading)).collect();
    for &at in empty.iter().rev() {
        table.columns.remove(at);
        table.rows.iter_mut().for_each(|row| drop(row.remove(at)));
    }
    let figures = || (0..table.columns.len()).filter(|&at| table.columns[at].kind == ColumnKind::Figures);
    let count = |is_kept: bool| {
        let cells = table.rows.iter().flat_map(|row| figures().map(move |at| &row[at]));
        cells.filter(|cell| (cell.as_str() == KEPT_BACK) == is_kept).count()
    };
    let (kept, told) = (count(true), count(false));
    if kept > told || (told == 0 && !names.is_empty()) {
        return vec![left_out(&table.caption)];
    }
    if names.is_empty() {
        return vec![Block::Table(table)];
    }
    let verb = if names.len() == 1 { "column is" } else { "columns are" };
    let sentence = format!(
        "The {verb} left out because every number there is too small to be published, or would give such a number away: {}.",
        joined(&names, "and")
    );
    vec![Block::Table(table), Block::Source(sentence)]
}

/// In place of a table: that it is left out, and why.
pub(super) fn left_out(caption: &str) -> Block {
    paragraph(format!(
        "{caption}: left out, because most numbers in it are too small to be published, or would give such a number away."
    ))
}
