//! The bytes of a plan file back to a claim: who goes where, and what is claimed of it.

use serde::Deserialize;

use crate::case::Case;
use crate::case::answer::{Answer, Effort, Plan, Scored, Undecided, Witness};
use crate::case::goal::Goal;
use crate::case::scenario::{Objective, Scenario};
use crate::id::{Id, PersonId, PostId};
use crate::report::lists::FORMULA;
use crate::report::plan::SCHEMA;
use crate::report::plan::claim::Codes;
pub use crate::report::plan::claim::PlanFault;
use crate::report::plan::numbers::{NumberRow, PlacedRow, of_goal};
use crate::report::plan::proof_rows::{NodeRow, ProofRow, from_row};

#[derive(Deserialize)]
struct Document {
    schema: String,
    #[serde(default)]
    scenario: String,
    #[serde(default)]
    status: String,
    #[serde(default)]
    objectives: Vec<ObjectiveRow>,
    placements: Vec<PlacementRow>,
    #[serde(default)]
    undecided: Vec<UndecidedRow>,
    #[serde(default)]
    undecided_complete: bool,
    #[serde(default)]
    effort: EffortRow,
    #[serde(default)]
    witnesses: Vec<Vec<ChangeRow>>,
    #[serde(default)]
    proofs: Vec<ProofRow<NodeRow>>,
}

#[derive(Deserialize)]
struct ObjectiveRow {
    name: String,
    value: NumberRow,
    bound: NumberRow,
    #[serde(default)]
    placed: Option<PlacedRow>,
}

#[derive(Deserialize)]
struct PlacementRow {
    person_id: String,
    post_id: String,
}

#[derive(Deserialize)]
struct UndecidedRow {
    person_id: String,
    posts: Vec<String>,
    may_be_unplaced: bool,
}

#[derive(Deserialize)]
struct ChangeRow {
    person_id: String,
    post_id: Option<String>,
}

#[derive(Deserialize, Default)]
pub(super) struct EffortRow {
    assignments: u64,
    nodes: u64,
}

impl From<EffortRow> for Effort {
    fn from(row: EffortRow) -> Self {
        Effort { assignments: row.assignments, nodes: row.nodes }
    }
}

/// The plan that `plan.json` or `placements.csv` says, and the whole claim where the file carries one.
///
/// - A file that starts with `{` is read as JSON, any other as CSV with the columns `person_id` and `post_id`.
/// - The answer is `None` for CSV, for a file made for another scenario, and where not every objective has its proof.
/// - Figures in the file are claims; `certify` derives them again.
///
/// # Errors
/// [`PlanFault`] says what is wrong with the file, or which id the case does not have.
pub fn read_plan(case: &Case, scenario: &Scenario, bytes: &[u8]) -> Result<(Plan, Option<Answer>), PlanFault> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let codes = Codes::new(case, scenario);
    if bytes.trim_ascii_start().first() != Some(&b'{') {
        return Ok((read_csv(case, &codes, bytes)?, None));
    }
    let document: Document = serde_json::from_slice(bytes).map_err(|error| PlanFault::Format(error.to_string()))?;
    if document.schema != SCHEMA {
        return Err(PlanFault::Schema(document.schema));
    }
    if document.status == "impossible" {
        return Err(PlanFault::NoPlan);
    }
    let pairs = document.placements.iter().map(|row| (row.person_id.as_str(), row.post_id.as_str()));
    let plan = plan(case, &codes, pairs)?;
    let answer = read_answer(scenario, &codes, &plan, document)?;
    Ok((plan, answer))
}

fn plan<'a>(
    case: &Case,
    codes: &Codes<'_>,
    pairs: impl Iterator<Item = (&'a str, &'a str)>,
) -> Result<Plan, PlanFault> {
    let mut posts: Vec<Option<PostId>> = vec![None; case.people.len()];
    let mut seen = vec![false; case.people.len()];
    for (person, post) in pairs {
        let id: PersonId = codes.person(person)?;
        if std::mem::replace(&mut seen[id.index()], true) {
            return Err(PlanFault::Twice(person.to_owned()));
        }
        if !post.is_empty() {
            posts[id.index()] = Some(codes.post(post)?);
        }
    }
    Ok(Plan::new(case, posts))
}

