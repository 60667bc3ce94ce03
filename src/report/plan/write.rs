//! Certified answer to the bytes of `plan.json`: stable key order, one record a line, exact decimals.

use serde::Serialize;
use serde_json::value::RawValue;

use crate::case::Case;
use crate::case::answer::{Conflict, Leaf, Scored};
use crate::case::goal::{Goal, Part};
use crate::case::scenario::{Objective, Scenario};
use crate::certify::{Certified, Inspection, Measure, Measured, Met, Placement};
use crate::id::{AuthorityId, PersonId, PostId};
use crate::quantity::{BasisPoints, write_short};
use crate::report::json;
use crate::report::plan::SCHEMA;
use crate::report::plan::impossible::{HumanRow, human_row};
use crate::report::plan::numbers::{NumberRow, PlacedRow, number};
use crate::report::plan::proof_rows::{ProofRow, to_row};
use crate::report::plan::vacancies::{ReasonsRow, reasons_row};
use crate::report::provenance::Provenance;
use crate::report::scores::by_objective;
use crate::report::words::leaf_sentence;
use crate::study::impossible::Impossible;
use crate::study::pools::{Pool, pools};
use crate::study::summary::Summary;

/// JSON written beforehand: a record on one line, or an exact decimal.
type Raw = Box<RawValue>;

#[derive(Serialize)]
struct Document<'a> {
    schema: &'a str,
    scenario: &'a str,
    status: &'a str,
    objectives: Vec<Raw>,
    placements: Vec<Raw>,
    unplaced: Vec<&'a str>,
    vacancies: Vec<Raw>,
    undecided: Vec<Raw>,
    undecided_complete: bool,
    pools: Vec<Raw>,
    fairness: Vec<Raw>,
    #[serde(skip_serializing_if = "Option::is_none")]
    conflict: Option<ConflictRow>,
    #[serde(skip_serializing_if = "Option::is_none")]
    vacancy_reasons: Option<ReasonsRow>,
    effort: EffortRow,
    witnesses: Vec<Raw>,
    proofs: Vec<ProofRow<Raw>>,
    provenance: ProvenanceRow<'a>,
}

/// What is derived of a plan that comes without proofs.
#[derive(Serialize)]
struct Figures<'a> {
    placements: Vec<Raw>,
    unplaced: Vec<&'a str>,
    vacancies: Vec<Raw>,
    fairness: Vec<Raw>,
}

#[derive(Serialize)]
struct ObjectiveRow {
    name: &'static str,
    value: NumberRow,
    bound: NumberRow,
    /// People placed, where `greedy` or `generous` settled that.
    #[serde(skip_serializing_if = "Option::is_none")]
    placed: Option<PlacedRow>,
}

#[derive(Serialize)]
struct PlacementRow<'a> {
    person_id: &'a str,
    post_id: &'a str,
    authority_id: &'a str,
    #[serde(rename = "match")]
    kind: &'static str,
    rank: u32,
    rank_given: Option<u32>,
    preference_met: Option<bool>,
    cost_pence: i64,
    moved: bool,
}

#[derive(Serialize)]
struct VacancyRow<'a> {
    post_id: &'a str,
    seats: u32,
}

#[derive(Serialize)]
struct UndecidedRow<'a> {
    person_id: &'a str,
    posts: Vec<&'a str>,
    may_be_unplaced: bool,
}

#[derive(Serialize)]
struct PoolRow<'a> {
    people: Vec<&'a str>,
    posts: Vec<PoolPostRow<'a>>,
    seats: u32,
    may_be_unplaced: Vec<&'a str>,
}

#[derive(Serialize)]
struct PoolPostRow<'a> {
    post_id: &'a str,
    people: Vec<&'a str>,
}

#[derive(Serialize)]
struct EffortRow {
    assignments: u64,
    nodes: u64,
}

#[derive(Serialize)]
struct ConflictRow {
    rules: Vec<Raw>,
    text: String,
    #[serde(flatten)]
    human: Option<HumanRow>,
}

