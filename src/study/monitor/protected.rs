//! Who is protected by family leave or pregnancy, and at risk while a post that suits went to somebody who is not.
//!
//! The plan is made without these data and is not changed by them. What is found here names people: it is for the officers who
//! keep the restricted table, and never part of the figures. Whether a protection still runs on the day is for them to say.

use std::collections::BTreeSet;

use crate::case::Case;
use crate::case::scenario::Scenario;
use crate::certify::{Certified, options};
use crate::id::{Id, PersonId, PostId};
use crate::load::equality::Protection;

/// Someone protected who has no post, though the rules allow them posts that are on offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PassedOver {
    /// Whom, by what, and since when.
    pub protection: Protection,
    /// The posts that the rules allow them and that someone else has, or nobody; lowest first.
    pub posts: Vec<Place>,
}

/// A post that was not offered to a protected person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The post.
    pub post: PostId,
    /// Who holds it and is not protected, lowest first; nobody: it has an empty seat.
    pub holders: Vec<PersonId>,
}

/// Every protected person whom a certified plan leaves without a post, with the posts that went elsewhere; lowest person first.
pub fn passed_over(
    case: &Case,
    scenario: &Scenario,
    certified: &Certified,
    protections: &[Protection],
) -> Vec<PassedOver> {
    let Some(plan) = certified.plan() else { return Vec::new() };
    let allowed = options(case, scenario);
    let holders = plan.holders(case);
    let protected: BTreeSet<PersonId> = protections.iter().map(|it| it.person).collect();
    let place = |post: PostId| {
        let held = plan.placed().filter(|&(person, at)| at == post && !protected.contains(&person));
        let held: Vec<PersonId> = held.map(|(person, _)| person).collect();
        let is_open = holders[post] < case.posts[post].capacity;
        // Where all seats are other protected people's, nobody was put before this one.
        (is_open || !held.is_empty()).then_some(Place { post, holders: if is_open { Vec::new() } else { held } })
    };
    let at_risk = protections.iter().filter(|it| plan.post(it.person).is_none());
    let found = at_risk.map(|protection| PassedOver {
        protection: protection.clone(),
        posts: allowed[protection.person.index()].iter().copied().flatten().filter_map(place).collect(),
    });
    found.filter(|it| !it.posts.is_empty()).collect()
}
