//! The verdict on a plan, as a page.

use crate::case::Case;
use crate::case::answer::Conflict;
use crate::case::scenario::{Objective, Scenario, Sense};
use crate::certify::{Certified, Inspection, Status};
use crate::cli::verify::claim::Claims;
use crate::report::page::{Block, Page, Section, figures, paragraph, table, text};
use crate::report::words::{count, leaf_sentence, objective_name, objective_value, people};

/// How a plan stands against the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weighed {
    /// As good in every objective.
    AsGood,
    /// Falls short first in this one.
    Short(Objective),
    /// Ahead first in this one; only a plan that breaks rules can be.
    Better(Objective),
    /// The best is not known.
    Open,
}

/// Weighs a plan against the best, in the scenario's order.
pub(super) fn weigh(found: &Inspection, best: &Certified) -> Weighed {
    match best.status() {
        Status::Optimal => {}
        Status::Stopped | Status::Impossible => return Weighed::Open,
    }
    let mut pairs = found.objectives.iter().zip(best.objectives());
    let first = pairs.find(|((_, value), scored)| *value != i128::from(scored.value));
    first.map_or(Weighed::AsGood, |((objective, value), scored)| {
        if gain(*objective, *value, scored.value) > 0 {
            Weighed::Better(*objective)
        } else {
            Weighed::Short(*objective)
        }
    })
}

/// By how much the value is better than the best.
fn gain(objective: Objective, value: i128, best: i64) -> i128 {
    match objective.sense() {
        Sense::Most => value - i128::from(best),
        Sense::Least => i128::from(best) - value,
    }
}

/// The verdict.
pub(super) fn page(scenario: &Scenario, found: &Inspection, best: &Certified, claims: &Claims) -> Page {
    let title = if found.breaches.is_empty() { "this plan is allowed" } else { "this plan is not allowed" };
    let placed =
        found.objectives.iter().find(|(objective, _)| *objective == Objective::Placed).map(|(_, placed)| *placed);
    let placed = placed.and_then(|placed| usize::try_from(placed).ok()).unwrap_or(found.placements.len());
    let lead = format!("{} placed, {} without a post.", people(placed), people(found.unplaced.len()));
    Page {
        title: format!("Scenario {}: {title}", scenario.id),
        lead,
        sections: vec![rules(found), distance(found, best), file(claims)],
    }
}

/// The verdict on a file that says that there is no plan.
pub(super) fn page_without_plan(case: &Case, scenario: &Scenario, conflict: &Conflict, claims: &Claims) -> Page {
    let (title, mut sections) = if claims.broken.is_empty() {
        let rules = conflict.leaves.iter().map(|&leaf| leaf_sentence(case, scenario, leaf)).collect();
        let blocks =
            vec![paragraph("The file names these rules as those that cannot all be kept:"), Block::List(rules)];
        let why = Section { id: "rules", title: "Why there is no plan".to_owned(), blocks };
        ("no plan keeps every rule", vec![why])
    } else {
        ("the file does not prove that there is no plan", Vec::new())
    };
    sections.push(file(claims));
    Page {
        title: format!("Scenario {}: {title}", scenario.id),
        lead: format!(
            "The file places nobody: it says that no plan keeps every rule for {}.",
            people(case.people.len())
        ),
        sections,
    }
}

fn rules(found: &Inspection) -> Section {
    let blocks = match found.breaches.len() {
        0 => vec![paragraph("The plan keeps every rule of the scenario.")],
        number => vec![
            Block::Warning(format!("The plan breaks {}:", count(number as u64, "rule", "rules"))),
            Block::List(found.breaches.iter().map(ToString::to_string).collect()),
            paragraph("docs/RULES.md explains each code."),
        ],
    };
    Section { id: "rules", title: "Is it allowed?".to_owned(), blocks }
}

fn distance(found: &Inspection, best: &Certified) -> Section {
    let heading = match best.status() {
        Status::Optimal => "Best",
        Status::Stopped | Status::Impossible => "At best",
    };
    let columns = vec![text("Objective, in order"), figures("This plan"), figures(heading), figures("Difference")];
    let rows = found.objectives.iter().enumerate().map(|(i, &(objective, value))| {
        let bound = best.objectives().get(i).map(|scored| scored.bound);
        let [bound, difference] = bound.map_or_else(
            || ["not known".to_owned(), "not known".to_owned()],
            |bound| [objective_value(objective, bound), difference(objective, gain(objective, value, bound))],
        );
        vec![objective_name(objective).to_owned(), shown(objective, value), bound, difference]
    });
    let blocks = vec![
        table("Objectives, each fixed before the next", columns, rows.collect()),
        paragraph(in_words(found, best)),
    ];
    Section { id: "distance", title: "How far is it from the best?".to_owned(), blocks }
}

fn shown(objective: Objective, value: i128) -> String {
    objective_value(objective, i64::try_from(value).unwrap_or(i64::MAX))
}

fn difference(objective: Objective, gain: i128) -> String {
    match gain {
        0 => "none".to_owned(),
        1.. => format!("{} better", shown(objective, gain)),
        _ => format!("{} worse", shown(objective, -gain)),
    }
}

fn in_words(found: &Inspection, best: &Certified) -> String {
    let later = "Objectives further down the list count only between plans that are equal so far, so a difference there \
                 does not make up for it.";
    match (weigh(found, best), best.status()) {
        (Weighed::AsGood, _) if found.breaches.is_empty() => "No allowed plan is better.".to_owned(),
        (Weighed::AsGood, _) => "Its figures are those of the best plan, but it breaks rules.".to_owned(),
        (Weighed::Short(objective), _) => {
            format!("The plan first falls short of the best in \"{}\". {later}", objective_name(objective))
        }
        (Weighed::Better(objective), _) => format!(
            "The plan is ahead of the best in \"{}\" only because it breaks rules.",
            objective_name(objective)
        ),
        (Weighed::Open, Status::Impossible) => {
            "No plan keeps every rule of this scenario; `demerge solve` says why.".to_owned()
        }
        (Weighed::Open, Status::Optimal | Status::Stopped) => {
            "The search for the best plan was stopped, so the best is not known; no plan is better than the figures under \
             \"At best\"."
                .to_owned()
        }
    }
}

fn file(claims: &Claims) -> Section {
    let mut blocks: Vec<Block> = claims.broken.iter().map(|text| Block::Warning(text.clone())).collect();
    blocks.extend(claims.holds.iter().chain(&claims.notes).map(paragraph));
    Section { id: "file", title: "Does what the file says hold?".to_owned(), blocks }
}
