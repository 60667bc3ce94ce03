//! The dense way: at most 64 columns, a row of the table scanned as a few vectors.
//!
//! A cell is `cost · 64 + column`, so that the least cell also says where it stands: a search needs one minimum and no
//! index. The same code runs on whatever vectors the machine has (`pulp` picks them at run time) and on none; as it is
//! all whole numbers the results are the same.

mod draw;
mod lane;
mod paths;
mod scan;
mod seats;
mod table;

use pulp::{Arch, Simd, WithSimd};

use crate::kernel::domain::Domain;
use crate::kernel::problem::{NONE, Network};
use crate::kernel::transport::{Effort, Shortage};

pub(super) use crate::kernel::transport::plane::lane::Lane;
use crate::kernel::transport::plane::lane::SHIFT;
pub(super) use crate::kernel::transport::plane::seats::Mark;
use crate::kernel::transport::plane::table::{Cells, Layout};
use crate::kernel::transport::width::Width;

/// Columns of the widest table.
pub(crate) const WIDEST: usize = 64;

/// Part of the agents (one in so many) that may be away from their cheapest option before a fresh start is faster.
const FRESH: usize = 4;

#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
struct Lanes<L, const N: usize>([L; N]);

/// A table with an assignment and its prices.
#[derive(Debug, Clone)]
pub(super) struct Plane<L> {
    agents: usize,
    layout: Layout,
    /// A row for each agent.
    cells: Cells<L>,
    /// A row for each column, with the agent in place of the column; as good as it was when it was last needed.
    turned: Cells<L>,
    is_turned: bool,
    /// Agents that left, a bit each: the turned table still has their cells.
    gone: u64,
    price: Lanes<L, WIDEST>,
    room: [u32; WIDEST],
    capacity: [u32; WIDEST],
    /// First agent in each column.
    head: [u32; WIDEST],
    /// The column of each agent, or `NONE`.
    seat: Vec<u32>,
    /// The arc of each agent, or `NONE`.
    pub(super) choice: Vec<u32>,
    next: Vec<u32>,
    out: Vec<bool>,
    /// What its seat costs each agent, without the price; of the others, nothing in particular.
    paid: Vec<L>,
    free: Vec<u32>,
    later: Vec<u32>,
    /// Cells on their way into the table.
    made: Vec<L>,
    shaken: u64,
    pub(super) effort: Effort,
}

impl<L: Lane> Default for Plane<L> {
    fn default() -> Self {
        Self {
            agents: 0,
            layout: Layout::default(),
            cells: Cells::default(),
            turned: Cells::default(),
            is_turned: false,
            gone: 0,
            price: Lanes([L::default(); WIDEST]),
            room: [0; WIDEST],
            capacity: [0; WIDEST],
            head: [NONE; WIDEST],
            seat: Vec::new(),
            choice: Vec::new(),
            next: Vec::new(),
            out: Vec::new(),
            paid: Vec::new(),
            free: Vec::new(),
            later: Vec::new(),
            made: Vec::new(),
            shaken: 0,
            effort: Effort::default(),
        }
    }
}

/// What a table is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Start {
    /// From nothing.
    Cold,
    /// From the last optimum, whatever has changed.
    Warm,
    /// From the last optimum; the agents that changed are free already.
    Named,
}

struct Solve<'a, L> {
    plane: &'a mut Plane<L>,
    start: Start,
}

impl<L: Lane> WithSimd for Solve<'_, L> {
    type Output = Result<(), Shortage>;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> Self::Output {
        let solved = match self.plane.layout.lanes {
            16 => self.plane.solve::<16>(self.start),
            32 => self.plane.solve::<32>(self.start),
            48 => self.plane.solve::<48>(self.start),
            _ => self.plane.solve::<WIDEST>(self.start),
        };
        self.plane.layout.read(&self.plane.seat, &mut self.plane.choice);
        solved
    }
}

struct Write<'a, L, T> {
    plane: &'a mut Plane<L>,
    cost: &'a [T],
    open: &'a [bool],
}

impl<L: Lane, T: Width> WithSimd for Write<'_, L, T> {
    type Output = bool;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> bool {
        let Plane { layout, cells, made, .. } = self.plane;
        layout.write_all(cells.all_mut(), self.cost, self.open, made)
    }
}

impl<L: Lane> Plane<L> {
    /// Whether every sum fits where no cost is above `most` (see `Width::fits`).
    pub(super) fn fits(agents: usize, columns: usize, most: i64) -> bool {
        let steps = i64::try_from(agents.min(columns) + 2).unwrap_or(i64::MAX);
        steps.saturating_mul(4).saturating_mul(most) < L::HALF
    }

    /// Writes the whole table.
    pub(super) fn fill<T: Width>(&mut self, arch: Arch, network: &Network, domain: &Domain, cost: &[T]) {
        if self.layout.lay_out(network) {
            self.agents = network.agents();
            self.cells.clear(self.agents * self.layout.lanes);
            self.turned.forget();
        }
        self.is_turned = false;
        self.gone = 0;
        let all = arch.dispatch(Write { plane: self, cost, open: domain.arcs() });
        for agent in (0..self.agents).filter(|_| !all) {
            let range = self.layout.arcs_of(agent);
            let row = self.cells.row_mut(agent, self.layout.lanes);
            self.layout.write(row, agent, &cost[range.clone()], &domain.arcs()[range]);
        }
        self.out.clear();
        self.out.extend_from_slice(domain.outs());
    }

