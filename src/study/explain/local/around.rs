//! The best plan in which only some people may move: everyone else stays where the answer has them.
//!
//! Multipliers of the whole keep their places and meaning. What is found is a plan of the whole case, and how good it is against
//! all others is another question (`certify`'s).

use std::cell::Cell;

use crate::certify::Force;
use crate::id::Id;
use crate::kernel::confined::Confined;
use crate::kernel::domain::Domain;
use crate::kernel::problem::{NONE, Row};
use crate::kernel::relax::Weights;
use crate::kernel::stages::Stages;
use crate::model::{Model, Target};
use crate::study::explain::warm::Asked;

/// The problem of some people.
pub(super) struct Around {
    goals: Vec<Row>,
    agents: Vec<u32>,
    confined: Confined,
}

/// What was found in it.
pub(super) struct Found {
    /// Who is where, of those who may move.
    pub(super) choice: Vec<(u32, u32)>,
    /// Multipliers with which searches ended: for the rows and the goals before each.
    pub(super) learnt: Vec<Weights>,
}

impl Around {
    /// These agents, lowest first, with all their options; the others hold what they have. `None` where a goal is not a sum.
    pub(super) fn new(model: &Model, choice: &[u32], agents: Vec<u32>) -> Option<Self> {
        let whole = &model.problem;
        let has = |agent: u32, option: u32| option != NONE || whole.network.may_stay_out[agent as usize];
        let mut confined = Confined::new(whole, choice, &agents, has).without_full_columns();
        let goals = model.targets.iter().map(sum);
        let all: Vec<&Row> = { whole.rows.iter().map(Some) }.chain(goals).collect::<Option<_>>()?;
        let mut rows = confined.rows(whole, choice, &all);
        let goals = rows.split_off(whole.rows.len());
        confined.problem.rows = rows;
        Some(Self { goals, agents, confined })
    }

    /// The best plan with the place given, within so much work; `None` where there is none, or none was found.
    pub(super) fn best(&self, asked: &Asked, hints: &[Weights], work: u64) -> Option<Found> {
        let agent = self.agents.iter().position(|&agent| agent as usize == asked.person.index())?;
        let arc = self.confined.arcs.binary_search(&asked.arc).map_or(NONE, |at| u32::try_from(at).unwrap_or(NONE));
        let keeps = |option: u32| match asked.force {
            Force::Into(_) => option == arc && arc != NONE,
            Force::OutOf(_) => option != arc || option == NONE,
        };
        let mut stages = Stages::new(self.confined.problem.clone()).with_hints(hints.to_vec());
        let mut domain = Domain::whole(&self.confined.problem);
        domain.keep(&self.confined.problem.network, agent, keeps);
        if domain.is_empty() {
            return None;
        }
        stages.domain = domain;
        let looks = Cell::new(work / (self.confined.arcs.len() as u64 + 1));
        let should_stop = || {
            looks.set(looks.get().saturating_sub(1));
            looks.get() == 0
        };
        let settled = stages.settle_each(&self.goals, &should_stop);
        let best = settled.iter().rev().find_map(|it| it.found.best.as_ref()).map(|(point, _)| point.choice.clone());
        let choice = best.or_else(|| stages.point().map(|point| point.choice.clone()))?;
        let option = |&own: &u32| self.confined.whole(own);
        Some(Found {
            choice: self.agents.iter().copied().zip(choice.iter().map(option)).collect(),
            learnt: settled.into_iter().map(|it| it.found.weights).collect(),
        })
    }
}

/// A goal as a row.
fn sum(target: &Target) -> Option<&Row> {
    match target {
        Target::Sum(row) => Some(row),
        Target::Worst(_) => None,
    }
}
