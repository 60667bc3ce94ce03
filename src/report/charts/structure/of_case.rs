//! The structures of a case: the posts that are shared now, and what is proposed for one authority.

use std::collections::BTreeMap;

use crate::case::scenario::Scenario;
use crate::case::{Case, Disposition, JointPost, PostStatus};
use crate::id::{AuthorityId, Id, PostId};
use crate::quantity::BasisPoints;
use crate::report::charts::structure::{Directorate, Post, Sharing, Structure};
use crate::report::shown::Shown;
use crate::report::words::{authority, authority_code};

/// Posts of this tier stand above all directorates.
const TOP: u32 = 1;

const OTHERS: &str = "Other posts";

/// The posts that are shared now, or those in which this authority has a share; `shown` says how vacant seats are shown.
pub fn now(case: &Case, of: Option<AuthorityId>, shown: &dyn Fn(u64) -> Shown) -> Structure {
    let has_share = |post: &&JointPost| of.is_none_or(|id| post.employer == id || post.shares.contains_key(&id));
    let title = match of {
        Some(id) => format!("Posts of {} now", authority(case, id)),
        None => "Shared posts now".to_owned(),
    };
    let posts = case.joint_posts.values().filter(has_share);
    let placed = posts.map(|post| (post.directorate.clone(), joint(case, post, shown))).collect();
    arranged(title, REPORTING.to_owned(), placed)
}

/// The posts of the structure that a scenario has for an authority; `vacant` says how many seats of a post are empty.
pub fn proposed(case: &Case, scenario: &Scenario, of: AuthorityId, vacant: &dyn Fn(PostId) -> Shown) -> Structure {
    let structure = scenario.structures.get(&of);
    let listed = case.posts.iter().filter(|(_, post)| {
        let deleted = match post.status {
            PostStatus::Deleted => true,
            PostStatus::Open | PostStatus::Held | PostStatus::Filled => false,
        };
        post.authority == of && !deleted && structure.is_some_and(|it| post.structures.contains(it))
    });
    let directorates = directorates(case);
    let placed = listed.map(|(id, post)| {
        let known = post.functions.iter().find_map(|function| directorates.get(function.as_str()));
        let directorate = known.map_or_else(|| OTHERS.to_owned(), |name| format!("Now in {name}"));
        let sharing = match post.retained_shared {
            Some(true) => Sharing::Retained(Vec::new()),
            Some(false) | None => Sharing::Only(of.index(), authority_code(case, of).to_owned()),
        };
        let card = Post {
            code: post.code.clone(),
            title: post.title.clone(),
            tier: post.tier,
            sharing,
            seats: post.capacity,
            vacant: vacant(id),
        };
        (directorate, card)
    });
    let title = format!("{}: proposed posts, scenario {}", authority(case, of), scenario.id);
    let remark = format!("Posts stand with the present directorate of their function. {REPORTING}");
    arranged(title, remark, placed.collect())
}

const REPORTING: &str = "Lines show directorate and tier, not who reports to whom.";

fn joint(case: &Case, post: &JointPost, shown: &dyn Fn(u64) -> Shown) -> Post {
    let shares: Vec<(AuthorityId, BasisPoints)> =
        post.shares.iter().filter(|(_, share)| share.0 > 0).map(|(&id, &share)| (id, share)).collect();
    let named = || shares.iter().map(|&(id, share)| (authority_code(case, id).to_owned(), share)).collect();
    let (retained, vacant) = match post.disposition {
        Disposition::RetainedShared | Disposition::Hosted => (true, false),
        Disposition::VacantRetainedShared => (true, true),
        Disposition::VacantEnds => (false, true),
        Disposition::EndsOnSeparation | Disposition::UnderReview => (false, false),
    };
    let sharing = match (retained, shares.as_slice()) {
        (true, _) => Sharing::Retained(named()),
        (false, []) => only(case, post.employer),
        (false, &[(id, _)]) => only(case, id),
        (false, _) => Sharing::Shared(named()),
    };
    Post {
        code: post.code.clone(),
        title: post.title.clone(),
        tier: post.tier,
        sharing,
        seats: 1,
        vacant: if vacant { shown(1) } else { Shown::Figure(0) },
    }
}

fn only(case: &Case, id: AuthorityId) -> Sharing {
    Sharing::Only(id.index(), authority_code(case, id).to_owned())
}

/// The directorate of each function, by the first joint post that has it.
fn directorates(case: &Case) -> BTreeMap<&str, &str> {
    let mut found = BTreeMap::new();
    for post in case.joint_posts.values() {
        found.entry(post.function.as_str()).or_insert(post.directorate.as_str());
    }
    found
}

/// Directorates in the order of their first posts; the highest tiers first, then as they came.
fn arranged(title: String, remark: String, placed: Vec<(String, Post)>) -> Structure {
    let mut structure = Structure { title, remark, top: Vec::new(), directorates: Vec::new() };
    for (name, post) in placed {
        if post.tier <= TOP {
            structure.top.push(post);
            continue;
        }
        match structure.directorates.iter_mut().find(|it| it.name == name) {
            Some(directorate) => directorate.posts.push(post),
            None => structure.directorates.push(Directorate { name, posts: vec![post] }),
        }
    }
    for directorate in &mut structure.directorates {
        directorate.posts.sort_by_key(|post| post.tier);
    }
    // What has no directorate comes last.
    structure.directorates.sort_by_key(|directorate| directorate.name == OTHERS);
    structure
}
