//! The cuts of an ascent, and the multipliers that they aim at.
//!
//! Least, over shares of the cuts, of the best proximal value: a quadratic programme, solved by pivots.
//! Guesses throughout. Slopes stand row by row, so that the levels of all cuts are added up side by side; lane by lane in one
//! order, so that every machine guesses alike.

use std::rc::Rc;

use pulp::{Arch, Simd, WithSimd};

use crate::kernel::BUNDLE_SIZE;
use crate::kernel::problem::{NONE, Point, Problem, Row};

/// Changes of the cuts that count, for one aim.
const PIVOTS: usize = 80;

/// Added to the diagonal, so that cuts alike do not make the system singular.
const RIDGE: f64 = 1e-11;

/// The cuts of an ascent.
#[derive(Clone)]
pub(crate) struct Bundle {
    /// For each row, the slope of every cut.
    slopes: Vec<[f64; BUNDLE_SIZE]>,
    base: [f64; BUNDLE_SIZE],
    share: [f64; BUNDLE_SIZE],
    points: Vec<Rc<Point>>,
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
            self.points.push(Rc::new(point));
            count
        } else {
            let least = (0..count).min_by(|&a, &b| self.share[a].total_cmp(&self.share[b]));
            let least = least.expect("the bundle is not empty");
            self.points[least] = Rc::new(point);
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

    /// Takes other rows in place of those from `own` on: the slopes that every cut has in them.
    pub(crate) fn renew(&mut self, own: usize, rows: &[Row], problem: &Problem) {
        self.slopes.truncate(own);
        let mut terms = vec![0; problem.network.arcs()];
        for row in rows {
            let mut slopes = [0.0; BUNDLE_SIZE];
            let scale = row.scale() as f64;
            row.arcs.iter().for_each(|&(arc, k)| terms[arc as usize] = k);
            for (slope, point) in slopes.iter_mut().zip(&self.points) {
                let arcs = point.choice.iter().filter(|&&arc| arc != NONE).map(|&arc| terms[arc as usize]);
                let on = row.switches.iter().filter(|&&(switch, _)| point.on[switch as usize]).map(|&(_, k)| k);
                *slope = (arcs.chain(on).sum::<i64>() - row.limit) as f64 / scale;
            }
            row.arcs.iter().for_each(|&(arc, _)| terms[arc as usize] = 0);
            self.slopes.push(slopes);
        }
    }

    /// Points with their shares in the average, the noise apart.
    pub(crate) fn average(&self) -> impl Iterator<Item = (&Point, f64)> {
        self.points.iter().map(Rc::as_ref).zip(self.share).filter(|&(_, share)| share > 1e-6)
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
    ///
    /// The dual of the proximal programme has one variable for each cut (its share) and one for each multiplier that would be
    /// negative (what holds it at nought). Each round solves for the active ones, drops the first that would change its
    /// sign on the way, or takes in the one that is violated most (Nocedal & Wright 2006, ch. 16.5).
    pub(crate) fn balance(&mut self, centre: &[f64], reach: f64) -> (Vec<f64>, f64) {
        let mut drift = self.drift();
        // What holds each multiplier at nought; `None`: nothing, it is free.
        let mut held: Vec<Option<f64>> =
            centre.iter().zip(&drift).map(|(c, d)| Some(-(c / reach + d)).filter(|&held| held > 0.0)).collect();
        let mut active: Vec<usize> = (0..self.points.len()).filter(|&at| self.share[at] > 0.0).collect();
        let (mut system, mut aim) = (Vec::new(), vec![0.0; centre.len()]);
        for _ in 0..PIVOTS {
            if !self.solve(centre, reach, &active, &held, &mut system) {
                break;
            }
            let target = |i: usize| system[i * (active.len() + 2) + active.len() + 1];
            let mut wanted = vec![0.0; centre.len()];
            for (wanted, slope) in wanted.iter_mut().zip(&self.slopes) {
                *wanted = active.iter().enumerate().map(|(i, &a)| target(i) * slope[a]).sum();
            }
            let mut part = 1.0;
            let mut blocking = Blocking::Nothing;
            for (i, &a) in active.iter().enumerate() {
                let share = self.share[a];
                if target(i) < 0.0 && share <= part * (share - target(i)) {
                    (part, blocking) = (share / (share - target(i)), Blocking::Cut(i));
                }
            }
            for (row, held) in held.iter().enumerate() {
                let hold = -(centre[row] / reach + wanted[row]);
                if let Some(held) = held.filter(|held| hold < 0.0 && *held <= part * (held - hold)) {
                    (part, blocking) = (held / (held - hold), Blocking::Row(row));
                }
            }
            for (i, &a) in active.iter().enumerate() {
                self.share[a] += part * (target(i) - self.share[a]);
            }
            for (row, held) in held.iter_mut().enumerate() {
                if let Some(held) = held {
                    *held += part * (-(centre[row] / reach + wanted[row]) - *held);
                }
            }
            match blocking {
                Blocking::Cut(i) => {
                    self.share[active.swap_remove(i)] = 0.0;
                    continue;
                }
                Blocking::Row(row) => {
                    held[row] = None;
                    continue;
                }
                Blocking::Nothing => {}
            }
            drift = self.drift();
            for (row, aim) in aim.iter_mut().enumerate() {
                *aim = if held[row].is_some() { 0.0 } else { centre[row] + reach * drift[row] };
            }
            let lowest_row = (0..aim.len()).min_by(|&a, &b| aim[a].total_cmp(&aim[b]));
            if let Some(row) = lowest_row.filter(|&row| aim[row] < -1e-12) {
                held[row] = Some(0.0);
                continue;
            }
            let levels = self.arch.dispatch(Levels { bundle: self, aim: &aim });
            let (low, least) = lowest(&levels);
            let even = active.first().map_or(f64::INFINITY, |&at| levels[at]);
            if even - least <= 1e-9 * (1.0 + least.abs()) || active.contains(&low) {
                break;
            }
            active.push(low);
        }
        drift = self.drift();
        for ((aim, centre), drift) in aim.iter_mut().zip(centre).zip(&drift) {
            *aim = (centre + reach * drift).max(0.0);
        }
        let levels = self.arch.dispatch(Levels { bundle: self, aim: &aim });
        (aim, lowest(&levels).1)
    }

    /// The slope of the average.
    fn drift(&self) -> Vec<f64> {
        let along =
            |slope: &[f64; BUNDLE_SIZE]| slope.iter().zip(&self.share).map(|(slope, share)| slope * share).sum();
        self.slopes.iter().map(along).collect()
    }

    /// Shares that make the levels of the active cuts even, the free multipliers following them; false where the system is
    /// singular. The solution is the last column.
    fn solve(&self, centre: &[f64], reach: f64, active: &[usize], held: &[Option<f64>], system: &mut Vec<f64>) -> bool {
        let size = active.len() + 1;
        let width = size + 1;
        system.clear();
        system.resize(size * width, 0.0);
        for ((slope, centre), _) in self.slopes.iter().zip(centre).zip(held).filter(|(_, held)| held.is_none()) {
            for (i, &a) in active.iter().enumerate() {
                system[i * width + size] -= slope[a] * centre;
                for (j, &b) in active.iter().enumerate() {
                    system[i * width + j] += reach * slope[a] * slope[b];
                }
            }
        }
        for (i, &a) in active.iter().enumerate() {
            system[i * width + size] -= self.base[a];
            system[i * width + i] *= 1.0 + RIDGE;
            system[i * width + i] += RIDGE;
            system[i * width + active.len()] = -1.0;
            system[active.len() * width + i] = 1.0;
        }
        system[active.len() * width + size] = 1.0;
        eliminate(system, size)
    }
}

/// What stops a step.
enum Blocking {
    Nothing,
    /// A cut, by its place among the active ones.
    Cut(usize),
    /// A multiplier that nothing holds at nought any more.
    Row(usize),
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
