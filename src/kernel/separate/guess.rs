//! One guess at a rounded row: what is added up, what each divided agent counts from, and what is counted in.

use crate::kernel::problem::Problem;
use crate::kernel::rounding::Rounding;
use crate::kernel::separate::SLACK;
use crate::kernel::separate::divided::Divided;

/// The largest divisor.
const LARGEST: f64 = 16_777_216.0;

/// Remainders nearer to a whole than this round to coefficients too large to be of use.
const EDGE: f64 = 1e-3;

/// Times through all changes.
const PASSES: usize = 2;

/// A guess; all numbers are whole, and small enough to be exact.
#[derive(Clone)]
pub(super) struct Guess<'a> {
    divided: &'a Divided,
    rows: Vec<f64>,
    columns: Vec<f64>,
    /// The option that each divided agent counts from.
    from: Vec<usize>,
    divisor: f64,
    /// Of each option, what is added up.
    sum: Vec<f64>,
    /// Of each option, wholes of its sum above what its agent counts from, and the part that is left.
    whole: Vec<f64>,
    part: Vec<f64>,
}

impl<'a> Guess<'a> {
    /// One row alone.
    pub(super) fn of_row(divided: &'a Divided, row: usize) -> Self {
        let mut rows = vec![0.0; divided.slack.len()];
        rows[row] = 1.0;
        Self {
            divided,
            rows,
            columns: vec![0.0; divided.full.len()],
            from: divided.first[..divided.agents.len()].to_vec(),
            divisor: 1.0,
            sum: divided.coefficient[row].clone(),
            whole: vec![0.0; divided.arc.len()],
            part: vec![0.0; divided.arc.len()],
        }
    }

    pub(super) fn count_in(&mut self, divisor: f64) {
        self.divisor = divisor;
        self.count_all();
    }

    /// Differences within divided agents, and parts of them: what one may count in.
    pub(super) fn divisors(&self) -> Vec<f64> {
        let mut found = Vec::new();
        for span in self.divided.first.windows(2) {
            let sums = &self.sum[span[0]..span[1]];
            for (at, sum) in sums.iter().enumerate() {
                found.extend(sums[..at].iter().map(|other| (sum - other).abs()));
            }
        }
        found.sort_by(f64::total_cmp);
        found.dedup();
        let parts = |&whole: &f64| [1.0, 2.0, 4.0, 8.0].map(|by| floor(whole / by));
        let mut found: Vec<f64> = found.iter().flat_map(parts).filter(|it| (2.0..=LARGEST).contains(it)).collect();
        found.sort_by(f64::total_cmp);
        found.dedup();
        found
    }

    fn span(&self, agent: usize) -> std::ops::Range<usize> {
        self.divided.first[agent]..self.divided.first[agent + 1]
    }

    fn count(&mut self, agent: usize) {
        let own = self.sum[self.from[agent]];
        for at in self.span(agent) {
            (self.whole[at], self.part[at]) = split((self.sum[at] - own) / self.divisor);
        }
    }

    fn count_all(&mut self) {
        (0..self.from.len()).for_each(|agent| self.count(agent));
    }

    /// The right-hand side: what the rows and columns leave, less what is counted from.
    fn side(&self) -> f64 {
        let rows: f64 = self.rows.iter().zip(&self.divided.left).map(|(times, left)| times * left).sum();
        let columns: f64 = self.columns.iter().zip(&self.divided.room).map(|(times, room)| times * room).sum();
        rows + columns - self.from.iter().map(|&at| self.sum[at]).sum::<f64>()
    }

    /// How far the average breaks the rounded row, in wholes.
    pub(super) fn breach(&self) -> f64 {
        let (side, rest) = split(self.side() / self.divisor);
        if !(EDGE..=1.0 - EDGE).contains(&rest) {
            return f64::NEG_INFINITY;
        }
        let (mut wholes, mut parts) = (0.0, 0.0);
        for ((share, whole), part) in self.divided.share.iter().zip(&self.whole).zip(&self.part) {
            wholes += share * whole;
            parts += share * (part - rest).max(0.0);
        }
        let rounded = |value: f64| rounded(split(value), rest);
        let mut breach = wholes + parts / (1.0 - rest) - side;
        for (&times, &slack) in self.rows.iter().zip(&self.divided.slack).filter(|&(&times, _)| times != 0.0) {
            breach += rounded(times / self.divisor) * slack;
        }
        for (on, coefficient) in &self.divided.switches {
            let sum: f64 = self.rows.iter().zip(coefficient).map(|(times, k)| times * k).sum();
            breach += rounded(sum / self.divisor) * on;
        }
        breach
    }

    /// Length of the rounded row over the divided options.
    pub(super) fn length(&self) -> f64 {
        let (_, rest) = split(self.side() / self.divisor);
        let all = self.whole.iter().zip(&self.part).map(|(&whole, &part)| rounded((whole, part), rest));
        let squares = all.map(|rounded| rounded * rounded);
        squares.sum::<f64>().sqrt().max(1e-6)
    }

