//! Scenarios of a separation with 16 clauses, each proved; the base's multipliers are where each starts.

use std::time::Instant;

use demerge::kernel::domain::Domain;
use demerge::kernel::problem::{Problem, Row};
use demerge::kernel::relax::{Relaxation, Weights};
use demerge::kernel::search::{self, Found, Goal, Question};
use serde_json::json;

use crate::clauses::solve;
use crate::family::scenario::Scenario;
use crate::family::{Change, Grip, Instance, Size, scenario};
use crate::files;
use crate::timing::{limit, timed};
use crate::verify;

/// One in fifty leaves, one post in fifty is withdrawn, three people think again.
const RESTLESS: Change = Change { leavers: 2, withdrawn: 2, opinions: 3 };

/// Scenarios that are handed to peers.
const SHARED: usize = 20;

/// Seconds for a scenario.
const PATIENCE: f64 = 2.0;

struct Sweep {
    instance: Instance,
    problem: Problem,
    /// The same with the rounded rows of the separation as it stood, which hold whatever people wish.
    tight: Problem,
    start: Weights,
}

struct Outcome {
    found: Found,
    seconds: f64,
}

impl Sweep {
    fn objective(&self, scenario: &Scenario) -> Row {
        let arcs = (0u32..).zip(scenario.cost.iter().copied()).filter(|&(_, k)| k != 0);
        Row { arcs: arcs.collect(), ..Row::default() }
    }

    fn solve(&self, relaxation: &mut Relaxation, scenario: &Scenario) -> Outcome {
        let (found, seconds) = timed(|| {
            let objective = self.objective(scenario);
            let mut domain = Domain::whole(&self.problem);
            for &arc in &scenario.closed {
                domain.close(self.problem.owner[arc as usize] as usize, arc);
            }
            let question = Question {
                problem: &self.tight,
                objective: &objective,
                starts: std::slice::from_ref(&self.start),
                incumbent: None,
                cutoff: None,
                goal: Goal::Best,
                room: usize::MAX,
            };
            search::minimise(&question, domain, relaxation, &limit(PATIENCE))
        });
        Outcome { found, seconds }
    }

    fn run(&self, scenarios: &[Scenario]) -> Vec<Outcome> {
        let mut relaxation = Relaxation::default();
        scenarios.iter().map(|scenario| self.solve(&mut relaxation, scenario)).collect()
    }
}

/// So many scenarios on two threads; the first few are written for peers, and their proofs checked.
pub(crate) fn run(seed: u64, count: usize) {
    let instance = Instance::new(Size::REFERENCE, seed);
    let problem = instance.problem(instance.clauses(Grip::Loose));
    let base = solve(&problem, &instance.objective(), 30.0);
    // Its last row is the objective that it settled, which is not theirs.
    let own = base.problem.rows.len() - usize::from(base.found.complete);
    let tight = Problem { rows: base.problem.rows[..own].to_vec(), ..base.problem.clone() };
    let mut start = base.found.weights;
    start.rows.truncate(own);
    let sweep = Sweep { instance, problem, tight, start };
    let scenarios: Vec<Scenario> =
        (0..count as u64).map(|number| scenario(&sweep.instance, RESTLESS, number)).collect();
    let clock = Instant::now();
    let (one, two) = scenarios.split_at(count / 2);
    let outcomes = std::thread::scope(|scope| {
        let other = scope.spawn(|| sweep.run(two));
        let mut outcomes = sweep.run(one);
        outcomes.extend(other.join().expect("the thread ends well"));
        outcomes
    });
    let wall = clock.elapsed().as_secs_f64();
    let mut seconds: Vec<f64> = outcomes.iter().map(|outcome| outcome.seconds).collect();
    seconds.sort_by(f64::total_cmp);
    let at = |part: usize| seconds[(seconds.len() - 1) * part / 1_000];
    let proved = outcomes.iter().filter(|outcome| outcome.found.complete).count();
    files::record(&json!({
        "table": "clause-sweep", "instance": format!("clause-sweep-{seed}"), "peer": "demerge", "scenarios": count,
        "proved": proved, "median": at(500), "p90": at(900), "p99": at(990), "max": at(1_000),
        "mean": seconds.iter().sum::<f64>() / count as f64, "wall_two_threads": wall / count as f64,
    }));
    for (number, (outcome, scenario)) in outcomes.iter().zip(&scenarios).take(SHARED).enumerate() {
        share(&sweep, seed, number, scenario, outcome);
    }
}

fn share(sweep: &Sweep, seed: u64, number: usize, scenario: &Scenario, outcome: &Outcome) {
    let (problem, constant) = (&sweep.problem, sweep.instance.constant);
    let objective = sweep.objective(scenario);
    let name = format!("clause-sweep-{seed}-{number}");
    files::write(&format!("{name}.json"), &files::instance(problem, &objective, constant, &scenario.closed));
    let (found, best) = (&outcome.found, outcome.found.best.as_ref());
    let point = best.is_none_or(|(p, value)| {
        verify::point(problem, &objective, p, *value) && !p.choice.iter().any(|arc| scenario.closed.contains(arc))
    });
    let status = match (found.complete, best) {
        (true, Some(_)) => "optimal",
        (true, None) => "infeasible",
        (false, _) => "stopped",
    };
    files::record(&json!({
        "table": "clause-scenarios", "instance": name, "peer": "demerge", "status": status,
        "value": best.map(|&(_, value)| value + constant), "seconds": outcome.seconds,
        "verified": point && verify::tree(&sweep.tight, &objective, &scenario.closed, &found.tree, found.bound),
    }));
}
