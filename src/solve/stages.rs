//! The stages: one search for each objective, each keeping what the ones before it reached.

use crate::case::proof::{Claim, Proof, RowName};
use crate::case::scenario::{Objective, Sense};
use crate::kernel::domain::Domain;
use crate::kernel::linear;
use crate::kernel::problem::{Point, Problem, Row};
use crate::kernel::relax::{Bound, Relaxation, Step, Weights};
use crate::kernel::search::{self, Found, Goal, Question, Tree};
use crate::model::Model;
use crate::solve::{Limits, Solver, tree};

/// A run through the stages, and what it has reached.
pub(crate) struct Run<'a> {
    pub(crate) model: &'a Model,
    /// The model's problem with a row for each objective that is settled.
    pub(crate) problem: Problem,
    pub(crate) names: Vec<RowName>,
    pub(crate) relaxation: Relaxation,
    /// The best point so far.
    pub(crate) point: Option<Point>,
    /// Value and bound of each objective reached, signed so that less is better.
    pub(crate) reached: Vec<(i64, i64)>,
    pub(crate) proofs: Vec<Proof>,
    /// The multipliers that bounded each stage.
    pub(crate) weights: Vec<Weights>,
    pub(crate) nodes: u64,
}

/// How the stages ended.
pub(crate) enum End {
    /// Every objective is proved.
    Proved,
    /// A limit was reached; there is a point.
    Stopped,
    /// A limit was reached before any point was found.
    Nothing,
    /// No point keeps every row.
    Impossible(Tree),
}

impl<'a> Run<'a> {
    pub(crate) fn new(model: &'a Model) -> Self {
        Self {
            model,
            problem: model.problem.clone(),
            names: model.names.clone(),
            relaxation: Relaxation::default(),
            point: None,
            reached: Vec::new(),
            proofs: Vec::new(),
            weights: Vec::new(),
            nodes: 0,
        }
    }

    pub(crate) fn all(&mut self, limits: &Limits<'_>) -> End {
        for stage in 0..self.model.objectives.len() {
            let _span = tracing::info_span!("stage", stage).entered();
            let found = self.stage(stage, limits);
            self.nodes += found.tree.nodes.len() as u64;
            tracing::debug!(nodes = found.tree.nodes.len(), complete = found.complete, "searched");
            let Some((point, value)) = found.best else {
                return if found.complete { End::Impossible(found.tree) } else { End::Nothing };
            };
            self.point = Some(point);
            let weights = self.simplified(stage, value, found.weights);
            self.settle(stage, value, found.bound, found.tree);
            self.weights.push(weights);
            if !found.complete {
                self.bound_the_rest(stage + 1);
                return End::Stopped;
            }
        }
        End::Proved
    }

    fn stage(&mut self, stage: usize, limits: &Limits<'_>) -> Found {
        let objective = &self.model.objectives[stage];
        let starts = self.starts(stage);
        let proposed = match limits.solver {
            Solver::Network => None,
            Solver::Linear => linear::minimise(&self.problem, objective, linear::Backend::Microlp),
            #[cfg(feature = "highs")]
            Solver::Highs => linear::minimise(&self.problem, objective, linear::Backend::Highs),
        };
        let incumbent = proposed.filter(|point| point.keeps(&self.problem)).or_else(|| self.point.clone());
        let question =
            Question { problem: &self.problem, objective, starts: &starts, incumbent, cutoff: None, goal: Goal::Best };
        let domain = Domain::whole(&self.problem);
        search::minimise(&question, domain, &mut self.relaxation, limits.should_stop)
    }

