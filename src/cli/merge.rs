//! `demerge merge`: the parts of a sweep as one file, the same as if it had been run in one.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};

use crate::cli::Done;
use crate::cli::args::sweep::Merge;
use crate::cli::exit::{Error, Exit};
use crate::cli::screen;
use crate::cli::sweep::outputs::at;
use crate::files;
use crate::quantity::grouped;
use crate::report::parquet::{Reading, Writing};
use crate::report::sweep_rows::{PEOPLE, ROWS, SHARD};
use crate::report::words::joined;

/// A part that was opened.
struct Part<'a> {
    path: &'a Path,
    table: Reading<File>,
    /// Keys and values without those of the part.
    notes: Vec<(String, String)>,
    shard: Option<(u64, u64)>,
}

/// Joins the parts in their order.
pub(super) fn run(wanted: &Merge) -> Done {
    files::may_write(&wanted.out, wanted.force.into())?;
    let parts = wanted.parts.iter().map(open).collect::<Result<Vec<_>, Error>>()?;
    let objections = [foreign(&parts), holes(&parts)].concat();
    if !objections.is_empty() {
        return Err(Error::Unfit(format!("the parts do not make one sweep:\n  {}", objections.join("\n  "))));
    }
    let mut parts = parts;
    parts.sort_by_key(|part| part.shard);
    let first = &parts[0];
    files::write_by(&wanted.out, wanted.force.into(), |sink| {
        let mut whole = Writing::new(sink, first.table.fields(), &first.notes).map_err(at(&wanted.out))?;
        for part in &parts {
            for group in 0..part.table.groups() {
                let rows = part.table.group(group).map_err(at(part.path))?;
                whole.append(rows).map_err(at(&wanted.out))?;
            }
        }
        whole.finish().map(drop).map_err(at(&wanted.out))
    })?;
    let rows: u64 = parts.iter().map(|part| part.table.rows()).sum();
    let rows = grouped(i64::try_from(rows).unwrap_or(i64::MAX));
    screen::say(&format!("{} parts, {rows} rows. Written to {}.\n", parts.len(), wanted.out.display()))?;
    Ok(Exit::Done)
}

fn open(path: &PathBuf) -> Result<Part<'_>, Error> {
    let file = File::open(path).map_err(|source| files::Error::Read { path: path.clone(), source })?;
    let table = Reading::new(file).map_err(at(path))?;
    let shard = table.note(SHARD).and_then(|text| {
        let (part, parts) = text.split_once('/')?;
        Some((part.parse().ok()?, parts.parse().ok()?))
    });
    let mut notes = table.notes();
    notes.retain(|(key, _)| key != SHARD);
    Ok(Part { path, table, notes, shard })
}

/// The parts that are of something else than the first.
fn foreign(parts: &[Part<'_>]) -> Vec<String> {
    let mut found = Vec::new();
    let first = &parts[0];
    for part in parts {
        let file = part.path.display();
        let schema = part.table.note("demerge.schema");
        let of = |key: &str| (first.table.note(key), part.table.note(key));
        let differs = |key: &str| of(key).0 != of(key).1;
        let both = |key: &str| {
            let (one, other) = of(key);
            format!("{} and {}", one.unwrap_or("none"), other.unwrap_or("none"))
        };
        let than = first.path.display();
        if ![Some(ROWS), Some(PEOPLE)].contains(&schema) {
            found.push(format!("{file} was not written by `demerge sweep`"));
        } else if differs("demerge.schema") {
            found.push(format!(
                "{file} holds other columns than {than}: parts of --out and of --people are merged apart"
            ));
        } else if differs("demerge.version") {
            found.push(format!("{file} was written by another version than {than} ({})", both("demerge.version")));
        } else if differs("demerge.case_sha256") {
            found.push(format!("{file} is of another case than {than}"));
        } else if differs("demerge.plan_sha256") {
            found.push(format!("{file} is of another plan than {than}"));
        } else if part.notes != first.notes || part.table.fields() != first.table.fields() {
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
        let file = part.path.display();
        match part.shard {
            None => found.push(format!("{file} is no part: it was written without --shard")),
            Some((_, parts)) if parts != of => found.push(format!("{file} is one of {parts} parts, others of {of}")),
            Some((at, _)) => {
                if let Some(other) = seen.insert(at, part.path) {
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
