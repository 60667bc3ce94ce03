//! What is proposed for the person.

use crate::case::answer::Undecided;
use crate::id::{PersonId, PostId};
use crate::report::letters::{Letters, Outcome};
use crate::report::page::{Block, Section, paragraph};
use crate::report::words::{authority, count, joined, match_name, people, post};
use crate::study::pools::Pool;

pub(super) fn section(letters: &Letters<'_>, person: PersonId) -> Section {
    let blocks = match letters.outcome(person) {
        Outcome::Post(post) => placed(letters, person, post),
        Outcome::Open(undecided, pool) => open(letters, undecided, pool),
        Outcome::AtRisk => at_risk(letters, person),
    };
    Section { id: "proposal", title: "What is proposed".to_owned(), blocks }
}

fn placed(letters: &Letters<'_>, person: PersonId, id: PostId) -> Vec<Block> {
    let case = letters.case;
    let (who, place) = (&case.people[person], &case.posts[id]);
    let employer = if place.authority == who.employer {
        format!("{}, as now", authority(case, place.authority))
    } else {
        format!("{}; you are employed by {} now", authority(case, place.authority), authority(case, who.employer))
    };
    let mut facts = vec![
        ("Post", post(case, id)),
        ("Council", employer),
        ("Grade", case.grades[place.grade].code.clone()),
        ("Hours", format!("{} FTE", place.fte)),
    ];
    if let Some(matched) = case.matches.get(&(person, id)) {
        facts.push(("Match with your present job", match_name(matched.kind).to_owned()));
    }
    vec![
        paragraph(format!("It is proposed that you hold {}.", post(case, id))),
        Block::Definitions(facts.into_iter().map(|(term, text)| (term.to_owned(), text)).collect()),
    ]
}

fn open(letters: &Letters<'_>, undecided: &Undecided, pool: Option<&Pool>) -> Vec<Block> {
    let case = letters.case;
    let mut ways: Vec<String> = undecided.posts.iter().map(|&id| post(case, id)).collect();
    if undecided.may_be_unplaced {
        ways.push("no post in the proposed structures".to_owned());
    }
    let mut blocks = vec![
        paragraph(
            "More than one outcome for you is equally good under the agreed rules. Neither the program nor chance picks between \
             them. These are the outcomes:",
        ),
        Block::List(ways),
    ];
    if let Some(pool) = pool {
        let who = people(pool.people.len());
        let seats = count(pool.seats, "seat", "seats");
        let enough = pool.people.len() <= pool.seats as usize;
        blocks.push(paragraph(if enough {
            format!("You are one of {who} who are considered together for {seats}. There is a seat for each; who takes which is to be agreed with you.")
        } else {
            format!("You are one of {who} in a ring-fence for {seats}. It is filled by competitive slot-in: an interview on criteria agreed beforehand.")
        }));
    }
    blocks
}

fn at_risk(letters: &Letters<'_>, person: PersonId) -> Vec<Block> {
    let matched = letters.summary.at_risk.iter().find(|it| it.person == person).map_or(0, |it| it.matched.len());
    let why = match matched {
        0 => "No post on offer was matched to your present job.".to_owned(),
        posts => format!(
            "{} on offer matched to your present job; under the agreed rules none of them is proposed for you.",
            match posts {
                1 => "1 post is".to_owned(),
                more => format!("{more} posts are"),
            }
        ),
    };
    let empty = letters.certified.vacancies();
    let mut open: Vec<String> = empty.iter().map(|&(id, _)| post(letters.case, id)).collect();
    open.sort_unstable();
    let mut blocks = vec![
        paragraph(format!("No post in the proposed structures is proposed for you. {why}")),
        paragraph(
            "This is not notice of dismissal. Before any decision you will be consulted, and looked at first for suitable \
             alternative work and for vacancies.",
        ),
    ];
    if !open.is_empty() {
        blocks.push(paragraph(format!(
            "These posts would have an empty seat. You may say that you are interested in any of them: {}.",
            joined(&open, "and")
        )));
    }
    blocks
}
