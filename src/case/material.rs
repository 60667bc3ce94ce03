//! A stated rule on what a material change is: lines, each with a limit.
//!
//! Members approve a structure for consultation and let officers put it in place unless something material changes. What that
//! means is theirs to state; here it is data. How a change is counted is `study::material`'s business.

use std::fmt;

use crate::case::words;
use crate::quantity::{BasisPoints, Fte, Pence};

/// A rule on material change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MaterialRule {
    /// What it is called.
    pub name: String,
    /// Who decided it, when and where it is recorded.
    pub source: String,
    /// Its lines, one or more; all must hold.
    pub lines: Vec<Line>,
}

/// One line of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Where it stands: `material.toml line 12`.
    pub place: String,
    /// What is counted, and its limit.
    pub test: Test,
    /// Only this authority's posts, or people whom it employs at present, by the id of the files.
    pub authority: Option<String>,
    /// Only posts of this tier of management and above; nothing for lines on people and cost.
    pub max_tier: Option<u32>,
}

/// What a line counts, and the most that is allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// Posts in the final structure only.
    PostsAdded {
        /// At most so many.
        max: u32,
    },
    /// Posts in the consulted structure only.
    PostsDeleted {
        /// At most so many.
        max: u32,
    },
    /// Posts with another grade.
    PostsRegraded {
        /// At most so many.
        max: u32,
    },
    /// Posts whose hours, all seats together, differ by more than this.
    PostsHours {
        /// More than so many full-time equivalents.
        by_more_than: Fte,
        /// At most so many posts.
        max: u32,
    },
    /// Posts of which either end of the pay range differs by more than this.
    PostsPay {
        /// More than this share of what it was.
        by_more_than: BasisPoints,
        /// At most so many posts.
        max: u32,
    },
    /// Posts with a statutory role or of statutory criticality that are touched in any way.
    StatutoryPosts {
        /// At most so many.
        max: u32,
    },
    /// People whose outcome differs.
    PeopleChanged {
        /// What counts as their outcome.
        what: Outcome,
        /// At most so many.
        max_people: Option<u32>,
        /// At most this share of everyone.
        max_share: Option<BasisPoints>,
    },
    /// People without a post who had one when consulted.
    NewlyAtRisk {
        /// At most so many.
        max: u32,
    },
    /// Pay with on-cost of all placements a year, more or less.
    Cost {
        /// By at most this much.
        max_change: Option<Pence>,
        /// By at most this share of what it was.
        max_share: Option<BasisPoints>,
    },
}

words! {
    /// What counts as a person's outcome.
    Outcome {
        /// The post.
        Post = "post",
        /// The authority, or none.
        Authority = "authority",
    }
}

impl Test {
    /// The word of the rule file for this kind.
    pub fn kind(&self) -> &'static str {
        match self {
            Test::PostsAdded { .. } => "posts_added",
            Test::PostsDeleted { .. } => "posts_deleted",
            Test::PostsRegraded { .. } => "posts_regraded",
            Test::PostsHours { .. } => "posts_hours",
            Test::PostsPay { .. } => "posts_pay",
            Test::StatutoryPosts { .. } => "statutory_posts",
            Test::PeopleChanged { .. } => "people_changed",
            Test::NewlyAtRisk { .. } => "newly_at_risk",
            Test::Cost { .. } => "cost",
        }
    }
}
