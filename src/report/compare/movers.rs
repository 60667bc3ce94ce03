//! Who moves between the first scenario and each other one, and at which step the place first changes.

use crate::case::Case;
use crate::case::scenario::Scenario;
use crate::report::compare::phrases::{place, step_number, turn, why};
use crate::report::page::{Block, Section, paragraph, table, text};
use crate::report::words::people;
use crate::study::compare::Comparison;
use crate::study::compare::attribution::{Difference, Open, Reached, Settled, Step};

/// The section on everyone who moves.
pub(super) fn section(case: &Case, comparison: &Comparison) -> Section {
    let mut blocks = Vec::new();
    let first = &comparison.columns[0].scenario;
    for (column, against) in comparison.columns[1..].iter().zip(&comparison.against) {
        let heading = format!("From {} to {}", first.id, column.scenario.id);
        blocks.push(Block::Heading(heading));
        match against {
            Some(found) => blocks.extend(pair(case, first, &column.scenario, found)),
            None => blocks.push(paragraph("One of the two has no plan, so nobody can be compared.")),
        }
    }
    Section { id: "movers", title: "Who moves, and at which change".to_owned(), blocks }
}

fn pair(case: &Case, from: &Scenario, to: &Scenario, found: &Difference) -> Vec<Block> {
    if found.steps.is_empty() {
        return vec![paragraph("The two scenarios ask for the same, so nobody moves.")];
    }
    let mut blocks = vec![
        paragraph(format!(
            "From {} to {} one thing is changed at a time, in this order, and the case solved each time:",
            from.id, to.id
        )),
        Block::Definitions(found.steps.iter().zip(1..).map(|(step, number)| told(case, to, step, number)).collect()),
    ];
    if found.movers.is_empty() {
        blocks.push(paragraph("Nobody moves."));
    } else {
        let columns = vec![
            text("Person"),
            text(from.id.clone()),
            text(to.id.clone()),
            text("Step"),
            text("Why the place first changes there"),
        ];
        let rows = found.movers.iter().map(|mover| {
            let step = mover.turns.first().map(step_number).unwrap_or_default();
            let code = case.people[mover.person].code.clone();
            vec![code, place(case, &mover.was), place(case, &mover.is), step, why(case, to, &found.steps, mover)]
        });
        blocks.push(table(format!("Who moves ({})", people(found.movers.len())), columns, rows.collect()));
        blocks.push(Block::Source(
            "The step is the first at which the place changes in this order of steps; in another order it may be another. It \
             says where a change comes in, and proves no cause."
                .to_owned(),
        ));
    }
    blocks.extend(undecided(case, from, to, found));
    blocks
}

fn told(case: &Case, to: &Scenario, step: &Step, number: usize) -> (String, String) {
    let what = turn(case, to, &step.turn);
    let came = match step.reached {
        Reached::Plan(0) => "nobody moves first here".to_owned(),
        Reached::Plan(1) => "1 person moves first here".to_owned(),
        Reached::Plan(moving) => format!("{} move first here", people(moving)),
        Reached::Impossible => "no plan at this point; taken together with the next step".to_owned(),
        Reached::Stopped => "a limit was reached; taken together with the next step".to_owned(),
    };
    (format!("Step {number}"), format!("{what}: {came}"))
}

/// Differences between equally good plans, which are none.
fn undecided(case: &Case, from: &Scenario, to: &Scenario, found: &Difference) -> Vec<Block> {
    let mut blocks = Vec::new();
    let columns = |last: &'static str| vec![text("Person"), text(from.id.clone()), text(to.id.clone()), text(last)];
    let row = |person, was, is, last| vec![case.people[person].code.clone(), place(case, was), place(case, is), last];
    if !found.open.is_empty() {
        let rows = found.open.iter().map(|it| row(it.person, &it.was, &it.is, open(from, to, it)));
        let caption = "Not moves: these differ only between equally good plans, and a named officer decides";
        blocks.push(table(caption, columns("Why it is no move"), rows.collect()));
    }
    if !found.settled.is_empty() {
        let rows = found.settled.iter().map(|it| row(it.person, &it.was, &it.is, settled(from, to, it)));
        let caption = "The same place in both plans, but undecided in one of the two";
        blocks.push(table(caption, columns("Undecided in"), rows.collect()));
    }
    blocks
}

fn open(from: &Scenario, to: &Scenario, open: &Open) -> String {
    match (open.was.all.contains(&open.is.shown), open.is.all.contains(&open.was.shown)) {
        (true, true) => format!("undecided in {} and {}: either place is as good in both", from.id, to.id),
        (true, false) => format!("undecided in {}: the place in {} is as good there", from.id, to.id),
        (false, true) => format!("undecided in {}: the place in {} is as good there", to.id, from.id),
        (false, false) => format!("undecided in {} and {}: another place is as good in both", from.id, to.id),
    }
}

fn settled(from: &Scenario, to: &Scenario, settled: &Settled) -> String {
    if settled.was.only().is_some() { to.id.clone() } else { from.id.clone() }
}
