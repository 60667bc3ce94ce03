//! The cheapest assignment of agents to columns with room, and the prices that prove it; again and again, with changes.
//!
//! Shortest augmenting paths with prices (Jonker & Volgenant 1987, Computing 38; Ahuja, Magnanti & Orlin 1993,
//! ch. 12), for columns that take several agents and agents that may stay out at no cost. Exact integers.
//!
//! **Invariant** between solves: prices are not positive, and nought at a column with room; every agent holds an option that
//! is cheapest for it at these prices. So the sum of cheapest options plus capacity × price equals the cost of the
//! assignment: both are best. A solve that starts from the last optimum frees whoever breaks the invariant, seats them by
//! one path each, and then fills or frees of charge each column that was left, by one path each.
//!
//! Two rooms do the work: `web` (lists of arcs) and `plane` (a table of at most 64 columns). Which one is chosen depends
//! on the numbers alone, and either gives the same value.

use std::fmt;

use pulp::Arch;

use crate::kernel::domain::Domain;
use crate::kernel::problem::{NONE, Network};

mod plane;
mod web;
mod width;

pub(crate) use plane::WIDEST;
use plane::{Plane, Start};
use web::Web;
pub use width::Width;

/// A table is used where at least one in so many of its cells has an arc.
const SPARSE: usize = 8;

/// Some agents that may not stay out have fewer seats than members; the prices left in the [`Transport`] prove it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shortage;

/// What has changed since the last solve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Changes<'a> {
    /// Agents with another cost or option; an agent that leaves has its arcs closed and may stay out.
    pub agents: &'a [u32],
    /// Columns with another capacity.
    pub columns: &'a [u32],
}

/// Work done, in numbers that do not depend on the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Effort {
    /// Paths along which agents moved.
    pub augmentations: u64,
    /// Arcs (of a table: cells) looked at.
    pub arcs: u64,
}

/// An assignment with its prices.
#[derive(Clone, Default)]
pub struct Transport<T> {
    choice: Vec<u32>,
    web: Web<T>,
    small: Plane<i32>,
    large: Plane<i64>,
    room: Room,
    /// Whether the room holds an optimum to start from.
    warm: bool,
    arch: Vectors,
}

/// Where the last solve was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Room {
    #[default]
    Web,
    Small,
    Large,
}

/// Which rooms and vectors may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ways {
    /// Whatever is fastest.
    #[default]
    All,
    /// Lists of arcs only.
    Lists,
    /// A table wherever there is one, and no vectors.
    Scalar,
    /// A table wherever there is one, with what vectors the machine has.
    Vectors,
}

#[derive(Clone, Copy)]
struct Vectors {
    arch: Arch,
    ways: Ways,
}

impl Default for Vectors {
    fn default() -> Self {
        Self { arch: Arch::new(), ways: Ways::All }
    }
}

impl<T> fmt::Debug for Transport<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transport").field("warm", &self.warm).field("room", &self.room).finish_non_exhaustive()
    }
}

impl<T: Width> Transport<T> {
    /// A solver held to some of its ways, to compare them.
    pub fn with(ways: Ways) -> Self {
        let arch = if ways == Ways::Scalar { Arch::Scalar } else { Arch::new() };
        Self { arch: Vectors { arch, ways }, ..Self::default() }
    }

    /// The arc of each agent, or [`NONE`].
    pub fn choice(&self) -> &[u32] {
        match self.room {
            Room::Web => &self.web.choice,
            Room::Small | Room::Large => &self.choice,
        }
    }

    /// Price of a column, not positive.
    pub fn price(&self, column: usize) -> T {
        let narrow = |price: i64| T::of(price.into()).expect("every width holds 64 bits");
        match self.room {
            Room::Web => self.web.price(column),
            Room::Small => narrow(self.small.price(column)),
            Room::Large => narrow(self.large.price(column)),
        }
    }

    /// Work done so far.
    pub fn effort(&self) -> Effort {
        let all = [self.web.effort, self.small.effort, self.large.effort];
        all.into_iter().fold(Effort::default(), |sum, effort| Effort {
            augmentations: sum.augmentations + effort.augmentations,
            arcs: sum.arcs + effort.arcs,
        })
    }

    /// Bytes in use for lists of arcs; a table is small.
    pub fn bytes(&self) -> usize {
        self.web.bytes()
    }

    /// Whether the last solve left an optimum that the next may start from.
    pub fn is_warm(&self) -> bool {
        self.warm
    }

