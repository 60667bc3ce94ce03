//! The stages: one goal after the other, each keeping what the ones before it reached, with the proof of each.

use crate::case::goal::Goal;
use crate::case::proof::{Claim, MOST_ENTRIES, Proof, RowName};
use crate::case::scenario::Objective;
use crate::kernel::domain::Domain;
use crate::kernel::linear;
use crate::kernel::problem::{Point, Problem, Row};
use crate::kernel::profile;
use crate::kernel::relax::{Bound, Relaxation, Step, Weights};
use crate::kernel::rounding::Rounding;
use crate::kernel::search::{self, Tree};
use crate::kernel::stages::{Settled, Stages};
use crate::model::{Model, Target};
use crate::solve::tree::{self, Names};
use crate::solve::{Limits, Solver};

/// A run through the stages, and what it has reached.
pub(crate) struct Run<'a> {
    pub(crate) model: &'a Model,
    /// The model's problem with a row for each goal that is settled.
    pub(crate) problem: Problem,
    names: Vec<RowName>,
    /// Rounded rows of the stages, by their places among all rows.
    rounded: Vec<(usize, Rounding)>,
    pub(crate) relaxation: Relaxation,
    /// The best point so far.
    pub(crate) point: Option<Point>,
    /// Value and bound of each goal reached, signed so that less is better.
    pub(crate) reached: Vec<(i64, i64)>,
    pub(crate) proofs: Vec<Proof>,
    /// Multipliers that hold each settled goal, and those before it, at its value; none where the next goal's do.
    pub(crate) weights: Vec<Weights>,
    /// The options that the settled goals leave open, and those that the ones before cost do.
    open: [Option<Domain>; 2],
    pub(crate) nodes: u64,
    /// Multipliers with which searches ended.
    pub(crate) learnt: Vec<Weights>,
}

/// Multipliers from a case, for cases like it: where their searches begin.
#[derive(Debug, Clone, Default)]
pub struct Hints(pub(crate) Vec<Weights>);

/// How the stages ended.
pub(crate) enum End {
    /// Every goal is proved.
    Proved,
    /// A limit was reached; there is a point.
    Stopped,
    /// A limit was reached before any point was found.
    Nothing,
    /// No point keeps every row.
    Impossible(Tree),
}

/// What came of one stage: the point and its value, what was proved of it, and by what.
struct Reached {
    best: Option<(Point, i64)>,
    bound: i64,
    complete: bool,
    tree: Tree,
    /// How many of the strikes so far the tree belongs below.
    below: usize,
}

impl<'a> Run<'a> {
    /// Runs through all goals.
    pub(crate) fn through(model: &'a Model, limits: &Limits<'_>) -> (Self, End) {
        Self::through_from(model, &Hints::default(), limits)
    }

    /// The same from what a case like this one needed.
    pub(crate) fn through_from(model: &'a Model, hints: &Hints, limits: &Limits<'_>) -> (Self, End) {
        let mut run = Self {
            model,
            problem: Problem::default(),
            names: model.names.clone(),
            rounded: Vec::new(),
            relaxation: Relaxation::default(),
            point: None,
            reached: Vec::new(),
            proofs: Vec::new(),
            weights: Vec::new(),
            open: [None, None],
            nodes: 0,
            learnt: Vec::new(),
        };
        let mut stages = Stages::new(model.problem.clone()).with_room(MOST_ENTRIES).with_hints(hints.0.clone());
        let end = run.all(&mut stages, limits);
        run.nodes = stages.effort().0;
        run.learnt = stages.learnt().to_vec();
        run.take(stages.problem);
        run.relaxation = stages.relaxation;
        run.open[0] = Some(stages.domain);
        (run, end)
    }

    /// Takes the problem over without its rounded rows: they may follow from goals that are set free later.
    fn take(&mut self, problem: Problem) {
        let is_rounded = |row: usize| self.rounded.iter().any(|&(it, _)| it == row);
        let rows = problem.rows.into_iter().enumerate().filter(|&(row, _)| !is_rounded(row));
        self.problem = Problem { rows: rows.map(|(_, row)| row).collect(), ..problem };
        for weights in &mut self.weights {
            let kept = std::mem::take(&mut weights.rows).into_iter().enumerate().filter(|&(row, _)| !is_rounded(row));
            weights.rows = kept.map(|(_, weight)| weight).collect();
        }
    }

