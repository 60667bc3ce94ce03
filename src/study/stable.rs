//! The priority-stable rule: people ask for posts in their own order, posts keep whoever comes first in a published list.
//!
//! Deferred acceptance, proposed by people (Gale and Shapley): everyone asks for the best post that has not turned them
//! down; a post keeps as many as it has seats, first in the list first, and turns the others down. The result leaves no
//! blocking pair: nobody could take a post that they would rather have from an empty seat or from someone later in the list.
//! It keeps the rules on single people and posts; it does not know rules over several people, and says so by its breaches.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::case::answer::Plan;
use crate::case::scenario::Scenario;
use crate::case::{Case, Response};
use crate::id::{Id, PersonId, PostId, Table};
use crate::model;

/// Who comes before whom, the same at every post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Priority {
    /// Everyone once, first in line first.
    pub order: Vec<PersonId>,
    /// Where it comes from.
    pub basis: Basis,
}

/// Where a priority list comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// Years of service, most first; then the lower person id. Unknown years come last.
    Service,
    /// A list that was given.
    Given,
}

impl Priority {
    /// By years of service, most first; equal years by the lower person id, unknown years last.
    pub fn by_service(case: &Case) -> Self {
        let mut order: Vec<PersonId> = case.people.ids().collect();
        order.sort_by_key(|&person| (Reverse(case.people[person].service_years), person));
        Self { order, basis: Basis::Service }
    }

    /// By a number for each person, lowest first; equal numbers by the lower person id.
    pub fn given(case: &Case, number: &Table<PersonId, u32>) -> Self {
        let mut order: Vec<PersonId> = case.people.ids().collect();
        order.sort_by_key(|&person| (number[person], person));
        Self { order, basis: Basis::Given }
    }

    /// Position of each person in the line, from nought.
    pub fn places(&self) -> Table<PersonId, usize> {
        let mut places = Table::filled(0, self.order.len());
        for (place, &person) in self.order.iter().enumerate() {
            places[person] = place;
        }
        places
    }
}

/// What each person may ask for, and how much they want it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wishes(Table<PersonId, Vec<(u32, PostId)>>);

impl Wishes {
    /// Every allowed pair of the scenario with its rank, best rank first; equal ranks by the lower post id.
    ///
    /// A post that was not listed comes last. Someone who did not respond has no rank and asks by post id.
    pub fn of(case: &Case, scenario: &Scenario) -> Self {
        let model = model::build(case, scenario);
        let mut wishes = Table::filled(Vec::new(), case.people.len());
        for arc in 0..u32::try_from(model.problem.network.arcs()).expect("fewer than 2^32 allowed pairs") {
            let (person, post) = model.pair(arc);
            wishes[person].push((rank(case, person, post), post));
        }
        for person in case.people.ids() {
            wishes[person].sort_unstable();
        }
        Self(wishes)
    }

    /// The posts that a person would rather have than their own: strictly better ranks, or any if they have none.
    fn better(&self, person: PersonId, own: Option<PostId>) -> impl Iterator<Item = PostId> + '_ {
        let all = &self.0[person];
        let bar = own.and_then(|own| all.iter().find(|&&(_, post)| post == own)).map(|&(rank, _)| rank);
        all.iter().filter(move |&&(rank, _)| own.is_none() || bar.is_some_and(|bar| rank < bar)).map(|&(_, post)| post)
    }
}

/// The rank given; a post that was not listed comes after all that were, and without a response all posts are alike.
fn rank(case: &Case, person: PersonId, post: PostId) -> u32 {
    match case.people[person].preference.response {
        Response::NoResponse => 0,
        Response::Responded | Response::Late | Response::Declined => {
            case.ranks.get(&(person, post)).map_or(u32::MAX, |it| it.rank)
        }
    }
}

/// Deferred acceptance, proposed by people.
pub fn propose(case: &Case, wishes: &Wishes, priority: &Priority) -> Plan {
    let places = priority.places();
    let mut held: Table<PostId, BTreeSet<(usize, PersonId)>> = Table::filled(BTreeSet::new(), case.posts.len());
    let mut asked: Table<PersonId, usize> = Table::filled(0, case.people.len());
    let mut free: Vec<PersonId> = priority.order.iter().rev().copied().collect();
    while let Some(person) = free.pop() {
        let Some(&(_, post)) = wishes.0[person].get(asked[person]) else { continue };
        asked[person] += 1;
        let keeps = &mut held[post];
        keeps.insert((places[person], person));
        if keeps.len() > case.posts[post].capacity as usize {
            free.extend(keeps.pop_last().map(|(_, last)| last));
        }
    }
    let mut posts = vec![None; case.people.len()];
    for (post, keeps) in held.iter() {
        for &(_, person) in keeps {
            posts[person.index()] = Some(post);
        }
    }
    Plan::new(case, posts)
}

/// Every pair of a person and a post that would undo a plan: the person would rather have the post, and the post has an
/// empty seat or a holder who is later in the list.
pub fn blocking(case: &Case, wishes: &Wishes, priority: &Priority, plan: &Plan) -> Vec<(PersonId, PostId)> {
    let places = priority.places();
    let mut held: Table<PostId, Vec<usize>> = Table::filled(Vec::new(), case.posts.len());
    for (person, post) in plan.placed() {
        held[post].push(places[person]);
    }
    let gives_way = |person: PersonId, post: PostId| {
        held[post].len() < case.posts[post].capacity as usize || held[post].iter().any(|&other| other > places[person])
    };
    let of = |(person, own)| {
        let better = wishes.better(person, own).filter(move |&post| gives_way(person, post));
        better.map(move |post| (person, post)).collect::<Vec<_>>()
    };
    plan.iter().flat_map(of).collect()
}
