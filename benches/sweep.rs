//! Where the time of a sweep goes: microseconds of each step of a scenario, and scenarios a second over all threads.
//!
//! `cargo bench --bench sweep`: the first scenarios of `data/case47/sweeps/leavers.toml`, each solved whole, then put together
//! from pieces with nothing kept but the pieces without a draw, then as the program runs them. Only the ratios between lines of one run
//! say anything.

use std::convert::Infallible;
use std::num::NonZeroUsize;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use demerge::case::answer::Outcome;
use demerge::case::change::Change;
use demerge::certify::{self, Ground};
use demerge::files;
use demerge::load::SourceFile;
use demerge::load::sweep::{LoadedSweep, load};
use demerge::model;
use demerge::solve::pieces::{Part, Pieces};
use demerge::solve::{self, Limits, Solver};
use demerge::study::sweep::altered::Altered;
use demerge::study::sweep::draw::{Dice, draw};
use demerge::study::sweep::{Sweep, run};

const LIMITS: Limits<'_> = Limits { solver: Solver::Network, should_stop: &|| false };
const SAMPLES: u32 = 300;
const SCENARIOS: u64 = 2_000;

fn loaded() -> LoadedSweep {
    let case = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/case47");
    let bytes = files::read_file(&case.join("sweeps/leavers.toml")).expect("the plan is in the repository");
    let sources = files::read_case(&case).expect("the case is in the repository");
    load(&sources, &SourceFile { name: "leavers.toml".to_owned(), bytes }).expect("plan and case have no errors")
}

/// Adds the time of this work to a sum.
fn timed<T>(sum: &mut Duration, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let done = work();
    *sum += start.elapsed();
    done
}

fn steps(read: &LoadedSweep) {
    let (case, plan) = (&read.loaded.case, &read.plan);
    let scenario = &plan.points[0];
    let mut sums = [Duration::ZERO; 6];
    let hints = solve::hints(&model::build(case, scenario), &LIMITS);
    for sample in 0..SAMPLES {
        let dice = Dice { seed: plan.seed, sample };
        let drawn = timed(&mut sums[0], || draw(case, &[], &plan.chances, dice));
        let altered = timed(&mut sums[1], || Altered::of(case, &drawn));
        let model = timed(&mut sums[2], || model::build(&altered.case, scenario));
        timed(&mut sums[3], || solve::best(&altered.case, scenario, &model, &LIMITS));
        let outcome = timed(&mut sums[4], || solve::canonical(&altered.case, scenario, &model, &hints, &LIMITS));
        timed(&mut sums[5], || certify::certify(&altered.case, scenario, outcome)).expect("confirmed");
    }
    println!("solved whole:");
    for (what, sum) in
        ["draw", "alter", "build", "solve (any best plan)", "solve (canonical)", "certify"].iter().zip(sums)
    {
        println!("{what:22} {:>8} µs a scenario", sum.as_micros() / u128::from(SAMPLES));
    }
}

fn from_pieces(read: &LoadedSweep) {
    let (case, plan) = (&read.loaded.case, &read.plan);
    let scenario = &plan.points[0];
    let (pieces, ground) = (Pieces::of(case, scenario).expect("it comes apart"), Ground::new(case, scenario));
    let untouched = (0..pieces.len()).map(|piece| pieces.part(piece, &Change::default(), &LIMITS));
    let untouched: Vec<Part> = untouched.collect::<Option<_>>().expect("each has a plan");
    let mut sums = [Duration::ZERO; 3];
    for sample in 0..SAMPLES {
        let change = draw(case, &[], &plan.chances, Dice { seed: plan.seed, sample }).change();
        let touched = pieces.touched(&change);
        let solve = || touched.iter().map(|(piece, share)| (*piece, pieces.part(*piece, share, &LIMITS)));
        let solved: Vec<(usize, Option<Part>)> = timed(&mut sums[0], || solve().collect());
        let mut parts: Vec<Option<&Part>> = untouched.iter().map(Some).collect();
        solved.iter().for_each(|(piece, part)| parts[*piece] = part.as_ref());
        // Now and then a piece has no such proof, and the scenario is solved whole.
        let Some(parts) = parts.into_iter().collect::<Option<Vec<_>>>() else { continue };
        let answer = timed(&mut sums[1], || pieces.join(&parts));
        timed(&mut sums[2], || ground.certify(&change, Outcome::Stopped(Some(answer)))).expect("confirmed");
    }
    println!("from pieces:");
    for (what, sum) in ["solve pieces touched", "join", "certify"].iter().zip(sums) {
        println!("{what:22} {:>8} µs a scenario", sum.as_micros() / u128::from(SAMPLES));
    }
}

fn whole(read: &LoadedSweep) {
    for threads in [1, thread::available_parallelism().map_or(1, NonZeroUsize::get)] {
        let sweep = Sweep::new(&read.loaded.case, &read.plan);
        let threads = NonZeroUsize::new(threads).expect("at least one");
        let start = Instant::now();
        let ended = run::run(&sweep, 0..SCENARIOS, threads, &|| false, &mut |_| Ok::<(), Infallible>(()));
        assert_eq!(ended.expect("confirmed"), run::End::Finished);
        let millis = start.elapsed().as_millis().max(1);
        println!("{threads} threads: {} scenarios a second", u128::from(SCENARIOS) * 1_000 / millis);
    }
}

fn main() {
    let read = loaded();
    steps(&read);
    from_pieces(&read);
    whole(&read);
}
