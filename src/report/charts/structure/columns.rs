//! Directorates in columns of cards that fit a page.

use crate::report::charts::fitting::{STRONG, tall, wrapped};
use crate::report::charts::structure::Directorate;
use crate::report::charts::structure::cards::Card;

/// Between two columns, and between two cards.
pub(super) const BETWEEN: i64 = 12;
const GAP: i64 = 6;
/// Room at the left of a column for the line that joins its cards.
pub(super) const SPINE: i64 = 8;
/// How much further in a lower tier stands, and at most how many times.
const STEP: i64 = 7;
const DEEPEST: u32 = 3;
/// Above and below the name of a directorate, together.
const HEADING_PAD: i64 = 10;

/// A part of a directorate in a column.
pub(super) struct Run {
    /// Its name, in lines.
    pub(super) heading: Vec<String>,
    /// Whether it is where the directorate begins.
    pub(super) begins: Begins,
    /// The name in one line.
    pub(super) name: String,
    /// Its cards, with how far in each stands.
    pub(super) cards: Vec<(i64, Card)>,
}

/// Whether something begins here.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Begins {
    /// It does.
    Here,
    /// It goes on from the column before.
    Before,
}

impl Run {
    /// Height of its name.
    pub(super) fn heading_height(&self) -> i64 {
        tall(self.heading.len()) + HEADING_PAD
    }

    /// Height of the whole run.
    pub(super) fn height(&self) -> i64 {
        self.heading_height() + self.cards.iter().map(|(_, card)| GAP + card.height()).sum::<i64>()
    }

    /// Top of each card, from the top of the run.
    pub(super) fn tops(&self) -> Vec<i64> {
        let mut top = self.heading_height();
        let place = |(_, card): &(i64, Card)| {
            let at = top + GAP;
            top = at + card.height();
            at
        };
        self.cards.iter().map(place).collect()
    }
}

/// A column: runs below each other.
#[derive(Default)]
pub(super) struct Column {
    pub(super) runs: Vec<Run>,
}

impl Column {
    /// Its height.
    pub(super) fn height(&self) -> i64 {
        let runs: i64 = self.runs.iter().map(Run::height).sum();
        let between = i64::try_from(self.runs.len()).expect("few runs") - 1;
        runs + between.max(0) * BETWEEN
    }
}

/// How far in a card of this tier stands, in a directorate whose highest tier is `top`.
fn indent(tier: u32, top: u32) -> i64 {
    SPINE + STEP * i64::from(tier.saturating_sub(top).min(DEEPEST))
}

/// All directorates in columns of this width and at most this height; one that is short stands below another.
pub(super) fn columns(directorates: &[Directorate], width: i64, room: i64) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    for directorate in directorates {
        for run in runs(directorate, width, room) {
            let below = columns.last().filter(|last| last.height() + BETWEEN + run.height() <= room);
            match (below.is_some() && run.begins == Begins::Here, columns.last_mut()) {
                (true, Some(last)) => last.runs.push(run),
                (true | false, _) => columns.push(Column { runs: vec![run] }),
            }
        }
    }
    columns
}

/// A directorate in runs of at most this height.
fn runs(directorate: &Directorate, width: i64, room: i64) -> Vec<Run> {
    let top = directorate.posts.iter().map(|post| post.tier).min().unwrap_or(1);
    let begin = |begins: Begins| {
        let name = match begins {
            Begins::Here => directorate.name.clone(),
            Begins::Before => format!("{} (continued)", directorate.name),
        };
        Run {
            heading: wrapped(&name, STRONG, width - 12, 3),
            begins,
            name: directorate.name.clone(),
            cards: Vec::new(),
        }
    };
    let mut runs = vec![begin(Begins::Here)];
    for post in &directorate.posts {
        let indent = indent(post.tier, top);
        let card = Card::new(post, width - indent);
        let last = runs.last_mut().expect("it begins with one");
        if last.cards.is_empty() || last.height() + GAP + card.height() <= room {
            last.cards.push((indent, card));
        } else {
            let mut next = begin(Begins::Before);
            next.cards.push((indent, card));
            runs.push(next);
        }
    }
    runs
}
