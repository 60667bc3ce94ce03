//! Mixes the assignments of an ascent into a point that keeps every row.
//!
//! Two assignments that are nearly best at nearly the same multipliers differ by many short paths and cycles, each of which
//! may be taken or left without asking the others and costs next to nothing. What one assignment exceeds a row by, some of
//! the paths towards the others give back; so the last assignments are mixed path by path, as far as that brings objective and priced excess down (path relinking: Glover, Laguna & Martí 2000, Control and Cybernetics 29). The
//! price of excess rises from the row's multiplier upwards, so that the cheapest paths for each unit are taken first.
//!
//! Knows nothing of bounds: what it finds is a point like any other and is checked by whoever takes it.

use crate::kernel::dual::View;
use crate::kernel::incidence::Incidence;
use crate::kernel::problem::{NONE, Problem};
use crate::kernel::relax::Weights;
use crate::kernel::sets::Sets;
use crate::kernel::tune::{Near, Rates, Tune};

/// A unit of the objective in the unit of prices.
pub(crate) const UNIT: i64 = 1 << 12;

/// No price is above this.
const DEAREST: i64 = 1 << 40;

/// Excess costs its row's multiplier and so many sixteenths more, one after the other.
const PREMIUMS: [i64; 4] = [1, 6, 24, 512];

/// Assignments that are remembered.
const KNOWN: usize = 8;

/// Sweeps over all paths at one price.
const SWEEPS: usize = 6;

/// Rounds that mend a blend, at most.
const MENDS: usize = 4;

/// Sweeps that polish a blend.
const POLISHES: usize = 1;

/// The last assignments, the best multipliers, and the point that is blended.
#[derive(Debug, Clone, Default)]
pub(crate) struct Blend {
    /// The last assignments, and which of them is the oldest.
    known: Vec<Vec<u32>>,
    oldest: usize,
    /// The multipliers of the highest bound so far, as prices, and that bound.
    prices: Vec<i64>,
    bound: i128,
    choice: Vec<u32>,
    sums: Vec<i64>,
    paths: Paths,
}

/// The differences of two assignments, path by path.
#[derive(Debug, Clone, Default)]
struct Paths {
    /// `(agent, option)`: who differs, and what it has in the other assignment; path by path.
    moves: Vec<(u32, u32)>,
    first_move: Vec<usize>,
    /// `(row, change)`, the objective the last row.
    terms: Vec<(u32, i64)>,
    first_term: Vec<usize>,
    taken: Vec<bool>,
}

impl Blend {
    /// Remembers an assignment, in place of the oldest, and its multipliers where no bound was higher.
    pub(crate) fn learn(&mut self, choice: &[u32], weights: &Weights, value: i128) {
        if self.known.len() < KNOWN {
            self.known.push(choice.to_vec());
        } else {
            self.known[self.oldest].copy_from_slice(choice);
        }
        self.oldest = (self.oldest + 1) % KNOWN;
        let unit = weights.objective.max(1);
        let bound = value.div_euclid(unit);
        if self.prices.is_empty() || bound >= self.bound {
            self.bound = bound;
            let price = |&weight: &i128| i64::try_from(weight.saturating_mul(UNIT.into()) / unit).unwrap_or(DEAREST);
            self.prices.clear();
            self.prices.extend(weights.rows.iter().map(|weight| price(weight).min(DEAREST)));
        }
    }

    /// A point from this assignment, whose rows have these sums, and those before it; it may still break rows. With patience it is polished.
    pub(crate) fn mix(&mut self, view: &View<'_>, start: &[u32], sums: &[i64], near: &Near, patient: bool) -> Vec<u32> {
        let View { problem, incidence, .. } = *view;
        self.choice.clear();
        self.choice.extend_from_slice(start);
        self.sums.clear();
        self.sums.extend_from_slice(sums);
        let (own, scales) = incidence.scales.split_last().expect("the objective is the last row");
        let floors: Vec<i64> = scales.iter().map(|scale| own.saturating_mul(UNIT / 256) / scale + 1).collect();
        let mut rates = Rates { problem, rates: vec![0; problem.rows.len()] };
        for premium in PREMIUMS {
            for ((rate, &price), floor) in rates.rates.iter_mut().zip(&self.prices).zip(&floors) {
                *rate = price.saturating_add((price + floor).saturating_mul(premium) / 16);
            }
            for age in 1..=self.known.len() {
                let known = (self.oldest + self.known.len() - age) % self.known.len();
                self.paths.find(problem, incidence, &self.choice, &self.known[known]);
                self.sweep(&rates);
                self.take();
            }
        }
        let mut tune = Tune::new(problem, incidence, &mut self.choice, &mut self.sums);
        tune.mend(near, &rates, MENDS);
        if patient {
            tune.polish(near, &rates, POLISHES);
        }
        self.choice.clone()
    }

