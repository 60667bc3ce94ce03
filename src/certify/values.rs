//! What each goal is worth: of one placement, and of a whole plan.

use crate::case::answer::Plan;
use crate::case::goal::{Goal, Part};
use crate::case::scenario::Objective;
use crate::case::{Criticality, MatchKind};
use crate::certify::facts::{Facts, count};
use crate::id::{PersonId, PostId};

/// Value of a goal in a plan, in its objective's own unit.
pub(super) fn value(facts: &Facts<'_>, goal: Goal, plan: &Plan) -> i128 {
    match goal.objective {
        Objective::Bottleneck => {
            let ranks = plan.placed().map(|(person, post)| facts.rank_counted(person, post));
            ranks.max().map_or(0, i128::from)
        }
        Objective::Statutory => {
            let covered = |&switch: &_| plan.placed().any(|(person, post)| facts.covers(switch, person, post));
            count(facts.switches().iter().filter(|switch| covered(switch)))
        }
        Objective::Placed
        | Objective::Preference
        | Objective::Match
        | Objective::Rank
        | Objective::Cost
        | Objective::Moves
        | Objective::Critical
        | Objective::Travel
        | Objective::Generous
        | Objective::Greedy
        | Objective::RankMaximal => plan.placed().map(|(person, post)| worth(facts, goal, person, post)).sum(),
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
        // The worst of all ranks, and not a sum; the others are taken apart, and never whole.
        Objective::Bottleneck | Objective::Generous | Objective::Greedy | Objective::RankMaximal => 0,
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
