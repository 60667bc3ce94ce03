//! Which counts a public paper may print, so that nobody can be found: also not by subtracting one figure from another.
//!
//! Everything that is printed, and everything that a reader could work out from it, stands in one [`Ledger`]: numbers, and
//! the sums that hold between them. Figures are let out one after the other, those first that a reader would miss most, and
//! each only if enough stays open about every small number. Of what is not let out the paper prints the range in which a
//! reader could place it anyway (partial suppression, as Fischetti and Salazar-González have it: Management Science 49, 2003).
//!
//! What is kept back is protected by *worlds*: whole other sets of numbers that agree with everything printed and in which
//! the hidden number is a different one. Whoever reads the paper cannot tell the true world from these, so no arithmetic,
//! however clever, leads to the number. [`check::check`] reads the worlds and shares no code with the search for them.
//!
//! It knows neither people nor posts, only numbers.

pub mod check;
pub mod ledger;
mod search;
mod space;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::study::disclosure::ledger::{Ledger, Var, step};
use crate::study::disclosure::search::{Done, Fact, Say, Search};
use crate::study::disclosure::space::Bounds;

/// How a number is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Print {
    /// As it is.
    Exact,
    /// To the nearest step ([`step`]).
    Rounded,
    /// As lying between these ends, both of them possible values.
    Between(i64, i64),
    /// Not at all.
    Nothing,
}

/// What is printed, with the worlds that protect the rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cover {
    /// Counts of people from 1 to one below this are kept back.
    pub threshold: u32,
    /// How each number of the ledger is printed.
    pub prints: Vec<Print>,
    /// Whole sets of numbers that agree with everything printed; the first is the truth.
    pub worlds: Vec<Vec<i64>>,
}

impl Cover {
    /// The number, where it is printed as it is.
    pub fn figure(&self, ledger: &Ledger, var: Var) -> Option<i64> {
        match self.prints[var.index()] {
            Print::Exact => Some(ledger.variable(var).truth),
            Print::Rounded | Print::Between(..) | Print::Nothing => None,
        }
    }
}

/// Decides what is printed.
///
/// - First what may be exact or must be rounded, and of small counts that they are small, by weight and then by size.
/// - Then, rounded, what would otherwise be known less well than that.
pub fn hide(ledger: &Ledger, threshold: u32) -> Cover {
    let mut search = Search::new(ledger, threshold);
    let mut by_weight: BTreeMap<Reverse<u8>, Vec<Var>> = BTreeMap::new();
    for var in ledger.vars() {
        by_weight.entry(Reverse(ledger.weight(var).unwrap_or(0))).or_default().extend(ledger.weight(var).map(|_| var));
    }
    for vars in by_weight.values_mut() {
        vars.sort_by_key(|&var| (Reverse(ledger.variable(var).truth), var));
        search.tell(&vars.iter().map(|&var| (var, wish(ledger, var, threshold))).collect::<Vec<Fact>>());
    }
    for vars in by_weight.values() {
        let known = search.worked_out();
        let is_vague = |&&var: &&Var| width(&known, var) >= step(threshold) && !ledger.is_small(var, threshold);
        search.tell(&vars.iter().filter(is_vague).map(|&var| (var, Say::Rounded)).collect::<Vec<Fact>>());
    }
    let Done { is_exact, is_rounded, bounds, worlds } = search.done();
    let print = |var: Var| {
        let (low, high) = bounds[var.index()];
        match () {
            () if is_exact[var.index()] => Print::Exact,
            () if is_rounded[var.index()] && high - low + 1 >= step(threshold) => Print::Rounded,
            () if is_telling(ledger, var, (low, high), threshold) => Print::Between(low, high),
            () => Print::Nothing,
        }
    };
    Cover { threshold, prints: ledger.vars().map(print).collect(), worlds }
}

/// What a paper would like to say of a number.
fn wish(ledger: &Ledger, var: Var, threshold: u32) -> Say {
    match () {
        () if ledger.is_small(var, threshold) => Say::Few,
        () if ledger.may_be_exact(var) => Say::Exact,
        () => Say::Rounded,
    }
}

fn width(bounds: &Bounds, var: Var) -> i64 {
    bounds[var.index()].1 - bounds[var.index()].0
}

/// Whether a range says enough to be worth printing: less than two steps wide, and at most half of what could be.
fn is_telling(ledger: &Ledger, var: Var, (low, high): (i64, i64), threshold: u32) -> bool {
    let it = ledger.variable(var);
    high - low < 2 * step(threshold) && 2 * (high - low) <= it.high - it.low
}
