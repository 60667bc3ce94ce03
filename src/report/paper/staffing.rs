//! Staffing implications by authority, grade and service, and where each employer's people go.

use crate::id::GradeId;
use crate::report::page::{Block, Section, figures, table, text};
use crate::report::paper::charts;
use crate::report::paper::desk::{Desk, fitted, left_out, section};
use crate::report::words::authority;
use crate::study::paper::frame::Row;
use crate::study::paper::key::Key;

/// What the proposal means for staff.
pub(super) fn staffing(desk: &Desk<'_>) -> Option<Section> {
    let mut blocks = desk.texts.blocks("staffing");
    blocks.push(Block::Heading("By council".to_owned()));
    blocks.extend(fitted(by_authority(desk)));
    blocks.extend(fitted(flows(desk)));
    blocks.extend(charts::flows(desk));
    blocks.push(Block::Heading("By grade".to_owned()));
    blocks.extend(by_grade(desk));
    blocks.push(Block::Heading("By service".to_owned()));
    blocks.extend(by_service(desk));
    blocks.push(Block::Source(
        "Services are named as in posts.csv. A post with several services counts in each of them.".to_owned(),
    ));
    section(desk, "staffing", "What it means for staff", blocks)
}

fn by_authority(desk: &Desk<'_>) -> Block {
    let columns = vec![
        text("Council"),
        figures("Employs today"),
        figures("Seats on offer"),
        figures("People placed"),
        figures("Empty seats"),
    ];
    let row = |&(id, _, seats): &(_, u32, u32)| {
        let [staff, at, empty] = [Key::Staff(id), Key::At(id), Key::EmptyAt(id)].map(|key| desk.cell(key));
        vec![authority(desk.case, id), staff, seats.to_string(), at, empty]
    };
    let mut rows: Vec<Vec<String>> = desk.frame.authorities.iter().map(row).collect();
    let [placed, empty] = [Key::Placed, Key::Empty].map(|key| desk.cell(key));
    let seats = desk.frame.offered.1.to_string();
    rows.push(vec!["All".to_owned(), desk.figures.people.to_string(), seats, placed, empty]);
    table("People and seats by council", columns, rows)
}

/// The figures of the chart that shows where each employer's people go.
fn flows(desk: &Desk<'_>) -> Block {
    let ids: Vec<_> = desk.case.authorities.ids().collect();
    let mut columns = vec![text("Employed today by")];
    columns.extend(ids.iter().map(|&id| figures(format!("Go to {}", authority(desk.case, id)))));
    columns.push(figures("Without a post"));
    let row = |&from: &_| {
        let places = ids.iter().map(|&to| Some(to)).chain(std::iter::once(None));
        let cells = places.map(|to| desk.cell(Key::Flow(from, to)));
        std::iter::once(authority(desk.case, from)).chain(cells).collect::<Vec<String>>()
    };
    let mut rows: Vec<Vec<String>> = ids.iter().map(row).collect();
    let all = ids.iter().map(|&id| Key::At(id)).chain(std::iter::once(Key::Without)).map(|key| desk.cell(key));
    rows.push(std::iter::once("All".to_owned()).chain(all).collect());
    table("Where each employer's people go", columns, rows)
}

/// Grades from the lowest to the highest of a row.
fn called(desk: &Desk<'_>, grades: &[GradeId]) -> String {
    let code = |grade: &GradeId| desk.case.grades[*grade].code.clone();
    match grades {
        [] => String::new(),
        [one] => code(one),
        [first, .., last] => format!("{} to {}", code(first), code(last)),
    }
}

fn by_grade(desk: &Desk<'_>) -> Vec<Block> {
    let row = |row: &Row<Vec<GradeId>>| {
        let cells = row.keys.map(|keys| keys.map(|key| desk.cell(key)).to_vec());
        [vec![called(desk, &row.of), row.seats.to_string()], cells.unwrap_or_default()].concat()
    };
    let columns =
        vec![text("Grade of the post"), figures("Seats on offer"), figures("With a holder"), figures("Empty")];
    if desk.frame.grades.is_empty() {
        return vec![left_out("Seats by grade")];
    }
    let mut blocks = fitted(table("Seats by grade", columns, desk.frame.grades.iter().map(row).collect()));
    if desk.frame.grades.iter().any(|row| row.of.len() > 1) {
        blocks.push(Block::Source(
            "Grades stand together where one alone has too few seats. The list of posts has every grade.".to_owned(),
        ));
    }
    blocks
}

/// Every service with its seats; those with a holder only where so many work in it that they can be counted.
fn by_service(desk: &Desk<'_>) -> Vec<Block> {
    let name = |row: &Row<String>| row.of.replace('_', " ");
    let (columns, rows) = (vec![text("Service"), figures("Seats on offer")], desk.frame.services.iter());
    let told: Vec<Vec<String>> = rows
        .clone()
        .filter_map(|row| {
            let cells = row.keys?.map(|key| desk.cell(key)).to_vec();
            Some([vec![name(row), row.seats.to_string()], cells].concat())
        })
        .collect();
    let all_columns = || [columns.clone(), vec![figures("With a holder"), figures("Empty")]].concat();
    if told.len() == desk.frame.services.len() {
        return fitted(table("Seats by service", all_columns(), told));
    }
    let mut blocks = vec![table(
        "Seats by service",
        columns.clone(),
        rows.map(|row| vec![name(row), row.seats.to_string()]).collect(),
    )];
    if told.is_empty() {
        blocks.push(Block::Source(
            "How many of them would be filled is not said service by service, because most services have too few seats.".to_owned(),
        ));
    } else {
        blocks.extend(fitted(table(
            "Larger services, and how many of their seats would be filled",
            all_columns(),
            told,
        )));
        blocks.push(Block::Source("Services with too few seats are not in this table.".to_owned()));
    }
    blocks
}
