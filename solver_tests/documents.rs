//! A document with every kind of block, for the tests of the writers.

use std::path::Path;

use demerge::files;
use demerge::load::{self, Want};
use demerge::report::document::{Audience, Document, spoken};
use demerge::report::page::{Block, Page, Section, figures, paragraph, table, text};
use demerge::report::provenance::Provenance;
use demerge::report::sections;
use demerge::report::svg::{Anchor, Drawing, Shade, Stroke};
use demerge::solve::{Limits, Solver};
use demerge::study::summary::summarise;
use demerge::study::variant::Variant;
use jiff::civil::date;

/// Two sections that hold every kind of block, letters beyond ASCII and marks that a format could mistake for its own.
pub(crate) fn sample() -> Document {
    let columns = || vec![text("Post"), text("Title"), figures("FTE"), figures("Salary")];
    let row = |cells: [&str; 4]| cells.map(str::to_owned).to_vec();
    let rows = vec![
        row(["A01", "Chief Executive & Head of Paid Service", "1.00", "£100,879"]),
        row(["A02", "Monitoring Officer <interim>", "0.60", "[c]"]),
        row(["=A03", "", "1.25", "£7,400.50"]),
    ];
    let mut drawing = Drawing::new(320, 120, "Vacancies by authority", "Brackmere has 4 vacancies, Southfen 6.");
    drawing.line(&[(20, 100), (300, 100)], Stroke::Thin);
    drawing.block((40, 60), (60, 40), Shade::Light);
    drawing.block((160, 40), (60, 60), Shade::Dark);
    drawing.words((70, 115), Anchor::Middle, "Brackmere: 4");
    drawing.words((190, 115), Anchor::Middle, "Southfen: 6");
    let proposal = vec![
        paragraph("Of 47 people, 38 are offered a post – \"fair and reasonable\" in the agreement’s words."),
        Block::Heading("Posts on offer".to_owned()),
        table("Posts on offer", columns(), rows),
        Block::Source("posts.csv".to_owned()),
        Block::List(vec!["first point".to_owned(), "second point & more".to_owned()]),
    ];
    let vacancies = vec![
        Block::Drawing(drawing),
        table(
            "Vacancies by authority",
            vec![text("Authority"), figures("Vacancies")],
            vec![vec!["Brackmere".to_owned(), "4".to_owned()], vec!["Southfen".to_owned(), "6".to_owned()]],
        ),
        Block::Warning("Two pools are not settled yet.".to_owned()),
        Block::Note("Figures below 5 are shown as [c].".to_owned()),
        Block::Definitions(vec![("slot-in".to_owned(), "a post that one person holds a claim to".to_owned())]),
    ];
    let section = |id, title: &str, blocks| Section { id, title: title.to_owned(), blocks };
    Document {
        page: Page {
            title: "Proposed interim structures".to_owned(),
            lead: "Consultation paper".to_owned(),
            sections: vec![section("proposal", "Proposal", proposal), section("vacancies", "Vacancies", vacancies)],
        },
        audience: Audience::Public,
        draft: 2,
        date: date(2021, 3, 5),
        organisation: "Brackmere District Council and Southfen District Council".to_owned(),
        program: "demerge 0.1.0".to_owned(),
    }
}

/// The whole page about S1 of case47, as a document: long tables, wide ones, and a drawing that no upright page holds.
pub(crate) fn case47() -> Document {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/case47");
    let sources = files::read_case(&folder).expect("the case is in the repository");
    let loaded = load::load(&sources, Want::Solve(Some("S1"))).expect("the case has no errors");
    let (case, scenario) = (&loaded.case, &loaded.scenarios[0]);
    let limits = Limits { solver: Solver::Network, should_stop: &|| false };
    let certified = Variant::of(case, scenario).answer(&limits).expect("the checker confirms the solver");
    let summary = summarise(case, scenario, &certified);
    let provenance = Provenance::new([("people.csv", &b"P01"[..])]);
    let mut page = sections::page(case, scenario, &certified, &summary, &loaded.diagnostics, &provenance);
    let mut wide = Drawing::new(1_100, 90, "Who goes where", "38 people on a line.");
    wide.line(&[(20, 45), (1_080, 45)], Stroke::Heavy);
    wide.words((550, 35), Anchor::Middle, "From Brackmere to Southfen: 3 people");
    page.sections[1].blocks.insert(0, Block::Drawing(wide));
    Document { page, audience: Audience::Exempt, ..sample() }
}

#[test]
fn footer_names_marking_draft_and_day() {
    assert_eq!(sample().footer(), "Public · Draft 2 · 5 March 2021");
    assert_eq!(spoken(date(2026, 11, 22)), "22 November 2026");
}
