//! The summary of a sweep that is done: counted from the journal, shown, and written where it was asked for.

use crate::cli::args::sweep::Sweep as Wanted;
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
use crate::study::sweep::summary::{Seen, Tally};

/// Whether a summary is wanted, in any form.
pub(super) fn is_wanted(wanted: &Wanted) -> bool {
    wanted.summary.is_some() || wanted.summary_json.is_some() || wanted.people_summary
}

/// Counts every scenario of the journal, writes the files, and returns the text for the screen.
///
/// # Errors
/// [`Error::Files`] names what cannot be read or written.
pub(super) fn write(
    wanted: &Wanted,
    sweep: &Sweep<'_>,
    shape: Shape<'_>,
    kept: &SweepJournal,
    provenance: &Provenance,
    overwrite: Overwrite,
) -> Result<String, Error> {
    let mut tally = Tally::new(sweep.case(), sweep.plan(), sweep.columns());
    kept.each(&mut |bytes| {
        let (row, places) = shape.read(bytes).expect("the journal's records have this shape");
        let drawn = sweep.drawn(row.scenario);
        tally.add(Seen { row: &row, places: &places, withdrawn: &drawn.withdrawn });
        Ok::<(), Error>(())
    })?;
    let summary = tally.finish();
    let view = View { case: sweep.case(), plan: sweep.plan(), summary: &summary };
    let people = if wanted.people_summary { People::Shown } else { People::LeftOut };
    let page = page(&view, people);
    if let Some(Some(file)) = &wanted.summary {
        files::write_one(file, &write_html(&page, provenance), overwrite)?;
    }
    if let Some(file) = &wanted.summary_json {
        files::write_one(file, &summary_json(&view, people), overwrite)?;
    }
    Ok(write_text(&page, screen::WIDTH))
}
