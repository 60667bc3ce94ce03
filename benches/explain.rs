//! What it takes to explain people of large cases: the answer once, its optimum once, and then each price.
//!
//! `cargo bench --bench explain` times made-up separations without clauses (`family/case.rs`) with three orders of objectives. A
//! *price* is one best plan with a person's place given, proved by `certify`, told by as few moves as were found; *resolved* is
//! the same by solving the whole case again. `DEMERGE_PEOPLE=500` takes one size. *a clause binds* is a case of `demerge generate` with
//! all six kinds of clause, of which one asks for more than the best plan would have; how many prices have two ends is printed.

#[allow(dead_code, unused_imports, reason = "the comparison with peers uses the rest")]
#[path = "family/family.rs"]
mod family;

#[path = "family/binding.rs"]
mod binding;

use std::hint::black_box;
use std::time::Duration;

use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, BenchmarkId, Criterion, criterion_group, criterion_main};

use demerge::case::Case;
use demerge::case::scenario::{Objective, Scenario};
use demerge::id::{PersonId, PostId};
use demerge::solve::{Limits, Solver};
use demerge::study::explain::{Checker, Explainer, Verdict};
use demerge::study::generate::Ask;
use demerge::study::variant::Variant;

use binding::{drawn, places};
use family::{Instance, Size, case};

const LIMITS: Limits<'_> = Limits { solver: Solver::Network, should_stop: &|| false };

const ORDERS: [(&str, &[Objective]); 3] = [
    ("five sums", &[Objective::Placed, Objective::Preference, Objective::Match, Objective::Rank, Objective::Cost]),
    ("standard order", &Objective::STANDARD),
    ("generous, 12 goals", &[Objective::Generous]),
];

/// Places that are asked for.
const PLACES: usize = 40;

fn explain(criterion: &mut Criterion) {
    let sizes = std::env::var("DEMERGE_PEOPLE").map_or(vec![500, 10_000], |it| vec![it.parse().expect("a number")]);
    for (name, objectives) in ORDERS {
        let mut group = criterion.benchmark_group(format!("explain, {name}"));
        group.sample_size(10).warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(3));
        for &people in &sizes {
            let case = case::case(&Instance::new(Size::of(people), 0));
            let scenario = case::plain(&case, objectives);
            let answer = |case: &Case, scenario: &Scenario| {
                Variant::of(case, scenario).answer(&LIMITS).expect("the checker confirms the solver")
            };
            let certified = answer(&case, &scenario);
            let places = places(&case, &certified, PLACES);
            group.bench_function(BenchmarkId::new("answer, certified", people), |b| {
                b.iter(|| answer(black_box(&case), &scenario));
            });
            group.bench_function(BenchmarkId::new("first price", people), |b| {
                b.iter(|| {
                    let explainer = Explainer::new(&case, &scenario, &certified, &LIMITS).expect("an answer");
                    explainer.price(places[0].0, places[0].1)
                });
            });
            let explainer = Explainer::new(&case, &scenario, &certified, &LIMITS).expect("an answer");
            time_prices(&mut group, people, &explainer, &places);
            let resolved = explainer.resolved();
            let told = explainer.explain(places[0].0, Some(places[0].1)).expect("confirmed");
            let checker = Checker::near(&case, &scenario, &certified, &LIMITS).expect("an answer");
            group.bench_function(BenchmarkId::new("two prices checked", people), |b| b.iter(|| checker.check(&told)));
            group.bench_function(BenchmarkId::new("resolved", people), |b| {
                b.iter(|| Variant::of(&case, &scenario).forced(places[0].0, Some(places[0].1)).best(&LIMITS));
            });
            println!("{name}, {people} people: {resolved} of the prices needed the whole case");
        }
        group.finish();
    }
}

/// Times one price after the other.
fn time_prices(
    group: &mut BenchmarkGroup<'_, WallTime>,
    people: impl std::fmt::Display,
    explainer: &Explainer<'_>,
    places: &[(PersonId, PostId)],
) {
    let mut at = 0;
    group.bench_function(BenchmarkId::new("price", people), |b| {
        b.iter(|| {
            at = (at + 1) % places.len();
            explainer.price(places[at].0, places[at].1)
        });
    });
}

fn explain_binding(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("explain, a clause binds");
    group.sample_size(10).warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(3));
    for people in [500, 2_000] {
        let ask = Ask::new(people, 2, 1, 0).expect("a size that can be drawn");
        // A share two points below what the best plan has, or a parity of one point.
        let tighter = if people < 1_000 { ("share", 200) } else { ("parity", 100) };
        let (case, scenario) = drawn(&ask, "S2", Some(tighter), &LIMITS);
        let certified = Variant::of(&case, &scenario).answer(&LIMITS).expect("the checker confirms the solver");
        let places = places(&case, &certified, PLACES);
        let explainer = Explainer::new(&case, &scenario, &certified, &LIMITS).expect("an answer");
        time_prices(&mut group, people, &explainer, &places);
        group.bench_function(BenchmarkId::new("resolved", people), |b| {
            b.iter(|| Variant::of(&case, &scenario).forced(places[0].0, Some(places[0].1)).best(&LIMITS));
        });
        let fresh = Explainer::new(&case, &scenario, &certified, &LIMITS).expect("an answer");
        let told: Vec<Verdict> =
            places.iter().map(|&(person, post)| fresh.price(person, post).expect("confirmed")).collect();
        let open = told.iter().filter(|it| matches!(it, Verdict::Between(_))).count();
        println!(
            "{people} people: of {} prices {open} have two ends, {} needed the whole case",
            told.len(),
            fresh.resolved()
        );
    }
    group.finish();
}

criterion_group!(benches, explain, explain_binding);
criterion_main!(benches);
