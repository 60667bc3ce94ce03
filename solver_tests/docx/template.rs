//! A council's template: its look stays, its text and all that tells on somebody goes.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use demerge::report::document::{Audience, Document};
use demerge::report::docx::write_docx;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::documents::sample;
use crate::docx::tree::{Node, unpacked};
use crate::docx::{assert_whole, written};

const PARTS: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// A small template, as Word would write it in outline: a style of its own, a logo in its header, a page of text.
pub(super) const TEMPLATE: &[(&str, &str)] = &[
    (
        "[Content_Types].xml",
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" \
         ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" \
         ContentType=\"application/xml\"/><Default Extension=\"png\" ContentType=\"image/png\"/><Override \
         PartName=\"/word/document.xml\" \
         ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/><Override \
         PartName=\"/word/styles.xml\" \
         ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/><Override \
         PartName=\"/word/footer1.xml\" \
         ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml\"/><Override \
         PartName=\"/word/settings.xml\" \
         ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml\"/><Override \
         PartName=\"/word/comments.xml\" \
         ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml\"/></Types>",
    ),
    (
        "_rels/.rels",
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" \
         Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" \
         Target=\"word/document.xml\"/><Relationship Id=\"rId2\" \
         Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties\" \
         Target=\"docProps/app.xml\"/></Relationships>",
    ),
    ("docProps/app.xml", "<Properties><Manager>Jo Bloggs</Manager></Properties>"),
    (
        "word/_rels/document.xml.rels",
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" \
         Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" \
         Target=\"styles.xml\"/><Relationship Id=\"rId2\" \
         Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/settings\" \
         Target=\"settings.xml\"/><Relationship Id=\"rId3\" \
         Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer\" \
         Target=\"/word/footer1.xml\"/><Relationship Id=\"rId4\" \
         Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments\" \
         Target=\"comments.xml\"/></Relationships>",
    ),
    (
        "word/_rels/settings.xml.rels",
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" \
         Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate\" \
         Target=\"file:///C:/Users/jbloggs/Council.dotx\" TargetMode=\"External\"/></Relationships>",
    ),
    (
        "word/_rels/footer1.xml.rels",
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" \
         Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image\" \
         Target=\"media/logo.png\"/></Relationships>",
    ),
    ("word/media/logo.png", "not really a picture"),
    (
        "word/settings.xml",
        "<w:settings xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
         xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><w:zoom \
         w:percent=\"90\"/><w:attachedTemplate r:id=\"rId1\"/><w:updateFields w:val=\"true\"/><w:rsids><w:rsid \
         w:val=\"00112233\"/></w:rsids></w:settings>",
    ),
    (
        "word/comments.xml",
        "<w:comments xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:comment w:id=\"0\" \
         w:author=\"Jo Bloggs\"/></w:comments>",
    ),
    (
        "word/footer1.xml",
        "<w:ftr xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:p><w:r><w:t>Brackmere \
         District Council, Market Square</w:t></w:r></w:p></w:ftr>",
    ),
    (
        "word/styles.xml",
        "<w:styles xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:docDefaults><w:rPrDefault>\
         <w:rPr><w:rFonts w:ascii=\"Gill Sans\"/></w:rPr></w:rPrDefault></w:docDefaults><w:style w:type=\"paragraph\" \
         w:default=\"1\" w:styleId=\"Standard\"><w:name w:val=\"Normal\"/></w:style><w:style w:type=\"paragraph\" \
         w:styleId=\"CouncilHead\"><w:name w:val=\"heading 1\"/><w:basedOn w:val=\"Standard\"/><w:rPr><w:color \
         w:val=\"7030A0\"/><w:lang w:val=\"en-US\"/></w:rPr></w:style><w:style w:type=\"character\" \
         w:styleId=\"Caption\"><w:name w:val=\"Council Caption\"/></w:style><w:style w:type=\"paragraph\" \
         w:styleId=\"ListBullet\"><w:name w:val=\"List Bullet\"/></w:style></w:styles>",
    ),
    (
        "word/document.xml",
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
         xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><w:body><w:p><w:r><w:t>Dear Jo \
         Bloggs</w:t></w:r></w:p><w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId3\"/><w:pgSz w:w=\"11906\" \
         w:h=\"16838\"/><w:pgMar w:top=\"2000\" w:right=\"1000\" w:bottom=\"1500\" w:left=\"1700\" w:header=\"700\" \
         w:footer=\"700\" w:gutter=\"0\"/><w:cols w:num=\"2\"/></w:sectPr></w:body></w:document>",
    ),
];

/// A zip file of these texts.
pub(super) fn packed(files: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        zip.start_file(*name, SimpleFileOptions::default()).expect("names differ");
        zip.write_all(text.as_bytes()).expect("memory takes it");
    }
    zip.finish().expect("a zip file").into_inner()
}

fn dressed(document: &Document, template: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let bytes = write_docx(document, Some(template)).expect("a template");
    assert_eq!(bytes, write_docx(document, Some(template)).expect("a template"), "same bytes");
    let files = unpacked(&bytes);
    assert_whole(&files);
    files
}

