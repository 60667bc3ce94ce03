//! One scenario of a sweep, drawn and solved by itself: for the screen, and as JSON.

use serde::Serialize;

use crate::case::goal::Goal;
use crate::case::scenario::Objective;
use crate::case::sweep::Chance;
use crate::case::{Case, Preferred};
use crate::certify::Status;
use crate::id::PersonId;
use crate::quantity::{Pence, grouped};
use crate::report::page::{Block, Page, Section, paragraph};
use crate::report::scores::{goal_name, goal_value};
use crate::report::terminal::write_text;
use crate::report::words::{count, joined, objective_name, pounds};
use crate::report::{json, sweep_rows};
use crate::study::sweep::row::{Figures, Whereabouts};
use crate::study::sweep::{Scene, Sweep};

/// Columns of the screen.
const WIDTH: usize = 80;

/// What was drawn, and what came of it, as text.
pub fn text(sweep: &Sweep<'_>, scene: &Scene) -> String {
    let row = &scene.row;
    let plan = sweep.plan();
    let number = |it: u64| grouped(i64::try_from(it).unwrap_or(i64::MAX));
    let mut lead = format!("{} with seed {}, sample {}", plan.base, plan.seed, number(row.sample.into()));
    let chosen = plan.choices(row.point as usize);
    let at = plan.axes.iter().zip(chosen).map(|(axis, at)| format!("{} = {}", axis.key, axis.values[at].text()));
    let at: Vec<String> = at.collect();
    if !at.is_empty() {
        lead.push_str(&format!(", at {}", at.join(", ")));
    }
    let section = |id, title: &str, blocks| Section { id, title: title.to_owned(), blocks };
    let page = Page {
        title: format!("Scenario {} of the sweep", number(row.scenario)),
        lead,
        sections: vec![
            section("drawn", "What was drawn", drawn(sweep.case(), scene)),
            section("outcome", "What came of it", outcome(sweep, scene)),
        ],
    };
    write_text(&page, WIDTH)
}

fn drawn(case: &Case, scene: &Scene) -> Vec<Block> {
    let person = |&person: &PersonId| case.people[person].code.clone();
    let drawn = &scene.drawn;
    let was = |person: PersonId| stated(case, case.people[person].preference.preferred);
    let change =
        |&(it, now): &(PersonId, Preferred)| format!("{} ({}, was {})", person(&it), stated(case, now), was(it));
    let answer = |&(it, now): &(PersonId, Preferred)| format!("{} ({})", person(&it), stated(case, now));
    let lists = [
        ("Left", drawn.leavers.iter().map(person).collect::<Vec<_>>()),
        ("State something else", drawn.changed.iter().map(change).collect()),
        ("State something, having said nothing", drawn.answered.iter().map(answer).collect()),
        ("Posts withdrawn", drawn.withdrawn.iter().map(|&post| case.posts[post].code.clone()).collect()),
    ];
    let lists: Vec<(String, String)> = lists
        .into_iter()
        .filter(|(_, ids)| !ids.is_empty())
        .map(|(what, ids)| (what.to_owned(), ids.join(", ")))
        .collect();
    if lists.is_empty() {
        return vec![paragraph("Nothing that differs from the case.")];
    }
    vec![Block::Definitions(lists)]
}

/// The word of the column `preferred`, or of a plan for no answer.
fn stated(case: &Case, preferred: Preferred) -> &str {
    match preferred {
        Preferred::Authority(authority) => &case.authorities[authority].code,
        Preferred::NoPreference => "no_preference",
        Preferred::Leave => "leave",
        Preferred::Blank => "no_response",
    }
}

fn outcome(sweep: &Sweep<'_>, scene: &Scene) -> Vec<Block> {
    let status = match scene.row.status {
        Status::Optimal => "A plan was found, every objective is proved to be the best, and the checker agrees.",
        Status::Impossible => "No plan keeps every rule; the checker agrees with the proof.",
        Status::Stopped => "The best plan could not be settled.",
    };
    let mut blocks = vec![paragraph(status)];
    if let Some(figures) = &scene.row.figures {
        blocks.push(Block::Definitions(terms(sweep, scene, figures)));
    }
    blocks
}

