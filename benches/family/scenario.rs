//! Variations of a separation for sweeps: leavers, withdrawn posts, changed preferences.

use crate::family::Instance;
use crate::family::draw::Draw;
use crate::family::engine::{Number, Variation, numbers};

/// A variation.
#[derive(Debug, Clone)]
pub(crate) struct Scenario {
    /// For each arc, the cost now.
    pub(crate) cost: Vec<i64>,
    /// Arcs that are gone.
    pub(crate) closed: Vec<u32>,
    /// The same as what differs from the separation that it varies.
    pub(crate) variation: Variation<Number>,
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
    let mut agents = Vec::new();
    for _ in 0..change.opinions {
        let agent = draw.index(network.agents());
        agents.push(u32::try_from(agent).expect("few people"));
        for arc in network.arcs_of(agent) {
            cost[arc] += draw.below(41) - 20;
        }
    }
    let leaves: Vec<bool> = (0..network.agents()).map(|_| draw.chance(change.leavers)).collect();
    let gone: Vec<bool> = (0..network.columns()).map(|_| draw.chance(change.withdrawn)).collect();
    let closed = (0u32..).zip(&network.column).zip(network.owners());
    let closed = closed.filter(|&((_, &j), i)| gone[j as usize] || leaves[i as usize]);
    let closed = closed.map(|((arc, _), _)| arc).collect();
    agents.sort_unstable();
    agents.dedup();
    let costs: Vec<i64> = agents.iter().flat_map(|&agent| &cost[network.arcs_of(agent as usize)]).copied().collect();
    let those = |which: &[bool]| (0u32..).zip(which).filter(|&(_, &one)| one).map(|(at, _)| at).collect::<Vec<u32>>();
    let columns = those(&gone).into_iter().map(|column| (column, 0)).collect();
    let variation = Variation { agents, costs: numbers(&costs), gone: those(&leaves), columns };
    Scenario { cost, closed, variation }
}
