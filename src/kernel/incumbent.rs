//! The best point that a search has found, and what it does with each assignment to find a better one.

use crate::kernel::REPAIR_SHARE;
use crate::kernel::domain::Domain;
use crate::kernel::incidence::Incidence;
use crate::kernel::problem::Point;
use crate::kernel::repair::{Depth, Repair};
use crate::kernel::search::Question;

/// The best point so far, and the means of finding better ones.
pub(crate) struct Incumbents {
    repair: Repair,
    sums: Vec<i64>,
    /// Work that repairs of assignments may have done, in arcs of an evaluation.
    credit: u64,
    pub(crate) best: Option<(Point, i64)>,
    /// Values at or below this are still wanted.
    pub(crate) cutoff: i64,
}

impl Incumbents {
    /// None yet; values at or below the cutoff are wanted.
    pub(crate) fn new(question: &Question<'_>, cutoff: i64) -> Self {
        let repair = Repair::new(question.problem, question.objective);
        Self { repair, sums: Vec::new(), credit: 0, best: None, cutoff }
    }

    /// Takes the point as the incumbent if it keeps every row and is wanted.
    pub(crate) fn offer(&mut self, question: &Question<'_>, incidence: &Incidence, point: Point) {
        incidence.sums(question.problem, question.objective, &point, &mut self.sums);
        let (&value, sums) = self.sums.split_last().expect("the objective is the last row");
        let keeps = sums.iter().zip(&question.problem.rows).all(|(&sum, row)| sum <= row.limit);
        if keeps && value <= self.cutoff {
            self.cutoff = value - 1;
            self.best = Some((point, value));
        }
    }

    /// Repairs a point with patience, and offers it.
    pub(crate) fn mend(&mut self, question: &Question<'_>, incidence: &Incidence, domain: &Domain, point: Point) {
        incidence.sums(question.problem, question.objective, &point, &mut self.sums);
        let (problem, cutoff) = (question.problem, self.cutoff);
        self.repair.depth = Depth::Long;
        let mended = self.repair.improve(problem, incidence, domain, &point, &self.sums, cutoff);
        self.repair.depth = Depth::Short;
        if let Some(point) = mended {
            self.offer(question, incidence, point);
        }
    }

    /// Offers an assignment of the relaxation; one that breaks rows is repaired now and then, and offered again.
    pub(crate) fn look(&mut self, question: &Question<'_>, incidence: &Incidence, domain: &Domain, point: Point) {
        let repaired = {
            incidence.sums(question.problem, question.objective, &point, &mut self.sums);
            self.credit += question.problem.network.arcs() as u64 / REPAIR_SHARE;
            if self.credit >= self.repair.work && !question.problem.rows.is_empty() {
                self.repair.improve(question.problem, incidence, domain, &point, &self.sums, self.cutoff)
            } else {
                None
            }
        };
        self.offer(question, incidence, point);
        if let Some(point) = repaired {
            self.offer(question, incidence, point);
        }
    }
}
