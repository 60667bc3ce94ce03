//! Variations of a separation for sweeps: leavers, withdrawn posts, changed preferences.

use crate::family::Instance;
use crate::family::draw::Draw;

/// A variation.
#[derive(Debug, Clone)]
pub(crate) struct Scenario {
    /// For each arc, the cost now.
    pub(crate) cost: Vec<i64>,
    /// Arcs that are gone.
    pub(crate) closed: Vec<u32>,
}

/// How much varies: in a hundred, who leaves and which posts are withdrawn; how many people rank afresh.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Change {
    pub(crate) leavers: u64,
    pub(crate) withdrawn: u64,
    pub(crate) opinions: usize,
}

/// Scenario `number` of an instance.
pub(crate) fn scenario(instance: &Instance, change: Change, number: u64) -> Scenario {
    let mut draw = Draw::new(instance.seed ^ (number + 1) << 20 ^ 0x5CE7);
    let network = &instance.network;
    let mut cost = instance.cost.clone();
    for _ in 0..change.opinions {
        let agent = draw.index(network.agents());
        for arc in network.arcs_of(agent) {
            cost[arc] += draw.below(41) - 20;
        }
    }
    let leaves: Vec<bool> = (0..network.agents()).map(|_| draw.chance(change.leavers)).collect();
    let gone: Vec<bool> = (0..network.columns()).map(|_| draw.chance(change.withdrawn)).collect();
    let closed = (0u32..).zip(&network.column).zip(network.owners());
    let closed = closed.filter(|&((_, &j), i)| gone[j as usize] || leaves[i as usize]);
    Scenario { closed: closed.map(|((arc, _), _)| arc).collect(), cost }
}
