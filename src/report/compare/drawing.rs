//! Where each employer's people go, as a drawing for each scenario with the same figures in a table.

use crate::case::Case;
use crate::report::charts::{Band, flow};
use crate::report::compare::phrases::because;
use crate::report::page::{Block, Section, figures as number_column, paragraph, table, text};
use crate::report::shown::Shown;
use crate::report::svg::Drawing;
use crate::report::words::{authority, authority_code};
use crate::study::compare::figures::{Destination, Flow};
use crate::study::compare::{Column, Comparison, Made};

/// The section with a drawing and a table for each scenario.
pub(super) fn section(case: &Case, comparison: &Comparison) -> Section {
    let mut blocks = Vec::new();
    for column in &comparison.columns {
        let scenario = &column.scenario;
        blocks.push(Block::Heading(format!("{}: {}", scenario.id, scenario.name)));
        match &column.made {
            Made::Plan(figures) => {
                blocks.push(Block::Drawing(flow_drawing(case, &scenario.id, &figures.flows)));
                blocks.push(flow_table(case, column, &figures.flows));
            }
            Made::Impossible(leaves) => {
                blocks.push(paragraph(format!("No plan keeps {}.", because(case, scenario, leaves))));
            }
            Made::Stopped => blocks.push(paragraph("A limit was reached before the best plan was proved.")),
        }
    }
    Section { id: "flows", title: "Where each employer's people go".to_owned(), blocks }
}

fn flow_table(case: &Case, column: &Column, flows: &[Flow]) -> Block {
    let row = |flow: &Flow| vec![authority(case, flow.from), destination(case, flow.to), flow.people.to_string()];
    let columns = vec![text("Present employer"), text("Goes to"), number_column("People")];
    table(format!("{}: from the present employer", column.scenario.id), columns, flows.iter().map(row).collect())
}

/// A destination in words.
pub(super) fn destination(case: &Case, to: Destination) -> String {
    match to {
        Destination::Own(id) => format!("{}, own posts", authority_code(case, id)),
        Destination::Shared(id) => format!("{}, retained shared posts", authority_code(case, id)),
        Destination::AtRisk => "no post (at risk)".to_owned(),
    }
}

/// People of each employer on the left, where they go on the right, and a band for each flow.
pub fn flow_drawing(case: &Case, id: &str, flows: &[Flow]) -> Drawing {
    let band = |flow: &Flow| Band {
        from: authority_code(case, flow.from).to_owned(),
        to: destination(case, flow.to),
        people: Shown::Figure(flow.people as u64),
    };
    // Destinations stand in their own order, whoever goes there first.
    let mut order: Vec<Destination> = flows.iter().map(|flow| flow.to).collect();
    order.sort_unstable();
    order.dedup();
    let order: Vec<String> = order.into_iter().map(|to| destination(case, to)).collect();
    let bands: Vec<Band> = flows.iter().map(band).collect();
    flow(&format!("Scenario {id}: from the present employer to the proposed authority"), &bands, &order)
}