    /// Multipliers to try first: those of the stage before, at several weights against this objective.
    ///
    /// The heaviest weight makes the stage before count before anything here (exact where it was proved without a gap, as
    /// it always is without side rows); the lighter ones are for where it was not.
    fn starts(&self, stage: usize) -> Vec<Weights> {
        let objective = &self.model.objectives[stage];
        let Some(before) = self.weights.last() else {
            return vec![Weights { rows: vec![0; self.problem.rows.len()], objective: 1 }];
        };
        let range = search::ceiling(&self.problem, objective) + search::ceiling(&self.problem, &objective.opposite());
        let scale = i128::from(objective.scale());
        let carried = |times: i128, own: i128| -> Option<Weights> {
            let mut rows = Vec::with_capacity(before.rows.len() + 1);
            for &weight in before.rows.iter().chain([&before.objective]) {
                rows.push(weight.checked_mul(times)?);
            }
            let weights = Weights { rows, objective: own };
            weights.fits(&self.problem, objective).then_some(weights)
        };
        let mut starts: Vec<Weights> = carried(i128::from(range) + 1, 1).into_iter().collect();
        if !self.model.problem.rows.is_empty() {
            starts.extend([64, 8, 1].into_iter().filter_map(|times| carried(times * scale, before.objective)));
        }
        if starts.is_empty() {
            starts.push(Weights { rows: vec![0; self.problem.rows.len()], objective: 1 });
        }
        starts
    }

    /// The same multipliers in small whole numbers where these prove the value without a gap.
    ///
    /// They are carried into every later stage, multiplied by its range: long fractions would soon not fit.
    fn simplified(&mut self, stage: usize, value: i64, weights: Weights) -> Weights {
        let objective = &self.model.objectives[stage];
        let domain = Domain::whole(&self.problem);
        for own in [1, 2, 6, 12, 60, 1 << 10, 1 << 20].into_iter().take_while(|&own| own < weights.objective) {
            let rounded = |&weight: &i128| {
                let doubled = weight.checked_mul(2 * own)?.checked_add(weights.objective)?;
                Some(doubled.div_euclid(2 * weights.objective))
            };
            let Some(rows) = weights.rows.iter().map(rounded).collect() else { return weights };
            let simple = Weights { rows, objective: own };
            let bound = self.relaxation.evaluate(&self.problem, objective, &domain, &simple);
            if bound == Bound::AtLeast(i128::from(value) * own) {
                return simple;
            }
        }
        weights
    }

    fn settle(&mut self, stage: usize, value: i64, bound: i64, tree: Tree) {
        let claim = Claim::Bound { objective: stage, bound: self.unsigned(stage, bound) };
        self.proofs.push(tree::proof(self.model, &self.names, Some(stage), claim, tree));
        self.reached.push((value, bound));
        let objective = &self.model.objectives[stage];
        self.problem.rows.push(Row { limit: value, gate: None, ..objective.clone() });
        self.names.push(RowName::Objective(stage));
    }

    /// For objectives that a stopped run did not come to: what the network alone allows.
    fn bound_the_rest(&mut self, from: usize) {
        for stage in from..self.model.objectives.len() {
            let objective = &self.model.objectives[stage];
            let weights = Weights { rows: vec![0; self.problem.rows.len()], objective: 1 };
            let domain = Domain::whole(&self.problem);
            let evaluated = self.relaxation.evaluate(&self.problem, objective, &domain, &weights);
            let point = self.point.as_ref().expect("a stopped run that is settled has a point");
            let value = objective.sum(&self.problem, point);
            let Bound::AtLeast(bound) = evaluated else { unreachable!("the network has a point") };
            let bound = i64::try_from(bound).expect("one objective of one plan fits 64 bits").min(value);
            let steps: Vec<Step> = vec![self.relaxation.step(&weights)];
            self.settle(stage, value, bound, Tree { nodes: vec![search::Node { steps, branch: None }] });
        }
    }

    /// A signed value in the objective's own sense.
    pub(crate) fn unsigned(&self, stage: usize, value: i64) -> i64 {
        match self.sense(stage) {
            Sense::Most => -value,
            Sense::Least => value,
        }
    }

    fn sense(&self, stage: usize) -> Sense {
        self.objective(stage).sense()
    }

    pub(crate) fn objective(&self, stage: usize) -> Objective {
        self.model.order[stage]
    }
}
