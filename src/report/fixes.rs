//! The wording of why no plan keeps every rule, and of what would change it: in ids, files and rows of the user.

use crate::case::Case;
use crate::case::answer::Leaf;
use crate::case::proof::Side;
use crate::case::scenario::{Clause, Scenario};
use crate::case::{MatchKind, PostStatus};
use crate::id::{PersonId, PostId};
use crate::quantity::{BasisPoints, Pence, write_short};
use crate::report::words::{
    authority_code, clause_sentence, count, joined, leaf_sentence, people, percent, person, persons, post, pounds,
};
use crate::study::impossible::{Crowd, Fix, Further, Kind, Reach};

/// `P05 and P07 (2 people; people.csv rows 6 and 8) share only A06 (1 post with 1 seat; posts.csv row 7)`.
pub fn crowd(case: &Case, crowd: &Crowd) -> String {
    let who = joined(&persons(case, &crowd.people), "and");
    let rows: Vec<u32> = crowd.people.iter().map(|&id| case.people[id].row).collect();
    let who = format!("{who} ({}; {})", people(crowd.people.len()), in_rows("people.csv", &rows));
    let one = crowd.people.len() == 1;
    if crowd.posts.is_empty() {
        return format!("{who} {} no post at all that the rules allow", if one { "has" } else { "have" });
    }
    let codes: Vec<String> = crowd.posts.iter().map(|&id| case.posts[id].code.clone()).collect();
    let rows: Vec<u32> = crowd.posts.iter().map(|&id| case.posts[id].row).collect();
    let posts = count(crowd.posts.len() as u64, "post", "posts");
    let seats = count(crowd.seats, "seat", "seats");
    let where_ = in_rows("posts.csv", &rows);
    format!("{who} share only {} ({posts} with {seats}; {where_})", joined(&codes, "and"))
}

/// `people.csv rows 6 and 8`.
fn in_rows(file: &str, rows: &[u32]) -> String {
    let numbers: Vec<String> = rows.iter().map(u32::to_string).collect();
    format!("{file} {} {}", if rows.len() == 1 { "row" } else { "rows" }, joined(&numbers, "and"))
}

/// What a limit demands and how near any plan comes, with the rule that it stands in.
pub fn reach(case: &Case, scenario: &Scenario, reach: &Reach) -> String {
    let clause = &scenario.fairness[reach.clause].clause;
    let rule = format!("Fairness rule {}: {}", reach.clause + 1, clause_sentence(case, clause));
    let [needed, reachable] = [reach.needed, reach.reachable].map(|sum| amount(clause, sum));
    let mut text = match (clause, reach.side) {
        (Clause::PeopleShare { .. }, Side::Min) => {
            format!("{rule}. Of {} that is {}", people(case.people.len()), reach.needed)
        }
        (_, Side::Min) => format!("{rule}. That is {needed}"),
        (_, Side::Max) => format!("{rule}. That is at most {needed}"),
    };
    match (reach.side, reach.eligible) {
        (Side::Min, Some(eligible)) => text.push_str(&placed(clause, reach, eligible)),
        (Side::Min, None) => text.push_str(&format!(", but at most {reachable} can be reached")),
        (Side::Max, _) => text.push_str(&format!(", but no plan has less than {reachable}")),
    }
    if let Some(crowd) = &reach.crowd {
        text.push_str(&format!(", because {}", self::crowd(case, crowd)));
    }
    text + "."
}

/// How many could be placed there, and how many can be at once.
fn placed(clause: &Clause, reach: &Reach, eligible: usize) -> String {
    let have = if eligible == 1 { "has" } else { "have" };
    let counts_people = !matches!(clause, Clause::FteShare { .. });
    let number = i64::try_from(eligible).unwrap_or(i64::MAX);
    let reachable = amount(clause, reach.reachable);
    if counts_people && number == reach.reachable {
        format!(", but only {eligible} {have} an allowed post there")
    } else if counts_people && number < reach.needed {
        format!(
            ", but only {eligible} {have} an allowed post there, and at most {reachable} can be placed there at once"
        )
    } else {
        let who = people(eligible);
        format!("; {who} {have} an allowed post there, but at most {reachable} can be placed there at once")
    }
}

/// A sum behind a clause, with its unit.
fn amount(clause: &Clause, sum: i64) -> String {
    match clause {
        Clause::PeopleShare { .. } | Clause::Cover { .. } => people(usize::try_from(sum).unwrap_or(0)),
        Clause::FteShare { .. } => format!("{} FTE", write_short(sum, 4)),
        Clause::Budget { .. } => pounds(Pence(sum)),
        Clause::VacancyGap { .. } | Clause::PreferenceParity { .. } => format!("{} points", write_short(sum, 2)),
    }
}

