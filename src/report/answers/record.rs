//! The same ranges for other programs: a row for each outcome, as CSV and as JSON.

use serde::Serialize;

use crate::case::Case;
use crate::case::scenario::Scenario;
use crate::report::answers::told::{changed, word};
use crate::report::json;
use crate::report::lists::write;
use crate::report::price::{decimal, key};
use crate::report::words::{authority_code, person};
use crate::study::answers::figure::Figure;
use crate::study::answers::open::{Kind, Open};
use crate::study::answers::weight::{Moves, Weight};
use crate::study::answers::{Answered, Extreme, Range, Ranges};

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    scenario: &'a str,
    status: &'static str,
    #[serde(flatten)]
    ranges: Option<RangesRow<'a>>,
}

#[derive(Serialize)]
struct RangesRow<'a> {
    combinations: String,
    known: String,
    without_plan: String,
    solves: usize,
    people: Vec<PersonRow<'a>>,
    ask: Vec<AskRow>,
    outcomes: Vec<OutcomeRow<'a>>,
}

#[derive(Serialize)]
struct PersonRow<'a> {
    person_id: String,
    open_because: &'static str,
    answers: Vec<&'a str>,
}

#[derive(Serialize)]
struct AskRow {
    person_id: String,
    place: usize,
    may_be_impossible: bool,
    alone: Option<MovesRow>,
    whatever_others_say: Option<MovesRow>,
}

#[derive(Serialize)]
struct MovesRow {
    vacancies: i64,
    statutory: i64,
    placed: i64,
    preference_met: i64,
}

#[derive(Serialize)]
struct OutcomeRow<'a> {
    outcome: &'static str,
    of: String,
    today: String,
    worst: EndRow<'a>,
    best: EndRow<'a>,
    never_worse_than: Option<String>,
    never_better_than: Option<String>,
}

#[derive(Serialize)]
struct EndRow<'a> {
    value: String,
    answers: Vec<AnswerRow<'a>>,
}

#[derive(Serialize)]
struct AnswerRow<'a> {
    person_id: String,
    answer: &'a str,
}

/// Ranges as JSON: `docs/CLI.md` has the keys. Figures are text, so that pence stay exact.
pub fn answers_json(case: &Case, scenario: &Scenario, answered: &Answered) -> Vec<u8> {
    let document = match answered {
        Answered::Ranges(ranges) => {
            Document { status: status(ranges), ranges: Some(ranges_row(case, ranges)), ..nothing(scenario, "") }
        }
        Answered::Impossible => nothing(scenario, "impossible"),
        Answered::Stopped => nothing(scenario, "stopped"),
    };
    json::document(&document)
}

fn nothing<'a>(scenario: &'a Scenario, status: &'static str) -> Document<'a> {
    Document { schema: "demerge/answers/1", scenario: &scenario.id, status, ranges: None }
}

fn status(ranges: &Ranges) -> &'static str {
    match (ranges.is_whole(), ranges.is_cut) {
        (true, _) => "complete",
        (false, false) => "partial",
        (false, true) => "stopped",
    }
}

fn ranges_row<'a>(case: &'a Case, ranges: &'a Ranges) -> RangesRow<'a> {
    let person_row = |it: &'a Open| PersonRow {
        person_id: person(case, it.person),
        open_because: because(it.kind),
        answers: it.answers.iter().map(|&said| word(case, said)).collect(),
    };
    RangesRow {
        combinations: ranges.combinations.to_string(),
        known: ranges.known.to_string(),
        without_plan: ranges.without_plan.to_string(),
        solves: ranges.solves,
        people: ranges.open.iter().map(person_row).collect(),
        ask: ranges.weights.iter().map(|weight| ask_row(case, ranges, weight)).collect(),
        outcomes: ranges.ranges.iter().map(|range| outcome_row(case, ranges, range)).collect(),
    }
}

