//! Proofs by themselves: checked against a case, without an answer that they belong to.

use crate::case::Case;
use crate::case::proof::Proof;
use crate::case::scenario::Scenario;
use crate::certify::facts::Facts;
use crate::certify::fault::Fault;
use crate::certify::proof::check;
use crate::certify::rows::Options;

/// Checks that a proof proves its claim, given the values of the objectives before it.
///
/// - `values`: of the answer's goals, in the scenario's order; a claim of impossibility looks at none.
///
/// # Errors
/// [`Fault`] says where the proof fails. What it claims may be true nevertheless.
pub fn check_proof(case: &Case, scenario: &Scenario, values: &[i64], proof: &Proof) -> Result<(), Fault> {
    Proofs::new(case, scenario).check(values, proof)
}

/// A case read once, to check several proofs about it.
pub struct Proofs<'a> {
    facts: Facts<'a>,
    options: Options,
}

impl<'a> Proofs<'a> {
    /// Reads the case.
    pub fn new(case: &'a Case, scenario: &'a Scenario) -> Self {
        let facts = Facts::read(case, scenario);
        let options = Options::of(&facts);
        Self { facts, options }
    }

    /// Checks a proof, as [`check_proof`] does.
    ///
    /// # Errors
    /// [`Fault`] says where the proof fails.
    pub fn check(&self, values: &[i64], proof: &Proof) -> Result<(), Fault> {
        check(&self.facts, &self.options, values, proof)
    }
}
