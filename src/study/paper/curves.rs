//! How the best result changes as a limit of the scenario moves, for the limits that matter most.
//!
//! A curve is exact, so its steps lie one person, one salary or one post apart, and the limits at which they lie are made of
//! the plans found: where a share of people ends, a plan has that many people there. Two lines subtracted would tell of
//! one person. So a curve is for the exempt paper, and the public one leaves it out whole.

use crate::case::Case;
use crate::case::scenario::{Clause, Level, Scenario};
use crate::certify::Refusal;
use crate::solve::Limits;
use crate::study::curve::{Curve, curve, ends};
use crate::study::price::Worth;
use crate::study::variant::change::Limit;

/// Limits that a paper follows.
const MOST_LIMITS: usize = 3;
/// Steps of each, from the loosest limit.
const MOST_STEPS: usize = 8;

/// The curves of the limits that matter most: those that are kept before those that are measured, in the order of the file.
///
/// # Errors
/// [`Refusal`]: a bug of ours in the solver.
pub(super) fn curves(case: &Case, scenario: &Scenario, limits: &Limits<'_>) -> Result<Vec<Curve>, Refusal> {
    let of = |(clause, end): (usize, Limit)| {
        let mut found = curve(case, scenario, clause, end, MOST_STEPS, limits)?;
        // Of a limit at which nothing was proved, nothing is said.
        found.steps.retain(|step| step.worth != Worth::Stopped);
        Ok(found)
    };
    followed(scenario).into_iter().map(of).collect()
}

/// Whether any limit of a scenario can be followed.
pub fn has_limits(scenario: &Scenario) -> bool {
    !followed(scenario).is_empty()
}

fn followed(scenario: &Scenario) -> Vec<(usize, Limit)> {
    let mut all = Vec::new();
    for (at, rule) in scenario.fairness.iter().enumerate() {
        let is_measured = match rule.level {
            Level::Must => false,
            Level::Report => true,
        };
        let has_curve = match rule.clause {
            Clause::PeopleShare { .. }
            | Clause::FteShare { .. }
            | Clause::Budget { .. }
            | Clause::VacancyGap { .. }
            | Clause::PreferenceParity { .. } => true,
            // It moves in whole people of one function, which would be about one or two.
            Clause::Cover { .. } => false,
        };
        let ends = ends(&rule.clause).into_iter().filter(|_| has_curve);
        all.extend(ends.map(|(end, _)| (is_measured, at, end)));
    }
    all.sort_by_key(|&(is_measured, at, _)| (is_measured, at));
    all.into_iter().take(MOST_LIMITS).map(|(_, at, end)| (at, end)).collect()
}
