//! Plans near a certified one, judged by what they change; for whoever compares thousands of them.

use crate::case::Case;
use crate::case::answer::{Plan, Witness};
use crate::case::goal::Goal;
use crate::case::scenario::Scenario;
use crate::certify::facts::Facts;
use crate::certify::tally::{Tally, Verdict};
use crate::certify::{Breach, Inspection, inspect_facts, rules};
use crate::id::{PersonId, PostId};

/// A plan that keeps every rule, added up, so that others are judged by their moves from it.
pub struct Near<'a> {
    pub(super) facts: Facts<'a>,
    pub(super) tally: Tally<'a>,
}

impl<'a> Near<'a> {
    /// Around this plan, which must keep every rule: that of a `Certified`.
    pub fn new(case: &'a Case, scenario: &'a Scenario, plan: &Plan) -> Self {
        let facts = Facts::read(case, scenario);
        let tally = Tally::new(&facts, plan, &|_| true);
        Self { facts, tally }
    }

    /// What the plan itself is worth: value of each goal of the scenario, in its order.
    pub fn values(&self) -> Vec<(Goal, i128)> {
        self.tally.values()
    }

    /// Derives everything about any plan, as [`inspect`](crate::certify::inspect) does.
    pub fn inspect(&self, plan: &Plan) -> Inspection {
        inspect_facts(&self.facts, plan)
    }

    /// What a plan with this person in this post breaks of the rules about one person, in the order of the rules.
    pub fn breaches(&self, person: PersonId, post: PostId) -> Vec<Breach> {
        rules::about(&self.facts, person, Some(post))
    }

    /// Where a person is after these moves; `None`: the case does not have them.
    pub(super) fn place(&self, moves: &Witness, person: PersonId) -> Option<Option<PostId>> {
        let moved = moves.moves().iter().find(|(who, _)| *who == person).map(|&(_, post)| post);
        self.tally.place(person).map(|place| moved.unwrap_or(place))
    }

    /// The same of the plan that makes these moves; `None` where it breaks a rule, or they are no moves of people of the case,
    /// each once, lowest first.
    pub fn judge(&mut self, moves: &Witness) -> Option<Vec<(Goal, i128)>> {
        match self.tally.judge(&self.facts, moves) {
            Verdict::Worth(values) => Some(values),
            Verdict::Unordered | Verdict::Breaks => None,
        }
    }
}
