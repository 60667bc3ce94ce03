//! The same judgement for other programs: a row for each thing found as CSV, and everything as JSON.

use serde::Serialize;

use crate::case::material::MaterialRule;
use crate::quantity::write_decimal;
use crate::report::json;
use crate::report::lists::write;
use crate::report::material::phrases::{found_in, limit, post_line, summary, verdict};
use crate::report::material::{Told, places};
use crate::study::material::side::{Person, Place};
use crate::study::material::{Amount, Change, FieldChange, Found, Judged, Judgement, Verdict};

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    rule: &'a str,
    source: &'a str,
    consulted: SideRow<'a>,
    #[serde(rename = "final")]
    settled: SideRow<'a>,
    delegated_power: &'static str,
    beyond: usize,
    open: usize,
    summary: String,
    lines: Vec<LineRow<'a>>,
    in_one_case_only: &'a [String],
}

#[derive(Serialize)]
struct SideRow<'a> {
    scenario: &'a str,
    what: &'a str,
    structures: Vec<&'a str>,
    notes: &'a [String],
}

#[derive(Serialize)]
struct LineRow<'a> {
    line: usize,
    place: &'a str,
    kind: &'static str,
    limit: String,
    amount: AmountRow,
    verdict: &'static str,
    posts: Vec<PostRow<'a>>,
    people: Vec<PersonRow<'a>>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum AmountRow {
    Count { certain: usize, open: usize, of: usize },
    Cost { consulted_gbp: String, final_gbp: String },
}

#[derive(Serialize)]
struct PostRow<'a> {
    post_id: &'a str,
    consulted_row: Option<u32>,
    final_row: Option<u32>,
    changes: Vec<FieldRow<'a>>,
}

#[derive(Serialize)]
struct FieldRow<'a> {
    column: &'static str,
    was: &'a str,
    is: &'a str,
}

#[derive(Serialize)]
struct PersonRow<'a> {
    person_id: &'a str,
    consulted_row: u32,
    final_row: u32,
    consulted: Option<&'a str>,
    #[serde(rename = "final")]
    settled: Option<&'a str>,
    consulted_any_of: Vec<Option<&'a str>>,
    final_any_of: Vec<Option<&'a str>>,
    certain: bool,
}

/// A judgement as JSON: `docs/CLI.md` has the keys. Money is text, so that pence stay exact.
pub fn diff_json(rule: &MaterialRule, was: &Told<'_>, is: &Told<'_>, judgement: &Judgement) -> Vec<u8> {
    let (beyond, open) = (judgement.count(Verdict::Beyond), judgement.count(Verdict::Open));
    json::document(&Document {
        schema: "demerge/diff/1",
        rule: &rule.name,
        source: &rule.source,
        consulted: side_row(was),
        settled: side_row(is),
        delegated_power: match (beyond, open) {
            (0, 0) => "applies",
            (0, _) => "open",
            (_, _) => "report_back",
        },
        beyond,
        open,
        summary: summary(judgement),
        lines: (1..).zip(&judgement.lines).map(|(number, line)| line_row(number, line)).collect(),
        in_one_case_only: &judgement.strangers,
    })
}

fn side_row<'a>(told: &Told<'a>) -> SideRow<'a> {
    let structures = told.scenario.structures.values().map(|&id| told.case.structures[id].code.as_str());
    SideRow { scenario: &told.scenario.id, what: told.what, structures: structures.collect(), notes: told.notes }
}

fn line_row(number: usize, judged: &Judged) -> LineRow<'_> {
    let amount = match judged.amount {
        Amount::Count { sure, open, of } => AmountRow::Count { certain: sure, open, of },
        Amount::Cost { was, is } => {
            AmountRow::Cost { consulted_gbp: write_decimal(was.0, 2), final_gbp: write_decimal(is.0, 2) }
        }
    };
    let (mut posts, mut people) = (Vec::new(), Vec::new());
    for found in &judged.found {
        match found {
            Found::Post { id, was_row, is_row, changes } => posts.push(PostRow {
                post_id: id,
                consulted_row: *was_row,
                final_row: *is_row,
                changes: changes.iter().map(field_row).collect(),
            }),
            Found::Person { id, was, is, change } => people.push(person_row(id, was, is, *change)),
        }
    }
    LineRow {
        line: number,
        place: &judged.line.place,
        kind: judged.line.test.kind(),
        limit: limit(&judged.line),
        amount,
        verdict: verdict(judged.verdict),
        posts,
        people,
    }
}

fn field_row(change: &FieldChange) -> FieldRow<'_> {
    FieldRow { column: change.field.heading(), was: &change.was, is: &change.is }
}

fn person_row<'a>(id: &'a str, was: &'a Person, is: &'a Person, change: Change) -> PersonRow<'a> {
    fn code(place: &Option<Place>) -> Option<&str> {
        place.as_ref().map(|place| place.post.as_str())
    }
    PersonRow {
        person_id: id,
        consulted_row: was.row,
        final_row: is.row,
        consulted: code(&was.shown),
        settled: code(&is.shown),
        consulted_any_of: was.all.iter().map(code).collect(),
        final_any_of: is.all.iter().map(code).collect(),
        certain: change == Change::Sure,
    }
}

/// A judgement as CSV: a row for each line of the rule, and below it one for each post or person that it counts.
pub fn diff_csv(judgement: &Judgement) -> Vec<u8> {
    let head =
        ["line", "kind", "limit", "found", "verdict", "id", "consulted_row", "final_row", "consulted", "final", "what"];
    let rows = (1..).zip(&judgement.lines).flat_map(|(number, line): (usize, &Judged)| {
        let start = vec![number.to_string(), line.line.test.kind().to_owned()];
        let whole = vec![limit(&line.line), found_in(line), verdict(line.verdict).to_owned()];
        let first = [start.clone(), whole, vec![String::new(); 6]].concat();
        let each = line.found.iter().map(move |found| [start.clone(), vec![String::new(); 3], detail(found)].concat());
        std::iter::once(first).chain(each).collect::<Vec<Vec<String>>>()
    });
    write(&head, rows)
}

/// Id, both rows, both places, and what differs.
fn detail(found: &Found) -> Vec<String> {
    let row = |row: Option<u32>| row.map(|row| row.to_string()).unwrap_or_default();
    match found {
        Found::Post { id, was_row, is_row, changes } => vec![
            id.clone(),
            row(*was_row),
            row(*is_row),
            String::new(),
            String::new(),
            post_line(*was_row, *is_row, changes),
        ],
        Found::Person { id, was, is, change } => vec![
            id.clone(),
            was.row.to_string(),
            is.row.to_string(),
            places(was),
            places(is),
            if *change == Change::Sure { "certain" } else { "open" }.to_owned(),
        ],
    }
}
