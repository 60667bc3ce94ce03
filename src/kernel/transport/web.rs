//! The sparse way: agents with lists of arcs, for any number of columns.
//!
//! Agents and columns are laid out anew, so that agents who share columns are neighbours: a search then stays in the cache.
//! What a search touches of a column stands together in half a cache line, a search ends at the first free end that
//! nothing can beat, and only what it touched is put back.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::kernel::domain::Domain;
use crate::kernel::problem::{NONE, Network};
use crate::kernel::transport::width::Width;
use crate::kernel::transport::{Changes, Effort, Shortage};

mod layout;
mod reverse;
mod vary;

use layout::Layout;

/// Of a hundred agents, those that may be away from their cheapest option before a fresh start is faster: of few, and of many.
const FRESH: (usize, usize) = (33, 90);

/// So many agents are many.
const MANY: usize = 256;

/// A column as a search sees it.
#[derive(Debug, Clone, Copy)]
struct Column<T> {
    price: T,
    /// Distance in the present search; `FAR` outside one.
    distance: T,
    /// The arc by which the search came.
    arc: u32,
    /// The agent of that arc.
    agent: u32,
    room: u32,
    /// First agent in the column.
    head: u32,
}

/// An assignment over arcs, its prices, and the buffers of a search.
#[derive(Debug, Clone, Default)]
pub(super) struct Web<T> {
    layout: Layout,
    cost: Vec<T>,
    out: Vec<bool>,
    capacity: Vec<u32>,
    columns: Vec<Column<T>>,
    /// The arc that each agent holds, as laid out; `choice` is the same in the network's own numbers.
    held: Vec<u32>,
    pub(super) choice: Vec<u32>,
    /// Agents whose choice is to be written.
    moved: Vec<u32>,
    /// The next agent in the same column, and the one before.
    next: Vec<u32>,
    before: Vec<u32>,
    touched: Vec<u32>,
    done: Vec<u32>,
    /// Columns at the present distance.
    ready: Vec<u32>,
    heap: BinaryHeap<Reverse<(T, u32)>>,
    free: Vec<u32>,
    /// Columns whose price may be below nought with room left.
    shaken: Vec<u32>,
    /// Arcs by column, where a search from a column was needed.
    incoming: reverse::Incoming,
    lowest: T,
    pub(super) effort: Effort,
}

/// Where a path ends.
#[derive(Clone, Copy)]
enum End {
    Nowhere,
    Room(u32),
    Out(u32),
}

impl<T: Width> Web<T> {
    pub(super) fn price(&self, column: usize) -> T {
        self.columns[self.layout.place[column] as usize].price
    }

    /// Bytes in use.
    pub(super) fn bytes(&self) -> usize {
        let numbers = [&self.capacity, &self.held, &self.choice, &self.moved, &self.next, &self.before];
        let more = [&self.touched, &self.done, &self.ready, &self.free, &self.shaken];
        let numbers: usize = numbers.into_iter().chain(more).map(Vec::capacity).sum();
        numbers * size_of::<u32>()
            + self.cost.capacity() * size_of::<T>()
            + self.out.capacity()
            + self.columns.capacity() * size_of::<Column<T>>()
            + self.heap.capacity() * size_of::<Reverse<(T, u32)>>()
            + self.layout.bytes()
            + self.incoming.bytes()
    }

    /// Solves afresh.
    pub(super) fn solve(&mut self, network: &Network, domain: &Domain, cost: &[T]) -> Result<(), Shortage> {
        self.layout.lay_out(network);
        self.incoming.clear();
        self.load(network, domain, cost);
        self.fresh(network)
    }

    fn fresh(&mut self, network: &Network) -> Result<(), Shortage> {
        let agents = network.agents();
        self.capacity.clear();
        self.capacity.extend(self.layout.columns.iter().map(|&column| network.capacity[column as usize]));
        self.columns.clear();
        let column =
            |&room: &u32| Column { price: T::default(), distance: T::FAR, arc: NONE, agent: NONE, room, head: NONE };
        self.columns.extend(self.capacity.iter().map(column));
        for buffer in [&mut self.choice, &mut self.held, &mut self.next, &mut self.before] {
            buffer.clear();
            buffer.resize(agents, NONE);
        }
        self.lowest = T::default();
        self.shaken.clear();
        self.moved.clear();
        self.free.clear();
        self.free.extend(0..u32::try_from(agents).expect("fewer than 2^32 agents"));
        self.place()
    }

