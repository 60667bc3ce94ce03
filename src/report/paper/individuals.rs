//! What only the exempt paper says: who goes where, who is at risk, which post is empty, and why.

use crate::report::explain;
use crate::report::page::{Block, Page, Section, figures, table, text};
use crate::report::price;
use crate::report::sections::{self, View};
use crate::report::words::{count, pounds};
use crate::study::explain::Explanation;
use crate::study::price::{Altered, Prices, Row, Worth};

/// The blocks of a page, under its sections' titles.
fn flattened(page: Page) -> Vec<Block> {
    let one = |section: Section| std::iter::once(Block::Heading(section.title)).chain(section.blocks);
    page.sections.into_iter().flat_map(one).collect()
}

/// What each rule costs. An objective that is best where nobody is placed is not tried first: its line would say only that.
pub(super) fn prices(view: &View<'_>, prices: &Prices) -> Vec<Block> {
    let placed = |worth: &Worth| worth.best().map_or(0, |best| best.plan.placed().count());
    let enough = placed(&prices.base) / 2;
    let is_told = |row: &&Row| match row.altered {
        Altered::First(_) => placed(&row.worth) >= enough,
        Altered::Clause(_)
        | Altered::Pin(_)
        | Altered::Link(_)
        | Altered::Released(_)
        | Altered::AllReleased
        | Altered::EveryAuthority
        | Altered::OneGradeDown
        | Altered::EveryPromotion => true,
    };
    let rows: Vec<Row> = prices.rows.iter().filter(is_told).cloned().collect();
    let left_out = prices.rows.len() - rows.len();
    let told = Prices { base: prices.base.clone(), rows };
    let mut blocks = vec![Block::Heading("What each rule costs".to_owned())];
    blocks.extend(flattened(price::page(view.case, view.scenario, &told, None)));
    if left_out > 0 {
        let what = count(left_out as u64, "objective is", "objectives are");
        blocks.push(Block::Source(format!(
            "{what} not put first here, because a plan that places hardly anybody would be the best by it."
        )));
    }
    blocks
}

/// Who is in which pool, and each way to settle it.
pub(super) fn pools(view: &View<'_>) -> Vec<Block> {
    sections::undecided(view).blocks
}

/// Which posts have an empty seat, and why.
pub(super) fn vacancies(view: &View<'_>) -> Vec<Block> {
    sections::empty_posts(view)
}

/// Who can hold each statutory role, and what hangs on one person.
pub(super) fn cover(view: &View<'_>) -> Vec<Block> {
    sections::cover(view).blocks
}

/// Cost by authority, and rules of fairness as measured.
pub(super) fn costs(view: &View<'_>) -> Vec<Block> {
    let mut blocks = sections::cost(view).blocks;
    if !view.summary.fairness.is_empty() {
        blocks.push(Block::Heading("Rules of fairness, as measured".to_owned()));
        blocks.extend(sections::fairness(view).blocks);
    }
    blocks
}

/// Everyone without a post, with their pay, for those who have to find the money.
pub(super) fn at_risk(view: &View<'_>) -> Section {
    let mut section = sections::at_risk(view);
    let people = &view.summary.at_risk;
    if !people.is_empty() {
        let row = |entry: &crate::study::summary::AtRisk| {
            let person = &view.case.people[entry.person];
            let service = person.service_years.map_or_else(|| "not stated".to_owned(), |years| years.to_string());
            vec![person.code.clone(), pounds(person.salary), person.fte.to_string(), service]
        };
        let columns =
            vec![text("Person"), figures("Full-time salary"), figures("Hours (FTE)"), figures("Years of service")];
        section.blocks.push(table(
            "Pay and service of people without a post",
            columns,
            people.iter().map(row).collect(),
        ));
    }
    section
}

/// Everyone with a post.
pub(super) fn placements(view: &View<'_>) -> Section {
    sections::placements(view)
}

/// Why each person is where they are, and why not elsewhere.
pub(super) fn explanations(view: &View<'_>, told: &[Explanation]) -> Option<Section> {
    let mut blocks = Vec::new();
    for explanation in told {
        blocks.push(Block::Heading(view.case.people[explanation.person].code.clone()));
        let said = explain::sections(view.case, view.scenario, explanation);
        blocks.extend(said.into_iter().flat_map(|section| section.blocks));
    }
    let title = "Appendix: each outcome explained".to_owned();
    (!blocks.is_empty()).then_some(Section { id: "explanations", title, blocks })
}

/// How it was proved, and what the input warned of.
pub(super) fn proof(view: &View<'_>) -> Vec<Block> {
    let mut blocks = vec![Block::Heading("How it was proved".to_owned())];
    blocks.extend(sections::proof(view).blocks);
    blocks.push(Block::Heading("Warnings from the input".to_owned()));
    blocks.extend(sections::warnings(view).blocks);
    blocks
}
