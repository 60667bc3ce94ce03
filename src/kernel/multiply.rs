//! A step multiplied out over open options, as a checker does it: no assignment is solved.
//!
//! Prices found once serve again with other multipliers, or over other options, as long as they are not above nought;
//! whether they still prove anything is seen from the value.

use crate::kernel::domain::{Domain, Setting};
use crate::kernel::problem::{NONE, Point, Problem, Row};
use crate::kernel::relax::Step;

/// What a step makes each option cost, before anyone chooses.
#[derive(Debug, Clone)]
pub(crate) struct Costs {
    /// Of each arc, its column's price taken off.
    arc: Vec<i128>,
    /// Of each switch being on.
    on: Vec<i128>,
    /// Capacity × price, less multiplier × limit.
    fixed: i128,
}

impl Costs {
    /// Multiplies the rows of a step, its objective and its prices out.
    pub(crate) fn of(problem: &Problem, objective: &Row, step: &Step) -> Self {
        let network = &problem.network;
        let mut costs = Self { arc: vec![0; network.arcs()], on: vec![0; problem.switches], fixed: 0 };
        for &(row, weight) in &step.rows {
            let row = &problem.rows[row as usize];
            costs.add(row, weight);
            costs.fixed -= weight * i128::from(row.limit);
        }
        if step.objective != 0 {
            costs.add(objective, step.objective);
        }
        let mut price = vec![0; network.columns()];
        for &(column, p) in &step.prices {
            price[column as usize] = p;
            costs.fixed += p * i128::from(network.capacity[column as usize]);
        }
        for (cost, &column) in costs.arc.iter_mut().zip(&network.column) {
            *cost -= price[column as usize];
        }
        costs
    }

    /// What an arc costs.
    pub(crate) fn arc(&self, arc: usize) -> i128 {
        self.arc[arc]
    }

    /// The least of these arcs, and of staying out where that is an option.
    pub(crate) fn least(&self, arcs: std::ops::Range<usize>, may_stay_out: bool) -> i128 {
        let arcs = self.arc[arcs].iter().copied();
        arcs.chain(may_stay_out.then_some(0)).min().unwrap_or(0)
    }

    fn add(&mut self, row: &Row, weight: i128) {
        for &(arc, k) in &row.arcs {
            self.arc[arc as usize] += weight * i128::from(k);
        }
        for &(switch, k) in &row.switches {
            self.on[switch as usize] += weight * i128::from(k);
        }
    }

    /// Adds others so many times.
    pub(crate) fn join(&mut self, times: i128, others: &Costs) {
        let add = |own: &mut i128, other: &i128| *own += times * other;
        self.arc.iter_mut().zip(&others.arc).for_each(|(own, other)| add(own, other));
        self.on.iter_mut().zip(&others.on).for_each(|(own, other)| add(own, other));
        add(&mut self.fixed, &others.fixed);
    }

    /// The value with others added so many times: a lower bound of weighted objective and weighted excess.
    pub(crate) fn value(&self, problem: &Problem, domain: &Domain, times: i128, others: &Costs) -> i128 {
        let network = &problem.network;
        let agents = (0..network.agents()).map(|agent| {
            let open = network.arcs_of(agent).filter(|&arc| domain.arc(arc));
            let costs = open.map(|arc| self.arc[arc] + times * others.arc[arc]);
            costs.chain(domain.out(agent).then_some(0)).min().unwrap_or(0)
        });
        let switches = self.on.iter().zip(&others.on).enumerate();
        let switches = switches.map(|(switch, (own, other))| setting(domain, switch, own + times * other));
        self.fixed + times * others.fixed + agents.sum::<i128>() + switches.sum::<i128>()
    }
}

/// How many times something may be added.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Range {
    pub(crate) least: i128,
    pub(crate) most: i128,
}

impl Range {
    /// How many times held prices may be added to these so that none is above nought.
    pub(crate) fn of_prices(held: &[i128], own: &[i128]) -> Option<Self> {
        let mut range = Self { least: 0, most: i128::MAX };
        held.iter().zip(own).try_for_each(|(held, own)| range.narrow(-own, -held))?;
        Some(range)
    }

