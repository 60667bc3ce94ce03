//! One case and scenario with many changes: what no change touches is read once.
//!
//! The answer to a change is in the numbers of the case before it: whoever has left is still in the list, has no post, and counts
//! nowhere. Everything is derived as [`certify`](crate::certify::certify) derives it of the case that
//! [`Case::changed`] makes, by the same functions.

use crate::case::Case;
use crate::case::answer::Outcome;
use crate::case::change::Change;
use crate::case::scenario::Scenario;
use crate::certify::facts::Facts;
use crate::certify::known::Known;
use crate::certify::{Certified, Refusal, certify_facts};

/// A case read through one scenario, for answers to changes of it.
pub struct Ground<'a> {
    facts: Facts<'a>,
    known: Known,
}

impl<'a> Ground<'a> {
    /// Reads the case once for many changes.
    pub fn new(case: &'a Case, scenario: &'a Scenario) -> Self {
        let facts = Facts::read(case, scenario);
        let known = Known::of(&facts);
        Self { facts, known }
    }

    /// Derives every statement of an outcome again, of the case with this change.
    ///
    /// # Errors
    /// [`Refusal`] names the first statement that does not hold: a bug of ours in the solver.
    ///
    /// # Panics
    /// If the change names people or posts that the case does not have (a bug of ours).
    pub fn certify(&self, change: &Change, outcome: Outcome) -> Result<Certified, Refusal> {
        certify_facts(&self.facts.changed(&self.known, change), outcome)
    }
}
