//! Speed of the kernel alone: staff of growing size from nothing and after a change, assignments, the stages of a case, generalised assignments, rank profiles.
//!
//! `cargo bench --bench kernel` times everything in one run on one machine; only the ratios between lines of one run say
//! anything.

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};

use demerge::files;
use demerge::kernel::domain::Domain;
use demerge::kernel::problem::{Network, Problem, Row};
use demerge::kernel::profile::{self, Order};
use demerge::kernel::stages::Stages;
use demerge::kernel::transport::{Changes, Transport};
use demerge::load::instance::{self, Assignment};
use demerge::load::{self, Want};
use demerge::model::{self, Target};
use demerge::study::instance::{Sense, assign, assign_generalised, match_preferences};

#[path = "../solver_tests/staff.rs"]
mod staff;

use staff::{Chance, staff};

const NEVER: &dyn Fn() -> bool = &|| false;

/// Generalised assignments that are proved within a second.
const GENERALISED: [&str; 6] = ["gap1-0", "gap2-0", "gap4-0", "a10100", "a20200", "c05100"];

fn data(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(path)
}

fn bytes(path: &str) -> Vec<u8> {
    fs::read(data(path)).expect("the instance is in the repository")
}

/// Costs from 1 to 100, always the same ones: the law of OR-Library's assign100 to assign800.
fn uniform(size: usize) -> Assignment {
    let mut state = 12_345u64;
    let cost = (0..size * size).map(|_| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from((state >> 33) % 100).expect("below 100") + 1
    });
    Assignment { size, cost: cost.collect() }
}

/// People, posts, and about how many posts are open to each person.
const STAFF: [(usize, usize, usize); 5] =
    [(47, 60, 14), (500, 638, 26), (2_000, 2_553, 26), (10_000, 12_766, 26), (50_000, 63_830, 26)];

/// From nothing, and again after three people changed their minds; the work done is printed, as it does not wobble.
fn transport(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("staff without clauses");
    group.sample_size(10).warm_up_time(Duration::from_millis(200)).measurement_time(Duration::from_secs(2));
    for (people, posts, open) in STAFF {
        let (network, cost) = staff(people, posts, open, 1);
        let problem = Problem { owner: network.owners(), network, switches: 0, rows: Vec::new() };
        let domain = Domain::whole(&problem);
        let network = &problem.network;
        let mut solver = Transport::default();
        solver.solve(network, &domain, &cost).expect("everyone may stay out");
        println!("{people} people, {} pairs: {:?}, {} bytes", network.arcs(), solver.effort(), solver.bytes());
        group.bench_function(BenchmarkId::new("cold", people), |b| {
            b.iter(|| solver.solve(network, &domain, black_box(&cost)));
        });
        let mut chance = Chance(9);
        let mut changed = cost.clone();
        group.bench_function(BenchmarkId::new("three changed", people), |b| {
            b.iter(|| {
                let agents = [(); 3].map(|()| u32::try_from(chance.below(people as u64)).expect("few people"));
                for &agent in &agents {
                    for arc in network.arcs_of(agent as usize) {
                        changed[arc] = cost[arc] + i64::try_from(chance.below(60)).expect("below 60");
                    }
                }
                solver.resolve(network, &domain, &changed, &Changes { agents: &agents, columns: &[] })
            });
        });
    }
    group.finish();
}

fn assignments(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("assignment, cold");
    group.sample_size(10).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(2));
    for name in ["assign100", "assign200"] {
        let instance = instance::assignment(&bytes(&format!("bench/lap/{name}.txt"))).expect("published");
        group.bench_function(name, |b| b.iter(|| assign(black_box(&instance), Sense::Min, NEVER)));
    }
    for size in [47, 100, 200, 400] {
        let instance = uniform(size);
        group.bench_function(BenchmarkId::new("uniform", size), |b| {
            b.iter(|| assign(black_box(&instance), Sense::Min, NEVER));
        });
    }
    group.finish();
}

fn generalised(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("generalised assignment, proved");
    group.sample_size(10).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(2));
    for name in GENERALISED {
        let instance = instance::generalised(&bytes(&format!("bench/gap/{name}"))).expect("published");
        group.bench_function(name, |b| b.iter(|| assign_generalised(black_box(&instance), Sense::Min, NEVER)));
    }
    group.finish();
}

fn profiles(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("rank profiles, five answers");
    group.sample_size(10).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(2));
    for name in ["glasgow_2007", "glasgow_2013", "agh_2003_even", "cardiff_spa", "umass_2024_full"] {
        let instance = instance::preferences(&bytes(&format!("bench/preferences/{name}.json"))).expect("published");
        group.bench_function(name, |b| b.iter(|| match_preferences(black_box(&instance), NEVER)));
    }
    group.finish();
}

/// The objectives of each scenario of the reference case, without ties and certificate.
fn stages(criterion: &mut Criterion) {
    let sources = files::read_case(&data("case47")).expect("the case is in the repository");
    let loaded = load::load(&sources, Want::Check).expect("the case has no errors");
    let mut group = criterion.benchmark_group("case47, stages");
    group.sample_size(10).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(2));
    for scenario in &loaded.scenarios {
        let model = model::build(&loaded.case, scenario);
        let sums = model.targets.iter().filter_map(|target| match target {
            Target::Sum(row) => Some(row.clone()),
            Target::Worst(_) => None,
        });
        let rows: Vec<Row> = sums.collect();
        group.bench_function(scenario.id.as_str(), |b| {
            b.iter(|| {
                let mut stages = Stages::new(model.problem.clone());
                (stages.settle_all(black_box(&rows), NEVER), stages.effort())
            });
        });
    }
    group.finish();
}

/// So many people with as many seats, popular posts among them, and six ranks each.
fn crowd(people: usize) -> (Problem, Vec<Row>) {
    let mut state = 7u64;
    let mut below = |limit: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).expect("31 bits") % limit
    };
    let (mut first, mut column, mut ranks) = (vec![0], Vec::new(), Vec::new());
    for _ in 0..people {
        let mut own: Vec<usize> = (0..9).map(|_| below(people).min(below(people))).collect();
        own.sort_unstable();
        own.dedup();
        for post in own {
            column.push(u32::try_from(post).expect("a post"));
            ranks.push(u32::try_from(below(6)).expect("a rank"));
        }
        first.push(u32::try_from(column.len()).expect("an arc"));
    }
    let network = Network { first, column, capacity: vec![1; people], may_stay_out: vec![true; people] };
    let levels = profile::levels(&network, &ranks, Order::WorstFirst);
    let rows = std::iter::once(profile::placed(&network)).chain(levels).collect();
    (Problem { owner: network.owners(), network, switches: 0, rows: Vec::new() }, rows)
}

/// Most placed, then fewest at the worst rank, and so on, each rank proved.
fn generous(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("generous, proved");
    group.sample_size(10).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(5));
    for people in [60, 2_000, 10_000] {
        let (problem, rows) = crowd(people);
        group.bench_function(format!("{people} people"), |b| {
            b.iter(|| Stages::new(problem.clone()).settle_all(black_box(&rows), NEVER));
        });
    }
    group.finish();
}

criterion_group!(benches, transport, assignments, stages, profiles, generous, generalised);
criterion_main!(benches);