/// A change, as what to do: `lower the least share of people at B from 40% to 36.17% (…)`.
pub fn fix(case: &Case, scenario: &Scenario, fix: Fix) -> String {
    match fix {
        Fix::Limit { clause, side, to } => limit(case, scenario, clause, side, to),
        Fix::Drop(Leaf::Retained(id)) => {
            format!(
                "let {} leave the retained shared service (people.csv row {})",
                person(case, id),
                case.people[id].row
            )
        }
        Fix::Drop(leaf) => format!("take out {}", leaf_sentence(case, scenario, leaf)),
        Fix::Seat(id) => format!("give {} one more seat (posts.csv row {})", post(case, id), case.posts[id].row),
        Fix::Open(id) => {
            format!("open {} (posts.csv row {}, {})", post(case, id), case.posts[id].row, closed(case, id))
        }
        Fix::Promote(id) => {
            let who = joined(&persons(case, &promoted(case, id)), "or");
            format!("allow promotion into {} (promotion_into), which {who} could take", post(case, id))
        }
    }
}

/// `open 2 more posts with function Finance at A: one like A03 and one like A05`; further posts of which a number is enough.
pub fn further(case: &Case, it: &Further) -> String {
    let more = it.more();
    match &it.kind {
        Kind::Post(id) => {
            let row = case.posts[*id].row;
            format!("give {} {more} more seats (posts.csv row {row}), or add as many posts like it", post(case, *id))
        }
        Kind::Function(authority, function) => {
            let posts = if more == 1 { "one more post".to_owned() } else { format!("{more} more posts") };
            let like = if more == 1 { "for example one like" } else { "for example" };
            let each = |&(id, seats): &(PostId, u32)| {
                let (code, row) = (&case.posts[id].code, case.posts[id].row);
                let place = format!("{code} (posts.csv row {row})");
                if more == 1 { place } else { format!("{seats} like {place}") }
            };
            let each: Vec<String> = it.like.iter().map(each).collect();
            let place = authority_code(case, *authority);
            format!("open {posts} with function {function} at {place}, {like} {}", joined(&each, "and"))
        }
    }
}

fn closed(case: &Case, id: PostId) -> String {
    match case.posts[id].status {
        PostStatus::Open => "not in the structure that the scenario chose".to_owned(),
        status @ (PostStatus::Held | PostStatus::Filled | PostStatus::Deleted) => format!("now {status}"),
    }
}

/// Everyone for whom the post would be a promotion.
pub fn promoted(case: &Case, id: PostId) -> Vec<PersonId> {
    let step = case.matches.iter().filter(|(pair, it)| pair.1 == id && it.kind == MatchKind::Promotion);
    step.map(|(pair, _)| pair.0).collect()
}

fn limit(case: &Case, scenario: &Scenario, index: usize, side: Side, to: i64) -> String {
    let clause = &scenario.fairness[index].clause;
    let share = |value: i64| percent(BasisPoints(i32::try_from(value).unwrap_or(i32::MAX)));
    let bound = |min: &Option<BasisPoints>, max: &Option<BasisPoints>| {
        let limit = match side {
            Side::Min => min,
            Side::Max => max,
        };
        (limit.map_or_else(String::new, percent), share(to))
    };
    let (was, to) = match clause {
        Clause::PeopleShare { min, max, .. } | Clause::FteShare { min, max, .. } => bound(min, max),
        Clause::Budget { max, .. } => (pounds(*max), pounds(Pence(to))),
        Clause::Cover { min_people, .. } => (min_people.to_string(), to.to_string()),
        Clause::VacancyGap { max_points, .. } | Clause::PreferenceParity { max_points } => {
            (format!("{max_points} points"), format!("{} points", write_short(to, 2)))
        }
    };
    let (verb, which) = match side {
        Side::Min => ("lower", "least"),
        Side::Max => ("raise", "most"),
    };
    let name = match clause {
        Clause::PeopleShare { authority, .. } => {
            format!("{which} share of people at {}", authority_code(case, *authority))
        }
        Clause::FteShare { authority, .. } => format!("{which} share of FTE at {}", authority_code(case, *authority)),
        Clause::Budget { authority, .. } => format!("budget of {}", authority_code(case, *authority)),
        Clause::Cover { authority, function, .. } => {
            format!("{which} number of people in {function} at {}", authority_code(case, *authority))
        }
        Clause::VacancyGap { authorities: [first, second], .. } => {
            let [first, second] = [first, second].map(|id| authority_code(case, *id));
            format!("largest gap in vacancy rate between {first} and {second}")
        }
        Clause::PreferenceParity { .. } => "largest gap in preference met between employers".to_owned(),
    };
    format!("{verb} the {name} from {was} to {to} (scenario {}, fairness rule {})", scenario.id, index + 1)
}
