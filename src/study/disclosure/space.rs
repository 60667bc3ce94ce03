//! Looks for worlds: whole sets of numbers that keep every sum and every bound.
//!
//! It starts from a world that is known, gives one number another value, narrows the bounds of all others by the sums, and
//! mends what is broken one number after the other, going back where that leads nowhere. It may fail to find a world that
//! exists; then more is kept back than needed, never less.

use std::collections::VecDeque;

use crate::study::disclosure::ledger::{Ledger, Var};

/// The least and the most that each number can be.
pub(super) type Bounds = Vec<(i64, i64)>;

/// Numbers tried in one search for a world.
const MOST_STEPS: u32 = 250;

/// How often each sum is looked at, on average, while bounds are narrowed; then they are left as wide as they are.
const MOST_LOOKS: usize = 30;

/// The sums of a ledger, with where each number stands in them.
#[derive(Debug)]
pub(super) struct Space<'a> {
    ledger: &'a Ledger,
    /// The sums in which each number stands, with its factor there.
    rows_of: Vec<Vec<(usize, i64)>>,
}

impl<'a> Space<'a> {
    pub(super) fn new(ledger: &'a Ledger) -> Self {
        let mut rows_of = vec![Vec::new(); ledger.vars().count()];
        for (at, row) in ledger.rows().iter().enumerate() {
            row.terms.iter().for_each(|&(var, factor)| rows_of[var.index()].push((at, factor)));
        }
        Self { ledger, rows_of }
    }

    /// Narrows bounds by every sum; whether anything is left.
    pub(super) fn narrow_all(&self, bounds: &mut Bounds) -> bool {
        self.narrow(bounds, 0..self.ledger.rows().len())
    }

    /// Narrows bounds after one number changed.
    fn narrow_from(&self, bounds: &mut Bounds, var: Var) -> bool {
        self.narrow(bounds, self.rows_of[var.index()].iter().map(|&(row, _)| row))
    }

    fn narrow(&self, bounds: &mut Bounds, rows: impl Iterator<Item = usize>) -> bool {
        let mut is_waiting = vec![false; self.ledger.rows().len()];
        let mut waiting: VecDeque<usize> = rows.collect();
        waiting.iter().for_each(|&row| is_waiting[row] = true);
        let mut looks = MOST_LOOKS * is_waiting.len();
        while let Some(row) = waiting.pop_front() {
            is_waiting[row] = false;
            if looks == 0 {
                return true;
            }
            looks -= 1;
            let mut changed = Vec::new();
            if !self.narrow_by(row, bounds, &mut changed) {
                return false;
            }
            for &(next, _) in changed.iter().flat_map(|var: &Var| &self.rows_of[var.index()]) {
                if !std::mem::replace(&mut is_waiting[next], true) {
                    waiting.push_back(next);
                }
            }
        }
        true
    }

    /// Narrows the numbers of one sum by the ends of the others; whether anything is left.
    fn narrow_by(&self, row: usize, bounds: &mut Bounds, changed: &mut Vec<Var>) -> bool {
        let row = &self.ledger.rows()[row];
        let ends = |(low, high): (i64, i64), factor: i64| match factor > 0 {
            true => (factor * low, factor * high),
            false => (factor * high, factor * low),
        };
        let (mut least, mut most) = (0, 0);
        for &(var, factor) in &row.terms {
            let (low, high) = ends(bounds[var.index()], factor);
            (least, most) = (least + low, most + high);
        }
        if least > row.high || most < row.low {
            return false;
        }
        for &(var, factor) in &row.terms {
            let was = bounds[var.index()];
            let (low, high) = ends(was, factor);
            let (from, to) = (row.low - (most - high), row.high - (least - low));
            if from <= low && high <= to {
                continue;
            }
            let (from, to) = if factor > 0 { (from, to) } else { (-to, -from) };
            let size = factor.abs();
            let now = (was.0.max(-(-from).div_euclid(size)), was.1.min(to.div_euclid(size)));
            if now.0 > now.1 {
                return false;
            }
            if now != was {
                bounds[var.index()] = now;
                changed.push(var);
                // What this number can add to the sum has shrunk for those that follow.
                let after = ends(now, factor);
                (least, most) = (least + after.0 - low, most + after.1 - high);
            }
        }
        true
    }

