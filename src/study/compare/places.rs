//! Where a person may be: the place in the plan, and every place in an equally good one.

use std::collections::BTreeSet;

use crate::case::Case;
use crate::case::answer::{Plan, Undecided};
use crate::id::{AuthorityId, PersonId, PostId};

/// The places of one person in the equally good plans of a scenario; `None` is no post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    /// The place in the plan that is shown.
    pub shown: Option<PostId>,
    /// All of them, that one included.
    pub all: BTreeSet<Option<PostId>>,
}

/// How a person's places differ between two answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Differs {
    /// The plans show the same place.
    Not,
    /// The plans show different places, but some place is as good in either: who is undecided may stay.
    Open,
    /// No place of the one is a place of the other.
    Moves,
}

impl Places {
    /// The places of a person in an answer; `undecided` is in the order of people.
    pub fn of(plan: &Plan, undecided: &[Undecided], person: PersonId) -> Self {
        let shown = plan.post(person);
        let mut all = BTreeSet::from([shown]);
        if let Ok(at) = undecided.binary_search_by_key(&person, |entry| entry.person) {
            all.extend(undecided[at].posts.iter().copied().map(Some));
            if undecided[at].may_be_unplaced {
                all.insert(None);
            }
        }
        Self { shown, all }
    }

    /// The place, where there is no other.
    pub fn only(&self) -> Option<Option<PostId>> {
        if self.all.len() == 1 { Some(self.shown) } else { None }
    }

    /// How the places of the same person in another answer differ from these.
    pub fn differs(&self, other: &Places) -> Differs {
        if self.shown == other.shown {
            Differs::Not
        } else if self.all.is_disjoint(&other.all) {
            Differs::Moves
        } else {
            Differs::Open
        }
    }
}

/// The authority that every one of these places belongs to, if there is one.
pub fn only_authority(case: &Case, places: &[Places]) -> Option<AuthorityId> {
    let all = places.iter().flat_map(|places| &places.all);
    let authorities: Option<BTreeSet<AuthorityId>> =
        all.map(|place| place.map(|post| case.posts[post].authority)).collect();
    let authorities = authorities?;
    if authorities.len() == 1 { authorities.first().copied() } else { None }
}
