//! Several objectives one after the other: each made least, proved, and held as a row for the next.
//!
//! An objective that stands at the least that the open options allow is proved by that alone. Otherwise one assignment is
//! solved, for this objective and some of the next (`together`); without rows of the problem's own that gives the least
//! values. Only where it does not is there a search. What is held strikes options, and once the options alone hold an
//! objective at its value it needs no multiplier, which keeps the numbers small over many stages.

use std::rc::Rc;

use crate::kernel::bundle::Bundle;
use crate::kernel::domain::Domain;
use crate::kernel::incidence::Incidence;
use crate::kernel::multiply::{Costs, extremes, multiply};
use crate::kernel::problem::{Point, Problem, Row};
use crate::kernel::relax::{Bound, Relaxation, Step, Weights};
use crate::kernel::rounding::Rounding;
use crate::kernel::search::{self, Found, Goal, Node, Question, Root, Tree};
use crate::kernel::tighten::{self, Tightened, tighten};
use crate::kernel::together::{Ground, Together, together};
use crate::kernel::{FIRST_TREE, ROUNDING_COLUMNS};

/// A common denominator of multipliers that a search found is tried in this order.
const DENOMINATORS: [i128; 7] = [1, 2, 6, 12, 60, 1 << 10, 1 << 20];

/// An objective that was looked at, and how many strikes its tree belongs below.
#[derive(Debug, Clone)]
pub struct Settled {
    /// What was found.
    pub found: Found,
    /// The tree belongs below so many of [`Stages::strikes`].
    pub below: usize,
}

/// The objective alone, at no price.
const PLAIN: Step = Step { rows: Vec::new(), objective: 1, prices: Vec::new(), shares: Vec::new(), blocks: Vec::new() };

/// A problem on its way through its objectives.
#[derive(Debug, Clone)]
pub struct Stages {
    /// The problem with a row for each objective that is settled, and rounded rows of its searches, after its own.
    pub(crate) problem: Problem,
    /// The rounded rows among them, and from which rows each follows.
    rounded: Vec<(usize, Rounding)>,
    /// How many rows are its own.
    own: usize,
    /// What the settled objectives leave open.
    pub(crate) domain: Domain,
    pub(crate) point: Option<Point>,
    /// Multipliers that hold every settled objective at its value; the objective's is not used.
    held: Weights,
    strikes: Vec<Step>,
    pub(crate) relaxation: Relaxation,
    nodes: u64,
    /// Multipliers and prices that the trees to come may have.
    room: usize,
    /// Multipliers and prices of a tree that is tried before rounded rows are rounded again.
    first_tree: usize,
    /// Multipliers of a problem like this one, to begin searches from.
    hints: Vec<Weights>,
    /// Multipliers with which searches ended.
    learnt: Vec<Weights>,
}

impl Stages {
    /// Before the first objective.
    pub fn new(problem: Problem) -> Self {
        Self {
            own: problem.rows.len(),
            rounded: Vec::new(),
            domain: Domain::whole(&problem),
            point: None,
            held: Weights { rows: vec![0; problem.rows.len()], objective: 0 },
            strikes: Vec::new(),
            relaxation: Relaxation::default(),
            nodes: 0,
            room: usize::MAX,
            first_tree: FIRST_TREE,
            hints: Vec::new(),
            learnt: Vec::new(),
            problem,
        }
    }

    /// The same with trees of at most so many multipliers and prices; a search that has them stops with its bound.
    #[must_use]
    pub fn with_room(self, room: usize) -> Self {
        Self { room, ..self }
    }

    /// The same where rounded rows are rounded again once a tree has so many multipliers and prices.
    #[must_use]
    pub fn with_first_tree(self, first_tree: usize) -> Self {
        Self { first_tree, ..self }
    }

    /// The same with multipliers of a problem like this one; a search begins from those that have a number for each row.
    ///
    /// Whatever they are, they prove nothing wrong: they only begin a search well, or not.
    #[must_use]
    pub fn with_hints(self, hints: Vec<Weights>) -> Self {
        Self { hints, ..self }
    }

