//! Fisher's exact test of a table of two by two, in whole numbers.
//!
//! Both margins are taken as given, so the first cell has the hypergeometric law (R. A. Fisher, *The Design of Experiments*,
//! 1935). The two-sided p-value sums every table that is no more likely than the one observed; the mid-p takes half the
//! probability of the observed one away (H. O. Lancaster, *Significance tests in discrete distributions*, JASA 56, 1961),
//! because the plain test is too timid with small numbers. Likelihoods are compared as integers, so equal is equal.

use std::cmp::Ordering;

/// Two groups, and how many of each met an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fourfold {
    /// How many met it, of the group and of the others.
    pub hits: [u32; 2],
    /// How many they are.
    pub of: [u32; 2],
}

/// A natural number of any length, lowest digit first, without leading noughts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Natural(Vec<u32>);

impl Natural {
    /// One.
    fn one() -> Self {
        Self(vec![1])
    }

    /// Its digits to the base 2^32, lowest first.
    pub fn digits(&self) -> &[u32] {
        &self.0
    }

    fn trimmed(mut digits: Vec<u32>) -> Self {
        while digits.last() == Some(&0) {
            digits.pop();
        }
        Self(digits)
    }

    fn plus(&self, other: &Self) -> Self {
        let mut carry = 0;
        let mut digits = Vec::new();
        for at in 0..self.0.len().max(other.0.len()) {
            let [a, b] = [self, other].map(|it| u64::from(it.0.get(at).copied().unwrap_or(0)));
            carry += a + b;
            digits.push(low(carry));
            carry >>= 32;
        }
        digits.push(low(carry));
        Self::trimmed(digits)
    }

    fn times(&self, factor: u32) -> Self {
        let mut carry = 0;
        let mut digits = Vec::new();
        for &digit in &self.0 {
            carry += u64::from(digit) * u64::from(factor);
            digits.push(low(carry));
            carry >>= 32;
        }
        digits.push(low(carry));
        Self::trimmed(digits)
    }

    /// The quotient by a divisor that leaves no rest.
    fn over(&self, divisor: u32) -> Self {
        let mut rest = 0;
        let mut digits = vec![0; self.0.len()];
        for (at, &digit) in self.0.iter().enumerate().rev() {
            let here = (rest << 32) | u64::from(digit);
            digits[at] = low(here / u64::from(divisor));
            rest = here % u64::from(divisor);
        }
        debug_assert_eq!(rest, 0, "binomials divide evenly");
        Self::trimmed(digits)
    }
}

fn low(number: u64) -> u32 {
    u32::try_from(number & u64::from(u32::MAX)).expect("masked to 32 bits")
}

impl PartialOrd for Natural {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Natural {
    fn cmp(&self, other: &Self) -> Ordering {
        let longer = self.0.len().cmp(&other.0.len());
        longer.then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }
}

/// A fraction of natural numbers, not above one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probability {
    /// Numerator.
    pub part: Natural,
    /// Denominator, not nought.
    pub whole: Natural,
}

/// How many ways there are to each number of hits in the first group, lowest number first, and that number.
fn ways(Fourfold { hits, of }: Fourfold) -> (u32, Vec<Natural>) {
    let drawn = hits[0] + hits[1];
    let (least, most) = (drawn.saturating_sub(of[1]), drawn.min(of[0]));
    let mut all = vec![choose(of[1], drawn - least, &choose(of[0], least, &Natural::one()))];
    for k in least..most {
        let last = all.last().expect("it begins with one");
        let first_group = last.times(of[0] - k).over(k + 1);
        all.push(first_group.times(drawn - k).over(of[1] - (drawn - k) + 1));
    }
    (least, all)
}

/// `start` times the number of ways to take `k` of `n`.
fn choose(n: u32, k: u32, start: &Natural) -> Natural {
    (0..k).fold(start.clone(), |product, i| product.times(n - i).over(i + 1))
}

/// The two-sided mid-p of a table, exactly.
///
/// - One where only one table has these margins.
pub fn mid_p(table: Fourfold) -> Probability {
    let (least, ways) = ways(table);
    let observed = &ways[usize::try_from(table.hits[0] - least).expect("a small number")];
    if ways.len() == 1 {
        return Probability { part: Natural::one(), whole: Natural::one() };
    }
    // Twice everything, so that half of the observed one is whole.
    let sum = |all: &mut dyn Iterator<Item = &Natural>| all.fold(Natural::default(), |sum, it| sum.plus(it));
    let as_likely = ways.iter().filter(|it| *it == observed).count();
    let less = sum(&mut ways.iter().filter(|it| *it < observed)).times(2);
    let equal = observed.times(u32::try_from(2 * as_likely - 1).expect("at most two tables are equally likely"));
    Probability { part: less.plus(&equal), whole: sum(&mut ways.iter()).times(2) }
}
