//! The outputs of a sweep, written from its journal when every scenario is done, and what is said of them.

use std::path::Path;

use crate::certify::Status;
use crate::cli::exit::Error;
use crate::cli::sweep::{Task, grouped};
use crate::files::sweep_journal::SweepJournal;
use crate::files::{self, Overwrite};
use crate::report::parquet::{Fault, Writing};
use crate::report::sweep_rows::{self, PEOPLE, PeopleWords, ROWS};
use crate::study::sweep::row::Row;

/// Rows that are turned into columns at a time.
const PORTION: usize = 1_024;

impl Task<'_> {
    /// Writes the outputs from the journal, and counts the scenarios by status.
    pub(super) fn write(&self, kept: &SweepJournal, overwrite: Overwrite) -> Result<Counts, Error> {
        let shape = self.shape();
        if let Some(file) = &self.wanted.people {
            files::write_by(file, overwrite, |sink| {
                let words = PeopleWords::of(self.sweep.case());
                let notes = self.origin.notes(PEOPLE);
                let mut table = Writing::new(sink, &sweep_rows::people_fields(), &notes).map_err(at(file))?;
                kept.each(&mut |bytes| {
                    let (row, places) = shape.read(bytes).expect("the journal's records have this shape");
                    table.append(words.series(row.scenario, &places)).map_err(at(file))
                })?;
                table.finish().map(drop).map_err(at(file))
            })?;
        }
        let mut counts = Counts::default();
        files::write_by(self.out, overwrite, |sink| {
            let columns = self.sweep.columns();
            let notes = self.origin.notes(ROWS);
            let mut table = Writing::new(sink, &sweep_rows::fields(columns), &notes).map_err(at(self.out))?;
            let mut rows: Vec<Row> = Vec::new();
            kept.each(&mut |bytes| {
                let (row, _) = shape.read(bytes).expect("the journal's records have this shape");
                counts.add(&row);
                rows.push(row);
                if rows.len() == PORTION {
                    table.append(sweep_rows::series(columns, &rows)).map_err(at(self.out))?;
                    rows.clear();
                }
                Ok::<(), Error>(())
            })?;
            table.append(sweep_rows::series(columns, &rows)).map_err(at(self.out))?;
            table.finish().map(drop).map_err(at(self.out))
        })?;
        Ok(counts)
    }

    /// What was done, for the screen.
    pub(super) fn told(&self, counts: Counts) -> String {
        let files: Vec<String> = self.outputs().map(|file| file.display().to_string()).collect();
        let stopped = match counts.stopped {
            0 => String::new(),
            some => format!("{} could not be settled.\n", grouped(some)),
        };
        let warnings = match self.warnings {
            0 => String::new(),
            1 => "There is a warning about the case; `demerge check` shows it.\n".to_owned(),
            some => format!("There are {some} warnings about the case; `demerge check` shows them.\n"),
        };
        format!(
            "{} of {}, seed {}.\n{} with a best plan, {} without any plan; every one of them was checked.\n{stopped}\
             {warnings}Written to {}.\n",
            self.scenarios(),
            self.origin.scenario,
            self.origin.seed,
            grouped(counts.optimal),
            grouped(counts.impossible),
            files.join(" and ")
        )
    }
}

/// Scenarios by status.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Counts {
    optimal: u64,
    impossible: u64,
    stopped: u64,
}

impl Counts {
    fn add(&mut self, row: &Row) {
        match row.status {
            Status::Optimal => self.optimal += 1,
            Status::Impossible => self.impossible += 1,
            Status::Stopped => self.stopped += 1,
        }
    }
}

/// A fault of a table, with its file.
pub(in crate::cli) fn at(path: &Path) -> impl Fn(Fault) -> Error + '_ {
    |fault| Error::Table { path: path.to_owned(), fault }
}
