//! A step multiplied out over open options, as a checker does it: no assignment is solved.
//!
//! Prices found once serve again with other multipliers, or over other options, as long as they are not above nought;
//! whether they still prove anything is seen from the value.

use crate::kernel::domain::{Domain, Setting};
use crate::kernel::problem::{NONE, Problem, Row};
use crate::kernel::relax::Step;

/// The value of a step, and what makes it up.
pub(crate) struct Multiplied {
    /// Cost of each arc, its column's price taken off.
    cost: Vec<i128>,
    /// Cost of each switch being on.
    on: Vec<i128>,
    /// The cheapest open option of each agent.
    least: Vec<i128>,
    /// A lower bound of weighted objective and weighted excess.
    pub(crate) value: i128,
}

/// Multiplies the rows of a step, its objective and its prices out. The domain has an option for everyone.
pub(crate) fn multiply(problem: &Problem, objective: &Row, domain: &Domain, step: &Step) -> Multiplied {
    let network = &problem.network;
    let mut out = Multiplied {
        cost: vec![0; network.arcs()],
        on: vec![0; problem.switches],
        least: Vec::with_capacity(network.agents()),
        value: 0,
    };
    for &(row, weight) in &step.rows {
        let row = &problem.rows[row as usize];
        out.add(row, weight);
        out.value -= weight * i128::from(row.limit);
    }
    if step.objective != 0 {
        out.add(objective, step.objective);
    }
    let mut price = vec![0; network.columns()];
    for &(column, p) in &step.prices {
        price[column as usize] = p;
        out.value += p * i128::from(network.capacity[column as usize]);
    }
    for (cost, &column) in out.cost.iter_mut().zip(&network.column) {
        *cost -= price[column as usize];
    }
    for agent in 0..network.agents() {
        let open = network.arcs_of(agent).filter(|&arc| domain.arc(arc)).map(|arc| out.cost[arc]);
        let least = open.chain(domain.out(agent).then_some(0)).min().unwrap_or(0);
        out.value += least;
        out.least.push(least);
    }
    out.value += out.on.iter().enumerate().map(|(switch, &cost)| setting(domain, switch, cost)).sum::<i128>();
    out
}

/// The cheaper open setting of a switch.
fn setting(domain: &Domain, switch: usize, cost: i128) -> i128 {
    match (domain.on(switch), domain.off(switch)) {
        (true, true) => cost.min(0),
        (true, false) => cost,
        (false, _) => 0,
    }
}

impl Multiplied {
    fn add(&mut self, row: &Row, weight: i128) {
        for &(arc, k) in &row.arcs {
            self.cost[arc as usize] += weight * i128::from(k);
        }
        for &(switch, k) in &row.switches {
            self.on[switch as usize] += weight * i128::from(k);
        }
    }

    /// Strikes every option that alone lifts the value above nought; returns how many.
    pub(crate) fn strike(&self, problem: &Problem, domain: &mut Domain) -> usize {
        let mut struck = 0;
        for agent in 0..problem.network.agents() {
            let room = self.least[agent] - self.value;
            for arc in problem.network.arcs_of(agent) {
                let choice = u32::try_from(arc).expect("fewer than 2^32 arcs");
                struck += usize::from(self.cost[arc] > room && domain.close(agent, choice));
            }
            struck += usize::from(0 > room && domain.close(agent, NONE));
        }
        for (switch, &cost) in self.on.iter().enumerate() {
            let room = setting(domain, switch, cost) - self.value;
            struck += usize::from(cost > room && domain.settle(switch, Setting::On));
            struck += usize::from(0 > room && domain.settle(switch, Setting::Off));
        }
        struck
    }
}

/// Least and largest sum of a row over the open options, each agent and switch on its own.
pub(crate) fn extremes(problem: &Problem, domain: &Domain, row: &Row) -> (i64, i64) {
    let network = &problem.network;
    let (mut least, mut most) = (0i64, 0i64);
    let mut terms = row.arcs.iter().peekable();
    // Terms are in the order of arcs, so each agent's stand together.
    while let Some(&&(first, _)) = terms.peek() {
        let agent = problem.owner[first as usize] as usize;
        let end = network.arcs_of(agent).end;
        let (mut named, mut range) = (0, None);
        while let Some(&(arc, k)) = terms.next_if(|term| (term.0 as usize) < end) {
            if domain.arc(arc as usize) {
                named += 1;
                widen(&mut range, k);
            }
        }
        if domain.options(agent) > named {
            widen(&mut range, 0);
        }
        let (low, high) = range.unwrap_or((0, 0));
        least += low;
        most += high;
    }
    for &(switch, k) in &row.switches {
        let (on, off) = (domain.on(switch as usize), domain.off(switch as usize));
        least += if !on {
            0
        } else if off {
            k.min(0)
        } else {
            k
        };
        most += if !on {
            0
        } else if off {
            k.max(0)
        } else {
            k
        };
    }
    (least, most)
}

fn widen(range: &mut Option<(i64, i64)>, k: i64) {
    *range = Some(range.map_or((k, k), |(low, high)| (low.min(k), high.max(k))));
}
