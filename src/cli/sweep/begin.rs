//! How a sweep begins: anew, where an interrupted run left off, or not at all, because its files are there.

use std::fs::File;
use std::path::{Path, PathBuf};

use crate::cli::exit::Error;
use crate::cli::sweep::Task;
use crate::files::sweep_journal::{Found, SweepJournal, beside, look};
use crate::files::{self, Overwrite};
use crate::report::parquet::Reading;
use crate::report::sweep_rows::{PEOPLE, ROWS};

/// What there is to do.
pub(super) enum Begun {
    /// Scenarios, with what is done of them, and whether the outputs may be replaced.
    Run(SweepJournal, Overwrite),
    /// A summary of scenarios that are all written.
    Count,
    /// Nothing.
    Complete,
}

impl Task<'_> {
    /// Looks what there is to do, and makes the journal ready for it.
    pub(super) fn begin(&self) -> Result<Begun, Error> {
        let (path, header) = (beside(self.out), self.header());
        let overwrite = Overwrite::from(self.wanted.force);
        if self.goes_on(&path)? {
            // A run that was killed between its last two steps has written the file: with the same bytes.
            return Ok(Begun::Run(SweepJournal::resume(&path, &header)?, Overwrite::Replace));
        }
        let written = self.wanted.resume && self.is_written();
        if written && self.is_summarised() {
            return Ok(Begun::Complete);
        }
        let new = self.outputs().filter(|file| !written || !self.tables().any(|table| table == *file));
        for file in new {
            files::may_write(file, overwrite)?;
        }
        if written && self.wanted.people.is_some() {
            return Ok(Begun::Count);
        }
        // Where everyone was is not kept with rows alone: then all is solved again, to the same bytes.
        let overwrite = if written { Overwrite::Replace } else { overwrite };
        Ok(Begun::Run(SweepJournal::create(&path, &header)?, overwrite))
    }

    /// Whether a run was begun that this one goes on with.
    fn goes_on(&self, path: &Path) -> Result<bool, Error> {
        match look(path)? {
            Found::Run(begun) if self.wanted.resume => match begun.objection(&self.header()) {
                None => Ok(true),
                Some(objection) => Err(Error::Unfit(format!(
                    "{} cannot be gone on with: {objection}.\nUndo the change, or begin anew with --force and without \
                     --resume",
                    path.display()
                ))),
            },
            Found::Other if !self.wanted.force => {
                Err(Error::Unfit(format!("{} is no unfinished sweep; it is left alone", path.display())))
            }
            Found::Run(_) if !self.wanted.force => Err(Error::Unfit(format!(
                "{} holds an unfinished sweep; go on with --resume, or begin anew with --force",
                path.display()
            ))),
            Found::Run(_) | Found::Other | Found::Nothing => Ok(false),
        }
    }

    /// Every file that is to be written.
    pub(super) fn outputs(&self) -> impl Iterator<Item = &PathBuf> {
        self.tables().chain(self.wanted.told.files())
    }

    fn tables(&self) -> impl Iterator<Item = &PathBuf> {
        self.wanted.out.iter().chain(&self.wanted.people)
    }

    /// Whether the tables are there and say that they are of this sweep.
    fn is_written(&self) -> bool {
        let is = |file: &Path, schema: &str| {
            let notes = File::open(file).ok().and_then(|file| Reading::new(file).ok()).map(|it| it.notes());
            notes.is_some_and(|notes| notes == self.origin.notes(schema))
        };
        is(self.out, ROWS) && self.wanted.people.as_ref().is_none_or(|file| is(file, PEOPLE))
    }

    /// Whether no summary is wanted but in files that are there.
    fn is_summarised(&self) -> bool {
        let told = &self.wanted.told;
        !told.is_wanted() || (told.files().count() > 0 && told.files().all(|file| file.exists()))
    }
}
