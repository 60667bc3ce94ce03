//! Makes a nearly feasible point feasible: short moves that lower what the rows exceed.
//!
//! The assignments of a relaxation keep every seat and miss a row by a little. One agent moves to a column with room, stays
//! out, or takes a seat whose holder moves on to a third place (an ejection chain; Glover 1996, Discrete Applied Mathematics
//! 65). The objective counts as one more row with the cutoff as its limit, so a repaired point is an improvement.

use crate::kernel::problem::{Domain, NONE, Point, Problem, Row};

/// Excess is counted in 2^-20 of a row's largest coefficient, so that rows compare.
const UNIT: i128 = 1 << 20;

/// Terms of every arc, the objective as the last row.
#[derive(Debug, Clone)]
pub(crate) struct Repair {
    first: Vec<u32>,
    terms: Vec<(u32, i64)>,
    limit: Vec<i64>,
    weight: Vec<i128>,
    sum: Vec<i64>,
    /// Who is in each column.
    held: Vec<Vec<u32>>,
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
        let mut count = vec![0u32; problem.network.arcs() + 1];
        for row in &rows {
            row.arcs.iter().for_each(|&(arc, _)| count[arc as usize + 1] += 1);
        }
        for arc in 1..count.len() {
            count[arc] += count[arc - 1];
        }
        let mut at = count.clone();
        let mut terms = vec![(0, 0); count[problem.network.arcs()] as usize];
        for (index, row) in (0u32..).zip(&rows) {
            for &(arc, k) in &row.arcs {
                terms[at[arc as usize] as usize] = (index, k);
                at[arc as usize] += 1;
            }
        }
        Self {
            first: count,
            terms,
            limit: rows.iter().map(|row| row.limit).collect(),
            weight: rows.iter().map(|row| UNIT / i128::from(row.scale()) + 1).collect(),
            sum: Vec::new(),
            held: Vec::new(),
        }
    }

    /// Lowers the excess of the rows, the objective's over `cutoff` included, by at most `rounds` sweeps.
    ///
    /// Only open options are used. The result may still break rows: the caller checks.
    pub(crate) fn improve(
        &mut self,
        problem: &Problem,
        objective: &Row,
        domain: &Domain,
        point: &Point,
        cutoff: i64,
        rounds: usize,
    ) -> Point {
        *self.limit.last_mut().expect("the objective is the last row") = cutoff;
        let rows = problem.rows.iter().chain([objective]);
        self.sum.clear();
        self.sum.extend(rows.map(|row| row.sum(point)));
        self.held.resize(problem.network.columns(), Vec::new());
        self.held.iter_mut().for_each(Vec::clear);
        let mut choice = point.choice.clone();
        for (agent, &arc) in (0u32..).zip(&choice).filter(|&(_, &arc)| arc != NONE) {
            self.held[problem.network.column[arc as usize] as usize].push(agent);
        }
        for _ in 0..rounds {
            let mut moved = false;
            for agent in 0..problem.network.agents() {
                if self.excess() == 0 {
                    return Point::new(problem, choice);
                }
                moved |= self.best_change(problem, domain, &mut choice, agent);
            }
            if !moved {
                break;
            }
        }
        Point::new(problem, choice)
    }

    fn excess(&self) -> i128 {
        (0..self.sum.len()).map(|row| self.over(row, 0)).sum()
    }

    fn over(&self, row: usize, by: i64) -> i128 {
        i128::from((self.sum[row] + by - self.limit[row]).max(0)) * self.weight[row]
    }

    /// What the change does to the excess.
    fn gain(&mut self, choice: &[u32], change: &Change) -> i128 {
        let mut gain = 0;
        for &(agent, option) in &change.moves[..change.count] {
            gain += self.shift(choice[agent as usize], -1);
            gain += self.shift(option, 1);
        }
        for &(agent, option) in change.moves[..change.count].iter().rev() {
            self.shift(option, -1);
            self.shift(choice[agent as usize], 1);
        }
        gain
    }

    /// Adds an option's terms `sign` times; returns what that does to the excess.
    fn shift(&mut self, option: u32, sign: i64) -> i128 {
        let mut change = 0;
        if option == NONE {
            return 0;
        }
        for at in self.first[option as usize] as usize..self.first[option as usize + 1] as usize {
            let (row, k) = self.terms[at];
            let row = row as usize;
            change -= self.over(row, 0);
            self.sum[row] += sign * k;
            change += self.over(row, 0);
        }
        change
    }

    fn best_change(&mut self, problem: &Problem, domain: &Domain, choice: &mut [u32], agent: usize) -> bool {
        let network = &problem.network;
        let mover = u32::try_from(agent).expect("fewer than 2^32 agents");
        let mut best: Option<(i128, Change)> = None;
        let present = choice[agent];
        let options: Vec<u32> = open(problem, domain, agent).filter(|&option| option != present).collect();
        let left = (present != NONE).then(|| network.column[present as usize]);
        for option in options {
            let target = (option != NONE).then(|| network.column[option as usize]);
            let Some(target) = target.filter(|&j| Some(j) != left && !self.has_room(problem, j)) else {
                let change = Change { moves: [(mover, option), (0, 0)], count: 1 };
                self.consider(choice, change, &mut best);
                continue;
            };
            for seat in 0..self.held[target as usize].len() {
                let holder = self.held[target as usize][seat];
                for onward in open(problem, domain, holder as usize) {
                    let place = (onward != NONE).then(|| network.column[onward as usize]);
                    let room = place.is_none_or(|j| place == left || self.has_room(problem, j));
                    if room && place != Some(target) {
                        let moves = [(mover, option), (holder, onward)];
                        self.consider(choice, Change { moves, count: 2 }, &mut best);
                    }
                }
            }
        }
        let Some((_, change)) = best else { return false };
        for &(who, option) in &change.moves[..change.count] {
            let old = choice[who as usize];
            self.shift(old, -1);
            self.shift(option, 1);
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

    fn consider(&mut self, choice: &[u32], change: Change, best: &mut Option<(i128, Change)>) {
        let gain = self.gain(choice, &change);
        if gain < 0 && best.is_none_or(|(least, _)| gain < least) {
            *best = Some((gain, change));
        }
    }
}

fn open(problem: &Problem, domain: &Domain, agent: usize) -> impl Iterator<Item = u32> {
    let arcs = problem.network.arcs_of(agent).filter(|&arc| domain.arc[arc]);
    let arcs = arcs.map(|arc| u32::try_from(arc).expect("fewer than 2^32 arcs"));
    arcs.chain(domain.out[agent].then_some(NONE))
}
