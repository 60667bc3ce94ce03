//! What every section of a paper is written from, and how a table of counts is set.

use crate::case::Case;
use crate::case::scenario::Scenario;
use crate::report::document::Audience;
use crate::report::page::{Block, ColumnKind, Section, Table, paragraph};
use crate::report::paper::texts::Filled;
use crate::report::shown::{KEPT_BACK, Shown};
use crate::report::words::joined;
use crate::study::paper::Figures;
use crate::study::paper::frame::Frame;
use crate::study::paper::key::Key;

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
        self.figures.get(key).map_or(Shown::Suppressed, Shown::Figure)
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

/// What `[c]` means, in one sentence.
pub(super) fn kept_back(desk: &Desk<'_>) -> String {
    format!(
        "{KEPT_BACK} stands for a number that is kept back, so that nobody can be recognised: it is a number of fewer than {} people, or \
         one from which such a number could be worked out.",
        desk.figures.threshold
    )
}

/// What `[c]` means, or where that stands already.
fn explained(desk: &Desk<'_>) -> Block {
    if desk.is_public() && !desk.texts.blocks("purpose").is_empty() {
        Block::Source(format!("{KEPT_BACK}: kept back; \u{201c}What this paper is for\u{201d} says why."))
    } else {
        Block::Note(kept_back(desk))
    }
}

/// A section; where it shows a number kept back, that is explained before its first table.
pub(super) fn section(desk: &Desk<'_>, id: &'static str, title: &str, blocks: Vec<Block>) -> Option<Section> {
    let hides = |block: &Block| {
        block.table().is_some_and(|table| table.rows.iter().flatten().any(|cell| cell.contains(KEPT_BACK)))
    };
    let mut blocks = blocks;
    if let Some(at) = blocks.iter().position(hides) {
        blocks.insert(at, explained(desk));
    }
    (!blocks.is_empty()).then(|| Section { id, title: title.to_owned(), blocks })
}

/// A table without the columns that show nothing but numbers kept back; a sentence says what was left out.
pub(super) fn fitted(block: Block) -> Vec<Block> {
    let Block::Table(mut table) = block else { return vec![block] };
    let is_empty = |at: usize| !table.rows.is_empty() && table.rows.iter().all(|row| row[at] == KEPT_BACK);
    let empty: Vec<usize> = (1..table.columns.len()).filter(|&at| is_empty(at)).collect();
    if empty.is_empty() {
        return vec![Block::Table(table)];
    }
    let names: Vec<String> = empty.iter().map(|&at| format!("\u{201c}{}\u{201d}", table.columns[at].heading)).collect();
    for &at in empty.iter().rev() {
        table.columns.remove(at);
        table.rows.iter_mut().for_each(|row| drop(row.remove(at)));
    }
    let has_figures = table.columns.iter().any(|column| column.kind == ColumnKind::Figures);
    let Table { caption, .. } = &table;
    if !has_figures {
        return vec![paragraph(format!(
            "The table \u{201c}{caption}\u{201d} is left out, because every number in it is too small to be published."
        ))];
    }
    let verb = if names.len() == 1 { "column is" } else { "columns are" };
    let left_out = format!(
        "The {verb} left out because every number there is too small to be published, or would give such a number away: {}.",
        joined(&names, "and")
    );
    vec![Block::Table(table), Block::Source(left_out)]
}
