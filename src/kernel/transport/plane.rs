//! The dense way: at most 64 columns, a row of the table scanned as a few vectors.
//!
//! A cell is `cost · 64 + column`, so that the least cell also says where it stands: a search needs one minimum and no
//! index. The same code runs on whatever vectors the machine has (`pulp` picks them at run time) and on none; as it is
//! all whole numbers the results are the same.

mod lane;
mod paths;

use pulp::{Arch, Simd, WithSimd};

use crate::kernel::problem::{NONE, Network};
use crate::kernel::transport::{Effort, Shortage};

pub(super) use crate::kernel::transport::plane::lane::Lane;
use crate::kernel::transport::plane::lane::SHIFT;

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
    lanes: usize,
    /// The cells, row after row, from `start` on.
    cells: Vec<L>,
    start: usize,
    price: Lanes<L, WIDEST>,
    room: [u32; WIDEST],
    capacity: [u32; WIDEST],
    /// First agent in each column.
    head: [u32; WIDEST],
    /// The column of each agent, or `NONE`.
    pub(super) seat: Vec<u32>,
    next: Vec<u32>,
    out: Vec<bool>,
    free: Vec<u32>,
    later: Vec<u32>,
    shaken: u64,
    /// One lane marked in the middle of many: a window on it marks any column.
    mark: [[L; 2 * WIDEST]; 2],
    /// Whether several arcs of one agent may lead to one column.
    pub(super) doubled: bool,
    pub(super) effort: Effort,
}

impl<L: Lane> Default for Plane<L> {
    fn default() -> Self {
        let mut mark = [[L::GONE; 2 * WIDEST], [L::CLOSED; 2 * WIDEST]];
        mark[0][WIDEST] = L::CLOSED;
        mark[1][WIDEST] = L::GONE;
        Self {
            agents: 0,
            lanes: 0,
            cells: Vec::new(),
            start: 0,
            price: Lanes([L::default(); WIDEST]),
            room: [0; WIDEST],
            capacity: [0; WIDEST],
            head: [NONE; WIDEST],
            seat: Vec::new(),
            next: Vec::new(),
            out: Vec::new(),
            free: Vec::new(),
            later: Vec::new(),
            shaken: 0,
            mark,
            doubled: false,
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
        match self.plane.lanes {
            16 => self.plane.solve::<16>(self.start),
            32 => self.plane.solve::<32>(self.start),
            48 => self.plane.solve::<48>(self.start),
            _ => self.plane.solve::<WIDEST>(self.start),
        }
    }
}

impl<L: Lane> Plane<L> {
    /// Whether every sum fits where no cost is above `most` (see `Width::fits`).
    pub(super) fn fits(agents: usize, columns: usize, most: i64) -> bool {
        let steps = i64::try_from(agents.min(columns) + 2).unwrap_or(i64::MAX);
        steps.saturating_mul(4).saturating_mul(most) < L::HALF
    }

    /// An empty table for a network.
    pub(super) fn lay_out(&mut self, network: &Network) {
        self.agents = network.agents();
        self.lanes = network.columns().next_multiple_of(16).max(16);
        self.cells.clear();
        self.cells.resize(self.agents * self.lanes + 64, L::CLOSED);
        self.start = self.cells.as_ptr().align_offset(64).min(64);
        self.out.clear();
        self.out.resize(self.agents, false);
        self.doubled = false;
    }

    /// Closes the whole row of an agent.
    pub(super) fn close(&mut self, agent: usize) {
        let at = self.start + agent * self.lanes;
        self.cells[at..at + self.lanes].fill(L::CLOSED);
    }

    /// Open arcs `(column, cost)`; of several to one column the cheapest counts.
    #[inline]
    pub(super) fn set(&mut self, agent: usize, arcs: impl Iterator<Item = (u32, i64)> + Clone) {
        let at = self.start + agent * self.lanes;
        let row = &mut self.cells[at..at + self.lanes];
        let cell = |column: u32, cost: i64| L::lane((cost << SHIFT) + i64::from(column));
        let (mut next, mut ascending) = (0, true);
        for (column, cost) in arcs.clone() {
            row[column as usize] = cell(column, cost);
            ascending &= column >= next;
            next = column + 1;
        }
        if !ascending {
            self.doubled = true;
            row.fill(L::CLOSED);
            for (column, cost) in arcs {
                row[column as usize] = row[column as usize].min(cell(column, cost));
            }
        }
    }

    pub(super) fn set_out(&mut self, agent: usize, out: bool) {
        self.out[agent] = out;
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
        self.free.clear();
        self.free.extend(0..u32::try_from(self.agents).expect("fewer than 2^32 agents"));
        self.shaken = 0;
    }

    /// Begins a solve in which only named agents and columns change.
    pub(super) fn begin(&mut self) {
        self.free.clear();
        self.shaken = 0;
    }

    /// Makes an agent free.
    pub(super) fn release(&mut self, agent: u32) {
        let column = self.seat[agent as usize];
        if column != NONE {
            self.leave(agent, column as usize);
            self.shaken |= 1 << column;
        }
        if !self.free.contains(&agent) {
            self.free.push(agent);
        }
    }

    fn follow_capacities(&mut self, network: &Network) {
        for (column, &capacity) in network.capacity.iter().enumerate() {
            if self.capacity[column] != capacity {
                self.follow_capacity(column, capacity);
            }
        }
    }

    /// Takes over the capacity of a column; whoever has no seat any more becomes free.
    pub(super) fn follow_capacity(&mut self, column: usize, capacity: u32) {
        let held = self.capacity[column] - self.room[column];
        for _ in capacity..held.max(capacity) {
            self.release(self.head[column]);
        }
        self.room[column] = capacity - held.min(capacity);
        self.capacity[column] = capacity;
        self.shaken |= 1 << column;
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
        let at = self.start + agent * N;
        self.cells[at..at + N].try_into().expect("a row has N cells")
    }

    /// Cost of an agent's place; nought outside.
    #[inline(always)]
    fn held<const N: usize>(&self, agent: usize) -> L {
        match self.seat[agent] {
            NONE => L::default(),
            column => (self.row::<N>(agent)[column as usize] - self.price.0[column as usize]).bare(),
        }
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
                self.draw::<N>(column);
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
            let least = self.cheapest::<N>(agent).bare();
            let least = if self.out[agent] && nought < least { nought } else { least };
            let away = if self.seat[agent] == NONE {
                !self.out[agent] || least < nought
            } else {
                least < self.held::<N>(agent) || least >= L::FAR
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

    #[inline(always)]
    fn join(&mut self, agent: u32, column: usize) {
        self.seat[agent as usize] = u32::try_from(column).expect("at most 64 columns");
        self.next[agent as usize] = self.head[column];
        self.head[column] = agent;
        self.room[column] = self.room[column].wrapping_sub(1);
    }

    #[inline(always)]
    fn leave(&mut self, agent: u32, column: usize) {
        self.seat[agent as usize] = NONE;
        self.room[column] = self.room[column].wrapping_add(1);
        if self.head[column] == agent {
            self.head[column] = self.next[agent as usize];
            return;
        }
        let mut before = self.head[column];
        while self.next[before as usize] != agent {
            before = self.next[before as usize];
        }
        self.next[before as usize] = self.next[agent as usize];
    }
}
