//! HTML of a document: cover, contents, counted captions, marking on paper, and nothing that could break out of its place.

use std::collections::BTreeSet;
use std::path::Path;

use demerge::report::document::{Audience, Document};
use demerge::report::html::write_document;
use demerge::report::provenance::Provenance;
use demerge::report::sections;
use demerge::study::summary::summarise;
use demerge::study::variant::Variant;
use jiff::civil::date;

use crate::documents::sample;
use crate::price::{LIMITS, loaded};

/// The page of a certified answer as a document for those who may see exempt information.
pub(crate) fn answer(folder: &str, id: &str) -> Document {
    let (case, scenario) = loaded(folder, id);
    let certified = Variant::of(&case, &scenario).answer(&LIMITS).expect("certified");
    let summary = summarise(&case, &scenario, &certified);
    let provenance = Provenance::new([("people.csv", b"made up".as_slice())]);
    Document {
        page: sections::page(&case, &scenario, &certified, &summary, &[], &provenance),
        audience: Audience::Exempt,
        draft: 3,
        date: date(2021, 3, 5),
        organisation: "Brackmere District Council and Southfen District Council".to_owned(),
        program: provenance.program,
    }
}

/// Leaves a file in the build directory, for looking at and for the checkers of `test.sh`.
pub(crate) fn keep(name: &str, bytes: &[u8]) {
    std::fs::write(Path::new(env!("CARGO_TARGET_TMPDIR")).join(name), bytes).expect("the build directory");
}

fn written(document: &Document) -> String {
    String::from_utf8(write_document(document)).expect("UTF-8")
}

fn anchors(html: &str) -> Vec<&str> {
    html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// By construction: every piece of the sample, each mark of HTML escaped.
#[test]
fn a_document_has_cover_contents_and_counted_captions() {
    let html = written(&sample());
    keep("sample.html", html.as_bytes());
    let parts = [
        "<html lang=\"en-GB\">",
        "<title>Proposed interim structures</title>",
        "<meta name=\"author\" content=\"Brackmere District Council and Southfen District Council\">",
        "<time datetime=\"2021-03-05\">5 March 2021</time>",
        "<dd>Public</dd>",
        "<li><a href=\"#vacancies\">Vacancies</a></li>",
        "<caption id=\"proposal-table-1\"><span>Table 1: Posts on offer</span></caption>",
        "<span>Table 2: Vacancies by authority</span>",
        "<figcaption>Figure 1: Vacancies by authority</figcaption>",
        "<th scope=\"row\">=A03</th>",
        "Monitoring Officer &lt;interim&gt;",
        "<desc id=\"vacancies-drawing-1-description\">Brackmere has 4 vacancies, Southfen 6.</desc>",
        "Public · Draft 2 · 5 March 2021",
        "size: A4",
    ];
    for part in parts {
        assert!(html.contains(part), "{part}");
    }
    assert_eq!(html.matches("<h1>").count(), 1);
    for part in ["<script", "http://", "https://", "{{", "<interim>"] {
        assert!(!html.replace("http://www.w3.org/2000/svg", "").contains(part), "{part}");
    }
    let all = anchors(&html);
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len(), "an anchor stands once");
}

/// By construction: whoever prints an exempt page has the marking on each sheet; a public one needs no header.
#[test]
fn marking_stands_above_each_exempt_page() {
    let mut document = sample();
    assert!(written(&document).contains("@top-left { content: \"\";"));
    document.audience = Audience::Exempt;
    let html = written(&document);
    assert!(html.contains(&format!("@top-left {{ content: \"{}\";", Audience::Exempt.marking())), "{html}");
    document.organisation = "A \"</style><script>\" \\ council".to_owned();
    assert!(!written(&document).contains("<script>"));
}

/// By construction: everything is read from the document.
#[test]
fn same_document_same_html() {
    assert!(written(&sample()) == written(&sample()));
}

/// By hand: S1 of case47 has no drawing, and its captions are counted through the sections.
#[test]
fn the_answer_of_case47_can_be_filed() {
    let document = answer("case47", "S1");
    let html = written(&document);
    keep("case47-S1.html", html.as_bytes());
    let tables = html.matches("<table").count();
    assert!(
        tables > 10
            && html.contains(&format!("Table {tables}: "))
            && !html.contains(&format!("Table {}: ", tables + 1))
    );
}
