//! Moves one or two agents of a nearly good point, by options that the relaxation likes nearly as well as its own.
//!
//! Where whole paths (`blend`) are too coarse, the last unit of a row is met by one agent that goes to a column with room, by
//! two that swap, or by one that takes the seat of another who goes on to a third. Only options of little reduced cost are
//! tried, since what a point loses against the bound is the reduced cost of its options and the priced slack of its rows.

use crate::kernel::blend::UNIT;
use crate::kernel::incidence::Incidence;
use crate::kernel::problem::{NONE, Problem};

/// Options of little reduced cost, agent by agent.
#[derive(Debug, Clone, Default)]
pub(crate) struct Near {
    pub(crate) first: Vec<u32>,
    pub(crate) options: Vec<u32>,
}

impl Near {
    fn of(&self, agent: u32) -> &[u32] {
        &self.options[self.first[agent as usize] as usize..self.first[agent as usize + 1] as usize]
    }
}

/// What excess of each row costs; what the objective does.
pub(crate) struct Rates<'a> {
    pub(crate) problem: &'a Problem,
    pub(crate) rates: Vec<i64>,
}

impl Rates<'_> {
    /// What it costs that a row, or the objective where there is no such row, has this sum.
    #[inline]
    pub(crate) fn over(&self, row: usize, sum: i64) -> i64 {
        match self.problem.rows.get(row) {
            Some(terms) => (sum - terms.limit).max(0).saturating_mul(self.rates[row]),
            None => sum.saturating_mul(UNIT),
        }
    }
}

/// A change: these agents take these options.
#[derive(Debug, Clone, Copy, Default)]
struct Change {
    gain: i64,
    moves: [(u32, u32); 2],
    count: usize,
}

/// A point while agents move.
pub(crate) struct Tune<'a> {
    problem: &'a Problem,
    incidence: &'a Incidence,
    choice: &'a mut [u32],
    sums: &'a mut [i64],
    /// First agent in each column, the next one with each agent, and how many there are.
    head: Vec<u32>,
    next: Vec<u32>,
    count: Vec<u32>,
    /// Rows that are broken when a round begins.
    broken: Vec<u32>,
}

impl<'a> Tune<'a> {
    pub(crate) fn new(
        problem: &'a Problem,
        incidence: &'a Incidence,
        choice: &'a mut [u32],
        sums: &'a mut [i64],
    ) -> Self {
        let (agents, columns) = (choice.len(), problem.network.columns());
        let (head, next, count) = (vec![NONE; columns], vec![NONE; agents], vec![0; columns]);
        let mut tune = Self { problem, incidence, choice, sums, head, next, count, broken: Vec::new() };
        for agent in (0u32..).take(agents) {
            tune.enter(agent, tune.choice[agent as usize]);
        }
        tune
    }

    /// Sweeps over all agents, each taking the first change that costs less than nothing, until nobody moves.
    pub(crate) fn polish(&mut self, near: &Near, rates: &Rates<'_>, sweeps: usize) {
        for _ in 0..sweeps {
            let mut moved = false;
            for agent in (0u32..).take(self.choice.len()) {
                let mut best = Change::default();
                self.consider(near, rates, agent, |_, _, _| true, true, &mut best);
                moved |= self.make(best);
            }
            if !moved {
                return;
            }
        }
    }

    /// Makes cheap changes that lower broken rows, until none is broken or nothing helps.
    ///
    /// Each round lists the cheapest change of every agent and makes them in order, as far as they still do most of what they
    /// did when they were listed.
    pub(crate) fn mend(&mut self, near: &Near, rates: &Rates<'_>, rounds: usize) {
        let mut listed: Vec<Change> = Vec::new();
        for _ in 0..rounds {
            listed.clear();
            let rows = (0u32..).zip(self.problem.rows.iter().zip(&*self.sums));
            self.broken = rows.filter(|(_, (row, sum))| **sum > row.limit).map(|(at, _)| at).collect();
            if self.broken.is_empty() {
                return;
            }
            for agent in (0u32..).take(self.choice.len()) {
                let mut best = Change::default();
                self.consider(near, rates, agent, Self::mends, false, &mut best);
                if best.count > 0 {
                    listed.push(best);
                }
            }
            listed.sort_by_key(|change| change.gain);
            let mut moved = false;
            for &change in &listed {
                if !self.is_broken() {
                    return;
                }
                moved |= self.still(rates, &change) && self.make(change);
            }
            if !moved {
                return;
            }
        }
    }

