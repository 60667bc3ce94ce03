//! The best plan of a piece at one stroke, and of equally good ones the canonical one, where the piece covers no role.
//!
//! Without rows one assignment is enough: each goal counts before all after it, and last of all comes the canonical order as a
//! number, the first person's choice its highest digit. That the plan is best is proved with everything else; that it is the
//! canonical one follows from the digits.

use crate::kernel::domain::Domain;
use crate::kernel::problem::{NONE, Network, Point, Row};
use crate::kernel::relax::{Bound, Relaxation, Weights};
use crate::model::Model;
use crate::solve::pieces::heavy::{Heavy, with_goals};

/// The highest digit of the canonical order is at most this.
const MOST: i64 = 1 << 40;

/// The choice of each agent, and the value of each goal in its own unit; `None` where numbers would grow too large, or there is
/// no plan.
pub(super) fn plan(model: &Model, heavy: &Heavy, relaxation: &mut Relaxation) -> Option<(Point, Vec<i64>)> {
    let order = order(&model.problem.network)?;
    let goals = heavy.before_all(order.scale())?;
    let mut problem = with_goals(model, &vec![0; model.goals.len()])?;
    problem.rows.push(order);
    let covers = heavy.counted(&goals);
    let rows = model.names.iter().map(|_| covers).chain(goals.iter().copied()).chain([1]).collect();
    let weights = Weights { rows, objective: 0 };
    if !weights.fits(&problem, &Row::default()) {
        return None;
    }
    match relaxation.evaluate(&problem, &Row::default(), &Domain::whole(&problem), &weights) {
        Bound::AtLeast(_) => {}
        Bound::Empty => return None,
    }
    let point = relaxation.point(&problem);
    let values = model.targets.iter().zip(&model.goals).map(|(target, goal)| {
        let value = target.value(&problem, &point);
        goal.signed(value)
    });
    let values = values.collect();
    Some((point, values))
}

/// The canonical order as a row: people in turn, each to the lowest post, no post last.
fn order(network: &Network) -> Option<Row> {
    let mut arcs = Vec::new();
    let mut digit = 1i64;
    for agent in (0..network.agents()).rev() {
        let own = network.arcs_of(agent);
        let options = i64::try_from(own.len()).ok()?;
        for (arc, before_out) in own.clone().zip((1..=options).rev()) {
            arcs.push((u32::try_from(arc).ok().filter(|&arc| arc != NONE)?, -before_out * digit));
        }
        digit = digit.checked_mul(options + 1).filter(|&digit| digit <= MOST)?;
    }
    arcs.sort_unstable();
    Some(Row { arcs, ..Row::default() })
}
