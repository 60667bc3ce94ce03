//! Where fractions begin: an interval for a difference of two rates, and a probability as a rounded number.
//!
//! The interval is the hybrid score interval of R. G. Newcombe (*Interval estimation for the difference between independent
//! proportions*, Statistics in Medicine 17, 1998, method 10, without continuity correction), made of two intervals of E. B.
//! Wilson (JASA 22, 1927). It has square roots, so it is computed in `f64` and rounded outward to hundredths of a point; nothing
//! is decided by it. Only `+ - * /` and `sqrt` are used, which every machine rounds alike.

use crate::quantity::BasisPoints;
use crate::study::monitor::chance::{Fourfold, Natural, Probability};

/// The 97.5 % point of the normal law.
const Z: f64 = 1.959_963_984_540_054;

/// An interval of a difference of rates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// Its lower end.
    pub low: BasisPoints,
    /// Its upper end.
    pub high: BasisPoints,
}

/// The 95 % interval of the first rate less the second.
pub fn newcombe(Fourfold { hits, of }: Fourfold) -> Interval {
    let [first, second] = [0, 1].map(|group| wilson(f64::from(hits[group]), f64::from(of[group])));
    let difference = first.rate - second.rate;
    let below = square_root_of_squares(first.rate - first.low, second.high - second.rate);
    let above = square_root_of_squares(first.high - first.rate, second.rate - second.low);
    Interval {
        low: points((difference - below) * 1e4 + 1e-6, f64::floor),
        high: points((difference + above) * 1e4 - 1e-6, f64::ceil),
    }
}

struct Wilson {
    rate: f64,
    low: f64,
    high: f64,
}

fn wilson(hits: f64, of: f64) -> Wilson {
    let rate = hits / of;
    let centre = 2.0 * hits + Z * Z;
    let spread = Z * (Z * Z + 4.0 * hits * (1.0 - rate)).sqrt();
    let under = 2.0 * (of + Z * Z);
    Wilson { rate, low: (centre - spread) / under, high: (centre + spread) / under }
}

fn square_root_of_squares(a: f64, b: f64) -> f64 {
    (a * a + b * b).sqrt()
}

fn points(value: f64, round: fn(f64) -> f64) -> BasisPoints {
    let whole = round(value).clamp(-10_000.0, 10_000.0);
    #[allow(clippy::cast_possible_truncation, reason = "clamped to five digits just above")]
    let whole = whole as i32;
    BasisPoints(whole)
}

/// A probability in ten-thousandths, rounded to the nearest, but never to nought.
pub fn ten_thousandths(probability: &Probability) -> u32 {
    let exponent = probability.whole.digits().len();
    let ratio = value(&probability.part, exponent) / value(&probability.whole, exponent);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to five digits just before")]
    let rounded = (ratio * 1e4).round().clamp(1.0, 1e4) as u32;
    rounded
}

/// A number divided by 2^(32·digits), so that no length overflows.
fn value(number: &Natural, digits: usize) -> f64 {
    let base = 4_294_967_296.0;
    let pad = digits - number.digits().len();
    let read = number.digits().iter().fold(0.0, |rest, &digit| (rest + f64::from(digit)) / base);
    (0..pad).fold(read, |rest, _| rest / base)
}
