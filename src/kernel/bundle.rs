//! The cuts of an ascent, and the multipliers that they aim at.
//!
//! Least, over shares of the cuts, of the best proximal value: pairs of cuts trade shares until their levels are even.
//! Guesses throughout. Slopes stand row by row, so that the levels of all cuts are added up side by side; lane by lane in one
//! order, so that every machine guesses alike.

use pulp::{Arch, Simd, WithSimd};

use crate::kernel::BUNDLE_SIZE;
use crate::kernel::problem::Point;

/// Trades of shares for one aim.
const TRADES: usize = 80;

/// The cuts of an ascent.
pub(crate) struct Bundle {
    /// For each row, the slope of every cut.
    slopes: Vec<[f64; BUNDLE_SIZE]>,
    base: [f64; BUNDLE_SIZE],
    share: [f64; BUNDLE_SIZE],
    points: Vec<Point>,
    arch: Arch,
}

impl Bundle {
    pub(crate) fn new(rows: usize) -> Self {
        Self {
            slopes: vec![[0.0; BUNDLE_SIZE]; rows],
            base: [f64::INFINITY; BUNDLE_SIZE],
            share: [0.0; BUNDLE_SIZE],
            points: Vec::new(),
            arch: Arch::new(),
        }
    }

    /// Adds a cut; where there is no room, in place of the one with the least share.
    pub(crate) fn push(&mut self, base: f64, slope: &[f64], point: Point) {
        let count = self.points.len();
        let at = if count < BUNDLE_SIZE {
            self.points.push(point);
            count
        } else {
            let least = (0..count).min_by(|&a, &b| self.share[a].total_cmp(&self.share[b]));
            let least = least.expect("the bundle is not empty");
            self.points[least] = point;
            least
        };
        let lost = std::mem::take(&mut self.share[at]);
        let kept: f64 = self.share.iter().sum();
        if kept <= 0.0 {
            self.share[at] = 1.0;
        } else if lost > 0.0 {
            self.share.iter_mut().for_each(|share| *share *= (kept + lost) / kept);
        }
        self.base[at] = base;
        for (row, &slope) in self.slopes.iter_mut().zip(slope) {
            row[at] = slope;
        }
    }

    /// Points with their shares in the average, the noise apart.
    pub(crate) fn average(self) -> Vec<(Point, f64)> {
        self.points.into_iter().zip(self.share).filter(|&(_, share)| share > 1e-6).collect()
    }

    /// The multipliers that the cuts aim at, and the value that they predict there.
    pub(crate) fn balance(&mut self, centre: &[f64], reach: f64) -> (Vec<f64>, f64) {
        self.arch.dispatch(Balance { bundle: self, centre, reach })
    }
}

struct Balance<'a> {
    bundle: &'a mut Bundle,
    centre: &'a [f64],
    reach: f64,
}

impl WithSimd for Balance<'_> {
    type Output = (Vec<f64>, f64);

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> Self::Output {
        let Self { bundle, centre, reach } = self;
        let Bundle { slopes, base, share, points, .. } = bundle;
        let drift = |slope: &[f64; BUNDLE_SIZE]| slope.iter().zip(&*share).map(|(s, w)| s * w).sum();
        let mut drift: Vec<f64> = slopes.iter().map(drift).collect();
        let mut aim: Vec<f64> = centre.iter().zip(&drift).map(|(c, d)| (c + reach * d).max(0.0)).collect();
        let mut levels = level(slopes, base, &aim);
        for _ in 0..TRADES {
            let (mut low, mut high) = (0, None);
            for at in 0..points.len() {
                if levels[at] < levels[low] {
                    low = at;
                }
                if share[at] > 0.0 && high.is_none_or(|h: usize| levels[at] > levels[h]) {
                    high = Some(at);
                }
            }
            let high = high.expect("the shares sum to one");
            let gap = levels[high] - levels[low];
            if gap <= 1e-10 * (1.0 + levels[low].abs()) {
                break;
            }
            let bend: f64 = slopes.iter().map(|slope| (slope[low] - slope[high]) * (slope[low] - slope[high])).sum();
            let step = if bend > 0.0 { (gap / (reach * bend)).min(share[high]) } else { share[high] };
            share[low] += step;
            share[high] -= step;
            for ((d, slope), (a, c)) in drift.iter_mut().zip(&*slopes).zip(aim.iter_mut().zip(centre)) {
                *d += step * (slope[low] - slope[high]);
                *a = (c + reach * *d).max(0.0);
            }
            levels = level(slopes, base, &aim);
        }
        let predicted = levels[..points.len()].iter().copied().fold(f64::INFINITY, f64::min);
        (aim, predicted)
    }
}

/// Value of every cut at these multipliers; without end where there is no cut.
#[inline(always)]
fn level(slopes: &[[f64; BUNDLE_SIZE]], base: &[f64; BUNDLE_SIZE], aim: &[f64]) -> [f64; BUNDLE_SIZE] {
    let mut levels = *base;
    for (slope, &aim) in slopes.iter().zip(aim) {
        if aim > 0.0 {
            for (level, slope) in levels.iter_mut().zip(slope) {
                *level += slope * aim;
            }
        }
    }
    levels
}
