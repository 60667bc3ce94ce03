//! A document as a PDF that everybody can read: tagged, PDF/UA-1, in letters that it brings with it.
//!
//! What is written becomes strips (`flow`, `table`, `figure`, `boxes`, `cover`), strips become pages (`layout`), pages are
//! drawn (`draw`); what each piece is stands apart (`tags`). Lengths are whole thousandths of a point until `points`. Headings
//! stand with what follows, rows are not split, and heading rows come again on each page. The library that writes the file
//! refuses what breaks the standard. The same document gives the same bytes: nothing is read from a clock.

mod boxes;
mod columns;
mod cover;
mod draw;
mod figure;
mod flow;
mod layout;
mod measure;
mod points;
mod strip;
mod table;
mod tags;

use std::num::NonZeroU16;

use krilla::Document as File;
use krilla::SerializeSettings;
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::error::KrillaError;
use krilla::metadata::{DateTime, Metadata};
use krilla::outline::{Outline, OutlineNode};
use krilla::tagging::{ListNumbering, Node, TableHeaderScope, Tag as Kind, TagGroup, TagKind, TagTree};

use crate::report::document::{Document, LANGUAGE};
use crate::report::pdf::draw::{Drawn, destination, draw, places};
use crate::report::pdf::flow::{Entry, Flow, Level, flow, sheets};
use crate::report::pdf::layout::{Sheeted, pages};
use crate::report::pdf::tags::{Points, Role, Tag};

/// Why a PDF could not be written: a fault of ours, as any document can be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PdfError {
    /// A drawing is not the SVG that it should be.
    #[error("the drawing \"{title}\" cannot be put into the PDF: {fault}")]
    Drawing {
        /// What it is called.
        title: String,
        /// What is wrong.
        fault: String,
    },
    /// The file would break PDF/UA-1.
    #[error("the PDF would not be accessible to everybody: {faults}")]
    Refused {
        /// What the standard forbids.
        faults: String,
    },
}

/// A document as a PDF/UA-1 file on A4.
///
/// # Errors
/// [`PdfError`] where a drawing cannot be read, or the file would break the standard.
pub fn write_pdf(document: &Document) -> Result<Vec<u8>, PdfError> {
    written(document, &flow(document))
}

/// The drawings of a document alone, each on a page of A3, as a PDF/UA-1 file.
///
/// # Errors
/// As [`write_pdf`].
pub fn write_sheets(document: &Document) -> Result<Vec<u8>, PdfError> {
    written(document, &sheets(document))
}

fn written(document: &Document, flow: &Flow<'_>) -> Result<Vec<u8>, PdfError> {
    let pages = pages(flow.strips.clone(), &flow.headings);
    let accessible = ConfigurationBuilder::new().with_accessibility_validator(Accessibility::UA1);
    let configuration = accessible.finish().expect("one standard contradicts no other");
    let mut file = File::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    let drawn = draw(&mut file, document, flow, &pages)?;
    file.set_metadata(metadata(document));
    file.set_outline(outline(&flow.entries, &pages));
    file.set_tag_tree(tag_tree(flow, &drawn));
    file.finish().map_err(refused)
}

fn refused(error: KrillaError) -> PdfError {
    let faults = match &error {
        KrillaError::Validation(faults) => {
            faults.iter().map(|(fault, _)| format!("{fault:?}")).collect::<Vec<_>>().join("; ")
        }
        other => other.to_string(),
    };
    PdfError::Refused { faults }
}

fn metadata(document: &Document) -> Metadata {
    let part = |number: i8| u8::try_from(number).unwrap_or(1);
    let day = DateTime::new(u16::try_from(document.date.year()).unwrap_or(0))
        .month(part(document.date.month()))
        .day(part(document.date.day()))
        .hour(0)
        .minute(0)
        .second(0)
        .utc_offset_hour(0)
        .utc_offset_minute(0);
    Metadata::new()
        .title(document.page.title.clone())
        .description(document.footer())
        .language(LANGUAGE.to_owned())
        .authors(vec![document.organisation.clone()])
        .creator(document.program.clone())
        .producer(document.program.clone())
        .creation_date(day)
        .document_id(format!("{} / draft {} / {}", document.page.title, document.draft, document.date))
}

/// Bookmarks: sections, with their headings below them.
fn outline(entries: &[Entry], pages: &[Sheeted]) -> Outline {
    let places = places(entries.len(), pages);
    let mut sections: Vec<OutlineNode> = Vec::new();
    for (entry, place) in entries.iter().zip(places) {
        let node = OutlineNode::new(entry.title.clone(), destination(place));
        match (entry.level, sections.last_mut()) {
            (Level::Heading, Some(section)) => section.push_child(node),
            (Level::Heading, None) | (Level::Section, _) => sections.push(node),
        }
    }
    let mut outline = Outline::new();
    sections.into_iter().for_each(|section| outline.push_child(section));
    outline
}

fn tag_tree(flow: &Flow<'_>, drawn: &Drawn) -> TagTree {
    let mut tree = TagTree::new();
    for &tag in flow.tags.children(Tag::ROOT) {
        tree.push(group(flow, drawn, tag));
    }
    tree
}

/// What was drawn for a tag stands before the tags within it.
fn group(flow: &Flow<'_>, drawn: &Drawn, tag: Tag) -> TagGroup {
    let leaves = drawn.leaves[tag.position()].iter().map(|leaf| Node::Leaf(*leaf));
    let within = flow.tags.children(tag).iter().map(|&child| Node::Group(group(flow, drawn, child)));
    TagGroup::with_children(kind(flow.tags.role(tag), drawn, tag), leaves.chain(within).collect())
}

fn kind(role: &Role, drawn: &Drawn, tag: Tag) -> TagKind {
    match role {
        Role::Root | Role::Group => Kind::Div.into(),
        Role::Section => Kind::Section.into(),
        Role::Heading(level, title) => {
            let level = NonZeroU16::new(*level).unwrap_or(NonZeroU16::MIN);
            let title = if title.is_empty() { " ".to_owned() } else { title.clone() };
            Kind::Hn(level, Some(title)).into()
        }
        Role::Paragraph => Kind::P.into(),
        Role::List(Points::Bullets) => Kind::L(ListNumbering::Disc).into(),
        Role::List(Points::Terms) => Kind::L(ListNumbering::None).into(),
        Role::Item => Kind::LI.into(),
        Role::Label => Kind::Lbl.into(),
        Role::Body => Kind::LBody.into(),
        Role::Contents => Kind::TOC.into(),
        Role::Entry => Kind::TOCI.into(),
        Role::Link => Kind::Link.into(),
        Role::Table => Kind::Table.into(),
        Role::Caption => Kind::Caption.into(),
        Role::Head => Kind::THead.into(),
        Role::Rows => Kind::TBody.into(),
        Role::Row => Kind::TR.into(),
        Role::ColumnHeading => Kind::TH(TableHeaderScope::Column).into(),
        Role::RowHeading => Kind::TH(TableHeaderScope::Row).into(),
        Role::Cell => Kind::TD.into(),
        Role::Figure(words) => Kind::Figure(Some(words.clone())).with_bbox(drawn.boxes[tag.position()]).into(),
    }
}
