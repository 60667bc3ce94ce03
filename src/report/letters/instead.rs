//! Why not each post that the person would rather have, with nobody else named.

use crate::case::answer::Leaf;
use crate::case::goal::Goal;
use crate::case::rule::Rule;
use crate::case::scenario::Objective;
use crate::certify::Breach;
use crate::id::PostId;
use crate::report::explain::{change, ends};
use crate::report::letters::{Letters, Outcome};
use crate::report::page::{Block, Section, paragraph};
use crate::report::words::{clause_sentence, joined, objective_aim, ordinal, post};
use crate::study::explain::{Choice, Explanation, Price, Range, Verdict};

pub(super) fn section(letters: &Letters<'_>, told: &Explanation) -> Section {
    let outcome = letters.outcome(told.person);
    let open: &[PostId] = match &outcome {
        Outcome::Open(undecided, _) => &undecided.posts,
        Outcome::Post(_) | Outcome::AtRisk => &[],
    };
    let choices: Vec<&Choice> = told.choices.iter().filter(|choice| !open.contains(&choice.post)).collect();
    let blocks = if choices.is_empty() {
        vec![paragraph(match outcome {
            Outcome::Post(_) => "You listed no post above this one and named no other authority.",
            Outcome::Open(..) => "You listed no post besides the ones above.",
            Outcome::AtRisk => "You listed no post and named no authority, and no post was matched to your job.",
        })]
    } else {
        said(letters, &choices)
    };
    Section { id: "instead", title: "Why not a post that you would rather have".to_owned(), blocks }
}

/// A line for each post that was ranked; posts that were not stand together where the same is said of them.
fn said(letters: &Letters<'_>, choices: &[&Choice]) -> Vec<Block> {
    let mut lines: Vec<(Vec<String>, String)> = Vec::new();
    for choice in choices {
        let (ranked, text) = (choice.wish.rank.is_some(), reason(letters, choice));
        let id = post(letters.case, choice.post);
        match (choice.wish.rank, lines.iter_mut().find(|(_, same)| !ranked && *same == text)) {
            (Some(rank), _) => lines.push((vec![format!("{id} (your {} choice)", ordinal(rank))], text)),
            (None, Some((posts, _))) => posts.push(letters.case.posts[choice.post].code.clone()),
            (None, None) => lines.push((vec![id], text)),
        }
    }
    let line = |(posts, text): (Vec<String>, String)| {
        let each = if posts.len() > 1 { ", each for the same reason" } else { "" };
        format!("{}{each}: {text}", joined(&posts, "and"))
    };
    vec![Block::List(lines.into_iter().map(line).collect())]
}

fn reason(letters: &Letters<'_>, choice: &Choice) -> String {
    match &choice.verdict {
        Verdict::Held => "this is the post that is proposed for you.".to_owned(),
        Verdict::NotEligible(against) => {
            // Of a post that was not asked for, that the jobs do not match says enough.
            let enough = |breach: &&Breach| breach.rule == Rule::Matched && choice.wish.rank.is_none();
            let grounds: Vec<String> = match against.iter().find(enough) {
                Some(breach) => vec![ground(letters, choice.post, breach)],
                None => against.iter().map(|breach| ground(letters, choice.post, breach)).collect(),
            };
            format!("{}.", grounds.join("; "))
        }
        Verdict::Undecided(_) => {
            "this is as good as what is shown, so it is still open, and a named officer decides.".to_owned()
        }
        Verdict::Costs(price) => costs(price),
        Verdict::Between(range) => between(range),
        Verdict::Impossible(leaves) => impossible(letters, leaves),
        Verdict::Stopped => "this could not be settled in the time that the run was given.".to_owned(),
    }
}

