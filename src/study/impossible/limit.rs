//! The limits of a fairness rule as numbers: what they are, the rule without one, and the rule with another.

use crate::case::Case;
use crate::case::answer::Plan;
use crate::case::goal::Goal;
use crate::case::proof::Side;
use crate::case::scenario::{Clause, Level, Objective, Scenario};
use crate::certify::{Measure, inspect};
use crate::id::{PersonId, PostId};
use crate::model::terms;
use crate::quantity::{BasisPoints, Pence};
use crate::study::impossible::Fix;
use crate::study::impossible::changes::Changes;
use crate::study::impossible::trial::Trial;
use crate::study::variant::Variant;

const WHOLE: i64 = BasisPoints::WHOLE.0 as i64;

/// The limits that a clause has, as the scenario file has them: basis points, pence or people.
pub(super) fn limits(clause: &Clause) -> Vec<(Side, i64)> {
    match clause {
        Clause::PeopleShare { min, max, .. } | Clause::FteShare { min, max, .. } => {
            let least = min.map(|min| (Side::Min, i64::from(min.0)));
            least.into_iter().chain(max.map(|max| (Side::Max, i64::from(max.0)))).collect()
        }
        Clause::Budget { max, .. } => vec![(Side::Max, max.0)],
        Clause::Cover { min_people, .. } => vec![(Side::Min, i64::from(*min_people))],
        Clause::VacancyGap { max_points, .. } | Clause::PreferenceParity { max_points } => {
            vec![(Side::Max, i64::from(max_points.0))]
        }
    }
}

/// The scenario with one limit of a clause at another value.
pub(super) fn with_limit(scenario: &Scenario, index: usize, side: Side, to: i64) -> Scenario {
    let mut scenario = scenario.clone();
    let points = BasisPoints(i32::try_from(to).unwrap_or(i32::MAX));
    match &mut scenario.fairness[index].clause {
        Clause::PeopleShare { min, max, .. } | Clause::FteShare { min, max, .. } => match side {
            Side::Min => *min = Some(points),
            Side::Max => *max = Some(points),
        },
        Clause::Budget { max, .. } => *max = Pence(to),
        Clause::Cover { min_people, .. } => *min_people = u32::try_from(to).unwrap_or(0),
        Clause::VacancyGap { max_points, .. } | Clause::PreferenceParity { max_points } => *max_points = points,
    }
    scenario
}

/// The scenario without one limit of a clause; what it has besides stays.
pub(super) fn without_limit(scenario: &Scenario, index: usize, side: Side) -> Scenario {
    let mut scenario = scenario.clone();
    let rule = &mut scenario.fairness[index];
    match &mut rule.clause {
        Clause::PeopleShare { min, max, .. } | Clause::FteShare { min, max, .. } => {
            match side {
                Side::Min => *min = None,
                Side::Max => *max = None,
            }
            if min.is_none() && max.is_none() {
                rule.level = Level::Report;
            }
        }
        Clause::Budget { .. } | Clause::Cover { .. } | Clause::VacancyGap { .. } | Clause::PreferenceParity { .. } => {
            rule.level = Level::Report;
        }
    }
    scenario
}

/// What counts for a clause that is a plain sum over placements; `None` for one that compares two rates.
fn weight(case: &Case, scenario: &Scenario, clause: &Clause, person: PersonId, post: PostId) -> Option<i64> {
    let record = &case.posts[post];
    Some(match clause {
        Clause::PeopleShare { authority, .. } => i64::from(record.authority == *authority),
        Clause::FteShare { authority, .. } if record.authority == *authority => case.people[person].fte.0.into(),
        Clause::Budget { authority, .. } if record.authority == *authority => {
            terms::value(case, scenario, Goal::whole(0, Objective::Cost), person, post)
        }
        Clause::FteShare { .. } | Clause::Budget { .. } => 0,
        Clause::Cover { authority, function, .. } => {
            i64::from(record.authority == *authority && record.functions.contains(function))
        }
        Clause::VacancyGap { .. } | Clause::PreferenceParity { .. } => return None,
    })
}

