//! A document as a Word file: whole packages, words for screen readers, contents that lead somewhere, nothing told.

mod faults;
mod order;
mod template;
pub(crate) mod tree;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use demerge::report::document::{Audience, Document};
use demerge::report::docx::write_docx;

use crate::documents::{case47, sample};
use order::out_of_order;
use tree::{Node, unpacked};

fn both() -> [Document; 2] {
    [sample(), case47()]
}

fn written(document: &Document) -> Vec<u8> {
    write_docx(document, None).expect("it has drawings that can be shown")
}

fn parts(document: &Document) -> BTreeMap<String, Vec<u8>> {
    unpacked(&written(document))
}

fn body(document: &Document) -> Node {
    Node::read(&parts(document)["word/document.xml"])
}

/// Every relation of a package leads to a part that is there and has a media type.
pub(crate) fn assert_whole(files: &BTreeMap<String, Vec<u8>>) {
    let types = Node::read(&files["[Content_Types].xml"]);
    for (name, bytes) in files {
        let is_xml = name.ends_with(".xml") || name.ends_with(".rels") || name.ends_with(".svg");
        let faults = if is_xml { out_of_order(&Node::read(bytes)) } else { Vec::new() };
        assert!(faults.is_empty(), "{name}: {faults:?}");
        let end = name.rsplit_once('.').expect("an end").1;
        let known =
            types.children.iter().any(|it| it.get("Extension") == end || it.get("PartName") == format!("/{name}"));
        assert!(known, "{name} has no media type");
        if let Some((folder, of)) = name.strip_suffix(".rels").and_then(|name| name.split_once("_rels/")) {
            assert!(
                of.is_empty() || files.contains_key(&format!("{folder}{of}")),
                "{name} is of a part that is not there"
            );
            for relation in Node::read(bytes).children.iter().filter(|it| it.get("TargetMode") != "External") {
                let target = relation.get("Target");
                let target = target.strip_prefix('/').map_or_else(|| format!("{folder}{target}"), str::to_owned);
                assert!(files.contains_key(&target), "{name}: {target} is not there");
            }
        }
    }
}

/// Truth: Open Packaging Conventions (ECMA-376, part 2), and the schema's order of elements.
#[test]
fn packages_are_whole_and_in_the_order_of_the_schema() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    for (document, name) in both().iter().zip(["sample", "case47"]) {
        let bytes = written(document);
        std::fs::write(folder.join(format!("{name}.docx")), &bytes).expect("a folder of our own");
        assert_whole(&unpacked(&bytes));
        assert_eq!(bytes, written(document), "same document, same bytes");
    }
}

#[test]
fn every_table_repeats_its_heading_and_bears_its_caption() {
    for document in both() {
        let body = body(&document);
        let tables = body.named("w:tbl");
        assert!(tables.len() >= 2);
        for (index, table) in tables.into_iter().enumerate() {
            let rows = table.named("w:tr");
            let headers: Vec<bool> = rows.iter().map(|row| !row.named("w:tblHeader").is_empty()).collect();
            assert!(headers[0] && headers[1..].iter().all(|is_header| !is_header));
            assert!(rows.iter().all(|row| !row.named("w:cantSplit").is_empty()));
            assert!(table.named("w:tc").iter().all(|cell| cell.child("w:p").is_some()), "no cell without a paragraph");
            let caption = table.named("w:tblCaption")[0].get("w:val");
            assert!(caption.starts_with(&format!("Table {}: ", index + 1)), "{caption}");
            let columns = table.named("w:gridCol").len();
            assert!(rows.iter().all(|row| row.named("w:tc").len() == columns));
            let widths = table.named("w:gridCol");
            let whole: u32 = widths.iter().map(|it| it.get("w:w").parse::<u32>().expect("a width")).sum();
            assert!(whole <= 16_838 - 2 * 1_134, "{caption} is {whole} wide");
        }
    }
}

#[test]
fn captions_are_numbered_as_word_would() {
    for document in both() {
        let body = body(&document);
        for label in ["Table", "Figure"] {
            let begins = format!("{label} ");
            let captions: Vec<String> =
                body.named("w:p").iter().filter(|it| it.style() == "Caption").map(|it| it.text()).collect();
            let mine: Vec<&String> = captions.iter().filter(|it| it.starts_with(&begins)).collect();
            assert!(!mine.is_empty());
            for (index, caption) in mine.iter().enumerate() {
                assert!(caption.starts_with(&format!("{label} {}: ", index + 1)), "{caption}");
            }
            let fields = body.named("w:instrText");
            assert_eq!(fields.iter().filter(|it| it.own().contains(&format!("SEQ {label}"))).count(), mine.len());
        }
    }
}

#[test]
fn drawings_bear_words_and_two_pictures() {
    let files = parts(&sample());
    let body = Node::read(&files["word/document.xml"]);
    let about = body.named("wp:docPr");
    assert_eq!(about.len(), 1);
    assert_eq!(about[0].get("title"), "Vacancies by authority");
    assert_eq!(about[0].get("descr"), "Brackmere has 4 vacancies, Southfen 6.");
    assert_eq!((body.named("a:blip").len(), body.named("asvg:svgBlip").len()), (1, 1));
    assert!(files["word/media/paper_figure_1.png"].starts_with(b"\x89PNG"));
    assert!(files["word/media/paper_figure_1.svg"].starts_with(b"<svg"));
    let size = body.named("wp:extent")[0];
    assert_eq!((size.get("cx"), size.get("cy")), ("3048000", "1143000"), "320 by 120 pixels of 9,525 units");
}

