//! The sections of a page about one answer, in the order in which an HR officer asks.
//!
//! Each section is a function from the certified answer to blocks. The file and the terminal pick from the same ones.
//! Nobody's own pay stands on a page; it is in `placements.csv` and `plan.json`, for those who may see it.

mod answer;
mod figures;
mod impossible;
mod people;
mod pools;
mod posts;
mod record;

pub(super) use crate::report::sections::figures::{cost, fairness};
pub(crate) use crate::report::sections::people::why;
pub(super) use crate::report::sections::people::{at_risk, placements, undecided};
pub(super) use crate::report::sections::posts::{cover, empty_posts};
pub(super) use crate::report::sections::record::{proof, warnings};

use crate::case::Case;
use crate::case::scenario::Scenario;
use crate::certify::{Certified, Status};
use crate::diagnostic::{Diagnostic, Severity};
use crate::report::page::{Page, Section};
use crate::report::provenance::Provenance;
use crate::study::summary::Summary;

/// What a section is written from.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    pub(crate) case: &'a Case,
    pub(crate) scenario: &'a Scenario,
    pub(crate) certified: &'a Certified,
    pub(crate) summary: &'a Summary,
    pub(crate) diagnostics: &'a [Diagnostic],
}

impl View<'_> {
    /// Diagnostics of this severity.
    fn found(&self, severity: Severity) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter().filter(move |d| d.severity == severity)
    }
}

/// The whole page about an answer, as it is filed.
pub fn page(
    case: &Case,
    scenario: &Scenario,
    certified: &Certified,
    summary: &Summary,
    diagnostics: &[Diagnostic],
    provenance: &Provenance,
) -> Page {
    let view = View { case, scenario, certified, summary, diagnostics };
    let mut sections = match content(&view) {
        Content::Reasons => vec![answer::answer(&view), answer::reasons(&view), record::proof(&view)],
        Content::Nothing => vec![answer::answer(&view)],
        Content::Plan => vec![
            answer::answer(&view),
            people::placements(&view),
            people::at_risk(&view),
            people::undecided(&view),
            posts::vacancies(&view),
            posts::cover(&view),
            figures::preferences(&view),
            figures::matches(&view),
            figures::cost(&view),
            figures::fairness(&view),
            record::proof(&view),
        ],
    };
    sections.push(record::warnings(&view));
    sections.push(record::provenance(&view, provenance));
    Page { title: title(&view), lead: lead(scenario), sections }
}

/// The sections that a terminal shows: all but the long list of placements and the fingerprints.
pub(crate) fn screen(view: &View<'_>) -> Page {
    let sections: Vec<Section> = match content(view) {
        Content::Reasons => vec![answer::answer(view), answer::reasons(view), record::proof(view)],
        Content::Nothing => vec![answer::answer(view)],
        Content::Plan => vec![
            answer::answer(view),
            people::at_risk(view),
            people::undecided(view),
            posts::vacancies(view),
            posts::cover(view),
            figures::preferences(view),
            figures::matches(view),
            figures::cost(view),
            figures::fairness(view),
            record::proof(view),
        ],
    };
    let mut page = Page { title: title(view), lead: lead(view.scenario), sections };
    page.sections.push(record::warning_count(view));
    page
}

/// What there is to show.
enum Content {
    /// A plan.
    Plan,
    /// Why there is none.
    Reasons,
    /// Stopped before any plan was found.
    Nothing,
}

fn content(view: &View<'_>) -> Content {
    match (view.certified.status(), view.certified.plan()) {
        (Status::Impossible, _) => Content::Reasons,
        (Status::Stopped | Status::Optimal, Some(_)) => Content::Plan,
        (Status::Stopped | Status::Optimal, None) => Content::Nothing,
    }
}

fn title(view: &View<'_>) -> String {
    let id = &view.scenario.id;
    match (view.certified.status(), content(view)) {
        (Status::Optimal, _) => format!("Scenario {id}: who goes where"),
        (Status::Stopped, Content::Plan) => format!("Scenario {id}: best plan so far, not proved best"),
        (Status::Stopped, Content::Reasons | Content::Nothing) => format!("Scenario {id}: stopped, no plan found yet"),
        (Status::Impossible, _) => format!("Scenario {id}: no plan keeps every rule"),
    }
}

fn lead(scenario: &Scenario) -> String {
    match (scenario.name.is_empty(), scenario.purpose.is_empty()) {
        (true, true) => String::new(),
        (false, true) => scenario.name.clone(),
        (true, false) => scenario.purpose.clone(),
        (false, false) => format!("{} ({})", scenario.name, scenario.purpose),
    }
}
