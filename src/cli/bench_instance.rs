//! `demerge bench-instance`: what the kernel makes of a published instance, as one JSON line. For developers.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::cli::Done;
use crate::cli::args::{BenchInstance, Direction, Layout};
use crate::cli::exit::{Error, Exit};
use crate::cli::{screen, stop};
use crate::files;
use crate::load::instance;
use crate::study::instance::{self as study, Profiles, Sense, Sum};

/// Solves one instance; the time is that of the solve alone.
pub(super) fn run(bench: &BenchInstance) -> Done {
    let bytes = files::read_file(&bench.file)?;
    let fault = |fault: instance::Fault| Error::Instance { path: bench.file.clone(), fault };
    let sense = match bench.sense {
        Direction::Min => Sense::Min,
        Direction::Max => Sense::Max,
    };
    stop::listen();
    let (line, exit) = match bench.format {
        Layout::Lap => {
            let instance = instance::assignment(&bytes).map_err(fault)?;
            sum(bench.limit, |should_stop| study::assign(&instance, sense, should_stop))
        }
        Layout::Gap => {
            let instance = instance::generalised(&bytes).map_err(fault)?;
            sum(bench.limit, |should_stop| study::assign_generalised(&instance, sense, should_stop))
        }
        Layout::Preferences => {
            let instance = instance::preferences(&bytes).map_err(fault)?;
            let (found, took) = timed(bench.limit, |should_stop| study::match_preferences(&instance, should_stop));
            profiles(&found, took)
        }
    };
    screen::say(&format!("{line}\n"))?;
    Ok(exit)
}

fn timed<T>(limit: Option<u64>, work: impl FnOnce(&dyn Fn() -> bool) -> T) -> (T, Duration) {
    let start = Instant::now();
    let should_stop = stop::limit(limit);
    let found = work(&should_stop);
    (found, start.elapsed())
}

fn sum(limit: Option<u64>, work: impl FnOnce(&dyn Fn() -> bool) -> Sum) -> (String, Exit) {
    let (found, took) = timed(limit, work);
    let (status, exit) = match found {
        Sum { complete: false, .. } => ("stopped", Exit::Stopped),
        Sum { value: Some(_), .. } => ("optimal", Exit::Done),
        Sum { value: None, .. } => ("impossible", Exit::Impossible),
    };
    let (nodes, evaluations) = found.effort;
    tracing::info!(nodes, evaluations, "searched");
    let keys = [("value", json!(found.value)), ("bound", json!(found.bound)), ("status", json!(status))];
    (object(&keys, took), exit)
}

/// What was not proved before the stop is null.
fn profiles(found: &Profiles, took: Duration) -> (String, Exit) {
    let mut keys = vec![
        ("max_card", json!(found.placed)),
        ("min_rank_sum_at_max_card", json!(found.rank_sum)),
        ("greedy_profile", json!(found.greedy)),
        ("generous_profile", json!(found.generous)),
        ("rank_maximal_profile", json!(found.rank_maximal)),
    ];
    let stopped = keys.iter().any(|(_, value)| value.is_null());
    keys.push(("status", json!(if stopped { "stopped" } else { "optimal" })));
    (object(&keys, took), if stopped { Exit::Stopped } else { Exit::Done })
}

/// One line, the keys in this order, the seconds last.
fn object(keys: &[(&str, Value)], took: Duration) -> String {
    let pairs: Vec<String> = keys.iter().map(|(key, value)| format!("{}: {value}", json!(key))).collect();
    format!("{{{}, \"seconds\": {}.{:06}}}", pairs.join(", "), took.as_secs(), took.subsec_micros())
}
