//! The second relaxation: some rows are kept whole, and who takes which option is priced.
//!
//! [`crate::kernel::relax`] keeps the assignment and prices every row. Here rows with disjoint arcs are *blocks*, each an
//! exact knapsack; every agent has a *share*, the price of its one option, and columns and all other rows are priced. The
//! best of these bounds is that of the convex hulls of the blocks, so it is never worse where multipliers are best, and much
//! better where a row is a real knapsack (Fisher, Jaikumar & Van Wassenhove 1986, Management Science 32; for strikes Posta,
//! Ferland & Michelon 2012, Comput. Optim. Appl. 52). The arithmetic is stated in `case/proof.rs`.

mod choice;

use crate::kernel::blocks::choice::rooms;
use crate::kernel::domain::{Domain, Setting, choices};
use crate::kernel::incidence::Incidence;
use crate::kernel::knapsack::{Choice, Knapsack, NEVER};
use crate::kernel::problem::{NONE, Point, Problem, Row};
use crate::kernel::relax::Step;

/// Every sum of an evaluation stays below this.
const ROOM: i128 = 1 << 59;

/// Above any bound: an option that cannot be taken.
const NOWHERE: i128 = 1 << 80;

/// A row that is kept whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Block {
    /// Which row.
    pub(crate) row: u32,
    /// Its coefficients are counted in wholes of this; what is left over is dropped.
    pub(crate) unit: i64,
    /// Whether nothing is left over.
    exact: bool,
}

/// Multipliers: of agents any, of columns not positive, of rows and the objective not negative.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Shares {
    pub(crate) agents: Vec<i64>,
    pub(crate) columns: Vec<i64>,
    pub(crate) rows: Vec<i64>,
    pub(crate) objective: i64,
}

/// The blocks of a problem, and what the last evaluation found.
#[derive(Debug, Clone)]
pub(crate) struct Blocks {
    pub(crate) blocks: Vec<Block>,
    /// The block of each arc, or [`NONE`].
    block_of: Vec<u32>,
    knapsacks: Vec<Knapsack>,
    room: Vec<i64>,
    cost: Vec<i64>,
    switch_cost: Vec<i64>,
    /// Each agent's cheapest open option outside the blocks with its cost; staying away from there costs nothing.
    outside: Vec<(u32, i64)>,
    /// Arcs that the last evaluation chose (an agent may have several, or none).
    pub(crate) chosen: Vec<u32>,
    /// Least cost of each block in the last evaluation.
    least: Vec<i64>,
    /// After [`Blocks::strike`]: the bound with each arc taken.
    pub(crate) with_arc: Vec<i128>,
    /// After [`Blocks::strike`]: the bound with each agent staying out.
    pub(crate) with_out: Vec<i128>,
    apart: Vec<i128>,
    /// Evaluations so far.
    pub(crate) evaluations: u64,
}

