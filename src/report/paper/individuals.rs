//! What only the exempt paper says: who goes where, who is at risk, which post is empty, and why.

use crate::report::explain;
use crate::report::page::{Block, Page, Section, figures, table, text};
use crate::report::price;
use crate::report::sections::{self, View};
use crate::report::words::pounds;
use crate::study::explain::Explanation;
use crate::study::paper::gather::Gathered;

/// The blocks of a page, under its sections' titles.
fn flattened(page: Page) -> Vec<Block> {
    let one = |section: Section| std::iter::once(Block::Heading(section.title)).chain(section.blocks);
    page.sections.into_iter().flat_map(one).collect()
}

/// What each rule costs.
pub(super) fn prices(view: &View<'_>, gathered: &Gathered) -> Vec<Block> {
    let mut blocks = vec![Block::Heading("What each rule costs".to_owned())];
    blocks.extend(flattened(price::page(view.case, view.scenario, &gathered.prices, None)));
    blocks
}

/// Who is in which pool, and each way to settle it.
pub(super) fn pools(view: &View<'_>) -> Vec<Block> {
    sections::undecided(view).blocks
}

/// Which posts have an empty seat, and why.
pub(super) fn vacancies(view: &View<'_>) -> Vec<Block> {
    sections::vacancies(view).blocks
}

/// Who can hold each statutory role, and what hangs on one person.
pub(super) fn cover(view: &View<'_>) -> Vec<Block> {
    sections::cover(view).blocks
}

/// Cost by authority, and rules of fairness as measured.
pub(super) fn costs(view: &View<'_>) -> Vec<Block> {
    let mut blocks = sections::cost(view).blocks;
    blocks.push(Block::Heading("Rules of fairness, as measured".to_owned()));
    blocks.extend(sections::fairness(view).blocks);
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
