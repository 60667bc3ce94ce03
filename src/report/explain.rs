//! Why this post, and why not another: the words of explanations, once for every screen, list and paper.
//!
//! A sentence here is about one verdict of [`crate::study::explain`] and can stand by itself. It says `P05` and `A06` and rows of
//! files, and nobody's pay.

pub mod json;
pub mod lists;
mod moves;
mod rules;

pub use crate::report::explain::moves::{change, changes, empty, ends, moves};
pub use crate::report::explain::rules::{conflict, ground};

use crate::case::Case;
use crate::case::answer::Leaf;
use crate::case::rule::Rule;
use crate::case::scenario::Scenario;
use crate::case::{Preferred, Response};
use crate::id::{PersonId, PostId};
use crate::report::page::{Block, Page, Section, paragraph};
use crate::report::words::{authority, joined, match_name, ordinal, post};
use crate::study::explain::{Choice, Explanation, Price, Range, Verdict};

/// The page about one person.
pub fn page(case: &Case, scenario: &Scenario, told: &Explanation) -> Page {
    let code = &case.people[told.person].code;
    let title = match told.post {
        Some(held) => format!("{code}: why {}", post(case, held)),
        None => format!("{code}: why no post"),
    };
    Page { title, lead: format!("Scenario {}", scenario.id), sections: sections(case, scenario, told) }
}

/// What is said about one person, without a title.
pub fn sections(case: &Case, scenario: &Scenario, told: &Explanation) -> Vec<Section> {
    let mut why = vec![paragraph(standing(case, scenario, told))];
    why.extend(told.otherwise.as_ref().map(|verdict| paragraph(otherwise(case, scenario, told, verdict))));
    let title = if told.post.is_some() { "Why this post" } else { "Why no post" };
    let why = Section { id: "why", title: title.to_owned(), blocks: why };
    let not = Section { id: "why-not", title: "Why not another".to_owned(), blocks: why_not(case, scenario, told) };
    vec![why, not]
}

fn why_not(case: &Case, scenario: &Scenario, told: &Explanation) -> Vec<Block> {
    if told.choices.is_empty() {
        return vec![paragraph(content(case, told))];
    }
    // Posts that were not ranked and have the same reasons against them stand together, where the first of them is.
    let mut groups: Vec<Vec<&Choice>> = Vec::new();
    for choice in &told.choices {
        let same = |group: &&mut Vec<&Choice>| reasons(group[0]).is_some_and(|own| Some(own) == reasons(choice));
        match groups.iter_mut().find(same) {
            Some(group) => group.push(choice),
            None => groups.push(vec![choice]),
        }
    }
    let line = |group: &Vec<&Choice>| match group[..] {
        [only] => format!("{}: {}", wish(case, only), verdict(case, scenario, told, only)),
        _ => together(case, scenario, group),
    };
    vec![Block::List(groups.iter().map(line).collect())]
}

/// What stands against a post that was not ranked: rules, with the rows that decided it.
fn reasons(choice: &Choice) -> Option<Vec<(Rule, Option<Leaf>)>> {
    match &choice.verdict {
        Verdict::NotEligible(against) if choice.wish.rank.is_none() => {
            Some(against.iter().map(|breach| (breach.rule, breach.leaf)).collect())
        }
        Verdict::NotEligible(_)
        | Verdict::Held
        | Verdict::Undecided(_)
        | Verdict::Costs(_)
        | Verdict::Between(_)
        | Verdict::Impossible(_)
        | Verdict::Stopped => None,
    }
}

/// Several posts with the same reasons.
fn together(case: &Case, scenario: &Scenario, group: &[&Choice]) -> String {
    let posts: Vec<String> = group.iter().map(|choice| case.posts[choice.post].code.clone()).collect();
    let reason = |(rule, leaf): (Rule, Option<Leaf>)| match leaf {
        Some(leaf) => format!("{rule}: {}", conflict(case, scenario, leaf)),
        None => format!("{rule}: {}", rule.sentence()),
    };
    let reasons: Vec<String> = reasons(group[0]).into_iter().flatten().map(reason).collect();
    let whose = if group.iter().all(|choice| choice.wish.stated) { " (of the stated authority)" } else { "" };
    format!("{}{whose}: not eligible, each for the same reasons. {}.", joined(&posts, "and"), reasons.join(". "))
}

