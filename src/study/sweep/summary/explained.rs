//! Which input explains the spread of empty seats: the values that draws had, grouped by what each input was.

use std::collections::BTreeMap;

use crate::id::{PersonId, PostId};
use crate::study::sweep::summary::statistics::{Estimate, Sums, share_explained};

/// Batches of draws that are left out in turn; all points of a draw are in one batch.
const BATCHES: usize = 20;

/// Something that differs between scenarios.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Input {
    /// The value of this axis of the grid, counted from nought.
    Axis(usize),
    /// How many people left.
    Leavers,
    /// How many people changed their mind.
    Changed,
    /// How many people without an answer were given one.
    Answered,
    /// How many posts were withdrawn.
    Withdrawn,
    /// Whether this post was withdrawn.
    Post(PostId),
    /// Whether this person left.
    Person(PersonId),
}

/// What an input explains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Explained {
    /// Which input.
    pub input: Input,
    /// The share of the variance of empty seats, per cent in thousandths.
    pub share: Estimate,
}

/// Sums of empty seats by input, its value, and batch.
#[derive(Debug, Clone, Default)]
pub(super) struct Groups {
    sums: BTreeMap<Input, BTreeMap<i64, Vec<Sums>>>,
    all: Vec<Sums>,
}

impl Groups {
    /// Counts a draw: an input had this value when so many seats were empty.
    pub(super) fn add(&mut self, input: Input, value: i64, sample: u32, empty: i64) {
        let values = self.sums.entry(input).or_default();
        let batches = values.entry(value).or_insert_with(|| vec![Sums::default(); BATCHES]);
        batches[sample as usize % BATCHES].add(empty);
    }

    /// Counts a draw for the inputs of which only what happens is counted.
    pub(super) fn add_to_all(&mut self, sample: u32, empty: i64) {
        self.all.resize(BATCHES, Sums::default());
        self.all[sample as usize % BATCHES].add(empty);
    }

    /// What each input explains, the most first; those that never vary, and those that explain nothing, are left out.
    pub(super) fn explained(&self) -> Vec<Explained> {
        let one = |(&input, values): (&Input, &BTreeMap<i64, Vec<Sums>>)| {
            let mut groups: Vec<Vec<Sums>> = values.values().cloned().collect();
            if let (Input::Post(_) | Input::Person(_), [happened]) = (input, &groups[..]) {
                let otherwise = self.all.iter().zip(happened).map(|(&all, &part)| all.without(part)).collect();
                groups.push(otherwise);
            }
            share_explained(&groups).map(|share| Explained { input, share })
        };
        let mut found: Vec<Explained> =
            self.sums.iter().filter_map(one).filter(|it| it.share.thousandths > 0).collect();
        found.sort_by_key(|it| (std::cmp::Reverse(it.share.thousandths), it.input));
        found
    }
}
