//! Who sits where and what it costs, an optimum to come back to, and what has changed since.

use crate::kernel::problem::{NONE, Network};
use crate::kernel::transport::plane::lane::Lane;
use crate::kernel::transport::plane::{Lanes, Plane, WIDEST};

/// An optimum of a table, to come back to.
#[derive(Debug, Clone)]
pub(in crate::kernel::transport) struct Mark<L> {
    price: Lanes<L, WIDEST>,
    room: [u32; WIDEST],
    capacity: [u32; WIDEST],
    head: [u32; WIDEST],
    seat: Vec<u32>,
    next: Vec<u32>,
    paid: Vec<L>,
}

impl<L: Lane> Plane<L> {
    /// Notes the optimum as it stands.
    pub(in crate::kernel::transport) fn mark(&self) -> Mark<L> {
        let Self { price, room, capacity, head, .. } = *self;
        let (seat, next, paid) = (self.seat.clone(), self.next.clone(), self.paid.clone());
        Mark { price, room, capacity, head, seat, next, paid }
    }

    /// Goes back to an optimum; the costs that it belonged to may have changed.
    pub(in crate::kernel::transport) fn go_back(&mut self, mark: &Mark<L>) {
        (self.price, self.room, self.capacity, self.head) = (mark.price, mark.room, mark.capacity, mark.head);
        self.seat.clone_from(&mark.seat);
        self.next.clone_from(&mark.next);
        self.paid.clone_from(&mark.paid);
    }

    /// Takes over the optimum of another for the same network, whose table differs in the rows of these agents.
    pub(in crate::kernel::transport) fn take_over(&mut self, other: &Self, revised: &[u32], gone: &[u32]) {
        self.layout.take_over(&other.layout);
        let lanes = self.layout.lanes;
        for agent in revised.iter().chain(gone).map(|&agent| agent as usize) {
            self.cells.row_mut(agent, lanes).copy_from_slice(other.cells.row_of(agent, lanes));
        }
        if self.is_turned {
            // Of those who are gone, nothing was written there.
            revised.iter().for_each(|&agent| self.turn(agent as usize));
            self.gone = 0;
        }
        self.price = other.price;
        self.room = other.room;
        self.capacity = other.capacity;
        self.head = other.head;
        self.seat.clone_from(&other.seat);
        self.next.clone_from(&other.next);
        self.out.clone_from(&other.out);
        self.paid.clone_from(&other.paid);
    }

    /// Begins a solve in which only named agents and columns change.
    pub(in crate::kernel::transport) fn begin(&mut self) {
        self.free.clear();
        self.shaken = 0;
    }

    /// Makes an agent free.
    pub(in crate::kernel::transport) fn release(&mut self, agent: u32) {
        let column = self.seat[agent as usize];
        if column != NONE {
            self.leave(agent, column as usize);
            self.shaken |= 1 << column;
        }
        if !self.free.contains(&agent) {
            self.free.push(agent);
        }
    }

    pub(super) fn follow_capacities(&mut self, network: &Network) {
        for (column, &capacity) in network.capacity.iter().enumerate() {
            if self.capacity[column] != capacity {
                self.follow_capacity(column, capacity);
            }
        }
    }

    /// Takes over the capacity of a column; whoever has no seat any more becomes free.
    pub(in crate::kernel::transport) fn follow_capacity(&mut self, column: usize, capacity: u32) {
        let held = self.capacity[column] - self.room[column];
        for _ in capacity..held.max(capacity) {
            self.release(self.head[column]);
        }
        self.room[column] = capacity - held.min(capacity);
        self.capacity[column] = capacity;
        self.shaken |= 1 << column;
    }

    /// Cost of an agent's place; nought outside.
    #[inline(always)]
    pub(super) fn held(&self, agent: usize) -> L {
        match self.seat[agent] {
            NONE => L::default(),
            column => self.paid[agent] - self.price.0[column as usize & (WIDEST - 1)],
        }
    }

    /// Looks up what an agent's seat costs it.
    #[inline(always)]
    pub(super) fn pay(&mut self, agent: usize) {
        let seat = self.seat[agent];
        if seat != NONE {
            self.paid[agent] = self.cells.cell(agent * self.layout.lanes + seat as usize).bare();
        }
    }

    #[inline(always)]
    pub(super) fn join(&mut self, agent: u32, column: usize) {
        self.seat[agent as usize] = u32::try_from(column).expect("at most 64 columns");
        self.pay(agent as usize);
        self.next[agent as usize] = self.head[column];
        self.head[column] = agent;
        self.room[column] = self.room[column].wrapping_sub(1);
    }

    #[inline(always)]
    pub(super) fn leave(&mut self, agent: u32, column: usize) {
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
