//! What each objective is worth: of one placement, and of a whole plan.

use std::collections::BTreeMap;

use crate::case::answer::Plan;
use crate::case::scenario::Objective;
use crate::case::{Criticality, MatchKind};
use crate::certify::facts::{Facts, Switch, count};
use crate::id::{PersonId, PostId};

/// Value of an objective in a plan, in its own unit.
pub(super) fn value(facts: &Facts<'_>, objective: Objective, plan: &Plan) -> i128 {
    let mut total = Total::new(objective);
    plan.placed().for_each(|(person, post)| total.add(facts, person, post));
    total.value()
}

/// An objective added up placement by placement.
pub(super) struct Total {
    objective: Objective,
    sum: i128,
    /// How many placements cover each pair, where pairs count.
    covering: BTreeMap<Switch, u64>,
}

impl Total {
    pub(super) fn new(objective: Objective) -> Self {
        Self { objective, sum: 0, covering: BTreeMap::new() }
    }

    /// Puts a person into a post.
    pub(super) fn add(&mut self, facts: &Facts<'_>, person: PersonId, post: PostId) {
        self.sum += worth(facts, self.objective, person, post);
        if self.objective == Objective::Statutory {
            facts.covered(person, post).for_each(|pair| *self.covering.entry(pair).or_default() += 1);
        }
    }

    /// Takes a person out of the post into which they were put.
    pub(super) fn remove(&mut self, facts: &Facts<'_>, person: PersonId, post: PostId) {
        self.sum -= worth(facts, self.objective, person, post);
        if self.objective == Objective::Statutory {
            facts.covered(person, post).for_each(|pair| *self.covering.entry(pair).or_default() -= 1);
        }
    }

    pub(super) fn value(&self) -> i128 {
        match self.objective {
            Objective::Statutory => count(self.covering.values().filter(|&&placements| placements > 0)),
            Objective::Placed
            | Objective::Preference
            | Objective::Match
            | Objective::Rank
            | Objective::Cost
            | Objective::Moves
            | Objective::Critical
            | Objective::Travel => self.sum,
        }
    }
}

/// What one placement adds to an objective; nothing to `statutory`, which counts pairs and not placements.
pub(super) fn worth(facts: &Facts<'_>, objective: Objective, person: PersonId, post: PostId) -> i128 {
    let case = facts.case;
    let place = &case.posts[post];
    match objective {
        Objective::Placed => 1,
        Objective::Statutory => 0,
        Objective::Preference => i128::from(facts.preference_met(person, post) == Some(true)),
        // A pair without a match row breaks R202; there is no distance to count.
        Objective::Match => case.matches.get(&(person, post)).map_or(0, |found| distance(found.kind)),
        Objective::Rank => i128::from(facts.rank_counted(person, post)),
        Objective::Cost => facts.cost(person, post),
        Objective::Moves => i128::from(place.authority != case.people[person].employer),
        Objective::Critical => match place.criticality {
            Criticality::Statutory | Criticality::High => 1,
            Criticality::Normal => 0,
        },
        Objective::Travel => {
            let miles = case.travel.as_ref().and_then(|travel| travel.get(&(person, place.authority)));
            miles.map_or(0, |miles| i128::from(miles.0))
        }
    }
}

/// How far a match is from a direct one.
fn distance(kind: MatchKind) -> i128 {
    match kind {
        MatchKind::Direct => 0,
        MatchKind::Partial => 1,
        MatchKind::Alternative => 2,
        MatchKind::Promotion => 3,
    }
}
