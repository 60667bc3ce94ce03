//! Figures about certified plans: who is where, what is empty, who is undecided.
//!
//! Everything here is counted from a [`crate::certify::Certified`], so a figure on paper comes from a checked answer or
//! not at all. It knows no file and no format. Solvers are known to `instance`, which has no people, and to `variant`,
//! which certifies whatever it solves.

pub mod answers;
pub mod compare;
pub mod curve;
pub mod decide;
pub mod disclosure;
pub mod explain;
pub mod generate;
pub mod impossible;
pub mod instance;
pub mod matching;
pub mod material;
pub mod monitor;
pub mod paper;
pub(crate) mod patience;
pub mod pools;
pub mod price;
pub mod redundancy;
pub mod rules;
pub mod settlement;
pub mod stable;
pub mod summary;
pub mod sweep;
pub mod vacancies;
pub mod variant;