    /// Solves afresh over the open options; buffers are reused.
    ///
    /// - `cost`: one entry for each arc, any one integer unit; [`Width::CLOSED`] closes an arc.
    /// - Ties: decided by column and agent number, so the same calls give the same assignment.
    /// - Time: one shortest-path search for each agent.
    ///
    /// # Errors
    /// [`Shortage`]; with every cost nought and the prices left here, the cheapest options of the agents concerned add up to
    /// more than the seats that they reach.
    ///
    /// # Panics
    /// If the costs do not fit ([`Width::fits`]).
    pub fn solve(&mut self, network: &Network, domain: &Domain, cost: &[T]) -> Result<(), Shortage> {
        self.start(network, domain, cost, most(cost.iter().copied().filter(counts)), Start::Cold)
    }

    /// Solves again where any cost, option and capacity may have changed, and the arcs have not.
    ///
    /// Starts from the last optimum; where there is none, or where most agents are away from their cheapest option, afresh.
    ///
    /// # Errors
    /// As [`Transport::solve`].
    ///
    /// # Panics
    /// As [`Transport::solve`].
    pub fn reconsider(&mut self, network: &Network, domain: &Domain, cost: &[T]) -> Result<(), Shortage> {
        self.reconsider_within(network, domain, cost, most(cost.iter().copied().filter(counts)))
    }

    /// The same, where the caller knows that no cost is above `most`.
    pub(crate) fn reconsider_within(
        &mut self,
        network: &Network,
        domain: &Domain,
        cost: &[T],
        most: T,
    ) -> Result<(), Shortage> {
        let start = if self.warm && self.choice().len() == network.agents() { Start::Warm } else { Start::Cold };
        self.start(network, domain, cost, most, start)
    }

    /// Forgets the last optimum: the next solve is from nothing.
    pub(crate) fn forget(&mut self) {
        self.warm = false;
    }

    /// Solves again where only what is named has changed: at most two paths for each change.
    ///
    /// `cost` and `domain` hold all arcs; only those of named agents are read.
    ///
    /// # Errors
    /// As [`Transport::solve`].
    ///
    /// # Panics
    /// As [`Transport::solve`].
    pub fn resolve(
        &mut self,
        network: &Network,
        domain: &Domain,
        cost: &[T],
        changes: &Changes<'_>,
    ) -> Result<(), Shortage> {
        let arcs = changes.agents.iter().flat_map(|&agent| network.arcs_of(agent as usize));
        let changed = most(arcs.map(|arc| cost[arc]).filter(counts));
        if !self.warm || self.choice().len() != network.agents() || !self.takes(network, changed) {
            return self.solve(network, domain, cost);
        }
        let solved = match self.room {
            Room::Web => self.web.resolve(network, domain, cost, changes),
            Room::Small => rerun(&mut self.small, self.arch.arch, network, domain, cost, changes),
            Room::Large => rerun(&mut self.large, self.arch.arch, network, domain, cost, changes),
        };
        self.finish(network, domain, cost, solved)
    }

    /// Multiplies every price by `by / of`: for costs that are about to be counted in another unit.
    pub fn rescale(&mut self, by: i128, of: i128) {
        match self.room {
            Room::Web => self.web.rescale(by, of),
            Room::Small => self.small.rescale(by, of),
            Room::Large => self.large.rescale(by, of),
        }
    }

    fn start(&mut self, network: &Network, domain: &Domain, cost: &[T], most: T, start: Start) -> Result<(), Shortage> {
        let room = self.choose(network, most);
        let start = if room == self.room { start } else { Start::Cold };
        self.room = room;
        let arch = self.arch.arch;
        let solved = match room {
            Room::Web if start == Start::Cold => self.web.solve(network, domain, cost),
            Room::Web => self.web.reconsider(network, domain, cost),
            Room::Small => rebuild(&mut self.small, arch, network, domain, cost, start),
            Room::Large => rebuild(&mut self.large, arch, network, domain, cost, start),
        };
        self.finish(network, domain, cost, solved)
    }

    /// Whether the room in use takes costs up to this.
    fn takes(&self, network: &Network, most: T) -> bool {
        let (agents, columns) = (network.agents(), network.columns());
        match self.room {
            Room::Web => T::fits(agents, columns, most),
            Room::Small => most.dense().is_some_and(|most| Plane::<i32>::fits(agents, columns, most)),
            Room::Large => most.dense().is_some_and(|most| Plane::<i64>::fits(agents, columns, most)),
        }
    }

