//! Which people are near a place: those whom giving it would move, and those who could make up for it at the least loss.
//!
//! How far an option is from being taken is told by what it would cost at the answer's own multipliers and prices, goal by goal, and
//! roughly: by powers of two. It only decides where to look.

use std::collections::{BTreeSet, VecDeque};

use crate::case::proof::Proof;
use crate::certify::Force;
use crate::id::Id;
use crate::kernel::multiply::Costs;
use crate::kernel::problem::{NONE, Problem, Row};
use crate::model::Model;
use crate::study::explain::local::ladder::numbered;
use crate::study::explain::warm::Asked;

/// Goals that count for how far an option is.
const GOALS: usize = 8;

/// How far an option is, goal by goal.
type Far = [u8; GOALS];

/// Options of each person, and people of each post, that are followed.
const FOLLOWED: usize = 4;

/// People who could make up for a place, who are kept for looking at.
const MOST_LEVERS: usize = 200;

/// Distances at the answer.
pub(super) struct Nearness {
    far: Vec<Far>,
    /// Who is in each column.
    holders: Vec<Vec<u32>>,
    /// The nearest arcs into each column from elsewhere.
    into: Vec<Vec<u32>>,
    /// People whose nearest other option counts in a rule that is at its limit, the nearest first; and people at large.
    levers: [Vec<u32>; 2],
}

impl Nearness {
    pub(super) fn new(model: &Model, problem: &Problem, choice: &[u32], proofs: &[Proof]) -> Self {
        let network = &problem.network;
        let mut far = vec![[0; GOALS]; network.arcs()];
        for (goal, proof) in proofs.iter().enumerate().take(GOALS) {
            let Some(step) = proof.root.steps.last().and_then(|step| numbered(model, step)) else { continue };
            let own = model.names.len() + goal;
            let unit = step.rows.iter().find(|&&(row, _)| row as usize == own).map_or(1, |&(_, unit)| unit.max(1));
            let costs = Costs::of(problem, &Row::default(), &step);
            for agent in 0..network.agents() {
                let arcs = network.arcs_of(agent);
                let least = costs.least(arcs.clone(), network.may_stay_out[agent]);
                for arc in arcs {
                    let above = (costs.arc(arc) - least).saturating_mul(16) / unit;
                    far[arc][goal] = u8::try_from(128 - above.max(0).leading_zeros()).unwrap_or(u8::MAX);
                }
            }
        }
        let mut holders = vec![Vec::new(); network.columns()];
        for (agent, &arc) in (0u32..).zip(choice).filter(|&(_, &arc)| arc != NONE) {
            holders[network.column[arc as usize] as usize].push(agent);
        }
        let mut into: Vec<Vec<u32>> = vec![Vec::new(); network.columns()];
        for (arc, &column) in (0u32..).zip(&network.column) {
            if choice[problem.owner[arc as usize] as usize] != arc {
                into[column as usize].push(arc);
            }
        }
        for arcs in &mut into {
            arcs.sort_by_key(|&arc| (far[arc as usize], arc));
            arcs.truncate(FOLLOWED);
        }
        let mut near = Self { far, holders, into, levers: [Vec::new(), Vec::new()] };
        near.levers = near.all_levers(model, choice);
        near
    }

    fn all_levers(&self, model: &Model, choice: &[u32]) -> [Vec<u32>; 2] {
        let problem = &model.problem;
        let mut counts = vec![false; problem.network.arcs()];
        for row in problem.rows.iter().filter(|row| row.gate.is_none()) {
            let held = |&&(arc, _): &&(u32, i64)| choice[problem.owner[arc as usize] as usize] == arc;
            let sum: i64 = row.arcs.iter().filter(held).map(|&(_, k)| k).sum();
            if row.limit - sum < row.scale() {
                row.arcs.iter().for_each(|&(arc, _)| counts[arc as usize] = true);
            }
        }
        [true, false].map(|bound| {
            let nearest = |agent: usize| {
                let own = choice[agent];
                let held = own != NONE && counts[own as usize];
                let arcs = problem.network.arcs_of(agent);
                let other = arcs.filter(|&arc| own as usize != arc && (!bound || counts[arc] || held));
                other.map(|arc| self.far[arc]).min()
            };
            let agents = (0u32..).take(problem.network.agents());
            let mut all: Vec<(Far, u32)> = agents.filter_map(|agent| Some((nearest(agent as usize)?, agent))).collect();
            all.sort_unstable();
            all.truncate(MOST_LEVERS);
            all.into_iter().map(|(_, agent)| agent).collect()
        })
    }

    /// People near a place: those given, those whom a path from the place may reach, and levers; lowest first.
    pub(super) fn people(
        &self,
        model: &Model,
        choice: &[u32],
        asked: &Asked,
        moved: &BTreeSet<u32>,
        most: usize,
    ) -> Vec<u32> {
        let network = &model.problem.network;
        let mut people: BTreeSet<u32> = moved.iter().copied().take(most).collect();
        people.insert(asked.agent());
        let mut columns: VecDeque<u32> = VecDeque::new();
        let mut seen: BTreeSet<u32> = BTreeSet::new();
        if let Force::Into(_) = asked.force {
            columns.push_back(network.column[asked.arc as usize]);
        }
        let left = choice[asked.person.index()];
        columns.extend((left != NONE).then(|| network.column[left as usize]));
        let local = people.len() + most / 2;
        let mut waiting: Vec<u32> = people.iter().copied().collect();
        loop {
            for agent in std::mem::take(&mut waiting) {
                let mut arcs: Vec<usize> = network.arcs_of(agent as usize).collect();
                arcs.sort_by_key(|&arc| (self.far[arc], arc));
                columns.extend(arcs.into_iter().take(FOLLOWED).map(|arc| network.column[arc]));
            }
            let Some(column) = columns.pop_front().filter(|_| people.len() < local) else { break };
            if seen.insert(column) {
                let from = self.into[column as usize].iter().map(|&arc| model.problem.owner[arc as usize]);
                for agent in self.holders[column as usize].iter().copied().chain(from) {
                    if people.insert(agent) {
                        waiting.push(agent);
                    }
                }
            }
        }
        for levers in &self.levers {
            let room = (most.saturating_sub(people.len())).min(most / 3);
            people.extend(levers.iter().copied().take(room));
        }
        people.into_iter().collect()
    }
}
