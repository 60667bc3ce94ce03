//! Asks again how many further posts are enough: so many are, one fewer is not whichever posts they are like, and none is left out.

use std::collections::{BTreeMap, BTreeSet};

use crate::case::PostStatus;
use crate::case::scenario::{Clause, Level};
use crate::id::PostId;
use crate::study::impossible::check::{Asked, Flaw};
use crate::study::impossible::trial::possible;
use crate::study::impossible::{Fix, Further, Impossible, Kind};
use crate::study::variant::Variant;

/// Confirms every number.
///
/// # Errors
/// [`Flaw::Further`] names the first that does not hold.
pub(super) fn check(asked: &Asked<'_>, found: &Impossible) -> Result<(), Flaw> {
    let named: BTreeSet<&Kind> = found.further.iter().map(|it| &it.kind).collect();
    if let Some(twice) = found.further.first().filter(|_| named.len() != found.further.len()) {
        return Err(Flaw::Further(twice.clone()));
    }
    for it in &found.further {
        let posts = posts(asked, &it.kind);
        let right = it.like.iter().all(|(post, more)| posts.contains(post) && *more > 0)
            && plan(asked, &it.like) == Some(true)
            && none(asked, &posts, it.more() - 1, &mut Vec::new());
        if !right {
            return Err(Flaw::Further(it.clone()));
        }
    }
    all(asked, found)
}

/// The offered posts of a function, or the post.
fn posts(asked: &Asked<'_>, kind: &Kind) -> Vec<PostId> {
    let has = |post: &PostId| {
        let record = &asked.case.posts[*post];
        let chosen = asked.scenario.structures.get(&record.authority);
        let of = match kind {
            Kind::Function(authority, function) => {
                record.authority == *authority && record.functions.contains(function)
            }
            Kind::Post(only) => post == only,
        };
        of && record.status == PostStatus::Open && chosen.is_some_and(|chosen| record.structures.contains(chosen))
    };
    asked.case.posts.ids().filter(has).collect()
}

fn plan(asked: &Asked<'_>, seats: &[(PostId, u32)]) -> Option<bool> {
    let mut variant = Variant::of(asked.case, asked.scenario);
    for &(post, more) in seats {
        variant.case.posts[post].capacity += more;
    }
    possible(&variant, asked.limits)
}

/// Whether no way to share out so many seats among the posts, beside those given, leads to a plan.
fn none(asked: &Asked<'_>, posts: &[PostId], seats: u32, given: &mut Vec<(PostId, u32)>) -> bool {
    let Some((&first, rest)) = posts.split_first().filter(|_| seats > 0) else {
        return plan(asked, given) == Some(false);
    };
    // More than there are seats for: where not even that leads to a plan, nothing less does.
    let most: Vec<(PostId, u32)> = given.iter().copied().chain(posts.iter().map(|&post| (post, seats))).collect();
    if plan(asked, &most) == Some(false) {
        return true;
    }
    (0..=seats).all(|here| {
        given.push((first, here));
        let is_none = none(asked, rest, seats - here, given);
        given.pop();
        is_none
    })
}

/// Every function of which further posts are enough is named, and every post of which more than one seat is.
fn all(asked: &Asked<'_>, found: &Impossible) -> Result<(), Flaw> {
    let gap = |clause: &Clause| matches!(clause, Clause::VacancyGap { .. });
    if asked.scenario.fairness.iter().any(|rule| rule.level == Level::Must && gap(&rule.clause)) {
        return Ok(());
    }
    let everybody = u32::try_from(asked.case.people.len()).unwrap_or(u32::MAX);
    let mut kinds: BTreeMap<Kind, Vec<PostId>> = BTreeMap::new();
    for (post, record) in asked.case.posts.iter() {
        for function in &record.functions {
            let kind = Kind::Function(record.authority, function.clone());
            kinds.entry(kind.clone()).or_insert_with(|| posts(asked, &kind));
        }
        kinds.insert(Kind::Post(post), posts(asked, &Kind::Post(post)));
    }
    for (kind, posts) in kinds {
        let one = |post: PostId| found.fixes.contains(&Fix::Seat(post));
        let told = match kind {
            Kind::Function(..) => found.further.iter().any(|it| it.kind == kind),
            // Where that is the way for a function, it is told there.
            Kind::Post(post) => one(post) || found.further.iter().any(|it| it.like.iter().all(|&(it, _)| it == post)),
        };
        let seats: Vec<(PostId, u32)> = posts.into_iter().map(|post| (post, everybody)).collect();
        if told != (!seats.is_empty() && plan(asked, &seats) == Some(true)) {
            return Err(Flaw::Further(Further { kind, like: seats }));
        }
    }
    Ok(())
}
