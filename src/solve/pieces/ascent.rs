//! Multipliers of roles with which nothing in a piece beats its plan: one role after the other, each by a search on its line.
//!
//! The bound of a step is a concave function of a multiplier, made of straight lines whose slopes are counted: one for the role being
//! called covered, less everyone who covers it. Two lines, one rising and one falling, meet above the summit or at it; looking
//! there gives the next line (Newton's method for such functions; Kelley 1960, J. SIAM 8). With several roles the summit may be
//! missed, and then there is no part.

use crate::kernel::domain::Domain;
use crate::kernel::problem::{NONE, Problem, Row};
use crate::kernel::relax::{Bound, Relaxation, Weights};

/// How often all roles are gone through.
const PASSES: usize = 4;

/// What is climbed on: the problem of a piece with a row for each goal at its value, and multipliers of all rows.
pub(super) struct Ascent<'a> {
    pub(super) problem: &'a Problem,
    pub(super) domain: &'a Domain,
    pub(super) weights: Weights,
    /// A multiplier above this gains nothing.
    pub(super) most: i128,
}

/// A multiplier with the bound and the slope there.
#[derive(Clone, Copy)]
struct Spot {
    at: i128,
    bound: i128,
    slope: i128,
}

impl Ascent<'_> {
    /// Climbs with the multipliers of these rows until the bound is nought, which is as high as it can be; `None` where it does
    /// not come so far.
    pub(super) fn climb(&mut self, rows: &[usize], relaxation: &mut Relaxation) -> Option<()> {
        let mut bound = self.bound(relaxation)?;
        for _ in 0..PASSES {
            for &row in rows {
                if bound == 0 {
                    return Some(());
                }
                bound = self.along(row, relaxation)?;
            }
        }
        (bound == 0).then_some(())
    }

    fn bound(&self, relaxation: &mut Relaxation) -> Option<i128> {
        match relaxation.evaluate(self.problem, &Row::default(), self.domain, &self.weights) {
            Bound::AtLeast(bound) => Some(bound),
            Bound::Empty => None,
        }
    }

    fn look(&mut self, row: usize, at: i128, relaxation: &mut Relaxation) -> Option<Spot> {
        self.weights.rows[row] = at;
        let bound = self.bound(relaxation)?;
        let (choice, owner) = (relaxation.choice(), &self.problem.owner);
        let takes = |&&(arc, _): &&(u32, i64)| arc != NONE && choice[owner[arc as usize] as usize] == arc;
        let taken: i64 = self.problem.rows[row].arcs.iter().filter(takes).map(|&(_, k)| k).sum();
        Some(Spot { at, bound, slope: i128::from(at < self.most) + i128::from(taken) })
    }

    /// The best multiplier of one row; the bound there.
    fn along(&mut self, row: usize, relaxation: &mut Relaxation) -> Option<i128> {
        let here = self.look(row, self.weights.rows[row], relaxation)?;
        let end = if here.slope > 0 { self.most } else { 0 };
        let other = if here.slope == 0 || here.at == end { here } else { self.look(row, end, relaxation)? };
        let (mut low, mut high) = if here.slope > 0 { (here, other) } else { (other, here) };
        while low.slope > 0 && high.slope < 0 {
            let meet = high.bound - high.slope * high.at - low.bound + low.slope * low.at;
            let at = meet.div_euclid(low.slope - high.slope);
            if at <= low.at || at >= high.at {
                break;
            }
            let next = self.look(row, at, relaxation)?;
            if next.slope > 0 {
                low = next;
            } else {
                high = next;
            }
        }
        let best = if low.bound > high.bound { low } else { high };
        self.weights.rows[row] = best.at;
        Some(best.bound)
    }
}
