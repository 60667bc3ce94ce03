//! `demerge monitor`: what does the plan mean for groups of people?
//!
//! The case is loaded, solved and certified first, without the equality table; only then is that table opened.

use crate::cli::Done;
use crate::cli::args::Monitor;
use crate::cli::exit::{Error, Exit};
use crate::cli::{answer, input, screen};
use crate::diagnostic::Diagnostic;
use crate::files;
use crate::load::{Want, equality};
use crate::report::html::write_html;
use crate::report::monitor::protected::{PRIORITY, protected_csv, sentences};
use crate::report::monitor::{self as sheet, monitor_csv, monitor_json};
use crate::report::terminal::write_text;
use crate::study::monitor::protected::passed_over;
use crate::study::monitor::{audit, monitor};

/// Counts the plan by each characteristic, keeps small numbers back, and shows or writes the figures.
pub(super) fn run(wanted: &Monitor) -> Done {
    let loaded = input::load(&wanted.case, Want::Solve(wanted.scenario.as_deref()))?;
    let scenario = answer::scenario(&loaded);
    let certified = answer::answer(&loaded.case, scenario, &wanted.conduct.solving)?;
    let exit = Exit::of(certified.status());
    let restricted = files::read_restricted(&wanted.case)?;
    let equality = equality::load(&restricted, &loaded.case).map_err(Error::Input)?;
    let Some(found) = monitor(&loaded.case, &certified, &equality.characteristics, wanted.threshold) else {
        screen::complain("There is no plan to monitor; `demerge solve` says why.\n");
        return Ok(exit);
    };
    audit::audit(&loaded.case, &certified, &equality.characteristics, &found).map_err(Error::Monitor)?;
    let mut provenance = input::provenance(&loaded);
    if !provenance.inputs.contains(&equality.input) {
        provenance.inputs.push(equality.input.clone());
        provenance.inputs.sort_by(|a, b| a.file.cmp(&b.file));
    }
    let page = sheet::page(scenario, &certified, &found, &provenance);
    let force = wanted.conduct.force.into();
    if let Some(file) = &wanted.out {
        files::write_one(file, &monitor_csv(&found), force)?;
    }
    if let Some(file) = &wanted.json {
        files::write_one(file, &monitor_json(scenario, &certified, &found, &provenance), force)?;
    }
    if let Some(file) = &wanted.html {
        files::write_one(file, &write_html(&page, &provenance), force)?;
    }
    let mut protected = String::new();
    if let Some(file) = &wanted.protected {
        let found = passed_over(&loaded.case, scenario, &certified, &equality.protections);
        files::write_one(file, &protected_csv(&loaded.case, &found), force)?;
        protected = about(&sentences(&loaded.case, &found));
    }
    screen::say(&(write_text(&page, screen::WIDTH) + &protected + &notices(&equality.diagnostics)))?;
    Ok(exit)
}

/// What is said of protected people on the screen of whoever asked for the list.
fn about(sentences: &[String]) -> String {
    let head = match sentences {
        [] => {
            "Nobody who is protected by pregnancy or family leave is at risk while a post that they may hold went to another."
        }
        [_, ..] => "Restricted: these people are named, and nothing is kept back.",
    };
    let lines = std::iter::once(head).chain(sentences.iter().map(String::as_str)).chain([PRIORITY]);
    lines.map(|line| format!("\n{line}\n")).collect()
}

/// What the equality table gave cause to say.
fn notices(found: &[Diagnostic]) -> String {
    found.iter().map(|diagnostic| format!("\n{diagnostic}\n")).collect()
}
