//! Which posts a person would rather have.

use std::collections::BTreeMap;

use crate::case::Case;
use crate::case::answer::Plan;
use crate::certify::Pairs;
use crate::id::{AuthorityId, PersonId, PostId, Table};
use crate::study::explain::{MOST_NAMED, Standing, Wish, matched};

/// Posts on offer at each authority, where they are few enough to be named one by one to somebody who has no match with them.
pub(super) struct Offers(Table<AuthorityId, Vec<PostId>>);

impl Offers {
    pub(super) fn new(case: &Case, pairs: &Pairs<'_>) -> Self {
        let mut offers: Table<AuthorityId, Vec<PostId>> = Table::filled(Vec::new(), case.authorities.len());
        for (post, record) in case.posts.iter().filter(|&(post, _)| pairs.is_offered(post)) {
            offers[record.authority].push(post);
        }
        for authority in case.authorities.ids() {
            if offers[authority].len() > MOST_NAMED {
                offers[authority].clear();
            }
        }
        Self(offers)
    }
}

/// Posts that the person would rather have than the one in the plan: best rank first, then what was not ranked by id.
///
/// - Ranked better than the post held; every ranked post where the post held was not ranked, or there is none.
/// - Where the stated authority is not met: those of its posts that were matched, and where it has [`MOST_NAMED`] posts on offer or
///   fewer, all of these.
/// - For someone without a post: every matched post.
pub(super) fn wishes(case: &Case, plan: &Plan, offers: &Offers, person: PersonId) -> Vec<(PostId, Wish)> {
    let held = plan.post(person);
    let held_rank = held.and_then(|post| rank(case, person, post));
    let mut found: BTreeMap<PostId, Wish> = BTreeMap::new();
    for (rank, post) in case.ranked(person).into_iter().filter(|&(rank, _)| held_rank.is_none_or(|held| rank < held)) {
        found.entry(post).or_default().rank = Some(rank);
    }
    let unmet = case.people[person].preference.stated().filter(|&stated| !is_at(case, held, stated));
    if let Some(stated) = unmet {
        let there = matched(case, person).filter(|&post| case.posts[post].authority == stated);
        for post in there.chain(offers.0[stated].iter().copied()) {
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

fn is_at(case: &Case, post: Option<PostId>, authority: AuthorityId) -> bool {
    post.is_some_and(|post| case.posts[post].authority == authority)
}
