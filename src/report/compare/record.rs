//! The same comparison for other programs: one list of rows as CSV, and everything as JSON.

use serde::Serialize;

use crate::case::Case;
use crate::case::scenario::Scenario;
use crate::id::PersonId;
use crate::report::compare::drawing::destination;
use crate::report::compare::figures::{Row, counts, cover, fairness, objectives};
use crate::report::compare::phrases::{place, step_number, turn, why};
use crate::report::json;
use crate::report::lists::write;
use crate::report::price::{ValueRow, decimal, key};
use crate::report::words::{authority_code, clause_name, leaf_sentence, measured, persons};
use crate::study::compare::attribution::{Difference, Mover, Reached, Step};
use crate::study::compare::figures::Figures;
use crate::study::compare::places::Places;
use crate::study::compare::{Column, Comparison, Made};

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    scenarios: Vec<ScenarioRow<'a>>,
    against: Vec<AgainstRow<'a>>,
    same_post: Vec<PlacedRow<'a>>,
    same_authority: Vec<AuthorityRow<'a>>,
    unplaced_in_all: Vec<String>,
}

#[derive(Serialize)]
struct ScenarioRow<'a> {
    scenario: &'a str,
    name: &'a str,
    status: &'static str,
    conflict: Vec<String>,
    own_objectives: Vec<&'static str>,
    #[serde(flatten)]
    figures: Option<FigureRow<'a>>,
}

#[derive(Serialize)]
struct FigureRow<'a> {
    objectives: Vec<ValueRow>,
    placed: usize,
    at_risk: Vec<String>,
    moves: usize,
    pools: usize,
    undecided: Vec<String>,
    authorities: Vec<OwnRow<'a>>,
    cover: Vec<CoverRow<'a>>,
    fairness: Vec<MeasuredRow>,
    flows: Vec<FlowRow<'a>>,
}

#[derive(Serialize)]
struct OwnRow<'a> {
    authority_id: &'a str,
    seats: u32,
    vacancies: u32,
    people: usize,
    cost_gbp: String,
}

#[derive(Serialize)]
struct CoverRow<'a> {
    authority_id: &'a str,
    role: &'static str,
    holders: Vec<String>,
}

#[derive(Serialize)]
struct MeasuredRow {
    name: String,
    value: String,
}

#[derive(Serialize)]
struct FlowRow<'a> {
    employer: &'a str,
    to: String,
    people: usize,
}

#[derive(Serialize)]
struct AgainstRow<'a> {
    from: &'a str,
    to: &'a str,
    comparable: bool,
    steps: Vec<StepRow>,
    movers: Vec<MoverRow<'a>>,
    undecided: Vec<PairRow<'a>>,
    undecided_in_one: Vec<PairRow<'a>>,
    posts_lost: Vec<&'a str>,
    posts_won: Vec<&'a str>,
    seats: Vec<SeatRow<'a>>,
}

#[derive(Serialize)]
struct StepRow {
    step: usize,
    change: String,
    status: &'static str,
    first_moves: usize,
}

#[derive(Serialize)]
struct MoverRow<'a> {
    #[serde(flatten)]
    pair: PairRow<'a>,
    step: usize,
    from_step: usize,
    later_steps: Vec<usize>,
    why: String,
}

#[derive(Serialize)]
struct PairRow<'a> {
    person_id: &'a str,
    from: Option<&'a str>,
    to: Option<&'a str>,
    from_any_of: Vec<Option<&'a str>>,
    to_any_of: Vec<Option<&'a str>>,
}

#[derive(Serialize)]
struct SeatRow<'a> {
    post_id: &'a str,
    empty_from: u32,
    empty_to: u32,
}

#[derive(Serialize)]
struct PlacedRow<'a> {
    person_id: &'a str,
    post_id: &'a str,
}

#[derive(Serialize)]
struct AuthorityRow<'a> {
    person_id: &'a str,
    authority_id: &'a str,
}

