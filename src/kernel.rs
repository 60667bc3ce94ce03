//! Numbers only: assignment with prices, multipliers, branch and bound. Knows no people, posts or money.
//!
//! A [`problem::Problem`] is a network (each *agent* takes at most one *arc*, each arc leads to a *column* with room for
//! so many agents) with *rows* (sums over arcs and switches that may not exceed a limit). [`search::minimise`] finds the
//! least value of one more row and a [`search::Tree`] that proves it. Every decision and every bound is an integer;
//! floating point only guesses multipliers (`dual`) or plays the rival (`linear`), and is never believed.

mod branching;
pub mod dual;
pub mod linear;
pub mod problem;
pub mod relax;
pub mod search;
pub mod transport;

/// Fixed-point scale of guessed multipliers: a multiplier is a whole number of 2^-24.
///
/// Fine enough that a pence row (coefficients to 10^7) is priced to a pound, coarse enough that 10^5 agents
/// with coefficients of 10^9 stay below 2^100.
pub const MULTIPLIER_SCALE: i128 = 1 << 24;

/// Largest weight that a stage may carry over from the stages before it (2^80), so that sums stay inside `i128`.
pub const WEIGHT_LIMIT: i128 = 1 << 80;

/// Bundle iterations at the root of a search.
pub const ROOT_ITERATIONS: usize = 240;

/// Bundle iterations at each further node.
pub const NODE_ITERATIONS: usize = 24;

/// Cuts that the bundle keeps.
pub const BUNDLE_SIZE: usize = 40;

/// Rounds of striking by single rows at a node before the bundle is asked.
pub const PROPAGATION_ROUNDS: usize = 6;
