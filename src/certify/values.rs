//! What each goal is worth: of one placement, and of a whole plan.

use std::collections::BTreeMap;

use crate::case::answer::Plan;
use crate::case::goal::{Goal, Part};
use crate::case::scenario::Objective;
use crate::case::{Criticality, EmploymentStatus, MatchKind};
use crate::certify::facts::{Facts, Switch, count};
use crate::id::{PersonId, PostId};

/// Value of a goal in a plan, in its objective's own unit.
pub(super) fn value(facts: &Facts<'_>, goal: Goal, plan: &Plan) -> i128 {
    let mut total = Total::new(goal);
    plan.placed().for_each(|(person, post)| total.add(facts, person, post));
    total.value()
}

/// A goal added up placement by placement.
pub(super) struct Total {
    goal: Goal,
    sum: i128,
    /// How many placements cover each pair, where pairs count.
    covering: BTreeMap<Switch, u64>,
    /// How many placements have each rank, where the worst counts.
    ranks: BTreeMap<u32, u64>,
}

impl Total {
    pub(super) fn new(goal: Goal) -> Self {
        Self { goal, sum: 0, covering: BTreeMap::new(), ranks: BTreeMap::new() }
    }

    /// Puts a person into a post.
    pub(super) fn add(&mut self, facts: &Facts<'_>, person: PersonId, post: PostId) {
        self.sum += worth(facts, self.goal, person, post);
        if self.goal.objective == Objective::Statutory {
            facts.covered(person, post).for_each(|pair| *self.covering.entry(pair).or_default() += 1);
        }
        if self.goal.objective == Objective::Bottleneck {
            *self.ranks.entry(facts.rank_counted(person, post)).or_default() += 1;
        }
    }

    /// Takes a person out of the post into which they were put.
    pub(super) fn remove(&mut self, facts: &Facts<'_>, person: PersonId, post: PostId) {
        self.sum -= worth(facts, self.goal, person, post);
        if self.goal.objective == Objective::Statutory {
            facts.covered(person, post).for_each(|pair| *self.covering.entry(pair).or_default() -= 1);
        }
        if self.goal.objective == Objective::Bottleneck {
            *self.ranks.entry(facts.rank_counted(person, post)).or_default() -= 1;
        }
    }

    pub(super) fn value(&self) -> i128 {
        match self.goal.objective {
            Objective::Bottleneck => {
                let held = self.ranks.iter().rev().find(|&(_, &placements)| placements > 0);
                held.map_or(0, |(&rank, _)| i128::from(rank))
            }
            Objective::Statutory => count(self.covering.values().filter(|&&placements| placements > 0)),
            Objective::Placed
            | Objective::Preference
            | Objective::Match
            | Objective::Rank
            | Objective::Cost
            | Objective::Moves
            | Objective::Critical
            | Objective::Family
            | Objective::Travel
            | Objective::Generous
            | Objective::Greedy
            | Objective::RankMaximal => self.sum,
        }
    }
}

/// What one placement adds to a goal; nothing to `statutory`, which counts pairs and not placements, nor to `bottleneck`.
pub(super) fn worth(facts: &Facts<'_>, goal: Goal, person: PersonId, post: PostId) -> i128 {
    match goal.part {
        Part::Placed => 1,
        Part::Rank(rank) => i128::from(facts.rank_counted(person, post) == rank),
        Part::Whole => worth_of_whole(facts, goal.objective, person, post),
    }
}

fn worth_of_whole(facts: &Facts<'_>, objective: Objective, person: PersonId, post: PostId) -> i128 {
    let case = facts.case;
    let place = &case.posts[post];
    match objective {
        Objective::Placed => 1,
        Objective::Statutory => 0,
        Objective::Preference => i128::from(facts.preference_met(person, post) == Some(true)),
        // A pair without a match row breaks R202; there is no distance to count.
        Objective::Match => facts.kind(person, post).map_or(0, distance),
        Objective::Rank => i128::from(facts.rank_counted(person, post)),
        Objective::Cost => facts.cost(person, post),
        Objective::Moves => i128::from(place.authority != case.people[person].employer),
        Objective::Critical => match place.criticality {
            Criticality::Statutory | Criticality::High => 1,
            Criticality::Normal => 0,
        },
        Objective::Family => i128::from(is_on_family_leave(case.people[person].status)),
        Objective::Travel => {
            let miles = case.travel.as_ref().and_then(|travel| travel.get(&(person, place.authority)));
            miles.map_or(0, |miles| i128::from(miles.0))
        }
        // The worst of all ranks, and not a sum; the others are taken apart, and never whole.
        Objective::Bottleneck | Objective::Generous | Objective::Greedy | Objective::RankMaximal => 0,
    }
}

/// On maternity, adoption or shared parental leave: the priority of the regulations (`docs/RULES.md`).
fn is_on_family_leave(status: EmploymentStatus) -> bool {
    match status {
        EmploymentStatus::MaternityLeave | EmploymentStatus::AdoptionLeave | EmploymentStatus::SharedParentalLeave => {
            true
        }
        EmploymentStatus::InPost
        | EmploymentStatus::LongTermSick
        | EmploymentStatus::SecondedOut
        | EmploymentStatus::Suspended
        | EmploymentStatus::NoticeGiven => false,
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
