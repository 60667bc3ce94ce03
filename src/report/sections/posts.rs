//! Empty seats, and who gives statutory cover.

use crate::report::page::{Block, Column, Section, figures, paragraph, table, text};
use crate::report::sections::View;
use crate::report::words::{authority, authority_code, joined, person, post};
use crate::study::summary::Seats;

/// Empty seats by post, authority, service and grade.
pub(super) fn vacancies(view: &View<'_>) -> Section {
    let (case, summary) = (view.case, view.summary);
    let mut blocks = Vec::new();
    let by_authority = summary.authorities.iter().map(|line| row(authority(case, line.authority), line.seats));
    blocks.push(table("Empty seats by authority", columns("Authority"), by_authority.collect()));
    let empty = |seats: &Seats| seats.empty > 0;
    let by_service = summary.services.iter().filter(|line| empty(&line.1));
    let by_service: Vec<_> = by_service.map(|(service, seats)| row(service.clone(), *seats)).collect();
    let by_grade = summary.grades.iter().filter(|line| empty(&line.1));
    let by_grade: Vec<_> = by_grade.map(|(grade, seats)| row(case.grades[*grade].code.clone(), *seats)).collect();
    if by_service.is_empty() {
        blocks.push(paragraph("No seat is empty."));
    } else {
        blocks.push(table("Empty seats by service", columns("Service"), by_service));
        blocks.push(Block::Source(
            "Only services with an empty seat. A post with several services counts in each of them.".to_owned(),
        ));
        blocks.push(table("Empty seats by grade", columns("Grade"), by_grade));
        blocks.push(Block::Source("Only grades with an empty seat.".to_owned()));
        blocks.push(by_post(view));
    }
    Section { id: "vacancies", title: "Vacancies".to_owned(), blocks }
}

fn columns(of: &'static str) -> Vec<Column> {
    vec![text(of), figures("Seats on offer"), figures("Empty")]
}

fn row(name: String, seats: Seats) -> Vec<String> {
    vec![name, seats.seats.to_string(), seats.empty.to_string()]
}

fn by_post(view: &View<'_>) -> Block {
    let columns = vec![text("Post"), text("Authority"), text("Grade"), text("Criticality"), figures("Empty")];
    let rows = view.certified.vacancies().into_iter().map(|(id, seats)| {
        let record = &view.case.posts[id];
        vec![
            post(view.case, id),
            authority_code(view.case, record.authority).to_owned(),
            view.case.grades[record.grade].code.clone(),
            record.criticality.to_string(),
            seats.to_string(),
        ]
    });
    table("Posts with empty seats", columns, rows.collect())
}

/// Who can hold each statutory role, by authority.
pub(super) fn cover(view: &View<'_>) -> Section {
    let cover = &view.summary.cover;
    let blocks = if cover.is_empty() {
        vec![paragraph("The scenario asks for no statutory role.")]
    } else {
        let columns = vec![text("Authority and role"), text("Status"), text("Held by")];
        let rows = cover.iter().map(|entry| {
            let holders =
                entry.holders.iter().map(|&(who, at)| format!("{} in {}", person(view.case, who), post(view.case, at)));
            let holders = joined(&holders.collect::<Vec<_>>(), "or");
            let status = if holders.is_empty() { "not covered" } else { "covered" };
            vec![
                format!("{}: {}", authority_code(view.case, entry.authority), entry.role),
                status.to_owned(),
                if holders.is_empty() { "nobody in this plan".to_owned() } else { holders },
            ]
        });
        vec![
            table("Statutory cover by authority and role", columns, rows.collect()),
            Block::Source(format!(
                "Covered: someone who may hold the role is placed in a post of that authority in tiers 1 to {}.",
                view.scenario.statutory_cover.max_tier
            )),
        ]
    };
    Section { id: "cover", title: "Statutory cover".to_owned(), blocks }
}
