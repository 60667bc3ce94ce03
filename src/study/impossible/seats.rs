//! Changes of posts after which there is a plan: one more seat, a post opened, a promotion allowed.
//!
//! More of these never takes a plan away, unless a rule compares vacancy rates. So a whole group that does not help is
//! done with at once, and only groups that do are split. Where rates are compared, a proof that one more seat does not help
//! holds for every post of the same authority of which it asks no more: there the rates are the same.

use std::collections::BTreeSet;

use crate::case::answer::Leaf;
use crate::case::scenario::{Clause, FairnessRule, Level, Scenario};
use crate::case::{MatchKind, PostStatus};
use crate::id::PostId;
use crate::model::terms;
use crate::study::impossible::Fix;
use crate::study::impossible::changes::Changes;
use crate::study::impossible::trial::Trial;

/// The seats that one change may bring to people who could not have them: one more, or all of a post.
pub(super) fn most_at_once(trial: &Trial<'_>) -> i64 {
    let offered = |post: PostId| terms::offered(trial.case, trial.scenario, post);
    let barred = |post: PostId| !trial.scenario.policy.promotion_into.contains(&post);
    let gated = trial.case.matches.iter().filter(|(_, it)| it.kind == MatchKind::Promotion);
    let gated = gated.map(|(&(_, post), _)| post).filter(|&post| barred(post));
    let whole = trial.case.posts.ids().filter(|&post| !offered(post)).chain(gated);
    whole.map(|post| i64::from(trial.case.posts[post].capacity)).max().unwrap_or(0).max(1)
}

/// Every single change of these kinds that is enough beside the others.
pub(super) fn fixes(trial: &Trial<'_>, others: &Changes) -> Vec<Fix> {
    if trial.missing(others) > most_at_once(trial) {
        return Vec::new();
    }
    let (case, scenario) = (trial.case, trial.scenario);
    let chosen = |post: PostId| scenario.structures.get(&case.posts[post].authority);
    let listed = |post: PostId| chosen(post).is_some_and(|chosen| case.posts[post].structures.contains(chosen));
    let (mut offered, mut closed) = (Vec::new(), Vec::new());
    for (post, record) in case.posts.iter() {
        match record.status {
            PostStatus::Open if listed(post) => offered.push(post),
            PostStatus::Open | PostStatus::Held if chosen(post).is_some() => closed.push(post),
            PostStatus::Open | PostStatus::Held | PostStatus::Filled | PostStatus::Deleted => {}
        }
    }
    let gated: BTreeSet<PostId> =
        case.matches.iter().filter(|(_, it)| it.kind == MatchKind::Promotion).map(|(&(_, post), _)| post).collect();
    let barred = |post: &PostId| gated.contains(post) && !scenario.policy.promotion_into.contains(post);
    let promotions = offered.iter().copied().filter(barred).map(Fix::Promote).collect::<Vec<_>>();
    let seats = if compares_rates(scenario, others) {
        one_by_one(trial, others, &offered)
    } else {
        let mut group: Vec<Fix> = trial.not_ruled_out(others, &offered).into_iter().map(Fix::Seat).collect();
        group.sort_unstable();
        enough(trial, others, &group)
    };
    let closed: Vec<Fix> = closed.into_iter().map(Fix::Open).collect();
    [seats, enough(trial, others, &closed), enough(trial, others, &promotions)].concat()
}

/// Whether some rule that is still there compares vacancy rates.
pub(super) fn compares_rates(scenario: &Scenario, others: &Changes) -> bool {
    let gap = |rule: &FairnessRule| rule.level == Level::Must && matches!(rule.clause, Clause::VacancyGap { .. });
    scenario.fairness.iter().enumerate().any(|(index, rule)| gap(rule) && !others.drops(Leaf::Clause(index)))
}

/// The posts of which one more seat is enough where that moves the rates: each asked, or known to be no better than another.
fn one_by_one(trial: &Trial<'_>, others: &Changes, posts: &[PostId]) -> Vec<Fix> {
    let mut fixes = Vec::new();
    let mut left: Vec<PostId> = posts.to_vec();
    // Dearest first, so that one answer says most.
    left.sort_by_key(|&post| (trial.price(post), post));
    while let Some(&post) = left.first() {
        left.remove(0);
        match trial.possible(&others.and(&[Fix::Seat(post)])) {
            Some(true) => fixes.push(Fix::Seat(post)),
            Some(false) => {
                let home = |other: &PostId| trial.case.posts[*other].authority == trial.case.posts[post].authority;
                let same: Vec<PostId> = left.iter().copied().filter(home).collect();
                let done = trial.no_better(others, post, &same);
                left.retain(|other| !done.contains(other));
            }
            None => {}
        }
    }
    fixes.sort_unstable();
    fixes
}

/// Those of a group that are each enough, in their order.
fn enough(trial: &Trial<'_>, others: &Changes, group: &[Fix]) -> Vec<Fix> {
    let helps = || trial.possible(&others.and(group)) == Some(true);
    let seats = |fix: &Fix| matches!(fix, Fix::Seat(_) | Fix::Open(_));
    let rates = group.iter().any(seats) && compares_rates(trial.scenario, others);
    match group {
        [] => Vec::new(),
        [_] => {
            if helps() {
                group.to_vec()
            } else {
                Vec::new()
            }
        }
        _ if !rates && !helps() => Vec::new(),
        _ => {
            let (first, second) = group.split_at(group.len() / 2);
            [enough(trial, others, first), enough(trial, others, second)].concat()
        }
    }
}
