//! The same table for other programs.

use serde::Serialize;

use crate::case::scenario::Scenario;
use crate::case::{Case, StatutoryRole};
use crate::id::AuthorityId;
use crate::report::json;
use crate::report::lists::write;
use crate::report::words::persons;
use crate::study::rules::{Column, Figures, Made, SideBySide, Way};
use crate::study::stable::Basis;

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    scenario: &'a str,
    priority_basis: &'static str,
    priority: Vec<String>,
    rules: Vec<RuleRow>,
}

#[derive(Serialize)]
struct RuleRow {
    rule: &'static str,
    status: &'static str,
    #[serde(flatten)]
    figures: Option<FigureRow>,
}

#[derive(Serialize)]
struct FigureRow {
    placed: usize,
    unplaced: usize,
    vacancies: u32,
    moves: usize,
    statutory_covered: Vec<String>,
    statutory_wanted: usize,
    preference_met: usize,
    preference_stated: usize,
    ranks: Vec<RankRow>,
    unlisted: usize,
    no_response: usize,
    blocking_pairs: usize,
    breaches: usize,
    differs: Vec<String>,
    placements: Vec<PlacementRow>,
}

#[derive(Serialize)]
struct RankRow {
    rank: u32,
    people: usize,
}

#[derive(Serialize)]
struct PlacementRow {
    person_id: String,
    post_id: String,
}

/// Rules as JSON: `docs/CLI.md` has the keys.
pub fn rules_json(case: &Case, scenario: &Scenario, rules: &SideBySide) -> Vec<u8> {
    let document = Document {
        schema: "demerge/rules/1",
        scenario: &scenario.id,
        priority_basis: match rules.priority.basis {
            Basis::Service => "service_years",
            Basis::Given => "given",
        },
        priority: persons(case, &rules.priority.order),
        rules: rules.columns.iter().map(|column| rule_row(case, rules, column)).collect(),
    };
    json::document(&document)
}

/// Rules as CSV: a line for each rule.
pub fn rules_csv(case: &Case, rules: &SideBySide) -> Vec<u8> {
    let head = [
        "rule",
        "status",
        "placed",
        "unplaced",
        "vacancies",
        "moves",
        "statutory_covered",
        "preference_met",
        "ranks",
        "unlisted",
        "no_response",
        "blocking_pairs",
        "breaches",
        "differs",
    ];
    let row = |column: &Column| {
        let start = vec![key(column.way).to_owned(), status(&column.made).to_owned()];
        let cells = match &column.made {
            Made::Plan(figures) => cells(case, figures),
            Made::Impossible | Made::Stopped => vec![String::new(); head.len() - start.len()],
        };
        [start, cells].concat()
    };
    write(&head, rules.columns.iter().map(row))
}

fn cells(case: &Case, it: &Figures) -> Vec<String> {
    let ranks: Vec<String> = it.ranks.iter().map(|(rank, people)| format!("{rank}:{people}")).collect();
    vec![
        it.placed.to_string(),
        it.unplaced.to_string(),
        it.vacancies.to_string(),
        it.moves.to_string(),
        cover(case, it).join(";"),
        it.preference_met.to_string(),
        ranks.join(";"),
        it.unlisted.to_string(),
        it.no_response.to_string(),
        it.blocking.to_string(),
        it.breaches.to_string(),
        persons(case, &it.differs).join(";"),
    ]
}

fn rule_row(case: &Case, rules: &SideBySide, column: &Column) -> RuleRow {
    let figures = match &column.made {
        Made::Plan(figures) => Some(figure_row(case, rules, figures)),
        Made::Impossible | Made::Stopped => None,
    };
    RuleRow { rule: key(column.way), status: status(&column.made), figures }
}

fn figure_row(case: &Case, rules: &SideBySide, it: &Figures) -> FigureRow {
    let placement = |(person, post): (_, crate::id::PostId)| PlacementRow {
        person_id: crate::report::words::person(case, person),
        post_id: case.posts[post].code.clone(),
    };
    FigureRow {
        placed: it.placed,
        unplaced: it.unplaced,
        vacancies: it.vacancies,
        moves: it.moves,
        statutory_covered: cover(case, it),
        statutory_wanted: rules.roles_wanted,
        preference_met: it.preference_met,
        preference_stated: rules.stated,
        ranks: it.ranks.iter().map(|&(rank, people)| RankRow { rank, people }).collect(),
        unlisted: it.unlisted,
        no_response: it.no_response,
        blocking_pairs: it.blocking,
        breaches: it.breaches,
        differs: persons(case, &it.differs),
        placements: it.plan.placed().map(placement).collect(),
    }
}

fn cover(case: &Case, it: &Figures) -> Vec<String> {
    let named =
        |&(authority, role): &(AuthorityId, StatutoryRole)| format!("{role} at {}", case.authorities[authority].code);
    it.cover.iter().map(named).collect()
}

/// The name that stays the same from run to run.
fn key(way: Way) -> &'static str {
    match way {
        Way::Own => "scenario",
        Way::PreferenceInformed => "preference_informed",
        Way::EmployerDefault => "employer_default",
        Way::TimeMajority => "time_majority",
        Way::Generous => "generous",
        Way::Greedy => "greedy",
        Way::RankMaximal => "rank_maximal",
        Way::RankSum => "rank_sum",
        Way::Stable => "priority_stable",
    }
}

fn status(made: &Made) -> &'static str {
    match made {
        Made::Plan(_) => "plan",
        Made::Impossible => "impossible",
        Made::Stopped => "stopped",
    }
}
