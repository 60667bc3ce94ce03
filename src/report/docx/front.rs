//! What stands before the first section: marking, title, who puts it forward, and contents that link to every heading.
//!
//! The contents are filled in when the file is made, without page numbers: only the program that lays the pages out knows
//! them, and a field that must be brought up to date first makes Word ask a question. "Update field" adds them.

use crate::report::document::{Audience, Document};
use crate::report::docx::ink::{Ink, Keep};
use crate::report::docx::styles::Style;
use crate::report::page::{Block, Section};

/// Letters that the name of a bookmark may have in Word.
const LONGEST_NAME: usize = 40;

/// A document of fewer sections is read as it is.
const FEWEST_SECTIONS: usize = 4;

/// A section of more headings, such as one for each person, stands in the contents with its own alone.
const MOST_HEADINGS: usize = 12;

/// More entries than this do not stand on the cover: then only sections are listed.
const MOST_ENTRIES: usize = 26;

/// So many terms at the end of a list, and one more, go to the next page together.
const FEWEST_ON_A_PAGE: usize = 3;

/// A heading in the contents.
struct Entry<'a> {
    style: Style,
    bookmark: String,
    text: &'a str,
}

/// The name of a section's bookmark, from its place and its anchor.
pub(super) fn section_mark(index: usize, section: &Section) -> String {
    let name = format!("s{}_{}", index + 1, section.id.replace('-', "_"));
    name.chars().take(LONGEST_NAME).collect()
}

/// The name of the bookmark of a heading within a section, both counted from 0.
pub(super) fn heading_mark(section: usize, heading: usize) -> String {
    format!("s{}_heading_{}", section + 1, heading + 1)
}

/// Where the first section begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Begin {
    /// Below what stands before it.
    Below,
    /// On a page of its own.
    NewPage,
}

/// Contents of so many entries, or more, fill the first page.
const LONG_CONTENTS: usize = 8;

/// Writes it, and says where the first section begins.
pub(super) fn write(ink: &mut Ink<'_>, document: &Document) -> Begin {
    let marking = document.audience.marking();
    let row = match document.audience {
        Audience::Exempt => {
            ink.line(Style::Marking, marking);
            None
        }
        Audience::Public | Audience::Personal => Some(("Marking", marking)),
    };
    ink.line(Style::Title, &document.page.title);
    if !document.page.lead.is_empty() {
        ink.line(Style::Subtitle, &document.page.lead);
    }
    let draft = document.draft.to_string();
    let day = document.day();
    let mut about = vec![("Put forward by", document.organisation.as_str()), ("Draft", &draft), ("Date", &day)];
    about.extend(row);
    definitions(ink, about.into_iter());
    let entries = entries(document);
    let is_read_as_it_is = match document.audience {
        Audience::Personal => true,
        Audience::Public | Audience::Exempt => document.page.sections.len() < FEWEST_SECTIONS,
    };
    if is_read_as_it_is {
        return Begin::Below;
    }
    contents(ink, &entries);
    if entries.len() < LONG_CONTENTS { Begin::Below } else { Begin::NewPage }
}

/// Terms with what belongs to them; the last few stay on one page.
pub(super) fn definitions<'a>(ink: &mut Ink<'_>, rows: impl ExactSizeIterator<Item = (&'a str, &'a str)>) {
    let last = rows.len().saturating_sub(1);
    for (index, (term, text)) in rows.enumerate() {
        let keep = if index < last && index + FEWEST_ON_A_PAGE > last { Keep::WithNext } else { Keep::AsStyle };
        ink.paragraph(Style::Definition, keep, |ink| {
            ink.strong(term);
            ink.run("\t");
            ink.run(text);
        });
    }
}

fn contents(ink: &mut Ink<'_>, entries: &[Entry<'_>]) {
    let last = entries.len().saturating_sub(1);
    let depth = if entries.iter().any(|entry| entry.style == Style::Contents2) { 2 } else { 1 };
    ink.within("w:sdt", &[], |ink| {
        ink.within("w:sdtPr", &[], |ink| {
            ink.within("w:docPartObj", &[], |ink| {
                ink.empty("w:docPartGallery", &[("w:val", "Table of Contents")]);
                ink.empty("w:docPartUnique", &[]);
            });
        });
        ink.within("w:sdtContent", &[], |ink| {
            ink.line(Style::ContentsHeading, "Contents");
            for (index, entry) in entries.iter().enumerate() {
                ink.paragraph(entry.style, Keep::AsStyle, |ink| {
                    if index == 0 {
                        ink.field_begins(&format!("TOC \\o \"1-{depth}\" \\h \\z \\u"));
                    }
                    ink.link(&entry.bookmark, entry.text);
                    if index == last {
                        ink.field_ends();
                    }
                });
            }
        });
    });
}

fn entries(document: &Document) -> Vec<Entry<'_>> {
    let sections = document.page.sections.iter().enumerate();
    let of_section = |(index, section)| {
        let section: &Section = section;
        let own = Entry { style: Style::Contents1, bookmark: section_mark(index, section), text: &section.title };
        let headings = section.blocks.iter().filter_map(Block::heading);
        let headings: Vec<&str> = headings.collect();
        let shown = if headings.len() > MOST_HEADINGS { 0 } else { headings.len() };
        let below = headings.into_iter().take(shown).enumerate().map(move |(heading, text)| Entry {
            style: Style::Contents2,
            bookmark: heading_mark(index, heading),
            text,
        });
        std::iter::once(own).chain(below)
    };
    let all: Vec<Entry<'_>> = sections.flat_map(of_section).collect();
    let is_long = all.len() > MOST_ENTRIES;
    all.into_iter().filter(|entry| !is_long || entry.style == Style::Contents1).collect()
}
