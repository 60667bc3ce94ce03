//! A step of a proof multiplied out: what each option and each switch comes to, before the cheapest are added up.
//!
//! One set of sums serves step after step. Most numbers are small: where both factors fit 64 bits their product fits 128, and nothing
//! has to be checked.

use crate::case::proof::Step;
use crate::certify::facts::Facts;
use crate::certify::fault::Fault;
use crate::certify::grid::Grid;
use crate::certify::rows::{Options, Row};
use crate::id::{Id, PostId, Table};

/// A step multiplied out.
pub(super) struct Sums {
    /// Cost of each option of each person.
    pub(super) options: Grid<i128>,
    /// Cost of each switch being on.
    pub(super) on: Vec<i128>,
    /// Capacity x price, less multiplier x limit.
    pub(super) fixed: i128,
    /// The price of each post, where the step has one.
    price: Table<PostId, Option<i128>>,
}

impl Sums {
    /// Nothing added up yet.
    pub(super) fn new(facts: &Facts<'_>, options: &Options) -> Self {
        Self {
            options: Grid::like(&options.people, 0),
            on: vec![0; options.switches.len()],
            fixed: 0,
            price: Table::filled(None, facts.case.posts.len()),
        }
    }

    /// Forgets what was added up.
    pub(super) fn clear(&mut self) {
        self.options.all_mut().fill(0);
        self.on.fill(0);
        self.fixed = 0;
    }

    /// Adds a row so many times; `None` where a number does not fit.
    pub(super) fn add(&mut self, row: &Row, multiplier: i128) -> Option<()> {
        for &(person, choice, coefficient) in row.terms.iter() {
            let cost = &mut self.options[person][choice];
            *cost = cost.checked_add(times(multiplier, coefficient)?)?;
        }
        for &(switch, coefficient) in &row.switches {
            self.on[switch] = self.on[switch].checked_add(times(multiplier, coefficient)?)?;
        }
        self.fixed = self.fixed.checked_sub(times(multiplier, row.limit)?)?;
        Some(())
    }

    /// Takes the prices of a step off the options that have them.
    ///
    /// # Errors
    /// [`Fault`]: a price above nought, of a post that is not offered, or a second one of a post; or `overflow`.
    pub(super) fn take_prices(
        &mut self,
        facts: &Facts<'_>,
        options: &Options,
        step: &Step,
        overflow: Fault,
    ) -> Result<(), Fault> {
        let set = self.set_prices(facts, step);
        let taken = set.and_then(|()| self.take_set_prices(facts, options, step).ok_or(overflow));
        for &(post, _) in &step.prices {
            if post.index() < self.price.len() {
                self.price[post] = None;
            }
        }
        taken
    }

    fn set_prices(&mut self, facts: &Facts<'_>, step: &Step) -> Result<(), Fault> {
        for &(post, price) in &step.prices {
            if price > 0 {
                return Err(Fault::PositivePrice(post));
            }
            if !facts.is_offered(post) {
                return Err(Fault::PriceNotOffered(post));
            }
            if self.price[post].replace(price).is_some() {
                return Err(Fault::RepeatedPrice(post));
            }
        }
        Ok(())
    }

    fn take_set_prices(&mut self, facts: &Facts<'_>, options: &Options, step: &Step) -> Option<()> {
        if step.prices.is_empty() {
            return Some(());
        }
        for &(post, price) in &step.prices {
            self.fixed = self.fixed.checked_add(times(price, facts.case.posts[post].capacity.into())?)?;
        }
        for (cost, &choice) in self.options.all_mut().iter_mut().zip(options.people.all()) {
            if let Some(price) = choice.and_then(|post| self.price[post]) {
                *cost = cost.checked_sub(price)?;
            }
        }
        Some(())
    }

    /// Takes a person's share off all of the person's options, and adds it to the whole; `None` where a number does not fit.
    pub(super) fn take_share(&mut self, person: usize, share: i128) -> Option<()> {
        for cost in &mut self.options[person] {
            *cost = cost.checked_sub(share)?;
        }
        self.fixed = self.fixed.checked_add(share)?;
        Some(())
    }
}

/// The product, where it fits.
fn times(a: i128, b: i128) -> Option<i128> {
    match (i64::try_from(a), i64::try_from(b)) {
        (Ok(a), Ok(b)) => Some(i128::from(a) * i128::from(b)),
        (Ok(_) | Err(_), _) => a.checked_mul(b),
    }
}

#[cfg(test)]
mod tests {
    use super::times;

    /// Truth: `checked_mul` itself.
    #[test]
    fn products_are_those_of_128_bits() {
        let ends = [0, 1, 7, i128::from(i64::MAX), i128::from(i64::MAX) + 1, i128::MAX / 3, i128::MAX];
        let all: Vec<i128> = ends.iter().flat_map(|&it| [it, -it, -it - 1]).collect();
        for &a in &all {
            for &b in &all {
                assert_eq!(times(a, b), a.checked_mul(b), "{a} x {b}");
            }
        }
    }
}
