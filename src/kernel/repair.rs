//! Makes a nearly feasible point feasible: short moves that lower what the rows exceed.
//!
//! The assignments of a relaxation keep every seat and miss a row by a little. One agent moves to a column with room, stays
//! out, or takes a seat whose holder moves on to a third place (an ejection chain; Glover 1996, Discrete Applied Mathematics
//! 65). The objective counts as one more row with the cutoff as its limit, so a repaired point is an improvement.

mod sweep;
mod tally;

use crate::kernel::dual::View;
use crate::kernel::problem::{Point, Problem, Row};
use crate::kernel::repair::sweep::{Floor, Sweeps};
use crate::kernel::repair::tally::{Beside, Limits, Terms};

/// Excess is counted in 2^-20 of a row's largest coefficient, so that rows compare.
const UNIT: i128 = 1 << 20;

/// Limits and weights of the rows, the objective the last, and what repairs have cost.
#[derive(Debug, Clone)]
pub(crate) struct Repair {
    /// How much trouble the next repair takes.
    pub(crate) depth: Depth,
    limits: Limits,
    /// Changes weighed so far, in arcs of an evaluation that take as long.
    pub(crate) work: u64,
    floor: Floor,
}

/// How much trouble a repair takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Depth {
    /// One agent at a time, and a second one where the first finds no room.
    Short,
    /// Two agents may also swap columns with room, and rows that stay broken count more and more (Morris 1993, AAAI).
    Long,
}

impl Repair {
    /// Prepares the rows of a problem and its objective.
    pub(crate) fn new(problem: &Problem, objective: &Row) -> Self {
        let rows: Vec<&Row> = problem.rows.iter().chain([objective]).collect();
        let limits = Limits {
            limit: rows.iter().map(|row| row.limit).collect(),
            weight: rows.iter().map(|row| UNIT / i128::from(row.scale()) + 1).collect(),
        };
        Self { depth: Depth::Short, limits, work: 0, floor: Floor::default() }
    }

    /// Lowers the excess of the rows, the objective's over `cutoff` included, sweeping over all agents.
    ///
    /// `sums` are those of the point. Only open options are used. `None` where some row is still broken.
    pub(crate) fn improve(&mut self, view: &View<'_>, point: &Point, sums: &[i64], cutoff: i64) -> Option<Point> {
        let View { problem, objective, incidence, domain } = *view;
        *self.limits.limit.last_mut().expect("the objective is the last row") = cutoff;
        let mut choice = point.choice.clone();
        self.floor.enter_all(&problem.network, &choice);
        let (network, floor, work) = (&problem.network, &mut self.floor, &mut self.work);
        let sweeps = Sweeps { network, domain, depth: self.depth, floor, choice: &mut choice, work };
        let beside = incidence.board.as_ref().and_then(|board| Beside::new(board, &self.limits, sums));
        let done = match beside {
            Some(beside) => beside.repair(sweeps),
            None => {
                incidence.lay_out(problem, objective);
                sweeps.run(&mut Terms::new(incidence, &self.limits, sums))
            }
        };
        done.then(|| Point::new(problem, choice))
    }
}
