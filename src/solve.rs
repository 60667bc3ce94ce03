//! Finds the best plan and proves it: stages in the scenario's order, then the ties.
//!
//! Each objective is made as good as possible, proved, and kept at that value as a row for the next. Among equally good
//! plans the answer is the canonical one (people in id order, each to the first post by id, no post last), so
//! that the same case gives the same plan from either solver, whatever the order of rows.

mod components;
mod confined;
mod conflict;
mod equals;
mod exchange;
mod face;
mod levers;
mod meeting;
pub mod pieces;
mod question;
mod rest;
mod stages;
mod ties;
mod tree;

use crate::case::Case;
use crate::case::answer::Outcome;
use crate::case::scenario::Scenario;
use crate::model::Model;
use crate::solve::ties::Asked;

pub use crate::solve::stages::Hints;

/// Which solver finds the plan; all must give the same answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Solver {
    /// Our own integer kernel.
    Network,
    /// `good_lp` with microlp.
    Linear,
    /// `good_lp` with HiGHS.
    #[cfg(feature = "highs")]
    Highs,
}

/// When to stop, and which solver to use.
#[derive(Clone, Copy)]
pub struct Limits<'a> {
    /// Which solver finds the plan.
    pub solver: Solver,
    /// Asked often; once true, the run stops with the best plan so far.
    pub should_stop: &'a dyn Fn() -> bool,
}

/// Best plan with its proofs, or why there is none; who is undecided is left open.
///
/// For comparing many variants of a case. As in [`solve`] everything is a claim until `certify` has derived it again, and
/// what it finds is `Stopped` at most: an answer that has not been asked about ties is not finished.
pub fn best(case: &Case, scenario: &Scenario, model: &Model, limits: &Limits<'_>) -> Outcome {
    found(case, scenario, model, &Hints::default(), limits, Asked::Nothing)
}

/// As [`best`], and of equally good plans the canonical one, as [`solve`] would give it.
///
/// For comparing variants person by person: which plan it is depends on the case alone, and not on how it was found.
///
/// - `hints`: of a case like this one, or none. They change how long it takes, and nothing that is found.
pub fn canonical(case: &Case, scenario: &Scenario, model: &Model, hints: &Hints, limits: &Limits<'_>) -> Outcome {
    found(case, scenario, model, hints, limits, Asked::First)
}

/// What solving this case teaches about cases like it.
pub fn hints(model: &Model, limits: &Limits<'_>) -> Hints {
    let (run, _) = stages::Run::through(model, limits);
    Hints(run.learnt)
}

/// The best plan, `Stopped` at most, with what is asked about ties where every objective is proved.
fn found(case: &Case, scenario: &Scenario, model: &Model, hints: &Hints, limits: &Limits<'_>, asked: Asked) -> Outcome {
    let (run, end) = stages::Run::through_from(model, hints, limits);
    match end {
        stages::End::Impossible(tree) => {
            Outcome::Impossible(conflict::explain(case, scenario, model, run, tree, limits))
        }
        stages::End::Nothing => Outcome::Stopped(None),
        stages::End::Stopped => Outcome::Stopped(Some(ties::answer(case, model, run, limits, Asked::Nothing))),
        stages::End::Proved => Outcome::Stopped(Some(ties::answer(case, model, run, limits, asked))),
    }
}

/// Any plan at all, or the proof that there is none; no objective of the model counts.
///
/// For questions of yes and no. The conflict names every rule of the scenario: nothing is left out of it.
pub fn any(case: &Case, scenario: &Scenario, model: &Model, limits: &Limits<'_>) -> Outcome {
    let model = Model { goals: Vec::new(), targets: Vec::new(), ..model.clone() };
    let (run, end) = stages::Run::through(&model, limits);
    match end {
        stages::End::Impossible(tree) => Outcome::Impossible(conflict::whole(case, scenario, &model, &run, tree)),
        stages::End::Nothing => Outcome::Stopped(None),
        stages::End::Stopped | stages::End::Proved => {
            Outcome::Stopped(Some(ties::answer(case, &model, run, limits, Asked::Nothing)))
        }
    }
}

/// Best plan, or why there is none.
///
/// Everything in the outcome is a claim until `certify` has derived it again. A linear solver only proposes plans; their
/// figures are exact and its optimality is proved by the kernel like any other.
pub fn solve(case: &Case, scenario: &Scenario, model: &Model, limits: &Limits<'_>) -> Outcome {
    let _span = tracing::info_span!("solve", solver = ?limits.solver).entered();
    match found(case, scenario, model, &Hints::default(), limits, Asked::All) {
        // Ties are asked about only where everything is proved, so their being complete says that too.
        Outcome::Stopped(Some(answer)) if answer.undecided_complete => Outcome::Placed(answer),
        outcome => outcome,
    }
}
