//! PDF of a document: the library's own PDF/UA-1 validator refuses nothing, bytes are the same twice, and odd text is written.
//!
//! What a second program finds in the files is checked by `pdf_check.py` (see `test.sh`).

use demerge::report::charts::structure::{Paper, now, structure};
use demerge::report::charts::{Bar, Group, bars};
use demerge::report::document::{Audience, Document};
use demerge::report::page::{Block, Section, figures, paragraph, table, text};
use demerge::report::pdf::{write_pdf, write_sheets};
use demerge::report::shown::Shown;
use demerge::report::svg::{Anchor, Drawing};

use crate::documents::sample;
use crate::html::{answer, keep};
use crate::price::loaded;

/// The file, which the validator accepted.
fn written(document: &Document) -> Vec<u8> {
    write_pdf(document).unwrap_or_else(|fault| panic!("{fault}"))
}

fn has(file: &[u8], part: &str) -> bool {
    file.windows(part.len()).any(|window| window == part.as_bytes())
}

/// Pages of a file, by the objects that are one.
pub(crate) fn pages(file: &[u8]) -> usize {
    let text = String::from_utf8_lossy(file);
    text.matches("/Type/Page").count() + text.matches("/Type /Page").count()
        - text.matches("/Type/Pages").count()
        - text.matches("/Type /Pages").count()
        - text.matches("/Type/PageLabel").count()
        - text.matches("/Type /PageLabel").count()
}

/// The sample with one section of these blocks.
fn with(blocks: Vec<Block>) -> Document {
    let mut document = sample();
    document.page.sections = vec![Section { id: "only", title: "Only section".to_owned(), blocks }];
    document
}

/// Every text of a document that must be found in its PDF, a line each.
fn texts(document: &Document) -> String {
    let mut texts = vec![document.page.title.clone()];
    for block in document.page.sections.iter().flat_map(|section| &section.blocks) {
        match block {
            Block::Heading(text)
            | Block::Paragraph(text)
            | Block::Warning(text)
            | Block::Note(text)
            | Block::Source(text) => texts.push(text.clone()),
            Block::List(points) => texts.extend(points.iter().cloned()),
            Block::Definitions(rows) => texts.extend(rows.iter().flat_map(|(term, text)| [term.clone(), text.clone()])),
            Block::Table(table) => {
                texts.push(table.caption.clone());
                texts.extend(table.columns.iter().map(|column| column.heading.to_string()));
                texts.extend(table.rows.iter().flatten().cloned());
            }
            Block::Drawing(_) => {}
        }
    }
    texts.join("\n")
}

/// Truth: the validator of the library, which knows the standard; the keys are those of ISO 32000.
#[test]
fn sample_is_written_tagged() {
    let file = written(&sample());
    keep("sample.pdf", &file);
    keep("sample.pdf.words", texts(&sample()).as_bytes());
    assert!(file.starts_with(b"%PDF-1.7") && pages(&file) == 2, "{}", pages(&file));
    for part in ["/StructTreeRoot", "/MarkInfo", "/Outlines", "en-GB", "pdfuaid:part", "2021-03-05"] {
        assert!(has(&file, part), "{part}");
    }
    assert!(file.len() < 120_000, "{}", file.len());
}

/// By construction: nothing is read but the document.
#[test]
fn same_document_same_bytes() {
    assert!(written(&sample()) == written(&sample()));
    let mut other = sample();
    other.draft = 3;
    assert!(written(&sample()) != written(&other));
}

/// By construction: every audience has a PDF.
#[test]
fn each_audience_has_its_marking() {
    for audience in [Audience::Public, Audience::Exempt, Audience::Personal] {
        let document = Document { audience, ..sample() };
        assert!(has(&written(&document), "/StructTreeRoot"));
    }
}

/// S1 of case47: long tables over several pages.
#[test]
fn the_answer_of_case47_has_its_pages() {
    let document = answer("case47", "S1");
    let file = written(&document);
    keep("case47-S1.pdf", &file);
    keep("case47-S1.pdf.words", texts(&document).as_bytes());
    let pages = pages(&file);
    assert!((6..=14).contains(&pages), "{pages}");
}