fn terms(sweep: &Sweep<'_>, scene: &Scene, figures: &Figures) -> Vec<(String, String)> {
    let columns = sweep.columns();
    let case = sweep.case();
    let mut terms = Vec::new();
    let goal = |at: usize| {
        let measure = columns.measures[at];
        Goal { position: 0, objective: measure.objective, part: measure.part }
    };
    for (at, value) in figures.values.iter().enumerate() {
        terms.extend(value.map(|value| (goal_name(goal(at)), goal_value(goal(at), value))));
    }
    let at_risk: Vec<String> = case
        .people
        .iter()
        .zip(&scene.places)
        .filter(|(_, place)| **place == Whereabouts::AtRisk)
        .map(|((_, person), _)| person.code.clone())
        .collect();
    let each = |counts: &[u32]| {
        let by: Vec<String> =
            columns.authorities.iter().zip(counts).map(|(it, count)| format!("{count} at {it}")).collect();
        joined(&by, "and")
    };
    let seats = |total: u32| count(total, "seat", "seats");
    terms
        .push(("Without a post".to_owned(), if at_risk.is_empty() { "nobody".to_owned() } else { at_risk.join(", ") }));
    terms.push(("Empty".to_owned(), format!("{}: {}", seats(figures.vacancies_total()), each(&figures.vacancies))));
    let chances = &sweep.plan().chances;
    if chances.recruited.values().any(|&chance| chance > Chance::NEVER) {
        let filled = format!("{}: {}", seats(figures.filled_total()), each(&figures.filled));
        terms.push(("Then filled from outside".to_owned(), filled));
    }
    if !columns.measures.iter().any(|measure| measure.objective == Objective::Cost) {
        terms.push((objective_name(Objective::Cost).to_owned(), pounds(Pence(figures.cost_pence))));
    }
    terms
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    row: serde_json::Map<String, serde_json::Value>,
    drawn: Drawn<'a>,
    people: Vec<Person<'a>>,
}

#[derive(Serialize)]
struct Drawn<'a> {
    left: Vec<&'a str>,
    changed: Vec<Wish<'a>>,
    answered: Vec<Wish<'a>>,
    withdrawn: Vec<&'a str>,
}

#[derive(Serialize)]
struct Wish<'a> {
    person_id: &'a str,
    stated: &'a str,
}

#[derive(Serialize)]
struct Person<'a> {
    person_id: &'a str,
    outcome: Option<&'static str>,
    post_id: Option<&'a str>,
}

/// The same as JSON, `demerge/sweep-scenario/1`.
pub fn json(sweep: &Sweep<'_>, scene: &Scene) -> Vec<u8> {
    let case = sweep.case();
    let code = |person: PersonId| case.people[person].code.as_str();
    let wish = |&(person, now): &(PersonId, Preferred)| Wish { person_id: code(person), stated: stated(case, now) };
    let named = sweep_rows::named(sweep.columns(), &scene.row).into_iter();
    let person = |(person, &place): (PersonId, &Whereabouts)| Person {
        person_id: code(person),
        outcome: sweep_rows::outcome(case, place),
        post_id: match place {
            Whereabouts::Post(post) => Some(case.posts[post].code.as_str()),
            Whereabouts::Left | Whereabouts::Unknown | Whereabouts::AtRisk => None,
        },
    };
    json::document(&Document {
        schema: "demerge/sweep-scenario/1",
        row: named.map(|(name, value)| (name, value.into())).collect(),
        drawn: Drawn {
            left: scene.drawn.leavers.iter().map(|&it| code(it)).collect(),
            changed: scene.drawn.changed.iter().map(wish).collect(),
            answered: scene.drawn.answered.iter().map(wish).collect(),
            withdrawn: scene.drawn.withdrawn.iter().map(|&post| case.posts[post].code.as_str()).collect(),
        },
        people: case.people.ids().zip(&scene.places).map(person).collect(),
    })
}