    /// The multipliers with which searches ended, as hints for a problem like this one.
    pub fn learnt(&self) -> &[Weights] {
        &self.learnt
    }

    /// Rounded rows of the problem by their places, lowest first, and from which rows each follows.
    pub fn rounded(&self) -> &[(usize, Rounding)] {
        &self.rounded
    }

    /// The problem with a row for each settled objective, and rounded rows.
    pub fn problem(&self) -> &Problem {
        &self.problem
    }

    /// The best point so far.
    pub fn point(&self) -> Option<&Point> {
        self.point.as_ref()
    }

    /// Steps without objective that narrow the root of every later proof, in order.
    pub fn strikes(&self) -> &[Step] {
        &self.strikes
    }

    /// Nodes and evaluations so far.
    pub fn effort(&self) -> (u64, u64) {
        (self.nodes, self.relaxation.evaluations)
    }

    /// Makes an objective least among what the earlier ones left, and holds it there if that is proved.
    ///
    /// The tree of the answer belongs below [`Stages::strikes`] as they stood before the call.
    pub fn settle(&mut self, objective: &Row, should_stop: &dyn Fn() -> bool) -> Found {
        self.advance(&[objective], None, should_stop).swap_remove(0).found
    }

    /// The same of several, one after the other; whether all are proved.
    pub fn settle_all(&mut self, objectives: &[Row], should_stop: &dyn Fn() -> bool) -> bool {
        let settled = self.settle_each(objectives, should_stop);
        settled.len() == objectives.len() && settled.iter().all(|settled| settled.found.complete)
    }

    /// The same with what was found of each, as far as they are proved and the first that is not.
    pub fn settle_each(&mut self, objectives: &[Row], should_stop: &dyn Fn() -> bool) -> Vec<Settled> {
        let rest: Vec<&Row> = objectives.iter().collect();
        let mut all = Vec::with_capacity(rest.len());
        while all.len() < rest.len() {
            let settled = self.advance(&rest[all.len()..], None, should_stop);
            let complete = settled.iter().all(|settled| settled.found.complete);
            all.extend(settled);
            if !complete {
                break;
            }
        }
        all
    }

    /// Makes the first of these objectives, and perhaps some after it, least one after the other, and holds what is proved.
    ///
    /// `proposal` is a point that may be good for the first; one that breaks a row is not looked at.
    pub(crate) fn advance(
        &mut self,
        objectives: &[&Row],
        proposal: Option<Point>,
        should_stop: &dyn Fn() -> bool,
    ) -> Vec<Settled> {
        let strikes = self.strikes.len();
        let objective = objectives[0];
        let incumbent = proposal.filter(|point| point.keeps(&self.problem)).or_else(|| self.point.clone());
        let settled = if let Some(found) = self.plain(objective, incumbent.as_ref()) {
            let below = if self.stands_alone(objective, &found) { 0 } else { strikes };
            self.hold(objective, &found);
            vec![Settled { found, below }]
        } else if let Some(settled) = if should_stop() { None } else { self.assigned(objectives) } {
            settled
        } else {
            let found = self.searched(objective, incumbent, should_stop);
            if found.complete {
                self.hold(objective, &found);
            }
            vec![Settled { found, below: strikes }]
        };
        for Settled { found, .. } in &settled {
            self.nodes += found.tree.nodes.len() as u64;
            self.room = self.room.saturating_sub(found.tree.entries());
        }
        settled
    }

