//! `good_lp` on the same separations: microlp, and HiGHS where the feature `highs` is built.

use std::ops::Range;

use demerge::kernel::problem::{NONE, Point, Problem, Row};
use good_lp::solvers::{ResolutionError, Solution, SolutionStatus, SolverModel, WithTimeLimit};
use good_lp::variable::UnsolvedProblem;
use good_lp::{Constraint, Expression, ProblemVariables, Variable, constraint, variable};
use serde_json::json;

use crate::family::{Grip, Instance, Size};
use crate::files;
use crate::timing::timed;

/// The 47 people with 16 clauses through `good_lp`; `allowed` seconds (of the wall, which is all it knows) each.
pub(crate) fn run(peer: &str, grip: &str, seeds: Range<u64>, allowed: f64) {
    let grip = Grip::named(grip);
    for seed in seeds {
        let instance = Instance::new(Size::REFERENCE, seed);
        let (problem, objective) = (instance.problem(instance.clauses(grip)), instance.objective());
        let (arcs, model, constraints) = model(&problem, &objective, instance.constant);
        let ((status, chosen), seconds) = timed(|| match peer {
            "microlp" => {
                chosen(model.using(good_lp::microlp).with_time_limit(allowed).with_all(constraints).solve(), &arcs)
            }
            #[cfg(feature = "highs")]
            "highs" => {
                let exact = model.using(good_lp::highs).set_mip_rel_gap(0.0).expect("a gap");
                let exact = exact.set_mip_abs_gap(0.99).expect("a gap").set_threads(1).set_time_limit(allowed);
                chosen(exact.with_all(constraints).solve(), &arcs)
            }
            other => panic!("good_lp has no {other} in this build"),
        });
        let point = chosen.map(|chosen| Point::new(&problem, chosen.choice(&problem)));
        let value = point.as_ref().map(|point| objective.sum(&problem, point) + instance.constant);
        files::record(&json!({
            "table": "clauses", "family": grip.name(), "instance": format!("{}-{}", instance.name, grip.name()),
            "peer": format!("good_lp {peer}"), "status": status, "value": value, "seconds": seconds,
            "allowed": point.is_none_or(|point| point.keeps(&problem)),
        }));
    }
}

struct Chosen(Vec<bool>);

impl Chosen {
    fn choice(&self, problem: &Problem) -> Vec<u32> {
        let mut choice = vec![NONE; problem.network.agents()];
        for (arc, _) in (0u32..).zip(&self.0).filter(|&(_, &taken)| taken) {
            choice[problem.owner[arc as usize] as usize] = arc;
        }
        choice
    }
}

fn model(problem: &Problem, objective: &Row, constant: i64) -> (Vec<Variable>, UnsolvedProblem, Vec<Constraint>) {
    let network = &problem.network;
    let mut variables = ProblemVariables::new();
    let arcs: Vec<Variable> = (0..network.arcs()).map(|_| variables.add(variable().binary())).collect();
    let sum = |row: &Row| -> Expression { row.arcs.iter().map(|&(arc, k)| arcs[arc as usize] * k as f64).sum() };
    let mut constraints = Vec::new();
    for agent in 0..network.agents() {
        let held: Expression = network.arcs_of(agent).map(|arc| arcs[arc]).sum();
        constraints.push(constraint!(held <= 1));
    }
    let mut seats = vec![Expression::default(); network.columns()];
    for (&arc, &column) in arcs.iter().zip(&network.column) {
        seats[column as usize] += arc;
    }
    constraints.extend(seats.into_iter().map(|held| constraint!(held <= 1)));
    constraints.extend(problem.rows.iter().map(|row| constraint!(sum(row) <= row.limit as f64)));
    // The constant stays in: a relative gap is relative to it.
    let whole = sum(objective) + constant as f64;
    (arcs, variables.minimise(whole), constraints)
}

fn chosen<S: Solution>(solved: Result<S, ResolutionError>, arcs: &[Variable]) -> (&'static str, Option<Chosen>) {
    match solved {
        Ok(solution) => {
            let status = match solution.status() {
                SolutionStatus::Optimal => "optimal",
                SolutionStatus::TimeLimit | SolutionStatus::GapLimit => "stopped",
            };
            (status, Some(Chosen(arcs.iter().map(|&arc| solution.value(arc) > 0.5).collect())))
        }
        Err(ResolutionError::Infeasible) => ("infeasible", None),
        Err(ResolutionError::Unbounded | ResolutionError::Other(_) | ResolutionError::Str(_)) => ("stopped", None),
    }
}
