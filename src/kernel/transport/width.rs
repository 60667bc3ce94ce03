//! Integers wide enough for what is added up: 64 bits where a bound proves it, 128 else.

use std::fmt::Debug;
use std::ops::{Add, AddAssign, Sub};

/// An integer that costs and prices are counted in.
///
/// Everything that is added up stays below [`Width::FAR`] in absolute value, an option that is not there costs
/// [`Width::CLOSED`], and `CLOSED` with something added or taken away stays above `FAR`: so one comparison tells both.
pub trait Width:
    Copy + Ord + Default + Debug + Add<Output = Self> + Sub<Output = Self> + AddAssign + From<i32> + Into<i128>
{
    /// Nothing that can be reached is as far as this.
    const FAR: Self;
    /// The cost of an option that is not there.
    const CLOSED: Self;
    /// Twice the largest alternating sum of costs may be this, and so may a price in absolute value.
    const HALF: i128;

    /// The same number, if there is room for it.
    fn of(number: i128) -> Option<Self>;

    /// This and `weight · k`, if there is room for it; of the widest, the caller knows that there is.
    fn plus(self, weight: Self, k: i64) -> Option<Self>;

    /// The same number in 64 bits, if a dense table takes this width at all.
    fn dense(self) -> Option<i64>;

    /// Whether every sum over assignments of so many agents to so many columns fits where no cost is above `most`.
    ///
    /// An alternating path passes each column once, two arcs each time; a price is the length of such a path. So no sum
    /// of costs and a price exceeds `4 (min(agents, columns) + 2) most`, with as much left over for the price of a warm start.
    fn fits(agents: usize, columns: usize, most: Self) -> bool {
        let steps = i128::try_from(agents.min(columns) + 2).unwrap_or(i128::MAX);
        steps.saturating_mul(4).saturating_mul(most.into()) < Self::HALF
    }
}

impl Width for i64 {
    const FAR: Self = 1 << 60;
    const CLOSED: Self = 1 << 61;
    const HALF: i128 = 1 << 59;

    fn of(number: i128) -> Option<Self> {
        number.try_into().ok()
    }

    #[inline]
    fn plus(self, weight: Self, k: i64) -> Option<Self> {
        self.checked_add(weight.checked_mul(k)?)
    }

    fn dense(self) -> Option<i64> {
        Some(self)
    }
}

impl Width for i128 {
    const FAR: Self = 1 << 124;
    const CLOSED: Self = 1 << 125;
    const HALF: i128 = 1 << 123;

    fn of(number: i128) -> Option<Self> {
        Some(number)
    }

    #[inline]
    fn plus(self, weight: Self, k: i64) -> Option<Self> {
        Some(self + weight * i128::from(k))
    }

    fn dense(self) -> Option<i64> {
        None
    }
}