    fn searched(&mut self, objective: &Row, incumbent: Option<Point>, should_stop: &dyn Fn() -> bool) -> Found {
        let before = self.problem.rows.len();
        let mut starts = self.starts(objective);
        let fitting =
            |hint: &&Weights| hint.rows.len() == before && hint.objective > 0 && hint.fits(&self.problem, objective);
        starts.extend(self.hints.iter().filter(fitting).cloned());
        let may_round = self.own > 0 && self.problem.network.columns() <= ROUNDING_COLUMNS;
        let room = if may_round { 0 } else { self.room };
        let mut incidence = Incidence::new(&self.problem, objective);
        let (mut found, mut cuts) =
            self.search(objective, &starts, incumbent, room, Root::new(&incidence), should_stop);
        // The root alone does not close: what lifts its bound saves most of the tree below.
        for (again, first_tree) in [(false, self.first_tree), (true, usize::MAX)] {
            if !may_round || found.complete || should_stop() {
                break;
            }
            let ground = tighten::Ground { incidence: &mut incidence, weights: &found.weights, cuts };
            let (weights, climbed) = self.tighten(objective, again, ground, should_stop);
            let incumbent = found.best.take().map(|(point, _)| point);
            let root = Root { incidence: &incidence, cuts: climbed, first_tree };
            let (next, left) = self.search(objective, &[weights], incumbent, self.room, root, should_stop);
            cuts = left;
            found = if next.complete || next.bound >= found.bound { next } else { Found { best: next.best, ..found } };
            found.weights.rows.resize(self.problem.rows.len(), 0);
        }
        self.simplify(objective, &mut found);
        let (least, _) = extremes(&self.problem, &self.domain, objective);
        if !found.complete && found.bound < least {
            // Cut short while its multipliers were still wide of the mark: the open options alone say more.
            found.tree = Tree { nodes: vec![Node { steps: vec![PLAIN], branch: None }] };
            found.weights = Weights { rows: vec![0; self.problem.rows.len()], objective: 1 };
            found.bound = least;
            found.complete = found.best.as_ref().is_some_and(|&(_, value)| value == least);
        }
        if found.complete {
            // Without rounded rows of its own, which another problem does not have.
            let rows = found.weights.rows.iter().copied().take(before).collect();
            self.learnt.push(Weights { rows, ..found.weights });
        }
        found
    }

    fn search(
        &mut self,
        objective: &Row,
        starts: &[Weights],
        incumbent: Option<Point>,
        room: usize,
        root: Root<'_>,
        should_stop: &dyn Fn() -> bool,
    ) -> (Found, Option<Rc<Bundle>>) {
        let problem = &self.problem;
        let question = Question { problem, objective, starts, incumbent, cutoff: None, goal: Goal::Best, room };
        search::minimise_from(&question, self.domain.clone(), &mut self.relaxation, root, should_stop)
    }

    /// Adds rounded rows, of rounded ones too where it is done again; the multipliers with which they hold.
    fn tighten(
        &mut self,
        objective: &Row,
        again: bool,
        ground: tighten::Ground<'_>,
        should_stop: &dyn Fn() -> bool,
    ) -> (Weights, Option<Rc<Bundle>>) {
        let before = self.problem.rows.len();
        let rounded = &self.rounded;
        let is_base = |row: usize| again || (row < before && !rounded.iter().any(|&(it, _)| it == row));
        let (problem, domain, relaxation) = (&mut self.problem, &self.domain, &mut self.relaxation);
        let Tightened { roundings, weights, cuts } =
            tighten(problem, &is_base, objective, domain, relaxation, ground, should_stop);
        self.rounded.extend((before..).zip(roundings));
        self.held.rows.resize(self.problem.rows.len(), 0);
        (weights, cuts)
    }

    /// Some point at which the row is at most nought, or a tree that proves that there is none.
    pub(crate) fn possible(&mut self, row: &Row, should_stop: &dyn Fn() -> bool) -> Found {
        let starts = self.starts(row);
        let question = Question {
            problem: &self.problem,
            objective: row,
            starts: &starts,
            incumbent: None,
            cutoff: Some(0),
            goal: Goal::Any,
            room: self.room,
        };
        let found = search::minimise(&question, self.domain.clone(), &mut self.relaxation, should_stop);
        self.nodes += found.tree.nodes.len() as u64;
        self.room = self.room.saturating_sub(found.tree.entries());
        found
    }

