//! The kernel's side of the comparison with other solvers: `benches/peers/run.py` calls it table by table.
//!
//! `cargo bench --bench peers -- clauses hard 0 200 10` solves seeds 0 to 199 of the hard family, in at most ten seconds
//! each. Instances and figures go to `target/peers/`; each figure is processor time of one thread.

mod case_sweep;
mod clause_sweep;
mod clauses;
#[path = "../family/family.rs"]
mod family;
mod files;
mod large;
mod levels;
mod linear;
mod network;
mod prices;
#[path = "../family/small.rs"]
mod small;
mod timing;
mod verify;

use family::Draw;
use serde_json::json;

const USAGE: &str = "\
peers network PEOPLE SEEDS             from nothing, no clauses
peers change PEOPLE CHANGES            three people think again
peers sweep COUNT                      scenarios without clauses
peers case-sweep COUNT                 scenarios of data/case47, whole
peers clauses FAMILY FROM TO SECONDS   47 people, 16 clauses: loose, tight or hard; SECONDS for each
peers prove FAMILY FROM TO SECONDS     the same, and again with the optimum told
peers good_lp SOLVER FAMILY FROM TO SECONDS
peers clause-sweep SEED COUNT          scenarios with 16 clauses
peers large PEOPLE SEED SECONDS PROVE  to a gap of 0.01 %, in at most SECONDS; to a proof, in at most PROVE
peers levels SEEDS                     ten objectives, 47 people
peers generous PEOPLE SECONDS          the generous profile
peers small COUNT                      small random problems against trying every point
peers small seed SEED                  one of them, shown first: for one that does not end";

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    match words.as_slice() {
        // `cargo bench` alone must not start a run of twenty minutes.
        [] => println!("{USAGE}"),
        ["network", people, seeds] => network::cold(size(people), number(seeds)),
        ["change", people, changes] => network::change(size(people), number(changes)),
        ["case-sweep", count] => case_sweep::run(number(count)),
        ["sweep", count] => network::sweep(size(count)),
        ["clauses", grip, from, to, limit] => clauses::run(grip, number(from)..number(to), seconds(limit)),
        ["prove", grip, from, to, limit] => clauses::prove(grip, number(from)..number(to), seconds(limit)),
        ["good_lp", peer, grip, from, to, limit] => {
            linear::run(peer, grip, number(from)..number(to), seconds(limit));
        }
        ["clause-sweep", seed, count] => clause_sweep::run(number(seed), size(count)),
        ["large", people, seed, limit, prove] => {
            large::run(size(people), number(seed), seconds(limit), seconds(prove));
        }
        ["levels", seeds] => levels::ten(number(seeds)),
        ["generous", people, limit] => levels::profile(size(people), seconds(limit)),
        ["small", "seed", seed] => {
            let mut draw = Draw::new(number(seed));
            small::show(&mut |end| draw.below(end));
            let mut draw = Draw::new(number(seed));
            small::check(&mut |end| draw.below(end));
        }
        ["small", count] => try_small(number(count)),
        other => panic!("{USAGE}\nnot {other:?}"),
    }
}

fn try_small(count: u64) {
    for seed in 0..count {
        let mut draw = Draw::new(seed);
        small::check(&mut |end| draw.below(end));
    }
    files::record(
        &json!({ "table": "small", "instance": "small", "peer": "demerge", "count": count, "verified": true }),
    );
}

fn number(word: &str) -> u64 {
    word.parse().expect("a whole number")
}

fn size(word: &str) -> usize {
    word.parse().expect("a whole number")
}

fn seconds(word: &str) -> f64 {
    word.parse().expect("a number of seconds")
}
