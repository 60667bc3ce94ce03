//! The cuts of an ascent, and the multipliers that they aim at.
//!
//! Least, over shares of the cuts, of the best proximal value: pairs of cuts trade shares until their levels are even.
//! Guesses throughout. Slopes stand row by row, so that the levels of all cuts are added up side by side; lane by lane in one
//! order, so that every machine guesses alike.

use pulp::{Arch, Simd, WithSimd};

use crate::kernel::BUNDLE_SIZE;
use crate::kernel::problem::Point;

/// Changes of the cuts that count, for one aim.
const PIVOTS: usize = 40;

/// Added to the diagonal, so that cuts alike do not make the system singular.
const RIDGE: f64 = 1e-11;

/// The cuts of an ascent.
#[derive(Clone)]
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
    pub(crate) fn average(&self) -> Vec<(Point, f64)> {
        self.points.iter().cloned().zip(self.share).filter(|&(_, share)| share > 1e-6).collect()
    }

    /// Leaves only the cuts whose points pass; their shares keep their proportions.
    pub(crate) fn retain(&mut self, pass: impl Fn(&Point) -> bool) {
        let mut kept = 0;
        for at in 0..self.points.len() {
            if pass(&self.points[at]) {
                self.points.swap(kept, at);
                self.base[kept] = self.base[at];
                self.share[kept] = self.share[at];
                for slope in &mut self.slopes {
                    slope[kept] = slope[at];
                }
                kept += 1;
            }
        }
        self.points.truncate(kept);
        self.base[kept..].fill(f64::INFINITY);
        self.share[kept..].fill(0.0);
        for slope in &mut self.slopes {
            slope[kept..].fill(0.0);
        }
        let sum: f64 = self.share.iter().sum();
        if sum > 0.0 {
            self.share.iter_mut().for_each(|share| *share /= sum);
        }
    }

    /// The multipliers that the cuts aim at, and the value that they predict there.
    pub(crate) fn balance(&mut self, centre: &[f64], reach: f64) -> (Vec<f64>, f64) {
        let mut aim = vec![0.0; centre.len()];
        let mut active: Vec<usize> = (0..self.points.len()).filter(|&at| self.share[at] > 0.0).collect();
        let mut system = Vec::new();
        let mut levels = [0.0; BUNDLE_SIZE];
        for _ in 0..PIVOTS {
            self.place(centre, reach, &mut aim);
            levels = self.arch.dispatch(Levels { bundle: self, aim: &aim });
            let (low, least) = lowest(&levels);
            let most = active.iter().map(|&at| levels[at]).fold(f64::NEG_INFINITY, f64::max);
            if most - least <= 1e-9 * (1.0 + least.abs()) {
                break;
            }
            if !active.contains(&low) {
                active.push(low);
            }
            self.even_out(centre, reach, &aim, &mut active, &mut system);
        }
        (aim, lowest(&levels).1)
    }

    /// The multipliers that these shares lead to.
    fn place(&self, centre: &[f64], reach: f64, aim: &mut [f64]) {
        for ((aim, centre), slope) in aim.iter_mut().zip(centre).zip(&self.slopes) {
            let drift: f64 = slope.iter().zip(&self.share).map(|(slope, share)| slope * share).sum();
            *aim = (centre + reach * drift).max(0.0);
        }
    }

    /// Shares that make the levels of the active cuts even while the same multipliers are positive; cuts whose share would
    /// be negative leave.
    fn even_out(
        &mut self,
        centre: &[f64],
        reach: f64,
        aim: &[f64],
        active: &mut Vec<usize>,
        system: &mut Vec<f64>,
    ) {
        while !active.is_empty() {
            let size = active.len() + 1;
            let width = size + 1;
            system.clear();
            system.resize(size * width, 0.0);
            for (i, &a) in active.iter().enumerate() {
                let mut level = self.base[a];
                for ((slope, &aim), centre) in self.slopes.iter().zip(aim).zip(centre) {
                    if aim > 0.0 {
                        level += slope[a] * centre;
                        for (j, &b) in active.iter().enumerate() {
                            system[i * width + j] += reach * slope[a] * slope[b];
                        }
                    }
                }
                system[i * width + i] *= 1.0 + RIDGE;
                system[i * width + i] += RIDGE;
                system[i * width + active.len()] = -1.0;
                system[i * width + size] = -level;
                system[active.len() * width + i] = 1.0;
            }
            system[active.len() * width + size] = 1.0;
            if !eliminate(system, size) {
                return;
            }
            // As far towards the solution as no share becomes negative.
            let target = |i: usize| system[i * width + size];
            let mut part = 1.0;
            let mut blocking = None;
            for (i, &a) in active.iter().enumerate() {
                let share = self.share[a];
                if target(i) < 0.0 && share <= part * (share - target(i)) {
                    part = share / (share - target(i));
                    blocking = Some(i);
                }
            }
            for (i, &a) in active.iter().enumerate() {
                self.share[a] += part * (target(i) - self.share[a]);
            }
            let Some(blocking) = blocking else { return };
            self.share[active.swap_remove(blocking)] = 0.0;
        }
    }
}

/// Solves a system in place: rows of `size` coefficients and the right-hand side, which becomes the solution.
fn eliminate(system: &mut [f64], size: usize) -> bool {
    let width = size + 1;
    for at in 0..size {
        let pivot = (at..size).max_by(|&a, &b| system[a * width + at].abs().total_cmp(&system[b * width + at].abs()));
        let pivot = pivot.expect("a row is left");
        if system[pivot * width + at].abs() < 1e-14 {
            return false;
        }
        for column in 0..width {
            system.swap(at * width + column, pivot * width + column);
        }
        for row in at + 1..size {
            let factor = system[row * width + at] / system[at * width + at];
            if factor != 0.0 {
                for column in at..width {
                    system[row * width + column] -= factor * system[at * width + column];
                }
            }
        }
    }
    for at in (0..size).rev() {
        let mut value = system[at * width + size];
        for column in at + 1..size {
            value -= system[at * width + column] * system[column * width + size];
        }
        system[at * width + size] = value / system[at * width + at];
    }
    true
}

fn lowest(levels: &[f64; BUNDLE_SIZE]) -> (usize, f64) {
    levels.iter().copied().enumerate().fold((0, f64::INFINITY), |low, now| if now.1 < low.1 { now } else { low })
}

/// Value of every cut at these multipliers; without end where there is no cut.
struct Levels<'a> {
    bundle: &'a Bundle,
    aim: &'a [f64],
}

impl WithSimd for Levels<'_> {
    type Output = [f64; BUNDLE_SIZE];

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> Self::Output {
        let mut levels = self.bundle.base;
        for (slope, &aim) in self.bundle.slopes.iter().zip(self.aim) {
            if aim > 0.0 {
                for (level, slope) in levels.iter_mut().zip(slope) {
                    *level += slope * aim;
                }
            }
        }
        levels
    }
}
