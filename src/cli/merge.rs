//! `demerge merge`: the parts of a sweep as one file, the same as if it had been run in one.

mod objections;

use std::path::Path;

use crate::cli::Done;
use crate::cli::args::sweep::Merge;
use crate::cli::exit::{Error, Exit};
use crate::cli::merge::objections::objections;
use crate::cli::screen;
use crate::cli::sweep::outputs::at;
use crate::cli::sweep::recount::{self, Table};
use crate::cli::sweep::{Basis, summary};
use crate::files;
use crate::quantity::grouped;
use crate::report::parquet::Writing;
use crate::report::sweep_rows::{Origin, PEOPLE, ROWS, SHARD};

/// A part that was opened.
struct Part<'a> {
    table: Table<'a>,
    /// Keys and values without those of the part.
    notes: Vec<(String, String)>,
    shard: Option<(u64, u64)>,
}

/// Joins the parts in their order, and says what came of all scenarios where that is asked for.
pub(super) fn run(wanted: &Merge) -> Done {
    for file in [&wanted.out].into_iter().chain(&wanted.people).chain(wanted.told.files()) {
        files::may_write(file, wanted.force.into())?;
    }
    let parts = wanted.parts.iter().map(|path| open(path)).collect::<Result<Vec<_>, Error>>()?;
    let both = wanted.people.is_some() || wanted.told.is_wanted();
    let (people, rows): (Vec<_>, Vec<_>) = parts.into_iter().partition(|part| both && part.is_of(PEOPLE));
    let rows = in_order(rows, "none of them has the figures of scenarios, which `sweep --shard` writes with --out")?;
    let people = match both {
        true => in_order(people, "none of them says where everyone is, which `sweep --shard` writes with --people")?,
        false => people,
    };
    let page = told(wanted, &rows, &people)?;
    let mut lines = join(&wanted.out, &rows, wanted)?;
    if let Some(file) = &wanted.people {
        lines.push_str(&join(file, &people, wanted)?);
    }
    screen::say(&format!("{page}{lines}"))?;
    Ok(Exit::Done)
}

/// The parts of one table, first to last; there are some.
fn in_order<'a>(mut parts: Vec<Part<'a>>, if_none: &str) -> Result<Vec<Part<'a>>, Error> {
    let found = if parts.is_empty() { vec![if_none.to_owned()] } else { objections(&parts) };
    if !found.is_empty() {
        return Err(Error::Unfit(format!("the parts do not make one sweep:\n  {}", found.join("\n  "))));
    }
    parts.sort_by_key(|part| part.shard);
    Ok(parts)
}

/// Writes the parts as one table, and says so.
fn join(out: &Path, parts: &[Part<'_>], wanted: &Merge) -> Result<String, Error> {
    let first = &parts[0];
    files::write_by(out, wanted.force.into(), |sink| {
        let mut whole = Writing::new(sink, first.table.reading.fields(), &first.notes).map_err(at(out))?;
        for Part { table, .. } in parts {
            for group in 0..table.reading.groups() {
                let rows = table.reading.group(group).map_err(at(table.path))?;
                whole.append(rows).map_err(at(out))?;
            }
        }
        whole.finish().map(drop).map_err(at(out))
    })?;
    let rows: u64 = parts.iter().map(|part| part.table.reading.rows()).sum();
    let rows = grouped(i64::try_from(rows).unwrap_or(i64::MAX));
    let own = if parts.len() == 1 { "1 part".to_owned() } else { format!("{} parts", parts.len()) };
    Ok(format!("{own}, {rows} rows. Written to {}.\n", out.display()))
}

/// The summary, where it is asked for: the one that a run of the whole writes.
fn told(wanted: &Merge, rows: &[Part<'_>], people: &[Part<'_>]) -> Result<String, Error> {
    let (true, Some(case), Some(plan)) = (wanted.told.is_wanted(), &wanted.case, &wanted.plan) else {
        return Ok(String::new());
    };
    let basis = Basis::read(case, plan)?;
    let (sweep, origin) = (basis.sweep(), basis.origin(None));
    for (parts, schema) in [(rows, ROWS), (people, PEOPLE)] {
        if let Some(what) = other(&parts[0], &origin, schema) {
            let (file, plan) = (parts[0].table.path.display(), plan.display());
            return Err(Error::Unfit(format!("{file} is no part of the sweep {plan} of {}: {what}", case.display())));
        }
    }
    let counted = recount::of_files(&sweep, &again(rows)?, &again(people)?)?;
    let page = summary::write(&wanted.told, &sweep, &counted, &basis.provenance(), wanted.force.into())?;
    Ok(format!("{page}\n"))
}

/// The tables of parts, opened again to be read from the beginning.
fn again<'a>(parts: &[Part<'a>]) -> Result<Vec<Table<'a>>, Error> {
    parts.iter().map(|part| recount::open(part.table.path)).collect()
}

/// In what a part differs from the sweep that it is said to be of.
fn other(part: &Part<'_>, origin: &Origin, schema: &str) -> Option<&'static str> {
    let wanted = origin.notes(schema);
    let differs = |key: &str| {
        let of = |notes: &[(String, String)]| notes.iter().find(|(it, _)| it == key).map(|(_, value)| value.clone());
        of(&wanted) != of(&part.notes)
    };
    match () {
        () if differs("demerge.version") => Some("another version of the program wrote it"),
        () if differs("demerge.case_sha256") => Some("its case had other files"),
        () if differs("demerge.plan_sha256") => Some("its plan was another"),
        () if part.notes != wanted => Some("it says another origin"),
        () => None,
    }
}

fn open(path: &Path) -> Result<Part<'_>, Error> {
    let table = recount::open(path)?;
    let shard = table.reading.note(SHARD).and_then(|text| {
        let (part, parts) = text.split_once('/')?;
        Some((part.parse().ok()?, parts.parse().ok()?))
    });
    let mut notes = table.reading.notes();
    notes.retain(|(key, _)| key != SHARD);
    Ok(Part { table, notes, shard })
}

impl Part<'_> {
    fn is_of(&self, schema: &str) -> bool {
        self.table.reading.note("demerge.schema") == Some(schema)
    }
}
