//! The kernel's side of the comparison with other solvers: `benches/peers/run.py` calls it table by table.
//!
//! `cargo bench --bench peers -- clauses hard 0 200 10` solves seeds 0 to 199 of the hard family, in at most ten seconds
//! each. Instances and figures go to `target/peers/`; each figure is processor time of one thread.

mod clauses;
#[path = "../family/family.rs"]
mod family;
mod files;
mod timing;
mod verify;

const USAGE: &str = "peers clauses|prove loose|tight|hard FROM TO SECONDS";

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    match words.as_slice() {
        // `cargo bench` alone must not start a run of twenty minutes.
        [] => println!("{USAGE}"),
        ["clauses", grip, from, to, seconds] => clauses::run(grip, number(from)..number(to), number(seconds) as f64),
        ["prove", grip, from, to, seconds] => clauses::prove(grip, number(from)..number(to), number(seconds) as f64),
        other => panic!("{USAGE}: not {other:?}"),
    }
}

fn number(word: &str) -> u64 {
    word.parse().expect("a whole number")
}
