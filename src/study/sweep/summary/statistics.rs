//! Where fractions begin: standard errors, intervals of probabilities, shares of variance. Shown, never decided by.
//!
//! - Mean: standard error √(s²/n) with s² = Σ(x − mean)²/(n − 1).
//! - Probability: the score interval of E. B. Wilson, *Probable inference, the law of succession, and statistical inference*
//!   (JASA 22, 1927, pp. 209-212), 95 %, rounded outward.
//! - Share of variance: the correlation ratio of one input, less what chance alone would give (ε²: T. L. Kelley, *An unbiased
//!   correlation ratio measure*, PNAS 21, 1935), with the standard error of a jackknife over batches of draws.
//!
//! All sums come in as exact integers. Only `+ - * /` and `sqrt` are used, which every machine rounds alike.

/// The 97.5 % point of the normal law.
const Z: f64 = 1.959_963_984_540_054;

/// A figure in thousandths of its unit, with its standard error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Estimate {
    /// The figure.
    pub thousandths: i64,
    /// Its standard error, rounded up; `None` where one draw or none gives no error.
    pub error: Option<i64>,
}

/// How often something happens, with its 95 % interval in hundredths of a per cent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Probability {
    /// Draws in which it does.
    pub hits: u64,
    /// All draws that are asked.
    pub of: u64,
    /// Lower end.
    pub low: u32,
    /// Upper end.
    pub high: u32,
}

/// Sums over the draws of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Sums {
    pub(super) draws: u64,
    pub(super) sum: i128,
    pub(super) squares: i128,
}

impl Sums {
    /// Counts a draw with this value.
    pub(super) fn add(&mut self, value: i64) {
        self.draws += 1;
        self.sum += i128::from(value);
        self.squares += i128::from(value) * i128::from(value);
    }

    /// Both together.
    pub(super) fn with(self, other: Sums) -> Sums {
        Sums { draws: self.draws + other.draws, sum: self.sum + other.sum, squares: self.squares + other.squares }
    }

    /// This without a part of it.
    pub(super) fn without(self, part: Sums) -> Sums {
        Sums { draws: self.draws - part.draws, sum: self.sum - part.sum, squares: self.squares - part.squares }
    }

    /// Sum of the squared distances from the mean; the difference of two large numbers is exact.
    fn scatter(self) -> f64 {
        if self.draws == 0 {
            return 0.0;
        }
        float(i128::from(self.draws) * self.squares - self.sum * self.sum) / float(i128::from(self.draws))
    }
}

#[allow(clippy::cast_precision_loss, reason = "a figure for showing, of which three digits are shown")]
fn float(value: i128) -> f64 {
    value as f64
}

/// To whole thousandths, rounded as asked.
fn thousandths(value: f64, round: fn(f64) -> f64) -> i64 {
    let whole = round(value * 1e3).clamp(-9e17, 9e17);
    #[allow(clippy::cast_possible_truncation, reason = "clamped to the range of an i64 just above")]
    let whole = whole as i64;
    whole
}

/// A mean with its standard error.
pub(super) fn mean(draws: u64, sum: i128, squares: i128) -> Estimate {
    if draws == 0 {
        return Estimate::default();
    }
    let n = float(i128::from(draws));
    let scatter = Sums { draws, sum, squares }.scatter();
    let error = (draws > 1).then(|| thousandths((scatter / (n - 1.0) / n).sqrt(), f64::ceil));
    Estimate { thousandths: thousandths(float(sum) / n, f64::round), error }
}

/// A probability with its interval.
pub(super) fn probability(hits: u64, of: u64) -> Probability {
    if of == 0 {
        return Probability { hits, of, low: 0, high: 10_000 };
    }
    let (k, n) = (float(i128::from(hits)), float(i128::from(of)));
    let centre = 2.0 * k + Z * Z;
    let spread = Z * (Z * Z + 4.0 * k * (1.0 - k / n)).sqrt();
    let under = 2.0 * (n + Z * Z);
    let end = |value: f64, round: fn(f64) -> f64| {
        let whole = round(value / under * 1e4).clamp(0.0, 1e4);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to five digits just above")]
        let whole = whole as u32;
        whole
    };
    // Where nothing or everything is a hit, that end is exact, and no rounding may move it.
    let low = if hits == 0 { 0 } else { end(centre - spread, f64::floor) };
    let high = if hits == of { 10_000 } else { end(centre + spread, f64::ceil) };
    Probability { hits, of, low, high }
}

/// How likely a new draw is to lie beyond all of so many, at most, in hundredths of a per cent: 95 % sure.
///
/// The rule of three: 1 − 0.05^(1/n) < 3/n (J. A. Hanley & A. Lippman-Hand, JAMA 249, 1983).
pub fn beyond(draws: u64) -> u64 {
    if draws == 0 { 10_000 } else { 30_000u64.div_ceil(draws).min(10_000) }
}

