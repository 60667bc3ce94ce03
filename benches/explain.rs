//! What it takes to explain people of large cases: the answer once, its optimum once, and then each price.
//!
//! `cargo bench --bench explain` times made-up separations without clauses (`family/case.rs`) with three orders of objectives. A
//! *price* is one best plan with a person's place given, proved by `certify`, told by as few moves as were found; *resolved* is
//! the same by solving the whole case again. `DEMERGE_PEOPLE=500` takes one size. *a clause binds* is a case of `demerge generate` with
//! all six kinds of clause, of which one asks for more than the best plan would have; how many prices have two ends is printed.

#[allow(dead_code, unused_imports, reason = "the comparison with peers uses the rest")]
#[path = "family/family.rs"]
mod family;

use std::hint::black_box;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};

use demerge::case::Case;
use demerge::case::scenario::{Clause, Objective, Scenario};
use demerge::certify::{Certified, Measure};
use demerge::id::{Id, PersonId, PostId};
use demerge::quantity::BasisPoints;
use demerge::solve::{Limits, Solver};
use demerge::study::explain::{Checker, Explainer, Verdict};
use demerge::study::generate::{Ask, generate};
use demerge::study::variant::Variant;

use family::{Instance, Size, case};

const LIMITS: Limits<'_> = Limits { solver: Solver::Network, should_stop: &|| false };

const ORDERS: [(&str, &[Objective]); 3] = [
    ("five sums", &[Objective::Placed, Objective::Preference, Objective::Match, Objective::Rank, Objective::Cost]),
    ("standard order", &Objective::STANDARD),
    ("generous, 12 goals", &[Objective::Generous]),
];

/// A post that each of some people may hold and does not: a path is longest where others want it too.
fn places(case: &Case, certified: &Certified) -> Vec<(PersonId, PostId)> {
    let plan = certified.plan().expect("a plan");
    let step = case.people.len().div_ceil(40);
    let first = |person: PersonId| {
        let own = case.matches.range((person, PostId::at(0))..).take_while(|((who, _), _)| *who == person);
        { own }.map(|(&pair, _)| pair).find(|&(_, post)| plan.post(person) != Some(post))
    };
    case.people.ids().step_by(step).filter_map(first).collect()
}

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
            let places = places(&case, &certified);
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
            let mut at = 0;
            group.bench_function(BenchmarkId::new("price", people), |b| {
                b.iter(|| {
                    at = (at + 1) % places.len();
                    explainer.price(places[at].0, places[at].1)
                });
            });
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

/// A made-up case in which the first share (its most two points lower) or the parity of preferences binds.
fn tight(people: u32) -> (Case, Scenario) {
    let made = generate(&Ask::new(people, 2, 1, 0).expect("a size that can be drawn"));
    let mut scenario = made.scenarios.iter().find(|it| it.id == "S2").expect("with clauses").clone();
    let best = Variant::of(&made.case, &scenario).best(&LIMITS).expect("the checker confirms the solver");
    for (rule, found) in scenario.fairness.iter_mut().zip(best.fairness()) {
        match (&mut rule.clause, &found.measure) {
            (Clause::PeopleShare { max, .. }, &Measure::PeopleShare { placed, all, .. }) if people < 1_000 => {
                *max = Some(BasisPoints(i32::try_from(placed * 10_000 / all).expect("a share") - 200));
                break;
            }
            (Clause::PreferenceParity { max_points }, _) if people >= 1_000 => *max_points = BasisPoints(100),
            _ => {}
        }
    }
    (made.case, scenario)
}

fn binding(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("explain, a clause binds");
    group.sample_size(10).warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(3));
    for people in [500, 2_000] {
        let (case, scenario) = tight(people);
        let certified = Variant::of(&case, &scenario).answer(&LIMITS).expect("the checker confirms the solver");
        let places = places(&case, &certified);
        let explainer = Explainer::new(&case, &scenario, &certified, &LIMITS).expect("an answer");
        let mut at = 0;
        group.bench_function(BenchmarkId::new("price", people), |b| {
            b.iter(|| {
                at = (at + 1) % places.len();
                explainer.price(places[at].0, places[at].1)
            });
        });
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

criterion_group!(benches, explain, binding);
criterion_main!(benches);
