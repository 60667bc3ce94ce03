//! How one node is bounded: rows alone, the ascent, strikes by reduced cost, and then a split.

use std::rc::Rc;

use crate::kernel::branching;
use crate::kernel::bundle::Bundle;
use crate::kernel::domain::Domain;
use crate::kernel::dual::{self, Ascent, Next, Start, View};
use crate::kernel::propagate::Alone;
use crate::kernel::relax::{Bound, Relaxation, Step, Weights};
use crate::kernel::search::{Goal, Node, Open, Search, Split, Treated, ceil_div};
use crate::kernel::{NODE_ITERATIONS, ROOT_ITERATIONS};

impl Search<'_, '_> {
    /// Bounds a new node; it enters the tree.
    pub(super) fn treat(
        &mut self,
        domain: Domain,
        starts: &[Weights],
        bundle: Option<Rc<Bundle>>,
        depth: u32,
        inherited: i64,
    ) -> Treated {
        let id = self.tree.nodes.len();
        self.tree.nodes.push(Node::default());
        self.treat_at(id, domain, starts, bundle, depth, inherited)
    }

    pub(super) fn treat_at(
        &mut self,
        id: usize,
        mut domain: Domain,
        starts: &[Weights],
        mut bundle: Option<Rc<Bundle>>,
        depth: u32,
        inherited: i64,
    ) -> Treated {
        let problem = self.question.problem;
        let mut iterations = if depth == 0 { ROOT_ITERATIONS } else { NODE_ITERATIONS };
        let Some(mut weights) = self.best_start(id, &mut domain, starts) else { return Treated::Closed };
        loop {
            if self.propagate(id, &mut domain) {
                return Treated::Closed;
            }
            let Some(ascent) = self.ascend(id, &domain, &weights, bundle.as_deref(), iterations) else {
                return Treated::Closed;
            };
            // The relaxation has gone back to the best look, to strike with it.
            let value = ascent.value;
            let limit = i128::from(self.incumbents.cutoff) * ascent.weights.objective;
            let step = self.relaxation.step(&ascent.weights);
            self.tree.nodes[id].steps.push(step);
            if value > limit {
                return Treated::Closed;
            }
            let before = domain.size();
            let struck = self.relaxation.strike(problem, &mut domain, value, limit);
            weights = ascent.weights;
            if struck * 8 > before && !self.stopped {
                iterations = NODE_ITERATIONS;
                bundle = Some(Rc::new(ascent.bundle));
                continue;
            }
            let bound = inherited.max(ceil_div(value, weights.objective));
            let split =
                branching::choose(problem, self.question.objective, &domain, self.relaxation, &weights, &ascent.bundle);
            let Some(split) = split else {
                // One point is left: without multipliers its bound is its value.
                weights = Weights { rows: vec![0; problem.rows.len()], objective: 1 };
                bundle = None;
                if self.stopped {
                    return self.leaf(id, depth, bound, domain, weights);
                }
                continue;
            };
            bundle = Some(Rc::new(ascent.bundle));
            return Treated::Open(Open {
                id,
                depth,
                bound,
                domain,
                weights,
                bundle,
                optimum: self.relaxation.optimum(),
                guess: None,
                split,
            });
        }
    }

    /// A node left as it is by a run that was stopped; it is never branched.
    fn leaf(&self, id: usize, depth: u32, bound: i64, domain: Domain, weights: Weights) -> Treated {
        Treated::Open(Open {
            id,
            depth,
            bound,
            domain,
            weights,
            bundle: None,
            optimum: None,
            guess: None,
            split: Split::Switch(0),
        })
    }

    pub(super) fn close(&mut self, id: usize, step: Step) -> Treated {
        self.tree.nodes[id].steps.push(step);
        Treated::Closed
    }

    /// The start with the highest bound; each is looked at once in its own scale. `None` where one of them closes the node.
    fn best_start(&mut self, id: usize, domain: &mut Domain, starts: &[Weights]) -> Option<Weights> {
        let problem = self.question.problem;
        let plain = Weights { rows: vec![0; problem.rows.len()], objective: 1 };
        if self.propagate(id, domain) {
            return None;
        }
        if starts.len() <= 1 {
            return Some(starts.first().cloned().unwrap_or(plain));
        }
        let mut best: Option<(i64, Weights)> = None;
        for start in starts {
            let Bound::AtLeast(value) = self.relaxation.evaluate(problem, self.question.objective, domain, start)
            else {
                self.close(id, Step::shortage(self.relaxation));
                return None;
            };
            let point = self.relaxation.point(problem);
            self.incumbents.offer(self.question, self.incidence, point);
            let limit = i128::from(self.incumbents.cutoff) * start.objective;
            if value > limit {
                self.close(id, self.relaxation.step(start));
                return None;
            }
            let bound = ceil_div(value, start.objective);
            if best.as_ref().is_none_or(|&(other, _)| bound >= other) {
                best = Some((bound, start.clone()));
            }
        }
        best.map(|(_, weights)| weights).or(Some(plain))
    }

    /// Strikes by each row alone until nothing more gives; true where that closes the node.
    pub(super) fn propagate(&mut self, id: usize, domain: &mut Domain) -> bool {
        let (problem, objective) = (self.question.problem, self.question.objective);
        let steps = &mut self.tree.nodes[id].steps;
        self.propagation.run(problem, objective, self.incidence, self.incumbents.cutoff, domain, steps) == Alone::Closed
    }

    /// Lifts the bound; every assignment on the way is offered as an incumbent. `None` where the node closes.
    fn ascend(
        &mut self,
        id: usize,
        domain: &Domain,
        weights: &Weights,
        bundle: Option<&Bundle>,
        iterations: usize,
    ) -> Option<Ascent> {
        let question = self.question;
        let start = Start {
            weights,
            bundle,
            is_hasty: bundle.is_some() && iterations < ROOT_ITERATIONS,
            cutoff: self.incumbents.cutoff,
            iterations,
        };
        let (incumbents, incidence) = (&mut self.incumbents, self.incidence);
        let (stopped, should_stop) = (&mut self.stopped, self.should_stop);
        let view = View { problem: question.problem, objective: question.objective, incidence, domain };
        let mut closing = None;
        let mut visit = |relaxation: &Relaxation, weights: &Weights, value: i128| {
            incumbents.see(question, &view, relaxation, weights, value);
            if value > i128::from(incumbents.cutoff) * weights.objective {
                closing = Some(relaxation.step(weights));
                return Next::Stop;
            }
            *stopped = *stopped || should_stop();
            let enough = question.goal == Goal::Any && incumbents.best.is_some();
            if *stopped || enough { Next::Stop } else { Next::Go }
        };
        let ascent = dual::ascend(&view, self.relaxation, &mut self.running, &start, &mut visit);
        if let Some(step) = closing {
            self.close(id, step);
            return None;
        }
        if ascent.is_none() {
            self.close(id, Step::shortage(self.relaxation));
        }
        ascent
    }
}
