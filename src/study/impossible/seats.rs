//! Changes of posts after which there is a plan: one more seat, a post opened, a promotion allowed.
//!
//! More of these never takes a plan away, unless a rule compares vacancy rates. So a whole group that does not help is
//! done with at once, and only groups that do are split.

use std::collections::BTreeSet;

use crate::case::scenario::{Clause, Level};
use crate::case::{MatchKind, PostStatus};
use crate::id::PostId;
use crate::study::impossible::Fix;
use crate::study::impossible::fix::applied;
use crate::study::impossible::trial::Trial;

/// Every single change of these kinds that is enough.
pub(super) fn fixes(trial: &Trial<'_>) -> Vec<Fix> {
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
    let groups = [
        offered.iter().copied().map(Fix::Seat).collect::<Vec<_>>(),
        closed.into_iter().map(Fix::Open).collect(),
        promotions,
    ];
    groups.iter().flat_map(|group| enough(trial, group)).collect()
}

/// Those of a group that are each enough, in their order.
fn enough(trial: &Trial<'_>, group: &[Fix]) -> Vec<Fix> {
    let compares = |clause: &Clause| matches!(clause, Clause::VacancyGap { .. });
    let rates = trial.scenario.fairness.iter().any(|rule| rule.level == Level::Must && compares(&rule.clause));
    match group {
        [] => Vec::new(),
        [_] => {
            if helps(trial, group) {
                group.to_vec()
            } else {
                Vec::new()
            }
        }
        _ if !rates && !helps(trial, group) => Vec::new(),
        _ => {
            let (first, second) = group.split_at(group.len() / 2);
            [enough(trial, first), enough(trial, second)].concat()
        }
    }
}

fn helps(trial: &Trial<'_>, fixes: &[Fix]) -> bool {
    trial.possible(&applied(trial.case, trial.scenario, fixes)) == Some(true)
}