/// A comparison as JSON: `docs/CLI.md` has the keys. Money is text, so that pence stay exact.
pub fn compare_json(case: &Case, comparison: &Comparison) -> Vec<u8> {
    let code = |person: PersonId| case.people[person].code.as_str();
    let steady = &comparison.steady;
    let first = &comparison.columns[0].scenario;
    let pairs = comparison.columns[1..].iter().zip(&comparison.against);
    json::document(&Document {
        schema: "demerge/compare/1",
        scenarios: comparison.columns.iter().map(|column| scenario_row(case, comparison, column)).collect(),
        against: pairs.map(|(column, found)| against(case, first, &column.scenario, found.as_ref())).collect(),
        same_post: steady
            .post
            .iter()
            .map(|&(who, at)| PlacedRow { person_id: code(who), post_id: &case.posts[at].code })
            .collect(),
        same_authority: steady
            .authority
            .iter()
            .map(|&(who, at)| AuthorityRow { person_id: code(who), authority_id: authority_code(case, at) })
            .collect(),
        unplaced_in_all: persons(case, &steady.unplaced),
    })
}

fn scenario_row<'a>(case: &'a Case, comparison: &Comparison, column: &'a Column) -> ScenarioRow<'a> {
    let scenario = &column.scenario;
    let (status, conflict, figures) = match &column.made {
        Made::Plan(figures) => ("optimal", Vec::new(), Some(figure_row(case, comparison, figures))),
        Made::Impossible(leaves) => {
            let all = leaves.iter().map(|&leaf| leaf_sentence(case, scenario, leaf)).collect();
            ("impossible", all, None)
        }
        Made::Stopped => ("stopped", Vec::new(), None),
    };
    ScenarioRow {
        scenario: &scenario.id,
        name: &scenario.name,
        status,
        conflict,
        own_objectives: scenario.objectives.iter().map(|objective| objective.word()).collect(),
        figures,
    }
}

fn figure_row<'a>(case: &'a Case, comparison: &Comparison, it: &Figures) -> FigureRow<'a> {
    let undecided: Vec<PersonId> = it.undecided.iter().map(|entry| entry.person).collect();
    let own = it.authorities.iter().map(|line| OwnRow {
        authority_id: authority_code(case, line.authority),
        seats: line.seats.seats,
        vacancies: line.seats.empty,
        people: line.people,
        cost_gbp: crate::quantity::write_decimal(line.cost.0, 2),
    });
    let cover = it.cover.iter().map(|entry| CoverRow {
        authority_id: authority_code(case, entry.authority),
        role: entry.role.word(),
        holders: entry.holders.iter().map(|&(who, _)| case.people[who].code.clone()).collect(),
    });
    let fairness = comparison
        .clauses
        .iter()
        .zip(&it.measured)
        .map(|(clause, found)| MeasuredRow { name: clause_name(case, clause), value: measured(case, &found.measure) });
    let flows = it.flows.iter().map(|flow| FlowRow {
        employer: authority_code(case, flow.from),
        to: destination(case, flow.to),
        people: flow.people,
    });
    let value = |&(goal, worth): &(_, i64)| ValueRow { name: key(goal), value: decimal(goal, worth) };
    FigureRow {
        objectives: it.values.iter().map(value).collect(),
        placed: it.placed,
        at_risk: persons(case, &it.at_risk),
        moves: it.moves,
        pools: it.pools,
        undecided: persons(case, &undecided),
        authorities: own.collect(),
        cover: cover.collect(),
        fairness: fairness.collect(),
        flows: flows.collect(),
    }
}

fn against<'a>(case: &'a Case, from: &'a Scenario, to: &'a Scenario, found: Option<&Difference>) -> AgainstRow<'a> {
    let codes = |posts: &[crate::id::PostId]| posts.iter().map(|&at| case.posts[at].code.as_str()).collect();
    let mut row = AgainstRow {
        from: &from.id,
        to: &to.id,
        comparable: found.is_some(),
        steps: Vec::new(),
        movers: Vec::new(),
        undecided: Vec::new(),
        undecided_in_one: Vec::new(),
        posts_lost: Vec::new(),
        posts_won: Vec::new(),
        seats: Vec::new(),
    };
    let Some(found) = found else { return row };
    row.steps = found.steps.iter().zip(1..).map(|(step, number)| step_row(case, to, step, number)).collect();
    row.movers = found.movers.iter().map(|mover| mover_row(case, to, found, mover)).collect();
    row.undecided = found.open.iter().map(|it| pair_row(case, it.person, &it.was, &it.is)).collect();
    row.undecided_in_one = found.settled.iter().map(|it| pair_row(case, it.person, &it.was, &it.is)).collect();
    row.posts_lost = codes(&found.lost);
    row.posts_won = codes(&found.won);
    let seats = found.filled.iter().map(|&(at, empty_from, empty_to)| SeatRow {
        post_id: &case.posts[at].code,
        empty_from,
        empty_to,
    });
    row.seats = seats.collect();
    row
}