fn because(kind: Kind) -> &'static str {
    match kind {
        Kind::NoResponse => "no_response",
        Kind::Declined => "declined",
        Kind::Late => "late",
        Kind::WouldLeave => "leave",
    }
}

/// Places are counted from 1, and people between whom nothing decides share one.
fn ask_row(case: &Case, ranges: &Ranges, weight: &Weight) -> AskRow {
    let place = ranges.weights.iter().position(|other| other.ties(weight)).map_or(0, |before| before + 1);
    AskRow {
        person_id: person(case, ranges.open[weight.position].person),
        place,
        may_be_impossible: weight.may_be_impossible,
        alone: weight.alone.map(moves_row),
        whatever_others_say: weight.whatever.map(moves_row),
    }
}

fn moves_row([vacancies, statutory, placed, preference_met]: Moves) -> MovesRow {
    MovesRow { vacancies, statutory, placed, preference_met }
}

fn outcome_row<'a>(case: &'a Case, ranges: &'a Ranges, range: &'a Range) -> OutcomeRow<'a> {
    let (outcome, of) = named(case, range.figure);
    let exact = |number: i64| number_text(range.figure, number);
    let end = |extreme: &'a Extreme| EndRow {
        value: exact(extreme.value),
        answers: changed(ranges, extreme)
            .map(|(it, said)| AnswerRow { person_id: person(case, it.person), answer: word(case, said) })
            .collect(),
    };
    OutcomeRow {
        outcome,
        of,
        today: exact(range.today),
        worst: end(&range.worst),
        best: end(&range.best),
        never_worse_than: range.bound.worst.map(exact),
        never_better_than: range.bound.best.map(exact),
    }
}

/// What the outcome counts, and of which authority, role or objective.
fn named(case: &Case, figure: Figure) -> (&'static str, String) {
    match figure {
        Figure::Placed => ("placed", String::new()),
        Figure::Met => ("preference_met", String::new()),
        Figure::NotMet => ("preference_not_met", String::new()),
        Figure::Vacancies => ("vacancies", String::new()),
        Figure::VacanciesAt(id) => ("vacancies", authority_code(case, id).to_owned()),
        Figure::Cover => ("statutory", String::new()),
        Figure::CoverAt(id, role) => ("statutory", format!("{} {role}", authority_code(case, id))),
        Figure::Goal(goal) => ("objective", key(goal)),
    }
}

fn number_text(figure: Figure, number: i64) -> String {
    match figure {
        Figure::Goal(goal) => decimal(goal, number),
        Figure::Placed
        | Figure::Met
        | Figure::NotMet
        | Figure::Vacancies
        | Figure::VacanciesAt(_)
        | Figure::Cover
        | Figure::CoverAt(..) => number.to_string(),
    }
}

/// Ranges as CSV: a line for each outcome; no line where there are none.
pub fn answers_csv(case: &Case, answered: &Answered) -> Vec<u8> {
    let head =
        ["outcome", "of", "worst", "today", "best", "never_worse_than", "never_better_than", "worst_if", "best_if"];
    let rows = match answered {
        Answered::Ranges(ranges) => ranges.ranges.iter().map(|range| line(outcome_row(case, ranges, range))).collect(),
        Answered::Impossible | Answered::Stopped => Vec::new(),
    };
    write(&head, rows.into_iter())
}

fn line(row: OutcomeRow<'_>) -> Vec<String> {
    let answers = |end: &EndRow<'_>| {
        let told = end.answers.iter().map(|it| format!("{} {}", it.person_id, it.answer));
        told.collect::<Vec<String>>().join("; ")
    };
    let (worst_if, best_if) = (answers(&row.worst), answers(&row.best));
    let bounds = [row.never_worse_than, row.never_better_than].map(Option::unwrap_or_default);
    let start = [row.outcome.to_owned(), row.of, row.worst.value, row.today, row.best.value];
    start.into_iter().chain(bounds).chain([worst_if, best_if]).collect()
}
