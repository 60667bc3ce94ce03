//! How long it takes to say why nothing is possible: made-up separations of 500 people that contradict themselves in known ways.
//!
//! `cargo bench --bench impossible [PEOPLE]` prints one line for each kind: the solve with its conflict, the reasons with every
//! single change and every pair, and what was found; in processor time. Nothing here is a test of what is found; `solver_tests/impossible.rs` is.

#[allow(dead_code, unused_imports, reason = "the comparison with peers uses the rest")]
#[path = "family/family.rs"]
mod family;

#[path = "family/contradictions.rs"]
mod contradictions;

use cpu_time::ProcessTime;

use demerge::certify::{Status, certify};
use demerge::model;
use demerge::solve::{self, Limits, Solver};
use demerge::study::impossible::{Routes, explain_counted};

use contradictions::{KINDS, contradicted};

fn main() {
    let people = std::env::args().skip(1).find_map(|it| it.parse().ok()).unwrap_or(500);
    let limits = Limits { solver: Solver::Network, should_stop: &|| false };
    println!("| kind, {people} people | solve, ms | reasons, ms | leaves | single | pairs |");
    println!("|---|---:|---:|---:|---:|---:|");
    let mut routed = Vec::new();
    for kind in KINDS {
        let name = kind.0;
        let (case, scenario) = contradicted(people, kind);
        let start = ProcessTime::now();
        let model = model::build(&case, &scenario);
        let outcome = solve::solve(&case, &scenario, &model, &limits);
        let certified = certify(&case, &scenario, outcome).expect("the checker confirms the solver");
        let solved = start.elapsed().as_secs_f64() * 1e3;
        if certified.status() != Status::Impossible {
            println!("| {name}: possible | {solved:.0} | | | | |");
            continue;
        }
        let start = ProcessTime::now();
        let (found, routes) = explain_counted(&case, &scenario, &certified, &limits).expect("it is impossible");
        let told = start.elapsed().as_secs_f64() * 1e3;
        let open = if found.complete { "" } else { ", not complete" };
        let (leaves, single, pairs) = (found.leaves.len(), found.fixes.len(), found.pairs.len());
        println!("| {name}{open} | {solved:.0} | {told:.0} | {leaves} | {single} | {pairs} |");
        routed.push((name, routes));
    }
    println!(
        "\n| kind | counted | follows | ruled out | plan | proof | mended | searched | sums | open | work, million |"
    );
    println!("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
    for (name, routes) in routed {
        let Routes { counted, follows, ruled_out, plan, proof, mended, searched, open, sums, work } = routes;
        let work = work / 1_000_000;
        println!(
            "| {name} | {counted} | {follows} | {ruled_out} | {plan} | {proof} | {mended} | {searched} | {sums} | {open} | {work} |"
        );
    }
}
