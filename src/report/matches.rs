//! Proposed matches as CSV: a draft of `matches.csv`, and the list of those that lack only a qualification.
//!
//! Texts are guarded; the difference of grades is a figure, and may be below nought.

use crate::case::Case;
use crate::report::lists::{guarded, write_bare};
use crate::study::matching::{Nearly, Proposal};

/// A draft of `matches.csv`, in the contract's columns.
pub fn to_csv(case: &Case, proposals: &[Proposal]) -> Vec<u8> {
    let rows = proposals.iter().map(|proposal| cells(case, proposal));
    write_bare(&["person_id", "post_id", "match", "grade_difference", "evidence"], rows)
}

/// What to ask HR about: matches that fail only on the essential qualification.
pub fn nearly_to_csv(case: &Case, nearly: &[Nearly]) -> Vec<u8> {
    let rows = nearly.iter().map(|near| {
        let [person, post, kind, difference, evidence] = cells(case, &near.proposal);
        [person, post, kind, difference, evidence, text(&near.missing)]
    });
    write_bare(&["person_id", "post_id", "match", "grade_difference", "evidence", "qualification_missing"], rows)
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

fn text(cell: &str) -> String {
    guarded(cell.to_owned())
}