#[derive(Serialize)]
struct RuleRow<'a> {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    index: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    person_id: Option<&'a str>,
    text: String,
}

#[derive(Serialize)]
struct ChangeRow<'a> {
    person_id: &'a str,
    post_id: Option<&'a str>,
}

#[derive(Serialize)]
struct ProvenanceRow<'a> {
    program: &'a str,
    scenario: &'a str,
    inputs: Vec<Raw>,
}

#[derive(Serialize)]
struct InputRow<'a> {
    file: &'a str,
    sha256: &'a str,
}

/// A fairness clause; the keys that a kind does not have are left out.
#[derive(Serialize, Default)]
struct FairnessRow<'a> {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    authority: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    authorities: Option<[&'a str; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    function: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value_pct: Option<Raw>,
    #[serde(skip_serializing_if = "Option::is_none")]
    min_pct: Option<Raw>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_pct: Option<Raw>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value_gbp: Option<Raw>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_gbp: Option<Raw>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value_people: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    min_people: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value_points: Option<Raw>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_points: Option<Raw>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rates_pct: Option<[Raw; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    employers: Option<Vec<EmployerRow<'a>>>,
    level: &'static str,
    met: bool,
}

#[derive(Serialize)]
struct EmployerRow<'a> {
    authority_id: &'a str,
    met: i64,
    stated: i64,
}

/// The bytes of `plan.json`, ending with a line feed; the same answer gives the same bytes.
pub fn write_plan(case: &Case, scenario: &Scenario, certified: &Certified, provenance: &Provenance) -> Vec<u8> {
    write_plan_with(case, scenario, certified, None, provenance)
}

/// The same with the reasons that a summary may hold: why there is no plan, or why seats are empty.
pub fn write_plan_with(
    case: &Case,
    scenario: &Scenario,
    certified: &Certified,
    summary: Option<&Summary>,
    provenance: &Provenance,
) -> Vec<u8> {
    let human = summary.and_then(|summary| summary.impossible.as_ref());
    let reasons = summary.and_then(|summary| summary.vacancies.as_ref());
    let undecided = certified.undecided().iter().map(|u| UndecidedRow {
        person_id: person(case, u.person),
        posts: u.posts.iter().map(|&p| post(case, p)).collect(),
        may_be_unplaced: u.may_be_unplaced,
    });
    let objectives = by_objective(scenario, certified.objectives(), |scored| scored.goal);
    // Without a plan there is nothing to say of any objective.
    let objectives = objectives.into_iter().filter(|_| certified.plan().is_some());
    let objectives = objectives.map(|(objective, scored)| objective_row(objective, scored));
    let effort = certified.effort();
    let document = Document {
        schema: SCHEMA,
        scenario: &scenario.id,
        status: certified.status().word(),
        objectives: lines(objectives),
        placements: lines(certified.placements().iter().map(|p| placement(case, p))),
        unplaced: certified.unplaced().into_iter().map(|p| person(case, p)).collect(),
        vacancies: vacancies(case, &certified.vacancies()),
        undecided: lines(undecided),
        undecided_complete: certified.undecided_complete(),
        pools: lines(pools(case, certified).iter().map(|p| pool(case, p))),
        fairness: lines(certified.fairness().iter().map(|m| fairness(case, scenario, m))),
        conflict: certified.conflict().map(|conflict| conflict_row(case, scenario, conflict, human)),
        vacancy_reasons: reasons.map(|found| reasons_row(case, scenario, found)),
        effort: EffortRow { assignments: effort.assignments, nodes: effort.nodes },
        witnesses: witnesses(case, certified),
        proofs: proofs(case, certified),
        provenance: ProvenanceRow {
            program: &provenance.program,
            scenario: &scenario.id,
            inputs: lines(provenance.inputs.iter().map(|i| InputRow { file: &i.file, sha256: &i.sha256 })),
        },
    };
    json::document(&document)
}

