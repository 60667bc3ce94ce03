//! How often each value came: exact means and order statistics, with their sampling errors.

use std::collections::BTreeMap;

use crate::study::sweep::summary::statistics::{Estimate, mean};

/// Counted values, whole numbers all through.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Counted {
    times: BTreeMap<i64, u64>,
    all: u64,
    sum: i128,
    squares: i128,
}

/// How a number is spread over draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spread {
    /// Over how many draws; with none, every other figure is nought.
    pub draws: u64,
    /// Its mean, with the standard error.
    pub mean: Estimate,
    /// Five draws in a hundred have this or less.
    pub low: Percentile,
    /// Five draws in a hundred have more than this.
    pub high: Percentile,
    /// The least seen.
    pub least: i64,
    /// The most seen.
    pub most: i64,
}

/// A value below which a part of the draws lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Percentile {
    /// The value in the draws that were made.
    pub value: i64,
    /// Lower end of its 95 % interval.
    pub low: i64,
    /// Upper end.
    pub high: i64,
}

impl Counted {
    /// Counts a value.
    pub(super) fn add(&mut self, value: i64) {
        *self.times.entry(value).or_default() += 1;
        self.all += 1;
        self.sum += i128::from(value);
        self.squares += i128::from(value) * i128::from(value);
    }

    /// What is said of them.
    pub(super) fn spread(&self) -> Spread {
        Spread {
            draws: self.all,
            mean: mean(self.all, self.sum, self.squares),
            low: self.percentile(5),
            high: self.percentile(95),
            least: self.times.keys().next().copied().unwrap_or(0),
            most: self.times.keys().next_back().copied().unwrap_or(0),
        }
    }

    /// The values that came, each with how often, lowest first.
    pub(super) fn bars(&self) -> Vec<(i64, u64)> {
        self.times.iter().map(|(&value, &times)| (value, times)).collect()
    }

    /// The order statistic of rank ⌈n·p⌉, and those that hold the true percentile 95 times in a hundred.
    ///
    /// The number of draws below the true percentile is binomial; its normal approximation gives the two ranks, rounded outward
    /// (H. A. David & H. N. Nagaraja, *Order Statistics*, 3rd ed. 2003, section 7.1). With few draws the ends are the least and
    /// the most seen.
    fn percentile(&self, hundredths: u64) -> Percentile {
        let (n, p) = (u128::from(self.all), u128::from(hundredths));
        // 1.96 standard deviations in ten-thousandths: 19600 · √(n·p·(100 − p)) / 100.
        let room = (196 * 196 * n * p * (100 - p)).isqrt() + 1;
        let middle = n * p * 100;
        let below = middle.saturating_sub(room) / 10_000;
        let above = (middle + room).div_ceil(10_000) + 1;
        Percentile { value: self.ranked((n * p).div_ceil(100)), low: self.ranked(below), high: self.ranked(above) }
    }

    /// The value of this rank, the least having rank 1; ranks beyond the ends are the ends.
    fn ranked(&self, rank: u128) -> i64 {
        let rank = rank.clamp(1, u128::from(self.all.max(1)));
        let mut seen = 0;
        for (&value, &times) in &self.times {
            seen += u128::from(times);
            if seen >= rank {
                return value;
            }
        }
        0
    }
}

#[cfg(test)]
mod tests {
    use super::{Counted, Percentile};

    /// Truth: by hand; of 1 to 100 five are at most 5. 1.96·√(100·0.05·0.95) = 4.27, so the ranks are 0 (there is none: the least)
    /// and ⌈9.27⌉ + 1 = 11; at 95 % they are ⌊90.73⌋ = 90 and ⌈99.27⌉ + 1 = 101 (the most).
    #[test]
    fn percentiles_are_order_statistics_with_an_interval() {
        let mut counted = Counted::default();
        (1..=100).for_each(|value| counted.add(value));
        let spread = counted.spread();
        assert_eq!(spread.low, Percentile { value: 5, low: 1, high: 11 });
        assert_eq!(spread.high, Percentile { value: 95, low: 90, high: 100 });
        assert_eq!((spread.draws, spread.least, spread.most, spread.mean.thousandths), (100, 1, 100, 50_500));
        assert_eq!(Counted::default().spread().low, Percentile::default());
    }
}