    fn choose(&self, network: &Network, most: T) -> Room {
        let (agents, columns) = (network.agents(), network.columns());
        assert!(T::fits(agents, columns, most), "the caller asks whether the costs fit");
        let dense = match self.arch.ways {
            Ways::All => network.arcs() * SPARSE >= agents * columns.next_multiple_of(16),
            Ways::Lists => false,
            Ways::Scalar | Ways::Vectors => true,
        };
        match most.dense().filter(|_| dense && columns <= WIDEST) {
            Some(most) if Plane::<i32>::fits(agents, columns, most) => Room::Small,
            Some(most) if Plane::<i64>::fits(agents, columns, most) => Room::Large,
            Some(_) | None => Room::Web,
        }
    }

    fn finish(
        &mut self,
        network: &Network,
        domain: &Domain,
        cost: &[T],
        solved: Result<(), Shortage>,
    ) -> Result<(), Shortage> {
        let deep = match self.room {
            Room::Web => self.web.is_deep(),
            Room::Small => self.small.is_deep(),
            Room::Large => self.large.is_deep(),
        };
        self.warm = solved.is_ok() && !deep;
        match self.room {
            Room::Web => {}
            Room::Small => arcs(&mut self.choice, &self.small, network, domain, cost),
            Room::Large => arcs(&mut self.choice, &self.large, network, domain, cost),
        }
        solved
    }
}

/// The largest absolute value of these costs; beyond `CLOSED` it is told as that, which fits nowhere.
pub(crate) fn most<T: Width>(costs: impl Iterator<Item = T>) -> T {
    let nought = T::default();
    let (low, high) = costs.fold((nought, nought), |(low, high), cost| (low.min(cost), high.max(cost)));
    high.max(nought - low.max(nought - T::CLOSED))
}

/// Whether a cost is not the mark of a closed arc.
fn counts<T: Width>(cost: &T) -> bool {
    *cost != T::CLOSED
}

fn rebuild<T: Width, L: plane::Lane>(
    plane: &mut Plane<L>,
    arch: Arch,
    network: &Network,
    domain: &Domain,
    cost: &[T],
    start: Start,
) -> Result<(), Shortage> {
    plane.lay_out(network);
    for agent in 0..network.agents() {
        set_row(plane, network, domain, cost, agent);
    }
    plane.run(arch, network, start)
}

fn rerun<T: Width, L: plane::Lane>(
    plane: &mut Plane<L>,
    arch: Arch,
    network: &Network,
    domain: &Domain,
    cost: &[T],
    changes: &Changes<'_>,
) -> Result<(), Shortage> {
    plane.begin();
    for &agent in changes.agents {
        plane.release(agent);
        plane.close(agent as usize);
        set_row(plane, network, domain, cost, agent as usize);
    }
    for &column in changes.columns {
        plane.follow_capacity(column as usize, network.capacity[column as usize]);
    }
    plane.run(arch, network, Start::Named)
}

#[inline]
fn set_row<T: Width, L: plane::Lane>(
    plane: &mut Plane<L>,
    network: &Network,
    domain: &Domain,
    cost: &[T],
    agent: usize,
) {
    let range = network.arcs_of(agent);
    let arcs = range.clone().zip(network.column[range.clone()].iter().zip(&cost[range]));
    let open = arcs.filter(|&(arc, (_, &cost))| cost < T::FAR && domain.arc(arc));
    plane.set(agent, open.map(|(_, (&column, cost))| (column, cost.dense().expect("only narrow costs have a table"))));
    plane.set_out(agent, domain.out(agent));
}

/// The arcs that lead to these seats; of several the cheapest.
fn arcs<T: Width, L: plane::Lane>(
    choice: &mut Vec<u32>,
    plane: &Plane<L>,
    network: &Network,
    domain: &Domain,
    cost: &[T],
) {
    choice.clear();
    choice.extend(plane.seat.iter().enumerate().map(|(agent, &column)| {
        if column == NONE {
            return NONE;
        }
        let range = network.arcs_of(agent);
        let open = |&arc: &usize| network.column[arc] == column && domain.arc(arc) && cost[arc] < T::FAR;
        let first = network.column[range.clone()].iter().position(|&at| at == column).map(|at| range.start + at);
        let first = first.filter(|arc| !plane.doubled && open(arc));
        let arc = first.or_else(|| range.filter(open).min_by_key(|&arc| cost[arc]));
        let arc = arc.expect("a seat is reached by an arc");
        u32::try_from(arc).expect("fewer than 2^32 arcs")
    }));
}
