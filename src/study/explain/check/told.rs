//! Where a person stands and which posts are looked at, found again from the files.

use std::collections::BTreeSet;

use crate::case::answer::Leaf;
use crate::id::{Id, PersonId, PostId};
use crate::study::explain::check::{Checker, Fault};
use crate::study::explain::{Explanation, MOST_NAMED, matched};

impl Checker<'_> {
    pub(super) fn standing(&self, told: &Explanation) -> Result<(), Fault> {
        let (case, person) = (self.case, told.person);
        if person.index() >= case.people.len() || self.plan().post(person) != told.post {
            return Err(Fault::Standing);
        }
        let rank = |post| case.ranks.get(&(person, post)).map(|rank| rank.rank);
        let stated = case.people[person].preference.stated();
        let met = told.post.and_then(|post| stated.map(|stated| case.posts[post].authority == stated));
        let best = self.listed(person).filter_map(rank).min();
        let standing = &told.standing;
        let found =
            [told.post.and_then(rank) == standing.rank, best == standing.best_rank, met == standing.preference_met];
        if found != [true; 3] || self.demands(person) != standing.demands {
            return Err(Fault::Standing);
        }
        Ok(())
    }

    /// The posts that the person ranked, lowest first.
    fn listed(&self, person: PersonId) -> impl Iterator<Item = PostId> + '_ {
        let own = (person, PostId::at(0))..=(person, PostId::at(self.case.posts.len()));
        self.case.ranks.range(own).map(|(&(_, post), _)| post)
    }

    fn demands(&self, person: PersonId) -> Vec<Leaf> {
        let is_used = |position: &usize| self.scenario.use_pins && self.case.pins[*position].person == person;
        let mut demands: Vec<Leaf> = (0..self.case.pins.len()).filter(is_used).map(Leaf::Pin).collect();
        let shared = self.scenario.policy.retained_shared == crate::case::scenario::RetainedShared::Pin;
        if shared && self.case.people[person].retained_shared == Some(true) {
            demands.push(Leaf::Retained(person));
        }
        demands
    }

    /// The posts are those of the words in `explain`, in their order, or the one that was asked for.
    pub(super) fn wishes(&self, told: &Explanation) -> Result<(), Fault> {
        let (case, person) = (self.case, told.person);
        let stated = case.people[person].preference.stated();
        let rank = |post: PostId| case.ranks.get(&(person, post)).map(|rank| rank.rank);
        let right = told.choices.iter().all(|choice| {
            choice.post.index() < case.posts.len()
                && choice.wish.rank == rank(choice.post)
                && choice.wish.stated == (stated == Some(case.posts[choice.post].authority))
        });
        let is_asked = matches!(&told.choices[..], [only] if only.wish.asked);
        if !right || (!is_asked && told.choices.iter().any(|choice| choice.wish.asked)) {
            return Err(Fault::Wishes);
        }
        if is_asked {
            return Ok(());
        }
        let there = stated.map(|stated| self.offered[stated].as_slice()).unwrap_or_default().iter().copied();
        let known = self.listed(told.person).chain(matched(case, told.person)).chain(there);
        let known: BTreeSet<PostId> = known.filter(|&post| self.is_wanted(told, post)).collect();
        let mut wanted: Vec<PostId> = known.into_iter().collect();
        wanted.sort_by_key(|&post| (rank(post).unwrap_or(u32::MAX), post));
        let same = wanted.iter().eq(told.choices.iter().map(|choice| &choice.post));
        if same { Ok(()) } else { Err(Fault::Wishes) }
    }

    fn is_wanted(&self, told: &Explanation, post: PostId) -> bool {
        let (case, person) = (self.case, told.person);
        let rank = |post: PostId| case.ranks.get(&(person, post)).map(|rank| rank.rank);
        let Some(held) = told.post else {
            let is_matched = case.matches.contains_key(&(person, post));
            return is_matched || rank(post).is_some() || self.is_stated_and_offered(person, post);
        };
        let by_rank = match (rank(post), rank(held)) {
            (Some(rank), Some(held)) => rank < held,
            (Some(_), None) => true,
            (None, _) => false,
        };
        let elsewhere = case.posts[post].authority != case.posts[held].authority;
        let is_there = case.people[person].preference.stated() == Some(case.posts[post].authority);
        let is_known = case.matches.contains_key(&(person, post)) || self.is_stated_and_offered(person, post);
        post != held && (by_rank || (elsewhere && is_there && is_known))
    }

    fn is_stated_and_offered(&self, person: PersonId, post: PostId) -> bool {
        let authority = self.case.posts[post].authority;
        let there = &self.offered[authority];
        let is_stated = self.case.people[person].preference.stated() == Some(authority);
        is_stated && there.len() <= MOST_NAMED && there.binary_search(&post).is_ok()
    }
}
