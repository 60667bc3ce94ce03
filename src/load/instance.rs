//! Published instances with known answers: bytes to plain arrays, or the line that cannot be read.
//!
//! Assignment and generalised assignment in the layout of OR-Library (Beasley 1990, J. Oper. Res. Soc. 41), preference sets
//! in JSON (`data/bench/SOURCE.md`). This room knows nothing of cases, and nothing of how an instance is solved.

mod numbers;
mod preferences;

use crate::load::instance::numbers::Numbers;

pub use crate::load::instance::preferences::{Preferences, preferences};

/// Largest entry in absolute value; sums over a million items then stay far inside 64 bits.
pub const LARGEST: i64 = 1 << 40;

/// Most entries of one matrix.
pub const MOST_ENTRIES: usize = 50_000_000;

/// Why a file is not an instance.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// A line cannot be read.
    #[error("line {line}: {what}")]
    Line {
        /// Line, counted from 1.
        line: usize,
        /// What is wrong there.
        what: String,
    },
    /// A part of a JSON file does not fit the rest.
    #[error("{place}: {what}")]
    Part {
        /// Which part, such as `agents[3] "S4"`.
        place: String,
        /// What is wrong there.
        what: String,
    },
}

/// Each row takes one column, each column one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// How many rows, and columns.
    pub size: usize,
    /// Row-major, `size` × `size`.
    pub cost: Vec<i64>,
}

/// Each item goes to one agent; an agent's items may not use more than its capacity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Generalised {
    /// How many agents.
    pub agents: usize,
    /// How many items.
    pub items: usize,
    /// `cost[agent * items + item]`.
    pub cost: Vec<i64>,
    /// `resource[agent * items + item]`, not negative.
    pub resource: Vec<i64>,
    /// One for each agent, not negative.
    pub capacity: Vec<i64>,
}

/// Reads an assignment instance: the size `n`, then `n` × `n` costs by rows.
///
/// Only the order of the numbers counts; lines may be cut anywhere.
///
/// # Errors
/// [`Fault::Line`]: not a whole number, too large, too few or too many of them.
pub fn assignment(bytes: &[u8]) -> Result<Assignment, Fault> {
    let mut numbers = Numbers::new(bytes);
    let size = numbers.count("the number of rows")?;
    let cost = numbers.matrix(size, size, "a cost", -LARGEST)?;
    numbers.end()?;
    Ok(Assignment { size, cost })
}

/// Reads a generalised assignment instance: `m n`, `m` × `n` costs, `m` × `n` resources, `m` capacities.
///
/// One line for each agent (Martinelli's copies of gap1 to gap12) and lines cut after twelve numbers (OR-Library a to e) read
/// alike: only the order of the numbers counts. A file of several instances after a count is not taken.
///
/// # Errors
/// [`Fault::Line`]: not a whole number, negative where it may not be, too large, too few or too many of them.
pub fn generalised(bytes: &[u8]) -> Result<Generalised, Fault> {
    let mut numbers = Numbers::new(bytes);
    let agents = numbers.count("the number of agents")?;
    let items = numbers.count("the number of items")?;
    let cost = numbers.matrix(agents, items, "a cost", -LARGEST)?;
    let resource = numbers.matrix(agents, items, "a use of resource", 0)?;
    let capacity = numbers.matrix(agents, 1, "a capacity", 0)?;
    numbers.end()?;
    Ok(Generalised { agents, items, cost, resource, capacity })
}
