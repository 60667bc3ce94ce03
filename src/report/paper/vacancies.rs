//! Pools, vacancies and cover, statutory posts, and costs: what both papers say of them.

use crate::case::StatutoryRole;
use crate::quantity::Pence;
use crate::report::page::{Block, Section, figures, paragraph, table, text};
use crate::report::paper::charts;
use crate::report::paper::desk::{Desk, fitted, section};
use crate::report::paper::opening::is_proposed;
use crate::report::words::{authority, percent, pounds};
use crate::study::paper::frame::STEP;
use crate::study::paper::key::Key;

/// People whom equally good plans place differently; `more` is what only the exempt paper says.
pub(super) fn pools(desk: &Desk<'_>, more: Vec<Block>) -> Option<Section> {
    if desk.figures.get(Key::Undecided) == Some(0) {
        return None;
    }
    let mut blocks = desk.texts.blocks("pools");
    let row = vec!["People whose place is still open".to_owned(), desk.cell(Key::Undecided)];
    let block =
        table("People whom equally good plans place differently", vec![text("Who"), figures("People")], vec![row]);
    blocks.extend(fitted(block));
    blocks.extend(more);
    section(desk, "pools", "Places that are still open", blocks)
}

/// Empty seats by authority; `more` is what only the exempt paper says.
pub(super) fn vacancies(desk: &Desk<'_>, more: Vec<Block>) -> Option<Section> {
    let mut blocks = desk.texts.blocks("vacancies");
    let row = |&(id, _, seats): &(_, u32, u32)| {
        vec![authority(desk.case, id), seats.to_string(), desk.cell(Key::EmptyAt(id))]
    };
    let mut rows: Vec<Vec<String>> = desk.frame.authorities.iter().map(row).collect();
    rows.push(vec!["All".to_owned(), desk.frame.offered.1.to_string(), desk.cell(Key::Empty)]);
    let columns = vec![text("Council"), figures("Seats on offer"), figures("Empty")];
    blocks.extend(fitted(table("Empty seats by council", columns, rows)));
    blocks.extend(charts::vacancies(desk));
    blocks.extend(more);
    section(desk, "vacancies", "Vacancies and cover", blocks)
}

/// Posts that carry a role that the law asks for; `more` is what only the exempt paper says.
pub(super) fn statutory(desk: &Desk<'_>, more: Vec<Block>) -> Option<Section> {
    let proposed = desk.case.posts.values().filter(|post| is_proposed(desk, post));
    let rows: Vec<Vec<String>> = proposed
        .filter_map(|post| {
            let role = post.statutory_role?;
            Some(vec![
                format!("{} {}", post.code, post.title),
                authority(desk.case, post.authority),
                role_name(role).to_owned(),
            ])
        })
        .collect();
    if rows.is_empty() && more.is_empty() {
        return None;
    }
    let mut blocks = desk.texts.blocks("statutory");
    let columns = vec![text("Post"), text("Council"), text("Role")];
    blocks.push(table("Posts that carry a statutory role", columns, rows));
    blocks.extend(more);
    section(desk, "statutory", "Statutory posts", blocks)
}

fn role_name(role: StatutoryRole) -> &'static str {
    match role {
        StatutoryRole::Hops => "Head of paid service",
        StatutoryRole::Mo => "Monitoring officer",
        StatutoryRole::S151 => "Chief finance officer (section 151)",
    }
}

/// The sum of pay, and what was agreed about money; `more` is what only the exempt paper says.
pub(super) fn costs(desk: &Desk<'_>, more: Vec<Block>) -> Option<Section> {
    let mut blocks = desk.texts.blocks("costs");
    blocks.push(match rounded_cost(desk) {
        Some(cost) => paragraph(format!("The proposal costs {cost} a year.")),
        None => paragraph("The sum is not published, because it is the pay of few people."),
    });
    blocks.extend(scales(desk));
    let agreed: Vec<Vec<String>> = desk
        .case
        .authorities
        .iter()
        .filter(|(_, it)| it.cost_share.is_some() || it.budget.is_some())
        .map(|(id, it)| {
            let none = || "none".to_owned();
            let share = it.cost_share.map_or_else(none, percent);
            vec![authority(desk.case, id), share, it.budget.map_or_else(none, pounds)]
        })
        .collect();
    if !agreed.is_empty() {
        let columns = vec![text("Council"), figures("Share of joint cost today"), figures("Pay budget a year")];
        blocks.push(table("What was agreed about cost", columns, agreed));
    }
    blocks.extend(more);
    section(desk, "costs", "Costs", blocks)
}

/// What the seats on offer cost, whoever holds them: from the list of posts alone, so nothing of it is kept back.
fn scales(desk: &Desk<'_>) -> Vec<Block> {
    let on_cost = 10_000 + i64::from(desk.scenario.policy.on_cost.0);
    let told = |Pence(pay): Pence| rounded((pay * on_cost / 10_000 + STEP.0 / 2).div_euclid(STEP.0) * STEP.0);
    let seats = |id| desk.frame.authorities.iter().find(|line| line.0 == id).map_or(0, |line| line.2);
    let row = |name: String, seats: u32, scales: [Pence; 2]| {
        std::iter::once(name).chain([seats.to_string()]).chain(scales.map(told)).collect::<Vec<String>>()
    };
    let mut rows: Vec<Vec<String>> =
        desk.frame.scales.iter().map(|&(id, scales)| row(authority(desk.case, id), seats(id), scales)).collect();
    let all = [0, 1].map(|end| Pence(desk.frame.scales.iter().map(|(_, scales)| scales[end].0).sum()));
    rows.push(row("All".to_owned(), desk.frame.offered.1, all));
    let columns = vec![
        text("Council"),
        figures("Seats on offer"),
        figures("At the bottom of each scale"),
        figures("At the top of each scale"),
    ];
    let source = "Every seat counted as if it were filled, with on-cost, to the nearest £100,000.";
    vec![table("What the structures cost a year", columns, rows), Block::Source(source.to_owned())]
}

/// The sum of pay as this paper tells it; `None` where it does not.
pub(super) fn rounded_cost(desk: &Desk<'_>) -> Option<String> {
    desk.frame.cost.map(|cost| match desk.frame.steps {
        None => pounds(cost),
        Some(_) => format!("about {}", rounded(cost.0)),
    })
}

/// A sum in steps of £100,000, as it is said: "£2.7 million", "£600,000".
fn rounded(pence: i64) -> String {
    let steps = pence / 10_000_000;
    match (steps / 10, steps % 10) {
        (0, 0) => "less than £50,000".to_owned(),
        (0, hundreds) => format!("£{hundreds}00,000"),
        (millions, 0) => format!("£{millions} million"),
        (millions, tenths) => format!("£{millions}.{tenths} million"),
    }
}
