//! The plans as good as the best, as far as multipliers tell: which options are left, which columns are full, which rows hold.
//!
//! The multipliers that proved a stage without a gap say that, in every plan as good as the best, weighted objective and rows
//! exceed their limits by nothing in all. So each agent holds an option that is cheapest at these prices, each column with
//! a price is full, and the other way round: whoever keeps to that makes the weighted sum exact. Where only one row of the sum is not
//! yet known to be exact, it is exact too; so without side rows the objectives need no further question.

use crate::kernel::domain::Domain;
use crate::kernel::incidence::Incidence;
use crate::kernel::problem::{Problem, Row};
use crate::kernel::propagate::Propagation;
use crate::kernel::relax::{Bound, Relaxation, Weights};
use crate::model::Model;
use crate::solve::exchange::Exchange;
use crate::solve::rest::{Rest, range};
use crate::solve::stages::Run;

/// Rounds of striking by exchanges and by single rows in turn.
const ROUNDS: usize = 3;

/// Plans as good as the best, with or without regard to some stages.
#[derive(Clone)]
pub(crate) struct Face<'a> {
    /// The run's problem: the model's rows, and after them one for each stage.
    pub(crate) problem: &'a Problem,
    /// Whether each row of the problem counts.
    counts: Vec<bool>,
    /// Rows beside these.
    beside: Vec<Row>,
    /// What a gate lets on is on: rows that only a search needs.
    shut: Vec<Row>,
    pub(crate) domain: Domain,
    /// Columns without an empty seat.
    pub(crate) full: Vec<bool>,
    /// For each proof without a gap, the rows that have a multiplier.
    sums: Vec<Vec<usize>>,
    /// Multipliers to start a question from.
    start: Weights,
    /// Multipliers of the last proof without a gap.
    held: Weights,
    /// How many options there were when single rows had last struck what they could.
    struck_at: usize,
}

impl<'a> Face<'a> {
    /// Plans that are as good in every stage but those set free.
    pub(crate) fn new(
        model: &Model,
        run: &'a Run<'_>,
        relaxation: &mut Relaxation,
        is_free: &dyn Fn(usize) -> bool,
    ) -> Self {
        let problem = &run.problem;
        let hard = model.problem.rows.len();
        let (mut beside, mut shut) = (Vec::new(), Vec::new());
        let stages = run.weights.len();
        let first_free = (0..stages).find(|&stage| is_free(stage)).unwrap_or(stages);
        // Better is not equal: where a stage set free came first, later ones are held from both sides.
        for stage in (first_free..stages).filter(|&stage| !is_free(stage)) {
            let row = &problem.rows[hard + stage];
            beside.extend(run.no_better(stage));
            if !row.switches.is_empty() {
                shut.extend(model.problem.rows.iter().filter_map(shut_gate));
            }
        }
        let counts = (0..problem.rows.len()).map(|row| row < hard || !is_free(row - hard)).collect();
        let mut face = Self {
            domain: run.open(first_free < stages),
            full: vec![false; problem.network.columns()],
            start: Weights { rows: vec![0; problem.rows.len()], objective: 1 },
            held: Weights { rows: vec![0; problem.rows.len()], objective: 0 },
            sums: Vec::new(),
            struck_at: 0,
            problem,
            counts,
            beside,
            shut,
        };
        for stage in (0..stages).filter(|&stage| !is_free(stage)) {
            face.settle(relaxation, &run.weights[stage], hard + stage);
        }
        face
    }

    /// The same plans as far as they are as good in the stages set free too.
    pub(crate) fn all(&self, run: &Run<'_>, relaxation: &mut Relaxation, is_free: &dyn Fn(usize) -> bool) -> Self {
        let mut all = self.clone();
        all.counts.fill(true);
        all.beside.clear();
        all.shut.clear();
        let stages = run.weights.len();
        let hard = all.problem.rows.len() - stages;
        for stage in (0..stages).skip_while(|&stage| !is_free(stage)) {
            all.settle(relaxation, &run.weights[stage], hard + stage);
        }
        all
    }

    /// Narrows the open options to those that hold a stage's own row.
    ///
    /// A proof with a gap leaves too many. The heaviest weights on what is held so far, and no other rows, may do
    /// without one, where these rows did not stand in the way of this stage after all.
    fn settle(&mut self, relaxation: &mut Relaxation, weights: &Weights, own: usize) {
        if self.is_constant(own) {
            return;
        }
        let mut rows = weights.rows.clone();
        rows.resize(self.problem.rows.len(), 0);
        rows[own] = weights.objective;
        for (weight, counts) in rows.iter_mut().zip(&self.counts) {
            if !counts {
                *weight = 0;
            }
        }
        // Where a stage left no multipliers of its own, there is nothing to start from.
        if weights.objective > 0 {
            let weights = Weights { rows, objective: 0 };
            self.start = Weights { objective: 1, ..weights.clone() };
            if self.narrow(relaxation, &weights) {
                self.held = weights;
                return;
            }
        }
        if let Some(plain) = self.plain(own)
            && self.narrow(relaxation, &plain)
        {
            self.held = plain;
        }
    }

    /// What is held so far, heavy enough to count before a row.
    fn plain(&self, own: usize) -> Option<Weights> {
        let (least, most) = self.extremes(own);
        let times = i128::from(most) - i128::from(least) + 1;
        let rows = self.held.rows.iter().map(|weight| weight.checked_mul(times)).collect::<Option<Vec<_>>>()?;
        let mut weights = Weights { rows, objective: 0 };
        weights.rows[own] = 1;
        weights.fits(self.problem, &Row::default()).then_some(weights)
    }

