//! The cheapest assignment of agents to columns with room, and the prices that prove it.
//!
//! Shortest augmenting paths with prices (Jonker & Volgenant 1987, Computing 38; Ahuja, Magnanti & Orlin 1993,
//! ch. 12), for columns that take several agents and agents that may stay out at no cost. Exact integers.
//!
//! **Invariant** between insertions: prices are not positive, and nought at a column with room; every agent inserted so
//! far holds an option that is cheapest for it at these prices. So the sum of cheapest options plus
//! capacity × price equals the cost of the assignment: both are best.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::kernel::domain::Domain;
use crate::kernel::problem::{NONE, Network};

/// An assignment with its prices.
#[derive(Debug, Clone, Default)]
pub struct Transport {
    /// The arc of each agent, or [`NONE`].
    pub choice: Vec<u32>,
    /// Price of each column, not positive.
    pub price: Vec<i128>,
    /// First agent in each column.
    head: Vec<u32>,
    /// The next agent in the same column.
    next: Vec<u32>,
    held: Vec<u32>,
    distance: Vec<i128>,
    by_agent: Vec<u32>,
    by_arc: Vec<u32>,
    state: Vec<State>,
    touched: Vec<u32>,
    heap: BinaryHeap<Reverse<(i128, u32)>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum State {
    #[default]
    Unseen,
    Seen,
    Done,
}

/// Some agents that may not stay out have fewer seats than members; the prices left in the [`Transport`] prove it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shortage;

/// Where an augmenting path ends.
#[derive(Clone, Copy)]
enum End {
    Room(u32),
    Out(u32),
}

impl Transport {
    /// Solves afresh over the open options; buffers are reused.
    ///
    /// - `cost`: one entry for each arc, any one integer unit; sums must fit `i128` (the caller's bound).
    /// - Ties: decided by column and agent number, so the same input gives the same assignment.
    /// - Time: one shortest-path search for each agent.
    ///
    /// # Errors
    /// [`Shortage`]; with every cost nought and the prices left here, the cheapest options of the agents concerned add up to
    /// more than the seats that they reach.
    pub fn solve(&mut self, network: &Network, domain: &Domain, cost: &[i128]) -> Result<(), Shortage> {
        self.reset(network);
        for agent in 0..network.agents() {
            if !self.insert(network, domain, cost, agent) {
                self.price_shortage();
                return Err(Shortage);
            }
        }
        Ok(())
    }

    fn reset(&mut self, network: &Network) {
        let (agents, columns) = (network.agents(), network.columns());
        for (buffer, size) in [(&mut self.choice, agents), (&mut self.next, agents), (&mut self.head, columns)] {
            buffer.clear();
            buffer.resize(size, NONE);
        }
        for buffer in [&mut self.by_agent, &mut self.by_arc, &mut self.held] {
            buffer.clear();
            buffer.resize(columns, 0);
        }
        for buffer in [&mut self.price, &mut self.distance] {
            buffer.clear();
            buffer.resize(columns, 0);
        }
        self.state.clear();
        self.state.resize(columns, State::Unseen);
        self.touched.clear();
    }

    fn price_shortage(&mut self) {
        for (price, state) in self.price.iter_mut().zip(&self.state) {
            *price = match state {
                State::Done => -1,
                State::Unseen | State::Seen => 0,
            };
        }
    }

    fn insert(&mut self, network: &Network, domain: &Domain, cost: &[i128], agent: usize) -> bool {
        for &column in &self.touched {
            self.state[column as usize] = State::Unseen;
        }
        self.touched.clear();
        self.heap.clear();
        let start = u32::try_from(agent).expect("fewer than 2^32 agents");
        let mut best: Option<(i128, End)> = domain.out(agent).then_some((0, End::Out(start)));
        self.relax(network, domain, cost, start, 0, best.map(|(d, _)| d));
        while let Some(Reverse((distance, column))) = self.heap.pop() {
            let j = column as usize;
            if self.state[j] == State::Done || distance > self.distance[j] {
                continue;
            }
            if best.is_some_and(|(d, _)| distance >= d) {
                break;
            }
            if self.held[j] < network.capacity[j] {
                best = Some((distance, End::Room(column)));
                break;
            }
            self.state[j] = State::Done;
            let mut holder = self.head[j];
            while holder != NONE {
                let h = holder as usize;
                let base = distance - (cost[self.choice[h] as usize] - self.price[j]);
                if domain.out(h) && best.is_none_or(|(d, _)| base < d) {
                    best = Some((base, End::Out(holder)));
                }
                self.relax(network, domain, cost, holder, base, best.map(|(d, _)| d));
                holder = self.next[h];
            }
        }
        let Some((total, end)) = best else { return false };
        for &column in &self.touched {
            let j = column as usize;
            if self.state[j] == State::Done {
                self.price[j] += self.distance[j] - total;
            }
        }
        self.augment(network, start, end);
        true
    }

    fn relax(
        &mut self,
        network: &Network,
        domain: &Domain,
        cost: &[i128],
        agent: u32,
        base: i128,
        cutoff: Option<i128>,
    ) {
        for arc in network.arcs_of(agent as usize) {
            if !domain.arc(arc) {
                continue;
            }
            let column = network.column[arc];
            let j = column as usize;
            let distance = base + cost[arc] - self.price[j];
            let better = match self.state[j] {
                State::Unseen => {
                    self.touched.push(column);
                    self.state[j] = State::Seen;
                    true
                }
                State::Seen => distance < self.distance[j],
                State::Done => false,
            };
            if better {
                self.distance[j] = distance;
                self.by_agent[j] = agent;
                self.by_arc[j] = u32::try_from(arc).expect("fewer than 2^32 arcs");
                if cutoff.is_none_or(|d| distance < d) {
                    self.heap.push(Reverse((distance, column)));
                }
            }
        }
    }

    fn augment(&mut self, network: &Network, start: u32, end: End) {
        let mut column = match end {
            End::Room(column) => column,
            End::Out(agent) if agent == start => return,
            End::Out(agent) => {
                let column = network.column[self.choice[agent as usize] as usize];
                self.leave(agent, column);
                self.choice[agent as usize] = NONE;
                column
            }
        };
        loop {
            let agent = self.by_agent[column as usize];
            let old = self.choice[agent as usize];
            let from = (old != NONE).then(|| network.column[old as usize]);
            if let Some(from) = from {
                self.leave(agent, from);
            }
            self.choice[agent as usize] = self.by_arc[column as usize];
            self.next[agent as usize] = self.head[column as usize];
            self.head[column as usize] = agent;
            self.held[column as usize] += 1;
            match from {
                Some(from) if agent != start => column = from,
                Some(_) | None => return,
            }
        }
    }

    fn leave(&mut self, agent: u32, column: u32) {
        let j = column as usize;
        self.held[j] -= 1;
        if self.head[j] == agent {
            self.head[j] = self.next[agent as usize];
            return;
        }
        let mut before = self.head[j];
        while self.next[before as usize] != agent {
            before = self.next[before as usize];
        }
        self.next[before as usize] = self.next[agent as usize];
    }
}
