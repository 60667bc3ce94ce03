//! Makes a nearly feasible point feasible: short moves that lower what the rows exceed.
//!
//! The assignments of a relaxation keep every seat and miss a row by a little. One agent moves to a column with room, stays
//! out, or takes a seat whose holder moves on to a third place (an ejection chain; Glover 1996, Discrete Applied Mathematics
//! 65). The objective counts as one more row with the cutoff as its limit, so a repaired point is an improvement.

use crate::kernel::domain::{Domain, choices};
use crate::kernel::incidence::Incidence;
use crate::kernel::problem::{NONE, Point, Problem, Row};
use crate::kernel::{CHANGE_WORK, LONG_REPAIR_ROUNDS, REPAIR_ROUNDS};

/// Excess is counted in 2^-20 of a row's largest coefficient, so that rows compare.
const UNIT: i128 = 1 << 20;

/// Limits and weights of the rows, the objective the last, and where a repair stands.
#[derive(Debug, Clone)]
pub(crate) struct Repair {
    /// How much trouble the next repair takes.
    pub(crate) depth: Depth,
    limit: Vec<i64>,
    weight: Vec<i128>,
    sum: Vec<i64>,
    excess: i128,
    /// Changes weighed so far, in arcs of an evaluation that take as long.
    pub(crate) work: u64,
    /// Who is in each column.
    held: Vec<Vec<u32>>,
}

/// How much trouble a repair takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Depth {
    /// One agent at a time, and a second one where the first finds no room.
    Short,
    /// Two agents may also swap columns with room, and rows that stay broken count more and more (Morris 1993, AAAI).
    Long,
}

/// A change: these agents take these options.
#[derive(Debug, Clone, Copy, Default)]
struct Change {
    moves: [(u32, u32); 2],
    count: usize,
}

impl Repair {
    /// Prepares the rows of a problem and its objective.
    pub(crate) fn new(problem: &Problem, objective: &Row) -> Self {
        let rows: Vec<&Row> = problem.rows.iter().chain([objective]).collect();
        Self {
            depth: Depth::Short,
            limit: rows.iter().map(|row| row.limit).collect(),
            weight: rows.iter().map(|row| UNIT / i128::from(row.scale()) + 1).collect(),
            sum: Vec::new(),
            excess: 0,
            work: 0,
            held: Vec::new(),
        }
    }

    /// Lowers the excess of the rows, the objective's over `cutoff` included, sweeping over all agents.
    ///
    /// `sums` are those of the point. Only open options are used. `None` where some row is still broken.
    pub(crate) fn improve(
        &mut self,
        problem: &Problem,
        incidence: &Incidence,
        domain: &Domain,
        point: &Point,
        sums: &[i64],
        cutoff: i64,
    ) -> Option<Point> {
        let weight = self.weight.clone();
        *self.limit.last_mut().expect("the objective is the last row") = cutoff;
        self.sum.clear();
        self.sum.extend_from_slice(sums);
        self.excess = (0..sums.len()).map(|row| self.over(row)).sum();
        self.held.resize(problem.network.columns(), Vec::new());
        self.held.iter_mut().for_each(Vec::clear);
        let mut choice = point.choice.clone();
        for (agent, &arc) in (0u32..).zip(&choice).filter(|&(_, &arc)| arc != NONE) {
            self.held[problem.network.column[arc as usize] as usize].push(agent);
        }
        let rounds = match self.depth {
            Depth::Short => REPAIR_ROUNDS,
            Depth::Long => LONG_REPAIR_ROUNDS,
        };
        for _ in 0..rounds {
            let mut moved = false;
            for agent in 0..problem.network.agents() {
                if self.excess == 0 {
                    break;
                }
                moved |= self.best_change(problem, incidence, domain, &mut choice, agent);
            }
            if self.excess == 0 || (!moved && self.depth == Depth::Short) {
                break;
            }
            if !moved {
                self.weigh_more(&weight);
            }
        }
        self.weight = weight;
        (self.excess == 0).then(|| Point::new(problem, choice))
    }

