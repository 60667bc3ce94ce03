//! The best plan of one scenario, solved whole and certified: where the case does not come apart, or rules hold it together.

use crate::case::Case;
use crate::case::scenario::Scenario;
use crate::certify::{Certified, Refusal, certify};
use crate::model;
use crate::solve::{self, Hints, Limits};
use crate::study::sweep::altered::Altered;

/// The best plan of a scenario, whose case was altered by what was drawn; of equally good ones the canonical one.
///
/// Its searches begin where those of the case before any draw ended; each objective is proved for this scenario by itself, and all of it
/// is derived again by the checker from the altered case. Who is undecided is not asked. Whoever solves otherwise must give the same
/// plan: rows say who is where, and may not show how it was found.
///
/// # Errors
/// [`Refusal`]: a bug of ours in the solver.
pub(super) fn best(
    altered: &Altered,
    scenario: &Scenario,
    hints: &Hints,
    limits: &Limits<'_>,
) -> Result<Certified, Refusal> {
    let model = model::build(&altered.case, scenario);
    certify(&altered.case, scenario, solve::canonical(&altered.case, scenario, &model, hints, limits))
}

/// What the case before any draw teaches about its scenarios.
pub(super) fn hints(case: &Case, scenario: &Scenario, limits: &Limits<'_>) -> Hints {
    solve::hints(&model::build(case, scenario), limits)
}
