//! The scenario's objectives taken apart into goals.
//!
//! Only ranks that some allowed pair has are goals: at any other rank nobody can be. So large numbers and gaps between
//! ranks cost nothing.

use std::collections::BTreeSet;

use crate::case::Case;
use crate::case::goal::{Goal, Part};
use crate::case::scenario::{Objective, RankOrder, Scenario};
use crate::model::{Model, terms};

/// The goals of the scenario, in the order in which they are fixed.
pub(super) fn goals(case: &Case, scenario: &Scenario, model: &Model) -> Vec<Goal> {
    let ranks: BTreeSet<u32> = if scenario.objectives.iter().any(|objective| objective.profile().is_some()) {
        model.pairs().filter_map(|(person, post)| terms::rank(case, scenario, person, post)).collect()
    } else {
        BTreeSet::new()
    };
    let mut goals = Vec::new();
    let mut placed = false;
    for (position, &objective) in scenario.objectives.iter().enumerate() {
        let mut add = |part| goals.push(Goal { position, objective, part });
        let Some(order) = objective.profile() else {
            placed |= objective == Objective::Placed;
            add(Part::Whole);
            continue;
        };
        if objective != Objective::RankMaximal && !placed {
            placed = true;
            add(Part::Placed);
        }
        match order {
            RankOrder::BestFirst => ranks.iter().for_each(|&rank| add(Part::Rank(rank))),
            RankOrder::WorstFirst => ranks.iter().rev().for_each(|&rank| add(Part::Rank(rank))),
        }
    }
    goals
}
