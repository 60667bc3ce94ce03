//! Which posts a person would rather have.

use std::collections::BTreeMap;

use crate::case::Case;
use crate::case::answer::Plan;
use crate::certify::Pairs;
use crate::id::{PersonId, PostId};
use crate::study::explain::{Standing, Wish, matched};

/// Posts that the person would rather have than the one in the plan: best rank first, then what was not ranked by id.
///
/// - Ranked better than the post held; every ranked post where the post held was not ranked, or there is none.
/// - Where the stated authority is not met: its posts on offer, and those of its others that were matched.
/// - For someone without a post: every matched post.
pub(super) fn wishes(case: &Case, plan: &Plan, pairs: &Pairs<'_>, person: PersonId) -> Vec<(PostId, Wish)> {
    let held = plan.post(person);
    let held_rank = held.and_then(|post| rank(case, person, post));
    let mut found: BTreeMap<PostId, Wish> = BTreeMap::new();
    for (rank, post) in case.ranked(person).into_iter().filter(|&(rank, _)| held_rank.is_none_or(|held| rank < held)) {
        found.entry(post).or_default().rank = Some(rank);
    }
    let unmet = case.people[person].preference.stated().filter(|&stated| !is_at(case, held, stated));
    if let Some(stated) = unmet {
        let there = case.posts.iter().filter(|(_, post)| post.authority == stated).map(|(post, _)| post);
        for post in there.filter(|&post| pairs.is_offered(post) || case.matches.contains_key(&(person, post))) {
            found.entry(post).or_default();
        }
    }
    if held.is_none() {
        matched(case, person).for_each(|post| {
            found.entry(post).or_default();
        });
    }
    let mut wishes: Vec<(PostId, Wish)> = found
        .into_keys()
        .filter(|&post| Some(post) != held)
        .map(|post| (post, Wish { asked: false, ..asked(case, person, post) }))
        .collect();
    wishes.sort_by_key(|(post, wish)| (wish.rank.unwrap_or(u32::MAX), *post));
    wishes
}

/// A post that somebody asked for.
pub(super) fn asked(case: &Case, person: PersonId, post: PostId) -> Wish {
    let stated = case.people[person].preference.stated().is_some_and(|stated| is_at(case, Some(post), stated));
    Wish { rank: rank(case, person, post), stated, asked: true }
}

/// How the person's post stands.
pub(super) fn standing(case: &Case, plan: &Plan, pairs: &Pairs<'_>, person: PersonId) -> Standing {
    let post = plan.post(person);
    let met = |post| Some(is_at(case, Some(post), case.people[person].preference.stated()?));
    Standing {
        rank: post.and_then(|post| rank(case, person, post)),
        best_rank: case.ranked(person).first().map(|&(rank, _)| rank),
        preference_met: post.and_then(met),
        demands: pairs.demands(person),
    }
}

fn rank(case: &Case, person: PersonId, post: PostId) -> Option<u32> {
    case.ranks.get(&(person, post)).map(|rank| rank.rank)
}

fn is_at(case: &Case, post: Option<PostId>, authority: crate::id::AuthorityId) -> bool {
    post.is_some_and(|post| case.posts[post].authority == authority)
}
