//! Every pair of every real preference set: the price that is told against the whole case solved again with the pair forced.
//!
//! That takes too long for every day, so a run tries every 400th pair. All of them, on all processors:
//!
//! `DEMERGE_WISHES_STEP=1 cargo test --release --test solver_tests -- explain::every --nocapture`
//!
//! `DEMERGE_WISHES_SET=umass_2024_full` tries one set, `DEMERGE_WISHES_FROM=9600` begins there with its pairs.

use std::num::NonZero;
use std::sync::Mutex;
use std::thread;
use std::time::Instant;

use demerge::case::Case;
use demerge::case::scenario::Scenario;
use demerge::certify::Certified;
use demerge::id::{PersonId, PostId};
use demerge::study::explain::{Explainer, Price, Verdict};
use demerge::study::variant::{Variant, is_proved};

use super::{LIMITS, answer, wishes};
use crate::truth;

const SETS: [&str; 10] = [
    "agh_2003_even",
    "agh_2003_short",
    "ariel_5783_one_seat",
    "cardiff_spa",
    "glasgow_2007",
    "glasgow_2008",
    "glasgow_2010",
    "glasgow_2011",
    "glasgow_2013",
    "umass_2024_full",
];

/// What was compared.
#[derive(Debug, Default)]
struct Counts {
    priced: usize,
    undecided: usize,
    held: usize,
}

/// Objectives with the pair forced, by solving the whole case again; it is certified and every bound is proved.
fn forced(case: &Case, scenario: &Scenario, person: PersonId, post: PostId) -> Vec<i64> {
    let best = Variant::of(case, scenario).forced(person, Some(post)).best(&LIMITS).expect("the checker confirms it");
    assert!(is_proved(&best), "{person:?} {post:?}");
    best.objectives().iter().map(|scored| scored.value).collect()
}

/// Whether a verdict says what the forced re-solve does. In a plan that is as good, every objective is as good.
fn compare(verdict: &Verdict, own: &[i64], forced: &[i64], counts: &mut Counts) -> bool {
    let is = |price: &Price| price.changes.iter().map(|change| change.is).collect::<Vec<_>>();
    match verdict {
        Verdict::Costs(price) => {
            counts.priced += 1;
            is(price) == forced && forced != own
        }
        Verdict::Undecided(_) => {
            counts.undecided += 1;
            forced == own
        }
        Verdict::Held => {
            counts.held += 1;
            forced == own
        }
        Verdict::NotEligible(_) | Verdict::Between(_) | Verdict::Impossible(_) | Verdict::Stopped => false,
    }
}

/// One worker's pairs of a set.
fn part(case: &Case, scenario: &Scenario, certified: &Certified, pairs: &[(PersonId, PostId)]) -> Counts {
    let explainer = Explainer::new(case, scenario, certified, &LIMITS).expect("there is a plan");
    let own: Vec<i64> = certified.objectives().iter().map(|scored| scored.value).collect();
    let mut counts = Counts::default();
    for &(person, post) in pairs {
        let told = explainer.explain(person, Some(post)).expect("the checker confirms it");
        let forced = forced(case, scenario, person, post);
        let verdict = &told.choices[0].verdict;
        assert!(compare(verdict, &own, &forced, &mut counts), "{verdict:?}, but {forced:?}; best is {own:?}");
    }
    counts
}

/// Truth: the whole case solved again and certified; it shares nothing with how prices are found beside the solver.
#[test]
fn every_price_on_real_preference_sets_is_the_forced_re_solve() {
    let step = usize::try_from(truth::setting("DEMERGE_WISHES_STEP", 400)).expect("small").max(1);
    let from = usize::try_from(truth::setting("DEMERGE_WISHES_FROM", 0)).expect("small");
    let workers = thread::available_parallelism().map_or(1, NonZero::get);
    let only = std::env::var("DEMERGE_WISHES_SET").ok();
    for name in SETS.into_iter().filter(|name| only.as_ref().is_none_or(|only| only == name)) {
        let start = Instant::now();
        let (case, scenario) = wishes::named(&format!("{name}.json"));
        let certified = answer(&case, &scenario);
        let all: Vec<(PersonId, PostId)> = case.ranks.keys().copied().collect();
        let tried: Vec<(PersonId, PostId)> = all.iter().copied().skip(from).step_by(step).collect();
        let total = Mutex::new(Counts::default());
        thread::scope(|scope| {
            for pairs in tried.chunks(tried.len().div_ceil(workers).max(1)) {
                let (case, scenario, certified, total) = (&case, &scenario, &certified, &total);
                scope.spawn(move || {
                    let own = part(case, scenario, certified, pairs);
                    let mut total = total.lock().expect("no worker failed");
                    total.priced += own.priced;
                    total.undecided += own.undecided;
                    total.held += own.held;
                });
            }
        });
        let Counts { priced, undecided, held } = total.into_inner().expect("no worker failed");
        let seconds = start.elapsed().as_secs();
        println!(
            "{name}: {} of {} pairs: {priced} prices, {undecided} as good, {held} held; {seconds} s",
            tried.len(),
            all.len()
        );
        assert_eq!(priced + undecided + held, tried.len(), "{name}");
    }
}
