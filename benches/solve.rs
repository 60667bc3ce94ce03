//! Speed of the main job: bytes to a case, case to a model, case to a certified answer, and the two solvers side by side.
//!
//! `cargo bench` times everything in one run on one machine; only the ratios between lines of one run say anything.

use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};

use demerge::certify;
use demerge::files;
use demerge::load::{self, Loaded, Sources, Want};
use demerge::model;
use demerge::solve::{self, Limits, Solver};

const CASES: [&str; 2] = ["example", "case47"];

/// The files of a case in `data/`, as `load` takes them.
fn sources(name: &str) -> Sources {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(name);
    files::read_case(&folder).expect("the case is in the repository")
}

fn loaded(sources: &Sources) -> Loaded {
    load::load(sources, Want::Solve(Some("S1"))).expect("the case has no errors")
}

/// Build, solve and certify.
fn answer(loaded: &Loaded, solver: Solver) -> certify::Certified {
    let (case, scenario) = (&loaded.case, &loaded.scenarios[0]);
    let model = model::build(case, scenario);
    let outcome = solve::solve(case, scenario, &model, &Limits { solver, should_stop: &|| false });
    certify::certify(case, scenario, outcome).expect("the checker confirms the solver")
}

fn steps(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("steps");
    group.warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(3));
    for name in CASES {
        let sources = sources(name);
        let loaded = loaded(&sources);
        let (case, scenario) = (&loaded.case, &loaded.scenarios[0]);
        group.bench_function(format!("load/{name}"), |b| {
            b.iter(|| load::load(black_box(&sources), Want::Solve(Some("S1"))));
        });
        group.bench_function(format!("build/{name}"), |b| b.iter(|| model::build(black_box(case), scenario)));
    }
    group.finish();
}

fn solvers(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("build, solve, certify");
    group.sample_size(10).warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(5));
    for name in CASES {
        let loaded = loaded(&sources(name));
        group.bench_function(format!("network/{name}"), |b| b.iter(|| answer(black_box(&loaded), Solver::Network)));
        group.bench_function(format!("linear/{name}"), |b| b.iter(|| answer(black_box(&loaded), Solver::Linear)));
    }
    group.finish();
}

criterion_group!(benches, steps, solvers);
criterion_main!(benches);
