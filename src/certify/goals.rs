//! The objectives of a scenario taken apart into goals, from the words of `docs/MODEL.md`.
//!
//! Nothing here is shared with the model: a goal that one of the two forgets is a refusal.

use std::collections::BTreeSet;

use crate::case::goal::{Goal, Part};
use crate::case::scenario::{Objective, RankOrder};
use crate::certify::facts::Facts;
use crate::certify::rules;

/// The goals, in the order in which they are fixed.
pub(super) fn goals(facts: &Facts<'_>) -> Vec<Goal> {
    let objectives = &facts.scenario.objectives;
    let asked = objectives.iter().any(|objective| objective.profile().is_some());
    let ranks = if asked { ranks(facts) } else { Vec::new() };
    let of = |(position, &objective): (usize, &Objective)| {
        let parts = match objective.profile() {
            None => vec![Part::Whole],
            Some(order) => {
                let before = &objectives[..position];
                let levels: Vec<Part> = match order {
                    RankOrder::BestFirst => ranks.iter().map(|&rank| Part::Rank(rank)).collect(),
                    RankOrder::WorstFirst => ranks.iter().rev().map(|&rank| Part::Rank(rank)).collect(),
                };
                let first = (asks_for_placed(objective) && !before.iter().any(|&it| settles_placed(it)))
                    .then_some(Part::Placed);
                first.into_iter().chain(levels).collect()
            }
        };
        parts.into_iter().map(move |part| Goal { position, objective, part })
    };
    objectives.iter().enumerate().flat_map(of).collect()
}

/// Every rank that counts for some allowed pair, 1 or more, each once, the best first.
fn ranks(facts: &Facts<'_>) -> Vec<u32> {
    let allowed = facts.pairs().filter(|&pair| rules::is_allowed(facts, pair));
    let counted: BTreeSet<u32> = allowed.map(|pair| facts.rank_counted(pair.person, pair.post)).collect();
    counted.into_iter().filter(|&rank| rank >= 1).collect()
}

fn asks_for_placed(objective: Objective) -> bool {
    matches!(objective, Objective::Generous | Objective::Greedy)
}

fn settles_placed(objective: Objective) -> bool {
    objective == Objective::Placed || asks_for_placed(objective)
}