    /// Rows that are broken count once more.
    fn weigh_more(&mut self, weight: &[i128]) {
        for (row, weight) in weight.iter().enumerate() {
            if self.over(row) > 0 {
                self.weight[row] += weight;
            }
        }
        self.excess = (0..weight.len()).map(|row| self.over(row)).sum();
    }

    fn over(&self, row: usize) -> i128 {
        i128::from((self.sum[row] - self.limit[row]).max(0)) * self.weight[row]
    }

    /// What the change does to the excess.
    fn gain(&mut self, incidence: &Incidence, choice: &[u32], change: &Change) -> i128 {
        let mut gain = 0;
        self.work += CHANGE_WORK * change.count as u64;
        for &(agent, option) in &change.moves[..change.count] {
            gain += self.shift(incidence.of(choice[agent as usize]), -1);
            gain += self.shift(incidence.of(option), 1);
        }
        for &(agent, option) in &change.moves[..change.count] {
            incidence.of(option).iter().for_each(|&(row, k)| self.sum[row as usize] -= k);
            incidence.of(choice[agent as usize]).iter().for_each(|&(row, k)| self.sum[row as usize] += k);
        }
        gain
    }

    /// Adds an option's terms `sign` times; returns what that does to the excess.
    fn shift(&mut self, terms: &[(u32, i64)], sign: i64) -> i128 {
        let mut change = 0;
        for &(row, k) in terms {
            let row = row as usize;
            change -= self.over(row);
            self.sum[row] += sign * k;
            change += self.over(row);
        }
        change
    }

    fn best_change(
        &mut self,
        problem: &Problem,
        incidence: &Incidence,
        domain: &Domain,
        choice: &mut [u32],
        agent: usize,
    ) -> bool {
        let network = &problem.network;
        let mover = u32::try_from(agent).expect("fewer than 2^32 agents");
        let mut best: Option<(i128, Change)> = None;
        let present = choice[agent];
        let options: Vec<u32> = open(problem, domain, agent).filter(|&option| option != present).collect();
        let left = (present != NONE).then(|| network.column[present as usize]);
        for option in options {
            let target = (option != NONE).then(|| network.column[option as usize]);
            let full = target.is_some_and(|j| Some(j) != left && !self.has_room(problem, j));
            if !full {
                let change = Change { moves: [(mover, option), (0, 0)], count: 1 };
                self.consider(incidence, choice, change, &mut best);
            }
            let Some(target) = target.filter(|&j| full || (self.depth == Depth::Long && Some(j) != left)) else {
                continue;
            };
            for seat in 0..self.held[target as usize].len() {
                let holder = self.held[target as usize][seat];
                for onward in open(problem, domain, holder as usize) {
                    let place = (onward != NONE).then(|| network.column[onward as usize]);
                    let room = place.is_none_or(|j| place == left || (full && self.has_room(problem, j)));
                    if room && place != Some(target) {
                        let moves = [(mover, option), (holder, onward)];
                        self.consider(incidence, choice, Change { moves, count: 2 }, &mut best);
                    }
                }
            }
        }
        let Some((_, change)) = best else { return false };
        for &(who, option) in &change.moves[..change.count] {
            let old = choice[who as usize];
            self.excess += self.shift(incidence.of(old), -1) + self.shift(incidence.of(option), 1);
            if old != NONE {
                self.held[network.column[old as usize] as usize].retain(|&holder| holder != who);
            }
            if option != NONE {
                self.held[network.column[option as usize] as usize].push(who);
            }
            choice[who as usize] = option;
        }
        true
    }

    fn has_room(&self, problem: &Problem, column: u32) -> bool {
        self.held[column as usize].len() < problem.network.capacity[column as usize] as usize
    }

    fn consider(&mut self, incidence: &Incidence, choice: &[u32], change: Change, best: &mut Option<(i128, Change)>) {
        let gain = self.gain(incidence, choice, &change);
        if gain < 0 && best.is_none_or(|(least, _)| gain < least) {
            *best = Some((gain, change));
        }
    }
}

fn open<'a>(problem: &Problem, domain: &'a Domain, agent: usize) -> impl Iterator<Item = u32> + use<'a> {
    choices(&problem.network, agent).filter(move |&option| domain.has(agent, option))
}
