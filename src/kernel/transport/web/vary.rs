//! A scenario over lists of arcs: what it changes is taken over, and the base's optimum again before the next one.

use crate::kernel::domain::Domain;
use crate::kernel::problem::{NONE, Network};
use crate::kernel::transport::web::Web;
use crate::kernel::transport::width::Width;
use crate::kernel::transport::{Shortage, Variation};

impl<T: Width> Web<T> {
    /// Takes over the optimum of another for the same network, whose costs differ for these agents.
    pub(in crate::kernel::transport) fn take_over(&mut self, other: &Self, revised: &[u32]) {
        for &agent in revised {
            let arcs = self.layout.arcs_of(self.layout.rank[agent as usize] as usize);
            self.cost[arcs.clone()].copy_from_slice(&other.cost[arcs]);
        }
        self.out.clone_from(&other.out);
        self.capacity.clone_from(&other.capacity);
        self.columns.clone_from(&other.columns);
        self.held.clone_from(&other.held);
        self.choice.clone_from(&other.choice);
        self.next.clone_from(&other.next);
        self.before.clone_from(&other.before);
        self.lowest = other.lowest;
    }

    /// Takes these choices in place of its own, where they are as cheap at the prices that there are.
    pub(in crate::kernel::transport) fn seat(&mut self, network: &Network, choice: &[u32]) -> bool {
        let mut held = vec![0; network.columns()];
        for (rank, &agent) in self.layout.agents.iter().enumerate() {
            let own = match choice[agent as usize] {
                NONE if self.out[rank] => T::default(),
                NONE => return false,
                arc => {
                    let Some(at) = self.layout.inner(rank, arc) else { return false };
                    held[self.layout.column[at as usize] as usize] += 1;
                    self.reduced(at as usize)
                }
            };
            let dearer = self.layout.arcs_of(rank).any(|arc| self.reduced(arc) < own);
            if own >= T::FAR || dearer || (self.out[rank] && T::default() < own) {
                return false;
            }
        }
        let fits = |(column, &held): (usize, &u32)| {
            let capacity = self.capacity[column];
            held == capacity || (held < capacity && self.columns[column].price == T::default())
        };
        if !held.iter().enumerate().all(fits) {
            return false;
        }
        for agent in 0..u32::try_from(network.agents()).expect("fewer than 2^32 agents") {
            self.release(agent);
        }
        for rank in 0..u32::try_from(network.agents()).expect("fewer than 2^32 agents") {
            let arc = choice[self.layout.agents[rank as usize] as usize];
            if let Some(at) = self.layout.inner(rank as usize, arc) {
                self.join(rank, self.layout.column[at as usize], at);
            }
        }
        self.shaken.clear();
        self.moved.clear();
        self.choice.copy_from_slice(choice);
        true
    }

    /// Solves again where a scenario says what has changed.
    pub(in crate::kernel::transport) fn vary(
        &mut self,
        network: &Network,
        domain: &Domain,
        to: &Variation<T>,
    ) -> Result<(), Shortage> {
        self.shaken.clear();
        self.free.clear();
        let mut costs = to.costs.iter();
        for &changed in &to.agents {
            let agent = self.layout.rank[changed as usize];
            for (at, arc) in self.layout.arcs_of(agent as usize).zip(network.arcs_of(changed as usize)) {
                let cost = *costs.next().expect("as many costs as arcs");
                self.cost[at] = if domain.arc(arc) { cost } else { T::CLOSED };
            }
            self.release(agent);
            self.free.push(agent);
        }
        self.free.extend(to.gone.iter().map(|&gone| self.layout.rank[gone as usize]));
        for at in to.agents.len()..self.free.len() {
            let agent = self.free[at];
            let arcs = self.layout.arcs_of(agent as usize);
            self.cost[arcs].fill(T::CLOSED);
            self.out[agent as usize] = true;
            self.release(agent);
        }
        for &(column, capacity) in &to.columns {
            self.follow_capacity(self.layout.place[column as usize] as usize, capacity);
        }
        self.free.sort_unstable();
        self.free.dedup();
        self.place()
    }

    /// Sum of the costs of all that is held.
    pub(in crate::kernel::transport) fn value(&self) -> T {
        let mut sum = T::default();
        self.held.iter().filter(|&&arc| arc != NONE).for_each(|&arc| sum += self.cost[arc as usize]);
        sum
    }
}
