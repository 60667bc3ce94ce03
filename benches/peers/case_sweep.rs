//! The first scenarios of `data/case47/sweeps/leavers.toml`, as the program solves them and as others may.
//!
//! Ours is everything that a scenario takes: draw, alter the case, build the model, solve every objective to its proof, find the
//! canonical plan, and derive all of it again. What is written for the others is the finished model; building it is not theirs to pay.

use std::path::Path;

use demerge::case::scenario::Sense;
use demerge::files as disk;
use demerge::kernel::problem::Row;
use demerge::load::SourceFile;
use demerge::load::sweep::{LoadedSweep, load};
use demerge::model::{self, Target};
use demerge::solve::{Limits, Solver};
use demerge::study::sweep::Sweep;
use demerge::study::sweep::altered::Altered;
use serde_json::{Value, json};

use crate::files;
use crate::timing::timed;

const LIMITS: Limits<'_> = Limits { solver: Solver::Network, should_stop: &|| false };

/// So many scenarios, one after the other on one thread.
pub(crate) fn run(count: u64) {
    let read = loaded();
    let (case, plan) = (&read.loaded.case, &read.plan);
    let sweep = Sweep::new(case, plan);
    let mut seconds = Vec::new();
    let mut scenarios = Vec::new();
    for number in 0..count {
        let (scene, took) = timed(|| sweep.scene(number, &LIMITS));
        let scene = scene.expect("confirmed").expect("nobody stops it");
        seconds.push(took);
        let values = scene.row.figures.as_ref().map(|figures| figures.values.clone());
        let altered = Altered::of(case, &scene.drawn);
        scenarios.push(shared(&altered, &plan.points[0], values.as_deref()));
    }
    files::write("case-sweep.json", &json!({ "scenarios": scenarios }));
    seconds.sort_by(f64::total_cmp);
    let at = |part: usize| seconds[(seconds.len() - 1) * part / 1_000];
    files::record(&json!({
        "table": "case-sweep", "instance": "leavers", "peer": "demerge", "scenarios": count, "equal": count,
        "median": at(500), "p99": at(990), "max": at(1_000), "seconds": seconds.iter().sum::<f64>() / count as f64,
    }));
}

/// A scenario as peers read it: the model, its objectives in order, signed so that less is better, and their values.
fn shared(altered: &Altered, scenario: &demerge::case::scenario::Scenario, values: Option<&[Option<i64>]>) -> Value {
    let model = model::build(&altered.case, scenario);
    let network = &model.problem.network;
    let levels = model.targets.iter().map(|target| match target {
        Target::Sum(row) => terms(row),
        Target::Worst(_) => panic!("this plan has sums only"),
    });
    let signed =
        values.expect("every scenario of this plan has a plan").iter().zip(&model.goals).map(|(value, goal)| {
            let value = value.expect("every objective is asked for");
            match goal.sense() {
                Sense::Least => value,
                Sense::Most => -value,
            }
        });
    json!({
        "first": network.first, "column": network.column, "capacity": network.capacity,
        "may_stay_out": network.may_stay_out, "switches": model.problem.switches,
        "rows": model.problem.rows.iter().map(terms).collect::<Vec<_>>(),
        "levels": levels.collect::<Vec<_>>(), "values": signed.collect::<Vec<i64>>(),
    })
}

fn terms(row: &Row) -> Value {
    let (arcs, k): (Vec<u32>, Vec<i64>) = row.arcs.iter().copied().unzip();
    let (switches, on): (Vec<u32>, Vec<i64>) = row.switches.iter().copied().unzip();
    json!({ "arcs": arcs, "k": k, "switches": switches, "on": on, "limit": row.limit })
}

fn loaded() -> LoadedSweep {
    let case = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/case47");
    let bytes = disk::read_file(&case.join("sweeps/leavers.toml")).expect("the plan is in the repository");
    let sources = disk::read_case(&case).expect("the case is in the repository");
    load(&sources, &SourceFile { name: "leavers.toml".to_owned(), bytes }).expect("plan and case have no errors")
}
