//! A document as a workbook: read back by another library, and its package looked into.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;
use std::path::Path;

use calamine::{Data, Reader, Xlsx};
use demerge::report::document::{Audience, Document};
use demerge::report::page::{Block, Table, figures, table, text};
use demerge::report::sheet::write_xlsx;
use demerge::report::typed::{Typed, typed};

use crate::documents::{case47, sample};
use crate::docx::tree::{Node, unpacked};

/// The row of headings, counted from 0.
const HEADINGS: u32 = 3;

fn book(document: &Document) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(write_xlsx(document).expect("tables that Excel takes"))).expect("a workbook")
}

fn tables(document: &Document) -> Vec<&Table> {
    let blocks = document.page.sections.iter().flat_map(|section| &section.blocks);
    blocks.filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None }).collect()
}

fn cell(sheet: &calamine::Range<Data>, row: u32, column: u32) -> Data {
    sheet.get_value((row, column)).cloned().unwrap_or(Data::Empty)
}

/// Every cell of every table is in the workbook: numbers as numbers, everything else as the text that it is.
#[test]
fn a_sheet_holds_what_its_table_says() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    for (document, name) in [(sample(), "sample"), (case47(), "case47")] {
        let bytes = write_xlsx(&document).expect("tables that Excel takes");
        assert_eq!(bytes, write_xlsx(&document).expect("as before"), "same document, same bytes");
        std::fs::write(folder.join(format!("{name}.xlsx")), bytes).expect("a folder of our own");
        let mut book = book(&document);
        let names = book.sheet_names();
        assert_eq!(names[..3], ["Cover", "Contents", "Notes"]);
        let different: BTreeSet<String> = names.iter().map(|name| name.to_lowercase()).collect();
        assert!(different.len() == names.len() && names.iter().all(|name| name.chars().count() <= 31), "{names:?}");
        let all = tables(&document);
        assert_eq!(names.len(), 3 + all.len());
        for (number, (table, name)) in (1..).zip(all.iter().zip(&names[3..])) {
            let sheet = book.worksheet_range(name).expect("the sheet is there");
            assert_eq!(cell(&sheet, 0, 0), Data::String(format!("Table {number}: {}", table.caption)));
            for (row, cells) in (HEADINGS + 1..).zip(&table.rows) {
                for (column, (text, kind)) in (0..).zip(cells.iter().zip(table.columns.iter().map(|it| it.kind))) {
                    let found = cell(&sheet, row, column);
                    match typed(text, kind) {
                        Typed::Text | Typed::Suppressed if text.is_empty() => assert_eq!(found, Data::Empty),
                        Typed::Text | Typed::Suppressed => assert_eq!(found, Data::String(text.clone())),
                        Typed::Percent(share) => assert_eq!(found, Data::Float(f64::from(share.0) / 10_000.0)),
                        number => {
                            let plain = number.plain().expect("a number").parse().expect("a decimal");
                            assert_eq!(found, Data::Float(plain), "{text}");
                        }
                    }
                }
            }
        }
    }
}

/// Truth: the sample, by hand.
#[test]
fn figures_are_numbers_and_ids_are_text() {
    let mut book = book(&sample());
    let posts = book.worksheet_range("1 Posts on offer").expect("the sheet is there");
    let remark = "Section: Proposal. [c]: kept back, so that nobody can be recognised. posts.csv.";
    assert_eq!(cell(&posts, 1, 0), Data::String(remark.to_owned()));
    assert_eq!(cell(&posts, 4, 3), Data::Float(100_879.0));
    assert_eq!(cell(&posts, 5, 3), Data::String("[c]".to_owned()));
    assert_eq!(cell(&posts, 6, 0), Data::String("=A03".to_owned()), "no formula");
    assert_eq!(cell(&posts, 6, 2), Data::Float(1.25));
    let notes = book.worksheet_range("Notes").expect("the sheet is there");
    let rows: Vec<Vec<String>> =
        notes.rows().skip(1).map(|row| row.iter().map(ToString::to_string).collect()).collect();
    assert!(rows.contains(&["Vacancies", "Warning", "Two pools are not settled yet."].map(str::to_owned).to_vec()));
    assert!(rows.contains(&["Proposal", "Source", "posts.csv"].map(str::to_owned).to_vec()), "{rows:?}");
}

fn parts(document: &Document) -> BTreeMap<String, Vec<u8>> {
    unpacked(&write_xlsx(document).expect("tables that Excel takes"))
}

