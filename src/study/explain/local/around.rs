//! The best plan in which only some people may move: everyone else stays where the answer has them.
//!
//! The rows are the same, less what the others add to them, so multipliers of the whole keep their places and meaning. What is found
//! is a plan of the whole case, and how good it is against all others is another question (`certify`'s).

use std::cell::Cell;

use crate::certify::Force;
use crate::id::Id;
use crate::kernel::domain::Domain;
use crate::kernel::problem::{NONE, Network, Problem, Row};
use crate::kernel::relax::Weights;
use crate::kernel::stages::Stages;
use crate::model::{Model, Target};
use crate::study::explain::local::ladder::Asked;

/// The problem of some people.
pub(super) struct Around {
    problem: Problem,
    goals: Vec<Row>,
    agents: Vec<u32>,
    arcs: Vec<u32>,
}

/// What was found in it.
pub(super) struct Found {
    /// Who is where, of those who may move.
    pub(super) choice: Vec<(u32, u32)>,
    /// Multipliers with which searches ended: for the rows and the goals before each.
    pub(super) learnt: Vec<Weights>,
}

impl Around {
    /// These agents, lowest first, with all their options; the others hold what they have.
    pub(super) fn new(model: &Model, choice: &[u32], agents: Vec<u32>) -> Option<Self> {
        let whole = &model.problem;
        let mut is_free = vec![false; whole.network.agents()];
        agents.iter().for_each(|&agent| is_free[agent as usize] = true);
        let mut capacity = whole.network.capacity.clone();
        for (&option, &free) in choice.iter().zip(&is_free) {
            if option != NONE && !free {
                capacity[whole.network.column[option as usize] as usize] -= 1;
            }
        }
        let mut network = Network { first: vec![0], ..Network::default() };
        let mut arcs = Vec::new();
        let mut column_of = vec![NONE; whole.network.columns()];
        for &agent in &agents {
            for arc in whole.network.arcs_of(agent as usize) {
                let column = whole.network.column[arc] as usize;
                if capacity[column] == 0 {
                    continue;
                }
                if column_of[column] == NONE {
                    column_of[column] = u32::try_from(network.capacity.len()).ok()?;
                    network.capacity.push(capacity[column]);
                }
                arcs.push(u32::try_from(arc).ok()?);
                network.column.push(column_of[column]);
            }
            network.first.push(u32::try_from(arcs.len()).ok()?);
            network.may_stay_out.push(whole.network.may_stay_out[agent as usize]);
        }
        let mut around = Self { problem: Problem::default(), goals: Vec::new(), agents, arcs };
        let row = |row: &Row| around.confined(whole, row, choice, &is_free);
        let rows = whole.rows.iter().map(row).collect();
        let goal = |target: &Target| match target {
            Target::Sum(own) => Some(row(own)),
            Target::Worst(_) => None,
        };
        let goals = model.targets.iter().map(goal).collect::<Option<_>>()?;
        around.goals = goals;
        around.problem = Problem { owner: network.owners(), network, switches: whole.switches, rows };
        Some(around)
    }

    fn confined(&self, whole: &Problem, row: &Row, choice: &[u32], is_free: &[bool]) -> Row {
        let mut confined = Row { arcs: Vec::new(), ..row.clone() };
        // Terms stand in the order of arcs, and so do ours.
        let mut own = self.arcs.iter().enumerate().peekable();
        for &(arc, k) in &row.arcs {
            let owner = whole.owner[arc as usize] as usize;
            if !is_free[owner] {
                confined.limit -= if choice[owner] == arc { k } else { 0 };
                continue;
            }
            while own.next_if(|&(_, &it)| it < arc).is_some() {}
            if let Some((at, _)) = own.next_if(|&(_, &it)| it == arc) {
                confined.arcs.push((u32::try_from(at).expect("fewer than 2^32 arcs"), k));
            }
        }
        confined
    }

    /// The best plan with the place given, within so much work; `None` where there is none, or none was found.
    pub(super) fn best(&self, asked: &Asked, hints: &[Weights], work: u64) -> Option<Found> {
        let agent = self.agents.iter().position(|&agent| agent as usize == asked.person.index())?;
        let arc = self.arcs.binary_search(&asked.arc).map_or(NONE, |at| u32::try_from(at).unwrap_or(NONE));
        let keeps = |option: u32| match asked.force {
            Force::Into(_) => option == arc && arc != NONE,
            Force::OutOf(_) => option != arc || option == NONE,
        };
        let mut stages = Stages::new(self.problem.clone()).with_hints(hints.to_vec());
        let mut domain = Domain::whole(&self.problem);
        domain.keep(&self.problem.network, agent, keeps);
        if domain.is_empty() {
            return None;
        }
        stages.domain = domain;
        let looks = Cell::new(work / (self.arcs.len() as u64 + 1));
        let should_stop = || {
            looks.set(looks.get().saturating_sub(1));
            looks.get() == 0
        };
        let settled = stages.settle_each(&self.goals, &should_stop);
        let best = settled.iter().rev().find_map(|it| it.found.best.as_ref()).map(|(point, _)| point.choice.clone());
        let choice = best.or_else(|| stages.point().map(|point| point.choice.clone()))?;
        let option = |&own: &u32| if own == NONE { NONE } else { self.arcs[own as usize] };
        Some(Found {
            choice: self.agents.iter().copied().zip(choice.iter().map(option)).collect(),
            learnt: settled.into_iter().map(|it| it.found.weights).collect(),
        })
    }
}