    /// Copies costs; what is closed costs [`Width::CLOSED`].
    fn load(&mut self, network: &Network, domain: &Domain, cost: &[T]) {
        self.cost.clear();
        for &agent in &self.layout.agents {
            let range = network.arcs_of(agent as usize);
            self.cost.extend(range.map(|arc| if domain.arc(arc) { cost[arc] } else { T::CLOSED }));
        }
        self.out.clear();
        self.out.extend(self.layout.agents.iter().map(|&agent| domain.out(agent as usize)));
    }

    /// Solves again where any cost and any option may have changed, and the network has not.
    pub(super) fn reconsider(&mut self, network: &Network, domain: &Domain, cost: &[T]) -> Result<(), Shortage> {
        self.load(network, domain, cost);
        self.free.clear();
        for agent in 0..network.agents() {
            let mut least = if self.out[agent] { T::default() } else { T::FAR };
            for arc in self.layout.arcs_of(agent) {
                least = least.min(self.reduced(arc));
            }
            let held = match self.held[agent] {
                NONE if self.out[agent] => T::default(),
                NONE => T::CLOSED,
                arc => self.reduced(arc as usize),
            };
            if held > least || held >= T::FAR {
                self.free.push(u32::try_from(agent).expect("fewer than 2^32 agents"));
            }
        }
        self.effort.arcs += network.arcs() as u64;
        let most = if network.agents() < MANY { FRESH.0 } else { FRESH.1 };
        if self.free.len() * 100 > most * network.agents() {
            return self.fresh(network);
        }
        self.shaken.clear();
        for at in 0..self.free.len() {
            self.release(self.free[at]);
        }
        for column in 0..network.columns() {
            self.follow_capacity(column, network.capacity[self.layout.columns[column] as usize]);
        }
        self.place()
    }

    fn reduced(&self, arc: usize) -> T {
        self.cost[arc] - self.columns[self.layout.column[arc] as usize].price
    }

    /// Solves again where only what is named has changed.
    pub(super) fn resolve(
        &mut self,
        network: &Network,
        domain: &Domain,
        cost: &[T],
        changes: &Changes<'_>,
    ) -> Result<(), Shortage> {
        self.shaken.clear();
        self.free.clear();
        for &changed in changes.agents {
            let agent = self.layout.rank[changed as usize];
            for (to, arc) in self.layout.arcs_of(agent as usize).zip(network.arcs_of(changed as usize)) {
                self.cost[to] = if domain.arc(arc) { cost[arc] } else { T::CLOSED };
            }
            self.out[agent as usize] = domain.out(changed as usize);
            self.release(agent);
            self.free.push(agent);
        }
        for &column in changes.columns {
            self.follow_capacity(self.layout.place[column as usize] as usize, network.capacity[column as usize]);
        }
        self.free.sort_unstable();
        self.free.dedup();
        self.place()
    }

    fn release(&mut self, agent: u32) {
        let arc = self.held[agent as usize];
        if arc != NONE {
            let column = self.layout.column[arc as usize];
            self.leave(agent, column);
            self.shaken.push(column);
        }
    }

    /// Takes over the capacity of a column; whoever has no seat any more becomes free.
    fn follow_capacity(&mut self, column: usize, new: u32) {
        let old = std::mem::replace(&mut self.capacity[column], new);
        if old == new {
            return;
        }
        let at = u32::try_from(column).expect("fewer than 2^32 columns");
        let held = old - self.columns[column].room;
        for _ in new..held.max(new) {
            let agent = self.columns[column].head;
            self.leave(agent, at);
            self.free.push(agent);
        }
        self.columns[column].room = new - held.min(new);
        self.shaken.push(at);
    }

    /// Inserts the free agents, then fills or frees of charge the columns that were left.
    fn place(&mut self) -> Result<(), Shortage> {
        let free = std::mem::take(&mut self.free);
        let short = free.iter().any(|&agent| !self.insert(agent));
        self.free = free;
        if short {
            self.price_shortage();
        } else {
            self.settle();
        }
        for agent in self.moved.drain(..) {
            let arc = self.held[agent as usize];
            self.choice[self.layout.agents[agent as usize] as usize] = self.layout.outer(agent as usize, arc);
        }
        if short { Err(Shortage) } else { Ok(()) }
    }

    /// Whether prices are so low that another warm start might not fit.
    pub(super) fn is_deep(&self) -> bool {
        self.lowest.into() <= -T::HALF / 2
    }

    /// Multiplies every price by a fraction, rounding towards nought.
    pub(super) fn rescale(&mut self, by: i128, of: i128) {
        self.lowest = T::default();
        for column in &mut self.columns {
            let price = column.price.into().checked_mul(by).map_or(0, |price| price / of);
            column.price = T::of(price).filter(|&price| price.into() > -T::HALF / 2).unwrap_or_default();
            self.lowest = self.lowest.min(column.price);
        }
    }

