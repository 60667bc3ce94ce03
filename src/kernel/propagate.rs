//! What each row alone says about the open options, every price nought.
//!
//! An option is struck where even the least that everyone else can add breaks the row with it.

use crate::kernel::PROPAGATION_ROUNDS;
use crate::kernel::board::Board;
use crate::kernel::domain::{Domain, Pass, Setting, choices};
use crate::kernel::incidence::{Incidence, Span};
use crate::kernel::problem::{NONE, Problem, Row};
use crate::kernel::relax::Step;

/// What came of propagating.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Alone {
    /// A row cannot hold, or someone has no option left.
    Closed,
    /// Nothing more is struck by a row alone (or the rounds are used up).
    Open,
}

/// Buffers of a propagation, and what it works on.
#[derive(Debug, Default)]
pub(crate) struct Propagation {
    least: Vec<i64>,
}

impl Propagation {
    /// Strikes by each row alone, the objective against `cutoff` the last; whatever struck or closed is added to `steps`.
    pub(crate) fn run(
        &mut self,
        problem: &Problem,
        objective: &Row,
        incidence: &Incidence,
        cutoff: i64,
        domain: &mut Domain,
        steps: &mut Vec<Step>,
    ) -> Alone {
        if let Some(board) = &incidence.board {
            return self.run_on(board, problem, cutoff, domain, steps);
        }
        for round in 0..PROPAGATION_ROUNDS {
            let pass = domain.pass();
            let mut gave = false;
            for (index, row) in (0u32..).zip(problem.rows.iter().chain([objective])) {
                let last = index as usize == problem.rows.len();
                let spans = incidence.spans(index as usize);
                // The cutoff moves by itself, so the objective is looked at once in any case.
                let due = stirred(row, spans, domain, pass) || (last && round == 0);
                if !due {
                    continue;
                }
                let limit = if last { cutoff } else { row.limit };
                let most = incidence.scales[index as usize].saturating_mul(2);
                if has_room(row, spans, most, limit, index as usize, domain, pass) {
                    continue;
                }
                let struck = self.row(problem, row, index as usize, (limit, most), spans, domain);
                if struck != Some(0) {
                    let rows = if last { Vec::new() } else { vec![(index, 1)] };
                    steps.push(Step { rows, objective: i128::from(last), ..Step::default() });
                    gave = true;
                }
                if struck.is_none() || domain.is_empty() {
                    return Alone::Closed;
                }
            }
            if !gave {
                break;
            }
        }
        if domain.is_empty() { Alone::Closed } else { Alone::Open }
    }

    /// The same with all rows side by side.
    ///
    /// The steps stand one after the other: read so, each strikes what it struck here and perhaps more.
    fn run_on(
        &mut self,
        board: &Board,
        problem: &Problem,
        cutoff: i64,
        domain: &mut Domain,
        steps: &mut Vec<Step>,
    ) -> Alone {
        for _ in 0..PROPAGATION_ROUNDS {
            if domain.is_empty() {
                return Alone::Closed;
            }
            let struck = board.strike(problem, cutoff, &mut self.least, domain);
            for row in (0..=problem.rows.len()).filter(|&row| struck.rows >> row & 1 == 1) {
                let last = row == problem.rows.len();
                let rows = if last { Vec::new() } else { vec![(u32::try_from(row).expect("few rows"), 1)] };
                steps.push(Step { rows, objective: i128::from(last), ..Step::default() });
            }
            if struck.closed {
                return Alone::Closed;
            }
            if struck.rows == 0 {
                break;
            }
        }
        if domain.is_empty() { Alone::Closed } else { Alone::Open }
    }

    /// Strikes by one row; `None` where it cannot hold. No agent's options are further apart in it than `most`.
    fn row(
        &mut self,
        problem: &Problem,
        row: &Row,
        index: usize,
        (limit, most): (i64, i64),
        spans: &[Span],
        domain: &mut Domain,
    ) -> Option<usize> {
        let mut sum = 0i128;
        self.least.clear();
        for span in spans {
            let least = least(row, span, domain)?;
            self.least.push(least);
            sum += i128::from(least);
        }
        for &(switch, k) in &row.switches {
            sum += i128::from(least_of_switch(domain, switch as usize, k));
        }
        domain.note_least(index, i64::try_from(sum).ok());
        let excess = sum - i128::from(limit);
        if excess > 0 {
            return None;
        }
        if row.switches.is_empty() && excess + i128::from(most) <= 0 {
            return Some(0);
        }
        let mut struck = 0;
        for (span, &least) in spans.iter().zip(&self.least) {
            struck += strike(problem, row, span, i128::from(least) - excess, domain);
        }
        for &(switch, k) in &row.switches {
            let s = switch as usize;
            let room = i128::from(least_of_switch(domain, s, k)) - excess;
            if i128::from(k) > room && domain.settle(s, Setting::On) {
                struck += 1;
            }
            if 0 > room && domain.settle(s, Setting::Off) {
                struck += 1;
            }
        }
        Some(struck)
    }
}

/// Whether the row cannot strike anything, by what its least sum was when it was last added up.
///
/// Since then each agent that changed added no more than `most`, and no option adds more than that.
fn has_room(row: &Row, spans: &[Span], most: i64, limit: i64, index: usize, domain: &mut Domain, pass: Pass) -> bool {
    let Some(least) = domain.least(index).filter(|_| row.switches.is_empty()) else { return false };
    let changed = spans.iter().filter(|span| domain.changed(pass, span.agent as usize)).count();
    let least = least.saturating_add(i64::try_from(changed).unwrap_or(i64::MAX).saturating_mul(most));
    let room = least.saturating_add(most) <= limit;
    if room {
        domain.note_least(index, Some(least));
    }
    room
}

/// Whether anything that the row speaks of changed since the pass before.
fn stirred(row: &Row, spans: &[Span], domain: &Domain, pass: Pass) -> bool {
    spans.iter().any(|span| domain.changed(pass, span.agent as usize))
        || row.switches.iter().any(|&(s, _)| domain.switched(pass, s as usize))
        || (spans.is_empty() && row.switches.is_empty() && row.limit < 0)
}

/// The least that an agent can add; `None` where it has no option.
fn least(row: &Row, span: &Span, domain: &Domain) -> Option<i64> {
    let mut inside = 0;
    let mut least: Option<i64> = None;
    for &(arc, k) in &row.arcs[span.terms.start as usize..span.terms.end as usize] {
        if domain.arc(arc as usize) {
            inside += 1;
            least = Some(least.map_or(k, |l| l.min(k)));
        }
    }
    if inside < domain.options(span.agent as usize) {
        least = Some(least.map_or(0, |l| l.min(0)));
    }
    least
}

/// Closes the options of an agent that add more than `room`.
fn strike(problem: &Problem, row: &Row, span: &Span, room: i128, domain: &mut Domain) -> usize {
    let agent = span.agent as usize;
    let terms = &row.arcs[span.terms.start as usize..span.terms.end as usize];
    let mut struck = 0;
    for &(arc, k) in terms {
        if i128::from(k) > room && domain.close(agent, arc) {
            struck += 1;
        }
    }
    if room < 0 {
        for option in choices(&problem.network, agent) {
            let named = option != NONE && terms.binary_search_by_key(&option, |&(arc, _)| arc).is_ok();
            if !named && domain.close(agent, option) {
                struck += 1;
            }
        }
    }
    struck
}

fn least_of_switch(domain: &Domain, switch: usize, k: i64) -> i64 {
    if !domain.off(switch) || (domain.on(switch) && k < 0) { k } else { 0 }
}
