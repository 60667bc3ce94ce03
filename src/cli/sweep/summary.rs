//! The summary of a sweep that is done: counted from the journal, shown, and written where it was asked for.

use crate::cli::args::sweep::Told;
use crate::cli::exit::Error;
use crate::cli::screen;
use crate::files::sweep_journal::SweepJournal;
use crate::files::{self, Overwrite};
use crate::report::html::write_html;
use crate::report::provenance::Provenance;
use crate::report::sweep::{People, View, page, summary_json};
use crate::report::terminal::write_text;
use crate::study::sweep::Sweep;
use crate::study::sweep::cells::Shape;
use crate::study::sweep::summary::{Seen, Summary, Tally};

/// Counts every scenario of the journal.
///
/// # Errors
/// [`Error::Files`] if it cannot be read.
pub(super) fn of_journal(sweep: &Sweep<'_>, shape: Shape<'_>, kept: &SweepJournal) -> Result<Summary, Error> {
    let mut tally = Tally::new(sweep.case(), sweep.plan(), sweep.columns());
    kept.each(&mut |bytes| {
        let (row, places) = shape.read(bytes).expect("the journal's records have this shape");
        let drawn = sweep.drawn(row.scenario);
        tally.add(Seen { row: &row, places: &places, withdrawn: &drawn.withdrawn });
        Ok::<(), Error>(())
    })?;
    Ok(tally.finish())
}

/// Writes the files that were asked for, and returns the text for the screen.
///
/// # Errors
/// [`Error::Files`] names what cannot be written.
pub(in crate::cli) fn write(
    told: &Told,
    sweep: &Sweep<'_>,
    summary: &Summary,
    provenance: &Provenance,
    overwrite: Overwrite,
) -> Result<String, Error> {
    let view = View { case: sweep.case(), plan: sweep.plan(), summary };
    let people = if told.people_summary { People::Shown } else { People::LeftOut };
    let page = page(&view, people);
    if let Some(Some(file)) = &told.summary {
        files::write_one(file, &write_html(&page, provenance), overwrite)?;
    }
    if let Some(file) = &told.summary_json {
        files::write_one(file, &summary_json(&view, people), overwrite)?;
    }
    Ok(write_text(&page, screen::WIDTH))
}
