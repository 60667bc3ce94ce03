//! A case as everybody may know it: structures, posts, grades, and nobody.
//!
//! The public paper is written from this case, so what is not in it cannot be printed by mistake.

use std::collections::BTreeMap;

use crate::case::Case;
use crate::id::Table;

/// The case without people, and without what anybody said, was matched with or was decided about.
///
/// - Joint posts lose their ids, of which each stands for one person; titles, tiers and what becomes of them stay.
pub fn open(case: &Case) -> Case {
    let joint_posts = case.joint_posts.values().cloned().map(|mut post| {
        post.code.clear();
        post
    });
    Case {
        authorities: case.authorities.clone(),
        structures: case.structures.clone(),
        grades: case.grades.clone(),
        people: Table::new(Vec::new()),
        joint_posts: Table::new(joint_posts.collect()),
        posts: case.posts.clone(),
        matches: BTreeMap::new(),
        ranks: BTreeMap::new(),
        pins: Vec::new(),
        links: Vec::new(),
        travel: None,
    }
}
