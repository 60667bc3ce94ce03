//! The divided part of an averaged assignment: who stands at more than one option, and what everyone else leaves.

use crate::kernel::bundle::Bundle;
use crate::kernel::problem::{NONE, Problem};

/// Shares below this count as nothing.
const LEAST: f64 = 1e-4;

/// A column of which the average leaves less than this is full.
const FULL: f64 = 1e-6;

/// Marks an option that leads to no full column.
pub(super) const NOWHERE: usize = usize::MAX;

/// Options of the divided agents, one after the other.
pub(super) struct Divided {
    /// Who is divided.
    pub(super) agents: Vec<usize>,
    /// Where the options of each divided agent begin; one longer than `agents`.
    pub(super) first: Vec<usize>,
    /// Of each option its arc, or [`NONE`].
    pub(super) arc: Vec<u32>,
    /// Of each option how much of its agent stands there.
    pub(super) share: Vec<f64>,
    /// Of each option its full column, by its place in `full`.
    pub(super) column: Vec<usize>,
    /// Of each row, its coefficient in each option.
    pub(super) coefficient: Vec<Vec<f64>>,
    /// Of each row, what the average leaves to its limit.
    pub(super) slack: Vec<f64>,
    /// Of each row, what is left for the divided agents.
    pub(super) left: Vec<f64>,
    /// Columns that the average fills, and divided agents want.
    pub(super) full: Vec<u32>,
    /// Of each full column, what is left for the divided agents.
    pub(super) room: Vec<f64>,
    /// Of each switch, how much of it is on, and its coefficient in each row.
    pub(super) switches: Vec<(f64, Vec<f64>)>,
    /// The option of each agent of which most is there.
    pub(super) most: Vec<u32>,
}

impl Divided {
    /// The average of the cuts, looked at through the rows `bases`.
    pub(super) fn of(problem: &Problem, bases: &[usize], bundle: &Bundle) -> Self {
        let network = &problem.network;
        let (arcs, outs, on) = average(problem, bundle);
        let mut divided = Self {
            agents: Vec::new(),
            first: vec![0],
            arc: Vec::new(),
            share: Vec::new(),
            column: Vec::new(),
            coefficient: Vec::new(),
            slack: Vec::new(),
            left: Vec::new(),
            full: Vec::new(),
            room: Vec::new(),
            switches: on.iter().map(|&share| (share, vec![0.0; bases.len()])).collect(),
            most: vec![NONE; network.agents()],
        };
        for (agent, &out) in outs.iter().enumerate() {
            let taken =
                network.arcs_of(agent).map(|arc| (u32::try_from(arc).expect("fewer than 2^32 arcs"), arcs[arc]));
            let all = taken.chain([(NONE, out)]).filter(|&(_, share)| share > LEAST);
            let mut options: Vec<(u32, f64)> = all.collect();
            options.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            divided.most[agent] = options.first().map_or(NONE, |&(arc, _)| arc);
            if options.len() > 1 {
                divided.agents.push(agent);
                divided.arc.extend(options.iter().map(|&(arc, _)| arc));
                divided.share.extend(options.iter().map(|&(_, share)| share));
                divided.first.push(divided.arc.len());
            }
        }
        divided.read_columns(problem, &arcs);
        divided.read_rows(problem, bases, &arcs, &on);
        divided
    }

    fn is_divided(&self, agent: usize) -> bool {
        self.agents.binary_search(&agent).is_ok()
    }

    fn read_columns(&mut self, problem: &Problem, arcs: &[f64]) {
        let network = &problem.network;
        let room = network.capacity.iter().map(|&room| f64::from(room));
        let (mut slack, mut left): (Vec<f64>, Vec<f64>) = room.map(|room| (room, room)).unzip();
        for (share, &column) in arcs.iter().zip(&network.column) {
            slack[column as usize] -= share;
        }
        for (agent, &arc) in self.most.iter().enumerate().filter(|&(_, &arc)| arc != NONE) {
            if !self.is_divided(agent) {
                left[network.column[arc as usize] as usize] -= 1.0;
            }
        }
        let wanted = self.arc.iter().filter(|&&arc| arc != NONE).map(|&arc| network.column[arc as usize]);
        self.full = wanted.filter(|&column| slack[column as usize] < FULL).collect();
        self.full.sort_unstable();
        self.full.dedup();
        self.room = self.full.iter().map(|&column| left[column as usize]).collect();
        let place = |&arc: &u32| match arc {
            NONE => NOWHERE,
            arc => self.full.binary_search(&network.column[arc as usize]).unwrap_or(NOWHERE),
        };
        self.column = self.arc.iter().map(place).collect();
    }

    fn read_rows(&mut self, problem: &Problem, bases: &[usize], arcs: &[f64], on: &[f64]) {
        let mut place = vec![NOWHERE; problem.network.arcs()];
        for (at, &arc) in self.arc.iter().enumerate().filter(|&(_, &arc)| arc != NONE) {
            place[arc as usize] = at;
        }
        for (index, row) in bases.iter().map(|&base| &problem.rows[base]).enumerate() {
            let (mut slack, mut left) = (row.limit as f64, row.limit as f64);
            let mut coefficient = vec![0.0; self.arc.len()];
            for &(arc, k) in &row.arcs {
                let owner = problem.owner[arc as usize] as usize;
                slack -= k as f64 * arcs[arc as usize];
                if place[arc as usize] != NOWHERE {
                    coefficient[place[arc as usize]] = k as f64;
                } else if self.most[owner] == arc {
                    left -= k as f64;
                }
            }
            for &(switch, k) in &row.switches {
                slack -= k as f64 * on[switch as usize];
                self.switches[switch as usize].1[index] = k as f64;
            }
            self.coefficient.push(coefficient);
            self.slack.push(slack.max(0.0));
            self.left.push(left);
        }
    }
}

/// Share of each arc, of each agent that stays out, and of each switch that is on.
fn average(problem: &Problem, bundle: &Bundle) -> (Vec<f64>, Vec<f64>, Vec<f64>) {
    let network = &problem.network;
    let (mut arcs, mut outs) = (vec![0.0; network.arcs()], vec![0.0; network.agents()]);
    let mut on = vec![0.0; problem.switches];
    let whole: f64 = bundle.average().map(|(_, share)| share).sum();
    for (point, share) in bundle.average().map(|(point, share)| (point, share / whole)) {
        for (agent, &choice) in point.choice.iter().enumerate() {
            *(if choice == NONE { &mut outs[agent] } else { &mut arcs[choice as usize] }) += share;
        }
        for (on, _) in on.iter_mut().zip(&point.on).filter(|&(_, &is_on)| is_on) {
            *on += share;
        }
    }
    (arcs, outs, on)
}