/// The key `objectives` of a plan that comes without proofs, as JSON: names, values, and bounds that say the same.
pub fn write_objectives(scenario: &Scenario, found: &Inspection) -> Vec<u8> {
    let scored = |&(goal, value): &(Goal, i128)| {
        let value = i64::try_from(value).unwrap_or(i64::MAX);
        Scored { goal, value, bound: value }
    };
    let scored: Vec<Scored> = found.objectives.iter().map(scored).collect();
    let rows = by_objective(scenario, &scored, |scored| scored.goal).into_iter();
    let rows: Vec<ObjectiveRow> = rows.map(|(objective, scored)| objective_row(objective, scored)).collect();
    serde_json::to_vec(&rows).expect("rows of text and whole numbers are always JSON")
}

fn objective_row(objective: Objective, scored: &[Scored]) -> ObjectiveRow {
    let placed = scored.iter().find(|one| one.goal.part == Part::Placed);
    ObjectiveRow {
        name: objective.word(),
        value: number(objective, scored.iter().map(|one| (one.goal, one.value))),
        bound: number(objective, scored.iter().map(|one| (one.goal, one.bound))),
        placed: placed.map(|one| PlacedRow { value: one.value, bound: one.bound }),
    }
}

/// The keys of `plan.json` that follow from who goes where alone, as JSON.
pub fn write_figures(case: &Case, scenario: &Scenario, found: &Inspection) -> Vec<u8> {
    let figures = Figures {
        placements: lines(found.placements.iter().map(|p| placement(case, p))),
        unplaced: found.unplaced.iter().map(|&p| person(case, p)).collect(),
        vacancies: vacancies(case, &found.vacancies),
        fairness: lines(found.fairness.iter().map(|m| fairness(case, scenario, m))),
    };
    serde_json::to_vec(&figures).expect("rows of text and whole numbers are always JSON")
}

fn vacancies(case: &Case, empty: &[(PostId, u32)]) -> Vec<Raw> {
    lines(empty.iter().map(|&(p, seats)| VacancyRow { post_id: post(case, p), seats }))
}

fn person(case: &Case, id: PersonId) -> &str {
    &case.people[id].code
}

fn post(case: &Case, id: PostId) -> &str {
    &case.posts[id].code
}

fn authority(case: &Case, id: AuthorityId) -> &str {
    &case.authorities[id].code
}

/// One record on one line.
fn line(row: &impl Serialize) -> Raw {
    serde_json::value::to_raw_value(row).expect("rows of text and whole numbers are always JSON")
}

fn lines<T: Serialize>(rows: impl Iterator<Item = T>) -> Vec<Raw> {
    rows.map(|row| line(&row)).collect()
}

/// Hundredths as an exact decimal number: `36.17`, `35`.
fn decimal(hundredths: i64) -> Raw {
    RawValue::from_string(write_short(hundredths, 2)).expect("a plain decimal is JSON")
}

/// A share or gap, or `null` where there is nothing to divide by.
fn or_null(value: Option<BasisPoints>) -> Raw {
    value.map_or_else(|| line(&()), |value| decimal(value.0.into()))
}

fn placement<'a>(case: &'a Case, p: &Placement) -> PlacementRow<'a> {
    PlacementRow {
        person_id: person(case, p.person),
        post_id: post(case, p.post),
        authority_id: authority(case, p.authority),
        kind: p.kind.word(),
        rank: p.rank_counted,
        rank_given: p.rank_given,
        preference_met: p.preference_met,
        cost_pence: p.cost.0,
        moved: p.moved,
    }
}

fn pool<'a>(case: &'a Case, pool: &Pool) -> PoolRow<'a> {
    let people = |ids: &[PersonId]| ids.iter().map(|&id| person(case, id)).collect();
    PoolRow {
        people: people(&pool.people),
        posts: pool
            .posts
            .iter()
            .map(|(id, holders)| PoolPostRow { post_id: post(case, *id), people: people(holders) })
            .collect(),
        seats: pool.seats,
        may_be_unplaced: people(&pool.may_be_unplaced),
    }
}

