//! From a loaded case to a certified answer: model, solve, certify.

use crate::case::Case;
use crate::case::scenario::Scenario;
use crate::certify::{self, Certified};
use crate::cli::args::Solving;
use crate::cli::exit::Error;
use crate::cli::stop;
use crate::load::Loaded;
use crate::model;
use crate::solve::{self, Limits, Solver};
use crate::study::pools::Pool;
use crate::study::settlement::{self, Settled};
use crate::study::summary::Summary;
use crate::study::{impossible, vacancies};

/// The one scenario that was loaded.
pub(super) fn scenario(loaded: &Loaded) -> &Scenario {
    loaded.scenarios.first().expect("a case that is loaded to be solved has its scenario")
}

/// Does work that asks a solver, which ends at the limit or at Ctrl-C.
pub(super) fn within<T>(solving: &Solving, work: impl FnOnce(&Limits<'_>) -> T) -> T {
    stop::listen();
    let should_stop = stop::limit(solving.limit);
    stop::watched(|| work(&Limits { solver: solving.solver.solver(), should_stop: &should_stop }))
}

/// The best plan, or why there is none, checked.
///
/// # Errors
/// [`Error::Refused`] if the checker does not confirm what the solver found.
pub(super) fn answer(case: &Case, scenario: &Scenario, solving: &Solving) -> Result<Certified, Error> {
    let outcome = within(solving, |limits| {
        let model = tracing::info_span!("model").in_scope(|| model::build(case, scenario));
        solve::solve(case, scenario, &model, limits)
    });
    let _span = tracing::info_span!("certify").entered();
    certify::certify(case, scenario, outcome).map_err(Error::Refused)
}

/// The ways to settle the pools of an answer; with a time limit, as long again at most.
pub(super) fn settled(
    case: &Case,
    scenario: &Scenario,
    certified: &Certified,
    pools: &[Pool],
    solving: &Solving,
) -> Settled {
    let _span = tracing::info_span!("pools").entered();
    within(solving, |limits| settlement::settle(case, scenario, certified, pools, limits.should_stop))
}

/// Adds to a summary why there is no plan, or why seats are empty, as far as the limit in seconds lets.
pub(super) fn reasons(
    case: &Case,
    scenario: &Scenario,
    certified: &Certified,
    summary: &mut Summary,
    limit: Option<u64>,
) {
    let should_stop = stop::limit(limit);
    let limits = Limits { solver: Solver::Network, should_stop: &should_stop };
    summary.impossible = stop::watched(|| impossible::explain(case, scenario, certified, &limits));
    summary.vacancies = stop::watched(|| vacancies::explain(case, scenario, certified, &limits));
}
