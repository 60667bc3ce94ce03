//! What a plan file claims beyond who goes where, and whether it holds.

use serde::Deserialize;
use serde_json::Value;

use crate::case::Case;
use crate::case::answer::{Answer, Conflict, Outcome, Plan, Undecided};
use crate::case::scenario::Scenario;
use crate::certify::{self, Certified, Inspection, Status};
use crate::cli::answer;
use crate::cli::exit::Error;
use crate::cli::verify::figures;
use crate::cli::verify::verdict::{Weighed, weigh};
use crate::fingerprint::Input;
use crate::load::SourceFile;
use crate::load::plan::read_csv_plan;
use crate::report::plan::{PlanFault, read_conflict, read_plan, write_plan_with};
use crate::report::provenance::Provenance;
use crate::study::summary::summarise;

/// A plan file, read.
pub(in crate::cli) enum Read {
    /// It says who goes where.
    Plan(PlanRead),
    /// It says that there is no plan.
    NoPlan {
        /// Why not, and the proof.
        conflict: Conflict,
        /// The file.
        document: Document,
    },
}

/// A file that says who goes where.
pub(in crate::cli) struct PlanRead {
    /// Who goes where.
    pub(in crate::cli) plan: Plan,
    /// Everything that is claimed of it, where the file carries it all.
    answer: Option<Answer>,
    /// The file, where it is a `plan.json`.
    document: Option<Document>,
}

impl PlanRead {
    /// Who the file says is undecided, where it carries everything that is claimed of its plan.
    pub(in crate::cli) fn undecided(&self) -> Option<&[Undecided]> {
        self.answer.as_ref().map(|answer| answer.undecided.as_slice())
    }
}

/// A `plan.json`.
pub(in crate::cli) struct Document {
    head: Head,
    text: Value,
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
    scenario: Option<String>,
    inputs: Vec<OriginFile>,
}

#[derive(Deserialize)]
struct OriginFile {
    file: String,
    sha256: String,
}

/// What became of the claims.
#[derive(Default)]
pub(in crate::cli) struct Claims {
    /// Claims that hold, in sentences.
    pub(in crate::cli) holds: Vec<String>,
    /// Claims that do not hold, in sentences.
    pub(in crate::cli) broken: Vec<String>,
    /// Other things to know, in sentences.
    pub(in crate::cli) notes: Vec<String>,
}

/// Reads a plan: JSON if it starts with `{`, else CSV.
///
/// # Errors
/// [`Error::Plan`] or [`Error::Input`] say why the file is no plan of this case.
pub(in crate::cli) fn read(case: &Case, scenario: &Scenario, name: String, bytes: Vec<u8>) -> Result<Read, Error> {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    if text.trim_ascii_start().first() != Some(&b'{') {
        let plan = read_csv_plan(case, &SourceFile { name, bytes }).map_err(Error::Input)?;
        return Ok(Read::Plan(PlanRead { plan, answer: None, document: None }));
    }
    match read_plan(case, scenario, text) {
        Ok((plan, answer)) => Ok(Read::Plan(PlanRead { plan, answer, document: Some(document(text)) })),
        Err(PlanFault::NoPlan) => {
            Ok(Read::NoPlan { conflict: read_conflict(case, scenario, text)?, document: document(text) })
        }
        Err(fault) => Err(fault.into()),
    }
}

/// The file has been read as JSON of its shape before; a head of another shape claims nothing.
fn document(text: &[u8]) -> Document {
    let text: Value = serde_json::from_slice(text).unwrap_or_default();
    Document { head: Head::deserialize(&text).unwrap_or_default(), text }
}

/// Checks a file that says that there is no plan: by its own proof, and then word by word.
pub(in crate::cli) fn check_conflict(
    case: &Case,
    scenario: &Scenario,
    conflict: &Conflict,
    document: &Document,
    inputs: &[Input],
) -> Claims {
    let mut claims = Claims::default();
    break_if_two_scenarios(&document.head, &mut claims);
    note_origin(&document.head, inputs, &mut claims);
    proved(case, scenario, Outcome::Impossible(conflict.clone()), &document.text, &mut claims);
    claims
}