/// The share of the variance that groups explain, as a per cent in thousandths; `groups` are sums by group and batch.
///
/// `None` where nothing varies, or every draw is a group of its own.
pub(super) fn share_explained(groups: &[Vec<Sums>]) -> Option<Estimate> {
    let total = |groups: &[Vec<Sums>]| -> Vec<Sums> {
        groups.iter().map(|batches| batches.iter().fold(Sums::default(), |all, &one| all.with(one))).collect()
    };
    let whole = total(groups);
    let share = epsilon(&whole)?;
    let batches = groups.first().map_or(0, Vec::len);
    let mut left_out = Vec::new();
    for batch in 0..batches {
        let rest: Vec<Sums> = whole.iter().zip(groups).map(|(all, parts)| all.without(parts[batch])).collect();
        left_out.extend(epsilon(&rest));
    }
    let error = (left_out.len() == batches && batches > 1).then(|| jackknife(&left_out));
    Some(Estimate {
        thousandths: thousandths((share * 100.0).max(0.0), f64::round),
        error: error.map(|error| thousandths(error * 100.0, f64::ceil)),
    })
}

/// 1 − (scatter within groups per free draw) / (scatter of all per free draw).
fn epsilon(groups: &[Sums]) -> Option<f64> {
    let some: Vec<Sums> = groups.iter().copied().filter(|group| group.draws > 0).collect();
    let all = some.iter().fold(Sums::default(), |all, &one| all.with(one));
    let used = i128::try_from(some.len()).ok()?;
    let free = i128::from(all.draws) - used;
    let scatter = all.scatter();
    if free <= 0 || used < 2 || scatter <= 0.0 {
        return None;
    }
    let within: f64 = some.iter().map(|group| group.scatter()).sum();
    Some(1.0 - (within / float(free)) / (scatter / float(i128::from(all.draws) - 1)))
}

fn jackknife(left_out: &[f64]) -> f64 {
    let count = float(i128::try_from(left_out.len()).unwrap_or(1));
    let mean = left_out.iter().sum::<f64>() / count;
    let squares: f64 = left_out.iter().map(|value| (value - mean) * (value - mean)).sum();
    ((count - 1.0) / count * squares).sqrt()
}

#[cfg(test)]
mod tests {
    use super::{Estimate, Sums, beyond, mean, probability, share_explained};

    /// Truth: R. G. Newcombe (1998), *Two-sided confidence intervals for the single proportion*, table I, method 3:
    /// 81/263, 15/148, 0/20 and 1/29.
    #[test]
    fn wilson_is_as_published() {
        for (hits, of, low, high) in
            [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)]
        {
            let found = probability(hits, of);
            let near = |end: u32, published: f64| (f64::from(end) / 1e4 - published).abs() <= 1.01e-4;
            assert!(near(found.low, low) && near(found.high, high), "{found:?}");
        }
        assert_eq!(probability(20, 20).high, 10_000);
    }

    /// Truth: by hand; 1, 2, 3, 4 have mean 2.5 and standard error √(5/3/4) = 0.6455.
    #[test]
    fn a_mean_has_its_standard_error() {
        assert_eq!(mean(4, 10, 30), Estimate { thousandths: 2_500, error: Some(646) });
        assert_eq!(mean(1, 7, 49), Estimate { thousandths: 7_000, error: None });
        assert_eq!(mean(0, 0, 0), Estimate::default());
        assert_eq!((beyond(10_000), beyond(2)), (3, 10_000));
    }

    fn group(values: &[i64]) -> Vec<Sums> {
        let mut batches = vec![Sums::default(); 2];
        values.iter().enumerate().for_each(|(at, &value)| batches[at % 2].add(value));
        batches
    }

    /// Truth: by hand; an input that fixes the value explains all, one that does not matter nothing.
    #[test]
    fn shares_go_from_nothing_to_all() {
        let all = share_explained(&[group(&[1, 1, 1, 1]), group(&[5, 5, 5, 5])]);
        assert_eq!(all, Some(Estimate { thousandths: 100_000, error: Some(0) }));
        let none = share_explained(&[group(&[1, 1, 5, 5]), group(&[1, 1, 5, 5])]);
        assert_eq!(none.map(|it| it.thousandths), Some(0));
        assert_eq!(share_explained(&[group(&[3, 3, 3, 3]), group(&[3, 3, 3, 3])]), None);
        // 0, 2 | 4, 6: within 4, all 20; 1 - (4/2)/(20/3) = 0.7.
        let half = share_explained(&[group(&[0, 2]), group(&[4, 6])]);
        assert_eq!(half.map(|it| it.thousandths), Some(70_000));
    }
}