/// Structure charts stand upright on A4 among the text, a wide drawing on paper on its side.
#[test]
fn charts_have_their_paper() {
    let (case, _) = loaded("case47", "S1");
    let mut blocks = vec![Block::Heading("The shared structure now".to_owned()), paragraph("Who shares which post.")];
    blocks.extend(structure(&now(&case, None, &Shown::Figure), Paper::A4).into_iter().map(Block::Drawing));
    blocks.push(Block::Heading("Vacancies".to_owned()));
    let bar = |at: u64| Bar { name: format!("Tier {at}"), value: Shown::Figure(at) };
    let groups = [Group { name: "Seats".to_owned(), bars: (1..5).map(bar).collect() }];
    blocks.extend(bars("Empty seats by tier", &groups).into_iter().map(Block::Drawing));
    blocks.push(Block::Source("posts.csv".to_owned()));
    let upright = written(&with(blocks.clone()));
    assert!(!has(&upright, "/MediaBox[0 0 841.89 595.276]"));
    blocks.push(Block::Drawing(Drawing::new(900, 300, "Wide", "Nothing.")));
    let file = written(&with(blocks));
    keep("charts.pdf", &file);
    assert!(has(&file, "/MediaBox[0 0 841.89 595.276]") && !has(&file, "/MediaBox[0 0 1190.551 841.89]"));
}

/// By construction: a page of A3 for each drawing, and none of another size.
#[test]
fn sheets_are_on_a3() {
    let (case, _) = loaded("case47", "S1");
    let chart = || structure(&now(&case, None, &Shown::Figure), Paper::A3).into_iter().map(Block::Drawing);
    let blocks = [vec![Block::Heading("Now".to_owned())], chart().collect(), vec![Block::Heading("Then".to_owned())]];
    let blocks: Vec<Block> = blocks.concat().into_iter().chain(chart()).collect();
    let file = write_sheets(&with(blocks)).expect("accessible");
    keep("sheets.pdf", &file);
    assert_eq!(pages(&file), 2);
    assert!(has(&file, "/MediaBox[0 0 1190.551 841.89]") && !has(&file, "/MediaBox[0 0 595.276 841.89]"));
}

/// By construction: what a page cannot hold, or no typeface has, is written all the same.
#[test]
fn odd_content_is_written() {
    let long = "Word ".repeat(4_000);
    let unbroken = "x".repeat(3_000);
    let wide: Vec<_> = (0..30).map(|at| text(format!("Column number {at}"))).collect();
    let row: Vec<String> = (0..30).map(|at| format!("Cell_number_{at}_is_long")).collect();
    let odd = "tab\there, \u{1f600} and \u{4e2d}\u{6587}, \u{e000}\u{0}\u{feff}, line\nbreak, \u{202e}abc, e\u{301}";
    let mut drawing = Drawing::new(4_000, 9_000, "Very large", "It says nothing.");
    drawing.words((10, 40), Anchor::Start, odd);
    let blocks = vec![
        Block::Heading(String::new()),
        paragraph(""),
        paragraph(&long),
        paragraph(&unbroken),
        paragraph(odd),
        Block::List(vec![]),
        Block::List(vec![long.clone(), String::new(), unbroken.clone()]),
        table("", vec![], vec![]),
        table("Nothing", vec![text("A"), figures("B")], vec![]),
        table("Long", vec![text("A"), text("B")], vec![vec![long.clone(), unbroken.clone()]]),
        table("Wide", wide, vec![row]),
        Block::Warning(long.clone()),
        Block::Note(String::new()),
        Block::Definitions(vec![(unbroken, long)]),
        Block::Source(String::new()),
        Block::Drawing(drawing),
        Block::Heading("Last".to_owned()),
    ];
    let file = written(&with(blocks));
    keep("odd.pdf", &file);
    assert!(pages(&file) > 10);
}
