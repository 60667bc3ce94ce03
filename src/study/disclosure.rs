//! Which counts a public paper may print, so that nobody can be found: also not by subtracting one figure from another.
//!
//! Everything that is printed, and everything that a reader could work out from it, stands in one [`Ledger`]: numbers, and
//! the sums that hold between them. A count that is too small is kept back, and then as many others as it takes. What is
//! kept back is protected by *worlds*: whole other sets of numbers that agree with every figure printed and in which the
//! hidden number is a different one. Whoever reads the paper cannot tell the true world from these, so no arithmetic,
//! however clever, leads to the number. [`check::check`] reads the worlds and shares no code with the search for them.
//!
//! It knows neither people nor posts, only numbers.

pub mod check;
mod exchange;
pub mod ledger;

use crate::study::disclosure::exchange::Search;
use crate::study::disclosure::ledger::{Kind, Ledger, Var};

/// What is printed, with the worlds that protect the rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cover {
    /// Counts of people from 1 to one below this are kept back.
    pub threshold: u32,
    /// Whether each number of the ledger is printed.
    pub shown: Vec<bool>,
    /// Whole sets of numbers that agree with everything printed; the first is the truth.
    pub worlds: Vec<Vec<i64>>,
}

impl Cover {
    /// The number, where it is printed.
    pub fn figure(&self, ledger: &Ledger, var: Var) -> Option<i64> {
        self.shown[var.index()].then(|| ledger.variable(var).truth)
    }
}

/// Decides what is printed: all that may be, less what is small, less what would give that away.
///
/// - Of several numbers that would do, the one with the least weight is kept back.
/// - At last each number kept back for another's sake is tried again, the weightiest first.
pub fn hide(ledger: &Ledger, threshold: u32) -> Cover {
    let shown = ledger.vars().map(|var| ledger.is_printable(var) && !ledger.is_small(var, threshold)).collect();
    let mut search = Search::new(ledger, shown);
    let natural = ledger.natural();
    let mut changed = true;
    while changed {
        changed = false;
        for var in ledger.vars() {
            while !search.is_safe(var, threshold, &natural) {
                let Some(cell) = search.in_the_way(var) else { break };
                let (number, way) = (&ledger.variable(var).name, &ledger.variable(cell).name);
                tracing::debug!(number, kept_back = way, "kept back");
                search.conceal(cell);
                changed = true;
            }
        }
        while let Some(cell) = tells_few_together(ledger, &search.shown, threshold) {
            search.conceal(cell);
            changed = true;
        }
    }
    show_again(ledger, threshold, &natural, &mut search);
    Cover { threshold, shown: search.shown, worlds: search.worlds }
}

/// Shows again what need not have been kept back.
fn show_again(ledger: &Ledger, threshold: u32, natural: &[usize], search: &mut Search<'_>) {
    let mut waiting: Vec<Var> = ledger.vars().filter(|&var| ledger.is_printable(var)).collect();
    waiting.retain(|&var| !search.shown[var.index()] && !ledger.is_small(var, threshold));
    waiting.sort_by_key(|&var| std::cmp::Reverse((weight(ledger, var), ledger.variable(var).truth)));
    for cell in waiting {
        if !search.shown[cell.index()]
            && let Some(found) = with_shown(ledger, threshold, natural, search, cell)
        {
            *search = found;
        }
    }
}

/// The same with a number printed, and with those printed too that it leaves certain, if nothing small is given away.
fn with_shown<'a>(
    ledger: &Ledger,
    threshold: u32,
    natural: &[usize],
    search: &Search<'a>,
    cell: Var,
) -> Option<Search<'a>> {
    let mut tried = search.revealing(cell);
    while let Some(var) = ledger.vars().find(|&var| !tried.is_safe(var, threshold, natural)) {
        if !ledger.is_printable(var) || ledger.is_small(var, threshold) {
            let (number, way) = (&ledger.variable(cell).name, &ledger.variable(var).name);
            tracing::debug!(number, because_of = way, "stays kept back");
            return None;
        }
        tried = tried.revealing(var);
    }
    tells_few_together(ledger, &tried.shown, threshold).is_none().then_some(tried)
}

/// What to keep back where all that is kept back in one sum is known to come to few people together.
fn tells_few_together(ledger: &Ledger, shown: &[bool], threshold: u32) -> Option<Var> {
    let is_known = |var: Var| shown[var.index()] || ledger.variable(var).low == ledger.variable(var).high;
    let number = |&(var, factor): &(Var, i64)| factor * ledger.variable(var).truth;
    for row in ledger.rows().iter().filter(|row| row.low == row.high) {
        let hidden: Vec<&(Var, i64)> = row.terms.iter().filter(|(var, _)| !is_known(*var)).collect();
        let are_people = hidden.iter().all(|(var, factor)| *factor == hidden[0].1 && ledger.is_of_people(*var));
        let together: i64 = hidden.iter().map(|term| number(term)).sum();
        if !are_people || together == 0 || together.unsigned_abs() >= u64::from(threshold) {
            continue;
        }
        let printed = row.terms.iter().map(|(var, _)| *var).filter(|var| shown[var.index()]);
        let more = printed.filter(|&var| ledger.variable(var).truth != 0);
        let lightest = more.min_by_key(|&var| (weight(ledger, var), ledger.variable(var).truth, var));
        if lightest.is_some() {
            return lightest;
        }
    }
    None
}

/// How much a reader would miss a number.
fn weight(ledger: &Ledger, var: Var) -> u8 {
    match ledger.variable(var).kind {
        Kind::People(_, weight) | Kind::Seats(weight) => weight,
        Kind::Derived(_) | Kind::Open => 0,
    }
}
