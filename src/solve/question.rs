//! Whether there is any point at all: the question that ties and conflicts ask, put in one way.

use crate::kernel::domain::Domain;
use crate::kernel::problem::{Point, Problem, Row};
use crate::kernel::relax::{Relaxation, Weights};
use crate::kernel::search::{self, Goal, Question};

/// What became of a question.
pub(crate) enum Any {
    /// Here is one.
    Point(Point),
    /// There is none.
    Nothing,
    /// A limit came first.
    Unknown,
}

/// Looks for any point of the domain that keeps every row.
///
/// - `start`: multipliers of the rows to begin with; none: every one nought.
pub(crate) fn any(
    problem: &Problem,
    start: Option<&Weights>,
    domain: Domain,
    relaxation: &mut Relaxation,
    should_stop: &dyn Fn() -> bool,
) -> Any {
    let plain = || Weights { rows: vec![0; problem.rows.len()], objective: 1 };
    let starts = [start.cloned().unwrap_or_else(plain)];
    let question = Question {
        problem,
        objective: &Row::default(),
        starts: &starts,
        incumbent: None,
        cutoff: Some(0),
        goal: Goal::Any,
        room: usize::MAX,
    };
    let found = search::minimise(&question, domain, relaxation, should_stop);
    match found.best {
        Some((point, _)) => Any::Point(point),
        None if found.complete => Any::Nothing,
        None => Any::Unknown,
    }
}