impl Blocks {
    /// The rows that no multiplier could help: each is kept whole, and exactly.
    pub(crate) fn exact(&self) -> impl Iterator<Item = usize> + '_ {
        self.blocks.iter().filter(|block| block.exact).map(|block| block.row as usize)
    }

    /// Whether nearly every arc lies in some block, no block has them all, and every block is exact.
    ///
    /// One row over nearly everything is most likely a rounded one, of which multipliers say as much.
    pub(crate) fn tell(&self) -> bool {
        let inside = self.block_of.iter().filter(|&&block| block != NONE).count();
        self.blocks.len() > 1 && inside * 4 >= self.block_of.len() * 3 && self.blocks.iter().all(|block| block.exact)
    }

    /// Whether an open arc of the agent lies in a block.
    pub(crate) fn touches(&self, problem: &Problem, domain: &Domain, agent: usize) -> bool {
        self.elsewhere(problem, domain, agent, NONE)
    }

    /// A bound of what one evaluation costs, in cells.
    pub(crate) fn effort(&self, problem: &Problem, incidence: &Incidence) -> u64 {
        let of = |block: &Block| {
            let row = block.row as usize;
            let (room, most, divisor) = rooms(problem, row, incidence);
            let cells = room.min(most) * divisor / block.unit + 1;
            u64::try_from(cells).unwrap_or(0) * problem.rows[row].arcs.len() as u64
        };
        self.blocks.iter().map(of).sum()
    }

    /// Whether sums with multipliers of this size stay inside the range that evaluations need.
    pub(crate) fn fits(problem: &Problem, objective: &Row, shares: &Shares) -> bool {
        let agents = i128::try_from(problem.network.agents() + 2).unwrap_or(i128::MAX);
        let size = |weight: i64, row: &Row| {
            let terms = agents + row.switches.len() as i128;
            i128::from(weight).saturating_mul((2 * terms * i128::from(row.scale())).max(i128::from(row.limit).abs()))
        };
        let rows = shares.rows.iter().zip(&problem.rows).map(|(&weight, row)| size(weight, row));
        let priced = shares.columns.iter().zip(&problem.network.capacity);
        let columns = priced.map(|(&price, &room)| -i128::from(price) * (agents + i128::from(room)));
        let owned = shares.agents.iter().map(|&share| 4 * i128::from(share).abs());
        let total = rows.chain(columns).chain(owned).fold(size(shares.objective, objective), i128::saturating_add);
        total < ROOM
    }

    /// The exact bound of these multipliers; `None` where a block or an agent has no choice at all.
    pub(crate) fn evaluate(
        &mut self,
        problem: &Problem,
        objective: &Row,
        incidence: &Incidence,
        domain: &Domain,
        shares: &Shares,
    ) -> Option<i64> {
        self.evaluations += 1;
        let mut value = self.price(problem, objective, shares);
        self.chosen.clear();
        self.outside.clear();
        for agent in 0..problem.network.agents() {
            let (option, cost) = self.cheapest_outside(problem, domain, shares, agent)?;
            self.outside.push((option, cost));
            value += cost;
            if option != NONE {
                self.chosen.push(option);
            }
        }
        for block in 0..self.blocks.len() {
            let room = self.load(problem, incidence, domain, block)?;
            self.room[block] = room;
            self.least[block] = self.knapsacks[block].least(room);
            value += self.least[block];
            let chosen = &mut self.chosen;
            self.knapsacks[block].chosen(|_, choice| {
                if choice.option != NONE {
                    chosen.push(choice.option);
                }
            });
        }
        for (switch, &cost) in self.switch_cost.iter().enumerate() {
            value += least_of_switch(domain, switch, cost);
        }
        Some(value)
    }

    /// Prices every arc and switch; gives what does not depend on any choice.
    fn price(&mut self, problem: &Problem, objective: &Row, shares: &Shares) -> i64 {
        self.cost.clear();
        self.cost.resize(problem.network.arcs(), 0);
        self.switch_cost.clear();
        self.switch_cost.resize(problem.switches, 0);
        let mut constant: i64 = shares.agents.iter().sum();
        let weighted = problem.rows.iter().zip(&shares.rows).chain([(objective, &shares.objective)]);
        for (row, &weight) in weighted.filter(|&(_, &weight)| weight != 0) {
            row.arcs.iter().for_each(|&(arc, k)| self.cost[arc as usize] += weight * k);
            row.switches.iter().for_each(|&(switch, k)| self.switch_cost[switch as usize] += weight * k);
            constant -= if std::ptr::eq(row, objective) { 0 } else { weight * row.limit };
        }
        for (&price, &room) in shares.columns.iter().zip(&problem.network.capacity) {
            constant += price * i64::from(room);
        }
        for (arc, cost) in self.cost.iter_mut().enumerate() {
            let column = problem.network.column[arc] as usize;
            *cost -= shares.agents[problem.owner[arc] as usize] + shares.columns[column];
        }
        constant
    }

    /// Whether the agent has an open option outside this block (or outside all of them, for [`NONE`]).
    fn elsewhere(&self, problem: &Problem, domain: &Domain, agent: usize, block: u32) -> bool {
        (block != NONE && domain.out(agent))
            || problem.network.arcs_of(agent).any(|arc| self.block_of[arc] != block && domain.arc(arc))
    }

    fn cheapest_outside(
        &self,
        problem: &Problem,
        domain: &Domain,
        shares: &Shares,
        agent: usize,
    ) -> Option<(u32, i64)> {
        let open = problem.network.arcs_of(agent).filter(|&arc| self.block_of[arc] == NONE && domain.arc(arc));
        let arcs = open.map(|arc| (u32::try_from(arc).expect("fewer than 2^32 arcs"), self.cost[arc]));
        let out = domain.out(agent).then_some((NONE, -shares.agents[agent]));
        let inside = self.elsewhere(problem, domain, agent, NONE).then_some((NONE, 0));
        inside.into_iter().chain(out).chain(arcs).min_by_key(|&(_, cost)| cost)
    }

    /// Fills the knapsack of a block from the open options; gives its room, `None` where nothing fits.
    fn load(&mut self, problem: &Problem, incidence: &Incidence, domain: &Domain, block: usize) -> Option<i64> {
        let Block { row, unit, .. } = self.blocks[block];
        let (terms, number) = (&problem.rows[row as usize], u32::try_from(block).expect("fewer than 2^32 blocks"));
        let mut knapsack = std::mem::take(&mut self.knapsacks[block]);
        knapsack.clear();
        let mut room = terms.limit;
        for span in incidence.spans(row as usize) {
            let own = &terms.arcs[span.terms.start as usize..span.terms.end as usize];
            let open = || own.iter().filter(|&&(arc, _)| domain.arc(arc as usize));
            let Some(lightest) = open().map(|&(_, k)| k).min() else { continue };
            let away = self.elsewhere(problem, domain, span.agent as usize, number);
            let base = if away { lightest.min(0) } else { lightest };
            room -= base;
            knapsack.member();
            if away {
                knapsack.option(Choice { weight: -base / unit, cost: 0, option: NONE });
            }
            for &(arc, k) in open() {
                knapsack.option(Choice { weight: (k - base) / unit, cost: self.cost[arc as usize], option: arc });
            }
        }
        self.knapsacks[block] = knapsack;
        (room >= 0).then_some(room / unit)
    }

    /// The bound with each open option taken, after an evaluation that gave `value`.
    ///
    /// Whoever takes an option stays away from every other block, and from what is outside.
    fn weigh(&mut self, problem: &Problem, domain: &Domain, shares: &Shares, value: i64) {
        self.with_arc.clear();
        self.with_arc.resize(problem.network.arcs(), NOWHERE);
        self.with_out.clear();
        self.apart.clear();
        for agent in 0..problem.network.agents() {
            let least = i128::from(self.outside[agent].1);
            let skip = if self.elsewhere(problem, domain, agent, NONE) { -least } else { NOWHERE };
            for arc in problem.network.arcs_of(agent).filter(|&arc| self.block_of[arc] == NONE) {
                self.with_arc[arc] = i128::from(self.cost[arc]) - least - skip;
            }
            self.with_out.push(-i128::from(shares.agents[agent]) - least - skip);
            self.apart.push(i128::from(value) + skip);
        }
        for (knapsack, &least) in self.knapsacks.iter_mut().zip(&self.least) {
            knapsack.weigh();
            for member in 0..knapsack.members() {
                let more = |cost: i64| if cost >= NEVER / 2 { NOWHERE } else { i128::from(cost - least) };
                let (options, with) = (knapsack.options(member), knapsack.with(member));
                let away = options.iter().zip(with).find(|(choice, _)| choice.option == NONE);
                let skip = away.map_or(NOWHERE, |(_, &cost)| more(cost));
                let mut agent = 0;
                for (choice, &cost) in options.iter().zip(with).filter(|(choice, _)| choice.option != NONE) {
                    self.with_arc[choice.option as usize] = more(cost) - skip;
                    agent = problem.owner[choice.option as usize] as usize;
                }
                self.apart[agent] += skip;
            }
        }
        for (agent, &apart) in self.apart.iter().enumerate() {
            self.with_out[agent] += apart;
            self.with_arc[problem.network.arcs_of(agent)].iter_mut().for_each(|with| *with += apart);
        }
    }

    /// Strikes every option that alone lifts the bound above `limit`; returns how many. The last evaluation gave `value`.
    pub(crate) fn strike(
        &mut self,
        problem: &Problem,
        domain: &mut Domain,
        shares: &Shares,
        value: i64,
        limit: i128,
    ) -> usize {
        self.weigh(problem, domain, shares, value);
        let mut struck = 0;
        for agent in 0..problem.network.agents() {
            for arc in problem.network.arcs_of(agent) {
                let choice = u32::try_from(arc).expect("fewer than 2^32 arcs");
                if self.with_arc[arc] > limit && domain.close(agent, choice) {
                    struck += 1;
                }
            }
            if self.with_out[agent] > limit && domain.close(agent, NONE) {
                struck += 1;
            }
        }
        for (switch, &cost) in self.switch_cost.iter().enumerate() {
            let room = limit - i128::from(value) + i128::from(least_of_switch(domain, switch, cost));
            if i128::from(cost) > room && domain.settle(switch, Setting::On) {
                struck += 1;
            }
            if 0 > room && domain.settle(switch, Setting::Off) {
                struck += 1;
            }
        }
        struck
    }

    /// The last evaluation's choice with one option for each agent and no column too full.
    ///
    /// Whoever was given several arcs takes the cheapest with room; whoever was given none, or finds no room, stays out, or
    /// takes the cheapest open arc with room. `None` where somebody finds none.
    pub(crate) fn point(&self, problem: &Problem, domain: &Domain) -> Option<Point> {
        let network = &problem.network;
        let mut room = network.capacity.clone();
        let mut choice = vec![NONE; network.agents()];
        let mut given: Vec<u32> = self.chosen.clone();
        given.sort_by_key(|&arc| (self.cost[arc as usize], arc));
        let mut seat = |arc: u32, own: &mut u32| {
            let left = &mut room[network.column[arc as usize] as usize];
            if *own == NONE && *left > 0 {
                (*own, *left) = (arc, *left - 1);
            }
        };
        for arc in given {
            seat(arc, &mut choice[problem.owner[arc as usize] as usize]);
        }
        for (agent, own) in choice.iter_mut().enumerate().filter(|(agent, own)| **own == NONE && !domain.out(*agent)) {
            let mut open: Vec<usize> = network.arcs_of(agent).filter(|&arc| domain.arc(arc)).collect();
            open.sort_by_key(|&arc| self.cost[arc]);
            open.into_iter().for_each(|arc| seat(u32::try_from(arc).expect("fewer than 2^32 arcs"), own));
            if *own == NONE {
                return None;
            }
        }
        Some(Point::new(problem, choice))
    }

    /// After a strike that found `value`: the options that lift the bound by little, two of each agent at least.
    pub(crate) fn likely(&self, problem: &Problem, domain: &Domain, value: i64, limit: i128) -> Domain {
        let within = i128::from(value) + (limit - i128::from(value)) / 4;
        let mut likely = domain.clone();
        for agent in 0..problem.network.agents() {
            let with = |option: u32| if option == NONE { self.with_out[agent] } else { self.with_arc[option as usize] };
            let mut open: Vec<u32> = choices(&problem.network, agent).filter(|&o| domain.has(agent, o)).collect();
            open.sort_by_key(|&option| (with(option), option));
            for &option in open.iter().skip(2).filter(|&&option| with(option) > within) {
                likely.close(agent, option);
            }
        }
        likely
    }

    /// Where to branch after a strike that found `value`: the agent whose two best options lift the bound most.
    ///
    /// Inside is the best one. `None` where every agent has one option.
    pub(crate) fn split(&self, problem: &Problem, domain: &Domain, value: i64, limit: i128) -> Option<(u32, u32)> {
        let most = limit + 1 - i128::from(value);
        let mut best: Option<(i128, u32, u32)> = None;
        for agent in (0..problem.network.agents()).filter(|&agent| domain.options(agent) > 1) {
            let mut top = [(NOWHERE, NONE); 2];
            for option in choices(&problem.network, agent).filter(|&option| domain.has(agent, option)) {
                let with = if option == NONE { self.with_out[agent] } else { self.with_arc[option as usize] };
                if with < top[0].0 {
                    top = [(with, option), top[0]];
                } else if with < top[1].0 {
                    top[1] = (with, option);
                }
            }
            let lift = |with: i128| (with - i128::from(value)).clamp(0, most) + most / 64 + 1;
            let score = lift(top[0].0) * lift(top[1].0);
            if best.is_none_or(|(other, ..)| score > other) {
                best = Some((score, u32::try_from(agent).expect("fewer than 2^32 agents"), top[0].1));
            }
        }
        best.map(|(_, agent, option)| (agent, option))
    }

    /// These multipliers as a step of a proof.
    pub(crate) fn step(&self, shares: &Shares) -> Step {
        let short = |values: &[i64]| -> Vec<(u32, i128)> {
            (0u32..).zip(values).filter(|&(_, &value)| value != 0).map(|(at, &value)| (at, value.into())).collect()
        };
        Step {
            rows: short(&shares.rows),
            objective: shares.objective.into(),
            prices: short(&shares.columns),
            shares: shares.agents.clone(),
            blocks: self.blocks.iter().map(|block| (block.row, block.unit)).collect(),
        }
    }
}

fn least_of_switch(domain: &Domain, switch: usize, cost: i64) -> i64 {
    if !domain.off(switch) || (domain.on(switch) && cost < 0) { cost } else { 0 }
}
