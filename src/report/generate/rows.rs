//! The rows of each table, as text cells in the order of the contract's columns.

use std::io;

use crate::case::{Case, Decision, Person, Post, Preference, Preferred};
use crate::id::PersonId;
use crate::quantity::write_short;

/// Takes a row; an error ends the table.
type Take<'t> = &'t mut dyn FnMut(&[String]) -> io::Result<()>;

/// Hands out every row of the table of this name.
pub(super) fn each(table: &str, case: &Case, take: Take<'_>) -> io::Result<()> {
    match table {
        "authorities" => authorities(case, take),
        "structures" => structures(case, take),
        "grades" => grades(case, take),
        "people" => case.people.values().try_for_each(|person| take(&person_row(case, person))),
        "joint_posts" => joint_posts(case, take),
        "shares" => shares(case, take),
        "posts" => case.posts.values().try_for_each(|post| take(&post_row(case, post))),
        "matches" => matches(case, take),
        "authority_preferences" => authority_preferences(case, take),
        "post_preferences" => post_preferences(case, take),
        "pins" => pins(case, take),
        "links" => links(case, take),
        "travel" => travel(case, take),
        other => unreachable!("{other} is no table of the contract"),
    }
}

fn authorities(case: &Case, take: Take<'_>) -> io::Result<()> {
    case.authorities.values().try_for_each(|it| {
        let share = it.cost_share.map(|share| share.to_string()).unwrap_or_default();
        let budget = it.budget.map(|budget| write_short(budget.0, 2)).unwrap_or_default();
        take(&[it.code.clone(), it.name.clone(), share, budget])
    })
}

fn structures(case: &Case, take: Take<'_>) -> io::Result<()> {
    case.structures.values().try_for_each(|it| {
        take(&[it.code.clone(), case.authorities[it.authority].code.clone(), it.label.clone(), it.note.clone()])
    })
}

fn grades(case: &Case, take: Take<'_>) -> io::Result<()> {
    case.grades.values().try_for_each(|it| {
        let pay = [it.salary_min, it.salary_max].map(|pay| write_short(pay.0, 2));
        let [low, high] = pay;
        take(&[it.code.clone(), it.scheme.clone(), it.rank.to_string(), low, high])
    })
}

fn person_row(case: &Case, person: &Person) -> [String; 13] {
    [
        person.code.clone(),
        person.joint_post.map(|post| case.joint_posts[post].code.clone()).unwrap_or_default(),
        case.authorities[person.employer].code.clone(),
        case.grades[person.grade].code.clone(),
        write_short(person.salary.0, 2),
        person.fte.to_string(),
        person.contract.word().to_owned(),
        person.fixed_term_end.clone().unwrap_or_default(),
        person.service_years.map(|years| years.to_string()).unwrap_or_default(),
        list(person.qualifications.iter().map(String::as_str)),
        list(person.statutory_roles.iter().map(|role| role.word())),
        person.status.word().to_owned(),
        flag(person.retained_shared),
    ]
}

fn joint_posts(case: &Case, take: Take<'_>) -> io::Result<()> {
    case.joint_posts.values().try_for_each(|it| {
        take(&[
            it.code.clone(),
            it.title.clone(),
            it.tier.to_string(),
            it.directorate.clone(),
            it.function.clone(),
            case.grades[it.grade].code.clone(),
            it.fte.to_string(),
            case.authorities[it.employer].code.clone(),
            it.disposition.word().to_owned(),
        ])
    })
}

fn shares(case: &Case, take: Take<'_>) -> io::Result<()> {
    for post in case.joint_posts.values() {
        for (&authority, part) in &post.shares {
            let code = case.authorities[authority].code.clone();
            take(&[post.code.clone(), code, part.to_string(), "time".to_owned()])?;
        }
    }
    Ok(())
}

fn post_row(case: &Case, post: &Post) -> [String; 16] {
    [
        post.code.clone(),
        case.authorities[post.authority].code.clone(),
        post.title.clone(),
        post.tier.to_string(),
        list(post.functions.iter().map(String::as_str)),
        case.grades[post.grade].code.clone(),
        post.fte.to_string(),
        post.capacity.to_string(),
        post.statutory_role.map(|role| role.word().to_owned()).unwrap_or_default(),
        post.essential_qualification.clone().unwrap_or_default(),
        post.criticality.word().to_owned(),
        post.status.word().to_owned(),
        list(post.structures.iter().map(|&structure| case.structures[structure].code.as_str())),
        flag(post.retained_shared),
        write_short(post.salary_min.0, 2),
        write_short(post.salary_max.0, 2),
    ]
}

fn matches(case: &Case, take: Take<'_>) -> io::Result<()> {
    case.matches.iter().try_for_each(|(&(person, post), it)| {
        take(&[
            code(case, person),
            case.posts[post].code.clone(),
            it.kind.word().to_owned(),
            it.grade_difference.to_string(),
            it.evidence.clone(),
        ])
    })
}

/// A person who did not answer at all has no row.
fn authority_preferences(case: &Case, take: Take<'_>) -> io::Result<()> {
    for person in case.people.values().filter(|person| person.preference != Preference::ABSENT) {
        let it = &person.preference;
        let preferred = match it.preferred {
            Preferred::Authority(authority) => case.authorities[authority].code.clone(),
            Preferred::NoPreference => "no_preference".to_owned(),
            Preferred::Leave => "leave".to_owned(),
            Preferred::Blank => String::new(),
        };
        take(&[
            person.code.clone(),
            preferred,
            it.strength.map(|strength| strength.word().to_owned()).unwrap_or_default(),
            it.response.word().to_owned(),
            it.round.map(|round| round.word().to_owned()).unwrap_or_default(),
            it.received.clone().unwrap_or_default(),
        ])?;
    }
    Ok(())
}

fn post_preferences(case: &Case, take: Take<'_>) -> io::Result<()> {
    case.ranks.iter().try_for_each(|(&(person, post), it)| {
        take(&[code(case, person), case.posts[post].code.clone(), it.rank.to_string()])
    })
}

fn pins(case: &Case, take: Take<'_>) -> io::Result<()> {
    case.pins.iter().try_for_each(|pin| {
        let (kind, target) = match pin.decision {
            Decision::MustPost(post) => ("must_post", &case.posts[post].code),
            Decision::NotPost(post) => ("not_post", &case.posts[post].code),
            Decision::MustAuthority(authority) => ("must_authority", &case.authorities[authority].code),
            Decision::NotAuthority(authority) => ("not_authority", &case.authorities[authority].code),
        };
        take(&[
            code(case, pin.person),
            kind.to_owned(),
            target.clone(),
            pin.reason.clone(),
            pin.decided_by.clone(),
            pin.date.clone().unwrap_or_default(),
        ])
    })
}

fn links(case: &Case, take: Take<'_>) -> io::Result<()> {
    case.links.iter().try_for_each(|link| {
        let [one, other] = link.people.map(|person| code(case, person));
        take(&[one, other, link.kind.word().to_owned()])
    })
}

fn travel(case: &Case, take: Take<'_>) -> io::Result<()> {
    case.travel.iter().flatten().try_for_each(|(&(person, authority), miles)| {
        take(&[code(case, person), case.authorities[authority].code.clone(), miles.to_string()])
    })
}

fn code(case: &Case, person: PersonId) -> String {
    case.people[person].code.clone()
}

fn list<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.collect::<Vec<_>>().join(";")
}

fn flag(value: Option<bool>) -> String {
    match value {
        Some(true) => "yes".to_owned(),
        Some(false) => "no".to_owned(),
        None => String::new(),
    }
}
