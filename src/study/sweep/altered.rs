//! The case of one scenario: without those who left, with what people state, without posts that were withdrawn.
//!
//! What that means for a case stands in `case::change`. An answer that was drawn is about authorities only; its ranks of posts stay unknown.

use crate::case::Case;
use crate::id::PersonId;
use crate::study::sweep::draw::Drawn;

/// A case with what was drawn done to it.
#[derive(Debug, Clone)]
pub struct Altered {
    /// The case; its people are those of the base in their order, without the leavers.
    pub case: Case,
    /// For each person of the case, who it is in the base.
    pub kept: Vec<PersonId>,
}

impl Altered {
    /// Does to a case what was drawn.
    pub fn of(base: &Case, drawn: &Drawn) -> Self {
        let (case, kept) = base.changed(base.people.ids(), &drawn.change());
        Self { case, kept }
    }
}