/// Rows of `placements.csv`; a blank `post_id` is no post, and further columns do not matter.
fn read_csv(case: &Case, codes: &Codes<'_>, bytes: &[u8]) -> Result<Plan, PlanFault> {
    let format = |error: csv::Error| PlanFault::Format(error.to_string());
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(bytes);
    let headers = reader.headers().map_err(format)?.clone();
    let column = |name: &str| {
        let missing = || PlanFault::Format(format!("there is no column \"{name}\" and no JSON"));
        headers.iter().position(|heading| heading.eq_ignore_ascii_case(name)).ok_or_else(missing)
    };
    let (person, post) = (column("person_id")?, column("post_id")?);
    let mut pairs = Vec::new();
    for record in reader.records() {
        let record = record.map_err(format)?;
        let cell = |at: usize| unguarded(record.get(at).unwrap_or("")).to_owned();
        let pair = (cell(person), cell(post));
        if pair.0.is_empty() && pair.1.is_empty() {
            continue;
        }
        pairs.push(pair);
    }
    plan(case, codes, pairs.iter().map(|(person, post)| (person.as_str(), post.as_str())))
}

/// A cell without the apostrophe that keeps a spreadsheet from reading it as a formula.
fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(FORMULA) => rest,
        Some(_) | None => cell,
    }
}

fn read_answer(
    scenario: &Scenario,
    codes: &Codes<'_>,
    plan: &Plan,
    document: Document,
) -> Result<Option<Answer>, PlanFault> {
    if document.scenario != scenario.id {
        return Ok(None);
    }
    let named = document.objectives.iter().map(|row| objective(&row.name)).collect::<Result<Vec<_>, _>>()?;
    let proofs = document.proofs.into_iter().map(|row| from_row(codes, row)).collect::<Result<Vec<_>, _>>()?;
    if named != scenario.objectives || proofs.len() != codes.goals().len() {
        return Ok(None);
    }
    let scored = |&goal: &Goal| {
        let row = &document.objectives[goal.position];
        let value = of_goal(goal, &row.value, row.placed.map(|placed| placed.value))?;
        Some(Scored { goal, value, bound: of_goal(goal, &row.bound, row.placed.map(|placed| placed.bound))? })
    };
    let Some(objectives) = codes.goals().iter().map(scored).collect() else { return Ok(None) };
    let undecided = document.undecided.iter().map(|row| {
        Ok(Undecided {
            person: codes.person(&row.person_id)?,
            posts: row.posts.iter().map(|post| codes.post(post)).collect::<Result<_, _>>()?,
            may_be_unplaced: row.may_be_unplaced,
        })
    });
    let witnesses = document.witnesses.iter().map(|changes| witness(codes, changes));
    Ok(Some(Answer {
        plan: plan.clone(),
        objectives,
        proofs,
        undecided: undecided.collect::<Result<_, PlanFault>>()?,
        witnesses: witnesses.collect::<Result<_, _>>()?,
        undecided_complete: document.undecided_complete,
        effort: document.effort.into(),
    }))
}

/// The objective with this word.
fn objective(word: &str) -> Result<Objective, PlanFault> {
    Objective::from_word(word).ok_or_else(|| PlanFault::Unknown { what: "objective", code: word.to_owned() })
}

fn witness(codes: &Codes<'_>, changes: &[ChangeRow]) -> Result<Witness, PlanFault> {
    let one = |change: &ChangeRow| {
        let post = change.post_id.as_deref().map(|post| codes.post(post)).transpose()?;
        Ok((codes.person(&change.person_id)?, post))
    };
    Ok(Witness::new(changes.iter().map(one).collect::<Result<_, _>>()?))
}
