//! Numbers only: assignment with prices, multipliers, branch and bound. Knows no people, posts or money.
//!
//! A [`problem::Problem`] is a network (each *agent* takes at most one *arc*, each arc leads to a *column* with room for
//! so many agents) with *rows* (sums over arcs and switches that may not exceed a limit). [`search::minimise`] finds the
//! least value of one more row and a [`search::Tree`] that proves it. Every decision and every bound is an integer;
//! floating point only guesses multipliers (`dual`) or plays the rival (`linear`), and is never believed.

mod branching;
mod bundle;
pub mod domain;
mod dual;
pub(crate) mod incidence;
mod incumbent;
pub mod linear;
mod multiply;
pub mod problem;
pub mod profile;
pub(crate) mod propagate;
pub mod relax;
mod repair;
pub mod search;
pub mod stages;
mod together;
pub mod transport;

/// Finest fixed-point scale of guessed multipliers: a multiplier is a whole number of 2^-48 at most.
///
/// A coarser power of two is used where evaluations then fit 64 bits (`dual`). Fine enough that a row in pence (coefficients to 10^9) against an objective that counts people is priced to a millionth
/// of a person; sums stay below 2^123, which every evaluation checks first (`Weights::fits`).
pub const MULTIPLIER_SCALE: i128 = 1 << 48;

/// Room for sums in 64 bits when a scale is chosen: a table of costs takes sums to 2^53, lists to 2^59.
const NARROW: i64 = 1 << 52;

/// Rounding every multiplier may cost one part in so many of one unit of the objective; else 128 bits are used.
const MULTIPLIER_PRECISION: i64 = 16;

/// Bundle iterations at the root of a search.
pub const ROOT_ITERATIONS: usize = 240;

/// Bundle iterations at each further node.
pub const NODE_ITERATIONS: usize = 24;

/// Cuts that the bundle keeps.
pub const BUNDLE_SIZE: usize = 40;

/// Rounds of striking by single rows at a node before the bundle is asked.
pub const PROPAGATION_ROUNDS: usize = 6;

/// Evaluations between two tries to repair an assignment into an incumbent.
pub const REPAIR_EVERY: usize = 3;

/// Sweeps over all agents in one repair.
pub const REPAIR_ROUNDS: usize = 4;