/// Checks every claim of the file.
pub(in crate::cli) fn check(
    case: &Case,
    scenario: &Scenario,
    read: &PlanRead,
    found: &Inspection,
    best: &Certified,
    inputs: &[Input],
) -> Claims {
    let mut claims = Claims::default();
    let Some(Document { head, text: document }) = &read.document else {
        claims.notes.push("A list makes no claim of its own beyond who goes where.".to_owned());
        return claims;
    };
    break_if_two_scenarios(head, &mut claims);
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
        (Some(Status::Stopped), None) if is_empty(read, document) => {
            claims
                .notes
                .push("The file says that its run was stopped before it had a plan; it claims nothing.".to_owned());
        }
        (Some(status), None) => {
            claims.broken.extend(figures::wrong(case, scenario, document, found));
            unproved(status, weigh(found, best), &mut claims);
        }
        (Some(Status::Impossible), Some(_)) | (None, _) => {
            claims
                .broken
                .push(format!("The file's status is \"{}\"; a plan is optimal, stopped or impossible.", head.status));
        }
    }
    claims
}

/// Whether a run was stopped before it had a plan.
fn is_empty(read: &PlanRead, document: &Value) -> bool {
    let scored = document.get("objectives").and_then(Value::as_array).is_some_and(|rows| !rows.is_empty());
    !scored && read.plan.placed().next().is_none()
}

/// What becomes of a status that comes without proofs.
fn unproved(status: Status, weighed: Weighed, claims: &mut Claims) {
    match (status, weighed) {
        (Status::Optimal, Weighed::AsGood) => {
            claims.notes.push("The file calls its plan optimal without a proof; our own run confirms it.".to_owned());
        }
        (Status::Optimal, Weighed::Short(_) | Weighed::Better(_) | Weighed::Open) => {
            claims
                .broken
                .push("The file calls its plan optimal, and neither it nor our own run proves that.".to_owned());
        }
        (Status::Stopped | Status::Impossible, _) => {
            claims.notes.push("The file does not say that its plan is the best.".to_owned());
        }
    }
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
        Status::Stopped => {
            "The file's own proofs hold: its plan is allowed, and none is better than its bounds say.".to_owned()
        }
        Status::Impossible => "The file's own proof that no plan exists holds.".to_owned(),
    });
    let reasoned = gives_reasons(document);
    let mut summary = summarise(case, scenario, &certified);
    if reasoned {
        answer::reasons(case, scenario, &certified, &mut summary, None);
    }
    let written = write_plan_with(case, scenario, &certified, Some(&summary), &Provenance::new([]));
    let derived: Value = serde_json::from_slice(&written).expect("our own file is JSON");
    let keys = derived.as_object().into_iter().flatten().filter(|(key, _)| key.as_str() != "provenance");
    let same = |key: &str, value: &Value| match (document.get(key), value) {
        // Reasons that a limit cut short stand beside the rules, and are not derived again.
        (Some(Value::Object(claimed)), Value::Object(rules)) if key == "conflict" && !reasoned => {
            rules.iter().all(|(key, value)| claimed.get(key) == Some(value))
        }
        (claimed, value) => claimed == Some(value),
    };
    for (key, value) in keys.filter(|(key, value)| !same(key.as_str(), value)) {
        tracing::debug!(key, entries = value.as_array().map_or(1, Vec::len), "differs");
        claims.broken.push(format!("What the file says under \"{key}\" is not what its plan and the case give."));
    }
}

/// Whether the file says why there is no plan, or why seats are empty, and had the time to finish that.
fn gives_reasons(document: &Value) -> bool {
    let complete = |key: &str| document.get(key).and_then(|it| it.get("complete")) == Some(&Value::Bool(true));
    complete("conflict") || complete("vacancy_reasons")
}

/// A file was made for one scenario, and says so twice.
fn break_if_two_scenarios(head: &Head, claims: &mut Claims) {
    let other = head.provenance.scenario.as_ref().filter(|other| **other != head.scenario);
    if let Some(other) = other {
        let first = &head.scenario;
        claims
            .broken
            .push(format!("The file says that it is of scenario {first} in one place and of {other} in another."));
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
