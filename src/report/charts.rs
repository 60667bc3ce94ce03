//! Charts of a paper: vacancies and ranks as bars, where people go as bands, and who is in which post as a structure.
//!
//! They draw what they are given: figures that may have been suppressed, words that may be long. Every chart can be read in
//! black and white, names its parts beside them, and says in its description every figure that it shows, and no other.

mod bars;
mod fitting;
mod flow;
pub mod structure;

pub use crate::report::charts::bars::{Bar, Group, bars};
pub use crate::report::charts::flow::{Band, flow};
