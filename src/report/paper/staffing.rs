//! Staffing implications by authority, grade and service, and where each employer's people go.

use crate::report::page::{Block, Section, figures, paragraph, table, text};
use crate::report::paper::charts;
use crate::report::paper::desk::{Desk, fitted, section};
use crate::report::words::authority;
use crate::study::paper::key::Key;

/// What the proposal means for staff.
pub(super) fn staffing(desk: &Desk<'_>) -> Option<Section> {
    let mut blocks = desk.texts.blocks("staffing");
    blocks.push(Block::Heading("By council".to_owned()));
    blocks.extend(fitted(by_authority(desk)));
    blocks.extend(fitted(flows(desk)));
    blocks.extend(charts::flows(desk));
    blocks.push(Block::Heading("By grade".to_owned()));
    blocks.extend(fitted(by_grade(desk)));
    blocks.push(Block::Heading("By service".to_owned()));
    if (0..desk.frame.services.len()).any(|at| desk.figures.get(Key::ServiceFilled(at)).is_some()) {
        blocks.extend(fitted(by_service(desk)));
        blocks.push(Block::Source(
            "Services are named as in posts.csv. A post with several services counts in each of them.".to_owned(),
        ));
    } else {
        blocks.push(paragraph(
            "No figures are published by service: a service has one seat or a few, so they would be about one person or a few.",
        ));
    }
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

fn by_grade(desk: &Desk<'_>) -> Block {
    let row = |(grade, seats): &(_, u32)| {
        let cells = [Key::GradeFilled(*grade), Key::GradeEmpty(*grade)].map(|key| desk.cell(key));
        [vec![desk.case.grades[*grade].code.clone(), seats.to_string()], cells.to_vec()].concat()
    };
    let columns =
        vec![text("Grade of the post"), figures("Seats on offer"), figures("With a holder"), figures("Empty")];
    table("Seats by grade", columns, desk.frame.grades.iter().map(row).collect())
}

fn by_service(desk: &Desk<'_>) -> Block {
    let row = |(at, (service, seats)): (usize, &(String, u32))| {
        let cells = [Key::ServiceFilled(at), Key::ServiceEmpty(at)].map(|key| desk.cell(key));
        [vec![service.replace('_', " "), seats.to_string()], cells.to_vec()].concat()
    };
    let columns = vec![text("Service"), figures("Seats on offer"), figures("With a holder"), figures("Empty")];
    table("Seats by service", columns, desk.frame.services.iter().enumerate().map(row).collect())
}
