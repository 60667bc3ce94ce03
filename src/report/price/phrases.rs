//! A change of a goal as something that a plan does: `places 1 person fewer (45, not 46)`.

use crate::case::answer::Leaf;
use crate::case::goal::{Goal, Part};
use crate::case::scenario::{Objective, Scenario};
use crate::case::{Case, StatutoryRole};
use crate::id::AuthorityId;
use crate::quantity::{Miles, Pence, grouped};
use crate::report::scores::goal_value;
use crate::report::words::{clause_sentence, count, joined, leaf_sentence, objective_name, ordinal, pounds};
use crate::study::price::{Altered, Best, Prices, Row, Worth};
use crate::study::variant::Change;

/// What differs, as the beginning of a sentence.
pub(super) fn heading(case: &Case, scenario: &Scenario, altered: Altered) -> String {
    let without = |leaf| format!("Without {}", leaf_sentence(case, scenario, leaf));
    match altered {
        Altered::Clause(position) => {
            let sentence = clause_sentence(case, &scenario.fairness[position].clause);
            format!("Without fairness rule {} ({sentence})", position + 1)
        }
        Altered::Pin(position) => without(Leaf::Pin(position)),
        Altered::Link(position) => without(Leaf::Link(position)),
        Altered::Released(person) => format!(
            "With {} (people.csv row {}) free to leave the retained shared service",
            case.people[person].code, case.people[person].row
        ),
        Altered::AllReleased => "With everyone free to leave the retained shared services".to_owned(),
        Altered::EveryAuthority => {
            format!("With every authority open to everyone, instead of {}", scenario.policy.rule)
        }
        Altered::OneGradeDown => {
            let grades = u64::from(scenario.policy.max_grades_down.unsigned_abs());
            format!("With people placed up to {} down, instead of {grades}", count(grades + 1, "grade", "grades"))
        }
        Altered::EveryPromotion => "With promotion allowed into every post".to_owned(),
        Altered::First(position) => {
            let objective = scenario.objectives[position];
            format!("Stating the {objective} objective first ({})", objective_name(objective))
        }
    }
}

/// The whole trade-off of one row in one sentence.
pub(super) fn sentence(case: &Case, scenario: &Scenario, prices: &Prices, row: &Row) -> String {
    let start = heading(case, scenario, row.altered);
    match (&prices.base, &row.worth) {
        (Worth::Best(base), Worth::Best(other)) => format!("{start} {}.", trade(case, base, other)),
        (_, Worth::Impossible) => format!("{start}: no plan keeps every other rule."),
        (_, Worth::Stopped) => format!("{start}: a limit was reached before the best plan was proved."),
        (_, Worth::Best(other)) => {
            let values: Vec<String> =
                other.values.iter().map(|&(goal, worth)| format!("{} {}", key(goal), value(goal, worth))).collect();
            format!("{start}: there is a plan ({}).", values.join(", "))
        }
    }
}

/// What is better, then what that costs.
fn trade(case: &Case, base: &Best, other: &Best) -> String {
    let changes = base.changes(other);
    let (worse, better): (Vec<&Change>, Vec<&Change>) = changes.iter().partition(|change| change.is_worse());
    let told = |all: &[&Change]| {
        let phrases: Vec<String> = all.iter().map(|change| phrase(case, base, other, change)).collect();
        joined(&phrases, "and")
    };
    match (better.is_empty(), worse.is_empty()) {
        (true, true) => "changes no objective".to_owned(),
        (false, true) => told(&better),
        (true, false) => told(&worse),
        (false, false) => format!("{}; in return it {}", told(&better), told(&worse)),
    }
}

fn phrase(case: &Case, base: &Best, other: &Best, change: &Change) -> String {
    let &Change { goal, was, is } = change;
    let size = (is - was).abs();
    let more = is > was;
    let count = |one: &str, many: &str| {
        let what = if size == 1 { one } else { many };
        if more { format!("{} more {what}", grouped(size)) } else { format!("{} {what} fewer", grouped(size)) }
    };
    let people = || count("person", "people");
    let turn = if more { "raises" } else { "lowers" };
    let done = match goal.part {
        Part::Placed => format!("places {}", people()),
        Part::Rank(rank) => format!("places {} at their {} choice", people(), ordinal(rank)),
        Part::Whole => match goal.objective {
            Objective::Placed => format!("places {}", people()),
            Objective::Statutory => format!("covers {}", count("statutory role", "statutory roles")),
            Objective::Preference => format!("meets {}", count("preference", "preferences")),
            Objective::Match => format!("{turn} the distance from direct matches by {}", grouped(size)),
            Objective::Rank => format!("{turn} the sum of ranks by {}", grouped(size)),
            Objective::Cost => format!("{turn} pay with on-cost by {} a year", pounds(Pence(size))),
            Objective::Moves => format!("moves {} to another employer", people()),
            Objective::Family => format!("places {} on family leave", people()),
            Objective::Critical => format!("puts {} into critical posts", people()),
            Objective::Travel => format!("{turn} travel by {} miles", Miles(size)),
            Objective::Bottleneck => format!("{turn} the worst rank by {}", grouped(size)),
            Objective::Generous | Objective::Greedy | Objective::RankMaximal => {
                format!("{turn} the score of {} by {}", goal.objective, grouped(size))
            }
        },
    };
    let cover = match (goal.objective, goal.part) {
        (Objective::Statutory, Part::Whole) => cover(case, base, other),
        _ => String::new(),
    };
    format!("{done} ({}, not {}{cover})", value(goal, is), value(goal, was))
}

/// `; s151 at B is not covered`: by name, because a count alone does not say which duty is at risk.
fn cover(case: &Case, base: &Best, other: &Best) -> String {
    let named = |pairs: Vec<&(AuthorityId, StatutoryRole)>| {
        let named = |&&(authority, role): &&(AuthorityId, StatutoryRole)| {
            format!("{role} at {}", case.authorities[authority].code)
        };
        joined(&pairs.iter().map(named).collect::<Vec<_>>(), "and")
    };
    let lost = named(base.cover.difference(&other.cover).collect());
    let gained = named(other.cover.difference(&base.cover).collect());
    match (lost.is_empty(), gained.is_empty()) {
        (true, true) => String::new(),
        (false, true) => format!("; lost: {lost}"),
        (true, false) => format!("; gained: {gained}"),
        (false, false) => format!("; lost: {lost}; gained: {gained}"),
    }
}

/// A value with its unit.
pub(super) fn value(goal: Goal, worth: i64) -> String {
    goal_value(goal, worth)
}

/// The word of the scenario file, with the rank where there is one.
pub(in crate::report) fn key(goal: Goal) -> String {
    match goal.part {
        Part::Whole => goal.objective.word().to_owned(),
        Part::Placed => format!("{}_placed", goal.objective),
        Part::Rank(rank) => format!("{}_rank_{rank}", goal.objective),
    }
}

/// Decimals in which a goal is written to a file.
pub(super) fn decimals(goal: Goal) -> u32 {
    match (goal.part, goal.objective) {
        (Part::Whole, Objective::Cost | Objective::Travel) => 2,
        (Part::Whole | Part::Placed | Part::Rank(_), _) => 0,
    }
}
