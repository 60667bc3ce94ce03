//! The wording of the lines of a rule, of what they found, and of what follows.

use crate::case::material::{Line, Outcome, Test};
use crate::quantity::{BasisPoints, Pence};
use crate::report::words::{percent, pounds};
use crate::study::material::{Amount, FieldChange, Found, Judged, Judgement, Verdict};

/// The most ids that stand in the table of lines; the lists below have all.
const MOST_IDS: usize = 6;

/// What a line allows, with its scope, without a full stop.
pub(super) fn limit(line: &Line) -> String {
    let what = match &line.test {
        Test::PostsAdded { .. } => "posts added".to_owned(),
        Test::PostsDeleted { .. } => "posts deleted".to_owned(),
        Test::PostsRegraded { .. } => "posts with another grade".to_owned(),
        Test::PostsHours { by_more_than, .. } => format!("posts with hours changed by more than {by_more_than} FTE"),
        Test::PostsPay { by_more_than, .. } => {
            format!("posts with pay changed by more than {}", percent(*by_more_than))
        }
        Test::StatutoryPosts { .. } => "statutory posts touched in any way".to_owned(),
        Test::PeopleChanged { what: Outcome::Post, .. } => "people whose post changes".to_owned(),
        Test::PeopleChanged { what: Outcome::Authority, .. } => "people whose authority changes".to_owned(),
        Test::NewlyAtRisk { .. } => "people newly without a post".to_owned(),
        Test::Cost { .. } => "change in pay with on-cost a year".to_owned(),
    };
    format!("{what}{}: at most {}", scope(line), most(&line.test))
}

fn scope(line: &Line) -> String {
    let people = matches!(line.test, Test::PeopleChanged { .. } | Test::NewlyAtRisk { .. });
    let whose = line.authority.as_ref().map(|authority| {
        if people { format!("employed by {authority} at present") } else { format!("at {authority}") }
    });
    let tiers = line.max_tier.map(|tier| if tier == 1 { "tier 1".to_owned() } else { format!("tiers 1 to {tier}") });
    let parts: Vec<String> = [whose, tiers].into_iter().flatten().collect();
    if parts.is_empty() { String::new() } else { format!(" ({})", parts.join(", ")) }
}

fn most(test: &Test) -> String {
    let both = |first: Option<String>, share: Option<BasisPoints>, of: &str| {
        let share = share.map(|share| format!("{} of {of}", percent(share)));
        [first, share].into_iter().flatten().collect::<Vec<_>>().join(" and ")
    };
    match test {
        Test::PostsAdded { max }
        | Test::PostsDeleted { max }
        | Test::PostsRegraded { max }
        | Test::PostsHours { max, .. }
        | Test::PostsPay { max, .. }
        | Test::StatutoryPosts { max }
        | Test::NewlyAtRisk { max } => max.to_string(),
        Test::PeopleChanged { max_people, max_share, .. } => {
            both(max_people.map(|max| max.to_string()), *max_share, "them all")
        }
        Test::Cost { max_change, max_share } => both(max_change.map(pounds), *max_share, "the consulted cost"),
    }
}

/// What a line found, with ids where they are few.
pub(super) fn found_in(line: &Judged) -> String {
    let (sure, open, of) = match line.amount {
        Amount::Count { sure, open, of } => (sure, open, of),
        Amount::Cost { was, is } => return cost(was, is),
    };
    let ids: Vec<&str> = line
        .found
        .iter()
        .map(|found| match found {
            Found::Post { id, .. } | Found::Person { id, .. } => id.as_str(),
        })
        .collect();
    let number = match (sure, open) {
        (0, 0) => "none".to_owned(),
        (sure, 0) => sure.to_string(),
        (sure, open) => format!("{sure} certain, {open} open"),
    };
    let of = if matches!(line.line.test, Test::PeopleChanged { .. }) { format!(" of {of}") } else { String::new() };
    if ids.is_empty() || ids.len() > MOST_IDS {
        format!("{number}{of}")
    } else {
        format!("{number}{of} ({})", ids.join(", "))
    }
}

fn cost(was: Pence, is: Pence) -> String {
    let from = format!("from {} to {}", pounds(was), pounds(is));
    match is.0 - was.0 {
        0 => format!("none ({})", pounds(was)),
        more @ 1.. => format!("{} more ({from})", pounds(Pence(more))),
        less => format!("{} less ({from})", pounds(Pence(-less))),
    }
}

/// A verdict in a word.
pub(super) fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Within => "within",
        Verdict::Open => "open",
        Verdict::Beyond => "beyond",
    }
}

/// What differs in a post.
pub(super) fn post_line(was: Option<u32>, is: Option<u32>, changes: &[FieldChange]) -> String {
    match (was, is) {
        (None, _) => "added".to_owned(),
        (_, None) => "deleted".to_owned(),
        (Some(_), Some(_)) => {
            let blank = |text: &str| if text.is_empty() { "blank".to_owned() } else { text.to_owned() };
            let told =
                changes.iter().map(|it| format!("{} was {}, is {}", it.field.heading(), blank(&it.was), blank(&it.is)));
            told.collect::<Vec<_>>().join("; ")
        }
    }
}

/// The last line: whether the delegated power applies.
pub(super) fn summary(judgement: &Judgement) -> String {
    let all = judgement.lines.len();
    let (beyond, open) = (judgement.count(Verdict::Beyond), judgement.count(Verdict::Open));
    let lines = |number: usize, one: &str, many: &str| {
        let verb = if number == 1 { one } else { many };
        format!("{number} of {all} {} {verb}", if all == 1 { "line" } else { "lines" })
    };
    let hang = "on people who are undecided";
    match (beyond, open) {
        (0, 0) => "Every line is within the rule: the delegated power applies.".to_owned(),
        (0, open) => format!("{} {hang}: settle them first, then ask again.", lines(open, "hangs", "hang")),
        (beyond, 0) => format!("{} beyond: report back to members.", lines(beyond, "is", "are")),
        (beyond, open) => {
            let more = if open == 1 { "1 more hangs" } else { &format!("{open} more hang") };
            format!("{} beyond ({more} {hang}): report back to members.", lines(beyond, "is", "are"))
        }
    }
}
