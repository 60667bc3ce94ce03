//! Separations without clauses: solved from nothing, after a change, and ten thousand times over.

use std::time::Instant;

use demerge::kernel::domain::Domain;
use demerge::kernel::problem::{Network, Problem};
use serde_json::json;

use crate::family::engine::{Engine, Number, Scenarios, number, numbers};
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
            "verified": value.is_some(), "bytes": bytes(&problem.network, &domain, cost, &mut engine),
            "input": input(&problem.network),
        }));
    }
}

/// Bytes of the arrays that a solve is given: the network, costs, and which options are open.
fn input(network: &Network) -> usize {
    let numbers = 4 * (network.first.len() + network.column.len() + network.capacity.len());
    numbers + (8 + 1) * network.arcs() + 2 * network.agents()
}

/// Bytes in use once some people have changed their minds, when arcs are laid out by column too.
fn bytes(network: &Network, domain: &Domain, mut cost: Vec<Number>, engine: &mut Engine) -> usize {
    let agents: Vec<u32> = (0u32..).zip(&network.may_stay_out).map(|(agent, _)| agent).take(1_000).collect();
    let arcs = network.first[agents.len()] as usize;
    cost[..arcs].fill(number(0));
    engine.warm(network, domain, &cost, &agents, &[]);
    engine.bytes()
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

    /// Solves these scenarios one after the other, each from the base; the sum of their costs.
    fn run(&self, base: &Base, scenarios: &[Scenario]) -> i64 {
        let mut solver = base.scenarios(&self.problem.network);
        scenarios.iter().map(|scenario| solver.solve(&scenario.variation).expect("everybody may stay out")).sum()
    }
}

/// The separation as it stands, solved.
struct Base {
    domain: Domain,
    cost: Vec<Number>,
    engine: Engine,
}

impl Base {
    fn new(sweep: &Sweep) -> Base {
        let (domain, cost) = (Domain::whole(&sweep.problem), numbers(&sweep.instance.cost));
        let mut engine = Engine::default();
        engine.cold(&sweep.problem.network, &domain, &cost);
        Base { domain, cost, engine }
    }

    fn scenarios<'a>(&'a self, network: &'a Network) -> Scenarios<'a> {
        Scenarios::new(network, &self.domain, &self.cost, &self.engine)
    }
}

/// Ten thousand scenarios, on one thread and on two.
pub(crate) fn sweep(count: usize) {
    let sweep = Sweep::new(count);
    let base = Base::new(&sweep);
    let all = &sweep.scenarios;
    sweep.run(&base, &all[..count / 10]);
    let (sum, seconds) = timed(|| sweep.run(&base, all));
    let start = Instant::now();
    let (one, two) = all.split_at(count / 2);
    let halves = std::thread::scope(|scope| {
        let other = scope.spawn(|| sweep.run(&base, two));
        sweep.run(&base, one) + other.join().expect("the thread ends well")
    });
    let wall = start.elapsed().as_secs_f64();
    let mut solver = base.scenarios(&sweep.problem.network);
    let mut shared = Vec::new();
    for (number, scenario) in all.iter().enumerate() {
        let value = solver.solve(&scenario.variation);
        // Nobody looks at the price of a post that is withdrawn: its arcs are closed.
        let gone = |column: usize| scenario.variation.columns.iter().any(|&(at, _)| at as usize == column);
        let price = |column| if gone(column) { 0 } else { solver.price(column) };
        let network = &sweep.problem.network;
        let proved = prices::proved(network, &scenario.cost, &scenario.closed, solver.choice(), price);
        assert!(value.is_some() && proved == value, "the prices of scenario {number} do not prove the sum");
        if number < SHARED {
            let value = proved.map(|value| value + sweep.instance.constant);
            shared.push(json!({ "cost": scenario.cost, "closed": scenario.closed, "value": value }));
        }
    }
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
