//! Looks for people in a public paper: ids of persons, and of joint posts that stand for one person each.
//!
//! Figures and sections of the program bring none; titles, names of scenarios and blocks of text are written by people.

use std::collections::BTreeSet;

use crate::case::Case;
use crate::report::document::Document;
use crate::report::page::{Block, Section};

/// Every id of somebody that stands in the paper, with the text around it.
///
/// - An id without a letter is not looked for, because it cannot be told from a figure; nor is one that names something
///   else too, such as a post.
pub(super) fn found(document: &Document, case: &Case, scenario: &str) -> Vec<(String, String)> {
    let open = case.posts.values().map(|it| it.code.as_str());
    let open = open.chain(case.grades.values().map(|it| it.code.as_str()));
    let open = open.chain(case.authorities.values().map(|it| it.code.as_str()));
    let open: BTreeSet<&str> =
        open.chain(case.structures.values().map(|it| it.code.as_str())).chain([scenario]).collect();
    let ids =
        case.people.values().map(|it| it.code.as_str()).chain(case.joint_posts.values().map(|it| it.code.as_str()));
    let ids: Vec<&str> = ids.filter(|id| id.chars().any(char::is_alphabetic) && !open.contains(id)).collect();
    let mut found = Vec::new();
    for text in texts(document) {
        let here = ids.iter().filter(|id| stands_in(id, text));
        found.extend(here.map(|id| ((*id).to_owned(), text.chars().take(120).collect())));
    }
    found
}

/// Whether an id stands in a text as a word of its own.
fn stands_in(id: &str, text: &str) -> bool {
    text.match_indices(id).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + id.len()..].chars().next();
        ![before, after].into_iter().flatten().any(char::is_alphanumeric)
    })
}

/// Every text of a paper.
fn texts(document: &Document) -> Vec<&str> {
    let page = &document.page;
    let mut all = vec![page.title.as_str(), page.lead.as_str(), document.organisation.as_str()];
    page.sections.iter().for_each(|section| of_section(section, &mut all));
    all
}

fn of_section<'p>(section: &'p Section, all: &mut Vec<&'p str>) {
    all.push(&section.title);
    for block in &section.blocks {
        match block {
            Block::Heading(text)
            | Block::Paragraph(text)
            | Block::Warning(text)
            | Block::Note(text)
            | Block::Source(text) => {
                all.push(text);
            }
            Block::List(items) => all.extend(items.iter().map(String::as_str)),
            Block::Table(table) => {
                all.push(&table.caption);
                all.extend(table.columns.iter().map(|column| column.heading.as_ref()));
                all.extend(table.rows.iter().flatten().map(String::as_str));
            }
            Block::Definitions(rows) => all.extend(rows.iter().flat_map(|(term, text)| [term.as_str(), text.as_str()])),
            Block::Drawing(drawing) => all.extend([drawing.title(), drawing.description()]),
        }
    }
}
