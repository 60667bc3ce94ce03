//! The bytes of a plan file that says "impossible", back to the claim: the rules in conflict, and the proof.

use serde::Deserialize;

use crate::case::Case;
use crate::case::answer::{Conflict, Leaf};
use crate::case::scenario::Scenario;
use crate::report::plan::SCHEMA;
use crate::report::plan::claim::{Codes, PlanFault};
use crate::report::plan::proof_rows::{NodeRow, ProofRow, from_row};
use crate::report::plan::read::EffortRow;

#[derive(Deserialize)]
struct Document {
    schema: String,
    #[serde(default)]
    scenario: String,
    #[serde(default)]
    conflict: Option<ConflictRow>,
    #[serde(default)]
    effort: EffortRow,
    #[serde(default)]
    proofs: Vec<ProofRow<NodeRow>>,
}

#[derive(Deserialize)]
struct ConflictRow {
    rules: Vec<RuleRow>,
}

#[derive(Deserialize)]
struct RuleRow {
    kind: String,
    index: Option<usize>,
    person_id: Option<String>,
}

/// The conflict that a file with status `impossible` claims.
///
/// - Nothing of it is checked here but that its ids and words are known; `certify` checks rules and proof.
///
/// # Errors
/// [`PlanFault`] says what is wrong with the file, or that it is about another scenario.
pub fn read_conflict(case: &Case, scenario: &Scenario, bytes: &[u8]) -> Result<Conflict, PlanFault> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let document: Document = serde_json::from_slice(bytes).map_err(|error| PlanFault::Format(error.to_string()))?;
    if document.schema != SCHEMA {
        return Err(PlanFault::Schema(document.schema));
    }
    if document.scenario != scenario.id {
        return Err(PlanFault::NoPlanOfOther(document.scenario));
    }
    let rules = document.conflict.ok_or(PlanFault::Conflict("it names no rules"))?.rules;
    let codes = Codes::new(case, scenario);
    let leaves = rules.iter().map(|row| leaf(&codes, row)).collect::<Result<_, _>>()?;
    let mut proofs = document.proofs.into_iter();
    match (proofs.next(), proofs.next()) {
        (Some(row), None) => Ok(Conflict { leaves, proof: from_row(&codes, row)?, effort: document.effort.into() }),
        (None, _) | (Some(_), Some(_)) => Err(PlanFault::Conflict("it needs one proof that no plan exists")),
    }
}

fn leaf(codes: &Codes<'_>, row: &RuleRow) -> Result<Leaf, PlanFault> {
    match (row.kind.as_str(), row.index, row.person_id.as_deref()) {
        ("fairness", Some(index), None) => Ok(Leaf::Clause(index)),
        ("link", Some(index), None) => Ok(Leaf::Link(index)),
        ("pin", Some(index), None) => Ok(Leaf::Pin(index)),
        ("retained_shared", None, Some(person)) => codes.person(person).map(Leaf::Retained),
        _ => Err(PlanFault::Conflict("it names a rule of an unknown kind")),
    }
}
