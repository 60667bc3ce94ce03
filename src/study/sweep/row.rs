//! What is kept of one scenario of a sweep, and which columns all of them share.
//!
//! Rows come one at a time in the order of their scenarios, and a sweep may have millions: whoever counts them adds up and
//! lets go. [`Columns`] holds what is the same for every row; a [`Row`] holds numbers only.

use crate::case::StatutoryRole;
use crate::case::goal::{Goal, Part};
use crate::case::scenario::Objective;
use crate::case::sweep::Axis;
use crate::certify::Status;
use crate::id::PostId;

/// What every row of a sweep has in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    /// The settings that are varied, in the order of the plan; [`crate::case::sweep::choices`] says which value a point has.
    pub axes: Vec<Axis>,
    /// Every number that is made as good as possible at some point of the grid.
    pub measures: Vec<Measure>,
    /// Ids of the authorities, lowest first.
    pub authorities: Vec<String>,
    /// The statutory roles asked for at some point of the grid, in the contract's order.
    pub roles: Vec<StatutoryRole>,
}

/// A number that is made as good as possible, wherever its objective stands in the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Measure {
    /// The objective.
    pub objective: Objective,
    /// Which of its numbers.
    pub part: Part,
}

impl Measure {
    /// The number that a goal is about.
    pub fn of(goal: Goal) -> Self {
        Self { objective: goal.objective, part: goal.part }
    }

    /// Its name in columns and keys: `placed`, `cost`, `greedy_rank_1`.
    pub fn name(self) -> String {
        match self.part {
            Part::Whole => self.objective.word().to_owned(),
            Part::Placed => format!("{}_placed", self.objective),
            Part::Rank(rank) => format!("{}_rank_{rank}", self.objective),
        }
    }
}

/// One scenario: what was drawn, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its number in the sweep, counted from nought.
    pub scenario: u64,
    /// Its point of the grid, counted from nought.
    pub point: u32,
    /// Its number among the samples of that point, counted from nought; equal samples of two points draw alike.
    pub sample: u32,
    /// What was drawn, in short.
    pub drawn: Counts,
    /// `Optimal`: every objective is proved best (who is undecided was not asked); `Impossible`: proved to have no plan;
    /// `Stopped`: not settled, and the figures, if any, are those of the best plan found.
    pub status: Status,
    /// Whether the checker derived everything again.
    pub certified: bool,
    /// The figures of the plan; `None` where there is none.
    pub figures: Option<Figures>,
}

/// What was drawn for one scenario, in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// People who left.
    pub leavers: u32,
    /// People who state something else than in the case.
    pub changed: u32,
    /// People without an answer in the case who state something.
    pub answered: u32,
    /// Posts on offer that were withdrawn.
    pub withdrawn: u32,
}

/// The figures of the plan of one scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    /// The value of each of [`Columns::measures`]; `None` where this point does not ask for it.
    pub values: Vec<Option<i64>>,
    /// People with a post.
    pub placed: u32,
    /// People without a post who have not left.
    pub at_risk: u32,
    /// Empty seats on offer after everyone is placed, for each of [`Columns::authorities`].
    pub vacancies: Vec<u32>,
    /// Whether a statutory role is covered by someone placed: authority by authority, each of [`Columns::roles`];
    /// `None` where this point does not ask for the role.
    pub covered: Vec<Option<bool>>,
    /// Pay with on-cost of all placements a year, in pence.
    pub cost_pence: i64,
    /// Of the empty seats, those that are filled from outside afterwards, for each of [`Columns::authorities`].
    pub filled: Vec<u32>,
}

impl Figures {
    /// Empty seats of all authorities.
    pub fn vacancies_total(&self) -> u32 {
        self.vacancies.iter().sum()
    }

    /// Seats of all authorities that are filled from outside.
    pub fn filled_total(&self) -> u32 {
        self.filled.iter().sum()
    }

    /// Statutory roles covered, over all authorities.
    pub fn covered_total(&self) -> u32 {
        self.covered.iter().map(|&covered| u32::from(covered == Some(true))).sum()
    }
}

/// Where one person is in one scenario.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whereabouts {
    /// Has left.
    Left,
    /// Not said, because there is no plan.
    Unknown,
    /// Has no post.
    AtRisk,
    /// Holds this post.
    Post(PostId),
}
