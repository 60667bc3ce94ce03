//! A price in words: what gets worse or better, and who moves where.

use crate::case::Case;
use crate::case::goal::Part;
use crate::case::scenario::Objective;
use crate::id::{AuthorityId, PersonId};
use crate::quantity::{Pence, grouped};
use crate::report::explain::place;
use crate::report::scores::goal_value;
use crate::report::words::{joined, pounds};
use crate::study::explain::{Price, Step};
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
