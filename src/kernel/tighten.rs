//! Adds rounded rows at the root of a search, round by round, as long as they lift the bound.
//!
//! Relax and cut: each round climbs with the rows that there are, looks for rounded rows that the averaged assignment breaks, and lets go
//! of those that have no multiplier any more. (Guignard 1998, Top 6; Lucena 2005, Annals of Operations Research 140.)

use std::rc::Rc;

use crate::kernel::bundle::Bundle;
use crate::kernel::domain::Domain;
use crate::kernel::dual::{self, Next, Start, View};
use crate::kernel::incidence::{Incidence, Running};
use crate::kernel::problem::{Problem, Row};
use crate::kernel::relax::{Relaxation, Weights};
use crate::kernel::rounding::Rounding;
use crate::kernel::separate::separate;
use crate::kernel::{ROOT_ITERATIONS, ROUNDING_ROUNDS, ROUNDING_SCALE, ROUNDINGS_EACH};

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

/// Adds rows to the problem that follow from the rows `bases`; none where the root's multipliers show no way.
pub(crate) fn tighten(
    problem: &mut Problem,
    bases: &[usize],
    objective: &Row,
    domain: &Domain,
    relaxation: &mut Relaxation,
    ground: Ground<'_>,
    should_stop: &dyn Fn() -> bool,
) -> Tightened {
    let own = problem.rows.len();
    let mut roundings: Vec<Rounding> = Vec::new();
    let Ground { incidence, weights, cuts: mut bundle } = ground;
    let mut weights = weights.clone();
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
        let last = round == ROUNDING_ROUNDS || should_stop();
        let found = if last { Vec::new() } else { separate(problem, bases, &ascent.bundle, ROUNDINGS_EACH) };
        weights = ascent.weights;
        let mut cuts = ascent.bundle;
        let rounded = problem.rows.split_off(own).into_iter().zip(weights.rows.split_off(own));
        for ((row, weight), rounding) in rounded.zip(std::mem::take(&mut roundings)).filter(|&((_, it), _)| it > 0) {
            problem.rows.push(row);
            weights.rows.push(weight);
            roundings.push(rounding);
        }
        let added = add(problem, own, &mut roundings, found);
        weights.rows.resize(problem.rows.len(), 0);
        incidence.renew(problem, objective, own);
        cuts.renew(own, &problem.rows[own..], problem);
        bundle = Some(Rc::new(cuts));
        if added == 0 {
            break;
        }
    }
    Tightened { roundings, weights, cuts: bundle }
}

/// Adds the rows that are new and not too coarse; returns how many.
fn add(problem: &mut Problem, own: usize, roundings: &mut Vec<Rounding>, found: Vec<Rounding>) -> usize {
    let before = problem.rows.len();
    for rounding in found {
        let row = rounding.row(problem).filter(|row| row.scale() <= ROUNDING_SCALE);
        if let Some(row) = row.filter(|row| !problem.rows[own..].contains(row)) {
            problem.rows.push(row);
            roundings.push(rounding);
        }
    }
    problem.rows.len() - before
}
