//! The best plan of one scenario, certified: the one place where a sweep meets a solver.

use crate::case::scenario::Scenario;
use crate::certify::{Certified, Refusal, certify};
use crate::model;
use crate::solve::{self, Limits};
use crate::study::sweep::altered::Altered;

/// The best plan of a scenario, whose case was altered by what was drawn; of equally good ones the canonical one.
///
/// Each is solved from nothing and derived again by the checker from the altered case. Who is undecided is not asked. Whoever solves
/// otherwise must give the same plan: rows say who is where, and may not show how it was found.
///
/// # Errors
/// [`Refusal`]: a bug of ours in the solver.
pub(super) fn best(altered: &Altered, scenario: &Scenario, limits: &Limits<'_>) -> Result<Certified, Refusal> {
    let model = model::build(&altered.case, scenario);
    certify(&altered.case, scenario, solve::canonical(&altered.case, scenario, &model, limits))
}
