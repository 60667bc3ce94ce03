//! How the answer was proved, what the input warned of, and what it was made from.

use crate::case::answer::Scored;
use crate::case::goal::Part;
use crate::case::proof::{End, MOST_ENTRIES, Node, Proof};
use crate::case::scenario::{Objective, Sense};
use crate::certify::Status;
use crate::diagnostic::Severity;
use crate::report::page::{Block, Section, figures, paragraph, table, text};
use crate::report::provenance::Provenance;
use crate::report::scores::{by_objective, goal_value, values, wanted};
use crate::report::sections::View;
use crate::report::words::{capital, count, objective_name, standing};

/// The bounds, and what it took to prove them.
pub(crate) fn proof(view: &View<'_>) -> Section {
    let objectives = view.certified.objectives();
    let mut blocks = Vec::new();
    if !objectives.is_empty() {
        let columns = vec![
            text("Objective, in order"),
            text("Wanted"),
            figures("This plan"),
            figures("Best possible"),
            text("Standing"),
        ];
        let objectives = by_objective(view.scenario, objectives, |scored| scored.goal);
        let rows = objectives.iter().map(|&(objective, scored)| {
            vec![
                objective_name(objective).to_owned(),
                wanted(objective).to_owned(),
                values(objective, scored.iter().map(|scored| (scored.goal, scored.value))),
                values(objective, scored.iter().map(|scored| (scored.goal, scored.bound))),
                standing(scored),
            ]
        });
        blocks.push(table("Objectives, each fixed before the next", columns, rows.collect()));
        blocks.extend(objectives.iter().filter_map(|&(objective, scored)| ranks(objective, scored)));
        if objectives.iter().any(|&(objective, _)| objective.profile().is_some() || objective == Objective::Bottleneck)
        {
            blocks.push(Block::Source(format!(
                "Ranks as they count: a post that a person did not list counts as rank {}; the post of someone who gave no \
                 response has no rank.",
                view.scenario.policy.unlisted_rank
            )));
        }
    }
    blocks.push(paragraph(how(view)));
    Section { id: "proof", title: "How it was proved".to_owned(), blocks }
}

/// An objective over ranks, rank by rank in the order in which they were fixed.
fn ranks(objective: Objective, scored: &[Scored]) -> Option<Block> {
    objective.profile()?;
    let columns = vec![text("Step"), text("Wanted"), figures("People"), figures("Best possible"), text("Standing")];
    let row = |one: &Scored| {
        let step = match one.goal.part {
            Part::Rank(rank) => format!("Rank {rank}"),
            Part::Whole | Part::Placed => "Placed".to_owned(),
        };
        let wanted = match one.goal.sense() {
            Sense::Most => "most",
            Sense::Least => "fewest",
        };
        let [value, bound] = [one.value, one.bound].map(|number| goal_value(one.goal, number));
        vec![step, wanted.to_owned(), value, bound, standing(std::slice::from_ref(one))]
    };
    let caption = format!("{}, each step fixed before the next", objective_name(objective));
    Some(table(caption, columns, scored.iter().map(row).collect()))
}

fn how(view: &View<'_>) -> String {
    let effort = view.certified.effort();
    let proofs = view.certified.proofs().iter().chain(view.certified.conflict().map(|conflict| &conflict.proof));
    let (mut nodes, mut steps) = (0, 0);
    for proof in proofs {
        let size = size(proof);
        nodes += size.nodes;
        steps += size.steps;
    }
    let claim = match view.certified.status() {
        Status::Optimal => "each bound above",
        Status::Stopped => "each bound above, as far as the run got",
        Status::Impossible => "that the rules leave no plan",
    };
    format!(
        "The solver worked through {} in {}. It left proofs of {} and {}. A separate checker, which shares no code with the \
         solver, multiplied them out in whole numbers and confirmed {claim}.",
        count(effort.assignments, "assignment", "assignments"),
        count(effort.nodes, "case", "cases"),
        count(nodes, "case", "cases"),
        count(steps, "step", "steps"),
    )
}

/// Whether the search ended because the proofs had all the multipliers and prices that they may have.
pub(super) fn is_full(view: &View<'_>) -> bool {
    view.certified.proofs().iter().map(|proof| size(proof).entries).sum::<usize>() >= MOST_ENTRIES
}

#[derive(Default)]
struct Size {
    nodes: u64,
    steps: u64,
    /// Multipliers and prices.
    entries: usize,
}

/// How large a proof tree of any depth is.
fn size(proof: &Proof) -> Size {
    let mut size = Size::default();
    let mut waiting: Vec<&Node> = vec![&proof.root];
    while let Some(node) = waiting.pop() {
        size.nodes += 1;
        size.steps += node.steps.len() as u64;
        size.entries += node.steps.iter().map(|step| step.multipliers.len() + step.prices.len() + 1).sum::<usize>();
        match &node.end {
            End::Closed => {}
            End::Branch(branch) => waiting.extend([&branch.inside, &branch.outside]),
        }
    }
    size
}

/// Every warning and notice from the input.
pub(crate) fn warnings(view: &View<'_>) -> Section {
    let all = view.found(Severity::Warning).chain(view.found(Severity::Notice));
    let rows: Vec<Vec<String>> = all
        .map(|d| {
            vec![
                d.code.to_owned(),
                d.severity.to_string(),
                d.place.to_string(),
                format!("{}. {}", capital(&d.title), capital(&d.why)),
            ]
        })
        .collect();
    let blocks = if rows.is_empty() {
        vec![paragraph("The input gave no warning.")]
    } else {
        let columns = vec![text("Code"), text("Kind"), text("Place"), text("What and why")];
        vec![table("Warnings and notices about the input", columns, rows)]
    };
    Section { id: "warnings", title: "Warnings from the input".to_owned(), blocks }
}

/// How many warnings there are, for a screen.
pub(super) fn warning_count(view: &View<'_>) -> Section {
    let found = view.found(Severity::Warning).count();
    let sentence = match found {
        0 => "The input gave no warning.".to_owned(),
        _ => format!(
            "The input gave {}; `demerge check CASE --scenario {}` shows {}.",
            count(found as u64, "warning", "warnings"),
            view.scenario.id,
            if found == 1 { "it" } else { "them" }
        ),
    };
    Section { id: "warnings", title: "Warnings".to_owned(), blocks: vec![paragraph(sentence)] }
}

/// Program, scenario and fingerprints of the input.
pub(super) fn provenance(view: &View<'_>, provenance: &Provenance) -> Section {
    let made = vec![
        ("Program".to_owned(), provenance.program.clone()),
        ("Scenario".to_owned(), view.scenario.id.clone()),
        ("Status".to_owned(), view.certified.status().word().to_owned()),
    ];
    let rows = provenance.inputs.iter().map(|input| vec![input.file.clone(), input.sha256.clone()]);
    let blocks = vec![
        Block::Definitions(made),
        table("Input files and their fingerprints", vec![text("File"), text("SHA-256")], rows.collect()),
        Block::Source("The same files and the same program give the same output, byte for byte.".to_owned()),
    ];
    Section { id: "provenance", title: "Where this comes from".to_owned(), blocks }
}
