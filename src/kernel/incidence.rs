//! The rows of a problem by arc and by agent, laid out once for a search.

use std::ops::Range;

use crate::kernel::board::Board;
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
    first: Vec<u32>,
    terms: Vec<(u32, i64)>,
    /// The largest coefficient of each row in absolute value, at least 1.
    pub(crate) scales: Vec<i64>,
    /// For each row, its agents in order.
    pub(crate) spans: Vec<Vec<Span>>,
    /// The same as tables, where the problem is small.
    pub(crate) board: Option<Board>,
}

impl Incidence {
    pub(crate) fn new(problem: &Problem, objective: &Row) -> Self {
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
        let scales: Vec<i64> = rows.iter().map(|row| row.scale()).collect();
        let spans = rows.iter().map(|row| spans(problem, row)).collect();
        let board = Board::new(problem, objective, &scales);
        Self { first, terms, scales, spans, board }
    }

    /// Terms `(row, coefficient)` of an option.
    pub(crate) fn of(&self, choice: u32) -> &[(u32, i64)] {
        if choice == NONE {
            return &[];
        }
        let arc = choice as usize;
        &self.terms[self.first[arc] as usize..self.first[arc + 1] as usize]
    }

    /// The sum of every row at a point, the objective's last.
    pub(crate) fn sums(&self, problem: &Problem, objective: &Row, point: &Point, sums: &mut Vec<i64>) {
        if let Some(board) = &self.board {
            return board.sums(point, sums);
        }
        sums.clear();
        sums.resize(self.spans.len(), 0);
        for &choice in &point.choice {
            for &(row, k) in self.of(choice) {
                sums[row as usize] += k;
            }
        }
        self.add_switches(problem, objective, point, sums);
    }

    /// Adds the switches of a point to sums over its arcs.
    pub(crate) fn add_switches(&self, problem: &Problem, objective: &Row, point: &Point, sums: &mut [i64]) {
        debug_assert_eq!(sums.len(), self.spans.len());
        if problem.switches > 0 {
            for (sum, row) in sums.iter_mut().zip(problem.rows.iter().chain([objective])) {
                *sum += row.switches.iter().filter(|&&(s, _)| point.on[s as usize]).map(|&(_, k)| k).sum::<i64>();
            }
        }
    }
}

/// The sums of one choice after another, of which each is like the one before.
#[derive(Debug, Clone, Default)]
pub(crate) struct Running {
    choice: Vec<u32>,
    sums: Vec<i64>,
}

impl Running {
    /// The sum of every row over chosen arcs, the objective's last; switches apart.
    pub(crate) fn follow(&mut self, incidence: &Incidence, choice: &[u32]) -> &[i64] {
        // Nobody's choice is as long as no choice yet.
        if self.choice.len() != choice.len() || self.sums.len() != incidence.spans.len() {
            self.choice = vec![NONE; choice.len()];
            self.sums = vec![0; incidence.spans.len()];
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