    /// Whether a change can still be made and does at least three quarters of what it did.
    fn still(&mut self, rates: &Rates<'_>, change: &Change) -> bool {
        let moves = &change.moves[..change.count];
        let mut gain = 0i64;
        for &(agent, option) in moves {
            gain = gain.saturating_add(self.shift(rates, self.choice[agent as usize], option));
        }
        for &(agent, option) in moves {
            self.shift_sums(option, self.choice[agent as usize]);
        }
        let left: Vec<Option<usize>> =
            moves.iter().map(|&(agent, _)| self.column(self.choice[agent as usize])).collect();
        let room = moves.iter().all(|&(_, option)| {
            let place = self.column(option);
            place.is_none_or(|j| self.has_room(j) || left.contains(&place))
        });
        room && gain < 0 && gain <= change.gain / 4 * 3
    }

    fn make(&mut self, change: Change) -> bool {
        for &(agent, option) in &change.moves[..change.count] {
            self.shift_sums(self.choice[agent as usize], option);
            self.settle(agent, option);
        }
        change.count > 0
    }

    /// Looks at an agent's changes whose first move passes.
    fn consider(
        &mut self,
        near: &Near,
        rates: &Rates<'_>,
        agent: u32,
        pass: impl Fn(&Self, u32, u32) -> bool,
        first: bool,
        best: &mut Change,
    ) {
        let old = self.choice[agent as usize];
        let left = self.column(old);
        for &option in near.of(agent) {
            if option == old || !pass(self, old, option) {
                continue;
            }
            let gain = self.shift(rates, old, option);
            match self.column(option).filter(|&j| Some(j) != left && !self.has_room(j)) {
                None if gain < best.gain => {
                    *best = Change { gain, moves: [(agent, option), (0, 0)], count: 1 };
                }
                None => {}
                Some(target) => {
                    let mut holder = self.head[target];
                    while holder != NONE {
                        let seat = self.choice[holder as usize];
                        for &onward in near.of(holder) {
                            let place = self.column(onward);
                            if place.is_some_and(|j| j == target || (Some(j) != left && !self.has_room(j))) {
                                continue;
                            }
                            let gain = gain.saturating_add(self.shift(rates, seat, onward));
                            self.shift_sums(onward, seat);
                            if gain < best.gain {
                                *best = Change { gain, moves: [(agent, option), (holder, onward)], count: 2 };
                            }
                        }
                        holder = self.next[holder as usize];
                    }
                }
            }
            self.shift_sums(option, old);
            if first && best.count > 0 {
                return;
            }
        }
    }

    fn is_broken(&self) -> bool {
        self.problem.rows.iter().zip(&*self.sums).any(|(row, &sum)| sum > row.limit)
    }

    /// Whether one option in place of another lowers a row that is broken.
    fn mends(&self, old: u32, new: u32) -> bool {
        let of = |option: u32, row: u32| {
            let terms = self.incidence.of(option);
            terms.binary_search_by_key(&row, |&(row, _)| row).map_or(0, |at| terms[at].1)
        };
        self.broken.iter().any(|&row| of(new, row) < of(old, row))
    }

    /// Puts one option in place of another in the sums; what that costs.
    fn shift(&mut self, rates: &Rates<'_>, old: u32, new: u32) -> i64 {
        let mut cost = 0i64;
        for (option, sign) in [(old, -1), (new, 1)] {
            for &(row, k) in self.incidence.of(option) {
                let sum = self.sums[row as usize];
                let now = rates.over(row as usize, sum + sign * k);
                cost = cost.saturating_add(now.saturating_sub(rates.over(row as usize, sum)));
                self.sums[row as usize] = sum + sign * k;
            }
        }
        cost
    }

    fn shift_sums(&mut self, old: u32, new: u32) {
        self.incidence.of(old).iter().for_each(|&(row, k)| self.sums[row as usize] -= k);
        self.incidence.of(new).iter().for_each(|&(row, k)| self.sums[row as usize] += k);
    }

    fn column(&self, option: u32) -> Option<usize> {
        (option != NONE).then(|| self.problem.network.column[option as usize] as usize)
    }

    fn has_room(&self, column: usize) -> bool {
        self.count[column] < self.problem.network.capacity[column]
    }

    fn settle(&mut self, agent: u32, option: u32) {
        self.leave(agent);
        self.choice[agent as usize] = option;
        self.enter(agent, option);
    }

    fn enter(&mut self, agent: u32, option: u32) {
        if let Some(column) = self.column(option) {
            self.next[agent as usize] = std::mem::replace(&mut self.head[column], agent);
            self.count[column] += 1;
        }
    }

    fn leave(&mut self, agent: u32) {
        let Some(column) = self.column(self.choice[agent as usize]) else { return };
        self.count[column] -= 1;
        let after = self.next[agent as usize];
        if self.head[column] == agent {
            self.head[column] = after;
            return;
        }
        let mut at = self.head[column];
        while self.next[at as usize] != agent {
            at = self.next[at as usize];
        }
        self.next[at as usize] = after;
    }
}
