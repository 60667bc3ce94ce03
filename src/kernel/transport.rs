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

use pulp::{Arch, Simd, WithSimd};

use crate::kernel::domain::Domain;
use crate::kernel::problem::Network;

mod lex;
mod plane;
mod vary;
mod web;
mod width;

pub use lex::Lex;
pub(crate) use plane::WIDEST;
use plane::{Mark, Plane, Start};
pub use vary::{Base, Variation, Variations, Varied};
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
    web: Web<T>,
    small: Plane<i32>,
    large: Plane<i64>,
    room: Room,
    /// Whether the room holds an optimum to start from.
    warm: bool,
    arch: Vectors,
}

/// An optimum in a table, to come back to.
#[derive(Debug, Clone)]
pub(crate) struct Optimum(Marked);

#[derive(Debug, Clone)]
enum Marked {
    Small(Box<Mark<i32>>),
    Large(Box<Mark<i64>>),
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

    /// The arc of each agent, or [`NONE`](crate::kernel::problem::NONE).
    pub fn choice(&self) -> &[u32] {
        match self.room {
            Room::Web => &self.web.choice,
            Room::Small => &self.small.choice,
            Room::Large => &self.large.choice,
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

    /// Sum of the costs of all that is held.
    pub fn value(&self) -> T {
        let narrow = |value: i64| T::of(value.into()).expect("every width holds 64 bits");
        match self.room {
            Room::Web => self.web.value(),
            Room::Small => narrow(self.small.value()),
            Room::Large => narrow(self.large.value()),
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
        self.start(network, domain, cost, self.most(cost), Start::Cold)
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
        self.reconsider_within(network, domain, cost, self.most(cost))
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

    /// Takes another assignment in place of the last optimum's, at the same prices; false, and nothing is done, where it is not
    /// in lists, or is not as cheap.
    pub fn seat(&mut self, network: &Network, choice: &[u32]) -> bool {
        self.room == Room::Web && self.warm && choice.len() == network.agents() && self.web.seat(network, choice)
    }

    /// The last optimum, where it is in a table.
    pub(crate) fn optimum(&self) -> Option<Optimum> {
        match self.room {
            Room::Web => None,
            Room::Small => Some(Optimum(Marked::Small(Box::new(self.small.mark())))),
            Room::Large => Some(Optimum(Marked::Large(Box::new(self.large.mark())))),
        }
        .filter(|_| self.warm)
    }

    /// Goes back to an optimum of the same network: the next solve starts from there.
    pub(crate) fn go_back(&mut self, optimum: &Optimum) {
        match &optimum.0 {
            Marked::Small(mark) => {
                self.room = Room::Small;
                self.small.go_back(mark);
            }
            Marked::Large(mark) => {
                self.room = Room::Large;
                self.large.go_back(mark);
            }
        }
        self.warm = true;
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
        self.finish(solved)
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
        self.finish(solved)
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

    /// The largest absolute value of a cost that is not the mark of a closed arc.
    fn most(&self, cost: &[T]) -> T {
        self.arch.arch.dispatch(Most(cost))
    }

    fn finish(&mut self, solved: Result<(), Shortage>) -> Result<(), Shortage> {
        let deep = match self.room {
            Room::Web => self.web.is_deep(),
            Room::Small => self.small.is_deep(),
            Room::Large => self.large.is_deep(),
        };
        self.warm = solved.is_ok() && !deep;
        solved
    }
}

struct Most<'a, T>(&'a [T]);

impl<T: Width> WithSimd for Most<'_, T> {
    type Output = T;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> T {
        let counted = |&cost: &T| if cost == T::CLOSED { T::default() } else { cost };
        most(self.0.iter().map(counted))
    }
}

/// The largest absolute value of these costs; beyond `CLOSED` it is told as that, which fits nowhere.
#[inline(always)]
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
    plane.fill(arch, network, domain, cost);
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
        let range = network.arcs_of(agent as usize);
        plane.revise(agent, &cost[range.clone()], &domain.arcs()[range], domain.out(agent as usize));
    }
    for &column in changes.columns {
        plane.follow_capacity(column as usize, network.capacity[column as usize]);
    }
    plane.run(arch, network, Start::Named)
}
