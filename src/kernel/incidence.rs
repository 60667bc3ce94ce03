//! The rows of a problem by arc and by agent, laid out once for a search.

use std::cell::OnceCell;
use std::ops::Range;

use crate::kernel::board::Board;
use crate::kernel::dual::View;
use crate::kernel::problem::{NONE, Point, Problem, Row};

/// Arcs that are laid out together.
const STRETCH: usize = 2048;

/// The terms of one agent in one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Span {
    /// Which agent.
    pub(crate) agent: u32,
    /// Where its terms stand in the row's list of arcs.
    pub(crate) terms: Range<u32>,
}

/// Rows by arc and by agent; the objective is the last row.
#[derive(Debug, Clone)]
pub(crate) struct Incidence {
    /// The largest coefficient of each row in absolute value, at least 1.
    pub(crate) scales: Vec<i64>,
    /// The rows as tables, where the problem is small.
    pub(crate) board: Option<Board>,
    /// The rows as lists: always where there is no board, else once someone needs them.
    lists: OnceCell<Lists>,
}

/// Terms of every arc, and of every agent in every row.
#[derive(Debug, Clone)]
struct Lists {
    first: Vec<u32>,
    terms: Vec<(u32, i64)>,
    /// For each row, its agents in order.
    spans: Vec<Vec<Span>>,
}

impl Incidence {
    pub(crate) fn new(problem: &Problem, objective: &Row) -> Self {
        let scales: Vec<i64> = problem.rows.iter().chain([objective]).map(Row::scale).collect();
        let board = Board::new(problem, objective, &scales);
        let incidence = Self { scales, board, lists: OnceCell::new() };
        incidence.lay_out_without_board(problem, objective);
        incidence
    }

    /// Takes account of other rows from `own` on.
    pub(crate) fn renew(&mut self, problem: &Problem, objective: &Row, own: usize) {
        self.scales.truncate(own);
        self.scales.extend(problem.rows[own..].iter().chain([objective]).map(Row::scale));
        self.board = match self.board.take() {
            Some(board) => board.renew(problem, objective, &self.scales, own),
            None => Board::new(problem, objective, &self.scales),
        };
        self.lists.take();
        self.lay_out_without_board(problem, objective);
    }

    fn lay_out_without_board(&self, problem: &Problem, objective: &Row) {
        if self.board.is_none() {
            self.lay_out(problem, objective);
        }
    }

    /// Makes the lists, if they are not there.
    pub(crate) fn lay_out(&self, problem: &Problem, objective: &Row) {
        self.lists.get_or_init(|| Lists::new(problem, objective));
    }

    fn lists(&self) -> &Lists {
        self.lists.get().expect("laid out by who needs it")
    }

    /// The agents of a row, in order.
    pub(crate) fn spans(&self, row: usize) -> &[Span] {
        &self.lists().spans[row]
    }

    /// Terms `(row, coefficient)` of an option.
    pub(crate) fn of(&self, choice: u32) -> &[(u32, i64)] {
        if choice == NONE {
            return &[];
        }
        let (arc, Lists { first, terms, .. }) = (choice as usize, self.lists());
        &terms[first[arc] as usize..first[arc + 1] as usize]
    }

    /// The sum of every row at a point, the objective's last.
    pub(crate) fn sums(&self, problem: &Problem, objective: &Row, point: &Point, sums: &mut Vec<i64>) {
        if let Some(board) = &self.board {
            return board.sums(point, sums);
        }
        sums.clear();
        sums.resize(self.scales.len(), 0);
        for &choice in &point.choice {
            for &(row, k) in self.of(choice) {
                sums[row as usize] += k;
            }
        }
        self.add_switches(problem, objective, point, sums);
    }

    /// Adds the switches of a point to sums over its arcs.
    pub(crate) fn add_switches(&self, problem: &Problem, objective: &Row, point: &Point, sums: &mut [i64]) {
        debug_assert_eq!(sums.len(), self.scales.len());
        if problem.switches > 0 {
            for (sum, row) in sums.iter_mut().zip(problem.rows.iter().chain([objective])) {
                *sum += row.switches.iter().filter(|&&(s, _)| point.on[s as usize]).map(|&(_, k)| k).sum::<i64>();
            }
        }
    }
}

impl Lists {
    fn new(problem: &Problem, objective: &Row) -> Self {
        let rows: Vec<&Row> = problem.rows.iter().chain([objective]).collect();
        let arcs = problem.network.arcs();
        let mut first = vec![0u32; arcs + 1];
        for row in &rows {
            row.arcs.iter().for_each(|&(arc, _)| first[arc as usize + 1] += 1);
        }
        for arc in 1..first.len() {
            first[arc] += first[arc - 1];
        }
        let mut terms = vec![(0, 0); first[arcs] as usize];
        let mut at = first.clone();
        // Some arcs of all rows, then the next: what is written stays in the cache.
        let mut left: Vec<&[(u32, i64)]> = rows.iter().map(|row| row.arcs.as_slice()).collect();
        for end in (0..arcs.div_ceil(STRETCH)).map(|stretch| (stretch + 1) * STRETCH) {
            for (index, left) in (0u32..).zip(&mut left) {
                let near = &left[..left.len().min(STRETCH)];
                let (these, rest) = left.split_at(near.partition_point(|&(arc, _)| (arc as usize) < end));
                for &(arc, k) in these {
                    terms[at[arc as usize] as usize] = (index, k);
                    at[arc as usize] += 1;
                }
                *left = rest;
            }
        }
        Self { first, terms, spans: rows.iter().map(|row| spans(problem, row)).collect() }
    }
}

/// The sums of one choice after another, of which each is like the one before.
#[derive(Debug, Clone, Default)]
pub(crate) struct Running {
    choice: Vec<u32>,
    sums: Vec<i64>,
}

impl Running {
    /// The sum of every row at a point, the objective's last.
    pub(crate) fn sums(&mut self, view: &View<'_>, point: &Point) -> Vec<i64> {
        let mut sums = Vec::new();
        if let Some(board) = &view.incidence.board {
            board.sums(point, &mut sums);
        } else {
            sums.extend_from_slice(self.follow(view.incidence, &point.choice));
            view.incidence.add_switches(view.problem, view.objective, point, &mut sums);
        }
        sums
    }

    /// The sum of every row over chosen arcs, the objective's last; switches apart.
    pub(crate) fn follow(&mut self, incidence: &Incidence, choice: &[u32]) -> &[i64] {
        // Nobody's choice is as long as no choice yet.
        if self.choice.len() != choice.len() || self.sums.len() != incidence.scales.len() {
            self.choice = vec![NONE; choice.len()];
            self.sums = vec![0; incidence.scales.len()];
        }
        for (old, &new) in self.choice.iter_mut().zip(choice).filter(|(old, new)| old != new) {
            incidence.of(*old).iter().for_each(|&(row, k)| self.sums[row as usize] -= k);
            incidence.of(new).iter().for_each(|&(row, k)| self.sums[row as usize] += k);
            *old = new;
        }
        &self.sums
    }
}

fn spans(problem: &Problem, row: &Row) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::with_capacity(row.arcs.len().min(problem.network.agents()));
    let mut at = 0;
    while let Some(&(arc, _)) = row.arcs.get(at) {
        let agent = problem.owner[arc as usize];
        let end = problem.network.first[agent as usize + 1];
        let from = u32::try_from(at).expect("fewer than 2^32 arcs");
        at += row.arcs[at..].iter().take_while(|&&(arc, _)| arc < end).count();
        spans.push(Span { agent, terms: from..u32::try_from(at).expect("fewer than 2^32 arcs") });
    }
    spans
}