    /// Writes the row of an agent from the costs of its arcs and which are open; the agent is free.
    pub(super) fn revise<T: Width>(&mut self, agent: u32, cost: &[T], open: &[bool], out: bool) {
        self.release(agent);
        let agent = agent as usize;
        let row = self.cells.row_mut(agent, self.layout.lanes);
        self.layout.write(row, agent, cost, open);
        self.out[agent] = out;
        if self.is_turned {
            self.gone &= !(1 << agent);
            self.turn(agent);
        }
    }

    /// Closes all that an agent has but staying out; the agent is free.
    pub(super) fn dismiss(&mut self, agent: u32) {
        self.release(agent);
        let agent = agent as usize;
        self.cells.row_mut(agent, self.layout.lanes).fill(L::CLOSED);
        self.out[agent] = true;
        if self.is_turned {
            self.gone |= 1 << agent;
        }
    }

    /// The sum of what everyone holds.
    pub(super) fn value(&self) -> i64 {
        let held = self.seat.iter().zip(&self.paid);
        held.map(|(&seat, &paid)| if seat == NONE { 0 } else { paid.number() >> SHIFT }).sum()
    }

    pub(super) fn price(&self, column: usize) -> i64 {
        self.price.0[column].number() >> SHIFT
    }

    /// Solves the table as it stands.
    pub(super) fn run(&mut self, arch: Arch, network: &Network, start: Start) -> Result<(), Shortage> {
        match start {
            Start::Cold => self.clear(network),
            Start::Warm => {
                self.free.clear();
                self.shaken = 0;
                self.follow_capacities(network);
            }
            Start::Named => {}
        }
        arch.dispatch(Solve { plane: self, start })
    }

    fn clear(&mut self, network: &Network) {
        self.capacity[..network.columns()].copy_from_slice(&network.capacity);
        self.empty();
    }

    fn empty(&mut self) {
        self.price = Lanes([L::default(); WIDEST]);
        self.room = self.capacity;
        self.head = [NONE; WIDEST];
        self.seat.clear();
        self.seat.resize(self.agents, NONE);
        self.next.resize(self.agents, NONE);
        self.paid.resize(self.agents, L::default());
        self.free.clear();
        self.free.extend(0..u32::try_from(self.agents).expect("fewer than 2^32 agents"));
        self.shaken = 0;
    }

    /// Whether prices are so low that another warm start might not fit.
    pub(super) fn is_deep(&self) -> bool {
        self.price.0.iter().any(|price| price.number() >> SHIFT <= -L::HALF / 2)
    }

    /// Multiplies every price by a fraction, rounding towards nought.
    pub(super) fn rescale(&mut self, by: i128, of: i128) {
        for price in &mut self.price.0 {
            let scaled = i128::from(price.number() >> SHIFT).checked_mul(by).map_or(0, |price| price / of);
            let fits = i64::try_from(scaled).ok().filter(|&price| price > -L::HALF / 2);
            *price = L::lane(fits.unwrap_or(0) << SHIFT);
        }
    }

    #[inline(always)]
    fn row<const N: usize>(&self, agent: usize) -> &[L; N] {
        self.cells.row(agent)
    }

    #[inline(always)]
    fn solve<const N: usize>(&mut self, start: Start) -> Result<(), Shortage> {
        if start == Start::Warm {
            self.unsettle::<N>();
            if self.free.len() * FRESH > self.agents {
                self.empty();
            }
        }
        // First everyone whose cheapest place is free: one scan each.
        self.later.clear();
        for at in 0..self.free.len() {
            let agent = self.free[at];
            if !self.take::<N>(agent) {
                self.later.push(agent);
            }
        }
        for at in 0..self.later.len() {
            if !self.insert::<N>(self.later[at]) {
                return Err(Shortage);
            }
        }
        while self.shaken != 0 {
            let column = self.shaken.trailing_zeros() as usize;
            self.shaken &= self.shaken - 1;
            while self.room[column] > 0 && self.price.0[column] < L::default() {
                if self.agents <= WIDEST {
                    self.draw_turned(column);
                } else {
                    self.draw::<N>(column);
                }
            }
        }
        Ok(())
    }

    /// Frees whoever is not at a cheapest option any more.
    #[inline(always)]
    fn unsettle<const N: usize>(&mut self) {
        self.free.clear();
        let nought = L::default();
        for agent in 0..self.agents {
            self.pay(agent);
            let least = self.cheapest::<N>(agent).bare();
            let least = if self.out[agent] && nought < least { nought } else { least };
            let away = if self.seat[agent] == NONE {
                !self.out[agent] || least < nought
            } else {
                least < self.held(agent) || least >= L::FAR
            };
            if away {
                let agent = u32::try_from(agent).expect("fewer than 2^32 agents");
                let column = self.seat[agent as usize];
                if column != NONE {
                    self.leave(agent, column as usize);
                    self.shaken |= 1 << column;
                }
                self.free.push(agent);
            }
        }
    }

    #[inline(always)]
    fn cheapest<const N: usize>(&mut self, agent: usize) -> L {
        self.effort.arcs += N as u64;
        let (row, price) = (self.row::<N>(agent), &self.price.0);
        let mut least = L::CLOSED;
        for j in 0..N {
            least = least.min(row[j] - price[j]);
        }
        least
    }

    /// Seats an agent whose cheapest option is free, if it is.
    #[inline(always)]
    fn take<const N: usize>(&mut self, agent: u32) -> bool {
        let least = self.cheapest::<N>(agent as usize);
        if self.out[agent as usize] && L::default() <= least.bare() {
            return true;
        }
        let free = least < L::FAR && self.room[least.column()] > 0;
        if free {
            self.join(agent, least.column());
        }
        free
    }
}
