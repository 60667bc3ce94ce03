//! Looks around a point for a better one: shifts and swaps, with a price on what rows exceed.
//!
//! Rows may be broken on the way; their prices rise while they are and fall while they are not, so that the search moves
//! along the edge of what is allowed (Yagiura, Ibaraki & Glover 2006, European Journal of Operational Research 169, for
//! generalised assignment). Kicks come from a fixed sequence of numbers: the same problem gives the same points.

use crate::kernel::domain::{Domain, choices};
use crate::kernel::incidence::Incidence;
use crate::kernel::problem::{NONE, Point, Problem};

/// A unit of the objective in the unit of prices.
const UNIT: i128 = 1 << 12;

/// No price rises above this; sums of 64-bit excesses at it fit.
pub(crate) const DEAREST: i128 = 1 << 50;

/// Most pairs of agents whose swaps are looked at.
const MOST_PAIRS: usize = 1 << 20;

/// Where a search from a point stands.
pub(crate) struct Polish<'a> {
    problem: &'a Problem,
    incidence: &'a Incidence,
    domain: &'a Domain,
    /// The price of each row's excess.
    price: Vec<i128>,
    sum: Vec<i64>,
    choice: Vec<u32>,
    held: Vec<Vec<u32>>,
    dice: u64,
}

impl<'a> Polish<'a> {
    /// Begins at a point; `price` is a first guess of what a unit of each row is worth, in 2^-12 of the objective's.
    pub(crate) fn new(
        problem: &'a Problem,
        incidence: &'a Incidence,
        domain: &'a Domain,
        point: &Point,
        price: Vec<i128>,
        dice: u64,
    ) -> Self {
        let mut held = vec![Vec::new(); problem.network.columns()];
        for (agent, &arc) in (0u32..).zip(&point.choice).filter(|&(_, &arc)| arc != NONE) {
            held[problem.network.column[arc as usize] as usize].push(agent);
        }
        let mut polish =
            Self { problem, incidence, domain, price, sum: Vec::new(), choice: point.choice.clone(), held, dice };
        polish.sum = vec![0; problem.rows.len() + 1];
        for &choice in &point.choice {
            incidence.of(choice).iter().for_each(|&(row, k)| polish.sum[row as usize] += k);
        }
        polish
    }

    /// Goes round: down to a point that no shift or swap improves, prices, a kick. `offer` sees each such point whose rows
    /// (without switches) hold, with its value; it says whether to go on.
    pub(crate) fn run(&mut self, rounds: usize, offer: &mut dyn FnMut(Point, i64) -> bool) {
        let mut best: Option<(i64, Vec<u32>)> = None;
        for round in 0..rounds {
            self.descend();
            let broken = self.reprice();
            let value = *self.sum.last().expect("the objective is the last row");
            if !broken {
                if best.as_ref().is_none_or(|&(least, _)| value < least) {
                    best = Some((value, self.choice.clone()));
                    if !offer(Point::new(self.problem, self.choice.clone()), value) {
                        return;
                    }
                }
                self.kick(3 + round % 6);
            } else if round % 8 == 7 {
                self.kick(2);
            }
            if let Some((_, choice)) = best.clone().filter(|_| round % 50 == 49) {
                self.go_to(&choice);
            }
        }
    }

    fn go_to(&mut self, choice: &[u32]) {
        for (agent, &option) in choice.iter().enumerate() {
            if self.choice[agent] != option {
                self.apply(agent, option);
            }
        }
    }

    fn over(&self, row: usize) -> i128 {
        match self.problem.rows.get(row) {
            Some(terms) => i128::from((self.sum[row] - terms.limit).max(0)) * self.price[row],
            None => i128::from(self.sum[row]) * UNIT,
        }
    }

    fn shift(&mut self, option: u32, sign: i64) -> i128 {
        let mut change = 0;
        for &(row, k) in self.incidence.of(option) {
            let row = row as usize;
            change -= self.over(row);
            self.sum[row] += sign * k;
            change += self.over(row);
        }
        change
    }