    /// Holds an objective at the value that the best point has, which is the least; without a point, does nothing.
    pub(crate) fn hold(&mut self, objective: &Row, found: &Found) {
        let Some((point, value)) = &found.best else { return };
        self.point = Some(point.clone());
        let own = u32::try_from(self.problem.rows.len()).expect("fewer than 2^32 rows");
        self.problem.rows.push(Row { limit: *value, gate: None, ..objective.clone() });
        self.held.rows.push(0);
        let mut strict = Weights { rows: found.weights.rows.clone(), objective: 0 };
        strict.rows.push(found.weights.objective);
        let nothing = Row::default();
        let mut step = closing(&found.tree).filter(|step| step.objective > 0).cloned().unwrap_or_default();
        step.rows.push((own, std::mem::take(&mut step.objective)));
        let multiplied = multiply(&self.problem, &self.domain, Costs::of(&self.problem, &nothing, &step));
        let struck = if multiplied.value == 0 && step.rows.last().is_some_and(|&(_, weight)| weight > 0) {
            multiplied.strike(&self.problem, &mut self.domain)
        } else {
            let evaluated = self.relaxation.evaluate(&self.problem, &nothing, &self.domain, &strict);
            step = self.relaxation.step(&strict);
            let Bound::AtLeast(bound) = evaluated else { return };
            self.relaxation.strike(&self.problem, &mut self.domain, bound, 0)
        };
        if struck > 0 {
            self.strikes.push(step);
        }
        if extremes(&self.problem, &self.domain, objective).1 > *value {
            self.held = strict;
        }
    }

    /// Holds a row at nought, which this point has and no term of which is below nought.
    pub(crate) fn hold_nought(&mut self, row: &Row, point: Point) {
        let found = self.proved(point, 0, PLAIN);
        self.hold(row, &found);
    }

    /// Where the known point has the least that the open options allow, each agent on its own.
    fn plain(&self, objective: &Row, incumbent: Option<&Point>) -> Option<Found> {
        let point = incumbent?;
        let value = objective.sum(&self.problem, point);
        (value == extremes(&self.problem, &self.domain, objective).0).then(|| self.proved(point.clone(), value, PLAIN))
    }

    /// Where one assignment, with what is held so heavy that it counts first, proves some of the objectives.
    fn assigned(&mut self, objectives: &[&Row]) -> Option<Vec<Settled>> {
        let strikes = self.strikes.len();
        let (problem, domain, held) = (&mut self.problem, &self.domain, &self.held);
        let mut tried = together(Ground { problem, domain, held }, objectives, &mut self.relaxation);
        if tried.is_none() && objectives.len() > 1 {
            tried = together(Ground { problem, domain, held }, &objectives[..1], &mut self.relaxation);
        }
        let Together { point, proved } = tried?;
        let count = proved.len();
        let mut last = None;
        let mut settled = Vec::with_capacity(count);
        for (value, step, below) in proved {
            last = Some(step.clone());
            let found = self.proved(point.clone(), value, step);
            settled.push(Settled { found, below: if below { strikes } else { 0 } });
        }
        self.held.rows.resize(self.problem.rows.len(), 0);
        let mut step = last?;
        let own = u32::try_from(self.problem.rows.len() - 1).expect("fewer than 2^32 rows");
        step.rows.push((own, std::mem::take(&mut step.objective)));
        let costs = Costs::of(&self.problem, &Row::default(), &step);
        if multiply(&self.problem, &self.domain, costs).strike(&self.problem, &mut self.domain) > 0 {
            self.strikes.push(step.clone());
        }
        let first = self.problem.rows.len() - count;
        let rows = &self.problem.rows[first..];
        if rows.iter().any(|row| extremes(&self.problem, &self.domain, row).1 > row.limit) {
            step.rows.iter().for_each(|&(row, weight)| self.held.rows[row as usize] = weight);
        }
        self.point = Some(point);
        Some(settled)
    }

