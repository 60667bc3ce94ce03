//! Numbers only: assignment with prices, multipliers, branch and bound. Knows no people, posts or money.
//!
//! A [`problem::Problem`] is a network (each *agent* takes at most one *arc*, each arc leads to a *column* with room for
//! so many agents) with *rows* (sums over arcs and switches that may not exceed a limit). [`search::minimise`] finds the
//! least value of one more row and a [`search::Tree`] that proves it. Every decision and every bound is an integer;
//! floating point only guesses multipliers (`dual`) or plays the rival (`linear`), and is never believed.

mod blocks;
mod branching;
pub mod domain;
mod dual;
mod incidence;
mod incumbent;
mod knapsack;
pub mod linear;
mod polish;
pub mod problem;
pub mod profile;
mod propagate;
pub mod relax;
mod repair;
pub mod search;
pub mod stages;
pub mod transport;
mod volume;

/// Fixed-point scale of guessed multipliers: a multiplier is a whole number of 2^-48.
///
/// Fine enough that a row in pence (coefficients to 10^9) against an objective that counts people is priced to a millionth
/// of a person; sums stay below 2^125, which every evaluation checks first (`Weights::fits`).
pub const MULTIPLIER_SCALE: i128 = 1 << 48;

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

/// Ascent iterations at the root once blocks bound it.
pub const BLOCK_ROOT_ITERATIONS: usize = 600;

/// Ascent iterations at each further node that blocks bound.
pub const BLOCK_NODE_ITERATIONS: usize = 40;

/// Evaluations with blocks between two looks at their choice as an incumbent.
pub const BLOCK_LOOK_EVERY: u64 = 4;

/// Sweeps over all agents in one patient repair.
pub const LONG_REPAIR_ROUNDS: usize = 24;

/// Rounds of shifts, swaps and kicks at the root once blocks bound it.
pub const ROOT_POLISH_ROUNDS: usize = 400;

/// Rounds of the same now and then later.
pub const POLISH_ROUNDS: usize = 50;

/// Nodes between two dives for a better point, where blocks bound the nodes.
pub const DIVE_EVERY: usize = 64;

/// Blocks are looked at once an assignment evaluation's arcs, times this, have cost as much as their root's cells.
pub const BLOCKS_FACTOR: u64 = 256;
