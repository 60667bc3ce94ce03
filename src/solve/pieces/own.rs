//! The case as one piece needs it: what belongs to others is emptied, so that copies are quick; everything keeps its number.

use std::collections::{BTreeMap, BTreeSet};

use crate::case::{Case, PostStatus};
use crate::id::{PersonId, PostId, Table};

/// A lean case without codes, clauses' functions, and the matches, posts and joint posts of others.
pub(super) fn case(case: &Case, people: &[PersonId], of_post: &Table<PostId, Option<usize>>, piece: usize) -> Case {
    let is_own = |person: &PersonId| people.binary_search(person).is_ok();
    let mut own = case.clone();
    own.matches.retain(|(person, _), _| is_own(person));
    own.ranks.retain(|(person, _), _| is_own(person));
    own.pins.retain(|pin| is_own(&pin.person));
    if let Some(travel) = &mut own.travel {
        travel.retain(|(person, _), _| is_own(person));
    }
    for authority in case.authorities.ids() {
        own.authorities[authority].code = String::new();
    }
    own.structures = Table::new(Vec::new());
    own.grades = Table::new(Vec::new());
    for joint_post in case.joint_posts.ids() {
        let held = people.iter().any(|&person| case.people[person].joint_post == Some(joint_post));
        if !held {
            own.joint_posts[joint_post].shares = BTreeMap::new();
        }
    }
    for post in case.posts.ids() {
        let it = &mut own.posts[post];
        (it.code, it.functions) = (String::new(), BTreeSet::new());
        if of_post[post] != Some(piece) {
            it.status = PostStatus::Held;
            (it.essential_qualification, it.structures) = (None, BTreeSet::new());
        }
    }
    for person in case.people.ids() {
        let it = &mut own.people[person];
        it.code = String::new();
        if !is_own(&person) {
            (it.qualifications, it.statutory_roles) = (BTreeSet::new(), BTreeSet::new());
        }
    }
    own
}
