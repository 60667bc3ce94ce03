//! Rounded rows of a proof, derived again: `case/proof.rs` states how such a row follows from others.

use crate::case::proof::Rounded;
use crate::certify::facts::Facts;
use crate::certify::grid::Grid;
use crate::certify::rows::{Options, Row, greatest_common_divisor};
use crate::id::{Id, PersonId, PostId};

/// What is counted in, and what the right-hand side leaves of it.
#[derive(Clone, Copy)]
struct Count {
    divisor: i128,
    rest: i128,
}

impl Count {
    /// `(d − r)·⌊a/d⌋ + max(0, a mod d − r)`.
    fn of(self, value: i128) -> Option<i128> {
        let wholes = (self.divisor - self.rest).checked_mul(value.div_euclid(self.divisor))?;
        wholes.checked_add((value.rem_euclid(self.divisor) - self.rest).max(0))
    }
}

/// The sum of everything that is multiplied.
struct Sum {
    /// Of each option of each person.
    options: Grid<i128>,
    /// Of each switch being on.
    on: Vec<i128>,
    limit: i128,
}

/// The row; `None` where a number does not fit, or the rounding gains nothing.
///
/// - `rows`: those that the rounding names, in its order.
/// - The posts are offered and the people exist; a divisor below 2 gains nothing, and a grain below 1 is none.
pub(super) fn round(facts: &Facts<'_>, options: &Options, rounded: &Rounded, rows: &[&Row]) -> Option<Row> {
    let seats = |post: PostId| i128::from(facts.case.posts[post].capacity);
    let mut sum = Sum { options: Grid::like(&options.people, 0), on: vec![0; options.switches.len()], limit: 0 };
    let multipliers: Vec<i128> = rounded.rows.iter().map(|&(_, times)| times).collect();
    sum.add_rows(rows, &multipliers)?;
    sum.add_posts(options, &rounded.posts, &seats)?;
    sum.add_people(&rounded.people)?;
    if rounded.divisor < 2 || rounded.grain < 1 {
        return None;
    }
    let count = Count { divisor: rounded.divisor, rest: sum.limit.rem_euclid(rounded.divisor) };
    if count.rest == 0 {
        return None;
    }
    for value in sum.options.all_mut().iter_mut().chain(&mut sum.on).chain([&mut sum.limit]) {
        *value = count.of(*value)?;
    }
    // What is left to each limit was counted as a variable: limit less terms is put in its place.
    let less = |times: i128| count.of(times).and_then(i128::checked_neg);
    let multipliers: Vec<i128> = multipliers.into_iter().map(less).collect::<Option<_>>()?;
    sum.add_rows(rows, &multipliers)?;
    let posts: Option<Vec<_>> = rounded.posts.iter().map(|&(post, times)| Some((post, less(times)?))).collect();
    sum.add_posts(options, &posts?, &seats)?;
    sum.above_no_post(options)?;
    sum.in_lowest_terms(rounded.grain)
}

impl Sum {
    fn add_rows(&mut self, rows: &[&Row], multipliers: &[i128]) -> Option<()> {
        for (row, &times) in rows.iter().zip(multipliers) {
            for &(person, option, coefficient) in row.terms.iter() {
                add(&mut self.options[person][option], times, coefficient)?;
            }
            for &(switch, coefficient) in &row.switches {
                add(&mut self.on[switch], times, coefficient)?;
            }
            add(&mut self.limit, times, row.limit)?;
        }
        Some(())
    }

    fn add_posts(&mut self, options: &Options, posts: &[(PostId, i128)], seats: &dyn Fn(PostId) -> i128) -> Option<()> {
        for &(post, times) in posts {
            for (sums, choices) in self.options.iter_mut().zip(options.people.iter()) {
                for (sum, _) in sums.iter_mut().zip(choices).filter(|&(_, &choice)| choice == Some(post)) {
                    add(sum, times, 1)?;
                }
            }
            add(&mut self.limit, times, seats(post))?;
        }
        Some(())
    }

    fn add_people(&mut self, people: &[(PersonId, i128)]) -> Option<()> {
        for &(person, times) in people {
            for sum in &mut self.options[person.index()] {
                add(sum, times, 1)?;
            }
            add(&mut self.limit, times, 1)?;
        }
        Some(())
    }

    /// Counts each person's options above having no post; above the least, where that is no option.
    fn above_no_post(&mut self, options: &Options) -> Option<()> {
        for (sums, choices) in self.options.iter_mut().zip(options.people.iter()) {
            let none = choices.iter().position(Option::is_none).map(|at| sums[at]);
            let base = none.or_else(|| sums.iter().copied().min()).unwrap_or(0);
            for sum in sums {
                add(sum, -1, base)?;
            }
            add(&mut self.limit, -1, base)?;
        }
        Some(())
    }

    /// Divided by what all terms have in common, and counted in grains, rounded down.
    fn in_lowest_terms(self, grain: i128) -> Option<Row> {
        let mut all = self.options.all().iter().chain(&self.on);
        let common =
            all.try_fold(0, |common, value| Some(greatest_common_divisor(common, value.checked_abs()?)))?.max(1);
        let unit = common.checked_mul(grain)?;
        let mut terms = Vec::new();
        for (person, sums) in self.options.iter().enumerate() {
            let counted = sums.iter().map(|sum| sum.div_euclid(unit)).enumerate().filter(|&(_, sum)| sum != 0);
            terms.extend(counted.map(|(option, sum)| (person, option, sum)));
        }
        let on = self.on.iter().map(|sum| sum.div_euclid(unit)).enumerate().filter(|&(_, sum)| sum != 0);
        Some(Row { terms: terms.into(), switches: on.collect(), limit: self.limit.div_euclid(unit) })
    }
}

fn add(sum: &mut i128, times: i128, value: i128) -> Option<()> {
    *sum = sum.checked_add(times.checked_mul(value)?)?;
    Some(())
}
