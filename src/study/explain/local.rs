//! Forced places where a rule over several people is at its limit: a plan from the people near by, and bounds from the answer's own proofs.
//!
//! From above: the best plan in which only people near the place may move (`near`, `around`). From below: the steps that proved the
//! answer, goal by goal, with the place given (`ladder`); and where one falls short, the multipliers that the search near by ended with.
//! Where the two meet, the price is exact without a solve of the whole case. Where they do not, more people are
//! let move, and at last the two ends are an interval. Everything is counted in work and not in time, and begins from the answer each time: so
//! what is found depends on the place alone. `certify` derives both ends again.

mod around;
mod ladder;
mod near;

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::case::answer::Witness;
use crate::case::goal::Goal;
use crate::case::proof::{Claim, End, Node, Proof, RowName, Step};
use crate::case::scenario::Objective;
use crate::certify::{Bounded, Bounding, Certified, Near, Offer};
use crate::id::{Id, PersonId};
use crate::kernel::problem::{NONE, Problem, Row};
use crate::kernel::relax::Weights;
use crate::model::{Model, Target};
use crate::study::explain::local::around::{Around, Found};
use crate::study::explain::local::ladder::{Ladder, Priced, place};
use crate::study::explain::local::near::Nearness;
use crate::study::explain::warm::Asked;

/// How many people may move, one try after the other.
const PEOPLE: [usize; 3] = [60, 180, 540];

/// So many steps that fall short are tried with the multipliers of the search near by.
const INSTEAD: usize = 2;

/// Options that the searches of one try may look at.
pub(super) const WORK: u64 = 4_000_000;

/// An answer, ready for questions about places.
pub(super) struct Local {
    model: Rc<Model>,
    /// The model's problem with a row for each goal at the answer's value.
    problem: Problem,
    goals: Vec<Goal>,
    choice: Vec<u32>,
    ladder: Ladder,
    nearness: Nearness,
    hints: Vec<Weights>,
    bounding: Bounding,
}

impl Local {
    /// Takes an answer apart; `None` where it is not proved best, or a goal is not a sum.
    pub(super) fn new(model: &Rc<Model>, answer: &Certified, near: &Near<'_>) -> Option<Self> {
        let bounding = Bounding::new(near, answer)?;
        let choice = model.choice(answer.plan()?)?;
        let mut problem = model.problem.clone();
        for (target, scored) in model.targets.iter().zip(answer.objectives()) {
            let Target::Sum(row) = target else { return None };
            problem.rows.push(Row { limit: scored.goal.signed(scored.value), gate: None, ..row.clone() });
        }
        let proofs = answer.proofs();
        if proofs.len() != model.goals.len() || proofs.is_empty() {
            return None;
        }
        let ladder = Ladder::new(model, &problem, proofs);
        let hints = (0..ladder.goals()).filter_map(|goal| weights(model, goal, ladder.multipliers(goal))).collect();
        Some(Self {
            nearness: Nearness::new(model, &problem, &choice, proofs),
            goals: model.goals.clone(),
            model: Rc::clone(model),
            problem,
            choice,
            ladder,
            hints,
            bounding,
        })
    }

    /// The best plan that was found with the place given, and what no such plan is better than; `None` where none was found.
    pub(super) fn forced(&mut self, near: &mut Near<'_>, asked: &Asked) -> Option<Bounded> {
        let mut moved = BTreeSet::new();
        let mut best: Option<Bounded> = None;
        for most in PEOPLE {
            let people = self.nearness.people(&self.model, &self.choice, asked, &moved, most);
            let all = people.len() == self.choice.len();
            let found = Around::new(&self.model, &self.choice, people)?.best(asked, &self.hints, WORK);
            if let Some(Found { choice, learnt }) = found {
                let offer = self.offer(asked, &choice);
                let bounded = self.bounded(near, asked, offer, &learnt, &mut moved)?;
                if bounded.is_best() || self.is_as_good(&bounded) {
                    return Some(bounded);
                }
                // More people did no better: the plan is good, and a bound falls short.
                let is_same = best.as_ref().is_some_and(|best| self.signed(best) == self.signed(&bounded));
                if best.as_ref().is_none_or(|best| self.is_closer(&bounded, best)) {
                    best = Some(bounded);
                }
                if is_same {
                    break;
                }
            }
            if all {
                break;
            }
        }
        best
    }

    fn offer(&self, asked: &Asked, choice: &[(u32, u32)]) -> Offer {
        let post = |arc: u32| (arc != NONE).then(|| self.model.pair(arc).1);
        let moved = choice.iter().filter(|&&(agent, arc)| self.choice[agent as usize] != arc);
        let moves = moved.map(|&(agent, arc)| (PersonId::at(agent as usize), post(arc))).collect();
        Offer { person: asked.person, force: asked.force, moves: Witness::new(moves), proofs: Vec::new() }
    }

