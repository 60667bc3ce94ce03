//! The material-change test on paper: the page of `demerge diff`, its CSV and its JSON.

mod phrases;
mod record;

pub use crate::report::material::record::{diff_csv, diff_json};

use crate::case::Case;
use crate::case::material::MaterialRule;
use crate::case::scenario::Scenario;
use crate::report::compare::origin;
use crate::report::material::phrases::{found_in, limit, post_line, summary, verdict};
use crate::report::page::{Block, Page, Section, paragraph, table, text};
use crate::report::provenance::Provenance;
use crate::report::words::{count, joined};
use crate::study::material::side::Person;
use crate::study::material::{Change, Found, Judged, Judgement, Verdict};

/// One side, for the words about it.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    /// Its case.
    pub case: &'a Case,
    /// Its scenario.
    pub scenario: &'a Scenario,
    /// What it is: a scenario, or a file.
    pub what: &'a str,
    /// What there is to know about it, in sentences.
    pub notes: &'a [String],
}

impl Told<'_> {
    /// The chosen structures: `A1 and B2`.
    fn structures(&self) -> String {
        let codes = self.scenario.structures.values().map(|&id| self.case.structures[id].code.clone());
        joined(&codes.collect::<Vec<_>>(), "and")
    }
}

/// The page as it is filed: with where it comes from, before the outcome.
pub fn filed(
    rule: &MaterialRule,
    was: &Told<'_>,
    is: &Told<'_>,
    judgement: &Judgement,
    provenance: &Provenance,
) -> Page {
    let mut page = page(rule, was, is, judgement);
    page.sections.insert(page.sections.len() - 1, origin(provenance));
    page
}

/// The page of a judgement; its last line says whether the delegated power applies.
pub fn page(rule: &MaterialRule, was: &Told<'_>, is: &Told<'_>, judgement: &Judgement) -> Page {
    let mut sections = vec![compared(rule, was, is, judgement), lines(judgement)];
    let found: Vec<Block> = (1..).zip(&judgement.lines).flat_map(|(number, line)| details(number, line)).collect();
    if !found.is_empty() {
        sections.push(Section { id: "found", title: "What was found".to_owned(), blocks: found });
    }
    sections.push(Section {
        id: "outcome",
        title: "Whether the delegated power applies".to_owned(),
        blocks: vec![
            paragraph("This applies the rule as it is written; whether the rule is the right one is for members and their advisers."),
            paragraph(summary(judgement)),
        ],
    });
    Page { title: format!("Material change: {}", rule.name), lead: rule.source.clone(), sections }
}

fn compared(rule: &MaterialRule, was: &Told<'_>, is: &Told<'_>, judgement: &Judgement) -> Section {
    let side = |told: &Told<'_>| format!("{}, structures {}", told.what, told.structures());
    let mut blocks = vec![Block::Definitions(vec![
        ("Consulted".to_owned(), side(was)),
        ("Final".to_owned(), side(is)),
        ("Rule".to_owned(), count(rule.lines.len() as u64, "line", "lines")),
    ])];
    blocks.extend(was.notes.iter().chain(is.notes).map(|note| Block::Note(note.clone())));
    if !judgement.strangers.is_empty() {
        blocks.push(Block::Note(format!(
            "In one of the two cases only, and in no line on people: {}.",
            joined(&judgement.strangers, "and")
        )));
    }
    Section { id: "compared", title: "What is compared".to_owned(), blocks }
}

fn lines(judgement: &Judgement) -> Section {
    let columns = vec![text("Line"), text("The rule allows"), text("Found"), text("Verdict")];
    let row = |(number, line): (usize, &Judged)| {
        vec![number.to_string(), limit(&line.line), found_in(line), verdict(line.verdict).to_owned()]
    };
    let mut blocks = vec![table("Each line of the rule", columns, (1..).zip(&judgement.lines).map(row).collect())];
    if judgement.count(Verdict::Open) > 0 {
        blocks.push(Block::Source(
            "Open: people who are undecided between equally good places; settled one way the line is kept, another way it is \
             not."
                .to_owned(),
        ));
    }
    Section { id: "lines", title: "Line by line".to_owned(), blocks }
}

/// What a line counts, each with its rows.
fn details(number: usize, line: &Judged) -> Vec<Block> {
    if line.found.is_empty() {
        return Vec::new();
    }
    let caption = format!("Line {number} ({}): {}", line.line.place, line.line.test.kind());
    let people = line.found.iter().filter_map(|found| match found {
        Found::Person { id, was, is, change } => Some(vec![
            format!("{id} ({})", rows("people.csv", Some(was.row), Some(is.row))),
            places(was),
            places(is),
            match change {
                Change::Sure => "certain".to_owned(),
                Change::Open | Change::None => "open".to_owned(),
            },
        ]),
        Found::Post { .. } => None,
    });
    let people: Vec<Vec<String>> = people.collect();
    if people.is_empty() {
        let posts = line.found.iter().filter_map(|found| match found {
            Found::Post { id, was_row, is_row, changes } => {
                Some(vec![id.clone(), rows("posts.csv", *was_row, *is_row), post_line(*was_row, *is_row, changes)])
            }
            Found::Person { .. } => None,
        });
        return vec![table(caption, vec![text("Post"), text("Where"), text("What differs")], posts.collect())];
    }
    vec![table(caption, vec![text("Person"), text("Consulted"), text("Final"), text("Change")], people)]
}

/// `posts.csv row 57`, or both rows where they differ.
fn rows(file: &str, was: Option<u32>, is: Option<u32>) -> String {
    match (was, is) {
        (Some(was), Some(is)) if was != is => format!("{file} row {was} consulted, row {is} final"),
        (Some(row), _) | (None, Some(row)) => format!("{file} row {row}"),
        (None, None) => file.to_owned(),
    }
}

/// A place with the others that are as good.
fn places(person: &Person) -> String {
    let shown = person.shown.as_ref().map_or("no post", |place| place.post.as_str());
    let mut others: Vec<&str> =
        person.all.iter().filter(|it| **it != person.shown).flatten().map(|place| place.post.as_str()).collect();
    if person.shown.is_some() && person.all.contains(&None) {
        others.push("no post");
    }
    if others.is_empty() { shown.to_owned() } else { format!("{shown} (or {})", others.join(", ")) }
}
