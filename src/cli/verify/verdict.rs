//! The verdict on a plan, as a page.

use crate::case::Case;
use crate::case::answer::{Conflict, Scored};
use crate::case::goal::{Goal, Part};
use crate::case::scenario::{Objective, Scenario, Sense};
use crate::certify::{Certified, Inspection, Status};
use crate::cli::verify::claim::Claims;
use crate::report::page::{Block, Page, Section, figures, paragraph, table, text};
use crate::report::scores::{by_objective, goal_name, goal_value, values};
use crate::report::words::{count, leaf_sentence, objective_name, people};

/// How a plan stands against the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weighed {
    /// As good in every objective.
    AsGood,
    /// Falls short first in this one.
    Short(Goal),
    /// Ahead first in this one; only a plan that breaks rules can be.
    Better(Goal),
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
    first.map_or(Weighed::AsGood, |(&(goal, value), scored)| {
        if gain(goal, value, scored.value) > 0 { Weighed::Better(goal) } else { Weighed::Short(goal) }
    })
}

/// By how much the value is better than the best.
fn gain(goal: Goal, value: i128, best: i64) -> i128 {
    match goal.sense() {
        Sense::Most => value - i128::from(best),
        Sense::Least => i128::from(best) - value,
    }
}

/// The verdict.
pub(super) fn page(scenario: &Scenario, found: &Inspection, best: &Certified, claims: &Claims) -> Page {
    let title = if found.breaches.is_empty() { "this plan is allowed" } else { "this plan is not allowed" };
    let counted = |goal: Goal| goal.objective == Objective::Placed || goal.part == Part::Placed;
    let placed = found.objectives.iter().find(|&&(goal, _)| counted(goal)).map(|(_, placed)| *placed);
    let placed = placed.and_then(|placed| usize::try_from(placed).ok()).unwrap_or(found.placements.len());
    let lead = format!("{} placed, {} without a post.", people(placed), people(found.unplaced.len()));
    Page {
        title: format!("Scenario {}: {title}", scenario.id),
        lead,
        sections: vec![rules(found), distance(scenario, found, best), file(claims)],
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

fn distance(scenario: &Scenario, found: &Inspection, best: &Certified) -> Section {
    let heading = match best.status() {
        Status::Optimal => "Best",
        Status::Stopped | Status::Impossible => "At best",
    };
    let columns = vec![text("Objective, in order"), figures("This plan"), figures(heading), figures("Difference")];
    let bounds = by_objective(scenario, best.objectives(), |scored| scored.goal);
    let rows = by_objective(scenario, &found.objectives, |&(goal, _)| goal).into_iter().zip(bounds);
    let rows = rows.map(|((objective, own), (_, best_of_it))| {
        let shown = values(objective, own.iter().map(|&(goal, value)| (goal, shortened(value))));
        let [bound, difference] = if best.plan().is_none() {
            ["not known".to_owned(), "not known".to_owned()]
        } else {
            let bounds = best_of_it.iter().map(|scored| (scored.goal, scored.bound));
            [values(objective, bounds), difference(own, best_of_it)]
        };
        vec![objective_name(objective).to_owned(), shown, bound, difference]
    });
    let blocks = vec![
        table("Objectives, each fixed before the next", columns, rows.collect()),
        paragraph(in_words(found, best)),
    ];
    Section { id: "distance", title: "How far is it from the best?".to_owned(), blocks }
}

fn shortened(value: i128) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

/// The first number of an objective that differs from its bound, and by how much.
fn difference(own: &[(Goal, i128)], best: &[Scored]) -> String {
    let gains = own.iter().zip(best).map(|(&(goal, value), scored)| (goal, gain(goal, value, scored.bound)));
    let Some((goal, gain)) = gains.into_iter().find(|&(_, gain)| gain != 0) else { return "none".to_owned() };
    let way = if gain > 0 { "better" } else { "worse" };
    let by = match (goal.objective, goal.part) {
        (Objective::Bottleneck, Part::Whole) => gain.abs().to_string(),
        (_, Part::Whole | Part::Placed | Part::Rank(_)) => goal_value(goal, shortened(gain.abs())),
    };
    match goal.part {
        Part::Whole => format!("{by} {way}"),
        Part::Placed => format!("{by} placed {way}"),
        Part::Rank(rank) => format!("{by} {way} at rank {rank}"),
    }
}

fn in_words(found: &Inspection, best: &Certified) -> String {
    let later = "Objectives further down the list count only between plans that are equal so far, so a difference there \
                 does not make up for it.";
    match (weigh(found, best), best.status()) {
        (Weighed::AsGood, _) if found.breaches.is_empty() => "No allowed plan is better.".to_owned(),
        (Weighed::AsGood, _) => "Its figures are those of the best plan, but it breaks rules.".to_owned(),
        (Weighed::Short(goal), _) => {
            format!("The plan first falls short of the best in \"{}\". {later}", goal_name(goal))
        }
        (Weighed::Better(goal), _) => {
            format!("The plan is ahead of the best in \"{}\" only because it breaks rules.", goal_name(goal))
        }
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
