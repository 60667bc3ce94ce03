//! What stands against a pair of person and post, whoever else is where; for whoever explains an answer.

use crate::case::Case;
use crate::case::answer::Leaf;
use crate::case::scenario::Scenario;
use crate::certify::facts::Facts;
use crate::certify::rules::{self, Breach};
use crate::id::{PersonId, PostId};

/// A case read through one scenario, asked about single pairs.
pub struct Pairs<'a> {
    facts: Facts<'a>,
}

impl<'a> Pairs<'a> {
    /// Reads the case once for many questions.
    pub fn new(case: &'a Case, scenario: &'a Scenario) -> Self {
        Self { facts: Facts::read(case, scenario) }
    }

    /// Every breach of every rule about pairs, in the order of the rules; empty if the pair is allowed.
    ///
    /// Unlike the breaches of a plan, `detail` does not begin with the pair itself.
    pub fn against(&self, person: PersonId, post: PostId) -> Vec<Breach> {
        rules::against(&self.facts, person, post)
    }

    /// Whether the post is open and in the structure that the scenario chose.
    pub fn is_offered(&self, post: PostId) -> bool {
        self.facts.is_offered(post)
    }

    /// The entries of the user's files that demand something of the person: officers' decisions, a retained service.
    pub fn demands(&self, person: PersonId) -> Vec<Leaf> {
        let kept = self.facts.is_kept_shared(person).then_some(Leaf::Retained(person));
        self.facts.pins(person).map(|(position, _)| Leaf::Pin(position)).chain(kept).collect()
    }
}
