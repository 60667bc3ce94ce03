//! Rows that the open options do not hold by themselves, and whether a change keeps them.
//!
//! Sums are over the options that agents hold; a switch is on wherever its gate lets it, so it needs no decision. A change is judged by
//! what it takes from each sum and adds to it.

use crate::kernel::domain::Domain;
use crate::kernel::problem::{NONE, Problem, Row};

/// Rows to be asked, with their sums at the point in hand.
pub(crate) struct Rest {
    rows: Vec<Asked>,
    gates: Vec<Gate>,
    /// Terms of each arc: position of a row, or after the rows of a gate, and coefficient.
    first: Vec<u32>,
    terms: Vec<(u32, i64)>,
    sums: Vec<i64>,
}

/// A row: its sum, with what its switches add, is at most the limit.
struct Asked {
    limit: i64,
    switches: Vec<(usize, i64)>,
}

/// A switch is on while the sum is at most the limit.
struct Gate {
    limit: i64,
}

/// What is known of a switch over all the open options.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Known {
    On,
    Off,
    /// It depends; the position of its gate.
    Asked(usize),
}

impl Rest {
    /// Those of the rows that may break within the domain; with each row, whether it is known to equal its limit there.
    pub(crate) fn new(problem: &Problem, rows: &[(&Row, bool)], domain: &Domain, choice: &[u32]) -> Self {
        let mut chosen: Vec<&Row> = Vec::new();
        let mut gates: Vec<(&Row, i64)> = Vec::new();
        let mut known = vec![Known::Off; problem.switches];
        for &(row, _) in rows {
            if let Some(switch) = row.gate {
                let own: i64 = row.switches.iter().filter(|&&(s, _)| s == switch).map(|&(_, k)| k).sum();
                let (least, most) = range(problem, domain, row);
                known[switch as usize] = if most + own <= row.limit {
                    Known::On
                } else if least + own > row.limit {
                    Known::Off
                } else {
                    gates.push((row, row.limit - own));
                    Known::Asked(gates.len() - 1)
                };
            }
        }
        let mut asked = Vec::new();
        for &(row, held) in rows {
            if row.gate.is_some() {
                continue;
            }
            let mut limit = row.limit;
            let mut switches = Vec::new();
            for &(switch, k) in &row.switches {
                match known[switch as usize] {
                    Known::On => limit -= k,
                    Known::Off => {}
                    Known::Asked(gate) => switches.push((gate, k)),
                }
            }
            let is_held =
                || (held && row.switches.is_empty()) || (switches.is_empty() && range(problem, domain, row).1 <= limit);
            if !is_held() {
                chosen.push(row);
                asked.push(Asked { limit, switches });
            }
        }
        let needed = asked.iter().any(|row| !row.switches.is_empty());
        if !needed {
            gates.clear();
        }
        chosen.extend(gates.iter().map(|&(row, _)| row));
        let gates = gates.iter().map(|&(_, limit)| Gate { limit }).collect();
        let (first, terms) = by_arc(problem, &chosen);
        let mut rest = Self { rows: asked, gates, first, terms, sums: vec![0; chosen.len()] };
        for &option in choice {
            for &(row, k) in Self::of(&rest.first, &rest.terms, option) {
                rest.sums[row as usize] += k;
            }
        }
        rest
    }

    /// Whether every change within the open options keeps every row.
    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    fn of<'b>(first: &[u32], terms: &'b [(u32, i64)], option: u32) -> &'b [(u32, i64)] {
        if option == NONE || terms.is_empty() {
            return &[];
        }
        &terms[first[option as usize] as usize..first[option as usize + 1] as usize]
    }

    fn change(&self, sums: &mut [i64], choice: &[u32], moves: &[(u32, u32)]) {
        for &(agent, option) in moves {
            for &(row, k) in Self::of(&self.first, &self.terms, choice[agent as usize]) {
                sums[row as usize] -= k;
            }
            for &(row, k) in Self::of(&self.first, &self.terms, option) {
                sums[row as usize] += k;
            }
        }
    }

    /// Whether these moves, from where everyone is, keep every row.
    pub(crate) fn keeps(&self, choice: &[u32], moves: &[(u32, u32)]) -> bool {
        if self.rows.is_empty() {
            return true;
        }
        let mut sums = self.sums.clone();
        self.change(&mut sums, choice, moves);
        let (rows, gates) = sums.split_at(self.rows.len());
        let on = |gate: usize| gates[gate] <= self.gates[gate].limit;
        self.rows.iter().zip(rows).all(|(row, sum)| {
            let switches: i64 = row.switches.iter().filter(|&&(gate, _)| on(gate)).map(|&(_, k)| k).sum();
            sum + switches <= row.limit
        })
    }

    /// What these moves, from where everyone is, add to each sum.
    pub(crate) fn effect(&self, choice: &[u32], moves: &[(u32, u32)]) -> Vec<i64> {
        let mut sums = vec![0; self.sums.len()];
        self.change(&mut sums, choice, moves);
        sums
    }

    /// Makes the moves, from where everyone is.
    pub(crate) fn apply(&mut self, choice: &[u32], moves: &[(u32, u32)]) {
        let mut sums = std::mem::take(&mut self.sums);
        self.change(&mut sums, choice, moves);
        self.sums = sums;
    }
}

fn by_arc(problem: &Problem, rows: &[&Row]) -> (Vec<u32>, Vec<(u32, i64)>) {
    if rows.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let mut first = vec![0u32; problem.network.arcs() + 1];
    rows.iter().for_each(|row| row.arcs.iter().for_each(|&(arc, _)| first[arc as usize + 1] += 1));
    for arc in 1..first.len() {
        first[arc] += first[arc - 1];
    }
    let mut at = first.clone();
    let mut terms = vec![(0, 0); first[problem.network.arcs()] as usize];
    for (index, row) in (0u32..).zip(rows) {
        for &(arc, k) in &row.arcs {
            terms[at[arc as usize] as usize] = (index, k);
            at[arc as usize] += 1;
        }
    }
    (first, terms)
}

/// Least and largest sum of a row's arcs over the open options, each agent on its own.
pub(crate) fn range(problem: &Problem, domain: &Domain, row: &Row) -> (i64, i64) {
    let (mut least, mut most) = (0, 0);
    let same_agent = |a: &(u32, i64), b: &(u32, i64)| problem.owner[a.0 as usize] == problem.owner[b.0 as usize];
    for terms in row.arcs.chunk_by(same_agent) {
        let agent = problem.owner[terms[0].0 as usize] as usize;
        let open = || terms.iter().filter(|&&(arc, _)| domain.arc(arc as usize)).map(|&(_, k)| k);
        let named = open().count();
        let unnamed = (named < domain.options(agent)).then_some(0);
        least += open().chain(unnamed).min().unwrap_or(0);
        most += open().chain(unnamed).max().unwrap_or(0);
    }
    (least, most)
}