fn style<'a>(styles: &'a Node, name: &str) -> &'a Node {
    let is_named = |it: &&&Node| it.child("w:name").is_some_and(|found| found.get("w:val") == name);
    styles
        .children
        .iter()
        .filter(|it| it.name == "w:style")
        .find(|it| is_named(&it))
        .unwrap_or_else(|| panic!("{name}"))
}

/// Truth: the template above, by hand.
#[test]
fn a_template_keeps_its_styles_and_gets_what_it_lacks() {
    let files = dressed(&sample(), &packed(TEMPLATE));
    let (body, styles) = (Node::read(&files["word/document.xml"]), Node::read(&files["word/styles.xml"]));
    let heads: Vec<String> =
        body.named("w:p").iter().filter(|it| it.style() == "CouncilHead").map(|it| it.text()).collect();
    assert_eq!(heads, ["Proposal", "Vacancies"]);
    assert_eq!(style(&styles, "heading 1").named("w:color")[0].get("w:val"), "7030A0");
    // An id that means something else there, and a bullet without a list, are given names of their own.
    assert_eq!(style(&styles, "caption").get("w:styleId"), "CaptionPaper");
    assert!(body.named("w:p").iter().any(|it| it.style() == "CaptionPaper" && it.text().starts_with("Table 1: ")));
    let bullet = style(&styles, "Paper List Bullet");
    let list = bullet.named("w:numId")[0].get("w:val");
    let lists = Node::read(&files["word/numbering.xml"]);
    assert!(lists.named("w:num").iter().any(|it| it.get("w:numId") == list));
    assert_eq!(style(&styles, "Title").child("w:basedOn").expect("a base").get("w:val"), "Standard");
    assert!(styles.named("w:lang").iter().all(|it| it.get("w:val") == "en-GB"));
    assert_eq!(styles.named("w:docDefaults")[0].named("w:lang").len(), 1);
    let ids: Vec<&str> = styles.named("w:style").iter().map(|it| it.get("w:styleId")).collect();
    let used = body.all().into_iter().filter(|it| ["w:pStyle", "w:rStyle", "w:tblStyle"].contains(&it.name.as_str()));
    assert!(used.map(|it| it.get("w:val")).all(|id| ids.contains(&id)), "every style that is used is there");
    assert_eq!(styles.named("w:style").iter().filter(|it| it.get("w:default") == "1").count(), 1);
}

#[test]
fn pages_lie_as_in_the_template_and_their_feet_say_more() {
    let files = dressed(&Document { audience: Audience::Exempt, ..sample() }, &packed(TEMPLATE));
    let body = Node::read(&files["word/document.xml"]);
    let section = body.named("w:sectPr")[0];
    let margins = section.child("w:pgMar").expect("margins");
    assert_eq!((margins.get("w:top"), margins.get("w:left")), ("2000", "1700"));
    assert!(section.child("w:cols").is_none(), "tables need the whole width");
    let footer = Node::read(&files["word/footer1.xml"]).text();
    assert!(footer.starts_with("Brackmere District Council, Market SquareNot for publication: "), "{footer}");
    assert!(footer.ends_with("Draft 2 · 5 March 2021Page 1 of 1"), "{footer}");
    assert_eq!(Node::read(&files["word/paper_header.xml"]).text(), Audience::Exempt.marking());
    assert_eq!(files["word/media/logo.png"], b"not really a picture");
}

#[test]
fn nothing_of_the_template_tells_on_anybody() {
    let files = dressed(&sample(), &packed(TEMPLATE));
    for (name, bytes) in &files {
        let text = String::from_utf8_lossy(bytes);
        for words in ["Jo Bloggs", "jbloggs", "00112233", "updateFields", "attachedTemplate"] {
            assert!(!text.contains(words), "{name} says {words}");
        }
    }
    assert!(!files.contains_key("docProps/app.xml") && !files.contains_key("word/comments.xml"));
    assert!(String::from_utf8_lossy(&files["word/settings.xml"]).contains("w:percent=\"90\""), "the rest is kept");
}

/// A paper of ours whose styles somebody changed may come back as the template of the next draft.
#[test]
fn a_paper_of_ours_is_a_template() {
    let first = written(&sample());
    let next = Document { draft: 3, ..sample() };
    let files = dressed(&next, &first);
    assert_eq!(Node::read(&files["word/paper_footer.xml"]).text(), "Public · Draft 3 · 5 March 2021Page 1 of 1");
    let alone = unpacked(&written(&next));
    assert_eq!(Node::read(&files["word/document.xml"]).text(), Node::read(&alone["word/document.xml"]).text());
    assert_eq!(files["word/styles.xml"], alone["word/styles.xml"]);
}

/// Word's own templates (`.dotx`) are as good.
#[test]
fn a_dotx_is_a_template() {
    let changed: Vec<(&str, String)> =
        TEMPLATE.iter().map(|(name, text)| (*name, text.replace("document.main+xml", "template.main+xml"))).collect();
    let changed: Vec<(&str, &str)> = changed.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let files = dressed(&sample(), &packed(&changed));
    let types = String::from_utf8_lossy(&files["[Content_Types].xml"]).into_owned();
    assert!(types.contains(&format!("{PARTS}.document.main+xml")) && !types.contains("template.main"), "{types}");
}
