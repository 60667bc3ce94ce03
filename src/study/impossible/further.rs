//! How many more posts of one function, or more seats of one post, are enough: the least number.
//!
//! A further post is like one that is there: the same people are matched with it. More posts never take a plan away, unless a
//! rule compares vacancy rates; where one does, only what one seat does is told.

use std::collections::{BTreeMap, BTreeSet};

use crate::id::{AuthorityId, PostId};
use crate::model::terms;
use crate::study::impossible::changes::Changes;
use crate::study::impossible::seats::compares_rates;
use crate::study::impossible::trial::Trial;
use crate::study::impossible::{Fix, Further, Kind};

/// Every function of an authority whose further posts are enough, then every post whose further seats are, where one is not.
///
/// - `fixes`: the single changes that are enough.
pub(super) fn all(trial: &Trial<'_>, fixes: &[Fix]) -> Vec<Further> {
    let single: BTreeSet<PostId> = fixes.iter().filter_map(|&fix| seat(fix)).collect();
    let offered = trial.case.posts.ids().filter(|&post| terms::offered(trial.case, trial.scenario, post));
    let offered: Vec<PostId> = offered.collect();
    let functions = functions(trial, &offered);
    let one = |posts: &Vec<PostId>| posts.iter().copied().find(|post| single.contains(post));
    let (mut found, mut open): (Vec<Further>, Vec<(Kind, Vec<PostId>)>) = (Vec::new(), Vec::new());
    for (kind, posts) in functions {
        match one(&posts) {
            Some(post) => found.push(Further { kind, like: vec![(post, 1)] }),
            None => open.push((kind, posts)),
        }
    }
    if !compares_rates(trial.scenario, &Changes::default()) {
        open.extend({ offered }.into_iter().filter(|post| !single.contains(post)).map(|it| (Kind::Post(it), vec![it])));
        for (kind, posts) in enough(trial, &open) {
            let Some(like) = trial.fewest(&posts) else { continue };
            // Where more seats of one post are the way for a function, that is told once.
            let is_told = matches!(kind, Kind::Post(_)) && found.iter().any(|it| it.like == like);
            if !is_told {
                found.push(Further { kind, like });
            }
        }
    }
    found.sort();
    found
}

fn seat(fix: Fix) -> Option<PostId> {
    match fix {
        Fix::Seat(post) => Some(post),
        Fix::Limit { .. } | Fix::Drop(_) | Fix::Open(_) | Fix::Promote(_) => None,
    }
}

/// Every function of each authority, with its offered posts.
fn functions(trial: &Trial<'_>, offered: &[PostId]) -> Vec<(Kind, Vec<PostId>)> {
    let mut functions: BTreeMap<(AuthorityId, &str), Vec<PostId>> = BTreeMap::new();
    for &post in offered {
        let record = &trial.case.posts[post];
        for function in &record.functions {
            functions.entry((record.authority, function)).or_default().push(post);
        }
    }
    let kind = |(authority, function): (AuthorityId, &str)| Kind::Function(authority, function.to_owned());
    functions.into_iter().map(|(key, posts)| (kind(key), posts)).collect()
}

/// Those of which any number of seats is enough; a group that is not enough together is done with at once.
fn enough(trial: &Trial<'_>, group: &[(Kind, Vec<PostId>)]) -> Vec<(Kind, Vec<PostId>)> {
    let everybody = u32::try_from(trial.case.people.len()).unwrap_or(u32::MAX);
    let seats = group.iter().flat_map(|(_, posts)| posts).map(|&post| (post, everybody));
    let changes = Changes { seats: seats.collect(), ..Changes::default() };
    if group.is_empty() || trial.possible(&changes) != Some(true) {
        return Vec::new();
    }
    match group {
        [_] => group.to_vec(),
        _ => {
            let (first, second) = group.split_at(group.len() / 2);
            [enough(trial, first), enough(trial, second)].concat()
        }
    }
}
