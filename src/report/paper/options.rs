//! Options considered: other rules and other scenarios beside the proposal.

use crate::report::page::{Block, Section, figures, paragraph, table, text};
use crate::report::paper::desk::{Desk, fitted, section};
use crate::report::paper::limits;
use crate::report::words::joined;
use crate::study::paper::gather::Name;
use crate::study::paper::key::{Key, Measure};
use crate::study::rules::Way;

/// Rules side by side, then scenarios.
pub(super) fn options(desk: &Desk<'_>) -> Option<Section> {
    let mut blocks = desk.texts.blocks("options");
    let is_rule = |name: &Name| match name {
        Name::Rule(_) => true,
        Name::Scenario(..) => false,
    };
    blocks.extend(side_by_side(desk, "The proposal beside other rules", &is_rule));
    let ways = desk.frame.others.iter().filter_map(|(name, _)| match name {
        Name::Rule(way) => Some((rule_name(*way).to_owned(), meaning(*way).to_owned())),
        Name::Scenario(..) => None,
    });
    blocks.push(Block::Definitions(ways.collect()));
    let is_scenario = |name: &Name| !is_rule(name);
    if desk.frame.others.iter().any(|(name, _)| is_scenario(name)) {
        blocks.push(Block::Heading("Other scenarios".to_owned()));
        blocks.extend(desk.texts.blocks("compared"));
        blocks.extend(side_by_side(desk, "The proposal beside other scenarios", &is_scenario));
        let others = desk.frame.others.iter().enumerate();
        let said = others.filter_map(|(at, (name, _))| match name {
            Name::Scenario(id, _) => limits::trade_off(desk, at, &format!("Scenario {id}")),
            Name::Rule(_) => None,
        });
        blocks.extend(said.map(paragraph));
    }
    blocks.extend(limits::left_out(desk));
    section(desk, "options", "Options considered", blocks)
}

fn side_by_side(desk: &Desk<'_>, caption: &str, keep: &dyn Fn(&Name) -> bool) -> Vec<Block> {
    let mut columns = vec![text("Way to allocate")];
    columns.extend(Measure::ALL.map(|measure| figures(heading(measure))));
    let own = std::iter::once("This proposal".to_owned())
        .chain(Measure::ALL.map(|measure| desk.cell(measure.own())))
        .collect::<Vec<_>>();
    let mut rows = vec![own];
    let mut without = Vec::new();
    for (at, (name, has_plan)) in desk.frame.others.iter().enumerate().filter(|(_, (name, _))| keep(name)) {
        if *has_plan {
            let cells = Measure::ALL.map(|measure| desk.cell(Key::Other(at, measure)));
            rows.push(std::iter::once(called(name)).chain(cells).collect());
        } else {
            without.push(called(name));
        }
    }
    let mut blocks = fitted(table(caption, columns, rows));
    if !without.is_empty() {
        blocks
            .push(paragraph(format!("No plan keeps every rule of this scenario under: {}.", joined(&without, "and"))));
    }
    blocks
}

/// What a way is called in a table.
fn called(name: &Name) -> String {
    match name {
        Name::Rule(way) => rule_name(*way).to_owned(),
        Name::Scenario(id, name) if name.is_empty() => format!("Scenario {id}"),
        Name::Scenario(id, name) => format!("Scenario {id}: {name}"),
    }
}

fn heading(measure: Measure) -> &'static str {
    match measure {
        Measure::Placed => "People with a post",
        Measure::Without => "Without a post",
        Measure::Empty => "Empty seats",
        Measure::Moves => "Change employer",
        Measure::Met => "Council they prefer",
        Measure::First => "First choice of post",
    }
}

fn rule_name(way: Way) -> &'static str {
    match way {
        Way::Own => "This proposal",
        Way::PreferenceInformed => "Free choice of council",
        Way::EmployerDefault => "Stay with the employer",
        Way::TimeMajority => "Where most time is spent",
        Way::Generous => "Fewest poor choices",
        Way::Greedy => "Most good choices, all placed",
        Way::RankMaximal => "Most good choices",
        Way::RankSum => "Best average choice",
        Way::Stable => "By length of service",
    }
}

fn meaning(way: Way) -> &'static str {
    match way {
        Way::Own => "as this paper proposes",
        Way::PreferenceInformed => "anybody may go to any of the councils, whatever their employer is today",
        Way::EmployerDefault => "everybody stays with the council that employs them today",
        Way::TimeMajority => "everybody goes to the council for which over half of their post's time is meant",
        Way::Generous => {
            "first as many people with a post as possible, then as few as possible at the foot of their own list"
        }
        Way::Greedy => {
            "first as many people with a post as possible, then as many as possible at the head of their own list"
        }
        Way::RankMaximal => "as many people as possible at the head of their own list, even if fewer have a post",
        Way::RankSum => {
            "first as many people with a post as possible, then the best average place on people's own lists"
        }
        Way::Stable => "people choose one after the other, those with the longest service first",
    }
}
