//! Scenarios of one base: who leaves, which seats go, who thinks again; each solved from the base's optimum.
//!
//! What a scenario costs is not the size of the problem but of what it changes: a few rows of the table, a path for each
//! change, and taking the base's optimum over again. The answer depends on the base and the scenario alone, not on
//! those that were solved before: so scenarios may be shared out among threads, each with [`Variations`] of its own.

use crate::kernel::domain::Domain;
use crate::kernel::problem::{NONE, Network, Problem};
use crate::kernel::transport::plane::{Lane, Plane, Start};
use crate::kernel::transport::{Room, Shortage, Transport, Width};

/// What differs from the base.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Variation<T> {
    /// Agents with other costs.
    pub agents: Vec<u32>,
    /// The costs of their arcs, agent after agent as they stand in `agents`; [`Width::CLOSED`] closes an arc.
    pub costs: Vec<T>,
    /// Agents that leave: they stay out, whether or not they may in the base.
    pub gone: Vec<u32>,
    /// Columns with another capacity: `(column, capacity)`.
    pub columns: Vec<(u32, u32)>,
}

/// What was solved, and its optimum.
#[derive(Debug)]
pub struct Base<'a, T> {
    /// The network.
    pub network: &'a Network,
    /// Its open options.
    pub domain: &'a Domain,
    /// Its costs, one for each arc.
    pub cost: &'a [T],
    /// Its optimum.
    pub optimum: &'a Transport<T>,
}

impl<T> Clone for Base<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Base<'_, T> {}

/// The optimum of the last scenario of a base.
#[derive(Debug, Clone)]
pub struct Varied<T> {
    own: Transport<T>,
    /// Whether the last scenario was solved in another room than the base.
    is_astray: bool,
    /// Agents of whom the last scenario changed costs, and then those that left.
    revised: Vec<u32>,
    /// How many did not leave.
    kept: usize,
}

/// A base, and the optimum of the last scenario.
#[derive(Debug, Clone)]
pub struct Variations<'a, T> {
    base: Base<'a, T>,
    last: Varied<T>,
}

impl<'a, T: Width> Variations<'a, T> {
    /// Of a base that was solved over this network, these open options and these costs.
    pub fn new(network: &'a Network, domain: &'a Domain, cost: &'a [T], base: &'a Transport<T>) -> Self {
        Self { base: Base { network, domain, cost, optimum: base }, last: Varied::new(base) }
    }

    /// Solves a scenario.
    ///
    /// # Errors
    /// As [`Transport::solve`].
    ///
    /// # Panics
    /// If the costs do not fit ([`Width::fits`]), or are not as many as the agents' arcs.
    pub fn solve(&mut self, variation: &Variation<T>) -> Result<(), Shortage> {
        self.last.solve(self.base, variation)
    }

    /// The arc of each agent in the last scenario, or [`NONE`].
    pub fn choice(&self) -> &[u32] {
        self.last.choice()
    }

    /// Price of a column in the last scenario, not positive.
    pub fn price(&self, column: usize) -> T {
        self.last.price(column)
    }

    /// Sum of the costs of all that is held in the last scenario.
    pub fn value(&self) -> T {
        self.last.own.value()
    }
}

impl<T: Width> Varied<T> {
    /// Of this optimum.
    pub fn new(optimum: &Transport<T>) -> Self {
        Self { own: ready(optimum), is_astray: false, revised: Vec::new(), kept: 0 }
    }

