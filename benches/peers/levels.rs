//! Objectives one after the other: ten levels at 47 people, and the generous profile of ever larger separations.

use demerge::kernel::problem::{Problem, Row};
use demerge::kernel::profile::{self, Order};
use demerge::kernel::stages::{Settled, Stages};
use serde_json::{Value, json};

use crate::family::{Instance, Size, terms};
use crate::files;
use crate::timing::{limit, median_of, timed};
use crate::verify;

/// Ranks from this one on count as one rank.
const WORST: u32 = 6;

/// Statutory posts filled, people placed, fewest at the worst rank and so on up, cost: ten levels.
fn levels(instance: &Instance) -> Vec<Row> {
    let network = &instance.network;
    let statutory = instance.statutory();
    let filled = Row { arcs: terms(network, |arc| -i64::from(statutory[arc])), ..Row::default() };
    let mut levels = vec![filled];
    levels.extend(generous(instance));
    levels.push(instance.objective());
    levels
}

/// People placed, then fewest at the worst rank and so on up.
fn generous(instance: &Instance) -> Vec<Row> {
    let ranks: Vec<u32> = instance.rank.iter().map(|&rank| rank.min(WORST)).collect();
    let mut levels = vec![profile::placed(&instance.network)];
    levels.extend(profile::levels(&instance.network, &ranks, Order::WorstFirst));
    levels
}

/// The value of every level; none where it was not proved in time, or a proof does not hold.
fn settle(problem: &Problem, levels: &[Row], allowed: f64, check: Check) -> Option<Vec<i64>> {
    let mut stages = Stages::new(problem.clone());
    let settled = stages.settle_each(levels, &limit(allowed));
    if settled.len() < levels.len() {
        return None;
    }
    let mut values = Vec::new();
    for (at, (Settled { mut found, below }, level)) in settled.into_iter().zip(levels).enumerate() {
        let (point, value) = found.best.take().filter(|_| found.complete)?;
        values.push(value);
        if check == Check::Proofs {
            let mut before = stages.problem().clone();
            before.rows.truncate(problem.rows.len() + at);
            let root = found.tree.nodes.first_mut().expect("a finished search has a root");
            root.steps.splice(0..0, stages.strikes()[..below].iter().cloned());
            let holds =
                verify::point(&before, level, &point, value) && verify::tree(&before, level, &[], &found.tree, value);
            if !holds {
                return None;
            }
        }
    }
    Some(values)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Check {
    Nothing,
    Proofs,
}

fn compare(table: &str, instance: &Instance, levels: &[Row], allowed: f64) {
    let problem = instance.problem(Vec::new());
    let name = format!("{table}-{}", instance.name);
    let mut file = files::instance(&problem, &instance.objective(), 0, &[]);
    let list = levels.iter().map(|row| {
        let (arcs, k): (Vec<u32>, Vec<i64>) = row.arcs.iter().copied().unzip();
        json!({ "arcs": arcs, "k": k })
    });
    file["levels"] = Value::Array(list.collect());
    files::write(&format!("{name}.json"), &file);
    let (values, first) = timed(|| settle(&problem, levels, allowed, Check::Nothing));
    let runs = if first < 0.05 { 11 } else { 1 };
    let seconds = if values.is_none() || runs == 1 {
        first
    } else {
        median_of(runs, || settle(&problem, levels, allowed, Check::Nothing))
    };
    // The checker looks at every arc in every step: not where that takes minutes.
    let small = problem.network.arcs() < 100_000;
    let verified = small.then(|| values.is_some() && settle(&problem, levels, 10.0 * allowed, Check::Proofs) == values);
    files::record(&json!({
        "table": table, "people": instance.people.len(), "instance": name, "peer": "demerge",
        "status": if values.is_some() { "optimal" } else { "stopped" }, "values": values, "seconds": seconds,
        "verified": verified,
    }));
}

/// Ten levels at 47 people.
pub(crate) fn ten(seeds: u64) {
    for seed in 0..seeds {
        let instance = Instance::new(Size::REFERENCE, seed);
        compare("levels", &instance, &levels(&instance), 10.0);
    }
}

/// The generous profile.
pub(crate) fn profile(people: usize, allowed: f64) {
    let instance = Instance::new(Size::of(people), 0);
    compare("generous", &instance, &generous(&instance), allowed);
}
