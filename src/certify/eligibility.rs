//! R201 to R208: which pairs of person and post may be an allocation at all.
//!
//! Each function says what is against the pair, or nothing. Most pairs are asked about only to know whether there is something: the
//! words come when they are called for.

use crate::case::scenario::PolicyRule;
use crate::case::{Match, MatchKind, PostStatus};
use crate::certify::facts::Facts;
use crate::id::{AuthorityId, PersonId, PostId};

/// A person and a post, with their row of matches.csv: looked up once for all rules.
#[derive(Clone, Copy)]
pub(super) struct Pair<'a> {
    pub(super) person: PersonId,
    pub(super) post: PostId,
    /// `None`: there is no such row.
    pub(super) found: Option<&'a Match>,
}

/// R201: the post is open and in the structure that the scenario chose.
pub(super) fn r201_offered(facts: &Facts<'_>, post: PostId) -> Option<impl Fn() -> String> {
    (!facts.is_offered(post)).then_some(move || not_offered(facts, post))
}

fn not_offered(facts: &Facts<'_>, post: PostId) -> String {
    let post = &facts.case.posts[post];
    if post.status != PostStatus::Open {
        return format!("the post is {}", post.status);
    }
    let authority = &facts.case.authorities[post.authority].code;
    match facts.scenario.structures.get(&post.authority) {
        None => format!("the scenario chose no structure for authority {authority}"),
        Some(&chosen) => {
            format!("the scenario chose structure {}, and the post is not in it", facts.case.structures[chosen].code)
        }
    }
}

/// R202: only a pair in matches.csv can be an allocation.
pub(super) fn r202_matched(pair: Pair<'_>) -> Option<impl Fn() -> String> {
    pair.found.is_none().then_some(|| "matches.csv has no row for this pair".to_owned())
}

/// R203: the person holds the essential qualification of the post.
pub(super) fn r203_qualification(facts: &Facts<'_>, pair: Pair<'_>) -> Option<impl Fn() -> String> {
    let needed = facts.case.posts[pair.post].essential_qualification.as_ref()?;
    let held = &facts.case.people[pair.person].qualifications;
    (!held.contains(needed)).then_some(move || {
        let held: Vec<&str> = held.iter().map(String::as_str).collect();
        let held = if held.is_empty() { "none".to_owned() } else { held.join(", ") };
        format!("needs {needed}, holds {held}")
    })
}

/// R204: a promotion match is allocated only into posts of promotion_into.
pub(super) fn r204_promotion(facts: &Facts<'_>, pair: Pair<'_>) -> Option<impl Fn() -> String> {
    let barred = match pair.found?.kind {
        MatchKind::Promotion => !facts.scenario.policy.promotion_into.contains(&pair.post),
        MatchKind::Direct | MatchKind::Partial | MatchKind::Alternative => false,
    };
    barred.then_some(|| "a promotion, and promotion_into does not name the post".to_owned())
}

/// R205: the post is at most max_grades_down grades below the person's.
pub(super) fn r205_grades_down(facts: &Facts<'_>, pair: Pair<'_>) -> Option<impl Fn() -> String> {
    let down = -i64::from(pair.found?.grade_difference);
    let most = facts.scenario.policy.max_grades_down;
    (down > i64::from(most)).then_some(move || format!("grades down: {down}, at most {most} allowed"))
}

/// R206: the rule employer_default keeps each person with the present employer.
pub(super) fn r206_employer_default(facts: &Facts<'_>, pair: Pair<'_>) -> Option<impl Fn() -> String> {
    let employer = facts.case.people[pair.person].employer;
    match facts.scenario.policy.rule {
        PolicyRule::EmployerDefault => elsewhere(facts, pair.post, employer, "the present employer is"),
        PolicyRule::PreferenceInformed | PolicyRule::TimeMajority => None,
    }
}

/// R207: the rule time_majority sends a person where over half of the joint post lies.
pub(super) fn r207_time_majority(facts: &Facts<'_>, pair: Pair<'_>) -> Option<impl Fn() -> String> {
    match facts.scenario.policy.rule {
        PolicyRule::TimeMajority => {
            elsewhere(facts, pair.post, facts.majority(pair.person)?, "over half of the joint post is at")
        }
        PolicyRule::PreferenceInformed | PolicyRule::EmployerDefault => None,
    }
}

/// R208: people of retained shared services hold a retained shared post.
pub(super) fn r208_retained_shared(
    facts: &Facts<'_>,
    person: PersonId,
    post: Option<PostId>,
) -> Option<impl Fn() -> String> {
    let kept = post.is_some_and(|post| facts.case.posts[post].retained_shared == Some(true));
    (facts.is_kept_shared(person) && !kept)
        .then_some(|| "the service stays shared, so the post must be a retained shared one".to_owned())
}

fn elsewhere(facts: &Facts<'_>, post: PostId, home: AuthorityId, why: &'static str) -> Option<impl Fn() -> String> {
    let place = facts.case.posts[post].authority;
    let codes = &facts.case.authorities;
    (place != home).then_some(move || format!("{why} {}, the post is at {}", codes[home].code, codes[place].code))
}
