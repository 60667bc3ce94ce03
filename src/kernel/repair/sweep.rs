//! Sweeps over all agents: each makes the change that lowers the excess most, until nothing is exceeded or nobody moves.

use crate::kernel::domain::{Domain, choices};
use crate::kernel::problem::{NONE, Network};
use crate::kernel::repair::Depth;
use crate::kernel::repair::tally::Tally;
use crate::kernel::{CHANGE_WORK, LONG_REPAIR_ROUNDS, REPAIR_ROUNDS};

/// A change: these agents take these options.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Change {
    pub(super) moves: [(u32, u32); 2],
    pub(super) count: usize,
}

/// Who is in each column, and which columns have room.
#[derive(Debug, Clone, Default)]
pub(super) struct Floor {
    held: Vec<Vec<u32>>,
    room: Vec<bool>,
}

impl Floor {
    pub(super) fn enter_all(&mut self, network: &Network, choice: &[u32]) {
        self.held.resize(network.columns(), Vec::new());
        self.held.iter_mut().for_each(Vec::clear);
        for (agent, &arc) in (0u32..).zip(choice).filter(|&(_, &arc)| arc != NONE) {
            self.held[network.column[arc as usize] as usize].push(agent);
        }
        self.room.clear();
        let room = self.held.iter().zip(&network.capacity).map(|(held, &capacity)| held.len() < capacity as usize);
        self.room.extend(room);
    }

    fn exchange(&mut self, network: &Network, agent: u32, old: u32, new: u32) {
        if old != NONE {
            let column = network.column[old as usize] as usize;
            self.held[column].retain(|&holder| holder != agent);
            self.room[column] = self.held[column].len() < network.capacity[column] as usize;
        }
        if new != NONE {
            let column = network.column[new as usize] as usize;
            self.held[column].push(agent);
            self.room[column] = self.held[column].len() < network.capacity[column] as usize;
        }
    }
}

/// What a repair works on.
pub(super) struct Sweeps<'a> {
    pub(super) network: &'a Network,
    pub(super) domain: &'a Domain,
    pub(super) depth: Depth,
    pub(super) floor: &'a mut Floor,
    pub(super) choice: &'a mut [u32],
    /// Changes weighed so far, in arcs of an evaluation that take as long.
    pub(super) work: &'a mut u64,
}

/// The best change of an agent so far, and the excess after it.
struct Best {
    least: i128,
    change: Option<Change>,
    /// Moves weighed.
    weighed: u64,
}

impl Best {
    #[inline(always)]
    fn consider<T: Tally>(&mut self, tally: &mut T, choice: &[u32], change: Change) {
        self.weighed += change.count as u64;
        let after = tally.after(choice, &change);
        if after < self.least {
            (self.least, self.change) = (after, Some(change));
        }
    }
}

impl Sweeps<'_> {
    /// Sweeps until nothing is exceeded or nobody moves; whether nothing is exceeded.
    #[inline(always)]
    pub(super) fn run<T: Tally>(mut self, tally: &mut T) -> bool {
        let rounds = match self.depth {
            Depth::Short => REPAIR_ROUNDS,
            Depth::Long => LONG_REPAIR_ROUNDS,
        };
        for _ in 0..rounds {
            let mut moved = false;
            for agent in (0u32..).take(self.network.agents()) {
                if tally.excess() == 0 {
                    return true;
                }
                if let Some(change) = self.best_change(tally, agent) {
                    moved = true;
                    self.make(tally, change);
                }
            }
            if !moved && self.depth == Depth::Short {
                break;
            }
            if !moved && tally.excess() > 0 {
                tally.weigh_more();
            }
        }
        tally.excess() == 0
    }

    #[inline(always)]
    fn make<T: Tally>(&mut self, tally: &mut T, change: Change) {
        for &(who, option) in &change.moves[..change.count] {
            let old = std::mem::replace(&mut self.choice[who as usize], option);
            tally.exchange(old, option);
            self.floor.exchange(self.network, who, old, option);
        }
    }

    /// The change that begins with this agent and lowers the excess most.
    #[inline(always)]
    fn best_change<T: Tally>(&mut self, tally: &mut T, mover: u32) -> Option<Change> {
        let network = self.network;
        let mut best = Best { least: tally.excess(), change: None, weighed: 0 };
        let present = self.choice[mover as usize];
        let left = (present != NONE).then(|| network.column[present as usize]);
        for option in self.open(mover).filter(|&option| option != present) {
            let target = (option != NONE).then(|| network.column[option as usize]);
            let full = target.is_some_and(|j| Some(j) != left && !self.floor.room[j as usize]);
            if !full {
                best.consider(tally, self.choice, Change { moves: [(mover, option), (0, 0)], count: 1 });
            }
            let Some(target) = target.filter(|&j| full || (self.depth == Depth::Long && Some(j) != left)) else {
                continue;
            };
            for &holder in &self.floor.held[target as usize] {
                for onward in network.arcs_of(holder as usize) {
                    let place = network.column[onward];
                    let room = Some(place) == left || (full && self.floor.room[place as usize]);
                    if room && place != target && self.domain.arc(onward) {
                        let onward = u32::try_from(onward).expect("fewer than 2^32 arcs");
                        let moves = [(mover, option), (holder, onward)];
                        best.consider(tally, self.choice, Change { moves, count: 2 });
                    }
                }
                if self.domain.out(holder as usize) {
                    best.consider(tally, self.choice, Change { moves: [(mover, option), (holder, NONE)], count: 2 });
                }
            }
        }
        *self.work += CHANGE_WORK * best.weighed;
        best.change
    }

    fn open(&self, agent: u32) -> impl Iterator<Item = u32> + use<'_> {
        choices(self.network, agent as usize).filter(move |&option| self.domain.has(agent as usize, option))
    }
}
