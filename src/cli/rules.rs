//! `demerge rules`: what would other rules give?

use std::path::Path;

use crate::case::Case;
use crate::cli::Done;
use crate::cli::args::price::Rules;
use crate::cli::exit::{Error, Exit};
use crate::cli::{answer, input, screen};
use crate::files;
use crate::load::SourceFile;
use crate::load::priority::read_priority;
use crate::report::rules::{page, rules_csv, rules_json};
use crate::report::terminal::write_text;
use crate::study::rules::{Made, SideBySide, compare};
use crate::study::stable::Priority;

/// Works the case out under each rule, and shows them side by side.
pub(super) fn run(wanted: &Rules) -> Done {
    let loaded = input::load_one(&wanted.one)?;
    let (case, scenario) = (&loaded.case, answer::scenario(&loaded));
    let priority = match &wanted.priority {
        Some(file) => given(case, file)?,
        None => Priority::by_service(case),
    };
    let rules = answer::within(&wanted.conduct.solving, |limits| compare(case, scenario, priority, limits));
    let rules = rules.map_err(Error::Refused)?;
    if let Some(file) = &wanted.out {
        files::write_one(file, &rules_csv(case, &rules), wanted.conduct.force.into())?;
    }
    if let Some(file) = &wanted.json {
        files::write_one(file, &rules_json(case, scenario, &rules), wanted.conduct.force.into())?;
    }
    let mut text = write_text(&page(case, scenario, &rules), screen::WIDTH);
    text.push_str(&input::made_up(&loaded));
    screen::say(&text)?;
    Ok(ending(&rules))
}

fn given(case: &Case, path: &Path) -> Result<Priority, Error> {
    let bytes = files::read_file(path)?;
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let numbers = read_priority(case, &SourceFile { name, bytes }).map_err(Error::Priority)?;
    Ok(Priority::given(case, &numbers))
}

/// A rule without a plan is part of the answer; only the scenario's own decides.
fn ending(rules: &SideBySide) -> Exit {
    let own = rules.columns.first().map(|column| &column.made);
    match own {
        _ if rules.columns.iter().any(|column| column.made == Made::Stopped) => Exit::Stopped,
        Some(Made::Impossible) => Exit::Impossible,
        Some(Made::Plan(_) | Made::Stopped) | None => Exit::Done,
    }
}
