//! `demerge compare`: what changes between scenarios, and who moves?

use crate::case::scenario::Scenario;
use crate::cli::Done;
use crate::cli::args::compare::Compare;
use crate::cli::exit::{Error, Exit};
use crate::cli::{answer, input, screen};
use crate::diagnostic::{Diagnostic, Severity};
use crate::files;
use crate::load::{Diagnostics, Loaded, Sources, Want};
use crate::report::compare::{compare_csv, compare_json, page, screen as on_screen};
use crate::report::html::write_html;
use crate::report::terminal::write_text;
use crate::study::compare::{Comparison, Made, check, compare};

/// Solves every scenario and every single change between them, finds each claim again, and shows them side by side.
pub(super) fn run(wanted: &Compare) -> Done {
    let (loaded, scenarios) = load_several(&input::read(&wanted.case)?, &wanted.scenarios)?;
    let case = &loaded.case;
    let found = answer::within(&wanted.conduct.solving, |limits| {
        let found = compare(case, &scenarios, limits).map_err(Error::Refused)?;
        let confirmed = check::check(case, &found, limits);
        // A check that was cut short says nothing against what it did not finish.
        if !(limits.should_stop)() {
            let what = "a comparison was made, and the separate checker does not confirm it";
            confirmed.map_err(|fault| Error::Unconfirmed(what, fault.into()))?;
        }
        Ok::<Comparison, Error>(found)
    })?;
    let force = wanted.conduct.force.into();
    if let Some(file) = &wanted.out {
        files::write_one(file, &compare_csv(case, &found), force)?;
    }
    if let Some(file) = &wanted.json {
        files::write_one(file, &compare_json(case, &found), force)?;
    }
    if let Some(file) = &wanted.html {
        let provenance = input::provenance(&loaded);
        files::write_one(file, &write_html(&page(case, &found, &provenance), &provenance), force)?;
    }
    screen::say(&write_text(&on_screen(case, &found), screen::WIDTH))?;
    Ok(ending(&found))
}

/// An impossible scenario is an answer; one that was stopped is not.
fn ending(found: &Comparison) -> Exit {
    let stopped = found.columns.iter().any(|column| column.made == Made::Stopped);
    if stopped { Exit::Stopped } else { Exit::Done }
}

/// Loads a case with several of its scenarios, in the order named; the inputs are those of all.
///
/// # Errors
/// [`Error::Input`] with every fault of any of them, each once; [`Error::Usage`] where one is named twice.
pub(super) fn load_several(sources: &Sources, ids: &[String]) -> Result<(Loaded, Vec<Scenario>), Error> {
    let mut faults: Vec<Diagnostic> = Vec::new();
    let mut all: Option<Loaded> = None;
    let mut scenarios: Vec<Scenario> = Vec::new();
    for id in ids {
        match input::load_sources(sources, Want::Solve(Some(id))) {
            Ok(loaded) => {
                scenarios.push(answer::scenario(&loaded).clone());
                all = Some(joined(all, loaded));
            }
            Err(Error::Input(found)) => {
                faults.extend(found.0.into_iter().filter(|it| !it.severity.eq(&Severity::Notice)))
            }
            Err(other) => return Err(other),
        }
    }
    if !faults.is_empty() {
        let mut once: Vec<Diagnostic> = Vec::new();
        faults.into_iter().for_each(|it| {
            if !once.contains(&it) {
                once.push(it)
            }
        });
        return Err(Error::Input(Diagnostics(once)));
    }
    for (at, scenario) in scenarios.iter().enumerate() {
        if scenarios[..at].iter().any(|other| other.id == scenario.id) {
            return Err(Error::Usage(format!("{} is named twice; name different scenarios", scenario.id)));
        }
    }
    Ok((all.expect("at least one scenario is named"), scenarios))
}

/// The first load with what a further one read beyond it.
fn joined(first: Option<Loaded>, further: Loaded) -> Loaded {
    let Some(mut first) = first else { return further };
    first.inputs.extend(further.inputs);
    first.inputs.sort_by(|a, b| a.file.cmp(&b.file));
    first.inputs.dedup();
    first
}
