//! What a plan adds up to, in numbers that a move changes by a difference.
//!
//! A plan that differs from one already judged in a few people is judged by these few: the rules about single people for those
//! who move, the seats that they take, the links that they have, and the sums of clauses and objectives less what they were plus
//! what they are. No rule and no objective needs the rest of the plan again.

use std::collections::BTreeMap;

use crate::case::answer::{Plan, Witness};
use crate::case::goal::Goal;
use crate::certify::facts::Facts;
use crate::certify::gauge::Gauge;
use crate::certify::values::Total;
use crate::certify::{decisions, rules};
use crate::id::{Id, PersonId, PostId, Table};

/// A plan that keeps every rule, added up.
pub(super) struct Tally<'a> {
    posts: Vec<Option<PostId>>,
    holders: Table<PostId, u32>,
    /// The goals that count, in order.
    totals: Vec<(Goal, Total)>,
    gauges: Vec<Gauge<'a>>,
    /// Positions of the links of each person who has any.
    links: BTreeMap<PersonId, Vec<usize>>,
}

/// What was found of a plan that makes some moves.
pub(super) enum Verdict {
    /// It does not move people of the case, each once, lowest first.
    Unordered,
    /// It breaks some rule.
    Breaks,
    /// It keeps every rule; the values of the goals that count.
    Worth(Vec<(Goal, i128)>),
}

impl<'a> Tally<'a> {
    /// Adds up a plan; only the goals that count are looked at.
    pub(super) fn new(facts: &Facts<'a>, plan: &Plan, counts: &dyn Fn(Goal) -> bool) -> Self {
        let mut links: BTreeMap<PersonId, Vec<usize>> = BTreeMap::new();
        for (position, link) in facts.case.links.iter().enumerate() {
            link.people.iter().for_each(|&person| links.entry(person).or_default().push(position));
        }
        let counted = facts.goals.iter().filter(|&&goal| counts(goal));
        let mut tally = Self {
            posts: vec![None; facts.case.people.len()],
            holders: Table::filled(0, facts.case.posts.len()),
            totals: counted.map(|&goal| (goal, Total::new(goal))).collect(),
            gauges: Gauge::all(facts),
            links,
        };
        plan.placed().for_each(|(person, post)| tally.put(facts, person, Some(post)));
        tally
    }

    /// Judges the plan that makes these moves in the one added up.
    pub(super) fn judge(&mut self, facts: &Facts<'_>, witness: &Witness) -> Verdict {
        let moves = witness.moves();
        let known = moves.last().is_none_or(|(person, _)| person.index() < self.posts.len());
        if !known || !moves.is_sorted_by(|a, b| a.0 < b.0) {
            return Verdict::Unordered;
        }
        if moves.iter().any(|&(_, post)| post.is_some_and(|post| post.index() >= self.holders.len())) {
            return Verdict::Breaks;
        }
        let before: Vec<(PersonId, Option<PostId>)> =
            moves.iter().map(|&(person, _)| (person, self.posts[person.index()])).collect();
        moves.iter().for_each(|&(person, post)| self.put(facts, person, post));
        let verdict = if self.holds(facts, moves) { Verdict::Worth(self.values()) } else { Verdict::Breaks };
        before.into_iter().for_each(|(person, post)| self.put(facts, person, post));
        verdict
    }

    /// What the plan is worth in the goals that count.
    pub(super) fn values(&self) -> Vec<(Goal, i128)> {
        self.totals.iter().map(|(goal, total)| (*goal, total.value())).collect()
    }

    /// The enforced clauses, in the scenario's order.
    pub(super) fn gauges(&self) -> &[Gauge<'a>] {
        &self.gauges
    }

    /// Where a person is; `None`: the plan does not have them.
    pub(super) fn place(&self, person: PersonId) -> Option<Option<PostId>> {
        self.posts.get(person.index()).copied()
    }

    /// Whether no rule is broken by these people being where they now are.
    fn holds(&self, facts: &Facts<'_>, moves: &[(PersonId, Option<PostId>)]) -> bool {
        let posts = &facts.case.posts;
        let place = |person: PersonId| self.posts[person.index()].map(|post| posts[post].authority);
        let linked = |position: usize| {
            let link = &facts.case.links[position];
            !facts.holds(link) || !decisions::is_broken(link.kind, link.people.map(place))
        };
        let each = |&(person, post): &(PersonId, Option<PostId>)| {
            rules::may(facts, person, post)
                && post.is_none_or(|post| self.holders[post] <= posts[post].capacity)
                && self.links.get(&person).into_iter().flatten().all(|&position| linked(position))
        };
        moves.iter().all(each) && self.gauges.iter().all(Gauge::met)
    }

    /// Moves a person from where they are.
    fn put(&mut self, facts: &Facts<'_>, person: PersonId, post: Option<PostId>) {
        let was = std::mem::replace(&mut self.posts[person.index()], post);
        if let Some(was) = was {
            self.holders[was] -= 1;
            self.totals.iter_mut().for_each(|(_, total)| total.remove(facts, person, was));
            self.gauges.iter_mut().for_each(|gauge| gauge.count(facts, person, was, -1));
        }
        if let Some(post) = post {
            self.holders[post] += 1;
            self.totals.iter_mut().for_each(|(_, total)| total.add(facts, person, post));
            self.gauges.iter_mut().for_each(|gauge| gauge.count(facts, person, post, 1));
        }
    }
}