fn step_row(case: &Case, to: &Scenario, step: &Step, number: usize) -> StepRow {
    let (status, first_moves) = match step.reached {
        Reached::Plan(people) => ("optimal", people),
        Reached::Impossible => ("impossible", 0),
        Reached::Stopped => ("stopped", 0),
    };
    StepRow { step: number, change: turn(case, to, &step.turn), status, first_moves }
}

fn mover_row<'a>(case: &'a Case, to: &Scenario, found: &Difference, mover: &Mover) -> MoverRow<'a> {
    let first = mover.turns.first().map_or((0, 0), |turned| turned.steps);
    MoverRow {
        pair: pair_row(case, mover.person, &mover.was, &mover.is),
        step: first.1 + 1,
        from_step: first.0 + 1,
        later_steps: mover.turns.iter().skip(1).map(|turned| turned.steps.1 + 1).collect(),
        why: why(case, to, &found.steps, mover),
    }
}

fn pair_row<'a>(case: &'a Case, person: PersonId, was: &Places, is: &Places) -> PairRow<'a> {
    let code = |place: Option<crate::id::PostId>| place.map(|at| case.posts[at].code.as_str());
    let any = |places: &Places| places.all.iter().map(|&place| code(place)).collect();
    PairRow {
        person_id: &case.people[person].code,
        from: code(was.shown),
        to: code(is.shown),
        from_any_of: any(was),
        to_any_of: any(is),
    }
}

/// A comparison as CSV: a row for each criterion, then one for each person, with a column for each scenario.
///
/// - `section` is `objective`, `figure`, `cover`, `fairness` or `person`; the last column is for people: where each differs.
pub fn compare_csv(case: &Case, comparison: &Comparison) -> Vec<u8> {
    let ids: Vec<&str> = comparison.columns.iter().map(|column| column.scenario.id.as_str()).collect();
    let head: Vec<&str> = ["section", "item"].into_iter().chain(ids).chain(["remark"]).collect();
    let of = |section: &'static str, rows: Vec<Row>| {
        rows.into_iter()
            .map(move |row| [vec![section.to_owned(), row.name], row.cells, vec![String::new()]].concat())
            .collect::<Vec<Vec<String>>>()
    };
    let rows = [
        of("objective", objectives(comparison)),
        of("figure", counts(case, comparison)),
        of("cover", cover(case, comparison)),
        of("fairness", fairness(case, comparison)),
        case.people.ids().map(|person| person_line(case, comparison, person)).collect(),
    ];
    write(&head, rows.concat().into_iter())
}

fn person_line(case: &Case, comparison: &Comparison, person: PersonId) -> Vec<String> {
    let cells = comparison.columns.iter().map(|column| match &column.made {
        Made::Plan(figures) => place(case, &figures.places(person)),
        Made::Impossible(_) => "impossible".to_owned(),
        Made::Stopped => "stopped".to_owned(),
    });
    let pairs = comparison.columns[1..].iter().zip(&comparison.against);
    let remarks = pairs.filter_map(|(column, found)| {
        let (found, to) = (found.as_ref()?, &column.scenario);
        let moves = found.movers.iter().find(|it| it.person == person).map(|mover| {
            let step = mover.turns.first().map(step_number).unwrap_or_default();
            format!("{}: moves at step {step}: {}", to.id, why(case, to, &found.steps, mover))
        });
        let open = found.open.iter().any(|it| it.person == person);
        moves.or_else(|| open.then(|| format!("{}: differs only between equally good plans", to.id)))
    });
    let mut remarks: Vec<String> = remarks.collect();
    if comparison.steady.plans > 1 && comparison.steady.post.iter().any(|it| it.0 == person) {
        remarks.push("the same authority and post throughout".to_owned());
    } else if comparison.steady.plans > 1 && comparison.steady.authority.iter().any(|it| it.0 == person) {
        remarks.push("the same authority throughout".to_owned());
    }
    let start = vec!["person".to_owned(), case.people[person].code.clone()];
    [start, cells.collect(), vec![remarks.join("; ")]].concat()
}
