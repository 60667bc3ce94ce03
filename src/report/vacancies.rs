//! The wording of why a seat is empty, why a role has no holder, and what hangs on one person.

use crate::case::Case;
use crate::case::answer::Leaf;
use crate::case::scenario::Scenario;
use crate::id::{AuthorityId, PostId};
use crate::report::scores::{goal_name, goal_value};
use crate::report::words::{authority_code, joined, leaf_sentence, ordinal, person};
use crate::study::vacancies::{Barred, Candidate, Single, There, Uncovered, Vacancies, Vacancy, Why};

/// People named in one sentence; the rest is counted.
const MOST_NAMED: usize = 8;

/// Why a post has an empty seat.
pub fn why(case: &Case, scenario: &Scenario, vacancy: &Vacancy) -> String {
    let mut text = match &vacancy.why {
        Why::NobodyMatched => "Nobody matched: matches.csv has no row for this post.".to_owned(),
        Why::NobodyAllowed(people) => {
            let each = people.iter().map(|it| barred(case, it, vacancy.post));
            format!("Nobody who matches it may hold it: {}.", listed(each.collect()))
        }
        Why::NobodyAsked(people) if people.is_empty() => "Everyone who may hold it does.".to_owned(),
        Why::NobodyAsked(people) => {
            let each = people.iter().map(|it| candidate(case, it));
            format!("Nobody asked for it. Those who may hold it: {}.", listed(each.collect()))
        }
        Why::Asked(people) => {
            let content = people.iter().all(|it| it.there == There::Content);
            let each = listed(people.iter().map(|it| candidate(case, it)).collect());
            if content {
                format!("Everyone who asked for it did at least as well elsewhere: {each}.")
            } else {
                format!("Those who asked for it are elsewhere: {each}.")
            }
        }
    };
    for &leaf in &vacancy.blocked {
        text.push_str(&format!(" Without this rule the best plan fills it: {}.", rule(case, scenario, leaf)));
    }
    text
}

fn rule(case: &Case, scenario: &Scenario, leaf: Leaf) -> String {
    leaf_sentence(case, scenario, leaf)
}

/// The first few, and how many more there are.
fn listed(mut items: Vec<String>) -> String {
    let more = items.len().saturating_sub(MOST_NAMED);
    items.truncate(MOST_NAMED);
    let text = items.join("; ");
    if more == 0 { text } else { format!("{text}; and {more} more") }
}

/// `P07 (R203 essential qualification: needs CCAB, holds none; matches.csv row 12)`.
fn barred(case: &Case, it: &Barred, post: PostId) -> String {
    let row =
        case.matches.get(&(it.person, post)).map_or_else(String::new, |it| format!(", matches.csv row {}", it.row));
    let rules: Vec<String> = it
        .rules
        .iter()
        .map(|(rule, leaf, found)| {
            let pin = leaf
                .and_then(|leaf| pin_row(case, leaf))
                .map_or_else(String::new, |row| format!(", pins.csv row {row}"));
            format!("{} {}: {found}{pin}", rule.code(), rule.name())
        })
        .collect();
    format!("{} ({}{row})", person(case, it.person), rules.join(" and "))
}

fn pin_row(case: &Case, leaf: Leaf) -> Option<u32> {
    match leaf {
        Leaf::Pin(index) => case.pins.get(index).map(|pin| pin.row),
        Leaf::Clause(_) | Leaf::Link(_) | Leaf::Retained(_) => None,
    }
}

/// `P07 is in A12, ranked 1st; this post 3rd`.
fn candidate(case: &Case, it: &Candidate) -> String {
    let who = person(case, it.person);
    let ranked = |rank: Option<u32>| {
        rank.map_or_else(|| "not on their list".to_owned(), |rank| format!("their {}", ordinal(rank)))
    };
    let now = match it.now {
        None => format!("{who} has no post"),
        Some(now) => format!("{who} is in {} ({})", case.posts[now].code, ranked(it.rank_now)),
    };
    let here = it.rank.map_or_else(String::new, |rank| format!(", this is their {}", ordinal(rank)));
    let there = match it.there {
        There::Content => String::new(),
        There::Impossible => ", and with them here no plan keeps every rule".to_owned(),
        There::Equal => ", and an equally good plan has them here".to_owned(),
        There::Unknown => ", and what it would cost to have them here was not looked into".to_owned(),
        There::Worse(change) => format!(
            ", and with them here \"{}\" would be {}, not {}",
            goal_name(change.goal),
            goal_value(change.goal, change.is),
            goal_value(change.goal, change.was)
        ),
    };
    format!("{now}{here}{there}")
}

/// Why nobody covers a role at an authority: one point for each person who may hold it.
pub fn uncovered(case: &Case, it: &Uncovered) -> Vec<String> {
    if it.people.is_empty() {
        return vec![format!("Nobody in people.csv may hold the role {}.", it.role)];
    }
    let each = |absent: &crate::study::vacancies::Absent| {
        let row = case.people[absent.person].row;
        let who = format!("{} (people.csv row {row})", person(case, absent.person));
        let mut parts: Vec<String> = absent
            .open
            .iter()
            .map(|(post, it)| format!("may hold {}: {}", case.posts[*post].code, candidate(case, it)))
            .collect();
        parts.extend(absent.barred.iter().map(|(post, it)| {
            let found = it.rules.iter().map(|(rule, _, found)| format!("{} {}: {found}", rule.code(), rule.name()));
            let row = case.matches.get(&(it.person, *post)).map_or(0, |it| it.row);
            let found = found.collect::<Vec<_>>().join(" and ");
            format!("may not hold {} ({found}; matches.csv row {row})", case.posts[*post].code)
        }));
        if parts.is_empty() {
            parts.push("matches no post there that is on offer and high enough (matches.csv)".to_owned());
        }
        format!("{who}: {}.", listed(parts))
    };
    it.people.iter().map(each).collect()
}

/// What hangs on one person, one line for each authority.
pub fn singles(case: &Case, found: &Vacancies) -> Vec<String> {
    let line = |authority: AuthorityId| {
        let of = |single: &Single| match single {
            Single::Role { authority: at, role, person: who } if *at == authority => {
                Some(format!("role {role} ({})", person(case, *who)))
            }
            Single::Function { authority: at, function, person: who } if *at == authority => {
                Some(format!("{function} ({})", person(case, *who)))
            }
            Single::Role { .. } | Single::Function { .. } => None,
        };
        let items: Vec<String> = found.singles.iter().filter_map(of).collect();
        (!items.is_empty()).then(|| format!("{}: {}", authority_code(case, authority), joined(&items, "and")))
    };
    case.authorities.ids().filter_map(line).collect()
}

/// The kind of a reason, as one word for programs.
pub fn kind(why: &Why) -> &'static str {
    match why {
        Why::NobodyMatched => "nobody_matched",
        Why::NobodyAllowed(_) => "nobody_allowed",
        Why::NobodyAsked(_) => "nobody_asked",
        Why::Asked(people) if people.iter().all(|it| it.there == There::Content) => "better_elsewhere",
        Why::Asked(_) => "asked",
    }
}