    /// The names of the rows that the trees of the stages speak of.
    pub(crate) fn names(&self) -> Names<'_> {
        Names { rows: &self.names, rounded: &self.rounded }
    }

    /// Names the rounded rows that the last search added.
    fn name_rounded(&mut self, stages: &Stages) {
        for rounded in &stages.rounded()[self.rounded.len()..] {
            debug_assert_eq!(rounded.0, self.names.len(), "rounded rows come before the goal that they serve");
            self.names.push(RowName::Rounded(self.rounded.len()));
            self.rounded.push(rounded.clone());
        }
    }

    fn all(&mut self, stages: &mut Stages, limits: &Limits<'_>) -> End {
        if self.model.targets.is_empty() {
            // Ranks were asked for and nobody can have one: any plan is as good as any other.
            let any = stages.possible(&Row::default(), limits.should_stop);
            self.point = any.best.map(|(point, _)| point);
            return match (&self.point, any.complete) {
                (Some(_), _) => End::Proved,
                (None, true) => End::Impossible(any.tree),
                (None, false) => End::Nothing,
            };
        }
        let mut next = 0;
        while next < self.model.targets.len() {
            let _span = tracing::info_span!("stage", stage = next).entered();
            let some = self.some(next, stages, limits);
            self.name_rounded(stages);
            for reached in some {
                let stage = next;
                next += 1;
                let Reached { best, bound, complete, mut tree, below } = reached;
                tracing::debug!(stage, nodes = tree.nodes.len(), complete, "proved");
                let Some((point, value)) = best else {
                    return if complete { End::Impossible(tree) } else { End::Nothing };
                };
                self.point = Some(point);
                tree.nodes[0].steps.splice(0..0, stages.strikes()[..below].iter().cloned());
                self.settle(stage, value, bound, tree);
                if !complete {
                    self.bound_the_rest(next, stages);
                    return End::Stopped;
                }
                self.names.push(RowName::Objective(stage));
            }
            // Of several reached at once all but the last are held by what holds the last.
            self.weights.resize_with(next, Weights::default);
            self.weights[next - 1] = stages.holding();
        }
        End::Proved
    }

    /// Reaches a goal, and perhaps some after it.
    fn some(&mut self, stage: usize, stages: &mut Stages, limits: &Limits<'_>) -> Vec<Reached> {
        if self.goal(stage).objective == Objective::Cost {
            self.open[1] = Some(stages.domain.clone());
        }
        let row = match &self.model.targets[stage] {
            Target::Worst(ranks) => return vec![worst(stages, ranks, limits)],
            Target::Sum(row) => row,
        };
        let proposed = match limits.solver {
            Solver::Network => None,
            Solver::Linear => linear::minimise(stages.problem(), row, linear::Backend::Microlp),
            #[cfg(feature = "highs")]
            Solver::Highs => linear::minimise(stages.problem(), row, linear::Backend::Highs),
        };
        let alone = limits.solver != Solver::Network || self.goal(stage).objective == Objective::Cost;
        let rest = self.model.targets[stage + 1..].iter().zip(&self.model.goals[stage + 1..]);
        let others = rest.map_while(|(target, goal)| match target {
            // What cost leaves open is asked for by itself.
            Target::Sum(row) if !alone && goal.objective != Objective::Cost => Some(row),
            Target::Sum(_) | Target::Worst(_) => None,
        });
        let rows: Vec<&Row> = std::iter::once(row).chain(others).collect();
        let settled = stages.advance(&rows, proposed, limits.should_stop).into_iter();
        let reached = settled.map(|Settled { found, below }| Reached {
            best: found.best,
            bound: found.bound,
            complete: found.complete,
            tree: found.tree,
            below,
        });
        reached.collect()
    }

    fn settle(&mut self, stage: usize, value: i64, bound: i64, tree: Tree) {
        let claim = Claim::Bound { objective: stage, bound: self.unsigned(stage, bound) };
        self.proofs.push(tree::proof(self.model, &self.names(), Some(stage), claim, tree));
        self.reached.push((value, bound));
    }

    /// For goals that a stopped run did not come to: what the network alone allows.
    fn bound_the_rest(&mut self, from: usize, stages: &mut Stages) {
        for stage in from..self.model.targets.len() {
            let point = self.point.as_ref().expect("a stopped run that is settled has a point");
            let target = &self.model.targets[stage];
            let value = target.value(&stages.problem, point);
            let (bound, step) = match target {
                Target::Worst(_) => (0, Step { objective: 1, ..Step::default() }),
                Target::Sum(row) => {
                    let weights = Weights { rows: vec![0; stages.problem.rows.len()], objective: 1 };
                    let evaluated = stages.relaxation.evaluate(&stages.problem, row, &stages.domain, &weights);
                    let Bound::AtLeast(bound) = evaluated else { unreachable!("the network has a point") };
                    let bound = i64::try_from(bound).expect("one objective of one plan fits 64 bits");
                    (bound.min(value), stages.relaxation.step(&weights))
                }
            };
            let steps = stages.strikes().iter().cloned().chain([step]).collect();
            self.settle(stage, value, bound, Tree { nodes: vec![search::Node { steps, branch: None }] });
        }
    }

    /// The options that all settled goals leave open; without cost, those that the goals before it do.
    pub(crate) fn open(&self, without_cost: bool) -> Domain {
        let [all, before_cost] = &self.open;
        let left = if without_cost { before_cost.as_ref().or(all.as_ref()) } else { all.as_ref() };
        left.expect("a run that ended has its options").clone()
    }

    /// Rows that hold a settled goal from the other side: no better than it is.
    pub(crate) fn no_better(&self, stage: usize) -> Option<Row> {
        let (value, _) = self.reached[stage];
        match &self.model.targets[stage] {
            Target::Sum(row) => Some(Row { limit: value, ..row.clone() }.opposite()),
            Target::Worst(ranks) => {
                let rank = u32::try_from(value).ok().filter(|&rank| rank > 0)?;
                Some(Row { limit: 1, ..profile::over(ranks, Some(rank)) }.opposite())
            }
        }
    }

    /// Value of a goal at a point, signed so that less is better.
    pub(crate) fn value(&self, stage: usize, point: &Point) -> i64 {
        self.model.targets[stage].value(&self.problem, point)
    }

    /// A signed value in the goal's own sense.
    pub(crate) fn unsigned(&self, stage: usize, value: i64) -> i64 {
        self.goal(stage).signed(value)
    }

    pub(crate) fn goal(&self, stage: usize) -> Goal {
        self.model.goals[stage]
    }
}

fn worst(stages: &mut Stages, ranks: &[u32], limits: &Limits<'_>) -> Reached {
    let strikes = stages.strikes().len();
    let found = profile::bottleneck(stages, ranks, limits.should_stop);
    let number = |rank: Option<u32>| rank.map_or(0, i64::from);
    Reached {
        best: found.best.map(|(point, rank)| (point, number(rank))),
        bound: number(found.bound),
        complete: found.complete,
        tree: found.tree,
        below: if found.bound.is_some() { strikes } else { 0 },
    }
}
