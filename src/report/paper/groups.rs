//! Equality impact: what the proposal means for groups of people, with small numbers kept back in both papers.

use crate::quantity::share;
use crate::report::page::{Block, Section, figures, paragraph, table, text};
use crate::report::paper::desk::{Desk, fitted, section};
use crate::report::words::{capital, joined, percent};
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

/// The rows of the table of a characteristic, as positions of its groups; none where there is no table.
pub(super) type Rows = Option<Vec<Vec<usize>>>;

/// A table for each characteristic.
pub(super) fn equality(desk: &Desk<'_>, all: &[Named], rows: &[Rows]) -> Option<Section> {
    if all.is_empty() {
        return None;
    }
    let (mut blocks, mut left_out) = (desk.texts.blocks("equality"), Vec::new());
    for (at, characteristic) in all.iter().enumerate() {
        match rows.get(at) {
            Some(Some(rows)) => {
                blocks.push(Block::Heading(characteristic.name.clone()));
                blocks.extend(fitted(one(desk, at, characteristic, rows)));
                if !is_told(desk, at) {
                    blocks.push(Block::Source(format!(
                        "What the proposal means for each of these groups is left out, because one of them has fewer than {} people.",
                        2 * desk.figures.threshold
                    )));
                }
            }
            Some(None) | None => left_out.push(characteristic.name.clone()),
        }
    }
    if !left_out.is_empty() {
        blocks.push(paragraph(format!(
            "Counted too, and left out because all groups but one are too small to be told apart: {}.",
            joined(&left_out, "and")
        )));
    }
    section(desk, "equality", "Equality impact", blocks)
}

/// Whether it is told what came of the proposal for each group.
fn is_told(desk: &Desk<'_>, at: usize) -> bool {
    desk.figures.has(Key::Part(at, 0, Event::Placed))
}

fn one(desk: &Desk<'_>, at: usize, characteristic: &Named, rows: &[Vec<usize>]) -> Block {
    let mut columns = vec![text("Group"), figures("People")];
    let events = if is_told(desk, at) { &EVENTS[..] } else { &[] };
    columns.extend(events.iter().map(|&(_, heading)| figures(heading)));
    let row = |(row, groups): (usize, &Vec<usize>)| {
        // That a small group has a member may itself tell who that is, so groups that stand together are not named.
        let name = match groups[..] {
            [group] => group_name(&characteristic.groups[group]),
            _ => "All other groups".to_owned(),
        };
        let size = Key::Group(at, row);
        let cells = events.iter().map(|&(event, _)| part(desk, Key::Part(at, row, event), size));
        [name, desk.cell(size)].into_iter().chain(cells).collect()
    };
    let rows = rows.iter().enumerate().map(row).collect();
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

/// A number with its share of the group, where both are told as they are.
fn part(desk: &Desk<'_>, part: Key, of: Key) -> String {
    let whole = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    let share = desk.figures.get(part).zip(desk.figures.get(of)).and_then(|(part, of)| share(whole(part), whole(of)));
    format!("{}{}", desk.cell(part), share.map(|rate| format!(" ({})", percent(rate))).unwrap_or_default())
}
