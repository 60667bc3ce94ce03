//! Adds rounded rows at the root of a search, round by round, as long as they lift the bound.
//!
//! Relax and cut: each round climbs with the rows that there are, looks for rounded rows that the averaged assignment
//! breaks, and lets go of those that have no multiplier any more and from which none of the others follows. (Guignard
//! 1998, Top 6; Lucena 2005, Annals of Operations Research 140.)

use std::rc::Rc;

use crate::kernel::bundle::Bundle;
use crate::kernel::domain::Domain;
use crate::kernel::dual::{self, Next, Start, View};
use crate::kernel::incidence::{Incidence, Running};
use crate::kernel::problem::{Problem, Row};
use crate::kernel::relax::{Relaxation, Weights};
use crate::kernel::rounding::Rounding;
use crate::kernel::separate::separate;
use crate::kernel::{
    ROOT_ITERATIONS, ROUNDING_PATIENCE, ROUNDING_ROUNDS, ROUNDING_SCALE, ROUNDING_WORTH, ROUNDINGS_EACH,
};

/// Bounds are compared in parts of a unit: so many to one.
const PARTS: i128 = 1024;

/// The rise of all rounds counts as no less than this, so that one below a twentieth of a unit is never enough; in parts of a unit.
const LITTLE: i128 = ROUNDING_WORTH * PARTS / 20;

/// Rows that were added to a problem, after all others, and the multipliers with which they hold.
pub(crate) struct Tightened {
    /// From which rows each follows, in order.
    pub(crate) roundings: Vec<Rounding>,
    /// Multipliers of all rows.
    pub(crate) weights: Weights,
    /// The cuts of the last climb.
    pub(crate) cuts: Option<Rc<Bundle>>,
}

/// What the root's search has left.
pub(crate) struct Ground<'a> {
    /// The rows, laid out; follows the rows that are added.
    pub(crate) incidence: &'a mut Incidence,
    pub(crate) weights: &'a Weights,
    pub(crate) cuts: Option<Rc<Bundle>>,
}

/// Adds rows to the problem that follow from others, of which `is_base` says which may be rounded; none where the root's
/// multipliers show no way.
pub(crate) fn tighten(
    problem: &mut Problem,
    is_base: &dyn Fn(usize) -> bool,
    objective: &Row,
    domain: &Domain,
    relaxation: &mut Relaxation,
    ground: Ground<'_>,
    should_stop: &dyn Fn() -> bool,
) -> Tightened {
    let mut added = Added { own: problem.rows.len(), roundings: Vec::new() };
    let Ground { incidence, weights, cuts: mut bundle } = ground;
    let mut weights = weights.clone();
    let mut bounds = Vec::new();
    for round in 0..=ROUNDING_ROUNDS {
        let view = View { problem, objective, incidence, domain };
        let from = Start {
            weights: &weights,
            bundle: bundle.as_deref(),
            is_hasty: false,
            cutoff: i64::MAX,
            iterations: ROOT_ITERATIONS,
        };
        let go_on = &mut |_: &Relaxation, _: &Weights, _| if should_stop() { Next::Stop } else { Next::Go };
        let Some(ascent) = dual::ascend(&view, relaxation, &mut Running::default(), &from, go_on) else { break };
        let (value, unit) = (ascent.value, ascent.weights.objective);
        bounds.push(value.div_euclid(unit) * PARTS + value.rem_euclid(unit) * PARTS / unit);
        let last = round == ROUNDING_ROUNDS || is_stuck(&bounds) || should_stop();
        let bases: Vec<usize> = (0..problem.rows.len()).filter(|&row| is_base(row)).collect();
        let found = if last { Vec::new() } else { separate(problem, &bases, &ascent.bundle, ROUNDINGS_EACH) };
        weights = ascent.weights;
        let mut cuts = ascent.bundle;
        let found = added.let_go(problem, &mut weights.rows, found);
        let new = added.add(problem, found);
        weights.rows.resize(problem.rows.len(), 0);
        incidence.renew(problem, objective, added.own);
        cuts.renew(added.own, &problem.rows[added.own..], problem);
        bundle = Some(Rc::new(cuts));
        if new == 0 {
            break;
        }
    }
    Tightened { roundings: added.roundings, weights, cuts: bundle }
}

/// Whether the last rounds have hardly lifted the bound.
fn is_stuck(bounds: &[i128]) -> bool {
    let now = bounds.len() - 1;
    now >= ROUNDING_PATIENCE
        && (bounds[now] - bounds[now - ROUNDING_PATIENCE]) * ROUNDING_WORTH < (bounds[now] - bounds[0]).max(LITTLE)
}

/// The rows that were added, from `own` on, and from which each follows.
struct Added {
    own: usize,
    roundings: Vec<Rounding>,
}

impl Added {
    /// Lets go of rows that have no multiplier, unless one that stays or was found follows from them; the found in the new numbers.
    fn let_go(&mut self, problem: &mut Problem, weights: &mut Vec<i128>, mut found: Vec<Rounding>) -> Vec<Rounding> {
        let own = self.own;
        let added = |rounding: &Rounding| -> Vec<usize> {
            rounding.rows.iter().filter_map(|&(row, _)| (row as usize).checked_sub(own)).collect()
        };
        let mut stays: Vec<bool> = weights[own..].iter().map(|&weight| weight > 0).collect();
        found.iter().flat_map(added).for_each(|at| stays[at] = true);
        for (at, rounding) in self.roundings.iter().enumerate().rev() {
            if stays[at] {
                added(rounding).into_iter().for_each(|before| stays[before] = true);
            }
        }
        let mut place = Vec::with_capacity(stays.len());
        let rows = problem.rows.split_off(own).into_iter().zip(weights.split_off(own));
        for ((row, weight), (rounding, stays)) in rows.zip(std::mem::take(&mut self.roundings).into_iter().zip(stays)) {
            place.push(u32::try_from(problem.rows.len()).expect("fewer than 2^32 rows"));
            if stays {
                problem.rows.push(row);
                weights.push(weight);
                self.roundings.push(rounding);
            }
        }
        for (row, _) in self.roundings.iter_mut().chain(&mut found).flat_map(|rounding| &mut rounding.rows) {
            *row = (*row as usize).checked_sub(own).map_or(*row, |at| place[at]);
        }
        found
    }

    /// Adds the rows that are new; returns how many.
    fn add(&mut self, problem: &mut Problem, found: Vec<Rounding>) -> usize {
        let before = problem.rows.len();
        for rounding in found {
            if let Some((row, rounding)) = rounding.within(ROUNDING_SCALE, problem)
                && !problem.rows[self.own..].contains(&row)
            {
                problem.rows.push(row);
                self.roundings.push(rounding);
            }
        }
        problem.rows.len() - before
    }
}
