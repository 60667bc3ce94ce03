//! Looks for rounded rows that the averaged assignment of an ascent breaks.
//!
//! Only agents whose average is divided matter to that; everyone else stands at one option, which counts as nought. One begins
//! with each row that the average leaves nothing of, and adds other rows, columns and other options to count from, as long
//! as the breach grows. All of it is a guess: [`Rounding::row`] makes of it a row that holds, whatever was guessed.
//! (The choice of what to count from and in: Marchand & Wolsey 2001, Operations Research 49.)

mod divided;
mod guess;

use crate::kernel::bundle::Bundle;
use crate::kernel::problem::Problem;
use crate::kernel::rounding::Rounding;
use crate::kernel::separate::divided::Divided;
use crate::kernel::separate::guess::Guess;

/// A breach below this is not worth a row.
const WORTH: f64 = 1e-2;

/// A row of which the average leaves more than this is not begun with.
const SLACK: f64 = 1e-3;

/// Divisors that are looked at closely, for each row that one begins with.
const DIVISORS: usize = 4;

/// At most so many rounded rows of the rows `bases` that the average breaks, those that cut deepest first.
pub(crate) fn separate(problem: &Problem, bases: &[usize], bundle: &Bundle, most: usize) -> Vec<Rounding> {
    let divided = Divided::of(problem, bases, bundle);
    let mut found: Vec<(f64, Rounding)> = Vec::new();
    for row in (0..bases.len()).filter(|&row| divided.slack[row] < SLACK) {
        let mut plain = Guess::of_row(&divided, row);
        let mut tried: Vec<(f64, f64)> = Vec::new();
        for divisor in plain.divisors() {
            plain.count_in(divisor);
            tried.push((plain.breach(), divisor));
        }
        tried.sort_by(|a, b| b.0.total_cmp(&a.0));
        for &(_, divisor) in tried.iter().take(DIVISORS) {
            let mut guess = plain.clone();
            guess.count_in(divisor);
            let breach = guess.improve();
            if breach > WORTH {
                found.push((breach / guess.length(), guess.rounding(problem, bases)));
            }
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    found.dedup_by(|a, b| a.1 == b.1);
    found.into_iter().take(most).map(|(_, rounding)| rounding).collect()
}
