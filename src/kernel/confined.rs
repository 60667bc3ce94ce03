//! Some agents of a problem, with everyone else where they are: their network, and what is left to them of each row.
//!
//! Rows keep their places and what they say, less what the others add to them; so multipliers keep theirs too.

use crate::kernel::problem::{NONE, Network, Problem, Row};

/// The problem of some agents of another.
pub(crate) struct Confined {
    /// Their options, over the room that the others leave; without rows as long as nobody has put them in.
    pub(crate) problem: Problem,
    /// For each of its arcs, the arc of the whole; lowest first where the agents are.
    pub(crate) arcs: Vec<u32>,
    /// Whether each agent of the whole is among them.
    is_free: Vec<bool>,
}

impl Confined {
    /// These agents with the options that pass (`NONE`: to stay out); `choice` is where everybody is.
    pub(crate) fn new(whole: &Problem, choice: &[u32], agents: &[u32], has: impl Fn(u32, u32) -> bool) -> Self {
        let mut is_free = vec![false; whole.network.agents()];
        agents.iter().for_each(|&agent| is_free[agent as usize] = true);
        let mut capacity = whole.network.capacity.clone();
        for (&option, _) in choice.iter().zip(&is_free).filter(|&(&option, &is_free)| option != NONE && !is_free) {
            capacity[whole.network.column[option as usize] as usize] -= 1;
        }
        let mut network = Network { first: vec![0], capacity, ..Network::default() };
        let mut arcs = Vec::new();
        for &agent in agents {
            for arc in whole.network.arcs_of(agent as usize).map(index).filter(|&arc| has(agent, arc)) {
                arcs.push(arc);
                network.column.push(whole.network.column[arc as usize]);
            }
            network.first.push(index(arcs.len()));
            network.may_stay_out.push(has(agent, NONE));
        }
        let problem = Problem { owner: network.owners(), network, switches: whole.switches, rows: Vec::new() };
        Self { problem, arcs, is_free }
    }

    /// Without columns in which the others leave no room, and numbered by the first arc that leads to each.
    pub(crate) fn without_full_columns(mut self) -> Self {
        let network = &mut self.problem.network;
        let mut place = vec![NONE; network.columns()];
        let mut capacity = Vec::new();
        let (mut left, mut begin) = (0, 0);
        for first in &mut network.first[1..] {
            let end = std::mem::replace(first, 0) as usize;
            for arc in std::mem::replace(&mut begin, end)..end {
                let column = network.column[arc] as usize;
                if network.capacity[column] == 0 {
                    continue;
                }
                if place[column] == NONE {
                    place[column] = index(capacity.len());
                    capacity.push(network.capacity[column]);
                }
                (network.column[left], self.arcs[left]) = (place[column], self.arcs[arc]);
                left += 1;
            }
            *first = index(left);
        }
        network.column.truncate(left);
        self.arcs.truncate(left);
        network.capacity = capacity;
        self.problem.owner = network.owners();
        self
    }

    /// What is left to them of each row of the whole.
    pub(crate) fn rows(&self, whole: &Problem, choice: &[u32], rows: &[&Row]) -> Vec<Row> {
        let mut own = vec![NONE; whole.network.arcs()];
        self.arcs.iter().enumerate().for_each(|(at, &arc)| own[arc as usize] = index(at));
        let confined = |row: &&Row| {
            let (switches, limit, gate) = (row.switches.clone(), row.limit, row.gate);
            let mut confined = Row { arcs: Vec::new(), switches, limit, gate };
            for &(arc, k) in &row.arcs {
                let owner = whole.owner[arc as usize] as usize;
                if own[arc as usize] != NONE {
                    confined.arcs.push((own[arc as usize], k));
                } else if !self.is_free[owner] && choice[owner] == arc {
                    confined.limit -= k;
                }
            }
            confined
        };
        rows.iter().map(confined).collect()
    }

    /// An option in the numbers of the whole.
    pub(crate) fn whole(&self, option: u32) -> u32 {
        if option == NONE { NONE } else { self.arcs[option as usize] }
    }
}

fn index(at: usize) -> u32 {
    u32::try_from(at).expect("fewer than 2^32 arcs")
}
