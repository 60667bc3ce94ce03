//! Rules that stand against a post, each with the row of the user's own files.

use crate::case::answer::Leaf;
use crate::case::rule::Rule;
use crate::case::scenario::Scenario;
use crate::case::{Case, PostStatus};
use crate::certify::Breach;
use crate::id::{PersonId, PostId};
use crate::report::words::leaf_sentence;

/// One rule that stands against a pair: `R203 essential qualification: needs CCAB, holds none (posts.csv row 6, people.csv row 4)`.
pub fn ground(case: &Case, scenario: &Scenario, breach: &Breach) -> String {
    let (Some(person), Some(post)) = (breach.person, breach.post) else { return breach.to_string() };
    let text = match breach.leaf {
        Some(leaf) => conflict(case, scenario, leaf),
        None => format!("{} ({})", breach.detail, whence(case, scenario, breach.rule, person, post)),
    };
    format!("{}: {text}", breach.rule)
}

/// A rule of the user's own files, with who decided it and why.
pub fn conflict(case: &Case, scenario: &Scenario, leaf: Leaf) -> String {
    let sentence = leaf_sentence(case, scenario, leaf);
    match leaf {
        Leaf::Pin(position) => {
            let pin = &case.pins[position];
            let by = if pin.decided_by.is_empty() { "nobody named" } else { &pin.decided_by };
            let date = pin.date.as_ref().map_or_else(String::new, |date| format!(", {date}"));
            format!("{sentence}, decided by {by}{date}")
        }
        Leaf::Clause(_) | Leaf::Link(_) | Leaf::Retained(_) => sentence,
    }
}

/// Where the files say so.
fn whence(case: &Case, scenario: &Scenario, rule: Rule, person: PersonId, post: PostId) -> String {
    let (who, place) = (&case.people[person], &case.posts[post]);
    let matched = case.matches.get(&(person, post)).map_or(0, |it| it.row);
    let id = &scenario.id;
    match rule {
        Rule::Offered => match place.status {
            PostStatus::Open => format!("posts.csv row {}, structures of scenario {id}", place.row),
            PostStatus::Held | PostStatus::Filled | PostStatus::Deleted => format!("posts.csv row {}", place.row),
        },
        Rule::Matched => format!("{} and {}", who.code, place.code),
        Rule::Qualification => format!("posts.csv row {}, people.csv row {}", place.row, who.row),
        Rule::Promotion => format!("matches.csv row {matched}, promotion_into of scenario {id}"),
        Rule::GradesDown => format!("matches.csv row {matched}, max_grades_down of scenario {id}"),
        Rule::EmployerDefault => format!("people.csv row {}, rule of scenario {id}", who.row),
        Rule::TimeMajority => {
            let joint = who.joint_post.map_or("none", |joint| case.joint_posts[joint].code.as_str());
            format!("shares.csv, joint post {joint}; rule of scenario {id}")
        }
        Rule::RetainedShared => format!("people.csv row {}, posts.csv row {}", who.row, place.row),
        Rule::OnePost
        | Rule::Capacity
        | Rule::PinPost
        | Rule::PinAuthority
        | Rule::BarPost
        | Rule::BarAuthority
        | Rule::SameAuthority
        | Rule::DifferentAuthority
        | Rule::PeopleShare
        | Rule::FteShare
        | Rule::Budget
        | Rule::Cover
        | Rule::VacancyGap
        | Rule::PreferenceParity => format!("scenario {id}"),
    }
}