/// Whether a person in a post counts for a clause about people.
pub(super) fn counts(case: &Case, clause: &Clause, post: PostId) -> bool {
    let record = &case.posts[post];
    match clause {
        Clause::PeopleShare { authority, .. } | Clause::FteShare { authority, .. } => record.authority == *authority,
        Clause::Cover { authority, function, .. } => {
            record.authority == *authority && record.functions.contains(function)
        }
        Clause::Budget { .. } | Clause::VacancyGap { .. } | Clause::PreferenceParity { .. } => false,
    }
}

/// What a plan has of the sum behind a clause: people, ten-thousandths of FTE, or pence.
fn measured(variant: &Variant, index: usize, plan: &Plan) -> Option<i64> {
    let found = inspect(&variant.case, &variant.scenario, plan);
    match &found.fairness.get(index)?.measure {
        Measure::PeopleShare { placed, .. } | Measure::FteShare { placed, .. } | Measure::Cover { placed, .. } => {
            Some(*placed)
        }
        Measure::Budget { cost, .. } => Some(cost.0),
        Measure::VacancyGap { .. } | Measure::PreferenceParity { .. } => None,
    }
}

/// All of which a share is a share: people, or ten-thousandths of FTE.
pub(super) fn total(case: &Case, clause: &Clause) -> Option<i64> {
    match clause {
        Clause::PeopleShare { .. } => i64::try_from(case.people.len()).ok(),
        Clause::FteShare { .. } => Some(case.people.values().map(|person| i64::from(person.fte.0)).sum()),
        Clause::Budget { .. } | Clause::Cover { .. } | Clause::VacancyGap { .. } | Clause::PreferenceParity { .. } => {
            None
        }
    }
}

/// The sum that a limit demands, from the number in the scenario file.
pub(super) fn demanded(case: &Case, clause: &Clause, side: Side, limit: i64) -> i64 {
    let Some(total) = total(case, clause) else { return limit };
    match side {
        Side::Min => (limit * total + WHOLE - 1).div_euclid(WHOLE),
        Side::Max => (limit * total).div_euclid(WHOLE),
    }
}

/// The tightest number of the scenario file that a sum still keeps.
fn tightest(case: &Case, clause: &Clause, side: Side, sum: i64) -> i64 {
    match total(case, clause) {
        None => sum,
        Some(0) => 0,
        Some(total) => match side {
            Side::Min => (sum * WHOLE).div_euclid(total),
            Side::Max => (sum * WHOLE + total - 1).div_euclid(total),
        },
    }
}

/// The nearest to a limit that any plan comes with these changes, which leave the limit there: the sum, and the tightest
/// number of the scenario file at which there is a plan.
///
/// `None` where there is no plan without the limit either, or nothing is proved.
pub(super) fn nearest(trial: &Trial<'_>, changes: &Changes, index: usize, side: Side) -> Option<(i64, i64)> {
    let clause = &trial.scenario.fairness[index].clause;
    let loose = changes.without(index, side);
    if trial.possible(&loose) != Some(true) {
        return None;
    }
    match clause {
        Clause::VacancyGap { .. } | Clause::PreferenceParity { .. } => {
            let to = bisected(trial, changes, index, side)?;
            Some((to, to))
        }
        Clause::PeopleShare { .. } | Clause::FteShare { .. } | Clause::Budget { .. } | Clause::Cover { .. } => {
            let sign = match side {
                Side::Min => 1,
                Side::Max => -1,
            };
            let worth = |of: &Variant, person: PersonId, post: PostId| {
                sign * weight(&of.case, &of.scenario, clause, person, post).unwrap_or(0)
            };
            let sum = trial.most(&loose, &worth, &|of, plan| measured(of, index, plan))?;
            Some((sum, tightest(trial.case, clause, side, sum)))
        }
    }
}

/// The smallest gap in basis points at which there is a plan, by halving.
fn bisected(trial: &Trial<'_>, changes: &Changes, index: usize, side: Side) -> Option<i64> {
    let (mut no, mut yes) = (-1, WHOLE);
    while yes - no > 1 {
        let middle = (no + yes).div_euclid(2);
        let at = changes.and(&[Fix::Limit { clause: index, side, to: middle }]);
        if trial.possible(&at)? { yes = middle } else { no = middle }
    }
    Some(yes)
}