    /// Proves the offer as far as steps do; notes who moves in steps that fall short.
    fn bounded(
        &mut self,
        near: &mut Near<'_>,
        asked: &Asked,
        mut offer: Offer,
        learnt: &[Weights],
        moved: &mut BTreeSet<u32>,
    ) -> Option<Bounded> {
        let plain = self.bounding.check(near, &offer)?;
        if self.is_as_good(&plain) {
            return Some(plain);
        }
        let first = plain.bounds().len().saturating_sub(1);
        let values: Vec<i64> =
            plain.values().iter().map(|&(_, value)| i64::try_from(value).ok()).collect::<Option<_>>()?;
        for (goal, &value) in values.iter().enumerate().skip(first) {
            let Some(steps) = self.ladder.steps(&self.model, &self.problem, &self.choice, goal, asked) else { break };
            steps.iter().for_each(|priced| moved.extend(&priced.moved));
            let steps: Vec<Step> = steps.into_iter().map(|priced| priced.step).collect();
            let root = Node { steps, end: End::Closed };
            let claim = Claim::Bound { objective: goal, bound: value };
            offer.proofs.push(Proof { claim, rounded: Vec::new(), root });
        }
        let mut bounded = self.bounding.check(near, &offer)?;
        for _ in 0..INSTEAD {
            let goal = bounded.bounds().len().saturating_sub(1);
            let Some(at) = goal.checked_sub(first).filter(|&at| at < offer.proofs.len() && !bounded.is_best()) else {
                break;
            };
            let Some(multipliers) = learnt.get(goal).and_then(|it| named(&self.model, goal, it)) else { break };
            let instead = self.ladder.instead(&self.model, &self.problem, &self.choice, goal, multipliers, asked);
            let Some(Priced { step, moved: also }) = instead else { break };
            moved.extend(also);
            let mut other = offer.clone();
            if let Some(last) = other.proofs[at].root.steps.last_mut() {
                *last = step;
            }
            let found = self.bounding.check(near, &other)?;
            if !self.is_closer(&found, &bounded) {
                break;
            }
            (offer, bounded) = (other, found);
        }
        Some(bounded)
    }

    /// Whether every goal but cost has the answer's value: then no better plan is asked for.
    fn is_as_good(&self, bounded: &Bounded) -> bool {
        let is = |(&(goal, value), row): (&(Goal, i128), &Row)| {
            goal.objective == Objective::Cost || i64::try_from(value).is_ok_and(|value| goal.signed(value) == row.limit)
        };
        bounded.values().iter().zip(&self.problem.rows[self.model.names.len()..]).all(is)
    }

    /// Whether the first plan is better than the other, or as good with more known of it.
    fn is_closer(&self, first: &Bounded, other: &Bounded) -> bool {
        let known = |it: &Bounded| {
            let last = it.bounds().len().saturating_sub(1);
            (it.bounds().len(), it.bounds().last().map(|&bound| self.goals[last].signed(bound)))
        };
        let (own, others) = (self.signed(first), self.signed(other));
        own < others || (own == others && known(first) > known(other))
    }

    /// Values of the goals, less being better.
    fn signed(&self, bounded: &Bounded) -> Vec<i64> {
        let own = bounded.values().iter().zip(&self.goals);
        own.map(|(&(_, value), goal)| goal.signed(i64::try_from(value).unwrap_or(i64::MAX))).collect()
    }
}

/// Multipliers that a search for a goal ended with, by the names of their rows; `None` where they say nothing.
fn named(model: &Model, goal: usize, weights: &Weights) -> Option<Vec<(RowName, i128)>> {
    let objectives = (0..goal).map(RowName::Objective);
    let rows = model.names.iter().copied().chain(objectives).zip(weights.rows.iter().copied());
    let mut named: Vec<(RowName, i128)> = rows.filter(|&(_, weight)| weight != 0).collect();
    named.push((RowName::Objective(goal), weights.objective));
    (weights.objective > 0 && named.len() > 1).then_some(named)
}

/// The multipliers that prove a goal, for a search that has its rows and those of the goals before.
fn weights(model: &Model, goal: usize, multipliers: &[(RowName, i128)]) -> Option<Weights> {
    let mut rows = vec![0; model.names.len() + goal + 1];
    for &(name, multiplier) in multipliers {
        *rows.get_mut(place(model, name)?)? = multiplier;
    }
    let objective = rows.pop().filter(|&own| own > 0)?;
    Some(Weights { rows, objective })
}
