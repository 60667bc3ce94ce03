//! Equality impact: what the proposal means for groups of people, with small numbers kept back in both papers.

use crate::quantity::share;
use crate::report::page::{Block, Section, figures, table, text};
use crate::report::paper::desk::{Desk, fitted, section};
use crate::report::shown::{KEPT_BACK, Shown};
use crate::report::words::{capital, percent};
use crate::study::monitor::Event;
use crate::study::paper::key::Key;

/// A characteristic with the names of its groups, in the order in which they were counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// What it is called on paper.
    pub name: String,
    /// The names of its groups.
    pub groups: Vec<String>,
}

const EVENTS: [(Event, &str); 4] = [
    (Event::Placed, "Have a post"),
    (Event::FirstChoice, "First choice of post"),
    (Event::StatedAuthority, "Council they prefer"),
    (Event::MovedEmployer, "Change employer"),
];

/// A table for each characteristic.
pub(super) fn equality(desk: &Desk<'_>, all: &[Named]) -> Option<Section> {
    if all.is_empty() {
        return None;
    }
    let mut blocks = desk.texts.blocks("equality");
    for (at, characteristic) in all.iter().enumerate() {
        blocks.push(Block::Heading(characteristic.name.clone()));
        blocks.extend(fitted(one(desk, at, characteristic)));
    }
    section(desk, "equality", "Equality impact", blocks)
}

fn one(desk: &Desk<'_>, at: usize, characteristic: &Named) -> Block {
    let mut columns = vec![text("Group"), figures("People")];
    columns.extend(EVENTS.map(|(_, heading)| figures(heading)));
    let row = |(group, name): (usize, &String)| {
        let size = desk.shown(Key::Group(at, group));
        let cells = EVENTS.map(|(event, _)| part(desk.shown(Key::Part(at, group, event)), size));
        [vec![group_name(name), size.to_string()], cells.to_vec()].concat()
    };
    // That a group has a member may itself tell who that is, so groups of unknown size are not named.
    let is_told = |group: usize| desk.figures.get(Key::Group(at, group)).is_some();
    let groups = || characteristic.groups.iter().enumerate();
    let mut rows: Vec<Vec<String>> = groups().filter(|(group, _)| is_told(*group)).map(row).collect();
    if rows.len() < characteristic.groups.len() {
        let mut others = vec!["All other groups".to_owned()];
        others.resize(columns.len(), KEPT_BACK.to_owned());
        rows.push(others);
    }
    table(format!("{}: what the proposal means for each group", characteristic.name), columns, rows)
}

/// A group as it is written in the file, or in full where that is a letter.
fn group_name(value: &str) -> String {
    match value {
        "F" | "f" => "Female".to_owned(),
        "M" | "m" => "Male".to_owned(),
        other => capital(&other.replace('_', " ")),
    }
}

/// A number with its share of the group, where both are shown.
fn part(part: Shown, of: Shown) -> String {
    match (part, of) {
        (Shown::Figure(number), Shown::Figure(of)) => {
            let whole = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
            let rate = share(whole(number), whole(of)).map(|rate| format!(" ({})", percent(rate)));
            format!("{number}{}", rate.unwrap_or_default())
        }
        (Shown::Figure(_) | Shown::Suppressed, _) => part.to_string(),
    }
}