    fn price_shortage(&mut self) {
        for column in &mut self.columns {
            column.price = T::default();
        }
        for &column in &self.done {
            self.columns[column as usize].price = T::from(-1);
        }
    }

    /// The shortest path from a free agent to room or to someone who stays out; false where there is none.
    fn insert(&mut self, start: u32) -> bool {
        self.done.clear();
        let mut best = if self.out[start as usize] { (T::default(), End::Out(start)) } else { (T::FAR, End::Nowhere) };
        // Below every distance: the first row has nothing ready.
        self.scan(start, T::default(), T::FAR, &mut best);
        loop {
            let (column, now) = match self.ready.pop() {
                Some(column) => (column, self.columns[column as usize].distance),
                None => match self.heap.pop() {
                    Some(Reverse((now, _))) if now >= best.0 => break,
                    Some(Reverse((now, column))) if now == self.columns[column as usize].distance => (column, now),
                    Some(_) => continue,
                    None => break,
                },
            };
            if now >= best.0 {
                break;
            }
            self.done.push(column);
            let Column { price, head, .. } = self.columns[column as usize];
            let mut holder = head;
            while holder != NONE {
                let base = now - (self.cost[self.held[holder as usize] as usize] - price);
                if self.out[holder as usize] && base < best.0 {
                    best = (base, End::Out(holder));
                }
                self.scan(holder, base, now, &mut best);
                holder = self.next[holder as usize];
            }
        }
        self.ready.clear();
        self.heap.clear();
        let (total, end) = best;
        if let End::Nowhere = end {
            self.forget();
            return false;
        }
        for &column in &self.done {
            let column = &mut self.columns[column as usize];
            column.price += column.distance - total;
            self.lowest = self.lowest.min(column.price);
        }
        self.augment(start, end);
        self.forget();
        true
    }

    fn forget(&mut self) {
        for &column in &self.touched {
            self.columns[column as usize].distance = T::FAR;
        }
        self.touched.clear();
    }

    #[inline]
    fn scan(&mut self, agent: u32, base: T, now: T, best: &mut (T, End)) {
        let range = self.layout.arcs_of(agent as usize);
        self.effort.arcs += range.len() as u64;
        let first = self.layout.first[agent as usize];
        let arcs = self.layout.column[range.clone()].iter().zip(&self.cost[range]);
        let columns = self.columns.as_mut_slice();
        let mut limit = best.0;
        for (arc, (&at, &cost)) in (first..).zip(arcs) {
            let column = &mut columns[at as usize];
            let distance = base + cost - column.price;
            if distance >= limit || distance >= column.distance {
                continue;
            }
            if column.distance == T::FAR {
                self.touched.push(at);
            }
            column.distance = distance;
            column.arc = arc;
            column.agent = agent;
            if column.room > 0 {
                limit = distance;
                best.1 = End::Room(at);
            } else if distance == now {
                self.ready.push(at);
            } else {
                self.heap.push(Reverse((distance, at)));
            }
        }
        best.0 = limit;
    }

    fn augment(&mut self, start: u32, end: End) {
        self.effort.augmentations += 1;
        let mut column = match end {
            End::Nowhere => return,
            End::Room(column) => column,
            End::Out(agent) if agent == start => return,
            End::Out(agent) => {
                let column = self.layout.column[self.held[agent as usize] as usize];
                self.leave(agent, column);
                column
            }
        };
        loop {
            let Column { agent, arc, .. } = self.columns[column as usize];
            let old = self.held[agent as usize];
            if old == NONE {
                self.join(agent, column, arc);
                return;
            }
            let from = self.layout.column[old as usize];
            self.leave(agent, from);
            self.join(agent, column, arc);
            column = from;
        }
    }

    fn join(&mut self, agent: u32, column: u32, arc: u32) {
        let here = &mut self.columns[column as usize];
        let head = here.head;
        here.head = agent;
        here.room = here.room.wrapping_sub(1);
        self.held[agent as usize] = arc;
        self.moved.push(agent);
        self.next[agent as usize] = head;
        self.before[agent as usize] = NONE;
        if head != NONE {
            self.before[head as usize] = agent;
        }
    }

    fn leave(&mut self, agent: u32, column: u32) {
        self.held[agent as usize] = NONE;
        self.moved.push(agent);
        let (before, next) = (self.before[agent as usize], self.next[agent as usize]);
        let here = &mut self.columns[column as usize];
        here.room = here.room.wrapping_add(1);
        if before == NONE {
            here.head = next;
        } else {
            self.next[before as usize] = next;
        }
        if next != NONE {
            self.before[next as usize] = before;
        }
    }
}
