//! The numbers of a fairness rule, read and set from the words of the scenario file for the checker alone.

use crate::case::Case;
use crate::case::proof::Side;
use crate::case::scenario::{Clause, Scenario};
use crate::id::PostId;
use crate::quantity::BasisPoints;

/// One step that makes a limit harder to keep.
pub(super) fn tighter(side: Side) -> i64 {
    match side {
        Side::Min => 1,
        Side::Max => -1,
    }
}

pub(super) fn asked_for(clause: &Clause, side: Side) -> Option<i64> {
    match (clause, side) {
        (Clause::PeopleShare { min, .. } | Clause::FteShare { min, .. }, Side::Min) => min.map(|it| it.0.into()),
        (Clause::PeopleShare { max, .. } | Clause::FteShare { max, .. }, Side::Max) => max.map(|it| it.0.into()),
        (Clause::Budget { max, .. }, Side::Max) => Some(max.0),
        (Clause::Cover { min_people, .. }, Side::Min) => Some(i64::from(*min_people)),
        (Clause::VacancyGap { max_points, .. } | Clause::PreferenceParity { max_points }, Side::Max) => {
            Some(max_points.0.into())
        }
        (Clause::Budget { .. } | Clause::VacancyGap { .. } | Clause::PreferenceParity { .. }, Side::Min)
        | (Clause::Cover { .. }, Side::Max) => None,
    }
}

/// The same scenario with another number in this place; a share beyond all of it, or below nought, is nobody's.
pub(super) fn set(scenario: &Scenario, index: usize, side: Side, to: i64) -> Scenario {
    let mut scenario = scenario.clone();
    let number = i32::try_from(to).unwrap_or(i32::MAX);
    match (&mut scenario.fairness[index].clause, side) {
        (Clause::PeopleShare { min, .. } | Clause::FteShare { min, .. }, Side::Min) => *min = Some(BasisPoints(number)),
        (Clause::PeopleShare { max, .. } | Clause::FteShare { max, .. }, Side::Max) => *max = Some(BasisPoints(number)),
        (Clause::Budget { max, .. }, _) => max.0 = to,
        (Clause::Cover { min_people, .. }, _) => *min_people = u32::try_from(to).unwrap_or(0),
        (Clause::VacancyGap { max_points, .. } | Clause::PreferenceParity { max_points }, _) => {
            *max_points = BasisPoints(number);
        }
    }
    scenario
}

pub(super) fn is_in(case: &Case, clause: &Clause, post: PostId) -> bool {
    let post = &case.posts[post];
    match clause {
        Clause::PeopleShare { authority, .. } | Clause::FteShare { authority, .. } => post.authority == *authority,
        Clause::Cover { authority, function, .. } => post.authority == *authority && post.functions.contains(function),
        Clause::Budget { .. } | Clause::VacancyGap { .. } | Clause::PreferenceParity { .. } => false,
    }
}
