//! What a plan file claims beyond who goes where, and whether it holds.

use serde::Deserialize;
use serde_json::Value;

use crate::case::Case;
use crate::case::answer::{Answer, Outcome, Plan};
use crate::case::scenario::Scenario;
use crate::certify::{self, Certified, Inspection, Status};
use crate::cli::exit::Error;
use crate::cli::verify::verdict::{Weighed, weigh};
use crate::load::plan::read_csv_plan;
use crate::load::{Input, SourceFile};
use crate::report::plan::{read_plan, write_plan};
use crate::report::provenance::Provenance;

/// A plan file, read.
pub(super) struct Read {
    /// Who goes where.
    pub(super) plan: Plan,
    /// Everything that is claimed of it, where the file carries it all.
    answer: Option<Answer>,
    /// The file, where it is a `plan.json`.
    document: Option<(Head, Value)>,
}

/// What the file says about itself.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Head {
    scenario: String,
    status: String,
    provenance: Origin,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Origin {
    inputs: Vec<OriginFile>,
}

#[derive(Deserialize)]
struct OriginFile {
    file: String,
    sha256: String,
}

/// What became of the claims.
#[derive(Default)]
pub(super) struct Claims {
    /// Claims that hold, in sentences.
    pub(super) holds: Vec<String>,
    /// Claims that do not hold, in sentences.
    pub(super) broken: Vec<String>,
    /// Other things to know, in sentences.
    pub(super) notes: Vec<String>,
}

/// Reads a plan: JSON if it starts with `{`, else CSV.
///
/// # Errors
/// [`Error::Plan`] or [`Error::Input`] say why the file is no plan of this case.
pub(super) fn read(case: &Case, scenario: &Scenario, name: String, bytes: Vec<u8>) -> Result<Read, Error> {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    if text.trim_ascii_start().first() != Some(&b'{') {
        let plan = read_csv_plan(case, &SourceFile { name, bytes }).map_err(Error::Input)?;
        return Ok(Read { plan, answer: None, document: None });
    }
    let (plan, answer) = read_plan(case, scenario, text)?;
    // `read_plan` has read it as JSON of this shape; a head of another shape claims nothing.
    let document: Value = serde_json::from_slice(text).unwrap_or_default();
    let head = Head::deserialize(&document).unwrap_or_default();
    Ok(Read { plan, answer, document: Some((head, document)) })
}

/// Checks every claim of the file.
pub(super) fn check(
    case: &Case,
    scenario: &Scenario,
    read: &Read,
    found: &Inspection,
    best: &Certified,
    inputs: &[Input],
) -> Claims {
    let mut claims = Claims::default();
    let Some((head, document)) = &read.document else {
        claims.notes.push("A list makes no claim of its own beyond who goes where.".to_owned());
        return claims;
    };
    if head.scenario != scenario.id {
        let made_for =
            if head.scenario.is_empty() { "no scenario".to_owned() } else { format!("scenario {}", head.scenario) };
        claims.notes.push(format!("The file was made for {made_for}; here only its placements were looked at."));
        return claims;
    }
    note_origin(head, inputs, &mut claims);
    match (Status::from_word(&head.status), &read.answer) {
        (Some(Status::Optimal), Some(answer)) => {
            proved(case, scenario, Outcome::Placed(answer.clone()), document, &mut claims);
        }
        (Some(Status::Stopped), Some(answer)) => {
            proved(case, scenario, Outcome::Stopped(Some(answer.clone())), document, &mut claims);
        }
        (Some(Status::Optimal), None) => match weigh(found, best) {
            Weighed::AsGood => {
                claims
                    .notes
                    .push("The file calls its plan optimal without a proof; our own run confirms it.".to_owned());
            }
            Weighed::Short(_) | Weighed::Better(_) | Weighed::Open => {
                claims
                    .broken
                    .push("The file calls its plan optimal, and neither it nor our own run proves that.".to_owned());
            }
        },
        (Some(Status::Stopped | Status::Impossible) | None, _) => {
            claims.notes.push("The file does not say that its plan is the best.".to_owned());
        }
    }
    claims
}

/// By the file's own proofs, and then figure by figure.
fn proved(case: &Case, scenario: &Scenario, outcome: Outcome, document: &Value, claims: &mut Claims) {
    let certified = match certify::certify(case, scenario, outcome) {
        Ok(certified) => certified,
        Err(refusal) => {
            claims.broken.push(format!("The file's own proof does not hold: {refusal}."));
            return;
        }
    };
    claims.holds.push(match certified.status() {
        Status::Optimal => "Proved best: the file's own proof of each objective holds.".to_owned(),
        Status::Stopped | Status::Impossible => {
            "The file's own proofs hold: its plan is allowed, and none is better than its bounds say.".to_owned()
        }
    });
    let written = write_plan(case, scenario, &certified, &Provenance::new([]));
    let derived: Value = serde_json::from_slice(&written).expect("our own file is JSON");
    let keys = derived.as_object().into_iter().flatten().filter(|(key, _)| key.as_str() != "provenance");
    for (key, value) in keys.filter(|(key, value)| document.get(key.as_str()) != Some(*value)) {
        tracing::debug!(key, entries = value.as_array().map_or(1, Vec::len), "differs");
        claims.broken.push(format!("What the file says under \"{key}\" is not what its plan and the case give."));
    }
}

/// Which inputs have changed since the file was made.
fn note_origin(head: &Head, inputs: &[Input], claims: &mut Claims) {
    let same = |then: &OriginFile| inputs.iter().any(|now| now.file == then.file && now.sha256 == then.sha256);
    let changed: Vec<&str> =
        head.provenance.inputs.iter().filter(|then| !same(then)).map(|then| then.file.as_str()).collect();
    if !changed.is_empty() {
        claims.notes.push(format!("The file was made from other versions of {}.", changed.join(", ")));
    }
}