    /// The answer that this step proves.
    fn proved(&self, point: Point, value: i64, step: Step) -> Found {
        let mut weights = Weights { rows: vec![0; self.problem.rows.len()], objective: step.objective };
        step.rows.iter().for_each(|&(row, weight)| weights.rows[row as usize] = weight);
        let tree = Tree { nodes: vec![Node { steps: vec![step], branch: None }] };
        Found { best: Some((point, value)), bound: value, complete: true, tree, weights }
    }

    fn carried(&self, objective: &Row, times: i128, own: i128) -> Option<Weights> {
        let rows = self.held.rows.iter().map(|weight| weight.checked_mul(times)).collect::<Option<_>>()?;
        let weights = Weights { rows, objective: own };
        weights.fits(&self.problem, objective).then_some(weights)
    }

    /// Whether an answer is proved by one step without any strikes before it.
    fn stands_alone(&self, objective: &Row, found: &Found) -> bool {
        let (true, Some((_, value)), Some(step)) = (found.complete, &found.best, closing(&found.tree)) else {
            return false;
        };
        let costs = Costs::of(&self.problem, objective, step);
        let multiplied = multiply(&self.problem, &Domain::whole(&self.problem), costs);
        multiplied.value > i128::from(value - 1) * step.objective
    }

    /// Multipliers that hold the settled objectives: of their rows before the last, and of the last as its own.
    pub(crate) fn holding(&self) -> Weights {
        let mut rows = self.held.rows.clone();
        let objective = rows.pop().unwrap_or(0);
        Weights { rows, objective }
    }

    /// The held multipliers at several weights against an objective; the heaviest makes them count first.
    fn starts(&self, objective: &Row) -> Vec<Weights> {
        let scale = i128::from(objective.scale());
        let (least, most) = extremes(&self.problem, &self.domain, objective);
        let first = i128::from(most) - i128::from(least) + 1;
        let mut starts: Vec<Weights> = self.carried(objective, first, 1).into_iter().collect();
        if self.own > 0 && self.held.rows.iter().any(|&weight| weight > 0) {
            let last = self.held.rows.last().copied().unwrap_or(0).max(1);
            starts.extend([64, 8, 1].into_iter().filter_map(|times| self.carried(objective, times * scale, last)));
        }
        if starts.is_empty() {
            starts.push(Weights { rows: vec![0; self.problem.rows.len()], objective: 1 });
        }
        starts
    }

    /// The multipliers of the answer in small whole numbers where these prove the value without a gap.
    ///
    /// They are carried into every later stage, multiplied by its range: long fractions would soon not fit.
    fn simplify(&mut self, objective: &Row, found: &mut Found) {
        let (true, &Some((_, value))) = (found.complete, &found.best) else { return };
        let unit = found.weights.objective;
        for own in DENOMINATORS.into_iter().take_while(|&own| own < unit) {
            let rounded = |&weight: &i128| {
                let doubled = weight.checked_mul(2 * own)?.checked_add(unit)?;
                Some(doubled.div_euclid(2 * unit))
            };
            let Some(rows) = found.weights.rows.iter().map(rounded).collect() else { return };
            let simple = Weights { rows, objective: own };
            let bound = self.relaxation.evaluate(&self.problem, objective, &self.domain, &simple);
            if bound == Bound::AtLeast(i128::from(value) * own) {
                *found = Found {
                    tree: Tree { nodes: vec![Node { steps: vec![self.relaxation.step(&simple)], branch: None }] },
                    weights: simple,
                    ..found.clone()
                };
                return;
            }
        }
    }
}

/// The step that closes a tree of one node, if it keeps no row whole.
fn closing(tree: &Tree) -> Option<&Step> {
    match &tree.nodes[..] {
        [only] => only.steps.last().filter(|step| step.blocks.is_empty()),
        _ => None,
    }
}
