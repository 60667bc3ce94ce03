//! A question to the solver that is given up after so much work, so that one hard question does not keep the others waiting.

use std::cell::Cell;

use crate::solve::Limits;

/// Asks with limits that also end after `looks` looks at the clock, of which there is about one for each assignment solved.
pub(crate) fn patiently<T>(limits: &Limits<'_>, looks: u64, ask: impl FnOnce(&Limits<'_>) -> T) -> T {
    let left = Cell::new(looks);
    let should_stop = || {
        let more = left.get();
        left.set(more.saturating_sub(1));
        more == 0 || (limits.should_stop)()
    };
    ask(&Limits { solver: limits.solver, should_stop: &should_stop })
}