fn fairness<'a>(case: &'a Case, scenario: &Scenario, measured: &'a Measured) -> FairnessRow<'a> {
    let measure = &measured.measure;
    let row = FairnessRow {
        kind: scenario.fairness[measured.index].clause.kind(),
        level: measured.level.word(),
        met: measured.met,
        ..FairnessRow::default()
    };
    let code = |id: AuthorityId| Some(authority(case, id));
    let percent = |value: Option<BasisPoints>| value.map(|value| decimal(value.0.into()));
    match measure {
        Measure::PeopleShare { authority, min, max, .. } | Measure::FteShare { authority, min, max, .. } => {
            FairnessRow {
                authority: code(*authority),
                value_pct: Some(or_null(measure.percentage())),
                min_pct: percent(*min),
                max_pct: percent(*max),
                ..row
            }
        }
        Measure::Budget { authority, cost, max } => FairnessRow {
            authority: code(*authority),
            value_gbp: Some(decimal(cost.0)),
            max_gbp: Some(decimal(max.0)),
            ..row
        },
        Measure::Cover { authority, function, placed, min } => FairnessRow {
            authority: code(*authority),
            function: Some(function),
            value_people: Some(*placed),
            min_people: Some(*min),
            ..row
        },
        Measure::VacancyGap { rates, max_points } => FairnessRow {
            authorities: Some(rates.map(|side| authority(case, side.authority))),
            value_points: Some(or_null(measure.percentage())),
            max_points: percent(Some(*max_points)),
            rates_pct: Some(rates.map(|side| or_null(side.rate()))),
            ..row
        },
        Measure::PreferenceParity { employers, widest: _, max_points } => FairnessRow {
            value_points: Some(or_null(measure.percentage())),
            max_points: percent(Some(*max_points)),
            employers: Some(employers.iter().map(|side| employer(case, side)).collect()),
            ..row
        },
    }
}

fn employer<'a>(case: &'a Case, side: &Met) -> EmployerRow<'a> {
    EmployerRow { authority_id: authority(case, side.employer), met: side.met, stated: side.stated }
}

fn conflict_row(case: &Case, scenario: &Scenario, conflict: &Conflict, human: Option<&Impossible>) -> ConflictRow {
    let sentences: Vec<String> = conflict.leaves.iter().map(|&leaf| leaf_sentence(case, scenario, leaf)).collect();
    let rows = conflict.leaves.iter().zip(&sentences).map(|(leaf, text)| {
        let (kind, index, person_id) = match *leaf {
            Leaf::Clause(index) => ("fairness", Some(index), None),
            Leaf::Link(index) => ("link", Some(index), None),
            Leaf::Pin(index) => ("pin", Some(index), None),
            Leaf::Retained(id) => ("retained_shared", None, Some(person(case, id))),
        };
        RuleRow { kind, index, person_id, text: text.clone() }
    });
    let human = human.map(|found| human_row(case, scenario, found));
    ConflictRow { rules: lines(rows), text: sentences.join("; "), human }
}

/// Each witness as what it changes in the plan.
fn witnesses(case: &Case, certified: &Certified) -> Vec<Raw> {
    let row = |&(id, to): &(PersonId, Option<PostId>)| ChangeRow {
        person_id: person(case, id),
        post_id: to.map(|to| post(case, to)),
    };
    lines(certified.witnesses().iter().map(|witness| witness.moves().iter().map(row).collect::<Vec<_>>()))
}

/// The proofs of the bounds, or of impossibility.
fn proofs(case: &Case, certified: &Certified) -> Vec<ProofRow<Raw>> {
    let of_conflict = certified.conflict().map(|conflict| &conflict.proof);
    let all = certified.proofs().iter().chain(of_conflict);
    let goals: Vec<Goal> = certified.objectives().iter().map(|scored| scored.goal).collect();
    all.map(|proof| {
        let ProofRow { objective, rank, placed, bound, rounded, nodes } = to_row(case, &goals, proof);
        ProofRow { objective, rank, placed, bound, rounded, nodes: lines(nodes.into_iter()) }
    })
    .collect()
}
