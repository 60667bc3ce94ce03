//! The summary of a sweep whose journal is gone, counted from its own files.

use std::fs::File;
use std::path::Path;

use crate::cli::exit::Error;
use crate::cli::sweep::outputs::at;
use crate::files;
use crate::report::parquet::{Reading, Series};
use crate::report::sweep_rows::read::{Foreign, PeopleIds, rows as read_rows};
use crate::study::sweep::Sweep;
use crate::study::sweep::row::{Row, Whereabouts};
use crate::study::sweep::summary::{Seen, Summary, Tally};

/// A table of a sweep that was opened.
pub(in crate::cli) struct Table<'a> {
    /// Which file.
    pub(in crate::cli) path: &'a Path,
    /// What it holds.
    pub(in crate::cli) reading: Reading<File>,
}

/// Opens a table.
///
/// # Errors
/// [`Error::Files`], or [`Error::Table`].
pub(in crate::cli) fn open(path: &Path) -> Result<Table<'_>, Error> {
    let file = File::open(path).map_err(|source| files::Error::Read { path: path.to_owned(), source })?;
    Ok(Table { path, reading: Reading::new(file).map_err(at(path))? })
}

/// Counts every scenario of a sweep from its rows, and from where everyone is; both in the order of the scenarios, in any number of files.
///
/// # Errors
/// [`Error::Table`], or [`Error::Unfit`] where a file does not hold what a sweep of this case and plan has.
pub(in crate::cli) fn of_files(sweep: &Sweep<'_>, rows: &[Table<'_>], people: &[Table<'_>]) -> Result<Summary, Error> {
    let mut tally = Tally::new(sweep.case(), sweep.plan(), sweep.columns());
    let mut rows = groups(rows).flat_map(|(path, group)| match group.and_then(|it| portion(sweep, path, &it)) {
        Ok(rows) => rows.into_iter().map(|row| Ok((path, row))).collect(),
        Err(error) => vec![Err(error)],
    });
    let ids = PeopleIds::of(sweep.case());
    let mut next = 0;
    let mut places: Vec<Whereabouts> = Vec::new();
    for (path, group) in groups(people) {
        for (scenario, place) in ids.places(&group?, places.len()).map_err(foreign(path))? {
            if scenario != next {
                return Err(foreign(path)(Foreign));
            }
            places.push(place);
            if places.len() == sweep.case().people.len() {
                let (file, row) = rows.next().unwrap_or(Err(foreign(path)(Foreign)))?;
                tally.add(Seen { withdrawn: &withdrawn(sweep, file, &row, next)?, row: &row, places: &places });
                places.clear();
                next += 1;
            }
        }
    }
    if next != sweep.plan().scenarios() || rows.next().is_some() {
        return Err(Error::Unfit("the files do not say of every scenario where everyone is".to_owned()));
    }
    Ok(tally.finish())
}

/// Every group of rows of some tables, one after the other.
fn groups<'t>(tables: &'t [Table<'t>]) -> impl Iterator<Item = (&'t Path, Result<Vec<Series>, Error>)> {
    tables.iter().flat_map(|table| {
        (0..table.reading.groups()).map(move |group| (table.path, table.reading.group(group).map_err(at(table.path))))
    })
}

fn portion(sweep: &Sweep<'_>, path: &Path, group: &[Series]) -> Result<Vec<Row>, Error> {
    read_rows(sweep.columns(), group).map_err(foreign(path))
}

/// The posts that were withdrawn in a scenario: the plan says so, and its row how many.
fn withdrawn(sweep: &Sweep<'_>, path: &Path, row: &Row, number: u64) -> Result<Vec<crate::id::PostId>, Error> {
    if row.scenario != number || number >= sweep.plan().scenarios() {
        return Err(foreign(path)(Foreign));
    }
    let drawn = sweep.drawn(number);
    let (point, sample) = sweep.plan().place(number);
    if (row.point as usize, row.sample) != (point, sample) || drawn.counts() != row.drawn {
        return Err(foreign(path)(Foreign));
    }
    Ok(drawn.withdrawn)
}

/// What is wrong with a file that says what this sweep cannot say.
fn foreign(path: &Path) -> impl Fn(Foreign) -> Error + '_ {
    |Foreign| Error::Unfit(format!("{} does not hold what this sweep of this case gives", path.display()))
}
