//! Explanations as JSON; `docs/CLI.md` has the keys.

use serde::Serialize;

use crate::case::Case;
use crate::case::goal::Part;
use crate::case::scenario::Scenario;
use crate::report::explain::lists::word;
use crate::report::explain::{change, conflict, ends, ground, otherwise, standing, verdict};
use crate::report::json;
use crate::study::explain::{Explanation, Price, Verdict};

/// The `schema` of the file.
pub const SCHEMA: &str = "demerge/explanations/1";

#[derive(Serialize)]
struct File<'a> {
    schema: &'static str,
    scenario: &'a str,
    people: Vec<Person<'a>>,
}

#[derive(Serialize)]
struct Person<'a> {
    person_id: &'a str,
    post_id: Option<&'a str>,
    rank_given: Option<u32>,
    preference_met: Option<bool>,
    why: String,
    without_it: Option<Told<'a>>,
    rather: Vec<Rather<'a>>,
}

#[derive(Serialize)]
struct Rather<'a> {
    post_id: &'a str,
    rank_given: Option<u32>,
    stated_authority: bool,
    #[serde(flatten)]
    told: Told<'a>,
}

#[derive(Serialize)]
struct Told<'a> {
    verdict: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    rules: Vec<RuleRow>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    conflict: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    changes: Vec<ChangeRow>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    moves: Vec<MoveRow<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    vacancies: Vec<VacancyRow<'a>>,
    text: String,
}

#[derive(Serialize)]
struct RuleRow {
    rule: &'static str,
    text: String,
}

#[derive(Serialize)]
struct ChangeRow {
    objective: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rank: Option<u32>,
    was: i64,
    is: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    least: Option<i64>,
    text: Option<String>,
}

#[derive(Serialize)]
struct MoveRow<'a> {
    person_id: &'a str,
    from: Option<&'a str>,
    to: Option<&'a str>,
}

#[derive(Serialize)]
struct VacancyRow<'a> {
    authority_id: &'a str,
    more: i64,
}

/// The explanations as a JSON file, ending with a line feed.
pub fn json(case: &Case, scenario: &Scenario, told: &[Explanation]) -> Vec<u8> {
    let people = told.iter().map(|it| person(case, scenario, it)).collect();
    let file = File { schema: SCHEMA, scenario: &scenario.id, people };
    json::document(&file)
}

fn person<'a>(case: &'a Case, scenario: &Scenario, it: &Explanation) -> Person<'a> {
    let without = it.otherwise.as_ref();
    Person {
        person_id: &case.people[it.person].code,
        post_id: it.post.map(|post| case.posts[post].code.as_str()),
        rank_given: it.standing.rank,
        preference_met: it.standing.preference_met,
        why: standing(case, scenario, it),
        without_it: without.map(|verdict| told(case, scenario, verdict, otherwise(case, scenario, it, verdict))),
        rather: it
            .choices
            .iter()
            .map(|choice| Rather {
                post_id: &case.posts[choice.post].code,
                rank_given: choice.wish.rank,
                stated_authority: choice.wish.stated,
                told: told(case, scenario, &choice.verdict, verdict(case, scenario, it, choice)),
            })
            .collect(),
    }
}

fn told<'a>(case: &'a Case, scenario: &Scenario, verdict: &Verdict, text: String) -> Told<'a> {
    let empty = Told {
        verdict: word(verdict),
        rules: Vec::new(),
        conflict: Vec::new(),
        changes: Vec::new(),
        moves: Vec::new(),
        vacancies: Vec::new(),
        text,
    };
    match verdict {
        Verdict::Held | Verdict::Stopped => empty,
        Verdict::NotEligible(against) => Told {
            rules: against
                .iter()
                .map(|breach| RuleRow { rule: breach.rule.code(), text: ground(case, scenario, breach) })
                .collect(),
            ..empty
        },
        Verdict::Impossible(leaves) => {
            Told { conflict: leaves.iter().map(|&leaf| conflict(case, scenario, leaf)).collect(), ..empty }
        }
        Verdict::Undecided(price) | Verdict::Costs(price) => priced(case, price, empty),
        Verdict::Between(range) => {
            let mut told = priced(case, &range.price, empty);
            if let Some(open) = told.changes.last_mut() {
                (open.least, open.text) = (Some(range.least), ends(range));
            }
            told
        }
    }
}

fn priced<'a>(case: &'a Case, price: &Price, empty: Told<'a>) -> Told<'a> {
    let rank = |part: Part| match part {
        Part::Rank(rank) => Some(rank),
        Part::Whole | Part::Placed => None,
    };
    Told {
        changes: price
            .changes
            .iter()
            .map(|it| ChangeRow {
                objective: match it.goal.part {
                    Part::Placed => "placed",
                    Part::Whole | Part::Rank(_) => it.goal.objective.word(),
                },
                rank: rank(it.goal.part),
                was: it.was,
                is: it.is,
                least: None,
                text: change(it),
            })
            .collect(),
        moves: price
            .chain
            .iter()
            .map(|step| MoveRow {
                person_id: &case.people[step.person].code,
                from: step.from.map(|post| case.posts[post].code.as_str()),
                to: step.to.map(|post| case.posts[post].code.as_str()),
            })
            .collect(),
        vacancies: price
            .empty
            .iter()
            .map(|&(authority, more)| VacancyRow { authority_id: &case.authorities[authority].code, more })
            .collect(),
        ..empty
    }
}
