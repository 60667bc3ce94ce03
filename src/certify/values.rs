//! What each objective is worth: of one placement, and of a whole plan.

use crate::case::answer::Plan;
use crate::case::scenario::Objective;
use crate::case::{Criticality, MatchKind};
use crate::certify::facts::{Facts, count};
use crate::id::{PersonId, PostId};

/// Value of an objective in a plan, in its own unit.
pub(super) fn value(facts: &Facts<'_>, objective: Objective, plan: &Plan) -> i128 {
    match objective {
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
        | Objective::Travel => plan.placed().map(|(person, post)| worth(facts, objective, person, post)).sum(),
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