    /// Solves a scenario of the base that this was made for.
    ///
    /// # Errors
    /// As [`Transport::solve`].
    ///
    /// # Panics
    /// As [`Variations::solve`].
    pub fn solve(&mut self, base: Base<'_, T>, variation: &Variation<T>) -> Result<(), Shortage> {
        let Base { network, domain, optimum, .. } = base;
        if !optimum.is_warm() || !optimum.takes(network, optimum.most(&variation.costs)) {
            return self.afresh(base, variation);
        }
        if std::mem::take(&mut self.is_astray) {
            self.own = ready(optimum);
            self.revised.clear();
            self.kept = 0;
        }
        let scenario = Scenario { network, domain, variation };
        let own = &mut self.own;
        let (revised, gone) = self.revised.split_at(self.kept);
        match optimum.room {
            Room::Web => own.web.take_over(&optimum.web, &self.revised),
            Room::Small => own.small.take_over(&optimum.small, revised, gone),
            Room::Large => own.large.take_over(&optimum.large, revised, gone),
        }
        self.revised.clear();
        self.revised.extend_from_slice(&variation.agents);
        self.revised.extend_from_slice(&variation.gone);
        self.kept = variation.agents.len();
        let solved = match optimum.room {
            Room::Web => own.web.vary(network, domain, variation),
            Room::Small => scenario.plane(&mut own.small, own.arch.arch),
            Room::Large => scenario.plane(&mut own.large, own.arch.arch),
        };
        own.finish(solved)
    }

    /// The arc of each agent in the last scenario, or [`NONE`].
    pub fn choice(&self) -> &[u32] {
        self.own.choice()
    }

    /// Price of a column in the last scenario, not positive.
    pub fn price(&self, column: usize) -> T {
        self.own.price(column)
    }

    /// From nothing, where the base's room does not take the scenario's costs or there is nothing to start from.
    fn afresh(&mut self, base: Base<'_, T>, variation: &Variation<T>) -> Result<(), Shortage> {
        let mut network = base.network.clone();
        let mut cost = base.cost.to_vec();
        let mut costs = variation.costs.iter();
        for &agent in &variation.agents {
            let arcs = network.arcs_of(agent as usize);
            for cost in &mut cost[arcs] {
                *cost = *costs.next().expect("as many costs as arcs");
            }
        }
        for &(column, capacity) in &variation.columns {
            network.capacity[column as usize] = capacity;
        }
        for &agent in &variation.gone {
            network.may_stay_out[agent as usize] = true;
            let arcs = network.arcs_of(agent as usize);
            cost[arcs].fill(T::CLOSED);
        }
        let owner = network.owners();
        let problem = Problem { network, owner, ..Problem::default() };
        let mut domain = Domain::whole(&problem);
        for (arc, &agent) in (0u32..).zip(&problem.owner) {
            if !base.domain.arc(arc as usize) {
                domain.close(agent as usize, arc);
            }
        }
        for agent in (0..problem.network.agents()).filter(|&agent| !base.domain.out(agent)) {
            if !variation.gone.iter().any(|&gone| gone as usize == agent) {
                domain.close(agent, NONE);
            }
        }
        self.is_astray = true;
        self.own.solve(&problem.network, &domain, &cost)
    }
}

/// A copy of an optimum, its table turned for what scenarios ask: each then writes only what it changes.
fn ready<T: Width>(optimum: &Transport<T>) -> Transport<T> {
    let mut own = optimum.clone();
    match own.room {
        Room::Web => {}
        Room::Small => own.small.turn_all(),
        Room::Large => own.large.turn_all(),
    }
    own
}

/// A scenario on its way into a table.
struct Scenario<'a, T> {
    network: &'a Network,
    domain: &'a Domain,
    variation: &'a Variation<T>,
}

impl<T: Width> Scenario<'_, T> {
    fn plane<L: Lane>(&self, own: &mut Plane<L>, arch: pulp::Arch) -> Result<(), Shortage> {
        own.begin();
        let mut rest = &self.variation.costs[..];
        for &agent in &self.variation.agents {
            let arcs = self.network.arcs_of(agent as usize);
            let (costs, others) = rest.split_at(arcs.len());
            own.revise(agent, costs, &self.domain.arcs()[arcs], self.domain.out(agent as usize));
            rest = others;
        }
        for &agent in &self.variation.gone {
            own.dismiss(agent);
        }
        for &(column, capacity) in &self.variation.columns {
            own.follow_capacity(column as usize, capacity);
        }
        own.run(arch, self.network, Start::Named)
    }
}
