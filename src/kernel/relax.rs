//! Multipliers to a bound: the exact value of a step, and what it strikes.
//!
//! The arithmetic here is the one that `case/proof.rs` states and `certify` does again on its own.

use crate::kernel::board::Board;
use crate::kernel::domain::{Domain, Setting};
use crate::kernel::problem::{NONE, Point, Problem, Row};
use crate::kernel::transport::{Effort, Optimum, Transport, Width, most};
use crate::kernel::tune::Near;

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
        Sizes::new(problem, objective).hold(self)
    }
}

/// How much one unit of each multiplier can come to: worked out once, asked often.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sizes {
    rows: Vec<i128>,
    objective: i128,
}

impl Sizes {
    pub(crate) fn new(problem: &Problem, objective: &Row) -> Self {
        let scales: Vec<i64> = problem.rows.iter().chain([objective]).map(Row::scale).collect();
        Self::of(problem, objective, &scales)
    }

    /// The same, where the largest coefficients of the rows and of the objective are known.
    pub(crate) fn of(problem: &Problem, objective: &Row, scale: &[i64]) -> Self {
        let (&last, scales) = scale.split_last().expect("the objective is the last row");
        let rows = problem.rows.iter().zip(scales).map(|(row, &scale)| Self::size(problem, row, scale));
        Self { rows: rows.collect(), objective: Self::size(problem, objective, last) }
    }

    fn size(problem: &Problem, row: &Row, scale: i64) -> i128 {
        let paths = 4 * i128::try_from(problem.network.agents() + 2).unwrap_or(i128::MAX);
        paths.saturating_mul(scale.into()).max(i128::from(row.limit).abs())
    }

    /// Takes account of the problem's last row, which is new.
    pub(crate) fn push(&mut self, problem: &Problem) {
        self.rows.extend(problem.rows.last().map(|row| Self::size(problem, row, row.scale())));
    }

