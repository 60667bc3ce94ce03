//! `demerge curve`: what does a limit cost as it moves?

use std::path::Path;

use crate::case::scenario::Scenario;
use crate::cli::Done;
use crate::cli::args::price::{Curve, End};
use crate::cli::exit::{Error, Exit};
use crate::cli::{answer, input, screen};
use crate::files;
use crate::load::Loaded;
use crate::report::curve::{curve_csv, curve_json, curve_svg, page};
use crate::report::terminal::write_text;
use crate::study::curve::{self, curve, ends};
use crate::study::price::Worth;
use crate::study::variant::change::Limit;

/// Finds every step of one limit, and shows and draws it.
pub(super) fn run(wanted: &Curve) -> Done {
    let forms = wanted.out.iter().map(|file| form(file)).collect::<Result<Vec<Form>, Error>>()?;
    let loaded = input::load_one(&wanted.one)?;
    let (case, scenario) = (&loaded.case, answer::scenario(&loaded));
    let (clause, end) = limit(scenario, wanted)?;
    let found =
        answer::within(&wanted.conduct.solving, |limits| curve(case, scenario, clause, end, wanted.most, limits));
    let found = found.map_err(Error::Refused)?;
    for (file, form) in wanted.out.iter().zip(forms) {
        files::write_one(file, &bytes(&loaded, scenario, &found, form), wanted.conduct.force.into())?;
    }
    if let Some(file) = &wanted.json {
        files::write_one(file, &curve_json(case, scenario, &found), wanted.conduct.force.into())?;
    }
    screen::say(&write_text(&page(case, scenario, &found), screen::WIDTH))?;
    let stopped = found.steps.last().is_some_and(|step| step.worth == Worth::Stopped);
    Ok(if stopped { Exit::Stopped } else { Exit::Done })
}

/// What a file is to hold.
#[derive(Clone, Copy)]
enum Form {
    Svg,
    Csv,
}

fn form(file: &Path) -> Result<Form, Error> {
    match file.extension().and_then(|ending| ending.to_str()) {
        Some("svg") => Ok(Form::Svg),
        Some("csv") => Ok(Form::Csv),
        Some(_) | None => {
            Err(Error::Usage(format!("--out {}: give the file the ending .svg (a drawing) or .csv", file.display())))
        }
    }
}

fn bytes(loaded: &Loaded, scenario: &Scenario, found: &curve::Curve, form: Form) -> Vec<u8> {
    match form {
        Form::Svg => curve_svg(&loaded.case, scenario, found),
        Form::Csv => curve_csv(scenario, found),
    }
}

/// Which clause and which of its limits.
fn limit(scenario: &Scenario, wanted: &Curve) -> Result<(usize, Limit), Error> {
    let rules = scenario.fairness.len();
    let position = wanted.clause.checked_sub(1).filter(|&position| position < rules).ok_or_else(|| {
        Error::Usage(format!(
            "--clause {}: scenario {} has {rules} fairness rules, counted from 1 in the order of its file",
            wanted.clause, scenario.id
        ))
    })?;
    let has = ends(&scenario.fairness[position].clause);
    let end = match (wanted.end, has.as_slice()) {
        (Some(End::Min), _) if has.iter().any(|&(end, _)| end == Limit::Min) => Limit::Min,
        (Some(End::Max), _) if has.iter().any(|&(end, _)| end == Limit::Max) => Limit::Max,
        (None, &[(only, _)]) => only,
        (Some(_), _) => return Err(Error::Usage(format!("--clause {}: this rule has no such limit", wanted.clause))),
        (None, _) => {
            return Err(Error::Usage(format!(
                "--clause {}: name the limit that is to move, --end min or --end max",
                wanted.clause
            )));
        }
    };
    Ok((position, end))
}
