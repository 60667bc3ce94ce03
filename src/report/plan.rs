//! `plan.json`: the answer as a file that another program, or `demerge verify`, can read and check.
//!
//! Reading gives a claim, never a certified answer: `certify` derives every figure again. What each key means stands in
//! `docs/PLAN_JSON.md`. Figures with decimals are written from exact integers, never through floating point.

mod claim;
mod conflict;
mod impossible;
mod numbers;
mod proof_rows;
mod read;
mod rounded_rows;
mod vacancies;
mod write;

pub use conflict::read_conflict;
pub use read::{PlanFault, read_plan};
pub use write::{write_figures, write_objectives, write_plan, write_plan_with};

/// The value of the key `schema`.
pub const SCHEMA: &str = "demerge/plan/1";
