//! What one person's place adds to a plan: for whoever adds up very many plans by their people.
//!
//! The same functions that judge a plan say it, so what is added up here is what is judged there; a plan that is shown is
//! judged all the same.

use std::collections::BTreeSet;

use crate::case::StatutoryRole;
use crate::case::scenario::Objective;
use crate::certify::near::Near;
use crate::certify::values;
use crate::id::{AuthorityId, PersonId, PostId};

/// What a person in one place adds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Share {
    /// To each goal of the scenario, in its order; nothing to those that are no sums: `statutory` and `bottleneck`.
    pub goals: Vec<i128>,
    /// To what each enforced clause counts, in the scenario's order: one number or several.
    pub clauses: Vec<Vec<i128>>,
}

impl Near<'_> {
    /// What the person adds in this place, or without a post.
    pub fn share(&self, person: PersonId, place: Option<PostId>) -> Share {
        let of = |post| values_of(self, person, post);
        Share {
            goals: place.map_or_else(|| vec![0; self.facts.goals.len()], of),
            clauses: self.tally.gauges().iter().map(|gauge| gauge.share(&self.facts, person, place)).collect(),
        }
    }

    /// The roles that the person covers in this place.
    pub fn roles(&self, person: PersonId, place: Option<PostId>) -> BTreeSet<(AuthorityId, StatutoryRole)> {
        let is_counted = self.facts.goals.iter().any(|goal| goal.objective == Objective::Statutory);
        let place = place.filter(|_| is_counted);
        place.into_iter().flat_map(|post| self.facts.covered(person, post)).collect()
    }

    /// The rank that the objectives count for the person in this place; nought without a post.
    pub fn rank(&self, person: PersonId, place: Option<PostId>) -> i128 {
        place.map_or(0, |post| self.facts.rank_counted(person, post).into())
    }

    /// Pence a year for the person in this place.
    pub fn cost(&self, person: PersonId, place: Option<PostId>) -> i128 {
        place.map_or(0, |post| self.facts.cost(person, post))
    }

    /// How many clauses are enforced.
    pub fn clauses(&self) -> usize {
        self.tally.gauges().len()
    }

    /// Whether an enforced clause, by its position among them, is met where it counts so much more than in the plan.
    pub fn is_met(&self, clause: usize, more: &[i128]) -> bool {
        self.tally.gauges()[clause].is_met_with(more)
    }
}

fn values_of(near: &Near<'_>, person: PersonId, post: PostId) -> Vec<i128> {
    near.facts.goals.iter().map(|&goal| values::worth(&near.facts, goal, person, post)).collect()
}
