//! A price in words: what gets worse or better, and who moves where.

use crate::case::Case;
use crate::case::goal::{Goal, Part};
use crate::case::scenario::Objective;
use crate::id::{AuthorityId, PersonId};
use crate::quantity::{Pence, grouped};
use crate::report::explain::place;
use crate::report::scores::goal_value;
use crate::report::words::{joined, pounds};
use crate::study::explain::{Price, Range, Step};
use crate::study::variant::Change;

/// Every goal that differs, in the scenario's order: `one more person without a post; cost falls by £3,120.00 a year`.
pub fn changes(price: &Price) -> String {
    let all: Vec<String> = price.changes.iter().filter_map(change).collect();
    if all.is_empty() { "nothing changes in any objective".to_owned() } else { all.join("; ") }
}

/// What a goal counts.
enum Counted {
    /// People with a post, of whom is said who is without one.
    Placed,
    /// People of whom this is so.
    People(String),
    /// Statutory roles that are covered.
    Roles,
    /// A sum.
    Sum(&'static str),
    /// The worst rank of anyone placed.
    Worst,
}

fn counted(goal: Goal) -> Counted {
    let people = |rest: &str| Counted::People(rest.to_owned());
    match (goal.part, goal.objective) {
        (Part::Placed, _) | (Part::Whole, Objective::Placed) => Counted::Placed,
        (Part::Rank(rank), _) => Counted::People(format!("at rank {rank}")),
        (Part::Whole, Objective::Statutory) => Counted::Roles,
        (Part::Whole, Objective::Preference) => people("in the authority they stated"),
        (Part::Whole, Objective::Moves) => people("with another employer"),
        (Part::Whole, Objective::Family) => people("on family leave with a post"),
        (Part::Whole, Objective::Critical) => people("in statutory or high-criticality posts"),
        (Part::Whole, Objective::Match) => Counted::Sum("the distance from a direct match"),
        (Part::Whole, Objective::Rank) => Counted::Sum("the sum of ranks"),
        (Part::Whole, Objective::Cost) => Counted::Sum("cost"),
        (Part::Whole, Objective::Travel) => Counted::Sum("travel"),
        (Part::Whole, Objective::Bottleneck) => Counted::Worst,
        (Part::Whole, Objective::Generous | Objective::Greedy | Objective::RankMaximal) => {
            Counted::Sum("the number of people")
        }
    }
}

/// One goal that differs, in words; `None` where it does not.
pub fn change(change: &Change) -> Option<String> {
    let goal = change.goal;
    let more = change.is - change.was;
    if more == 0 {
        return None;
    }
    let more_or_fewer = |one: &str, many: &str, rest: &str, is_more: bool| {
        let amount = if more.abs() == 1 { "one".to_owned() } else { number(more) };
        let noun = if more.abs() == 1 { one } else { many };
        if is_more { format!("{amount} more {noun} {rest}") } else { format!("{amount} {noun} fewer {rest}") }
    };
    Some(match counted(goal) {
        Counted::Placed => more_or_fewer("person", "people", "without a post", more < 0),
        Counted::People(rest) => more_or_fewer("person", "people", &rest, more > 0),
        Counted::Roles => more_or_fewer("statutory role", "statutory roles", "covered", more > 0),
        Counted::Sum(what) => by(goal, what, more > 0, &amount(goal, more.abs())),
        Counted::Worst => {
            let value = |value| goal_value(goal, value);
            format!("the worst rank of anyone placed goes from {} to {}", value(change.was), value(change.is))
        }
    })
}

/// The goal that is not settled, with both ends: `between 1 and 3 more people without a post`.
pub fn ends(range: &Range) -> Option<String> {
    let open = range.price.changes.last()?;
    let goal = open.goal;
    let (low, high) = (range.least.min(open.is), range.least.max(open.is));
    if low < open.was && high > open.was {
        return Some(around(goal, low, high, open.was));
    }
    let is_more = high > open.was;
    // Both ends on one side: nearer and farther from the answer.
    let (near, far) = if is_more { (low - open.was, high - open.was) } else { (open.was - high, open.was - low) };
    let span = match near {
        0 => format!("at most {}", amount(goal, far)),
        _ => format!("between {} and {}", amount(goal, near), amount(goal, far)),
    };
    let more_or_fewer = |one: &str, many: &str, rest: &str, is_more: bool| {
        let (way, noun) = (if is_more { "more" } else { "fewer" }, if far == 1 { one } else { many });
        format!("{span} {way} {noun} {rest}")
    };
    Some(match counted(goal) {
        Counted::Placed => more_or_fewer("person", "people", "without a post", !is_more),
        Counted::People(rest) => more_or_fewer("person", "people", &rest, is_more),
        Counted::Roles => more_or_fewer("statutory role", "statutory roles", "covered", is_more),
        Counted::Sum(what) => by(goal, what, is_more, &span),
        Counted::Worst => around(goal, low, high, open.was),
    })
}

/// Two ends with the answer's value between them.
fn around(goal: Goal, low: i64, high: i64, was: i64) -> String {
    let what = match counted(goal) {
        Counted::Placed => "people with a post:".to_owned(),
        Counted::People(rest) => format!("people {rest}:"),
        Counted::Roles => "statutory roles covered:".to_owned(),
        Counted::Sum(what) => format!("{what} lies"),
        Counted::Worst => "the worst rank of anyone placed lies".to_owned(),
    };
    let value = |value| goal_value(goal, value);
    format!("{what} between {} and {} ({} in the plan)", value(low), value(high), value(was))
}

/// By how much a sum changes.
fn by(goal: Goal, what: &str, is_more: bool, amount: &str) -> String {
    let way = if is_more { "rises" } else { "falls" };
    let per = if goal.objective == Objective::Cost { " a year" } else { "" };
    format!("{what} {way} by {amount}{per}")
}

/// So much of what a goal counts; of points, the number alone.
fn amount(goal: Goal, value: i64) -> String {
    match goal.objective {
        Objective::Cost => pounds(Pence(value)),
        Objective::Travel => goal_value(goal, value),
        Objective::Statutory
        | Objective::Placed
        | Objective::Preference
        | Objective::Match
        | Objective::Rank
        | Objective::Moves
        | Objective::Family
        | Objective::Critical
        | Objective::Bottleneck
        | Objective::Generous
        | Objective::Greedy
        | Objective::RankMaximal => number(value),
    }
}

fn number(value: i64) -> String {
    grouped(value.abs())
}

/// Who moves, in the order of the chain: `P05 takes A06; P07, who holds it in the plan, has no post`.
pub fn moves(case: &Case, person: PersonId, chain: &[Step]) -> String {
    let mut said: Vec<String> = Vec::new();
    for (position, step) in chain.iter().enumerate() {
        let code = &case.people[step.person].code;
        let displaced_by = chain[..position].iter().any(|before| step.from.is_some() && before.to == step.from);
        let left_by = chain[..position].iter().find(|before| step.to.is_some() && before.from == step.to);
        let (from, to) = (place(case, step.from), place(case, step.to));
        let held = match (step.from, displaced_by) {
            (Some(_), true) => format!("{code}, who holds {from} in the plan,"),
            (Some(_), false) => format!("{code}, now in {from},"),
            (None, _) => format!("{code}, now without a post,"),
        };
        said.push(match (step.to, left_by, step.person == person) {
            (Some(_), _, true) => format!("{code} takes {to}"),
            (None, _, true) => format!("{code} has no post"),
            (Some(_), Some(left), false) => {
                format!("{held} takes {to}, which {} leaves", case.people[left.person].code)
            }
            (Some(_), None, false) => format!("{held} takes {to}"),
            (None, _, false) => format!("{held} has no post"),
        });
    }
    said.join("; ")
}

/// Seats that are empty more or fewer: `one more seat is empty at A`.
pub fn empty(case: &Case, more: &[(AuthorityId, i64)]) -> String {
    let one = |&(authority, more): &(AuthorityId, i64)| {
        let code = &case.authorities[authority].code;
        let way = if more > 0 { "rise" } else { "fall" };
        format!("vacancies at {code} {way} by {}", if more.abs() == 1 { "one".to_owned() } else { number(more) })
    };
    match more {
        [] => "the number of vacancies stays the same at each authority".to_owned(),
        _ => joined(&more.iter().map(one).collect::<Vec<_>>(), "and"),
    }
}
