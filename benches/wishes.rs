//! What each explanation takes in made-up cases with all clauses: by which way it was found, and in how long.
//!
//! `cargo bench --bench wishes [PEOPLE [AUTHORITIES [SEED]]]` draws the case of `demerge generate`, solves its scenario with clauses, and
//! then asks for the price of one place for each of some people, one after the other; in processor time. `DEMERGE_ASKED=500` asks
//! so many people; `DEMERGE_SCENARIO=S1` takes another scenario; `DEMERGE_TIGHT=share:20` (or `budget`, `parity`) brings a limit so many
//! hundredths of a percent nearer than the best plan has it, which is then no longer allowed. Nothing here is a test of what is found.

#[path = "family/binding.rs"]
mod binding;

use cpu_time::ProcessTime;

use demerge::certify::Status;
use demerge::solve::{Limits, Solver};
use demerge::study::explain::{Explainer, Verdict};
use demerge::study::generate::Ask;
use demerge::study::variant::Variant;

use binding::{drawn, places};

const LIMITS: Limits<'_> = Limits { solver: Solver::Network, should_stop: &|| false };

fn main() {
    let given: Vec<u32> = std::env::args().skip(1).filter_map(|it| it.parse().ok()).collect();
    let at = |place: usize, usual: u32| given.get(place).copied().unwrap_or(usual);
    let sizes = if given.is_empty() { vec![500, 2_000, 10_000] } else { vec![at(0, 500)] };
    println!(
        "| people | scenario solved, ms | first, ms | asked | from the answer | solved again | between | left open | p50, ms | p99, ms | most, ms |"
    );
    println!("|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
    for people in sizes {
        measure(people, at(1, 2), at(2, 1));
    }
}

fn measure(people: u32, authorities: u32, seed: u32) {
    let ask = Ask::new(people, authorities, seed.into(), 0).expect("a size that can be drawn");
    let wanted = std::env::var("DEMERGE_SCENARIO").unwrap_or_else(|_| "S2".to_owned());
    let tight = std::env::var("DEMERGE_TIGHT").ok();
    let tight = tight.as_ref().map(|it| it.split_once(':').expect("kind:number"));
    let tight = tight.map(|(kind, points)| (kind, points.parse().expect("a number")));
    let (case, scenario) = &drawn(&ask, &wanted, tight, &LIMITS);
    let start = ProcessTime::now();
    let certified = Variant::of(case, scenario).answer(&LIMITS).expect("the checker confirms the solver");
    let solved = milliseconds(start);
    if certified.status() != Status::Optimal {
        println!("| {people} | {solved:.0}, {} | | | | | | | | |", certified.status());
        return;
    }
    let asked = std::env::var("DEMERGE_ASKED").map_or(200, |it| it.parse().expect("a number"));
    let places = places(case, &certified, asked);
    let start = ProcessTime::now();
    let explainer = Explainer::new(case, scenario, &certified, &LIMITS).expect("an answer");
    let _ = explainer.price(places[0].0, places[0].1);
    let first = milliseconds(start);
    let mut taken = Vec::new();
    let (mut open, mut between, mut count) = (0, 0, 0);
    let before = explainer.resolved();
    for &(person, post) in &places {
        let start = ProcessTime::now();
        let told = explainer.explain(person, Some(post)).expect("the checker confirms the solver");
        taken.push(milliseconds(start));
        let verdicts = told.choices.iter().map(|it| &it.verdict).chain(&told.otherwise);
        for verdict in verdicts {
            let is_asked = !matches!(verdict, Verdict::NotEligible(_) | Verdict::Held);
            count += usize::from(is_asked);
            open += usize::from(matches!(verdict, Verdict::Stopped));
            between += usize::from(matches!(verdict, Verdict::Between(_)));
        }
        if std::env::var_os("DEMERGE_SHOW").is_some() {
            let names =
                { told.choices.iter().map(|it| &it.verdict).chain(&told.otherwise) }.map(|verdict| match verdict {
                    Verdict::Held => "held",
                    Verdict::NotEligible(_) => "not eligible",
                    Verdict::Undecided(_) => "undecided",
                    Verdict::Costs(_) => "costs",
                    Verdict::Between(_) => "between",
                    Verdict::Impossible(_) => "impossible",
                    Verdict::Stopped => "stopped",
                });
            let names: Vec<&str> = names.collect();
            println!("{person:?} {post:?} {:.1} ms, {names:?}, again {}", taken[taken.len() - 1], explainer.resolved());
        }
    }
    taken.sort_by(f64::total_cmp);
    let again = explainer.resolved() - before;
    let part = |per: usize| taken[(taken.len() - 1) * per / 100];
    println!(
        "| {people} | {solved:.0} | {first:.0} | {count} | {} | {again} | {between} | {open} | {:.1} | {:.1} | {:.1} |",
        count - again,
        part(50),
        part(99),
        part(100)
    );
}

fn milliseconds(start: ProcessTime) -> f64 {
    start.elapsed().as_secs_f64() * 1e3
}
