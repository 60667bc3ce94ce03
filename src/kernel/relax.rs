//! Multipliers to a bound: the exact value of a step, and what it strikes.
//!
//! The arithmetic here is the one that `case/proof.rs` states and `certify` does again on its own.

use crate::kernel::domain::{Domain, Setting};
use crate::kernel::problem::{NONE, Point, Problem, Row};
use crate::kernel::transport::Transport;

/// Multipliers of rows (`rows[i]` for row `i`) and of the objective; not negative.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Weights {
    /// One for each row of the problem.
    pub rows: Vec<i128>,
    /// The objective's.
    pub objective: i128,
}

/// Multipliers and prices, without noughts: a step of a proof.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Step {
    /// `(row, multiplier)`.
    pub rows: Vec<(u32, i128)>,
    /// Multiplier of the objective.
    pub objective: i128,
    /// `(column, price)`.
    pub prices: Vec<(u32, i128)>,
    /// The share of every agent; none in a step without blocks.
    pub shares: Vec<i64>,
    /// `(row, unit)`: rows kept whole, and what their coefficients are counted in.
    pub blocks: Vec<(u32, i64)>,
}

impl Step {
    /// The prices by which the last evaluation showed its domain to be empty.
    pub fn shortage(relaxation: &Relaxation) -> Step {
        relaxation.step(&Weights::default())
    }
}

impl Weights {
    /// Whether every sum that these multipliers can lead to stays well inside `i128`.
    pub fn fits(&self, problem: &Problem, objective: &Row) -> bool {
        let paths = 4 * i128::try_from(problem.network.agents() + 2).unwrap_or(i128::MAX);
        let size = |weight: i128, row: &Row| {
            weight.saturating_mul(paths.saturating_mul(row.scale().into()).max(i128::from(row.limit).abs()))
        };
        let rows = self.rows.iter().zip(&problem.rows).map(|(&weight, row)| size(weight, row));
        let total = rows.fold(size(self.objective, objective), i128::saturating_add);
        total < 1 << 125
    }
}

/// What an evaluation gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// Weighted objective + weighted excess of the rows is at least this at every point of the domain.
    AtLeast(i128),
    /// The domain has no point at all, by the prices left in the relaxation.
    Empty,
}

/// Reusable buffers for evaluating multipliers.
#[derive(Debug, Clone, Default)]
pub struct Relaxation {
    cost: Vec<i128>,
    switch_cost: Vec<i128>,
    least: Vec<i128>,
    transport: Transport,
    /// Assignments solved so far.
    pub evaluations: u64,
}

impl Relaxation {
    /// Least of weighted objective and weighted excess over the domain: a lower bound, exact in integers.
    pub fn evaluate(&mut self, problem: &Problem, objective: &Row, domain: &Domain, weights: &Weights) -> Bound {
        self.evaluations += 1;
        self.cost.clear();
        self.cost.resize(problem.network.arcs(), 0);
        self.switch_cost.clear();
        self.switch_cost.resize(problem.switches, 0);
        let mut constant = 0i128;
        for (row, &weight) in problem.rows.iter().zip(&weights.rows) {
            if weight != 0 {
                self.add(row, weight);
                constant -= weight * i128::from(row.limit);
            }
        }
        self.add(objective, weights.objective);
        if self.transport.solve(&problem.network, domain, &self.cost).is_err() {
            return Bound::Empty;
        }
        self.least.clear();
        let mut value = constant;
        for agent in 0..problem.network.agents() {
            let choice = self.transport.choice[agent];
            let least = if choice == NONE { 0 } else { self.reduced(problem, choice as usize) };
            self.least.push(least);
            value += least;
        }
        for (price, &capacity) in self.transport.price.iter().zip(&problem.network.capacity) {
            value += price * i128::from(capacity);
        }
        for (switch, &cost) in self.switch_cost.iter().enumerate() {
            value += if !domain.off(switch) || (domain.on(switch) && cost < 0) { cost } else { 0 };
        }
        Bound::AtLeast(value)
    }

    fn add(&mut self, row: &Row, weight: i128) {
        for &(arc, k) in &row.arcs {
            self.cost[arc as usize] += weight * i128::from(k);
        }
        for &(switch, k) in &row.switches {
            self.switch_cost[switch as usize] += weight * i128::from(k);
        }
    }

    fn reduced(&self, problem: &Problem, arc: usize) -> i128 {
        self.cost[arc] - self.transport.price[problem.network.column[arc] as usize]
    }

    /// The assignment of the last evaluation, with each switch on wherever its gate lets it.
    pub fn point(&self, problem: &Problem) -> Point {
        Point::new(problem, self.transport.choice.clone())
    }

    /// The arcs of the last evaluation's assignment.
    pub fn choice(&self) -> &[u32] {
        &self.transport.choice
    }

    /// Weighted effect of the rows on an option at the last evaluation, the objective apart.
    pub fn effect(&self, choice: u32, weights: &Weights, objective: i64) -> i128 {
        if choice == NONE { 0 } else { self.cost[choice as usize] - weights.objective * i128::from(objective) }
    }

    /// Whether each switch is on in the last evaluation's own optimum (gates not asked).
    pub fn relaxed_switches(&self, domain: &Domain) -> Vec<bool> {
        let cheaper = |(s, &cost): (usize, &i128)| !domain.off(s) || (domain.on(s) && cost < 0);
        self.switch_cost.iter().enumerate().map(cheaper).collect()
    }

    /// The last evaluation as a step of a proof.
    pub fn step(&self, weights: &Weights) -> Step {
        let short = |values: &[i128]| -> Vec<(u32, i128)> {
            (0u32..).zip(values.iter().copied()).filter(|&(_, value)| value != 0).collect()
        };
        let prices = short(&self.transport.price);
        Step { rows: short(&weights.rows), objective: weights.objective, prices, ..Step::default() }
    }

    /// Strikes every option that alone lifts the bound above `limit`; returns how many.
    pub fn strike(&self, problem: &Problem, domain: &mut Domain, value: i128, limit: i128) -> usize {
        let mut struck = 0;
        for agent in 0..problem.network.agents() {
            let room = limit - value + self.least[agent];
            for arc in problem.network.arcs_of(agent) {
                let choice = u32::try_from(arc).expect("fewer than 2^32 arcs");
                if self.reduced(problem, arc) > room && domain.close(agent, choice) {
                    struck += 1;
                }
            }
            if 0 > room && domain.close(agent, NONE) {
                struck += 1;
            }
        }
        for (switch, &cost) in self.switch_cost.iter().enumerate() {
            let least = if !domain.off(switch) || (domain.on(switch) && cost < 0) { cost } else { 0 };
            let room = limit - value + least;
            if cost > room && domain.settle(switch, Setting::On) {
                struck += 1;
            }
            if 0 > room && domain.settle(switch, Setting::Off) {
                struck += 1;
            }
        }
        struck
    }
}
