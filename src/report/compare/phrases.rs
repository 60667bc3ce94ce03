//! The wording of single changes between two scenarios, and of why a place changes at one of them.

use crate::case::Case;
use crate::case::answer::Leaf;
use crate::case::rule::Rule;
use crate::case::scenario::{FairnessRule, Level, RetainedShared, Scenario};
use crate::certify::Breach;
use crate::id::PostId;
use crate::report::explain::ground;
use crate::report::words::{
    authority_code, clause_sentence, joined, leaf_sentence, objective_name, ordinal, percent, persons, post,
};
use crate::study::compare::attribution::{Mover, Step, Turned};
use crate::study::compare::ladder::Turn;
use crate::study::compare::places::Places;

/// What differs at a step, without a full stop.
pub(super) fn turn(case: &Case, to: &Scenario, turn: &Turn) -> String {
    match turn {
        Turn::Structure { authority, was, is } => {
            let [was, is] = [was, is].map(|id| case.structures[*id].code.as_str());
            format!("{} has structure {is} instead of {was}", authority_code(case, *authority))
        }
        Turn::Rule(was, is) => format!("the rule on authorities is {is} instead of {was}"),
        Turn::Retained(RetainedShared::Pin) => "people of retained shared services are kept in them".to_owned(),
        Turn::Retained(RetainedShared::Release) => "people of retained shared services may go anywhere".to_owned(),
        Turn::GradesDown(was, is) => format!("people may be placed {is} grades down instead of {was}"),
        Turn::PromotionAllowed(at) => format!("promotion into {} is allowed", post(case, *at)),
        Turn::PromotionRefused(at) => format!("promotion into {} is no longer allowed", post(case, *at)),
        Turn::UnlistedRank(was, is) => format!("a post that was not listed counts as rank {is} instead of {was}"),
        Turn::OnCost(was, is) => format!("the on-cost is {} instead of {}", percent(*is), percent(*was)),
        Turn::Cover => {
            let roles: Vec<String> = to.statutory_cover.roles.iter().map(ToString::to_string).collect();
            let roles = if roles.is_empty() { "no role".to_owned() } else { joined(&roles, "and") };
            format!("statutory cover counts {roles}, to tier {}", to.statutory_cover.max_tier)
        }
        Turn::Pins(true) => "officers' decisions (pins.csv) are used".to_owned(),
        Turn::Pins(false) => "officers' decisions (pins.csv) are not used".to_owned(),
        Turn::ClauseOut(rule) => format!("no longer: {}", demand(case, rule)),
        Turn::ClauseChanged(was, is) => format!("{}, instead of: {}", demand(case, is), demand(case, was)),
        Turn::ClauseIn(rule) => format!("new: {}", demand(case, rule)),
        Turn::ObjectiveOut(objective) => {
            format!("the objective {objective} ({}) is not asked for", objective_name(*objective))
        }
        Turn::ObjectiveMoved(objective, place) => {
            format!("the objective {objective} ({}) is stated {}", objective_name(*objective), at_place(*place))
        }
        Turn::ObjectiveIn(objective, place) => {
            format!("the objective {objective} ({}) is asked for too, {}", objective_name(*objective), at_place(*place))
        }
    }
}

fn at_place(place: usize) -> String {
    let number = u32::try_from(place).unwrap_or(u32::MAX);
    if number == 1 { "first".to_owned() } else { ordinal(number) }
}

fn demand(case: &Case, rule: &FairnessRule) -> String {
    let sentence = clause_sentence(case, &rule.clause);
    match rule.level {
        Level::Must => sentence,
        Level::Report => format!("{sentence} (measured only)"),
    }
}

/// The rules that cannot all be kept, in one line without a full stop.
pub(super) fn because(case: &Case, scenario: &Scenario, leaves: &[Leaf]) -> String {
    let all: Vec<String> = leaves.iter().map(|&leaf| leaf_sentence(case, scenario, leaf)).collect();
    match all.len() {
        1 => format!("this rule: {}", all.join("")),
        _ => format!("all of these rules: {}", all.join("; ")),
    }
}

/// A place, with the others that are as good: `A24 (or B24, no post)`.
pub(super) fn place(case: &Case, places: &Places) -> String {
    let shown = at(case, places.shown);
    // No post is the least of all places, and is said last.
    let mut others: Vec<&str> =
        places.all.iter().filter(|it| **it != places.shown && it.is_some()).map(|it| at(case, *it)).collect();
    if places.shown.is_some() && places.all.contains(&None) {
        others.push(at(case, None));
    }
    if others.is_empty() { shown.to_owned() } else { format!("{shown} (or {})", others.join(", ")) }
}

/// Id of a post, or none.
pub(super) fn at(case: &Case, place: Option<PostId>) -> &str {
    place.map_or("no post", |post| case.posts[post].code.as_str())
}

/// The number of a step, or of several that had no plan between them.
pub(super) fn step_number(turned: &Turned) -> String {
    match turned.steps {
        (first, last) if first == last => (last + 1).to_string(),
        (first, last) => format!("{} to {}", first + 1, last + 1),
    }
}

/// Why the place first changes, in one or two sentences.
pub(super) fn why(case: &Case, to: &Scenario, steps: &[Step], mover: &Mover) -> String {
    let Some((first, again)) = mover.turns.split_first() else { return String::new() };
    let mut text = if first.steps.0 == first.steps.1 {
        reason(case, to, &steps[first.steps.1].turn, first)
    } else {
        format!("there is no plan between steps {} and {}; {}", first.steps.0 + 1, first.steps.1 + 1, {
            reason(case, to, &steps[first.steps.1].turn, first)
        })
    };
    if !again.is_empty() {
        let later: Vec<String> = again.iter().map(step_number).collect();
        text.push_str(&format!(" (changes again at step {})", joined(&later, "and")));
    }
    text
}

fn reason(case: &Case, to: &Scenario, step: &Turn, turned: &Turned) -> String {
    let not_there = |breaches: &[Breach]| breaches.iter().any(|breach| breach.rule == Rule::Offered);
    if let (Turn::Structure { is, .. }, Some(old), true) = (step, turned.was, not_there(&turned.barred)) {
        let (structure, row) = (&case.structures[*is].code, case.posts[old].row);
        return format!("{} is not in structure {structure} (posts.csv row {row})", at(case, turned.was));
    }
    if !turned.barred.is_empty() {
        let told: Vec<String> = turned.barred.iter().map(|breach| ground(case, to, breach)).collect();
        return format!("{} is no longer allowed: {}", at(case, turned.was), told.join("; "));
    }
    if let (Turn::Structure { is, .. }, Some(new), true) = (step, turned.is, not_there(&turned.opened)) {
        let (structure, row) = (&case.structures[*is].code, case.posts[new].row);
        return format!("{} is on offer in structure {structure} (posts.csv row {row})", at(case, turned.is));
    }
    if !turned.opened.is_empty() {
        return format!("{} was not allowed before", at(case, turned.is));
    }
    let taken = joined(&persons(case, &turned.taken_by), "and");
    match turned.was {
        Some(_) if taken.is_empty() => {
            format!("{} is still allowed, but the best plan does not use it for this person", at(case, turned.was))
        }
        Some(_) => format!("{} is still allowed, but the plan shown gives it to {taken}", at(case, turned.was)),
        None => format!("{} was allowed before, but the best plan had it otherwise", at(case, turned.is)),
    }
}
