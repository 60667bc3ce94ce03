//! Checks that what is printed gives nothing away, from the worlds alone; shares no code with the search for them.

use std::collections::BTreeSet;

use crate::study::disclosure::ledger::{Ledger, Var, rounded};
use crate::study::disclosure::{Cover, Print};

/// What does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// The cover is about another ledger.
    #[error("the cover is about other numbers")]
    Shape,
    /// A world breaks a sum, a limit or a figure that is printed.
    #[error("world {0} does not agree with what is printed")]
    World(usize),
    /// A count of so few people is printed to the last digit.
    #[error("{0} is printed, and it is small")]
    Small(String),
    /// A number that may not be printed to the last digit is.
    #[error("{0} is printed, and it may not be")]
    Printed(String),
    /// Numbers that are kept back are known to come to few people together.
    #[error("what is kept back of {0} and others is known to come to few people")]
    Together(String),
    /// Too few values are open for a number that is kept back.
    #[error("{0} is kept back, and too little is open about it")]
    Open(String),
}

/// Checks every number of a cover.
///
/// - Where nothing that is printed has to do with a number, nothing is asked of it: the paper says nothing about it.
///
/// # Errors
/// [`Flaw`]: the first thing that does not hold, a bug of ours.
pub fn check(ledger: &Ledger, cover: &Cover) -> Result<(), Flaw> {
    let count = ledger.vars().count();
    if cover.prints.len() != count || cover.worlds.iter().any(|world| world.len() != count) {
        return Err(Flaw::Shape);
    }
    let truth: Vec<i64> = ledger.vars().map(|var| ledger.variable(var).truth).collect();
    let all = || std::iter::once(&truth).chain(&cover.worlds);
    if let Some(at) = all().position(|world| !agrees(ledger, cover, world)) {
        return Err(Flaw::World(at));
    }
    if let Some(name) = few_together(ledger, cover) {
        return Err(Flaw::Together(name));
    }
    let natural = ledger.natural();
    for var in ledger.vars() {
        let name = || ledger.variable(var).name.clone();
        if is_exact(cover, var) && !ledger.may_be_exact(var) {
            return Err(Flaw::Printed(name()));
        }
        if is_exact(cover, var) && ledger.is_small(var, cover.threshold) {
            return Err(Flaw::Small(name()));
        }
        let values: BTreeSet<i64> = all().map(|world| world[var.index()]).collect();
        let is_open = ledger.is_open(var, &values, cover.threshold, natural[var.index()]);
        if !is_open && is_touched(ledger, cover, var) {
            return Err(Flaw::Open(name()));
        }
    }
    Ok(())
}

fn is_exact(cover: &Cover, var: Var) -> bool {
    match cover.prints[var.index()] {
        Print::Exact => true,
        Print::Rounded | Print::Between(..) | Print::Nothing => false,
    }
}

fn is_printed(cover: &Cover, var: Var) -> bool {
    match cover.prints[var.index()] {
        Print::Exact | Print::Rounded | Print::Between(..) => true,
        Print::Nothing => false,
    }
}

fn agrees(ledger: &Ledger, cover: &Cover, world: &[i64]) -> bool {
    let number = |var: Var| {
        let (it, value) = (ledger.variable(var), world[var.index()]);
        let (low, high) = match cover.prints[var.index()] {
            Print::Exact => (it.truth, it.truth),
            Print::Rounded => rounded(it.truth, cover.threshold).1,
            Print::Between(low, high) => (low, high),
            Print::Nothing => (it.low, it.high),
        };
        it.low <= value && value <= it.high && low <= value && value <= high
    };
    let sums = || {
        ledger.rows().iter().all(|row| {
            let sum: i64 = row.terms.iter().map(|&(var, factor)| factor * world[var.index()]).sum();
            row.low <= sum && sum <= row.high
        })
    };
    ledger.vars().all(number) && sums()
}

/// A number of a sum in which the figures printed leave a small count to those kept back.
fn few_together(ledger: &Ledger, cover: &Cover) -> Option<String> {
    for row in ledger.rows() {
        let (mut left, mut signs, mut printed, mut name) = (row.low, BTreeSet::new(), false, None);
        for &(var, factor) in &row.terms {
            let it = ledger.variable(var);
            if is_exact(cover, var) || it.low == it.high {
                left -= factor * it.truth;
                printed |= is_exact(cover, var) && it.truth != 0;
            } else {
                signs.insert(if ledger.is_of_people(var) { factor } else { 0 });
                name.get_or_insert(&it.name);
            }
        }
        let few = left != 0 && left.unsigned_abs() < u64::from(cover.threshold);
        let one_kind = row.low == row.high && signs.len() == 1 && !signs.contains(&0);
        if one_kind && few && printed {
            return name.cloned();
        }
    }
    None
}

/// Whether anything printed stands in a sum with the number, or with one kept back that does, and so on.
fn is_touched(ledger: &Ledger, cover: &Cover, var: Var) -> bool {
    let mut reached = vec![false; cover.prints.len()];
    reached[var.index()] = true;
    loop {
        let mut grown = false;
        for row in ledger.rows() {
            let joins = row.terms.iter().any(|(it, _)| reached[it.index()] && !is_exact(cover, *it));
            for (it, _) in row.terms.iter().filter(|_| joins) {
                grown |= !std::mem::replace(&mut reached[it.index()], true);
            }
        }
        if !grown {
            return ledger.vars().any(|it| reached[it.index()] && is_printed(cover, it));
        }
    }
}
