//! Multiplies the prices of an assignment out: the cheapest options and the seats at their prices add up to its cost.

use demerge::kernel::problem::{NONE, Network};

use crate::family::engine::Engine;

/// The cost of an assignment over open arcs, if it is feasible and as cheap as the bound that its prices give.
pub(crate) fn assignment(network: &Network, cost: &[i64], closed: &[u32], engine: &Engine) -> Option<i64> {
    proved(network, cost, closed, engine.choice(), |column| engine.price(column))
}

/// The same of a choice and prices.
pub(crate) fn proved(
    network: &Network,
    cost: &[i64],
    closed: &[u32],
    choice: &[u32],
    price: impl Fn(usize) -> i128,
) -> Option<i64> {
    let mut open = vec![true; network.arcs()];
    closed.iter().for_each(|&arc| open[arc as usize] = false);
    let mut held = vec![0u32; network.columns()];
    let (mut paid, mut bound) = (0i64, 0i128);
    for (agent, &arc) in choice.iter().enumerate() {
        let reduced = |arc: usize| i128::from(cost[arc]) - price(network.column[arc] as usize);
        let arcs = network.arcs_of(agent);
        let stays_out = network.may_stay_out[agent].then_some(0);
        bound += arcs.clone().filter(|&arc| open[arc]).map(reduced).chain(stays_out).min()?;
        if arc != NONE {
            paid += cost[arc as usize];
            held[network.column[arc as usize] as usize] += 1;
            if !open[arc as usize] || !arcs.contains(&(arc as usize)) {
                return None;
            }
        } else if !network.may_stay_out[agent] {
            return None;
        }
    }
    for (column, (&held, &capacity)) in held.iter().zip(&network.capacity).enumerate() {
        if price(column) > 0 || held > capacity {
            return None;
        }
        bound += price(column) * i128::from(capacity);
    }
    (i128::from(paid) == bound).then_some(paid)
}
