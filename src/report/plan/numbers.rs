//! The value of an objective in a file: a number, or the people at each rank.
//!
//! A list has the people at rank 1 first, then at rank 2, and so on to the highest rank that some allowed pair has; no rank
//! is left out, so that the place in the list says the rank.

use serde::{Deserialize, Serialize};

use crate::case::goal::{Goal, Part};
use crate::case::scenario::Objective;

/// A value or a bound.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum NumberRow {
    /// Of an objective that is one number.
    One(i64),
    /// People at rank 1, 2, and so on.
    Ranks(Vec<i64>),
}

/// People placed, where an objective over ranks settled that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct PlacedRow {
    pub(super) value: i64,
    pub(super) bound: i64,
}

/// The goals of one objective as one value.
pub(super) fn number(objective: Objective, goals: impl Iterator<Item = (Goal, i64)>) -> NumberRow {
    let mut counts = Vec::new();
    for (goal, value) in goals {
        match goal.part {
            Part::Whole => return NumberRow::One(value),
            Part::Placed => {}
            Part::Rank(rank) => {
                let place = place(rank);
                counts.resize(counts.len().max(place + 1), 0);
                counts[place] = value;
            }
        }
    }
    debug_assert!(objective.profile().is_some(), "an objective without goals is one over ranks");
    NumberRow::Ranks(counts)
}

/// The value of one goal; `None` where the file has none.
pub(super) fn of_goal(goal: Goal, value: &NumberRow, placed: Option<i64>) -> Option<i64> {
    match (goal.part, value) {
        (Part::Whole, NumberRow::One(value)) => Some(*value),
        (Part::Rank(rank), NumberRow::Ranks(counts)) => counts.get(place(rank)).copied(),
        (Part::Placed, NumberRow::Ranks(_)) => placed,
        (Part::Whole, NumberRow::Ranks(_)) | (Part::Rank(_) | Part::Placed, NumberRow::One(_)) => None,
    }
}

/// Where a rank stands in a list.
fn place(rank: u32) -> usize {
    usize::try_from(rank).unwrap_or(usize::MAX).saturating_sub(1)
}
