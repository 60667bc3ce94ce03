//! The record of decisions, read beside the case: nobody is decided without a decider and a reason.

use std::collections::BTreeMap;

use crate::case::Case;
use crate::case::record::{Record, Ruling};
use crate::load::codes::Code;
use crate::load::fault::{Faults, did_you_mean};
use crate::load::grid::{Grid, plain_name};
use crate::load::schema::{Kind, Need, TableShape, extra, may, must};
use crate::load::table::{self, Record as Row, TableData};
use crate::load::{Diagnostics, Sources, csv, workbook};

/// Name of the file without `.csv`, and of the sheet.
pub(super) const NAME: &str = "decisions";

/// Its columns.
pub static SHAPE: TableShape = TableShape {
    name: NAME,
    need: Need::Optional,
    keys: 1,
    help: "What was proposed for each person, and what was decided.",
    columns: &[
        must("person_id", Kind::Id("people"), "the person"),
        may("proposal", Kind::Id("posts"), "the post that the program proposed; blank for none"),
        may("decision", Kind::Word(Ruling::WORDS), "what was decided; blank while it is open"),
        may("post_id", Kind::Id("posts"), "the post decided on, where changed; blank for none"),
        may("decided_by", Kind::Text, "by whom (role, not name)"),
        may("date", Kind::Date, "when"),
        may("reason", Kind::Text, "why"),
        extra("representation", Kind::Text, "what the person said about it"),
        extra("appeal_outcome", Kind::Text, "how an appeal ended"),
    ],
};

/// Reads the record of a case; `None` where it has none.
///
/// # Errors
/// Every fault of the table, each with its row and column: a decision without decider or reason among them.
pub fn load(sources: &Sources, case: &Case) -> Result<Option<Vec<Record>>, Diagnostics> {
    let mut faults = Faults::default();
    let records = grid(sources, &mut faults).and_then(|grid| {
        let table = table::read(&SHAPE, grid, &mut faults)?;
        Some(records(&table, case, &mut faults))
    });
    if faults.stop() { Err(Diagnostics(faults.into_sorted())) } else { Ok(records) }
}

fn grid(sources: &Sources, faults: &mut Faults) -> Option<Grid> {
    match sources {
        Sources::Folder(files) => {
            let named = |name: &str| name.to_lowercase().strip_suffix(".csv").map(plain_name).as_deref() == Some(NAME);
            let file = files.iter().find(|file| named(&file.name))?;
            csv::read(&file.name, 1, &file.bytes, faults)
        }
        Sources::Workbook(file) => {
            let order = |sheet: &str| (plain_name(sheet.trim()) == NAME).then_some(1);
            workbook::read(&file.name, &file.bytes, &order, faults)?.0.into_iter().next()
        }
    }
}

fn records(table: &TableData, case: &Case, faults: &mut Faults) -> Vec<Record> {
    let people = case.people_by_code();
    let posts = case.posts_by_code();
    let mut found = Vec::new();
    for row in &table.records {
        let person = id(table, row, "person_id", &people, faults);
        let proposal = id(table, row, "proposal", &posts, faults);
        let post = id(table, row, "post_id", &posts, faults);
        let text = |column: &str| table.cell(row, column).text().unwrap_or_default().to_owned();
        let Some(person) = person else { continue };
        let record = Record {
            row: row.row,
            person,
            proposal,
            ruling: table.cell(row, "decision").text().and_then(Ruling::from_word),
            post,
            decided_by: text("decided_by"),
            date: text("date"),
            reason: text("reason"),
            representation: text("representation"),
            appeal_outcome: text("appeal_outcome"),
        };
        check(table, row, &record, faults);
        found.push(record);
    }
    found.sort_by_key(|record| record.person);
    found
}

fn id<I: Copy>(
    table: &TableData,
    row: &Row,
    column: &str,
    known: &BTreeMap<&str, I>,
    faults: &mut Faults,
) -> Option<I> {
    let code = table.cell(row, column).text()?;
    let found = known.get(code).copied();
    if found.is_none() {
        let kind = if column == "person_id" { "person" } else { "post" };
        let why = format!("the case has no {kind} {code}");
        let hint = did_you_mean(code, known.keys().copied());
        faults.add(Code::UnknownId, table.spot(row, column), code, why, format!("correct the id{hint}"));
    }
    found
}

/// A decision names who made it and why, and does what its word says.
fn check(table: &TableData, row: &Row, record: &Record, faults: &mut Faults) {
    let Some(ruling) = record.ruling else { return };
    for (column, text) in [("decided_by", &record.decided_by), ("reason", &record.reason)] {
        if text.is_empty() {
            let why = format!(
                "nobody is {ruling} without a named decider and a reason: a decision that nobody made is the program's own, and \
                 the program only proposes"
            );
            let action = format!("fill in {column}, or clear the cell decision until somebody has decided");
            faults.add(Code::Blank, table.spot(row, column), "", why, action);
        }
    }
    let wrong = match ruling {
        Ruling::Accepted if record.post.is_some() && record.post != record.proposal => {
            Some("post_id names another post than the proposal, and an accepted proposal keeps its post")
        }
        Ruling::Changed if record.post == record.proposal => {
            Some("post_id is what was proposed, so nothing was changed; blank means no post")
        }
        Ruling::Rejected if record.proposal.is_none() => Some("no post was proposed that could be rejected"),
        Ruling::Rejected if record.post.is_some() => {
            Some("post_id names a post, and a rejection leaves open what instead")
        }
        Ruling::Accepted | Ruling::Changed | Ruling::Rejected | Ruling::Withdrawn => None,
    };
    if let Some(why) = wrong {
        let action =
            "write accepted for the proposal, changed for another post or none, rejected for \"not this post\"";
        faults.add(Code::UnknownWord, table.spot(row, "decision"), ruling.word(), why, action);
    }
}
