//! `demerge decide`: what was proposed, and what has been decided?

use crate::certify::Certified;
use crate::cli::Done;
use crate::cli::args::{Decide, Solving};
use crate::cli::exit::{Error, Exit};
use crate::cli::{answer, input, screen};
use crate::files;
use crate::load::{Loaded, Sources, Want, decisions};
use crate::report::decide::{blank_csv, page, to_json};
use crate::report::terminal::write_text;
use crate::study::decide::{self, Decided};

/// Shows the record beside the proposals, or writes one to fill in.
pub(super) fn run(wanted: &Decide) -> Done {
    let sources = input::read(&wanted.case)?;
    let loaded = input::load_sources(&sources, Want::Solve(wanted.scenario.as_deref()))?;
    let scenario = answer::scenario(&loaded);
    let record = decisions::load(&sources, &loaded.case).map_err(Error::Input)?;
    let certified = answer::answer(&loaded.case, scenario, &wanted.conduct.solving)?;
    if certified.plan().is_none() {
        screen::complain("There is no plan to decide on; `demerge solve` says why.\n");
        return Ok(Exit::of(certified.status()));
    }
    let Some(record) = record else { return begin(wanted, &sources, &loaded, &certified) };
    let Some(decided) = beside(&loaded, &certified, &record, &wanted.conduct.solving)? else {
        return Ok(Exit::of(certified.status()));
    };
    if let Some(file) = &wanted.json {
        files::write_one(file, &to_json(&loaded.case, scenario, &decided), wanted.conduct.force.into())?;
    }
    screen::say(&write_text(&page(&loaded.case, scenario, &decided), screen::WIDTH))?;
    Ok(Exit::of(certified.status()))
}

/// The record beside a plan.
///
/// # Errors
/// [`Error::Refused`].
pub(super) fn beside(
    loaded: &Loaded,
    certified: &Certified,
    record: &[crate::case::record::Record],
    solving: &Solving,
) -> Result<Option<Decided>, Error> {
    let decided = answer::within(solving, |limits| {
        decide::decide(&loaded.case, answer::scenario(loaded), certified, record, limits)
    });
    decided.map_err(Error::Refused)
}

/// Writes a record in which nothing is decided.
fn begin(wanted: &Decide, sources: &Sources, loaded: &Loaded, certified: &Certified) -> Done {
    let file = match (&wanted.out, sources) {
        (Some(file), _) => file.clone(),
        (None, Sources::Folder(_)) => wanted.case.join("decisions.csv"),
        (None, Sources::Workbook(_)) => {
            let text = "the workbook has no sheet decisions; name a file with --out, and paste what it holds into such a sheet";
            return Err(Error::Usage(text.to_owned()));
        }
    };
    files::write_one(&file, &blank_csv(&loaded.case, certified), wanted.conduct.force.into())?;
    screen::say(&format!(
        "Written: {}, with today's proposals and nothing decided.\nFill in decision (accepted, changed, rejected, withdrawn), \
         decided_by and reason\nfor each person, and run `demerge decide` again.\n",
        file.display()
    ))?;
    Ok(Exit::of(certified.status()))
}
