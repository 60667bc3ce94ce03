//! The solver against the truth: every answer on small cases is compared with trying all plans.
//!
//! The only file of the tests on truth that calls the solver. `DEMERGE_BRUTE_CASES=100000 cargo test --test solver_tests
//! brute_force_agrees` is the long run; a failure names its seed, and `DEMERGE_BRUTE_SEED=…` tries that seed alone.

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use demerge::case::Case;
use demerge::case::answer::{Answer, Outcome};
use demerge::case::scenario::Scenario;
use demerge::certify;
use demerge::model;
use demerge::solve::{self, Limits, Solver};

use crate::generate::{self, Size};
use crate::oracle::{self, Truth};

/// No answer on a case of these sizes takes nearly so long; a failure with its seed is better than a test that hangs.
const PATIENCE: Duration = Duration::from_secs(120);

/// What the solver answers, certified first.
pub(crate) fn outcome(case: &Case, scenario: &Scenario, solver: Solver) -> Outcome {
    let model = model::build(case, scenario);
    let start = Instant::now();
    let should_stop = || start.elapsed() > PATIENCE;
    let outcome = solve::solve(case, scenario, &model, &Limits { solver, should_stop: &should_stop });
    assert!(!matches!(outcome, Outcome::Stopped(_)), "{solver:?} stopped: no answer after {PATIENCE:?}");
    if let Err(refusal) = certify::certify(case, scenario, outcome.clone()) {
        panic!("refused: {refusal:?}");
    }
    outcome
}

/// What the solver answers, as the oracle would say it.
pub(crate) fn answer(case: &Case, scenario: &Scenario, solver: Solver) -> Truth {
    match outcome(case, scenario, solver) {
        Outcome::Placed(answer) => told(scenario, answer),
        Outcome::Impossible(_) => Truth::Impossible,
        Outcome::Stopped(_) => unreachable!("refused above"),
    }
}

fn told(scenario: &Scenario, answer: Answer) -> Truth {
    let mut named: Vec<_> = answer.objectives.iter().map(|scored| scored.goal.objective).collect();
    named.dedup();
    let single: Vec<_> = scenario.objectives.iter().filter(|it| named.contains(it)).copied().collect();
    assert_eq!(named, single, "the goals stand in the order of the objectives");
    let missing = scenario.objectives.iter().find(|it| !named.contains(it) && it.profile().is_none());
    assert_eq!(missing, None, "each objective that is one number has its value");
    assert!(answer.objectives.iter().all(|scored| scored.value == scored.bound), "{:?}", answer.objectives);
    assert!(answer.undecided_complete, "undecided is complete unless the run was stopped");
    Truth::Best {
        plan: answer.plan,
        values: answer.objectives.iter().map(|scored| scored.value).collect(),
        undecided: answer.undecided,
    }
}

/// Runs a check on one seed; a panic becomes a failure that names the seed.
pub(crate) fn on_seed<T>(seed: u64, size: Size, check: &dyn Fn(&Case, &Scenario) -> Result<T, String>) -> T {
    let (case, scenario) = generate::case(seed, size);
    let told = match catch_unwind(AssertUnwindSafe(|| check(&case, &scenario))) {
        Ok(Ok(value)) => return value,
        Ok(Err(told)) => told,
        Err(panic) => panic
            .downcast_ref::<String>()
            .cloned()
            .or_else(|| panic.downcast_ref::<&str>().map(|told| (*told).to_owned()))
            .unwrap_or_else(|| "panicked".to_owned()),
    };
    panic!("seed {seed} at {size:?}: {told}\n{}", generate::dump(&case, &scenario));
}

/// A number from the environment, or this one.
pub(crate) fn setting(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).map_or(otherwise, |text| text.parse().expect("a whole number"))
}

/// Truth: brute force over all plans.
#[test]
fn brute_force_agrees() {
    let seeds = match std::env::var("DEMERGE_BRUTE_SEED") {
        Ok(seed) => {
            let seed: u64 = seed.parse().expect("a whole number");
            seed..seed + 1
        }
        Err(_) => 0..setting("DEMERGE_BRUTE_CASES", 3_000),
    };
    let threads = thread::available_parallelism().map_or(1, usize::from) as u64;
    let failed = AtomicBool::new(false);
    let run = |lane: u64, seeds: Range<u64>| {
        for seed in seeds.filter(|seed| seed % threads == lane) {
            if failed.load(Ordering::Relaxed) {
                return;
            }
            let flag = RaiseOnPanic(&failed);
            on_seed(seed, Size::BRUTE, &|case, scenario| agrees(seed, case, scenario));
            drop(flag);
        }
    };
    thread::scope(|scope| {
        for lane in 0..threads {
            let (run, seeds) = (&run, seeds.clone());
            scope.spawn(move || run(lane, seeds));
        }
    });
}

/// Tells the other threads that one has failed.
struct RaiseOnPanic<'a>(&'a AtomicBool);

impl Drop for RaiseOnPanic<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.store(true, Ordering::Relaxed);
        }
    }
}

fn agrees(seed: u64, case: &Case, scenario: &Scenario) -> Result<(), String> {
    let truth = oracle::truth(case, scenario);
    let solvers: &[Solver] =
        if seed.is_multiple_of(20) { &[Solver::Network, Solver::Linear] } else { &[Solver::Network] };
    for &solver in solvers {
        let answer = answer(case, scenario, solver);
        if answer != truth {
            return Err(format!("{solver:?} differs\n truth {truth:?}\nanswer {answer:?}"));
        }
    }
    Ok(())
}
