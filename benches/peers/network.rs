//! Separations without clauses: solved from nothing, after a change, and ten thousand times over.

use std::time::Instant;

use demerge::kernel::domain::Domain;
use demerge::kernel::problem::{NONE, Network, Problem};
use serde_json::json;

use crate::family::engine::{Engine, Number, number, numbers};
use crate::family::scenario::Scenario;
use crate::family::{Change, Instance, Size, scenario};
use crate::files;
use crate::prices;
use crate::timing::{median_of, timed};

/// Scenarios of which the sums are handed to peers.
const SHARED: usize = 200;

/// A tenth leaves, a twentieth of the posts is withdrawn, three people think again.
const RESTLESS: Change = Change { leavers: 10, withdrawn: 5, opinions: 3 };

/// From nothing, for the seeds below `seeds`.
pub(crate) fn cold(people: usize, seeds: u64) {
    for seed in 0..seeds {
        let instance = Instance::new(Size::of(people), seed);
        let (problem, objective) = (instance.problem(Vec::new()), instance.objective());
        let name = format!("cold-{}", instance.name);
        files::write(&format!("{name}.json"), &files::instance(&problem, &objective, instance.constant, &[]));
        let (domain, cost) = (Domain::whole(&problem), numbers(&instance.cost));
        let mut engine = Engine::default();
        let (_, first) = timed(|| engine.cold(&problem.network, &domain, &cost));
        let runs = if first < 0.01 { 101 } else { 5 };
        let seconds = median_of(runs, || engine.cold(&problem.network, &domain, &cost));
        let value = prices::assignment(&problem.network, &instance.cost, &[], &engine);
        files::record(&json!({
            "table": "network", "people": people, "arcs": cost.len(), "instance": name, "peer": "demerge",
            "status": "optimal", "value": value.map(|value| value + instance.constant), "seconds": seconds,
            "verified": value.is_some(),
        }));
    }
}

/// The base and its scenarios, ready to be solved.
struct Sweep {
    problem: Problem,
    instance: Instance,
    scenarios: Vec<Scenario>,
}

impl Sweep {
    fn new(count: usize) -> Sweep {
        let instance = Instance::new(Size::REFERENCE, 100);
        let scenarios = (0..count as u64).map(|number| scenario(&instance, RESTLESS, number)).collect();
        Sweep { problem: instance.problem(Vec::new()), instance, scenarios }
    }

    /// Solves these scenarios one after the other; the costs are patched into one buffer. Sums are wrong where unproved.
    fn run(&self, scenarios: &[Scenario]) -> i64 {
        let network = &self.problem.network;
        let domain = Domain::whole(&self.problem);
        let (mut engine, mut cost) = (Engine::default(), Vec::new());
        scenarios.iter().map(|scenario| solve_patched(&mut engine, network, &domain, scenario, &mut cost)).sum()
    }
}

/// A closed arc costs more than staying out.
const NEVER: Number = 1;

fn solve_patched(
    engine: &mut Engine,
    network: &Network,
    domain: &Domain,
    scenario: &Scenario,
    cost: &mut Vec<Number>,
) -> i64 {
    cost.clear();
    cost.extend(scenario.cost.iter().map(|&k| number(k)));
    scenario.closed.iter().for_each(|&arc| cost[arc as usize] = NEVER);
    engine.cold(network, domain, cost);
    let taken = engine.choice().iter().filter(|&&arc| arc != NONE);
    taken.map(|&arc| scenario.cost[arc as usize]).sum()
}

/// Ten thousand scenarios, on one thread and on two.
pub(crate) fn sweep(count: usize) {
    let sweep = Sweep::new(count);
    let all = &sweep.scenarios;
    sweep.run(&all[..count / 10]);
    let (sum, seconds) = timed(|| sweep.run(all));
    let start = Instant::now();
    let (one, two) = all.split_at(count / 2);
    let halves = std::thread::scope(|scope| {
        let other = scope.spawn(|| sweep.run(two));
        sweep.run(one) + other.join().expect("the thread ends well")
    });
    let wall = start.elapsed().as_secs_f64();
    let domain = Domain::whole(&sweep.problem);
    let (mut engine, mut cost) = (Engine::default(), Vec::new());
    let shared = all.iter().take(SHARED).map(|scenario| {
        let value = solve_patched(&mut engine, &sweep.problem.network, &domain, scenario, &mut cost);
        let proved = prices::assignment(&sweep.problem.network, &scenario.cost, &scenario.closed, &engine);
        assert_eq!(proved, Some(value), "the prices prove the sum");
        json!({ "cost": scenario.cost, "closed": scenario.closed, "value": value + sweep.instance.constant })
    });
    let shared: Vec<_> = shared.collect();
    let objective = sweep.instance.objective();
    let mut file = files::instance(&sweep.problem, &objective, sweep.instance.constant, &[]);
    file["scenarios"] = json!(shared);
    files::write("sweep.json", &file);
    files::record(&json!({
        "table": "sweep", "instance": "sweep", "peer": "demerge", "scenarios": count, "verified": sum == halves,
        "seconds": seconds / count as f64, "wall_two_threads": wall / count as f64,
    }));
}

/// Three people think again, over and over.
pub(crate) fn change(people: usize, changes: u64) {
    let instance = Instance::new(Size::of(people), 0);
    let problem = instance.problem(Vec::new());
    let (network, domain) = (&problem.network, Domain::whole(&problem));
    let mut engine = Engine::default();
    let mut now = instance.cost.clone();
    let mut cost = numbers(&now);
    engine.cold(network, &domain, &cost);
    let mut file = files::instance(&problem, &instance.objective(), instance.constant, &[]);
    let (mut steps, mut seconds) = (Vec::new(), Vec::new());
    for step in 0..changes {
        let mut base = instance.clone();
        base.cost.clone_from(&now);
        let next = scenario(&base, Change { leavers: 0, withdrawn: 0, opinions: 3 }, step).cost;
        let arcs: Vec<usize> = (0..now.len()).filter(|&arc| now[arc] != next[arc]).collect();
        let mut agents: Vec<u32> = arcs.iter().map(|&arc| problem.owner[arc]).collect();
        agents.dedup();
        for &arc in &arcs {
            cost[arc] = number(next[arc]);
        }
        seconds.push(timed(|| engine.warm(network, &domain, &cost, &agents, &[])).1);
        let value = prices::assignment(network, &next, &[], &engine).expect("the prices prove the sum");
        let costs: Vec<i64> = arcs.iter().map(|&arc| next[arc]).collect();
        steps.push(json!({ "arcs": arcs, "cost": costs, "value": value + instance.constant }));
        now = next;
    }
    seconds.sort_by(f64::total_cmp);
    file["changes"] = json!(steps);
    files::write(&format!("change-{people}.json"), &file);
    files::record(&json!({
        "table": "change", "people": people, "instance": format!("change-{people}"), "peer": "demerge", "verified": true,
        "seconds": seconds[seconds.len() / 2],
    }));
}
