//! How many seats are missing whatever else is done: people who must have a post, and fewer seats that any of them may have.
//!
//! Taking out rules about one of these people frees that one, and no other; one more seat is one more. So a change that does less than is
//! missing leads to no plan, and nobody has to be asked (Hall 1935). With decisions about hundreds of people that answers most questions.

use std::collections::BTreeSet;

use crate::case::answer::Leaf;
use crate::case::{Case, Pin};
use crate::id::{PersonId, PostId};
use crate::study::impossible::changes::Changes;
use crate::study::impossible::{Crowd, Fix};

/// People with too few seats in the whole case, and how many seats are missing.
#[derive(Debug)]
pub(super) struct Short {
    people: BTreeSet<PersonId>,
    posts: BTreeSet<PostId>,
    missing: i64,
}

impl Short {
    pub(super) fn of(crowd: &Crowd) -> Self {
        let people = i64::try_from(crowd.people.len()).expect("fewer than 2^32 people");
        Self {
            people: crowd.people.iter().copied().collect(),
            posts: crowd.posts.iter().copied().collect(),
            missing: people - i64::from(crowd.seats),
        }
    }

    /// How many seats are missing at least with these changes; nought or less says nothing.
    pub(super) fn with(&self, case: &Case, changes: &Changes) -> i64 {
        let mut freed: BTreeSet<PersonId> = BTreeSet::new();
        let mut more = 0;
        let mut reached = self.posts.clone();
        for fix in &changes.fixes {
            match *fix {
                Fix::Drop(Leaf::Pin(at)) => {
                    let Pin { person, .. } = case.pins[at];
                    freed.extend(self.people.contains(&person).then_some(person));
                }
                Fix::Drop(Leaf::Retained(person)) => freed.extend(self.people.contains(&person).then_some(person)),
                // They may let these people into a post that none of them could have.
                Fix::Open(post) | Fix::Promote(post) => {
                    if reached.insert(post) {
                        more += i64::from(case.posts[post].capacity);
                    }
                }
                Fix::Drop(Leaf::Clause(_) | Leaf::Link(_)) | Fix::Limit { .. } | Fix::Seat(_) => {}
            }
        }
        let seats = |fix: &Fix| matches!(fix, Fix::Seat(post) if reached.contains(post));
        more += changes.fixes.iter().map(|fix| i64::from(seats(fix))).sum::<i64>();
        let further = changes.seats.iter().filter(|(post, _)| reached.contains(post));
        more += further.map(|(_, &seats)| i64::from(seats)).sum::<i64>();
        self.missing - more - i64::try_from(freed.len()).expect("fewer than 2^32 people")
    }
}
