//! A price in words: what gets worse or better, and who moves where.

use crate::case::Case;
use crate::case::goal::Part;
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

/// One goal that differs, in words; `None` where it does not.
pub fn change(change: &Change) -> Option<String> {
    let more = change.is - change.was;
    if more == 0 {
        return None;
    }
    let counted = |one: &str, many: &str, rest: &str| {
        let amount = if more.abs() == 1 { "one".to_owned() } else { number(more) };
        let noun = if more.abs() == 1 { one } else { many };
        if more > 0 { format!("{amount} more {noun} {rest}") } else { format!("{amount} {noun} fewer {rest}") }
    };
    let sum = |what: &str, by: String| format!("{what} {} by {by}", if more > 0 { "rises" } else { "falls" });
    let placed = || match more {
        -1 => "one more person without a post".to_owned(),
        1 => "one person fewer without a post".to_owned(),
        less if less < 0 => format!("{} more people without a post", number(more)),
        _ => format!("{} people fewer without a post", number(more)),
    };
    Some(match change.goal.part {
        Part::Placed => placed(),
        Part::Rank(rank) => counted("person", "people", &format!("at rank {rank}")),
        Part::Whole => match change.goal.objective {
            Objective::Placed => placed(),
            Objective::Statutory => counted("statutory role", "statutory roles", "covered"),
            Objective::Preference => counted("person", "people", "in the authority they stated"),
            Objective::Match => sum("the distance from a direct match", number(more)),
            Objective::Rank => sum("the sum of ranks", number(more)),
            Objective::Cost => sum("cost", format!("{} a year", pounds(Pence(more.abs())))),
            Objective::Moves => counted("person", "people", "with another employer"),
            Objective::Family => counted("person", "people", "on family leave with a post"),
            Objective::Critical => counted("person", "people", "in statutory or high-criticality posts"),
            Objective::Travel => sum("travel", goal_value(change.goal, more.abs())),
            Objective::Bottleneck => {
                let value = |value| goal_value(change.goal, value);
                format!("the worst rank of anyone placed goes from {} to {}", value(change.was), value(change.is))
            }
            Objective::Generous | Objective::Greedy | Objective::RankMaximal => {
                sum("the number of people", number(more))
            }
        },
    })
}

/// The goal that is not settled, with both ends: `between 1 and 3 more people without a post`.
pub fn ends(range: &Range) -> Option<String> {
    let open = range.price.changes.last()?;
    let ends = [range.least - open.was, open.is - open.was];
    let (low, high) = (ends[0].min(ends[1]), ends[0].max(ends[1]));
    let value = |value| goal_value(open.goal, value);
    let what = goal_name(open);
    if (low < 0 && high > 0) || matches!(open.goal.objective, Objective::Bottleneck) {
        let (from, to) = (range.least.min(open.is), range.least.max(open.is));
        let lies = if what.ends_with(':') { "" } else { " lies" };
        return Some(format!(
            "{what}{lies} between {} and {} ({} in the plan)",
            value(from),
            value(to),
            value(open.was)
        ));
    }
    // Both ends on one side: nearer and farther from the answer.
    let (near, far) = if low < 0 { (-high, -low) } else { (low, high) };
    let span = |near: String, far: String| {
        if near == "0" || near == value(0) { format!("at most {far}") } else { format!("between {near} and {far}") }
    };
    let people = |rest: &str| {
        let way = if low < 0 { "fewer" } else { "more" };
        let noun = if far == 1 { "person" } else { "people" };
        format!("{} {way} {noun} {rest}", span(number(near), number(far)))
    };
    let way = if low < 0 { "falls" } else { "rises" };
    let is_placed =
        open.goal.part == Part::Placed || (open.goal.part, open.goal.objective) == (Part::Whole, Objective::Placed);
    Some(match (open.goal.part, open.goal.objective) {
        _ if is_placed => {
            // Fewer placed are more without a post.
            let way = if low < 0 { "more" } else { "fewer" };
            let noun = if far == 1 { "person" } else { "people" };
            format!("{} {way} {noun} without a post", span(number(near), number(far)))
        }
        (Part::Rank(rank), _) => people(&format!("at rank {rank}")),
        (_, Objective::Preference) => people("in the authority they stated"),
        (_, Objective::Moves) => people("with another employer"),
        (_, Objective::Family) => people("on family leave with a post"),
        (_, Objective::Critical) => people("in statutory or high-criticality posts"),
        (_, Objective::Statutory) => {
            let amount = if low < 0 { "fewer" } else { "more" };
            let noun = if far == 1 { "statutory role" } else { "statutory roles" };
            format!("{} {amount} {noun} covered", span(number(near), number(far)))
        }
        (_, Objective::Match | Objective::Rank) => format!("{what} {way} by {}", span(number(near), number(far))),
        (_, Objective::Cost) => {
            format!(
                "{what} {way} by {} a year",
                span(pounds(Pence(near)), pounds(Pence(far))).replace("between £0.00 and", "at most")
            )
        }
        (
            _,
            Objective::Placed
            | Objective::Travel
            | Objective::Bottleneck
            | Objective::Generous
            | Objective::Greedy
            | Objective::RankMaximal,
        ) => format!("{what} {way} by {}", span(value(near), value(far))),
    })
}

/// What a goal counts, as the beginning of a sentence.
fn goal_name(change: &Change) -> String {
    match (change.goal.part, change.goal.objective) {
        (Part::Rank(rank), _) => format!("people at rank {rank}:"),
        (Part::Placed, _) | (_, Objective::Placed) => "people with a post:".to_owned(),
        (Part::Whole, Objective::Match) => "the distance from a direct match".to_owned(),
        (Part::Whole, Objective::Rank) => "the sum of ranks".to_owned(),
        (Part::Whole, Objective::Cost) => "cost".to_owned(),
        (Part::Whole, Objective::Travel) => "travel".to_owned(),
        (Part::Whole, Objective::Statutory) => "statutory roles covered:".to_owned(),
        (Part::Whole, Objective::Preference) => "people in the authority they stated:".to_owned(),
        (Part::Whole, Objective::Moves) => "people with another employer:".to_owned(),
        (Part::Whole, Objective::Family) => "people on family leave with a post:".to_owned(),
        (Part::Whole, Objective::Critical) => "people in statutory or high-criticality posts:".to_owned(),
        (Part::Whole, Objective::Bottleneck | Objective::Generous | Objective::Greedy | Objective::RankMaximal) => {
            "the number of people".to_owned()
        }
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