    /// Whether sums weighted like this stay well inside `i128`.
    pub(crate) fn hold(&self, weights: &Weights) -> bool {
        let rows = self.rows.iter().zip(&weights.rows).map(|(&size, &weight)| weight.saturating_mul(size));
        rows.fold(weights.objective.saturating_mul(self.objective), i128::saturating_add) < i128::HALF
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

/// Reusable buffers for evaluating multipliers, and the last optimum, from which the next evaluation starts.
///
/// The value of a bound does not depend on where an evaluation started; which of several equal assignments and prices it
/// leaves may, and is the same for the same calls in the same order.
#[derive(Debug, Clone, Default)]
pub struct Relaxation {
    narrow: Half<i64>,
    wide: Half<i128>,
    /// Whether the last evaluation needed 128 bits.
    is_wide: bool,
    /// Costs and prices of an evaluation that is to be looked at again.
    kept_narrow: Seen<i64>,
    kept_wide: Seen<i128>,
    kept_is_wide: bool,
    kept_optimum: Option<(Optimum, i128)>,
    /// The arcs of the network that the last optimum belongs to.
    first: Vec<u32>,
    column: Vec<u32>,
    /// Assignments solved so far.
    pub evaluations: u64,
}

/// What an evaluation leaves to strike with.
#[derive(Debug, Default)]
struct Seen<T> {
    cost: Vec<T>,
    switch_cost: Vec<T>,
    least: Vec<T>,
    price: Vec<T>,
}

impl<T: Clone> Clone for Seen<T> {
    fn clone(&self) -> Self {
        let Self { cost, switch_cost, least, price } = self;
        Self { cost: cost.clone(), switch_cost: switch_cost.clone(), least: least.clone(), price: price.clone() }
    }

    /// Into the buffers that are there.
    fn clone_from(&mut self, other: &Self) {
        self.cost.clone_from(&other.cost);
        self.switch_cost.clone_from(&other.switch_cost);
        self.least.clone_from(&other.least);
        self.price.clone_from(&other.price);
    }
}

/// An evaluation in one width.
#[derive(Debug, Clone, Default)]
struct Half<T> {
    seen: Seen<T>,
    transport: Transport<T>,
    /// The objective's multiplier in the last optimum: the unit of its prices.
    unit: i128,
}

impl Relaxation {
    /// Least of weighted objective and weighted excess over the domain: a lower bound, exact in integers.
    pub fn evaluate(&mut self, problem: &Problem, objective: &Row, domain: &Domain, weights: &Weights) -> Bound {
        self.evaluate_on(None, problem, objective, domain, weights)
    }

    /// The same with the rows as tables, where there are such.
    pub(crate) fn evaluate_on(
        &mut self,
        board: Option<&Board>,
        problem: &Problem,
        objective: &Row,
        domain: &Domain,
        weights: &Weights,
    ) -> Bound {
        self.evaluations += 1;
        let network = &problem.network;
        if self.first != network.first || self.column != network.column {
            self.first.clone_from(&network.first);
            self.column.clone_from(&network.column);
            self.narrow.transport.forget();
            self.wide.transport.forget();
        }
        let Seen { cost, switch_cost, .. } = &mut self.narrow.seen;
        let most = match board {
            Some(board) if board.price(&weights.rows, weights.objective, cost, switch_cost) => {
                Some(most(cost.iter().copied()))
            }
            Some(_) | None => self.narrow.price_rows(problem, objective, weights),
        };
        let fits = most.filter(|&most| i64::fits(network.agents(), network.columns(), most));
        self.is_wide = fits.is_none();
        match fits {
            Some(most) => self.narrow.evaluate(problem, domain, weights, most),
            None => {
                let most = self.wide.price_rows(problem, objective, weights).expect("sums fit 128 bits");
                self.wide.evaluate(problem, domain, weights, most)
            }
        }
    }

    /// Keeps what the last evaluation leaves to strike with.
    pub(crate) fn keep(&mut self) {
        self.kept_is_wide = self.is_wide;
        if self.is_wide {
            self.kept_wide.clone_from(&self.wide.seen);
            // One kept before may belong to another network.
            self.kept_optimum = None;
        } else {
            self.kept_narrow.clone_from(&self.narrow.seen);
            self.kept_optimum = self.narrow.transport.optimum().map(|optimum| (optimum, self.narrow.unit));
        }
    }

    /// The optimum that was kept, where there is one to start from.
    pub(crate) fn optimum(&self) -> Option<(Optimum, i128)> {
        self.kept_optimum.clone()
    }

    /// Lets the next evaluation start from this optimum.
    pub(crate) fn start_from(&mut self, (optimum, unit): &(Optimum, i128)) {
        self.narrow.transport.go_back(optimum);
        self.narrow.unit = *unit;
    }

    /// Goes back to what was kept.
    pub(crate) fn restore(&mut self) {
        self.is_wide = self.kept_is_wide;
        if self.is_wide {
            std::mem::swap(&mut self.kept_wide, &mut self.wide.seen);
        } else {
            std::mem::swap(&mut self.kept_narrow, &mut self.narrow.seen);
        }
    }

    /// Paths and arcs (see [`Effort`]) of all evaluations so far.
    pub fn effort(&self) -> Effort {
        let (narrow, wide) = (self.narrow.transport.effort(), self.wide.transport.effort());
        Effort { augmentations: narrow.augmentations + wide.augmentations, arcs: narrow.arcs + wide.arcs }
    }

    /// The assignment of the last evaluation, with each switch on wherever its gate lets it.
    pub fn point(&self, problem: &Problem) -> Point {
        Point::new(problem, self.choice().to_vec())
    }

    /// The arcs of the last evaluation's assignment.
    pub fn choice(&self) -> &[u32] {
        if self.is_wide { self.wide.transport.choice() } else { self.narrow.transport.choice() }
    }

    /// Weighted effect of the rows on an option at the last evaluation, the objective apart.
    pub fn effect(&self, choice: u32, weights: &Weights, objective: i64) -> i128 {
        if choice == NONE {
            return 0;
        }
        let arc = choice as usize;
        let cost = if self.is_wide { self.wide.seen.cost[arc] } else { self.narrow.seen.cost[arc].into() };
        cost - weights.objective * i128::from(objective)
    }

    /// Whether each switch is on in the last evaluation's own optimum (gates not asked).
    pub fn relaxed_switches(&self, domain: &Domain) -> Vec<bool> {
        if self.is_wide { self.wide.relaxed_switches(domain) } else { self.narrow.relaxed_switches(domain) }
    }

    /// The last evaluation as a step of a proof.
    pub fn step(&self, weights: &Weights) -> Step {
        let prices = if self.is_wide { self.wide.prices() } else { self.narrow.prices() };
        let rows = (0u32..).zip(weights.rows.iter().copied()).filter(|&(_, weight)| weight != 0);
        Step { rows: rows.collect(), objective: weights.objective, prices, ..Step::default() }
    }

    /// The open options that are nearest to being chosen: about so many for each agent, by reduced cost.
    pub(crate) fn near(&self, problem: &Problem, domain: &Domain, each: usize) -> Near {
        if self.is_wide { self.wide.near(problem, domain, each) } else { self.narrow.near(problem, domain, each) }
    }

    /// Strikes every option that alone lifts the bound above `limit`; returns how many.
    pub fn strike(&self, problem: &Problem, domain: &mut Domain, value: i128, limit: i128) -> usize {
        if self.is_wide {
            self.wide.strike(problem, domain, limit - value)
        } else {
            self.narrow.strike(problem, domain, limit - value)
        }
    }
}

impl<T: Width> Half<T> {
    /// Adds up costs; the largest in absolute value, or `None` where they do not fit.
    fn price_rows(&mut self, problem: &Problem, objective: &Row, weights: &Weights) -> Option<T> {
        self.seen.cost.clear();
        self.seen.cost.resize(problem.network.arcs(), T::default());
        self.seen.switch_cost.clear();
        self.seen.switch_cost.resize(problem.switches, T::default());
        let rows = problem.rows.iter().zip(weights.rows.iter().copied());
        for (row, weight) in rows.chain([(objective, weights.objective)]).filter(|&(_, weight)| weight != 0) {
            self.add(row, T::of(weight)?)?;
        }
        Some(most(self.seen.cost.iter().copied()))
    }

    fn add(&mut self, row: &Row, weight: T) -> Option<()> {
        for &(arc, k) in &row.arcs {
            let cost = &mut self.seen.cost[arc as usize];
            *cost = cost.plus(weight, k)?;
        }
        for &(switch, k) in &row.switches {
            let cost = &mut self.seen.switch_cost[switch as usize];
            *cost = cost.plus(weight, k)?;
        }
        Some(())
    }

    fn evaluate(&mut self, problem: &Problem, domain: &Domain, weights: &Weights, most: T) -> Bound {
        let network = &problem.network;
        if self.unit != weights.objective {
            if self.unit > 0 && weights.objective > 0 && self.transport.is_warm() {
                self.transport.rescale(weights.objective, self.unit);
            } else {
                self.transport.forget();
            }
            self.unit = weights.objective;
        }
        let solved = self.transport.reconsider_within(network, domain, &self.seen.cost, most);
        self.seen.price.clear();
        self.seen.price.extend((0..network.columns()).map(|column| self.transport.price(column)));
        if solved.is_err() {
            return Bound::Empty;
        }
        let constant = |(row, &weight): (&Row, &i128)| weight * i128::from(row.limit);
        let mut value = -problem.rows.iter().zip(&weights.rows).map(constant).sum::<i128>();
        self.seen.least.clear();
        for &choice in self.transport.choice() {
            let least = if choice == NONE { T::default() } else { self.reduced(problem, choice as usize) };
            self.seen.least.push(least);
            value += least.into();
        }
        for (&price, &capacity) in self.seen.price.iter().zip(&network.capacity) {
            value += price.into() * i128::from(capacity);
        }
        for (switch, &cost) in self.seen.switch_cost.iter().enumerate() {
            value += if is_on(domain, switch, cost) { cost.into() } else { 0 };
        }
        Bound::AtLeast(value)
    }

    #[inline]
    fn reduced(&self, problem: &Problem, arc: usize) -> T {
        self.seen.cost[arc] - self.seen.price[problem.network.column[arc] as usize]
    }

    fn near(&self, problem: &Problem, domain: &Domain, each: usize) -> Near {
        let network = &problem.network;
        let above = |agent: usize, arc: usize| self.reduced(problem, arc) - self.seen.least[agent];
        let mut all: Vec<T> = Vec::with_capacity(network.arcs());
        for agent in 0..network.agents() {
            let open = network.arcs_of(agent).filter(|&arc| domain.arc(arc));
            all.extend(open.map(|arc| above(agent, arc)));
        }
        let count = (each * network.agents()).min(all.len().saturating_sub(1));
        let most = if all.is_empty() { T::default() } else { *all.select_nth_unstable(count).1 };
        let mut near = Near { first: vec![0], options: Vec::with_capacity(count + network.agents()) };
        for agent in 0..network.agents() {
            let open = network.arcs_of(agent).filter(|&arc| domain.arc(arc) && above(agent, arc) <= most);
            near.options.extend(open.map(|arc| u32::try_from(arc).expect("fewer than 2^32 arcs")));
            if domain.out(agent) && T::default() - self.seen.least[agent] <= most {
                near.options.push(NONE);
            }
            near.first.push(u32::try_from(near.options.len()).expect("fewer than 2^32 options"));
        }
        near
    }

    fn relaxed_switches(&self, domain: &Domain) -> Vec<bool> {
        self.seen.switch_cost.iter().enumerate().map(|(switch, &cost)| is_on(domain, switch, cost)).collect()
    }

    fn prices(&self) -> Vec<(u32, i128)> {
        (0u32..).zip(self.seen.price.iter().map(|&price| price.into())).filter(|&(_, price)| price != 0).collect()
    }

    fn strike(&self, problem: &Problem, domain: &mut Domain, slack: i128) -> usize {
        let mut struck = 0;
        for agent in 0..problem.network.agents() {
            let room = slack + self.seen.least[agent].into();
            // What does not fit this width is beyond every reduced cost.
            let most = T::of(room).unwrap_or(if room < 0 { T::default() - T::CLOSED } else { T::CLOSED });
            for arc in problem.network.arcs_of(agent) {
                let choice = u32::try_from(arc).expect("fewer than 2^32 arcs");
                if self.reduced(problem, arc) > most && domain.close(agent, choice) {
                    struck += 1;
                }
            }
            if 0 > room && domain.close(agent, NONE) {
                struck += 1;
            }
        }
        for (switch, &cost) in self.seen.switch_cost.iter().enumerate() {
            let least = if is_on(domain, switch, cost) { cost.into() } else { 0 };
            let room = slack + least;
            if cost.into() > room && domain.settle(switch, Setting::On) {
                struck += 1;
            }
            if 0 > room && domain.settle(switch, Setting::Off) {
                struck += 1;
            }
        }
        struck
    }
}

/// Whether a switch is on where the relaxation alone decides.
fn is_on<T: Width>(domain: &Domain, switch: usize, cost: T) -> bool {
    !domain.off(switch) || (domain.on(switch) && cost < T::default())
}
