//! The key `vacancy_reasons` of `plan.json`: why seats are empty and roles without a holder, and what hangs on one person.

use serde::Serialize;

use crate::case::Case;
use crate::case::scenario::Scenario;
use crate::report::vacancies::{kind, uncovered, why};
use crate::study::vacancies::{Single, Vacancies};

#[derive(Serialize)]
pub(super) struct ReasonsRow {
    posts: Vec<PostRow>,
    uncovered: Vec<UncoveredRow>,
    single_points: Vec<SingleRow>,
    complete: bool,
}

#[derive(Serialize)]
struct PostRow {
    post_id: String,
    kind: &'static str,
    text: String,
}

#[derive(Serialize)]
struct UncoveredRow {
    authority_id: String,
    role: &'static str,
    text: Vec<String>,
}

#[derive(Serialize)]
struct SingleRow {
    authority_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    function: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<&'static str>,
    person_id: String,
}

pub(super) fn reasons_row(case: &Case, scenario: &Scenario, found: &Vacancies) -> ReasonsRow {
    let post = |it: &crate::study::vacancies::Vacancy| PostRow {
        post_id: case.posts[it.post].code.clone(),
        kind: kind(&it.why),
        text: why(case, scenario, it),
    };
    let role = |it: &crate::study::vacancies::Uncovered| UncoveredRow {
        authority_id: case.authorities[it.authority].code.clone(),
        role: it.role.word(),
        text: uncovered(case, it),
    };
    let single = |it: &Single| {
        let (authority, function, role, person) = match it {
            Single::Function { authority, function, person } => (authority, Some(function.clone()), None, person),
            Single::Role { authority, role, person } => (authority, None, Some(role.word()), person),
        };
        let (authority_id, person_id) = (case.authorities[*authority].code.clone(), case.people[*person].code.clone());
        SingleRow { authority_id, function, role, person_id }
    };
    ReasonsRow {
        posts: found.posts.iter().map(post).collect(),
        uncovered: found.uncovered.iter().map(role).collect(),
        single_points: found.singles.iter().map(single).collect(),
        complete: found.complete,
    }
}
