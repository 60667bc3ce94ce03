//! People with fewer seats between them than they are: the theorem of Hall (1935), found by a maximum matching.

use std::collections::{BTreeMap, BTreeSet};

use crate::case::Case;
use crate::case::answer::Leaf;
use crate::case::scenario::Scenario;
use crate::certify;
use crate::id::{Id, PersonId, PostId};
use crate::study::impossible::Crowd;
use crate::study::impossible::trial::Trial;

/// Someone with the posts that they may hold.
pub(super) type Choices = (PersonId, Vec<PostId>);

/// The people whom the leaves demand to be placed, if they alone are too many for their posts.
pub(super) fn of_leaves(trial: &Trial<'_>, leaves: &[Leaf]) -> Option<Crowd> {
    let kept = trial.variant(&trial.keeping(leaves));
    smallest(trial.case, &demanded(&kept.case, &kept.scenario))
}

/// Everyone in whose way somebody without a seat stands, of all whom the case demands to be placed; as many are missing as have no seat.
pub(super) fn of_everyone(case: &Case, scenario: &Scenario) -> Option<Crowd> {
    placeable(case, &demanded(case, scenario)).1
}

/// Everyone who must be placed.
fn demanded(case: &Case, scenario: &Scenario) -> Vec<Choices> {
    let options = certify::options(case, scenario);
    let demanded = options.iter().enumerate().filter(|(_, ways)| !ways.contains(&None));
    demanded.map(|(i, ways)| (PersonId::at(i), ways.iter().copied().flatten().collect())).collect()
}

/// A set of these people that has too few seats, and of which nobody can be left out.
///
/// Chains lead from the one without a seat to everybody in it, so whoever is left out, their seat goes along the chain to that one.
fn smallest(case: &Case, choices: &[Choices]) -> Option<Crowd> {
    Matching::of(case, choices).crowd(case, choices, false)
}

/// How many of these people can be placed at once, and all who stand in each other's way where it is not everybody.
pub(super) fn placeable(case: &Case, choices: &[Choices]) -> (usize, Option<Crowd>) {
    let matching = Matching::of(case, choices);
    let placed = matching.holds.iter().flatten().count();
    (placed, matching.crowd(case, choices, true))
}

/// Who holds what, as many at once as can.
struct Matching {
    /// The post of each of the people, by position.
    holds: Vec<Option<PostId>>,
    /// The people in each post, by position.
    holders: BTreeMap<PostId, Vec<usize>>,
}

impl Matching {
    fn of(case: &Case, choices: &[Choices]) -> Self {
        let mut matching = Self { holds: vec![None; choices.len()], holders: BTreeMap::new() };
        for at in 0..choices.len() {
            matching.place(case, choices, at);
        }
        matching
    }

    /// Places one more person, moving others along a shortest chain; nothing changes where there is no such chain.
    fn place(&mut self, case: &Case, choices: &[Choices], start: usize) {
        let mut from: BTreeMap<PostId, usize> = BTreeMap::new();
        let mut waiting = vec![start];
        let mut next = 0;
        while let Some(&person) = waiting.get(next) {
            next += 1;
            for &post in &choices[person].1 {
                if from.contains_key(&post) {
                    continue;
                }
                from.insert(post, person);
                let holders = self.holders.get(&post).map_or(&[][..], Vec::as_slice);
                if holders.len() < case.posts[post].capacity as usize {
                    return self.shift(&from, post);
                }
                waiting.extend(holders);
            }
        }
    }

    fn shift(&mut self, from: &BTreeMap<PostId, usize>, free: PostId) {
        let mut post = free;
        loop {
            let person = from[&post];
            self.holders.entry(post).or_default().push(person);
            let Some(left) = self.holds[person].replace(post) else { return };
            self.holders.entry(left).or_default().retain(|&other| other != person);
            post = left;
        }
    }

    /// Whoever is reached by chains from someone without a seat: from the first, or from all of them.
    fn crowd(&self, case: &Case, choices: &[Choices], all: bool) -> Option<Crowd> {
        let out = (0..choices.len()).filter(|&at| self.holds[at].is_none());
        let mut waiting: Vec<usize> = out.take(if all { usize::MAX } else { 1 }).collect();
        let mut people: BTreeSet<usize> = waiting.iter().copied().collect();
        let mut posts: BTreeSet<PostId> = BTreeSet::new();
        while let Some(person) = waiting.pop() {
            for &post in &choices[person].1 {
                if posts.insert(post) {
                    let holders = self.holders.get(&post).into_iter().flatten().copied();
                    waiting.extend(holders.filter(|&holder| people.insert(holder)));
                }
            }
        }
        (!people.is_empty()).then(|| Crowd {
            people: people.iter().map(|&at| choices[at].0).collect(),
            seats: posts.iter().map(|&post| case.posts[post].capacity).sum(),
            posts: posts.into_iter().collect(),
        })
    }
}
