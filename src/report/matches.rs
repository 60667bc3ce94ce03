//! Proposed matches as CSV: a draft of `matches.csv`, and the list of those that lack only a qualification.
//!
//! UTF-8 with a byte order mark and CRLF line ends, so that Excel opens it as it is.

use crate::case::Case;
use crate::study::matching::{Nearly, Proposal};

/// A draft of `matches.csv`, in the contract's columns.
pub fn to_csv(case: &Case, proposals: &[Proposal]) -> Vec<u8> {
    let rows = proposals.iter().map(|proposal| cells(case, proposal));
    write(&["person_id", "post_id", "match", "grade_difference", "evidence"], rows)
}

/// What to ask HR about: matches that fail only on the essential qualification.
pub fn nearly_to_csv(case: &Case, nearly: &[Nearly]) -> Vec<u8> {
    let rows = nearly.iter().map(|near| {
        let [person, post, kind, difference, evidence] = cells(case, &near.proposal);
        [person, post, kind, difference, evidence, text(&near.missing)]
    });
    write(&["person_id", "post_id", "match", "grade_difference", "evidence", "qualification_missing"], rows)
}

fn cells(case: &Case, proposal: &Proposal) -> [String; 5] {
    [
        text(&case.people[proposal.person].code),
        text(&case.posts[proposal.post].code),
        proposal.kind.word().to_owned(),
        proposal.grade_difference.to_string(),
        text(&proposal.evidence),
    ]
}

/// Text that a spreadsheet will not run as a formula; figures do not come this way.
fn text(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() }
}

fn write<const N: usize>(headings: &[&str; N], rows: impl Iterator<Item = [String; N]>) -> Vec<u8> {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(headings).expect("memory takes every byte");
    for row in rows {
        writer.write_record(&row).expect("memory takes every byte, and rows are as long as the headings");
    }
    writer.into_inner().expect("memory takes every byte")
}