    fn apply(&mut self, agent: usize, option: u32) {
        let (old, column) = (self.choice[agent], &self.problem.network.column);
        let who = u32::try_from(agent).expect("fewer than 2^32 agents");
        self.shift(old, -1);
        self.shift(option, 1);
        if old != NONE {
            self.held[column[old as usize] as usize].retain(|&holder| holder != who);
        }
        if option != NONE {
            self.held[column[option as usize] as usize].push(who);
        }
        self.choice[agent] = option;
    }

    fn has_room(&self, option: u32) -> bool {
        let column = |option: u32| self.problem.network.column[option as usize] as usize;
        option == NONE || self.held[column(option)].len() < self.problem.network.capacity[column(option)] as usize
    }

    fn open(&self, agent: usize) -> Vec<u32> {
        choices(&self.problem.network, agent).filter(|&option| self.domain.has(agent, option)).collect()
    }

    fn descend(&mut self) {
        let agents = self.problem.network.agents();
        let pairs = agents.saturating_mul(agents) <= MOST_PAIRS;
        for _ in 0..4 * agents {
            let mut moved = false;
            for agent in 0..agents {
                moved |= self.best_shift(agent);
            }
            if !moved && pairs {
                for agent in 0..agents {
                    moved |= self.best_swap(agent);
                }
            }
            if !moved {
                return;
            }
        }
    }

    /// Moves an agent to its best option, if that is better than where it is.
    fn best_shift(&mut self, agent: usize) -> bool {
        let old = self.choice[agent];
        let leave = self.shift(old, -1);
        let mut best = (0, old);
        for option in self.open(agent) {
            if option == old || !self.has_room(option) {
                continue;
            }
            let gain = leave + self.shift(option, 1);
            self.shift(option, -1);
            if gain < best.0 {
                best = (gain, option);
            }
        }
        self.shift(old, 1);
        if best.1 != old {
            self.apply(agent, best.1);
        }
        best.1 != old
    }

    /// Swaps an agent with the best holder of another column, if that is better.
    fn best_swap(&mut self, agent: usize) -> bool {
        let (network, old) = (&self.problem.network, self.choice[agent]);
        if old == NONE {
            return false;
        }
        let home = network.column[old as usize];
        let leave = self.shift(old, -1);
        let mut best = (0, NONE, 0, NONE);
        for option in self.open(agent).into_iter().filter(|&option| option != NONE) {
            let column = network.column[option as usize];
            if column == home {
                continue;
            }
            let enter = leave + self.shift(option, 1);
            for seat in 0..self.held[column as usize].len() {
                let other = self.held[column as usize][seat] as usize;
                let back = network.arcs_of(other).find(|&arc| network.column[arc] == home && self.domain.arc(arc));
                let Some(back) = back.and_then(|arc| u32::try_from(arc).ok()) else { continue };
                let theirs = self.choice[other];
                let gain = enter + self.shift(theirs, -1) + self.shift(back, 1);
                self.shift(back, -1);
                self.shift(theirs, 1);
                if gain < best.0 {
                    best = (gain, option, other, back);
                }
            }
            self.shift(option, -1);
        }
        self.shift(old, 1);
        let (_, option, other, back) = best;
        if option != NONE {
            self.apply(agent, option);
            self.apply(other, back);
        }
        option != NONE
    }

    /// Dearer where a row is broken, cheaper where not; whether one is broken.
    fn reprice(&mut self) -> bool {
        let mut broken = false;
        for (row, terms) in self.problem.rows.iter().enumerate() {
            let price = &mut self.price[row];
            if self.sum[row] > terms.limit {
                broken = true;
                *price = (*price + *price / 4 + 1).min(DEAREST);
            } else {
                *price -= *price / 16;
            }
        }
        broken
    }

    /// Moves some agents by lot.
    fn kick(&mut self, times: usize) {
        for _ in 0..times {
            let agent = self.below(self.problem.network.agents());
            let open = self.open(agent);
            let option = open[self.below(open.len())];
            if self.has_room(option) && option != self.choice[agent] {
                self.apply(agent, option);
            }
        }
    }

    fn below(&mut self, limit: usize) -> usize {
        self.dice = self.dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.dice >> 33).unwrap_or(0) % limit.max(1)
    }
}
