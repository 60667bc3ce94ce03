//! Empty seats, and who gives statutory cover.

use crate::report::page::{Block, Column, Section, figures, paragraph, table, text};
use crate::report::sections::View;
use crate::report::vacancies::{singles, uncovered, why};
use crate::report::words::{authority, authority_code, joined, person, post};
use crate::study::summary::Seats;
use crate::study::vacancies::Vacancy;

/// Empty seats by post, authority, service and grade.
pub(crate) fn vacancies(view: &View<'_>) -> Section {
    let (case, summary) = (view.case, view.summary);
    let mut blocks = Vec::new();
    let by_authority = summary.authorities.iter().map(|line| row(authority(case, line.authority), line.seats));
    blocks.push(table("Empty seats by authority", columns("Authority"), by_authority.collect()));
    let empty = |seats: &Seats| seats.empty > 0;
    let by_service = summary.services.iter().filter(|line| empty(&line.1));
    let by_service: Vec<_> = by_service.map(|(service, seats)| row(service.clone(), *seats)).collect();
    let by_grade = summary.grades.iter().filter(|line| empty(&line.1));
    let by_grade: Vec<_> = by_grade.map(|(grade, seats)| row(case.grades[*grade].code.clone(), *seats)).collect();
    if !by_service.is_empty() {
        blocks.push(table("Empty seats by service", columns("Service"), by_service));
        blocks.push(Block::Source(
            "Only services with an empty seat. A post with several services counts in each of them.".to_owned(),
        ));
        blocks.push(table("Empty seats by grade", columns("Grade"), by_grade));
        blocks.push(Block::Source("Only grades with an empty seat.".to_owned()));
    }
    blocks.extend(empty_posts(view));
    Section { id: "vacancies", title: "Vacancies".to_owned(), blocks }
}

/// Each post with an empty seat, and why it has one.
pub(crate) fn empty_posts(view: &View<'_>) -> Vec<Block> {
    if view.certified.vacancies().is_empty() {
        return vec![paragraph("No seat is empty.")];
    }
    let mut blocks = vec![by_post(view)];
    blocks.extend(reasons(view));
    blocks
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

/// Why each of these posts has an empty seat.
fn reasons(view: &View<'_>) -> Vec<Block> {
    let Some(found) = &view.summary.vacancies else { return Vec::new() };
    let row = |it: &Vacancy| vec![view.case.posts[it.post].code.clone(), why(view.case, view.scenario, it)];
    let rows = found.posts.iter().map(row).collect();
    let mut blocks = vec![table("Why these posts have an empty seat", vec![text("Post"), text("Why")], rows)];
    if !found.complete {
        blocks.push(Block::Warning("Not every question was settled, so some reasons are incomplete.".to_owned()));
    }
    blocks
}

/// Why roles have no holder, and what hangs on one person.
fn hanging(view: &View<'_>) -> Vec<Block> {
    let Some(found) = &view.summary.vacancies else { return Vec::new() };
    let mut blocks = Vec::new();
    for it in &found.uncovered {
        let heading = format!("Why {} has nobody for {}", authority_code(view.case, it.authority), it.role);
        blocks.push(Block::Heading(heading));
        blocks.push(Block::List(uncovered(view.case, it)));
    }
    let lines = singles(view.case, found);
    if !lines.is_empty() {
        blocks.push(Block::Heading("What hangs on one person".to_owned()));
        blocks.push(Block::List(lines));
        let sentence =
            "Functions in which one person is placed, and statutory roles that one person placed there may hold.";
        blocks.push(Block::Source(sentence.to_owned()));
    }
    blocks
}

/// Who can hold each statutory role, by authority.
pub(crate) fn cover(view: &View<'_>) -> Section {
    let cover = &view.summary.cover;
    let mut blocks = if cover.is_empty() {
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
    blocks.extend(hanging(view));
    Section { id: "cover", title: "Statutory cover".to_owned(), blocks }
}
