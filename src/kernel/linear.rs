//! The same problem as a linear programme with whole numbers, for `good_lp`'s solvers.
//!
//! A rival and a reference: it proposes a point, rounded once here, and nothing that it says is believed. The caller
//! checks the rows in integers and proves the value.

use good_lp::{Expression, ProblemVariables, ResolutionError, Solution, SolverModel, Variable, constraint, variable};

use crate::kernel::problem::{NONE, Point, Problem, Row};

/// Which of `good_lp`'s solvers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    /// microlp, pure Rust (`good_lp`'s feature `minilp`).
    Microlp,
    /// HiGHS.
    #[cfg(feature = "highs")]
    Highs,
}

/// Values above this are read as one.
const HALF: f64 = 0.5;

/// A point that the solver calls best, or `None` where it says that there is none or gives up.
pub fn minimise(problem: &Problem, objective: &Row, backend: Backend) -> Option<Point> {
    let mut variables = ProblemVariables::new();
    let arcs: Vec<Variable> = (0..problem.network.arcs()).map(|_| variables.add(variable().binary())).collect();
    let switches: Vec<Variable> = (0..problem.switches).map(|_| variables.add(variable().binary())).collect();
    let expression = |row: &Row| -> Expression {
        let of_arcs = row.arcs.iter().map(|&(arc, k)| arcs[arc as usize] * k as f64);
        of_arcs.chain(row.switches.iter().map(|&(s, k)| switches[s as usize] * k as f64)).sum()
    };
    let mut constraints = Vec::new();
    for agent in 0..problem.network.agents() {
        let own = problem.network.arcs_of(agent);
        let held: Expression = own.clone().map(|arc| arcs[arc]).sum();
        if problem.network.may_stay_out[agent] {
            if !own.is_empty() {
                constraints.push(constraint!(held <= 1));
            }
        } else if own.is_empty() {
            return None;
        } else {
            constraints.push(constraint!(held == 1));
        }
    }
    let mut seats = vec![Expression::default(); problem.network.columns()];
    for (arc, &column) in problem.network.column.iter().enumerate() {
        seats[column as usize] += arcs[arc];
    }
    for (held, &capacity) in seats.into_iter().zip(&problem.network.capacity) {
        constraints.push(constraint!(held <= f64::from(capacity)));
    }
    for row in &problem.rows {
        if row.arcs.is_empty() && row.switches.is_empty() {
            if row.limit < 0 {
                return None;
            }
            continue;
        }
        constraints.push(constraint!(expression(row) <= row.limit as f64));
    }
    let model = variables.minimise(expression(objective));
    let values = match backend {
        Backend::Microlp => values(model.using(good_lp::microlp).with_all(constraints).solve(), &arcs),
        #[cfg(feature = "highs")]
        Backend::Highs => {
            let exact = model.using(good_lp::highs).set_mip_rel_gap(0.0).ok()?.set_mip_abs_gap(0.5).ok()?;
            values(exact.with_all(constraints).solve(), &arcs)
        }
    }?;
    let mut choice = vec![NONE; problem.network.agents()];
    for (arc, value) in (0u32..).zip(values) {
        if value > HALF {
            let agent = problem.owner[arc as usize] as usize;
            if choice[agent] != NONE {
                return None;
            }
            choice[agent] = arc;
        }
    }
    Some(Point::new(problem, choice))
}

fn values<S: Solution>(solved: Result<S, ResolutionError>, arcs: &[Variable]) -> Option<Vec<f64>> {
    solved.ok().map(|solution| arcs.iter().map(|&arc| solution.value(arc)).collect())
}