    /// Strikes what multipliers strike; whether they have no gap, and then notes what they hold.
    fn narrow(&mut self, relaxation: &mut Relaxation, weights: &Weights) -> bool {
        let evaluated = relaxation.evaluate(self.problem, &Row::default(), &self.domain, weights);
        let Bound::AtLeast(value) = evaluated else { return false };
        relaxation.strike(self.problem, &mut self.domain, value, 0);
        if value != 0 {
            return false;
        }
        for (column, _) in relaxation.step(weights).prices {
            self.full[column as usize] = true;
        }
        let weighted = weights.rows.iter().enumerate().filter(|&(_, &weight)| weight > 0);
        self.sums.push(weighted.map(|(row, _)| row).collect());
        true
    }

    /// Least and largest sum of a row over the open options, each agent and switch on its own.
    fn extremes(&self, row: usize) -> (i64, i64) {
        let row = &self.problem.rows[row];
        let (mut least, mut most) = range(self.problem, &self.domain, row);
        for &(switch, k) in &row.switches {
            let (on, off) = (self.domain.on(switch as usize), self.domain.off(switch as usize));
            least += if !off {
                k
            } else if on {
                k.min(0)
            } else {
                0
            };
            most += if !off {
                k
            } else if on {
                k.max(0)
            } else {
                0
            };
        }
        (least, most)
    }

    /// Whether the open options leave a row at its limit, whichever are taken.
    fn is_constant(&self, row: usize) -> bool {
        let (least, most) = self.extremes(row);
        least == most && most == self.problem.rows[row].limit
    }

    /// The rows that count, and whether the open options are known to hold each.
    pub(crate) fn rows(&self) -> Vec<(&Row, bool)> {
        let exact = self.exact();
        let own = self.problem.rows.iter().zip(&self.counts).zip(&exact);
        let own = own.filter(|&((_, &counts), _)| counts).map(|((row, _), &exact)| (row, exact));
        own.chain(self.beside.iter().map(|row| (row, self.is_exact_beside(row, &exact)))).collect()
    }

    /// A row turned round is exact with the row itself.
    fn is_exact_beside(&self, row: &Row, exact: &[bool]) -> bool {
        let own =
            self.problem.rows.iter().zip(exact).find(|(own, _)| own.limit == -row.limit && own.opposite() == *row);
        own.is_some_and(|(_, &exact)| exact)
    }

    /// Which rows equal their limits all over the open options, as far as is known.
    fn exact(&self) -> Vec<bool> {
        let mut exact: Vec<bool> = (0..self.problem.rows.len()).map(|row| self.is_constant(row)).collect();
        let mut more = true;
        while more {
            more = false;
            for rows in &self.sums {
                let mut open = rows.iter().filter(|&&row| !exact[row]);
                if let (Some(&row), None) = (open.next(), open.next()) {
                    exact[row] = true;
                    more = true;
                }
            }
        }
        exact
    }

    /// Closes the options that no point has, as far as exchanges at one of the points and single rows tell.
    ///
    /// Returns the exchanges that are left, and the rows that they may break.
    pub(crate) fn confine(&mut self, choice: &[u32]) -> (Exchange<'a>, Rest) {
        let mut exchange = Exchange::new(self.problem, &self.domain, &self.full, choice);
        for round in 1.. {
            for (agent, option) in exchange.prune() {
                self.domain.close(agent as usize, option);
            }
            let rest = Rest::new(self.problem, &self.rows(), &self.domain, choice);
            if rest.is_empty() || round == ROUNDS || !self.strike_by_rows() {
                return (exchange, rest);
            }
            for agent in exchange.movable.clone() {
                let options: Vec<u32> = exchange.options(agent).collect();
                for option in options.into_iter().filter(|&option| !self.domain.has(agent as usize, option)) {
                    exchange.close(agent, option);
                }
            }
        }
        unreachable!("the last round returns")
    }

    /// Strikes what each row alone strikes; whether that was anything.
    fn strike_by_rows(&mut self) -> bool {
        let before = self.domain.size();
        if before == self.struck_at {
            return false;
        }
        let (problem, _) = self.problem();
        let nothing = Row::default();
        let incidence = Incidence::new(&problem, &nothing);
        // It closes nothing whole, because the face has a point.
        let _ = Propagation::default().run(&problem, &nothing, &incidence, 0, &mut self.domain, &mut Vec::new());
        self.struck_at = self.domain.size();
        self.struck_at < before
    }

    /// The problem of these plans by itself, for a search, with multipliers to start from.
    pub(crate) fn problem(&self) -> (Problem, Weights) {
        let own = self.problem.rows.iter().zip(&self.counts);
        // A row that does not count stays in its place and says nothing, so that multipliers stay with their rows.
        let rows: Vec<Row> = own
            .map(|(row, &counts)| if counts { row.clone() } else { Row::default() })
            .chain(self.beside.iter().chain(&self.shut).cloned())
            .collect();
        let mut start = self.start.clone();
        start.rows.resize(rows.len(), 0);
        let network = self.problem.network.clone();
        (Problem { network, owner: self.problem.owner.clone(), switches: self.problem.switches, rows }, start)
    }
}

/// Where more switches than the best may not be on: what a gate lets on is on.
fn shut_gate(gate: &Row) -> Option<Row> {
    let switch = gate.gate?;
    let arcs: Vec<(u32, i64)> = gate.arcs.iter().map(|&(arc, k)| (arc, -k)).collect();
    let most: i64 = arcs.iter().map(|&(_, k)| k).sum();
    Some(Row { arcs, switches: vec![(switch, -most)], ..Row::default() })
}
