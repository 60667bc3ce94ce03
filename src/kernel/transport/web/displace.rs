//! Before any search: agents take their cheapest column and bid its price down to their second choice.
//!
//! Augmenting row reduction (Jonker & Volgenant 1987), an auction without increments: whoever is displaced bids in turn.
//! Every agent that sits holds an option that is cheapest for it, so what is left over goes to the searches as it stands.

use crate::kernel::problem::{NONE, Network};
use crate::kernel::transport::web::Web;
use crate::kernel::transport::width::Width;

/// Sweeps over the agents that are still free.
const PASSES: usize = 4;

/// Bids in a sweep for each agent that was free at its beginning; two who outbid each other by pennies end here.
const BIDS: usize = 16;

impl<T: Width> Web<T> {
    /// Seats most of the free agents; those left stay free.
    pub(super) fn displace(&mut self, network: &Network) {
        for _ in 0..PASSES {
            let mut waiting = std::mem::take(&mut self.free);
            let mut bids = waiting.len() * BIDS;
            let mut at = 0;
            while at < waiting.len() {
                match self.bid(network, waiting[at]) {
                    Bid::Done => at += 1,
                    Bid::Again(agent) if bids > 0 => {
                        bids -= 1;
                        waiting[at] = agent;
                    }
                    Bid::Again(agent) | Bid::Later(agent) => {
                        self.free.push(agent);
                        at += 1;
                    }
                }
            }
            if self.free.is_empty() {
                break;
            }
        }
    }

    fn bid(&mut self, network: &Network, agent: u32) -> Bid {
        let nought = T::default();
        let (mut first, mut second) = ((T::FAR, NONE), (T::FAR, NONE));
        let range = network.arcs_of(agent as usize);
        self.effort.arcs += range.len() as u64;
        let arcs = network.column[range.clone()].iter().zip(&self.cost[range]);
        for (arc, (&column, &cost)) in (network.first[agent as usize]..).zip(arcs) {
            let reduced = cost - self.columns[column as usize].price;
            if reduced < second.0 {
                if reduced < first.0 {
                    (second, first) = (first, (reduced, arc));
                } else {
                    second = (reduced, arc);
                }
            }
        }
        if self.out[agent as usize] {
            if nought <= first.0 {
                return Bid::Done;
            }
            if nought <= second.0 {
                second = (nought, NONE);
            }
        }
        if first.0 >= T::FAR {
            return Bid::Later(agent);
        }
        let outbids = first.0 < second.0 && second.0 < T::FAR;
        let room = |arc: u32| self.columns[network.column[arc as usize] as usize].room;
        let arc = if outbids || room(first.1) > 0 || second.1 == NONE { first.1 } else { second.1 };
        let column = network.column[arc as usize];
        let j = column as usize;
        if self.capacity[j] != 1 || second.0 >= T::FAR {
            if self.columns[j].room == 0 {
                return Bid::Later(agent);
            }
            self.join(agent, column, arc);
            return Bid::Done;
        }
        let holder = self.columns[j].head;
        if holder != NONE {
            self.leave(holder, column);
            self.choice[holder as usize] = NONE;
        }
        if outbids {
            self.columns[j].price += first.0 - second.0;
            self.lowest = self.lowest.min(self.columns[j].price);
        }
        self.join(agent, column, arc);
        match holder {
            NONE => Bid::Done,
            _ if outbids => Bid::Again(holder),
            _ => Bid::Later(holder),
        }
    }
}

enum Bid {
    /// Seated, or stays out.
    Done,
    /// Somebody was displaced and bids next.
    Again(u32),
    /// This agent is free and waits for the next sweep.
    Later(u32),
}
