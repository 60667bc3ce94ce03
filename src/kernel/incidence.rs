//! The rows of a problem by arc and by agent, laid out once for a search.

use std::ops::Range;

use crate::kernel::problem::{NONE, Point, Problem, Row};

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
    /// For each row, its agents in order.
    pub(crate) spans: Vec<Vec<Span>>,
}

impl Incidence {
    pub(crate) fn new(problem: &Problem, objective: &Row) -> Self {
        let rows: Vec<&Row> = problem.rows.iter().chain([objective]).collect();
        let mut first = vec![0u32; problem.network.arcs() + 1];
        for row in &rows {
            row.arcs.iter().for_each(|&(arc, _)| first[arc as usize + 1] += 1);
        }
        for arc in 1..first.len() {
            first[arc] += first[arc - 1];
        }
        let mut at = first.clone();
        let mut terms = vec![(0, 0); first[problem.network.arcs()] as usize];
        for (index, row) in (0u32..).zip(&rows) {
            for &(arc, k) in &row.arcs {
                terms[at[arc as usize] as usize] = (index, k);
                at[arc as usize] += 1;
            }
        }
        Self { first, terms, spans: rows.iter().map(|row| spans(problem, row)).collect() }
    }

    /// Terms `(row, coefficient)` of an option.
    pub(crate) fn of(&self, choice: u32) -> &[(u32, i64)] {
        if choice == NONE {
            return &[];
        }
        let arc = choice as usize;
        &self.terms[self.first[arc] as usize..self.first[arc + 1] as usize]
    }

    /// The sum of every row over chosen arcs, the objective's last; switches apart.
    pub(crate) fn choice_sums(&self, choice: &[u32]) -> Vec<i64> {
        let mut sums = vec![0; self.spans.len()];
        for &(row, k) in choice.iter().flat_map(|&choice| self.of(choice)) {
            sums[row as usize] += k;
        }
        sums
    }

    /// The sum of every row at a point, the objective's last.
    pub(crate) fn sums(&self, problem: &Problem, objective: &Row, point: &Point, sums: &mut Vec<i64>) {
        sums.clear();
        sums.resize(self.spans.len(), 0);
        for &choice in &point.choice {
            for &(row, k) in self.of(choice) {
                sums[row as usize] += k;
            }
        }
        if problem.switches > 0 {
            for (sum, row) in sums.iter_mut().zip(problem.rows.iter().chain([objective])) {
                *sum += row.switches.iter().filter(|&&(s, _)| point.on[s as usize]).map(|&(_, k)| k).sum::<i64>();
            }
        }
    }
}

fn spans(problem: &Problem, row: &Row) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for (at, &(arc, _)) in (0u32..).zip(&row.arcs) {
        let agent = problem.owner[arc as usize];
        match spans.last_mut() {
            Some(span) if span.agent == agent => span.terms.end = at + 1,
            Some(_) | None => spans.push(Span { agent, terms: at..at + 1 }),
        }
    }
    spans
}
