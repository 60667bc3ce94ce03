//! The kernel on separations with clauses.

use std::ops::Range;

use demerge::kernel::domain::Domain;
use demerge::kernel::problem::{Point, Problem, Row};
use demerge::kernel::relax::Relaxation;
use demerge::kernel::rounding::Rounding;
use demerge::kernel::search::{self, Found, Goal, Question};
use demerge::kernel::stages::Stages;

use serde_json::json;

use crate::family::{Grip, Instance, Size};
use crate::files;
use crate::timing::{limit, median_of, timed};
use crate::verify;

/// What became of a search.
pub(crate) struct Solved {
    pub(crate) found: Found,
    pub(crate) evaluations: u64,
    pub(crate) seconds: f64,
    /// With the rounded rows that the proof speaks of.
    pub(crate) problem: Problem,
    rounded: Vec<(usize, Rounding)>,
}

impl Solved {
    pub(crate) fn status(&self) -> &'static str {
        match (self.found.complete, &self.found.best) {
            (true, Some(_)) => "optimal",
            (true, None) => "infeasible",
            (false, _) => "stopped",
        }
    }

    pub(crate) fn value(&self) -> Option<i64> {
        self.found.best.as_ref().map(|&(_, value)| value)
    }

    /// Whether point and proof hold when they are worked out again.
    pub(crate) fn verified(&self, problem: &Problem, objective: &Row) -> bool {
        let point = self.found.best.as_ref().is_none_or(|(p, value)| verify::point(problem, objective, p, *value));
        let rounded = self.rounded.iter().all(|(row, from)| verify::rounded(&self.problem, *row, from));
        point && rounded && verify::tree(&self.problem, objective, &[], &self.found.tree, self.found.bound)
    }
}

/// Least value of the objective, in at most so many seconds.
pub(crate) fn solve(problem: &Problem, objective: &Row, allowed: f64) -> Solved {
    let ((found, stages), seconds) = timed(|| {
        let mut stages = Stages::new(problem.clone());
        (stages.settle(objective, &limit(allowed)), stages)
    });
    let (rounded, problem) = (stages.rounded().to_vec(), stages.problem().clone());
    Solved { found, evaluations: stages.effort().1, seconds, problem, rounded }
}

/// The same by one search, without rounded rows, told a point.
fn ask(problem: &Problem, objective: &Row, incumbent: Option<Point>, allowed: f64) -> Solved {
    let question =
        Question { problem, objective, starts: &[], incumbent, cutoff: None, goal: Goal::Best, room: usize::MAX };
    let ((found, evaluations), seconds) = timed(|| {
        let mut relaxation = Relaxation::default();
        let found = search::minimise(&question, Domain::whole(problem), &mut relaxation, &limit(allowed));
        (found, relaxation.evaluations)
    });
    Solved { found, evaluations, seconds, problem: problem.clone(), rounded: Vec::new() }
}

/// The same instances with the optimum told beforehand: what is left is the tree that proves it.
pub(crate) fn prove(grip: &str, seeds: Range<u64>, allowed: f64) {
    let grip = Grip::named(grip);
    for seed in seeds {
        let instance = Instance::new(Size::REFERENCE, seed);
        let problem = instance.problem(instance.clauses(grip));
        let objective = instance.objective();
        let solved = solve(&problem, &objective, allowed);
        let Some((point, _)) = solved.found.best.clone().filter(|_| solved.found.complete) else { continue };
        let told = ask(&problem, &objective, Some(point), allowed);
        println!(
            "{}-{}: {} nodes {} evaluations {:.4} s; told the optimum {} nodes {} evaluations {:.4} s",
            instance.name,
            grip.name(),
            solved.found.tree.nodes.len(),
            solved.evaluations,
            solved.seconds,
            told.found.tree.nodes.len(),
            told.evaluations,
            told.seconds,
        );
    }
}

/// Solves these seeds of the 47 people with 16 clauses, writes them for peers, and records what came of it.
pub(crate) fn run(grip: &str, seeds: Range<u64>, allowed: f64) {
    let grip = Grip::named(grip);
    for seed in seeds {
        let instance = Instance::new(Size::REFERENCE, seed);
        let problem = instance.problem(instance.clauses(grip));
        let objective = instance.objective();
        let name = format!("{}-{}", instance.name, grip.name());
        files::write(&format!("{name}.json"), &files::instance(&problem, &objective, instance.constant, &[]));
        let solved = solve(&problem, &objective, allowed);
        let quick = solved.seconds < 0.02;
        let seconds = if quick { median_of(5, || solve(&problem, &objective, allowed)) } else { solved.seconds };
        files::record(&json!({
            "table": "clauses", "family": grip.name(), "instance": name, "peer": "demerge", "status": solved.status(),
            "value": solved.value().map(|value| value + instance.constant), "seconds": seconds,
            "bound": (!solved.found.complete).then_some(solved.found.bound + instance.constant),
            "nodes": solved.found.tree.nodes.len(), "evaluations": solved.evaluations,
            "verified": solved.verified(&problem, &objective),
        }));
    }
}
