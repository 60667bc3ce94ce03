//! What stands at the top and the foot of every page: the marking, the draft, the day, and "Page X of Y".
//!
//! A template keeps its own headers and footers; the marking and the draft come below what it has, so that no template can
//! take a marking off a page.

use crate::report::document::{Audience, Document};
use crate::report::docx::ink::{Ink, Keep};
use crate::report::docx::package::{Part, Parts, Relation, word_kind};
use crate::report::docx::read::{Broken, Child, Element, text};
use crate::report::docx::setup::{Edge, Reference, Setup};
use crate::report::docx::styles::{MAIN, Names, Style};
use crate::report::docx::xml::Xml;

/// Adds headers and footers to the pages: to those of a template, and as new ones where it has none.
pub(super) fn add(
    document: &Document,
    names: &Names,
    parts: &mut Parts,
    relations: &mut Vec<Relation>,
    setup: &mut Setup,
) -> Result<(), Broken> {
    for edge in [Edge::Header, Edge::Footer] {
        if edge == Edge::Header && !is_marked(document.audience) {
            continue;
        }
        for reference in setup.references.iter().filter(|it| it.edge == edge) {
            append(document, names, parts, relations, reference)?;
        }
        let lacking = ["default", "first", "even"].into_iter().filter(|pages| {
            *pages == "default" || setup.references.iter().any(|it| it.edge != edge && it.pages == *pages)
        });
        let missing: Vec<&str> =
            lacking.filter(|pages| !setup.references.iter().any(|it| it.edge == edge && it.pages == *pages)).collect();
        if !missing.is_empty() {
            let (name, id) = (format!("word/paper_{}.xml", edge.word()), format!("paper_{}", edge.word()));
            parts.insert(name.clone(), Part::new(word_kind(edge.word()), own(document, names, edge)));
            relations.push(Relation::new(id.clone(), edge.word(), name));
            let references =
                missing.into_iter().map(|pages| Reference { edge, pages: pages.to_owned(), relation: id.clone() });
            setup.references.extend(references.collect::<Vec<_>>());
        }
    }
    Ok(())
}

/// Whether the marking also stands at the top of each page.
fn is_marked(audience: Audience) -> bool {
    match audience {
        Audience::Public => false,
        Audience::Exempt | Audience::Personal => true,
    }
}

/// A header or footer of our own.
fn own(document: &Document, names: &Names, edge: Edge) -> Vec<u8> {
    let root = match edge {
        Edge::Header => "w:hdr",
        Edge::Footer => "w:ftr",
    };
    let mut xml = Xml::file();
    xml.open(root, &[("xmlns:w", MAIN)]);
    let mut ink = Ink::new(xml, names);
    lines(&mut ink, document, edge, Pages::Numbered);
    let mut xml = ink.into_xml();
    xml.close(root);
    xml.finish()
}

/// Whether a footer says which page it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pages {
    /// Yes.
    Numbered,
    /// No: the template's own text does.
    Bare,
}

fn lines(ink: &mut Ink<'_>, document: &Document, edge: Edge, pages: Pages) {
    match edge {
        Edge::Header => {
            ink.paragraph(Style::Header, Keep::AsStyle, |ink| ink.strong(document.audience.marking()));
        }
        Edge::Footer => {
            ink.line(Style::Footer, &document.footer());
            match pages {
                Pages::Bare => {}
                Pages::Numbered => ink.paragraph(Style::Footer, Keep::AsStyle, |ink| {
                    ink.run("Page ");
                    ink.field("PAGE", "1");
                    ink.run(" of ");
                    ink.field("NUMPAGES", "1");
                }),
            }
        }
    }
}

/// Our lines below those of a template's header or footer; a page number only where it has none.
fn append(
    document: &Document,
    names: &Names,
    parts: &mut Parts,
    relations: &[Relation],
    reference: &Reference,
) -> Result<(), Broken> {
    let part = relations.iter().find(|it| it.id == reference.relation).and_then(|it| it.part());
    let Some(part) = part.and_then(|name| parts.get_mut(name)) else {
        return Err(Broken::Lacks("header or footer that its pages name"));
    };
    let theirs = without_ours(text(&part.bytes)?, names)?;
    let foot = Element::read(&theirs)?.foot;
    let pages = if theirs.contains("PAGE") { Pages::Bare } else { Pages::Numbered };
    let mut ink = Ink::new(Xml::piece(), names);
    lines(&mut ink, document, reference.edge, pages);
    let ours = String::from_utf8(ink.finish()).expect("it was written as text");
    let ours = ours.replace("<w:p>", &format!("<w:p xmlns:w=\"{MAIN}\">"));
    part.bytes = [&theirs[..foot], &ours, &theirs[foot..]].concat().into_bytes();
    Ok(())
}

/// A header or footer without lines of ours: a paper of ours may come back as a template.
fn without_ours(theirs: &str, names: &Names) -> Result<String, Broken> {
    let is_ours = |child: &Child<'_>| -> Result<bool, Broken> {
        if !child.is("p") {
            return Ok(false);
        }
        let paragraph = Element::read(child.text)?;
        let Some(look) = paragraph.child("pPr").map(|look| Element::read(look.text)).transpose()? else {
            return Ok(false);
        };
        let style = look.child("pStyle").and_then(|style| style.attribute("val"));
        Ok(style.is_some_and(|style| [Style::Header, Style::Footer].iter().any(|ours| names.of(*ours) == style)))
    };
    let mut text = theirs.to_owned();
    for child in Element::read(theirs)?.children.iter().rev() {
        if is_ours(child)? {
            text.replace_range(child.span.clone(), "");
        }
    }
    Ok(text)
}
