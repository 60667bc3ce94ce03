//! What keeps parts from making one sweep: each of another case, plan or kind, and each that is missing or doubled.

use std::collections::BTreeMap;
use std::path::Path;

use crate::cli::merge::Part;
use crate::report::sweep_rows::{PEOPLE, ROWS};
use crate::report::words::joined;

/// Everything that is against joining these parts.
pub(super) fn objections(parts: &[Part<'_>]) -> Vec<String> {
    [foreign(parts), holes(parts)].concat()
}

/// The parts that are of something else than the first.
fn foreign(parts: &[Part<'_>]) -> Vec<String> {
    let mut found = Vec::new();
    let first = &parts[0];
    for part in parts {
        let file = part.table.path.display();
        let schema = part.table.reading.note("demerge.schema");
        let of = |key: &str| (first.table.reading.note(key), part.table.reading.note(key));
        let differs = |key: &str| of(key).0 != of(key).1;
        let both = |key: &str| {
            let (one, other) = of(key);
            format!("{} and {}", one.unwrap_or("none"), other.unwrap_or("none"))
        };
        let than = first.table.path.display();
        if ![Some(ROWS), Some(PEOPLE)].contains(&schema) {
            found.push(format!("{file} was not written by `demerge sweep`"));
        } else if differs("demerge.schema") {
            found.push(format!(
                "{file} holds other columns than {than}: parts of --out and of --people are merged apart, or together \
                 with a file for each (--people FILE)"
            ));
        } else if differs("demerge.version") {
            found.push(format!("{file} was written by another version than {than} ({})", both("demerge.version")));
        } else if differs("demerge.case_sha256") {
            found.push(format!("{file} is of another case than {than}"));
        } else if differs("demerge.plan_sha256") {
            found.push(format!("{file} is of another plan than {than}"));
        } else if part.notes != first.notes || part.table.reading.fields() != first.table.reading.fields() {
            found.push(format!("{file} is of another sweep than {than}"));
        }
    }
    found
}

/// Parts that are missing, doubled, or no parts.
fn holes(parts: &[Part<'_>]) -> Vec<String> {
    let mut found = Vec::new();
    let mut seen: BTreeMap<u64, &Path> = BTreeMap::new();
    let of = parts.iter().find_map(|part| part.shard).map_or(0, |(_, parts)| parts);
    for part in parts {
        let file = part.table.path.display();
        match part.shard {
            None => found.push(format!("{file} is no part: it was written without --shard")),
            Some((_, parts)) if parts != of => found.push(format!("{file} is one of {parts} parts, others of {of}")),
            Some((at, _)) => {
                if let Some(other) = seen.insert(at, part.table.path) {
                    found.push(format!("{file} and {} are both part {at} of {of}", other.display()));
                }
            }
        }
    }
    let missing: Vec<String> = (1..=of).filter(|at| !seen.contains_key(at)).map(|at| at.to_string()).collect();
    if !missing.is_empty() {
        let word = if missing.len() == 1 { "part" } else { "parts" };
        let verb = if missing.len() == 1 { "is" } else { "are" };
        found.push(format!("{word} {} of {of} {verb} missing", joined(&missing, "and")));
    }
    found
}