/// A rule that stands against the pair, said to the person.
fn ground(letters: &Letters<'_>, id: PostId, breach: &Breach) -> String {
    let place = &letters.case.posts[id];
    match breach.rule {
        Rule::Offered => "it is not on offer in the proposed structures".to_owned(),
        Rule::Matched => "your present job was not matched to it".to_owned(),
        Rule::Qualification => {
            let needed = place.essential_qualification.as_deref().unwrap_or("a qualification");
            format!("it needs the qualification {needed}, and we have no record that you hold it")
        }
        Rule::Promotion => "it would be a promotion, and it is filled by recruitment instead".to_owned(),
        Rule::GradesDown => format!(
            "it is further below your present grade than the agreed limit ({} at most)",
            letters.scenario.policy.max_grades_down
        ),
        Rule::EmployerDefault => "under the agreed rule everyone stays with their present employer".to_owned(),
        Rule::TimeMajority => {
            "under the agreed rule everyone goes where more than half of their present work is".to_owned()
        }
        Rule::RetainedShared => {
            "your service stays shared, so your post must be one of the retained shared ones".to_owned()
        }
        Rule::PinPost | Rule::PinAuthority | Rule::BarPost | Rule::BarAuthority => decided(letters, breach.leaf),
        Rule::SameAuthority | Rule::DifferentAuthority => {
            "a decision links your place with that of somebody else".to_owned()
        }
        Rule::OnePost
        | Rule::Capacity
        | Rule::PeopleShare
        | Rule::FteShare
        | Rule::Budget
        | Rule::Cover
        | Rule::VacancyGap
        | Rule::PreferenceParity => breach.rule.sentence().to_owned(),
    }
}

/// An officer's decision about the person; its reason is theirs to see.
fn decided(letters: &Letters<'_>, leaf: Option<Leaf>) -> String {
    let pin = match leaf {
        Some(Leaf::Pin(index)) => letters.case.pins.get(index),
        Some(Leaf::Clause(_) | Leaf::Link(_) | Leaf::Retained(_)) | None => None,
    };
    match pin.map(|pin| pin.decided_by.as_str()).filter(|by| !by.is_empty()) {
        Some(by) => format!("a decision about you stands against it (decided by {by}; ask for the reason)"),
        None => "a decision about you stands against it (ask for the reason)".to_owned(),
    }
}

/// The first objective that would be worse: it alone decides, and unlike a sum of money it names nobody.
fn costs(price: &Price) -> String {
    match price.decides() {
        Some(decides) if !is_cost(decides.goal) => {
            let words = change(decides).unwrap_or_default();
            worse(decides.goal, &words)
        }
        Some(_) | None => "equally good in everything but cost, so a named officer decides.".to_owned(),
    }
}

/// The aim that decides, where it is known for certain; else the one that is not settled.
fn between(range: &Range) -> String {
    let Some((open, settled)) = range.price.changes.split_last() else { return String::new() };
    if let Some(decides) = settled.iter().find(|it| it.was != it.is) {
        let words = change(decides).unwrap_or_default();
        return worse(decides.goal, &words);
    }
    let words = ends(range).unwrap_or_default();
    if range.least == open.was {
        format!(
            "possible, but plans in which you have it may do worse at an aim that was agreed to come first, namely that {} ({words}); \
             how much exactly was not worked out.",
            objective_aim(open.goal.objective)
        )
    } else {
        worse(open.goal, &words)
    }
}

fn worse(goal: Goal, words: &str) -> String {
    format!(
        "possible, but every plan in which you have it does worse at an aim that was agreed to come first, namely that {} ({words}).",
        objective_aim(goal.objective)
    )
}

fn is_cost(goal: Goal) -> bool {
    goal.objective == Objective::Cost
}

fn impossible(letters: &Letters<'_>, leaves: &[Leaf]) -> String {
    let mut rules: Vec<String> = Vec::new();
    let mut decisions = 0;
    for &leaf in leaves {
        match leaf {
            Leaf::Clause(index) => {
                rules.push(clause_sentence(letters.case, &letters.scenario.fairness[index].clause));
            }
            Leaf::Pin(_) | Leaf::Link(_) | Leaf::Retained(_) => decisions += 1,
        }
    }
    if decisions > 0 {
        rules.push("decisions that were made beforehand".to_owned());
    }
    match &rules[..] {
        [] => "no plan that keeps the rules of the scenario gives it to you.".to_owned(),
        all => format!("no plan gives it to you and keeps what was agreed: {}.", joined(all, "and")),
    }
}
