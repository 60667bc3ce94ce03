//! Figures about certified plans: who is where, what is empty, who is undecided.
//!
//! Everything here is counted from a [`crate::certify::Certified`], so a figure on paper comes from a checked answer or
//! not at all. It knows no file and no format; only `instance`, which has no people, knows a solver.

pub mod instance;
pub mod matching;
pub mod pools;
pub mod summary;
