//! Finds the best plan and proves it.

use crate::case::Case;
use crate::case::answer::Outcome;
use crate::case::scenario::Scenario;
use crate::model::Model;

/// Which solver finds the plan; all must give the same answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Solver {
    /// Our own integer kernel.
    Network,
    /// `good_lp` with microlp.
    Linear,
}

/// When to stop, and which solver to use.
pub struct Limits<'a> {
    /// Which solver finds the plan.
    pub solver: Solver,
    /// Asked often; once true, the run stops with the best plan so far.
    pub should_stop: &'a dyn Fn() -> bool,
}

/// Best plan, or why there is none.
pub fn solve(_case: &Case, _scenario: &Scenario, _model: &Model, _limits: &Limits<'_>) -> Outcome {
    unreachable!("comes with the solver")
}
