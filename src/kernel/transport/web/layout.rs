//! The network in an order that keeps together what a search needs together.
//!
//! Agents go by their first column, columns by the first agent that reaches them. In a reorganisation people of one family
//! and grade look at the same posts, so a search finds rows and columns next to each other; nothing but speed depends on it.

use std::ops::Range;

use crate::kernel::problem::{NONE, Network};

/// With fewer columns everything is in the cache anyhow, and the order stays as it is.
const ORDERED_FROM: usize = 256;

/// A network laid out anew.
#[derive(Debug, Clone, Default)]
pub(super) struct Layout {
    /// The agent at each rank, and the rank of each agent.
    pub(super) agents: Vec<u32>,
    pub(super) rank: Vec<u32>,
    /// The column at each place, and the place of each column.
    pub(super) columns: Vec<u32>,
    pub(super) place: Vec<u32>,
    pub(super) first: Vec<u32>,
    /// The place of the column that each arc leads to.
    pub(super) column: Vec<u32>,
    /// Where the arcs of the agent at each rank begin in the network.
    outer: Vec<u32>,
}

impl Layout {
    pub(super) fn lay_out(&mut self, network: &Network) {
        self.order(network);
        self.rank.clear();
        self.rank.resize(network.agents(), 0);
        self.place.clear();
        self.place.resize(network.columns(), NONE);
        for buffer in [&mut self.columns, &mut self.first, &mut self.outer, &mut self.column] {
            buffer.clear();
        }
        self.column.reserve(network.arcs());
        self.first.push(0);
        if network.columns() < ORDERED_FROM {
            (0u32..).zip(&mut self.place).for_each(|(column, place)| *place = column);
            self.columns.extend((0u32..).zip(&network.capacity).map(|(column, _)| column));
        }
        for (rank, &agent) in (0u32..).zip(&self.agents) {
            self.rank[agent as usize] = rank;
            self.outer.push(network.first[agent as usize]);
            for &column in &network.column[network.arcs_of(agent as usize)] {
                let place = &mut self.place[column as usize];
                if *place == NONE {
                    *place = u32::try_from(self.columns.len()).expect("fewer than 2^32 columns");
                    self.columns.push(column);
                }
                self.column.push(*place);
            }
            self.first.push(u32::try_from(self.column.len()).expect("fewer than 2^32 arcs"));
        }
        for (column, place) in (0u32..).zip(&mut self.place).filter(|(_, place)| **place == NONE) {
            *place = u32::try_from(self.columns.len()).expect("fewer than 2^32 columns");
            self.columns.push(column);
        }
    }

    /// Agents by first column, then by number (a counting sort).
    fn order(&mut self, network: &Network) {
        self.agents.clear();
        let agents = u32::try_from(network.agents()).expect("fewer than 2^32 agents");
        if network.columns() < ORDERED_FROM {
            self.agents.extend(0..agents);
            return;
        }
        let key = |agent: u32| {
            let range = network.arcs_of(agent as usize);
            if range.is_empty() { network.columns() } else { network.column[range.start] as usize }
        };
        let mut at = vec![0u32; network.columns() + 2];
        (0..agents).for_each(|agent| at[key(agent) + 1] += 1);
        for column in 1..at.len() {
            at[column] += at[column - 1];
        }
        self.agents.resize(network.agents(), NONE);
        for agent in 0..agents {
            let slot = &mut at[key(agent)];
            self.agents[*slot as usize] = agent;
            *slot += 1;
        }
    }

    /// Bytes in use.
    pub(super) fn bytes(&self) -> usize {
        let all = [&self.agents, &self.rank, &self.columns, &self.place, &self.first, &self.column, &self.outer];
        all.into_iter().map(Vec::capacity).sum::<usize>() * size_of::<u32>()
    }

    /// The arcs of the agent at a rank.
    pub(super) fn arcs_of(&self, rank: usize) -> Range<usize> {
        self.first[rank] as usize..self.first[rank + 1] as usize
    }

    /// An arc of the network as it is laid out; `None` where the agent at this rank has no such arc.
    pub(super) fn inner(&self, rank: usize, arc: u32) -> Option<u32> {
        let at = arc.checked_sub(self.outer[rank])?.checked_add(self.first[rank])?;
        self.arcs_of(rank).contains(&(at as usize)).then_some(at)
    }

    /// An arc of the agent at a rank, in the network's own numbers.
    pub(super) fn outer(&self, rank: usize, arc: u32) -> u32 {
        if arc == NONE { NONE } else { self.outer[rank] + (arc - self.first[rank]) }
    }
}
