//! A question to the solver that is given up after so much work, so that one hard question does not keep the others waiting.

use std::cell::Cell;

use crate::solve::Limits;

/// Asks with limits that also end after `looks` looks at the clock, of which there is about one for each assignment solved.
pub(crate) fn patiently<T>(limits: &Limits<'_>, looks: u64, ask: impl FnOnce(&Limits<'_>) -> T) -> T {
    counted(limits, looks, ask).0
}

/// The same, and how many looks it took.
pub(crate) fn counted<T>(limits: &Limits<'_>, looks: u64, ask: impl FnOnce(&Limits<'_>) -> T) -> (T, u64) {
    let left = Cell::new(looks);
    let should_stop = || {
        let more = left.get();
        left.set(more.saturating_sub(1));
        more == 0 || (limits.should_stop)()
    };
    let answer = ask(&Limits { solver: limits.solver, should_stop: &should_stop });
    (answer, looks - left.get())
}