#[test]
fn the_contents_lead_to_every_heading() {
    for document in both() {
        let body = body(&document);
        let marks = body.named("w:bookmarkStart");
        let names: BTreeSet<&str> = marks.iter().map(|it| it.get("w:name")).collect();
        let ids: BTreeSet<&str> = marks.iter().map(|it| it.get("w:id")).collect();
        assert!(names.len() == marks.len() && ids.len() == marks.len(), "names and ids differ");
        assert!(names.iter().all(|name| name.len() <= 40 && !name.contains('-')), "{names:?}");
        let links = body.named("w:hyperlink");
        assert!(links.iter().all(|link| names.contains(link.get("w:anchor"))));
        let listed: Vec<String> = links.iter().map(|link| link.text()).collect();
        let headings = body.named("w:p").into_iter().filter(|it| it.style().starts_with("Heading"));
        let all: Vec<String> = headings.map(Node::text).collect();
        // Two sections are read as they are.
        assert_eq!(listed, if document.page.sections.len() < 4 { Vec::new() } else { all });
        let begin = body.named("w:fldChar").iter().filter(|it| it.get("w:fldCharType") == "begin").count();
        let end = body.named("w:fldChar").iter().filter(|it| it.get("w:fldCharType") == "end").count();
        assert_eq!(begin, end, "every field ends");
    }
}

/// Truth: the sample, read aloud.
#[test]
fn the_words_are_those_of_the_document() {
    let body = body(&sample());
    let all: Vec<String> = body.named("w:p").iter().map(|it| it.text()).filter(|it| !it.is_empty()).collect();
    let text = all.join("\n");
    for words in [
        "Proposed interim structures\nConsultation paper\nPut forward by\tBrackmere District Council and Southfen",
        "Of 47 people, 38 are offered a post – \"fair and reasonable\" in the agreement’s words.",
        "Table 1: Posts on offer\nPost\nTitle\nFTE\nSalary\nA01\nChief Executive & Head of Paid Service\n1.00\n£100,879",
        "Monitoring Officer <interim>\n0.60\n[c]\n=A03\n1.25\n£7,400.50\nposts.csv\nfirst point\nsecond point & more",
        "Warning: Two pools are not settled yet.\nFigures below 5 are shown as [c].\nslot-in\ta post that one person",
    ] {
        assert!(text.contains(words), "{words}\nnot in\n{text}");
    }
}

#[test]
fn every_page_bears_marking_draft_and_number() {
    for (audience, header) in [
        (Audience::Public, None),
        (Audience::Exempt, Some("Not for publication: Local Government Act 1972, Schedule 12A, paragraphs 1, 2 and 4")),
        (Audience::Personal, Some("Personal and confidential")),
    ] {
        let document = Document { audience, ..sample() };
        let files = parts(&document);
        let footer = Node::read(&files["word/paper_footer.xml"]).text();
        assert_eq!(footer, format!("{} · Draft 2 · 5 March 2021Page 1 of 1", audience.marking()));
        let found = files.get("word/paper_header.xml").map(|bytes| Node::read(bytes).text());
        assert_eq!(found.as_deref(), header);
        let body = Node::read(&files["word/document.xml"]);
        for section in body.named("w:sectPr") {
            assert_eq!(section.named("w:headerReference").len(), usize::from(header.is_some()));
            assert_eq!(section.named("w:footerReference").len(), 1);
        }
    }
}

/// What a file says beside its text: nothing of the person, the machine or the moment.
#[test]
fn a_file_tells_nothing_but_the_document() {
    let files = parts(&sample());
    let core = Node::read(&files["docProps/core.xml"]);
    let said: Vec<(&str, &str)> = core.children.iter().map(|it| (it.name.as_str(), it.own())).collect();
    let moment = "2021-03-05T00:00:00Z";
    assert_eq!(
        said,
        [
            ("dc:title", "Proposed interim structures"),
            ("dc:creator", "Brackmere District Council and Southfen District Council"),
            ("dcterms:created", moment),
            ("dcterms:modified", moment),
            ("dc:language", "en-GB"),
        ]
    );
    assert!(!files.contains_key("docProps/app.xml"));
    let settings = String::from_utf8(files["word/settings.xml"].clone()).expect("UTF-8");
    assert!(!settings.contains("updateFields"), "Word would ask a question");
    let styles = Node::read(&files["word/styles.xml"]);
    assert!(styles.named("w:lang").iter().all(|it| it.get("w:val") == "en-GB"));
    assert_eq!(styles.named("w:docDefaults")[0].named("w:lang").len(), 1);
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(written(&sample()))).expect("a zip file");
    for index in 0..zip.len() {
        let file = zip.by_index(index).expect("it can be read");
        let time = file.last_modified().expect("a time");
        assert_eq!((time.year(), time.month(), time.day(), time.hour()), (2021, 3, 5, 0));
    }
    assert_eq!(zip.by_index(0).expect("a file").name().expect("UTF-8"), "[Content_Types].xml");
}

/// Wide tables lie across with their headings; every stretch of pages has its size.
#[test]
fn wide_tables_lie_across() {
    let body = body(&case47());
    let sections = body.named("w:sectPr");
    let across = sections.iter().filter(|it| it.named("w:pgSz")[0].get("w:orient") == "landscape").count();
    assert!(across >= 1 && sections.len() > across, "{across} of {}", sections.len());
    assert!(body.children[0].children.last().is_some_and(|last| last.name == "w:sectPr"));
}
