//! Numbers in words: the first word counts before all others, and none carries into another.
//!
//! Assignments need no more of their costs than that they can be added, taken away and compared; so objectives that come one after
//! the other may each have a word of their own, and one assignment makes all of them least.

use std::ops::{Add, AddAssign, Sub};

use crate::kernel::transport::width::Width;

/// A number in `N` words; the caller sees to it that each word fits as one number of 128 bits would ([`Width::fits`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Lex<const N: usize>(pub [i128; N]);

impl<const N: usize> Default for Lex<N> {
    fn default() -> Self {
        Self([0; N])
    }
}

impl<const N: usize> Add for Lex<N> {
    type Output = Self;

    #[inline]
    fn add(self, other: Self) -> Self {
        Self(std::array::from_fn(|word| self.0[word] + other.0[word]))
    }
}

impl<const N: usize> Sub for Lex<N> {
    type Output = Self;

    #[inline]
    fn sub(self, other: Self) -> Self {
        Self(std::array::from_fn(|word| self.0[word] - other.0[word]))
    }
}

impl<const N: usize> AddAssign for Lex<N> {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl<const N: usize> From<i32> for Lex<N> {
    fn from(number: i32) -> Self {
        first(i128::from(number))
    }
}

impl<const N: usize> From<Lex<N>> for i128 {
    /// The first word alone, which tells how far a number is from the marks of the first word.
    fn from(number: Lex<N>) -> Self {
        number.0[0]
    }
}

impl<const N: usize> Width for Lex<N> {
    const FAR: Self = first(i128::FAR);
    const CLOSED: Self = first(i128::CLOSED);
    const HALF: i128 = i128::HALF;

    fn of(number: i128) -> Option<Self> {
        Some(first(number))
    }

    fn plus(self, weight: Self, k: i64) -> Option<Self> {
        Some(Self(std::array::from_fn(|word| self.0[word] + weight.0[word] * i128::from(k))))
    }

    fn dense(self) -> Option<i64> {
        None
    }
}

const fn first<const N: usize>(number: i128) -> Lex<N> {
    let mut words = [0; N];
    words[0] = number;
    Lex(words)
}
