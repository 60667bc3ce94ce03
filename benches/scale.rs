//! Speed by size, on made-up separations from a seed: assignments from nothing and after a change, objectives one after the
//! other, clauses, and ten thousand scenarios.
//!
//! `cargo bench --bench scale` times everything in one run on one machine; only the ratios between lines of one run say
//! anything. `benches/peers/run.py` sets the same work beside other solvers.

#[allow(dead_code, reason = "the comparison with peers uses the rest")]
#[path = "family/family.rs"]
mod family;

use std::hint::black_box;
use std::time::Duration;

use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};

use demerge::kernel::domain::Domain;
use demerge::kernel::problem::Row;
use demerge::kernel::profile::{self, Order};
use demerge::kernel::relax::{Relaxation, Weights};
use demerge::kernel::search::{self, Found, Goal, Question};
use demerge::kernel::stages::Stages;

use family::engine::{Engine, numbers};
use family::{Change, Grip, Instance, Size, scenario};

const NEVER: &dyn Fn() -> bool = &|| false;
const SIZES: [usize; 5] = [47, 500, 2_000, 10_000, 50_000];

/// Seeds of the loose family that are proved within a tenth of a second.
const PROVED: [u64; 5] = [1, 3, 9, 24, 27];

fn group<'a>(criterion: &'a mut Criterion, name: &str) -> BenchmarkGroup<'a, WallTime> {
    let mut group = criterion.benchmark_group(name);
    group.sample_size(10).warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(2));
    group
}

fn cold(criterion: &mut Criterion) {
    let mut group = group(criterion, "assignment, cold");
    for people in SIZES {
        let instance = Instance::new(Size::of(people), 0);
        let (domain, cost) = (Domain::whole(&instance.problem(Vec::new())), numbers(&instance.cost));
        let mut engine = Engine::default();
        group.throughput(Throughput::Elements(cost.len() as u64));
        group.bench_function(BenchmarkId::from_parameter(people), |b| {
            b.iter(|| engine.cold(&instance.network, &domain, black_box(&cost)));
        });
    }
    group.finish();
}

/// Three people think again and again: two sets of costs in turn.
fn warm(criterion: &mut Criterion) {
    let mut group = group(criterion, "assignment, three people changed");
    for people in SIZES {
        let instance = Instance::new(Size::of(people), 0);
        let problem = instance.problem(Vec::new());
        let domain = Domain::whole(&problem);
        let change = Change { leavers: 0, withdrawn: 0, opinions: 3 };
        let costs = [instance.cost.clone(), scenario(&instance, change, 0).cost];
        let arcs = (0..problem.network.arcs()).filter(|&arc| costs[0][arc] != costs[1][arc]);
        let mut agents: Vec<u32> = arcs.map(|arc| problem.owner[arc]).collect();
        agents.dedup();
        let costs = costs.map(|cost| numbers(&cost));
        let mut engine = Engine::default();
        engine.cold(&problem.network, &domain, &costs[0]);
        let mut turn = 0;
        group.bench_function(BenchmarkId::from_parameter(people), |b| {
            b.iter(|| {
                turn = 1 - turn;
                engine.warm(&problem.network, &domain, black_box(&costs[turn]), &agents, &[])
            });
        });
    }
    group.finish();
}

fn stages(criterion: &mut Criterion) {
    let mut group = group(criterion, "placed, then the generous profile");
    for people in [60, 500, 2_000] {
        let instance = Instance::new(Size::of(people), 0);
        let ranks: Vec<u32> = instance.rank.iter().map(|&rank| rank.min(6)).collect();
        let mut levels = vec![profile::placed(&instance.network)];
        levels.extend(profile::levels(&instance.network, &ranks, Order::WorstFirst));
        let problem = instance.problem(Vec::new());
        group.bench_function(BenchmarkId::from_parameter(people), |b| {
            b.iter(|| {
                let mut stages = Stages::new(problem.clone());
                levels.iter().all(|row| stages.settle(black_box(row), NEVER).complete)
            });
        });
    }
    group.finish();
}

/// The separation with its 16 clauses.
struct Clauses {
    instance: Instance,
    rows: Vec<Row>,
}

impl Clauses {
    fn new(seed: u64) -> Clauses {
        let instance = Instance::new(Size::REFERENCE, seed);
        Clauses { rows: instance.clauses(Grip::Loose), instance }
    }

    fn solve(&self, objective: &Row, starts: &[Weights]) -> Found {
        let problem = self.instance.problem(self.rows.clone());
        let question = Question {
            problem: &problem,
            objective,
            starts,
            incumbent: None,
            cutoff: None,
            goal: Goal::Best,
            room: usize::MAX,
        };
        search::minimise(&question, Domain::whole(&problem), &mut Relaxation::default(), NEVER)
    }
}

fn clauses(criterion: &mut Criterion) {
    let mut group = group(criterion, "47 people, 16 clauses, proved");
    for seed in PROVED {
        let clauses = Clauses::new(seed);
        let objective = clauses.instance.objective();
        group.bench_function(BenchmarkId::new("from nothing", seed), |b| {
            b.iter(|| clauses.solve(black_box(&objective), &[]));
        });
        let start = [clauses.solve(&objective, &[]).weights];
        let change = Change { leavers: 0, withdrawn: 0, opinions: 3 };
        let cost = scenario(&clauses.instance, change, 0).cost;
        let changed = Row { arcs: (0u32..).zip(cost).collect(), ..Row::default() };
        group.bench_function(BenchmarkId::new("three opinions changed", seed), |b| {
            b.iter(|| clauses.solve(black_box(&changed), &start));
        });
    }
    group.finish();
}

fn scenarios(criterion: &mut Criterion) {
    let mut group = group(criterion, "scenarios without clauses");
    let instance = Instance::new(Size::REFERENCE, 100);
    let domain = Domain::whole(&instance.problem(Vec::new()));
    let change = Change { leavers: 10, withdrawn: 5, opinions: 3 };
    let costs = (0..10_000).map(|number| {
        let mut scenario = scenario(&instance, change, number);
        // A closed arc costs more than staying out.
        scenario.closed.iter().for_each(|&arc| scenario.cost[arc as usize] = 1);
        numbers(&scenario.cost)
    });
    let costs: Vec<_> = costs.collect();
    let mut engine = Engine::default();
    group.throughput(Throughput::Elements(costs.len() as u64));
    group.bench_function("10,000", |b| {
        b.iter(|| costs.iter().filter(|cost| engine.cold(&instance.network, &domain, black_box(cost))).count());
    });
    group.finish();
}

criterion_group!(benches, cold, warm, stages, clauses, scenarios);
criterion_main!(benches);