    /// A world within the bounds in which a number has a value, as near as may be to one that is known.
    pub(super) fn world(&self, bounds: &Bounds, var: Var, value: i64, base: &[i64]) -> Option<Vec<i64>> {
        let (low, high) = bounds[var.index()];
        if value < low || high < value {
            return None;
        }
        let mut bounds = bounds.clone();
        bounds[var.index()] = (value, value);
        let mut steps = MOST_STEPS;
        self.narrow_from(&mut bounds, var).then(|| self.mended(&bounds, base, &mut steps)).flatten()
    }

    /// A world within these bounds; every other way is tried as long as there are steps left.
    fn mended(&self, bounds: &Bounds, base: &[i64], steps: &mut u32) -> Option<Vec<i64>> {
        let world: Vec<i64> = base.iter().zip(bounds).map(|(&it, &(low, high))| it.clamp(low, high)).collect();
        let gaps = self.gaps(&world);
        if gaps.iter().all(|&gap| gap == 0) {
            return Some(world);
        }
        *steps = steps.checked_sub(1)?;
        let (var, value) = self.way_out(bounds, &world, &gaps)?;
        let (low, high) = bounds[var.index()];
        let (here, elsewhere) = match value > world[var.index()] {
            true => ((value, high), (low, value - 1)),
            false => ((low, value), (value + 1, high)),
        };
        [here, elsewhere].into_iter().find_map(|ends| {
            let mut bounds = bounds.clone();
            bounds[var.index()] = ends;
            self.narrow_from(&mut bounds, var).then(|| self.mended(&bounds, base, steps)).flatten()
        })
    }

    /// What each sum lacks; less than nought where it is too much.
    fn gaps(&self, world: &[i64]) -> Vec<i64> {
        let gap = |row: usize| {
            let sum = self.ledger.rows()[row].terms.iter().map(|&(var, factor)| factor * world[var.index()]).sum();
            self.gap(row, sum)
        };
        (0..self.ledger.rows().len()).map(gap).collect()
    }

    fn gap(&self, row: usize, sum: i64) -> i64 {
        let row = &self.ledger.rows()[row];
        if sum < row.low { row.low - sum } else { (row.high - sum).min(0) }
    }

    /// The change that mends the sum with the fewest ways out, and breaks the fewest others.
    fn way_out(&self, bounds: &Bounds, world: &[i64], gaps: &[i64]) -> Option<(Var, i64)> {
        let broken = (0..gaps.len()).filter(|&row| gaps[row] != 0);
        let ways = broken.map(|row| self.ways(row, bounds, world, gaps)).min_by_key(Vec::len)?;
        ways.into_iter().min_by_key(|&(breaks, var, _)| (breaks, var)).map(|(_, var, value)| (var, value))
    }

    /// Changes that mend a sum, or part of what it lacks, each with the number of other sums that it breaks.
    fn ways(&self, row: usize, bounds: &Bounds, world: &[i64], gaps: &[i64]) -> Vec<(usize, Var, i64)> {
        let mut ways = Vec::new();
        for &(var, factor) in &self.ledger.rows()[row].terms {
            let ((low, high), was) = (bounds[var.index()], world[var.index()]);
            let value = (was + away(gaps[row], factor)).clamp(low, high);
            if value != was {
                let breaks =
                    |&&(other, by): &&(usize, i64)| gaps[other] == 0 && self.tips(other, by * (value - was), world);
                ways.push((self.rows_of[var.index()].iter().filter(breaks).count(), var, value));
            }
        }
        ways
    }

    /// Whether a sum that holds would not, if it changed by so much.
    fn tips(&self, row: usize, by: i64, world: &[i64]) -> bool {
        let sum: i64 = self.ledger.rows()[row].terms.iter().map(|&(var, factor)| factor * world[var.index()]).sum();
        self.gap(row, sum + by) != 0
    }
}

/// The least change of a number with this factor that makes up for the gap.
fn away(gap: i64, factor: i64) -> i64 {
    let whole = gap / factor;
    if gap % factor == 0 { whole } else { whole + gap.signum() * factor.signum() }
}