/// What is said of someone who would rather have nothing else.
fn content(case: &Case, told: &Explanation) -> String {
    let code = &case.people[told.person].code;
    let standing = &told.standing;
    match (told.post, standing.rank, standing.preference_met) {
        (None, _, _) => {
            format!("{code} listed no post and stated no authority, and matches.csv has no row for {code}.")
        }
        (Some(_), Some(_), Some(true)) => {
            format!("{code} listed no post above this one, and it is in the stated authority.")
        }
        (Some(_), Some(_), _) => format!("{code} listed no post above this one."),
        (Some(_), None, Some(true)) => format!("{code} listed no post, and this one is in the stated authority."),
        (Some(_), None, _) => format!("{code} listed no post and stated no other authority."),
    }
}

/// How the person's post stands with what they said and what was decided, in sentences.
pub fn standing(case: &Case, scenario: &Scenario, told: &Explanation) -> String {
    let person = &case.people[told.person];
    let code = &person.code;
    let mut text = match told.post {
        None => format!("{code} has no post in this plan."),
        Some(held) => {
            let matched = case.matches.get(&(told.person, held));
            let row = matched
                .map_or_else(String::new, |it| format!(" {} (matches.csv row {}).", match_name(it.kind), it.row));
            format!("{code} has {} at {}.{row}", post(case, held), authority(case, case.posts[held].authority))
        }
    };
    text.push_str(&ranked(told));
    text.push_str(&stated(case, told));
    text.push_str(match person.preference.response {
        Response::NoResponse => " There is no response from this person, so ranks do not count for them.",
        Response::Responded | Response::Late | Response::Declined => "",
    });
    for &leaf in &told.standing.demands {
        text.push_str(&format!(" Decided beforehand: {}.", conflict(case, scenario, leaf)));
    }
    text
}

fn ranked(told: &Explanation) -> String {
    match (told.post, told.standing.rank, told.standing.best_rank) {
        (Some(_), Some(rank), Some(best)) if rank == best => {
            format!(" It is their {} choice, and they ranked nothing above it.", ordinal(rank))
        }
        (Some(_), Some(rank), _) => format!(" It is their {} choice.", ordinal(rank)),
        (Some(_), None, Some(_)) => " They did not list this post.".to_owned(),
        (Some(_) | None, _, None) => " They listed no posts.".to_owned(),
        (None, _, Some(_)) => String::new(),
    }
}

fn stated(case: &Case, told: &Explanation) -> String {
    let place = |id| authority(case, id);
    match (case.people[told.person].preference.preferred, told.standing.preference_met) {
        (Preferred::Authority(id), Some(true)) => format!(" They stated {}, and it is there.", place(id)),
        (Preferred::Authority(id), Some(false)) => format!(" They stated {}, and it is not there.", place(id)),
        (Preferred::Authority(id), None) => format!(" They stated {}.", place(id)),
        (Preferred::NoPreference, _) => " They stated that either authority would do.".to_owned(),
        (Preferred::Leave, _) => " They stated that they would rather leave.".to_owned(),
        (Preferred::Blank, _) => " They stated no authority.".to_owned(),
    }
}

/// What would become of the person without their post, in sentences.
pub fn otherwise(case: &Case, scenario: &Scenario, told: &Explanation, verdict: &Verdict) -> String {
    let code = &case.people[told.person].code;
    let held = told.post.map_or_else(String::new, |held| case.posts[held].code.clone());
    let without = format!("Without {held} for {code}");
    match verdict {
        Verdict::Costs(price) => {
            format!("{without}, the best plan is worse: {}. {}", changes(price), chain(case, told.person, price))
        }
        Verdict::Between(range) => {
            format!("{without}, {} {}", between(range), chain(case, told.person, &range.price))
        }
        Verdict::Undecided(price) => format!(
            "{without}, some plan is equally good on every objective but cost ({}), so a named officer decides. {}",
            changes(price),
            chain(case, told.person, price)
        ),
        Verdict::Impossible(leaves) => {
            format!("{without}, no plan keeps every rule: {}.", because(case, scenario, leaves))
        }
        Verdict::Stopped => STOPPED.to_owned(),
        Verdict::Held | Verdict::NotEligible(_) => String::new(),
    }
}