    /// Leaves the numbers of times for which `own + times · held` is not below nought; `None` where there is none.
    #[inline]
    fn narrow(&mut self, own: i128, held: i128) -> Option<()> {
        if held == 0 {
            return (own >= 0).then_some(());
        }
        if held > 0 {
            if own < 0 && self.least.checked_mul(held).is_some_and(|reached| reached < -own) {
                self.least = -own.div_euclid(held);
            }
        } else {
            if own < 0 {
                return None;
            }
            self.most = self.most.min(own / -held);
        }
        (self.least <= self.most).then_some(())
    }
}

impl Costs {
    /// Narrows how many times others may be added so that nothing open is cheaper than what the point holds.
    ///
    /// Where what the point holds adds up to nought, that is where the value is nought. `domain`: all is open without.
    pub(crate) fn range(
        &self,
        mut range: Range,
        others: &Costs,
        problem: &Problem,
        domain: Option<&Domain>,
        point: &Point,
    ) -> Option<Range> {
        let network = &problem.network;
        for (agent, &choice) in point.choice.iter().enumerate() {
            let (own, held) = match choice {
                NONE => (0, 0),
                arc => (self.arc[arc as usize], others.arc[arc as usize]),
            };
            let arcs = network.arcs_of(agent);
            for (arc, (a, b)) in arcs.clone().zip(self.arc[arcs.clone()].iter().zip(&others.arc[arcs])) {
                let (a, b) = (a - own, b - held);
                // Most narrow nothing, which the signs alone tell.
                if a | b < 0 && domain.is_none_or(|domain| domain.arc(arc)) {
                    range.narrow(a, b)?;
                }
            }
            if domain.map_or(network.may_stay_out[agent], |domain| domain.out(agent)) {
                range.narrow(-own, -held)?;
            }
        }
        for (switch, &on) in point.on.iter().enumerate() {
            let other = domain.is_none_or(|domain| if on { domain.off(switch) } else { domain.on(switch) });
            let sign = if on { -1 } else { 1 };
            if other {
                range.narrow(sign * self.on[switch], sign * others.on[switch])?;
            }
        }
        Some(range)
    }
}

/// The value of a step, and what each agent adds to it.
pub(crate) struct Multiplied {
    costs: Costs,
    /// The cheapest open option of each agent.
    least: Vec<i128>,
    /// A lower bound of weighted objective and weighted excess.
    pub(crate) value: i128,
}

/// Adds the cheapest open options up. The domain has an option for everyone.
pub(crate) fn multiply(problem: &Problem, domain: &Domain, costs: Costs) -> Multiplied {
    let network = &problem.network;
    let least: Vec<i128> = (0..network.agents())
        .map(|agent| {
            let open = network.arcs_of(agent).filter(|&arc| domain.arc(arc)).map(|arc| costs.arc[arc]);
            open.chain(domain.out(agent).then_some(0)).min().unwrap_or(0)
        })
        .collect();
    let switches = costs.on.iter().enumerate().map(|(switch, &cost)| setting(domain, switch, cost));
    let value = costs.fixed + least.iter().sum::<i128>() + switches.sum::<i128>();
    Multiplied { costs, least, value }
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
    /// Strikes every option that alone lifts the value above nought; returns how many.
    pub(crate) fn strike(&self, problem: &Problem, domain: &mut Domain) -> usize {
        let mut struck = 0;
        for agent in 0..problem.network.agents() {
            let room = self.least[agent] - self.value;
            for arc in problem.network.arcs_of(agent) {
                let choice = u32::try_from(arc).expect("fewer than 2^32 arcs");
                struck += usize::from(self.costs.arc[arc] > room && domain.close(agent, choice));
            }
            struck += usize::from(0 > room && domain.close(agent, NONE));
        }
        for (switch, &cost) in self.costs.on.iter().enumerate() {
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
