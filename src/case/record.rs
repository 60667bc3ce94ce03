//! The record of decisions: what was proposed for a person, and what a named officer decided.
//!
//! It is kept beside the case and is no part of it: the program's plan is a proposal, and stays one. `study::decide` shows what
//! the decisions change.

use std::fmt;

use crate::case::words;
use crate::id::{PersonId, PostId};

words! {
    /// What an officer decided about a proposal.
    Ruling {
        /// The proposal stands.
        Accepted = "accepted",
        /// Another post, or none.
        Changed = "changed",
        /// Not this post; what instead is open.
        Rejected = "rejected",
        /// The proposal was taken back before a decision; the person is undecided.
        Withdrawn = "withdrawn",
    }
}

/// A row of `decisions.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its row.
    pub row: u32,
    /// Whom it concerns.
    pub person: PersonId,
    /// The post that the program proposed; `None` for no post.
    pub proposal: Option<PostId>,
    /// The decision; `None` where it is open.
    pub ruling: Option<Ruling>,
    /// The post decided on, where it was changed; `None` for no post.
    pub post: Option<PostId>,
    /// Who decided (role, not name).
    pub decided_by: String,
    /// When, as an ISO date.
    pub date: String,
    /// Why.
    pub reason: String,
    /// What the person said about it.
    pub representation: String,
    /// How an appeal ended.
    pub appeal_outcome: String,
}

/// What a decision demands of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Demand {
    /// The person holds this post, or none.
    Place(Option<PostId>),
    /// The person does not hold this post.
    Not(PostId),
}

impl Record {
    /// What it demands; `None` where nothing is decided.
    pub fn demand(&self) -> Option<Demand> {
        match self.ruling? {
            Ruling::Accepted => Some(Demand::Place(self.proposal)),
            Ruling::Changed => Some(Demand::Place(self.post)),
            Ruling::Rejected => self.proposal.map(Demand::Not),
            Ruling::Withdrawn => None,
        }
    }
}