const STOPPED: &str = "The run was stopped at a limit before this was settled; run it again with a longer limit.";

/// A post with why it is looked at: `A06 Planning Manager (1st choice, stated authority)`.
pub fn wish(case: &Case, choice: &Choice) -> String {
    let rank = choice.wish.rank.map(|rank| format!("{} choice", ordinal(rank)));
    let stated = choice.wish.stated.then(|| "stated authority".to_owned());
    let marks: Vec<String> = rank.into_iter().chain(stated).collect();
    let post = post(case, choice.post);
    if marks.is_empty() { post } else { format!("{post} ({})", marks.join(", ")) }
}

/// Why a person does not have a post, in sentences.
pub fn verdict(case: &Case, scenario: &Scenario, told: &Explanation, choice: &Choice) -> String {
    match &choice.verdict {
        Verdict::Held => "this is the post in the plan.".to_owned(),
        Verdict::NotEligible(against) => {
            let grounds: Vec<String> = against.iter().map(|breach| ground(case, scenario, breach)).collect();
            format!("not eligible. {}.", grounds.join(". "))
        }
        Verdict::Undecided(price) => {
            let same = if price.decides().is_none() {
                "equally good on every objective".to_owned()
            } else {
                format!("equally good on every objective but cost ({})", changes(price))
            };
            format!(
                "undecided: some plan with it is {same}, so a named officer decides. {}",
                chain(case, told.person, price)
            )
        }
        Verdict::Costs(price) => format!(
            "possible, but the best plan with it is worse: {}.{} {}",
            changes(price),
            decides(price),
            chain(case, told.person, price)
        ),
        Verdict::Between(range) => {
            format!("possible. With it, {} {}", between(range), chain(case, told.person, &range.price))
        }
        Verdict::Impossible(leaves) => format!("no plan has it: {}.", because(case, scenario, leaves)),
        Verdict::Stopped => STOPPED.to_owned(),
    }
}

/// What is known of the best plan: what is settled, the two ends of what is not, and that nothing is said of the rest.
fn between(range: &Range) -> String {
    let ends = ends(range).into_iter();
    let before = range.price.changes.iter().rev().skip(1).rev().filter_map(change);
    let known: Vec<String> = before.chain(ends).collect();
    format!(
        "the best plan lies between two ends: {}. How much exactly, and what changes in the objectives after that, was not worked \
         out; this is a plan at the far end.",
        known.join("; ")
    )
}

/// Said where something gets better too: the objective that decides stands first.
fn decides(price: &Price) -> &'static str {
    let better = price.changes.iter().any(|change| change.was != change.is && !change.is_worse());
    if better { " What comes first in this list decides." } else { "" }
}

/// Who would move, and which seats would be empty.
fn chain(case: &Case, person: PersonId, price: &Price) -> String {
    format!("Then {}; {}.", moves(case, person, &price.chain), empty(case, &price.empty))
}

fn because(case: &Case, scenario: &Scenario, leaves: &[Leaf]) -> String {
    let all: Vec<String> = leaves.iter().map(|&leaf| conflict(case, scenario, leaf)).collect();
    match &all[..] {
        [] => "the rules of the scenario alone stand against it".to_owned(),
        [only] => format!("it cannot be had together with {only}"),
        many => format!("it cannot be had together with all of these: {}", many.join("; ")),
    }
}

/// Post of the answer, or `no post`.
pub(crate) fn place(case: &Case, place: Option<PostId>) -> String {
    place.map_or_else(|| "no post".to_owned(), |post| case.posts[post].code.clone())
}
