//! Objectives taken apart: a goal is one number, made as good as possible and fixed before the next.
//!
//! Most objectives are one goal. One that counts people at ranks is a goal for each rank that can occur, and `greedy` and
//! `generous` begin with the people placed where nothing before them settled that. Which goals a scenario has is derived
//! twice, by `model` and by `certify`; `docs/MODEL.md` has the words.

use std::fmt;

use crate::case::scenario::{Objective, Sense};

/// One number of an objective.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Goal {
    /// Position of the objective in the scenario.
    pub position: usize,
    /// The objective.
    pub objective: Objective,
    /// Which of its numbers.
    pub part: Part,
}

/// Which number of an objective.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The objective's only one.
    Whole,
    /// People placed, which `greedy` and `generous` ask for first.
    Placed,
    /// People placed at this counted rank, 1 or more.
    Rank(u32),
}

impl Goal {
    /// The goal of an objective that is one number.
    pub fn whole(position: usize, objective: Objective) -> Self {
        Self { position, objective, part: Part::Whole }
    }

    /// A value so signed that less is better; and a value so signed, as it is.
    pub fn signed(self, value: i64) -> i64 {
        match self.sense() {
            Sense::Most => -value,
            Sense::Least => value,
        }
    }

    /// Whether more or less of it is better.
    pub fn sense(self) -> Sense {
        match self.part {
            Part::Placed => Sense::Most,
            Part::Whole | Part::Rank(_) => self.objective.sense(),
        }
    }
}

impl fmt::Display for Goal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.part {
            Part::Whole => write!(f, "{}", self.objective),
            Part::Placed => write!(f, "{}, people placed,", self.objective),
            Part::Rank(rank) => write!(f, "{}, rank {rank},", self.objective),
        }
    }
}