    fn take(&mut self) {
        for path in (0..self.paths.taken.len()).filter(|&path| self.paths.taken[path]) {
            for &(agent, option) in self.paths.moves(path) {
                self.choice[agent as usize] = option;
            }
        }
    }

    /// Takes or leaves path after path while that lowers objective and priced excess.
    fn sweep(&mut self, rates: &Rates<'_>) {
        let Self { sums, paths, .. } = self;
        for _ in 0..SWEEPS {
            let mut changed = false;
            for path in 0..paths.taken.len() {
                let sign = if paths.taken[path] { -1 } else { 1 };
                let terms = &paths.terms[paths.first_term[path]..paths.first_term[path + 1]];
                let gain = |&(row, k): &(u32, i64)| {
                    let sum = sums[row as usize];
                    rates.over(row as usize, sum + sign * k).saturating_sub(rates.over(row as usize, sum))
                };
                if terms.iter().map(gain).fold(0, i64::saturating_add) < 0 {
                    terms.iter().for_each(|&(row, k)| sums[row as usize] += sign * k);
                    paths.taken[path] = !paths.taken[path];
                    changed = true;
                }
            }
            if !changed {
                return;
            }
        }
    }
}

impl Paths {
    fn moves(&self, path: usize) -> &[(u32, u32)] {
        &self.moves[self.first_move[path]..self.first_move[path + 1]]
    }

    /// Whoever enters a column goes with one who leaves it; those who enter beyond that find room in any case.
    fn find(&mut self, problem: &Problem, incidence: &Incidence, from: &[u32], to: &[u32]) {
        let column = |option: u32| problem.network.column[option as usize] as usize;
        let differs = (0u32..).zip(from.iter().zip(to)).filter(|&(_, (a, b))| a != b);
        let moved: Vec<(u32, u32, u32)> = differs.map(|(agent, (&a, &b))| (agent, a, b)).collect();
        let mut leaver = vec![NONE; problem.network.columns()];
        let mut next = vec![NONE; moved.len()];
        for (at, &(_, old, _)) in (0u32..).zip(&moved).filter(|&(_, &(_, old, _))| old != NONE) {
            next[at as usize] = std::mem::replace(&mut leaver[column(old)], at);
        }
        let mut paths = Sets::new(moved.len());
        for (at, &(_, _, new)) in (0u32..).zip(&moved).filter(|&(_, &(_, _, new))| new != NONE) {
            let before = leaver[column(new)];
            if before != NONE {
                leaver[column(new)] = next[before as usize];
                paths.join(at as usize, before as usize);
            }
        }
        let mut order: Vec<(usize, usize)> = (0..moved.len()).map(|at| (paths.of(at), at)).collect();
        order.sort_unstable();
        let Self { moves, first_move, terms, first_term, taken } = self;
        for list in [&mut *first_move, first_term] {
            list.clear();
            list.push(0);
        }
        moves.clear();
        terms.clear();
        taken.clear();
        let mut change = vec![0i64; problem.rows.len() + 1];
        let mut touched: Vec<u32> = Vec::new();
        for path in order.chunk_by(|a, b| a.0 == b.0) {
            for &(_, at) in path {
                let (agent, old, new) = moved[at];
                moves.push((agent, new));
                for (option, sign) in [(old, -1), (new, 1)] {
                    for &(row, k) in incidence.of(option) {
                        change[row as usize] += sign * k;
                        touched.push(row);
                    }
                }
            }
            touched.sort_unstable();
            touched.dedup();
            for row in touched.drain(..) {
                let k = std::mem::take(&mut change[row as usize]);
                if k != 0 {
                    terms.push((row, k));
                }
            }
            first_move.push(moves.len());
            first_term.push(terms.len());
            taken.push(false);
        }
    }
}
