//! A curve for other programs: a line for each step.

use serde::Serialize;

use crate::case::Case;
use crate::case::scenario::Scenario;
use crate::report::curve::exact;
use crate::report::json;
use crate::report::lists::write;
use crate::report::price::{ValueRow, status, values};
use crate::report::words::clause_name;
use crate::study::curve::{Curve, Step};
use crate::study::variant::change::Limit;

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    scenario: &'a str,
    clause: usize,
    name: String,
    end: &'static str,
    today: Option<String>,
    complete: bool,
    steps: Vec<StepRow>,
}

#[derive(Serialize)]
struct StepRow {
    loosest: String,
    tightest: String,
    status: &'static str,
    objectives: Vec<ValueRow>,
}

/// A curve as JSON: `docs/CLI.md` has the keys. Figures are text, so that pence stay exact.
pub fn curve_json(case: &Case, scenario: &Scenario, curve: &Curve) -> Vec<u8> {
    let clause = &scenario.fairness[curve.clause].clause;
    let row = |step: &Step| StepRow {
        loosest: exact(clause, step.loosest),
        tightest: exact(clause, step.tightest),
        status: status(&step.worth),
        objectives: values(&step.worth),
    };
    let document = Document {
        schema: "demerge/curve/1",
        scenario: &scenario.id,
        clause: curve.clause + 1,
        name: clause_name(case, clause),
        end: match curve.end {
            Limit::Min => "min",
            Limit::Max => "max",
        },
        today: curve.today.map(|limit| exact(clause, limit)),
        complete: !curve.is_cut,
        steps: curve.steps.iter().map(row).collect(),
    };
    json::document(&document)
}

/// A curve as CSV: the loosest limit first, a column for each goal.
pub fn curve_csv(scenario: &Scenario, curve: &Curve) -> Vec<u8> {
    let clause = &scenario.fairness[curve.clause].clause;
    let solved = curve.steps.iter().find(|step| step.worth.best().is_some());
    let names: Vec<String> = solved.into_iter().flat_map(|step| values(&step.worth)).map(|row| row.name).collect();
    let head: Vec<&str> =
        ["loosest", "tightest", "status"].into_iter().chain(names.iter().map(String::as_str)).collect();
    let row = |step: &Step| {
        let mut cells = vec![exact(clause, step.loosest), exact(clause, step.tightest), status(&step.worth).to_owned()];
        cells.extend(values(&step.worth).into_iter().map(|row| row.value));
        cells.resize(head.len(), String::new());
        cells
    };
    write(&head, curve.steps.iter().map(row))
}
