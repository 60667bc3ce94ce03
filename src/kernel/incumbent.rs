//! The best point that a search has found, and what it does with each assignment to find a better one.

use crate::kernel::blend::Blend;
use crate::kernel::domain::Domain;
use crate::kernel::dual::View;
use crate::kernel::incidence::{Incidence, Running};
use crate::kernel::problem::Point;
use crate::kernel::relax::{Relaxation, Weights};
use crate::kernel::repair::{Depth, Repair};
use crate::kernel::search::Question;
use crate::kernel::{BLEND_EVERY, BLEND_FROM, BLEND_NEAR, REPAIR_SHARE, SAMPLE_BLEND};

/// Assignments between two blends, at most.
const MOST_PATIENT: u32 = 16;

/// The best point so far, and the means of finding better ones.
pub(crate) struct Incumbents {
    repair: Repair,
    /// Where there are many agents.
    blend: Option<Blend>,
    /// Assignments before the next blend, and before the one after it if that is no better.
    wait: u32,
    patience: u32,
    sums: Vec<i64>,
    running: Running,
    /// Work that repairs of assignments may have done, in arcs of an evaluation.
    credit: u64,
    pub(crate) best: Option<(Point, i64)>,
    /// Values at or below this are still wanted.
    pub(crate) cutoff: i64,
}

impl Incumbents {
    /// None yet; values at or below the cutoff are wanted. The first repair waits for so many assignments.
    pub(crate) fn new(question: &Question<'_>, incidence: &Incidence, wait: u64, cutoff: i64) -> Self {
        let mut repair = Repair::new(question.problem, question.objective);
        repair.work = wait * (question.problem.network.arcs() as u64 / REPAIR_SHARE);
        let large = question.problem.network.agents() >= BLEND_FROM && !question.problem.rows.is_empty();
        if large {
            incidence.lay_out(question.problem, question.objective);
        }
        let blend = large.then(Blend::default);
        let (wait, patience) = (3 * BLEND_EVERY, BLEND_EVERY);
        Self {
            repair,
            blend,
            wait,
            patience,
            sums: Vec::new(),
            running: Running::default(),
            credit: 0,
            best: None,
            cutoff,
        }
    }

    /// The first blend need not wait for multipliers that are any good.
    pub(crate) fn hasten(&mut self) {
        self.wait = SAMPLE_BLEND;
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
        let view = View { problem, objective: question.objective, incidence, domain };
        let mended = self.repair.improve(&view, &point, &self.sums, cutoff);
        self.repair.depth = Depth::Short;
        if let Some(point) = mended {
            self.offer(question, incidence, point);
        }
    }

    /// Offers the assignment of the relaxation at these multipliers; now and then the last ones are blended, and offered.
    ///
    /// Few agents, and blends that still break rows before there is any incumbent, are repaired instead.
    pub(crate) fn see(
        &mut self,
        question: &Question<'_>,
        view: &View<'_>,
        relaxation: &Relaxation,
        weights: &Weights,
        value: i128,
    ) {
        let View { problem, incidence, domain, .. } = *view;
        let Some(blend) = &mut self.blend else {
            return self.look(question, incidence, domain, relaxation.point(problem));
        };
        blend.learn(relaxation.choice(), weights, value);
        self.wait -= 1;
        let all = self.running.follow(incidence, relaxation.choice());
        if self.wait > 0 {
            // Without switches these sums tell whether the assignment is worth a look.
            let (&value, sums) = all.split_last().expect("the objective is the last row");
            let broken = sums.iter().zip(&problem.rows).any(|(&sum, row)| sum > row.limit) || value > self.cutoff;
            if problem.switches > 0 || !broken {
                self.offer(question, incidence, relaxation.point(problem));
            }
            return;
        }
        let near = relaxation.near(problem, domain, BLEND_NEAR);
        let patient = self.patience > BLEND_EVERY;
        let point = Point::new(problem, blend.mix(view, relaxation.choice(), all, &near, patient));
        let again = self.best.as_ref().filter(|_| patient).map(|(best, _)| {
            incidence.sums(problem, question.objective, best, &mut self.sums);
            Point::new(problem, blend.mix(view, &best.choice, &self.sums, &near, true))
        });
        let before = self.cutoff;
        if let Some(point) = again {
            self.offer(question, incidence, point);
        }
        if self.best.is_none() {
            self.look(question, incidence, domain, point);
        } else {
            self.offer(question, incidence, point);
        }
        self.patience = if self.cutoff < before { BLEND_EVERY } else { (2 * self.patience).min(MOST_PATIENT) };
        self.wait = self.patience;
    }

    /// Offers an assignment of the relaxation; one that breaks rows is repaired now and then, and offered again.
    pub(crate) fn look(&mut self, question: &Question<'_>, incidence: &Incidence, domain: &Domain, point: Point) {
        let repaired = {
            incidence.sums(question.problem, question.objective, &point, &mut self.sums);
            self.credit += question.problem.network.arcs() as u64 / REPAIR_SHARE;
            if self.credit >= self.repair.work && !question.problem.rows.is_empty() {
                let view = View { problem: question.problem, objective: question.objective, incidence, domain };
                self.repair.improve(&view, &point, &self.sums, self.cutoff)
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
