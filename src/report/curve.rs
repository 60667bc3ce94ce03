//! What a limit costs as it moves: the page of `demerge curve`, its CSV, its JSON and its drawing.

mod drawing;
mod record;

pub use crate::report::curve::drawing::{curve_drawing, curve_svg};
pub use crate::report::curve::record::{curve_csv, curve_json};

use crate::case::Case;
use crate::case::scenario::{Clause, Objective, Scenario};
use crate::quantity::{BasisPoints, Pence, grouped, write_decimal};
use crate::report::page::{Block, Column, Page, Section, figures, paragraph, table, text};
use crate::report::scores::{by_objective, values};
use crate::report::words::{clause_name, count, pounds};
use crate::study::curve::{Curve, Step};
use crate::study::price::Worth;
use crate::study::variant::change::Limit;

/// The page of a curve.
pub fn page(case: &Case, scenario: &Scenario, curve: &Curve) -> Page {
    let clause = &scenario.fairness[curve.clause].clause;
    let name = clause_name(case, clause);
    let mut blocks = vec![paragraph(format!(
        "{name}: the limit \"{}\" moves, and everything else stays. Between two steps below, nothing changes at any limit; \
         each step was solved at its ends, proved best, and checked.",
        end_name(curve.end)
    ))];
    let shown = shown(scenario, curve);
    let caption = format!("The loosest limit first ({})", count(curve.steps.len() as u64, "step", "steps"));
    blocks.push(every_step(scenario, curve, caption, &Objective::word));
    let same: Vec<&str> =
        scenario.objectives.iter().filter(|it| !shown.contains(it)).map(|objective| objective.word()).collect();
    if !same.is_empty() {
        blocks.push(paragraph(format!("The same at every limit: {}.", same.join(", "))));
    }
    if let Some(today) = curve.today {
        blocks.push(paragraph(format!("The scenario has {} today.", written(clause, today))));
    }
    if curve.is_cut {
        blocks.push(Block::Warning(
            "This is not the whole curve: there are more steps (--most takes more), or a limit of time or size was reached \
             before the next one was proved."
                .to_owned(),
        ));
    }
    Page {
        title: format!("Scenario {}, fairness rule {}: what its limit costs", scenario.id, curve.clause + 1),
        lead: String::new(),
        sections: vec![Section { id: "curve", title: "Every step".to_owned(), blocks }],
    }
}

/// The objectives that are not the same at every limit; all where none changes.
fn shown(scenario: &Scenario, curve: &Curve) -> Vec<Objective> {
    let changed: Vec<Objective> =
        scenario.objectives.iter().copied().filter(|&objective| changes(scenario, curve, objective)).collect();
    if changed.is_empty() { scenario.objectives.clone() } else { changed }
}

/// A line for each step, a column for each objective that changes.
pub fn every_step(
    scenario: &Scenario,
    curve: &Curve,
    caption: String,
    heading: &dyn Fn(Objective) -> &'static str,
) -> Block {
    let (clause, shown) = (&scenario.fairness[curve.clause].clause, shown(scenario, curve));
    let mut columns: Vec<Column> = vec![text("Limit")];
    columns.extend(shown.iter().map(|&objective| figures(heading(objective))));
    table(caption, columns, curve.steps.iter().map(|step| row(scenario, clause, curve, step, &shown)).collect())
}

fn row(scenario: &Scenario, clause: &Clause, curve: &Curve, step: &Step, shown: &[Objective]) -> Vec<String> {
    let mut cells = vec![limits(clause, curve, step)];
    match &step.worth {
        Worth::Best(best) => {
            for (objective, goals) in by_objective(scenario, &best.values, |&(goal, _)| goal) {
                if shown.contains(&objective) {
                    cells.push(values(objective, goals.iter().copied()));
                }
            }
        }
        Worth::Impossible => cells.push("no plan".to_owned()),
        Worth::Stopped => cells.push("stopped".to_owned()),
    }
    cells.resize(shown.len() + 1, String::new());
    cells
}

/// Whether an objective is not the same at every limit.
fn changes(scenario: &Scenario, curve: &Curve, objective: Objective) -> bool {
    let position = scenario.objectives.iter().position(|it| *it == objective);
    let of = |step: &Step| {
        step.worth.best().map(|best| {
            let own = best.values.iter().filter(|(goal, _)| Some(goal.position) == position);
            own.map(|&(_, value)| value).collect::<Vec<_>>()
        })
    };
    let mut all = curve.steps.iter().filter_map(of);
    let first = all.next();
    all.any(|other| Some(other) != first)
}

/// The limits of a step, the lower first; an end beyond every limit is left out.
fn limits(clause: &Clause, curve: &Curve, step: &Step) -> String {
    let (low, high) = (step.loosest.min(step.tightest), step.loosest.max(step.tightest));
    let is_open = matches!(clause, Clause::Budget { .. }) && high == curve.range.0;
    match (is_open, low == high) {
        (true, _) => format!("{} or more", written(clause, low)),
        (false, true) => written(clause, low),
        (false, false) => format!("{} to {}", written(clause, low), written(clause, high)),
    }
}

/// A limit with its unit.
pub fn written(clause: &Clause, limit: i64) -> String {
    let points = BasisPoints(i32::try_from(limit).unwrap_or(i32::MAX));
    match clause {
        Clause::PeopleShare { .. } | Clause::FteShare { .. } => format!("{points}%"),
        Clause::Budget { .. } => pounds(Pence(limit)),
        Clause::Cover { .. } => grouped(limit),
        Clause::VacancyGap { .. } | Clause::PreferenceParity { .. } => format!("{points} points"),
    }
}

/// A limit as the scenario file would have it.
fn exact(clause: &Clause, limit: i64) -> String {
    match clause {
        Clause::Cover { .. } => limit.to_string(),
        Clause::PeopleShare { .. }
        | Clause::FteShare { .. }
        | Clause::Budget { .. }
        | Clause::VacancyGap { .. }
        | Clause::PreferenceParity { .. } => write_decimal(limit, 2),
    }
}

/// Which end of a rule it is.
pub fn end_name(end: Limit) -> &'static str {
    match end {
        Limit::Min => "at least",
        Limit::Max => "at most",
    }
}
