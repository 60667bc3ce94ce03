//! Large separations with clauses: how long to a gap of one in ten thousand, and to a proof.

use std::cell::Cell;

use cpu_time::ThreadTime;
use demerge::kernel::domain::Domain;
use demerge::kernel::problem::{Problem, Row};
use demerge::kernel::relax::Relaxation;
use demerge::kernel::search::{self, Found, Goal, Question};
use serde_json::json;

use crate::clauses::solve;
use crate::family::{Grip, Instance, Size};
use crate::files;
use crate::timing::timed;
use crate::verify;

/// The gap that is asked for is one in so many.
const PARTS: i64 = 10_000;

/// A search that was stopped at its `looks`-th look at the clock.
fn stopped_after(problem: &Problem, objective: &Row, looks: u64, allowed: f64) -> (Found, u64) {
    let question =
        Question { problem, objective, starts: &[], incumbent: None, cutoff: None, goal: Goal::Best, room: usize::MAX };
    let (seen, start) = (Cell::new(0u64), ThreadTime::now());
    let stop = || {
        seen.set(seen.get() + 1);
        seen.get() >= looks || start.elapsed().as_secs_f64() > allowed
    };
    let mut relaxation = Relaxation::default();
    let found = search::minimise(&question, Domain::whole(problem), &mut relaxation, &stop);
    (found, relaxation.evaluations)
}

struct Run {
    found: Found,
    evaluations: u64,
    seconds: f64,
    value: Option<i64>,
    bound: i64,
    good: bool,
}

/// Finds out after how many looks the gap is reached by letting the search run longer and longer.
///
/// The search is the same each time up to where it is stopped, so the shortest run that reaches the gap is what the gap costs.
pub(crate) fn run(people: usize, seed: u64, allowed: f64, prove: f64) {
    let instance = Instance::new(Size::of(people), seed);
    let problem = instance.problem(instance.clauses(Grip::Loose));
    let objective = instance.objective();
    let name = format!("{}-clauses", instance.name);
    files::write(&format!("{name}.json"), &files::instance(&problem, &objective, instance.constant, &[]));
    let run = |looks: u64| {
        let ((found, evaluations), seconds) = timed(|| stopped_after(&problem, &objective, looks, allowed));
        let bound = found.bound + instance.constant;
        let value = found.best.as_ref().map(|&(_, value)| value + instance.constant);
        let good = value.is_some_and(|value| (value - bound) * PARTS <= value);
        Run { found, evaluations, seconds, value, bound, good }
    };
    let mut looks = 4;
    let mut best = run(looks);
    while !best.good && !best.found.complete && best.seconds <= allowed {
        looks *= 2;
        best = run(looks);
    }
    let mut step = looks / 4;
    while best.good && step > 0 {
        let shorter = run(looks - step);
        if shorter.good {
            looks -= step;
            best = shorter;
        }
        step /= 2;
    }
    let Run { found, evaluations, seconds, value, bound, good } = best;
    let point = found.best.as_ref().is_none_or(|(p, value)| verify::point(&problem, &objective, p, *value));
    // The checker looks at every arc of every row in every step: not where that takes minutes.
    let proof = problem.network.arcs() * found.tree.nodes.len() > 20_000_000
        || verify::tree(&problem, &objective, &[], &found.tree, found.bound);
    files::record(&json!({
        "table": "large", "people": people, "rows": problem.rows.len(), "instance": name, "peer": "demerge",
        "status": if good { "gap" } else { "stopped" }, "value": value, "bound": bound, "seconds": seconds,
        "evaluations": evaluations, "nodes": found.tree.nodes.len(), "verified": point && proof,
    }));
    if prove > 0.0 {
        let solved = solve(&problem, &objective, prove);
        files::record(&json!({
            "table": "proved", "people": people, "rows": problem.rows.len(), "instance": name, "peer": "demerge",
            "status": solved.status(), "value": solved.value().map(|value| value + instance.constant),
            "bound": solved.found.bound + instance.constant, "seconds": solved.seconds,
            "evaluations": solved.evaluations, "nodes": solved.found.tree.nodes.len(),
        }));
    }
}