    /// Changes one thing after the other as long as the breach grows; how wide it is then.
    pub(super) fn improve(&mut self) -> f64 {
        let mut breach = self.breach();
        for _ in 0..PASSES {
            let before = breach;
            for agent in 0..self.from.len() {
                self.improve_from(agent, &mut breach);
            }
            for column in 0..self.columns.len() {
                self.improve_column(column, &mut breach);
            }
            for row in (0..self.rows.len()).filter(|&row| self.divided.slack[row] < SLACK) {
                self.improve_row(row, &mut breach);
            }
            if breach < before + 1e-6 {
                break;
            }
        }
        breach
    }

    fn improve_from(&mut self, agent: usize, breach: &mut f64) {
        let mut best = self.from[agent];
        for at in self.span(agent) {
            if at != best {
                self.from[agent] = at;
                self.count(agent);
                if grows(breach, self.breach()) {
                    best = at;
                }
            }
        }
        self.from[agent] = best;
        self.count(agent);
    }

    fn improve_column(&mut self, column: usize, breach: &mut f64) {
        let mut best = self.columns[column];
        for times in self.alignments(column) {
            self.price(column, times);
            if grows(breach, self.breach()) {
                best = times;
            }
        }
        self.price(column, best);
    }

    /// Multipliers of a column that let one of its options count as much as its agent counts from.
    fn alignments(&self, column: usize) -> Vec<f64> {
        let mut wanted = vec![0.0];
        for (agent, &from) in self.from.iter().enumerate() {
            for at in self.span(agent).filter(|&at| at != from && self.divided.column[at] == column) {
                let times = self.columns[column] + self.sum[from] - self.sum[at];
                let times = times - floor(times / self.divisor) * self.divisor;
                wanted.extend([times, times - self.divisor]);
            }
        }
        wanted.sort_by(f64::total_cmp);
        wanted.dedup();
        wanted
    }

    fn price(&mut self, column: usize, times: f64) {
        let more = times - self.columns[column];
        self.columns[column] = times;
        if more != 0.0 {
            for agent in 0..self.from.len() {
                let mut concerned = false;
                for at in self.span(agent).filter(|&at| self.divided.column[at] == column) {
                    self.sum[at] += more;
                    concerned = true;
                }
                if concerned {
                    self.count(agent);
                }
            }
        }
    }

    fn improve_row(&mut self, row: usize, breach: &mut f64) {
        let own = self.rows[row];
        let mut best = own;
        for times in [own - 1.0, own + 1.0] {
            self.weigh(row, times);
            if grows(breach, self.breach()) {
                best = times;
            }
        }
        self.weigh(row, best);
    }

    fn weigh(&mut self, row: usize, times: f64) {
        let more = times - self.rows[row];
        self.rows[row] = times;
        for (sum, k) in self.sum.iter_mut().zip(&self.divided.coefficient[row]) {
            *sum += more * k;
        }
        self.count_all();
    }

    /// The guess as multipliers: each agent counts from nought at its option.
    pub(super) fn rounding(&self, problem: &Problem, bases: &[usize]) -> Rounding {
        let network = &problem.network;
        let mut from = self.divided.most.clone();
        for (&agent, &at) in self.divided.agents.iter().zip(&self.from) {
            from[agent] = self.divided.arc[at];
        }
        let index = |&base: &usize| u32::try_from(base).expect("fewer than 2^32 rows");
        let weighed = bases.iter().map(index).zip(self.rows.iter().map(|&times| whole(times)));
        let rows: Vec<(u32, i64)> = weighed.filter(|&(_, times)| times != 0).collect();
        let priced = self.divided.full.iter().zip(&self.columns).map(|(&column, &times)| (column, whole(times)));
        let columns: Vec<(u32, i64)> = priced.filter(|&(_, times)| times != 0).collect();
        let mut agents = vec![0i64; network.agents()];
        let mut take = |arc: u32, times: i64| {
            let owner = problem.owner[arc as usize] as usize;
            if from[owner] == arc {
                agents[owner] -= times;
            }
        };
        for &(row, times) in &rows {
            problem.rows[row as usize].arcs.iter().for_each(|&(arc, k)| take(arc, times * k));
        }
        for &(column, times) in &columns {
            let arcs = (0u32..).zip(&network.column).filter(|&(_, &it)| it == column);
            arcs.for_each(|(arc, _)| take(arc, times));
        }
        Rounding { rows, columns, agents, divisor: whole(self.divisor), grain: 1 }
    }
}

/// The whole number at or below; where there is one of 64 bits, without a call to the library.
#[expect(clippy::cast_possible_truncation, reason = "it saturates, and then the library is asked")]
fn floor(value: f64) -> f64 {
    const EXACT: f64 = (1i64 << 53) as f64;
    if value.abs() < EXACT {
        let cut = value as i64 as f64;
        if cut > value { cut - 1.0 } else { cut }
    } else {
        value.floor()
    }
}

/// Wholes, rounded down, and the part that is left.
fn split(value: f64) -> (f64, f64) {
    let whole = floor(value);
    (whole, value - whole)
}

/// What is rounded down, where so much may be left without counting (`Notch` in whole numbers).
fn rounded((whole, part): (f64, f64), rest: f64) -> f64 {
    whole + (part - rest).max(0.0) / (1.0 - rest)
}

fn grows(breach: &mut f64, now: f64) -> bool {
    let grows = now > *breach + 1e-9;
    if grows {
        *breach = now;
    }
    grows
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a guess of whole numbers; saturates, and is rounded exactly later"
)]
fn whole(value: f64) -> i64 {
    value as i64
}
