//! Numbers only: assignment with prices, multipliers, branch and bound. Knows no people, posts or money.
//!
//! A [`problem::Problem`] is a network (each *agent* takes at most one *arc*, each arc leads to a *column* with room for
//! so many agents) with *rows* (sums over arcs and switches that may not exceed a limit). [`search::minimise`] finds the
//! least value of one more row and a [`search::Tree`] that proves it. Every decision and every bound is an integer;
//! floating point only guesses multipliers (`dual`) or plays the rival (`linear`), and is never believed.

mod blend;
mod blocks;
mod board;
mod branching;
mod bundle;
pub(crate) mod confined;
pub mod domain;
mod dual;
pub(crate) mod incidence;
mod incumbent;
mod knapsack;
pub mod linear;
pub(crate) mod multiply;
mod polish;
pub mod problem;
pub mod profile;
pub(crate) mod propagate;
pub mod relax;
mod repair;
pub mod rounding;
mod sample;
pub mod search;
mod separate;
pub(crate) mod sets;
pub mod stages;
mod tighten;
mod together;
pub mod transport;
mod tune;
mod volume;

/// Finest fixed-point scale of guessed multipliers: a multiplier is a whole number of 2^-48 at most.
///
/// A coarser power of two is used where evaluations then fit 64 bits (`dual`). Fine enough that a row in pence
/// (coefficients to 10^9) against an objective that counts people is priced to a millionth
/// of a person; sums stay below 2^123, which every evaluation checks first (`Weights::fits`).
pub const MULTIPLIER_SCALE: i128 = 1 << 48;

/// Room for sums in 64 bits when a scale is chosen: a table of costs takes sums to 2^53, lists to 2^59.
const NARROW: i64 = 1 << 52;

/// The same where there is no table.
const NARROW_LISTS: i64 = 1 << 58;

/// Rounding every multiplier may cost one part in so many of one unit of the objective; else 128 bits are used.
const MULTIPLIER_PRECISION: i64 = 16;

/// Bundle iterations at the root of a search.
pub const ROOT_ITERATIONS: usize = 240;

/// Bundle iterations at each further node.
pub const NODE_ITERATIONS: usize = 12;

/// Cuts that the bundle keeps.
pub const BUNDLE_SIZE: usize = 24;

/// Rounds of striking by single rows at a node before the bundle is asked.
pub const PROPAGATION_ROUNDS: usize = 6;

/// Repairs of assignments into incumbents may take one part in so many of the work of the evaluations.
pub const REPAIR_SHARE: u64 = 12;

/// Evaluations before the first repair, where the multipliers are still wide of the mark.
pub const FIRST_REPAIR: u64 = 12;

/// Weighing one move of a repair takes as long as so many arcs of an evaluation.
pub const CHANGE_WORK: u64 = 8;

/// Assignments of so many agents are blended into incumbents; fewer are repaired one by one.
pub const BLEND_FROM: usize = 256;

/// Assignments between two blends.
pub const BLEND_EVERY: u32 = 4;

/// Options of each agent, on average, that mend and polish a blend.
pub const BLEND_NEAR: usize = 4;

/// Sweeps over all agents in one repair.
pub const REPAIR_ROUNDS: usize = 4;

/// Cases of so many agents begin their ascent with the multipliers of a part.
pub const SAMPLE_FROM: usize = 4_000;

/// The part has one agent in so many.
pub const SAMPLE_PART: usize = 32;

/// And not fewer than this.
pub const SAMPLE_LEAST: usize = 1_000;

/// Iterations of the part's ascent.
pub const SAMPLE_ITERATIONS: usize = 20;

/// Assignments before the first blend where the ascent begins with the multipliers of a part.
pub const SAMPLE_BLEND: u32 = 8;

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

/// Rounds of rounded rows at the root of a search.
pub const ROUNDING_ROUNDS: usize = 20;

/// Rounded rows that one round adds at most.
pub const ROUNDINGS_EACH: usize = 4;

/// Coefficients of rounded rows may be as large as this: larger ones would be priced too coarsely.
pub const ROUNDING_SCALE: i64 = 3_000;

/// Columns of the largest problem of which rows are rounded: beyond, each round costs as much as many nodes.
pub const ROUNDING_COLUMNS: usize = 400;

/// Rounds of rounded rows after which the bound must have risen by a part of all that they lifted it, one in
/// [`ROUNDING_WORTH`].
pub const ROUNDING_PATIENCE: usize = 3;

/// See [`ROUNDING_PATIENCE`].
pub const ROUNDING_WORTH: i128 = 50;

/// Multipliers and prices of the tree that is tried before rounded rows are rounded again; some two hundred nodes.
pub const FIRST_TREE: usize = 12_000;