#[test]
fn a_table_has_filters_a_frozen_heading_and_a_name() {
    let files = parts(&sample());
    let table = Node::read(&files["xl/tables/table1.xml"]);
    assert_eq!((table.get("displayName"), table.get("ref")), ("Table_1", "A4:D7"));
    assert_eq!(table.named("autoFilter").len(), 1);
    let sheet = Node::read(&files["xl/worksheets/sheet4.xml"]);
    let pane = sheet.named("pane")[0];
    assert_eq!((pane.get("ySplit"), pane.get("xSplit"), pane.get("state")), ("4", "1", "frozen"));
    let all = files.iter().filter(|(name, _)| name.starts_with("xl/worksheets/sheet"));
    for (name, bytes) in all {
        let sheet = Node::read(bytes);
        assert!(sheet.named("f").is_empty(), "{name} has a formula");
        assert!(sheet.all().iter().all(|node| node.get("hidden").is_empty()), "{name} hides something");
    }
    let book = Node::read(&files["xl/workbook.xml"]);
    assert!(book.named("sheet").iter().all(|sheet| sheet.get("state").is_empty()));
}

/// Truth: the drawing of the sample stands right before a table of names and figures.
#[test]
fn a_drawing_before_its_table_becomes_a_chart_with_words() {
    let files = parts(&sample());
    let drawing = Node::read(&files["xl/drawings/drawing1.xml"]);
    assert_eq!(drawing.named("xdr:cNvPr")[0].get("descr"), "Brackmere has 4 vacancies, Southfen 6.");
    let chart = Node::read(&files["xl/charts/chart1.xml"]);
    let values: Vec<&str> = chart.named("c:val")[0].named("c:v").iter().map(|it| it.own()).collect();
    assert_eq!(values, ["4", "6"]);
}

/// A chart keeps a copy of its numbers, so a table with a suppressed figure has none.
#[test]
fn a_suppressed_figure_stops_the_chart() {
    let mut document = sample();
    let rows = vec![vec!["Brackmere".to_owned(), "14".to_owned()], vec!["Southfen".to_owned(), "[c]".to_owned()]];
    document.page.sections[1].blocks[1] = table("Vacancies", vec![text("Authority"), figures("Vacancies")], rows);
    let files = parts(&document);
    assert!(!files.keys().any(|name| name.contains("chart") || name.contains("drawing")), "{:?}", files.keys());
    assert!(!files.values().any(|bytes| String::from_utf8_lossy(bytes).contains("c:v>14")));
}

#[test]
fn the_contents_lead_to_every_sheet() {
    for document in [sample(), case47()] {
        let files = parts(&document);
        let book = Node::read(&files["xl/workbook.xml"]);
        let names: Vec<&str> = book.named("sheet").iter().map(|sheet| sheet.get("name")).collect();
        let contents = Node::read(&files["xl/worksheets/sheet2.xml"]);
        let links: Vec<&str> = contents.named("hyperlink").iter().map(|link| link.get("location")).collect();
        assert_eq!(links, names[3..].iter().map(|name| format!("'{name}'!A1")).collect::<Vec<_>>());
    }
}

#[test]
fn a_workbook_tells_nothing_but_the_document() {
    let files = parts(&sample());
    let core = Node::read(&files["docProps/core.xml"]);
    for node in &core.children {
        let said = ["Proposed interim structures", "Brackmere District Council and Southfen District Council"];
        assert!(said.contains(&node.own()) || node.own() == "2021-03-05T00:00:00Z", "{}: {}", node.name, node.own());
    }
    let marked = |audience| {
        let files = parts(&Document { audience, ..sample() });
        String::from_utf8_lossy(&files["xl/worksheets/sheet4.xml"]).into_owned()
    };
    assert!(marked(Audience::Public).contains("&amp;LPublic · Draft 2 · 5 March 2021&amp;RPage &amp;P of &amp;N"));
    assert!(marked(Audience::Exempt).contains("&amp;C&amp;\"Arial,Bold\"Not for publication"));
}

/// A table without rows, one without columns, and headings that Excel would not take twice.
#[test]
fn odd_tables_are_sheets_too() {
    let mut document = sample();
    let columns = || vec![text("Post"), text("post"), text("")];
    document.page.sections[0].blocks = vec![
        table("Nothing", columns(), Vec::new()),
        table("", Vec::new(), Vec::new()),
        table("Long: [a]", columns(), vec![vec!["x".repeat(300), String::new(), "line\nline".to_owned()]]),
    ];
    let mut book = book(&document);
    let nothing = book.worksheet_range("1 Nothing").expect("the sheet is there");
    assert_eq!(cell(&nothing, HEADINGS + 1, 0), Data::String("No rows.".to_owned()));
    assert_eq!(cell(&nothing, HEADINGS, 1), Data::String("post (2)".to_owned()));
    assert!(book.sheet_names().contains(&"Table 2".to_owned()));
}
