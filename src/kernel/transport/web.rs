//! The sparse way: agents with lists of arcs, for any number of columns.
//!
//! What a search touches of a column stands together in half a cache line, a search ends at the first free end that
//! nothing can beat, and only what it touched is put back.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::kernel::domain::Domain;
use crate::kernel::problem::{NONE, Network};
use crate::kernel::transport::width::Width;
use crate::kernel::transport::{Changes, Effort, Shortage};

mod displace;
mod reverse;

/// From this many agents on, rows displace one another first; below it that costs more than it saves.
const DISPLACE_FROM: usize = 400;

/// Part of the agents (one in so many) that may be away from their cheapest option before a fresh start is faster.
const FRESH: usize = 3;

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
    cost: Vec<T>,
    out: Vec<bool>,
    capacity: Vec<u32>,
    columns: Vec<Column<T>>,
    pub(super) choice: Vec<u32>,
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
        self.columns[column].price
    }

    /// Solves afresh.
    pub(super) fn solve(&mut self, network: &Network, domain: &Domain, cost: &[T]) -> Result<(), Shortage> {
        self.load(network, domain, cost);
        self.incoming.clear();
        self.fresh(network)
    }

    fn fresh(&mut self, network: &Network) -> Result<(), Shortage> {
        let agents = network.agents();
        self.columns.clear();
        let column = |&room: &u32| Column {
            price: T::default(),
            distance: T::FAR,
            arc: NONE,
            agent: NONE,
            room,
            head: NONE,
        };
        self.columns.extend(network.capacity.iter().map(column));
        self.capacity.clone_from(&network.capacity);
        for buffer in [&mut self.choice, &mut self.next, &mut self.before] {
            buffer.clear();
            buffer.resize(agents, NONE);
        }
        self.lowest = T::default();
        self.touched.clear();
        self.shaken.clear();
        self.free.clear();
        self.free.extend(0..u32::try_from(agents).expect("fewer than 2^32 agents"));
        if agents >= DISPLACE_FROM {
            self.displace(network);
        }
        self.place(network)
    }

    /// Copies costs; what is closed costs [`Width::CLOSED`].
    fn load(&mut self, network: &Network, domain: &Domain, cost: &[T]) {
        self.cost.clear();
        self.cost.extend(cost.iter().enumerate().map(|(arc, &c)| if domain.arc(arc) { c } else { T::CLOSED }));
        self.out.clear();
        self.out.extend((0..network.agents()).map(|agent| domain.out(agent)));
    }

    /// Solves again where any cost and any option may have changed, and the network has not.
    pub(super) fn reconsider(&mut self, network: &Network, domain: &Domain, cost: &[T]) -> Result<(), Shortage> {
        self.load(network, domain, cost);
        self.free.clear();
        for agent in 0..network.agents() {
            let present = self.choice[agent];
            let mut least = if self.out[agent] { T::default() } else { T::FAR };
            for arc in network.arcs_of(agent) {
                least = least.min(self.cost[arc] - self.columns[network.column[arc] as usize].price);
            }
            let held = match present {
                NONE if self.out[agent] => T::default(),
                NONE => T::CLOSED,
                arc => self.cost[arc as usize] - self.columns[network.column[arc as usize] as usize].price,
            };
            if held > least || held >= T::FAR {
                self.free.push(u32::try_from(agent).expect("fewer than 2^32 agents"));
            }
        }
        self.effort.arcs += network.arcs() as u64;
        if self.free.len() * FRESH > network.agents() {
            return self.fresh(network);
        }
        self.shaken.clear();
        for at in 0..self.free.len() {
            self.release(network, self.free[at]);
        }
        self.follow_capacities(network, None);
        self.place(network)
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
        for &agent in changes.agents {
            for arc in network.arcs_of(agent as usize) {
                self.cost[arc] = if domain.arc(arc) { cost[arc] } else { T::CLOSED };
            }
            self.out[agent as usize] = domain.out(agent as usize);
            self.release(network, agent);
            self.free.push(agent);
        }
        self.follow_capacities(network, Some(changes.columns));
        self.free.sort_unstable();
        self.free.dedup();
        self.place(network)
    }

    fn release(&mut self, network: &Network, agent: u32) {
        let arc = self.choice[agent as usize];
        if arc != NONE {
            let column = network.column[arc as usize];
            self.leave(agent, column);
            self.choice[agent as usize] = NONE;
            self.shaken.push(column);
        }
    }

    /// Takes over new capacities, of these columns or of all; whoever has no seat any more becomes free.
    fn follow_capacities(&mut self, network: &Network, named: Option<&[u32]>) {
        match named {
            Some(columns) => columns.iter().for_each(|&column| self.follow_capacity(network, column)),
            None if self.capacity != network.capacity => {
                let columns = u32::try_from(network.columns()).expect("fewer than 2^32 columns");
                (0..columns).for_each(|column| self.follow_capacity(network, column));
            }
            None => {}
        }
    }

    fn follow_capacity(&mut self, network: &Network, column: u32) {
        let j = column as usize;
        let (old, new) = (self.capacity[j], network.capacity[j]);
        let held = old - self.columns[j].room;
        for _ in new..held.max(new) {
            let agent = self.columns[j].head;
            self.leave(agent, column);
            self.choice[agent as usize] = NONE;
            self.free.push(agent);
        }
        self.capacity[j] = new;
        self.columns[j].room = new - held.min(new);
        self.shaken.push(column);
    }

    /// Inserts the free agents, then fills or frees of charge the columns that were left.
    fn place(&mut self, network: &Network) -> Result<(), Shortage> {
        let free = std::mem::take(&mut self.free);
        let short = free.iter().any(|&agent| !self.insert(network, agent));
        self.free = free;
        if short {
            self.price_shortage();
            return Err(Shortage);
        }
        self.settle(network);
        Ok(())
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
    fn insert(&mut self, network: &Network, start: u32) -> bool {
        self.done.clear();
        let mut best = if self.out[start as usize] { (T::default(), End::Out(start)) } else { (T::FAR, End::Nowhere) };
        // Below every distance: the first row has nothing ready.
        self.scan(network, start, T::default(), T::FAR, &mut best);
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
                let base = now - (self.cost[self.choice[holder as usize] as usize] - price);
                if self.out[holder as usize] && base < best.0 {
                    best = (base, End::Out(holder));
                }
                self.scan(network, holder, base, now, &mut best);
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
        self.augment(network, start, end);
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
    fn scan(&mut self, network: &Network, agent: u32, base: T, now: T, best: &mut (T, End)) {
        let range = network.arcs_of(agent as usize);
        self.effort.arcs += range.len() as u64;
        let first = network.first[agent as usize];
        let arcs = network.column[range.clone()].iter().zip(&self.cost[range]);
        for (arc, (&at, &cost)) in (first..).zip(arcs) {
            let column = &mut self.columns[at as usize];
            let distance = base + cost - column.price;
            if distance >= best.0 || distance >= column.distance {
                continue;
            }
            if column.distance == T::FAR {
                self.touched.push(at);
            }
            column.distance = distance;
            column.arc = arc;
            column.agent = agent;
            if column.room > 0 {
                *best = (distance, End::Room(at));
            } else if distance == now {
                self.ready.push(at);
            } else {
                self.heap.push(Reverse((distance, at)));
            }
        }
    }

    fn augment(&mut self, network: &Network, start: u32, end: End) {
        self.effort.augmentations += 1;
        let mut column = match end {
            End::Nowhere => return,
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
            let Column { agent, arc, .. } = self.columns[column as usize];
            let old = self.choice[agent as usize];
            if old == NONE {
                self.join(agent, column, arc);
                return;
            }
            let from = network.column[old as usize];
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
        self.choice[agent as usize] = arc;
        self.next[agent as usize] = head;
        self.before[agent as usize] = NONE;
        if head != NONE {
            self.before[head as usize] = agent;
        }
    }

    fn leave(&mut self, agent: u32, column: u32) {
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
