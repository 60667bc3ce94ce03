//! Several objectives one after the other: each made least, proved, and held as a row for the next.
//!
//! An objective that stands at the least that the open options allow is proved by that alone. Otherwise one assignment is
//! solved, with the multipliers that hold the objectives before, so heavy that those count first; without rows of the
//! problem's own that is the least value. Only where it is not is there a search. What is held strikes options, and once
//! the options alone hold an objective at its value it needs no multiplier. Multipliers are made as small as still
//! proves, so that numbers stay small over many stages.

use crate::kernel::domain::Domain;
use crate::kernel::multiply::{extremes, multiply};
use crate::kernel::problem::{Point, Problem, Row};
use crate::kernel::relax::{Bound, Relaxation, Step, Weights};
use crate::kernel::search::{self, Found, Goal, Node, Question, Tree};

/// How much heavier than the next objective those before it are tried to be, in the end: the lightest that proves is taken.
const LIGHT: [i128; 16] = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 128, 512, 4_096, 65_536];

/// A common denominator of multipliers that a search found is tried in this order.
const DENOMINATORS: [i128; 7] = [1, 2, 6, 12, 60, 1 << 10, 1 << 20];

/// A problem on its way through its objectives.
#[derive(Debug, Clone)]
pub struct Stages {
    /// The problem with a row for each objective that is settled, after its own.
    pub(crate) problem: Problem,
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
}

impl Stages {
    /// Before the first objective.
    pub fn new(problem: Problem) -> Self {
        Self {
            own: problem.rows.len(),
            domain: Domain::whole(&problem),
            point: None,
            held: Weights { rows: vec![0; problem.rows.len()], objective: 0 },
            strikes: Vec::new(),
            relaxation: Relaxation::default(),
            nodes: 0,
            problem,
        }
    }

    /// The problem with a row for each settled objective.
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
        let found = self.least(objective, None, should_stop);
        if found.complete {
            self.hold(objective, &found);
        }
        found
    }

    /// Makes an objective least among what the earlier ones left, and leaves it free.
    ///
    /// `proposal` is a point that may be good; one that breaks a row is not looked at.
    pub(crate) fn least(&mut self, objective: &Row, proposal: Option<Point>, should_stop: &dyn Fn() -> bool) -> Found {
        let incumbent = proposal.filter(|point| point.keeps(&self.problem)).or_else(|| self.point.clone());
        let at_once = self.plain(objective, incumbent.as_ref());
        let at_once = at_once.or_else(|| if should_stop() { None } else { self.assigned(objective) });
        let found = at_once.unwrap_or_else(|| {
            let starts = self.starts(objective);
            let problem = &self.problem;
            let question = Question { problem, objective, starts: &starts, incumbent, cutoff: None, goal: Goal::Best };
            let mut found = search::minimise(&question, self.domain.clone(), &mut self.relaxation, should_stop);
            self.simplify(objective, &mut found);
            found
        });
        self.nodes += found.tree.nodes.len() as u64;
        found
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
        };
        let found = search::minimise(&question, self.domain.clone(), &mut self.relaxation, should_stop);
        self.nodes += found.tree.nodes.len() as u64;
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
        let multiplied = multiply(&self.problem, &nothing, &self.domain, &step);
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
        let found = self.proved(point, 0, Step { objective: 1, ..Step::default() });
        self.hold(row, &found);
    }

    /// Where the known point has the least that the open options allow, each agent on its own.
    fn plain(&self, objective: &Row, incumbent: Option<&Point>) -> Option<Found> {
        let point = incumbent?;
        let value = objective.sum(&self.problem, point);
        let step = Step { objective: 1, ..Step::default() };
        (value == extremes(&self.problem, &self.domain, objective).0).then(|| self.proved(point.clone(), value, step))
    }

    /// Where one assignment, with what is held so heavy that it counts first, is the least.
    fn assigned(&mut self, objective: &Row) -> Option<Found> {
        let (times, weights) = self.heaviest(objective)?;
        let Bound::AtLeast(bound) = self.relaxation.evaluate(&self.problem, objective, &self.domain, &weights) else {
            return None;
        };
        let point = self.relaxation.point(&self.problem);
        let value = objective.sum(&self.problem, &point);
        if bound != i128::from(value) || !point.keeps(&self.problem) {
            return None;
        }
        let step = self.lightest(objective, value, times, self.relaxation.step(&weights));
        Some(self.proved(point, value, step))
    }

    /// The answer that this step proves.
    fn proved(&self, point: Point, value: i64, step: Step) -> Found {
        let mut weights = Weights { rows: vec![0; self.problem.rows.len()], objective: step.objective };
        for &(row, weight) in &step.rows {
            weights.rows[row as usize] = weight;
        }
        let tree = Tree { nodes: vec![Node { steps: vec![step], branch: None }] };
        Found { best: Some((point, value)), bound: value, complete: true, tree, weights }
    }

    /// The held multipliers so heavy that they count before the objective, as far as the numbers fit.
    fn heaviest(&self, objective: &Row) -> Option<(i128, Weights)> {
        if self.held.rows.iter().all(|&weight| weight == 0) {
            return Some((1, Weights { rows: self.held.rows.clone(), objective: 1 }));
        }
        let (least, most) = extremes(&self.problem, &self.domain, objective);
        let first = i128::from(most) - i128::from(least) + 1;
        let lighter = LIGHT.into_iter().rev().filter(|&times| times < first);
        std::iter::once(first).chain(lighter).find_map(|times| Some((times, self.carried(objective, times, 1)?)))
    }

    fn carried(&self, objective: &Row, times: i128, own: i128) -> Option<Weights> {
        let rows = self.held.rows.iter().map(|weight| weight.checked_mul(times)).collect::<Option<_>>()?;
        let weights = Weights { rows, objective: own };
        weights.fits(&self.problem, objective).then_some(weights)
    }

    /// The same step with what is held as light as still proves the value; over all options rather than the open ones.
    ///
    /// A price is so many times a price of what is held, and a rest; the rest stays.
    fn lightest(&self, objective: &Row, value: i64, times: i128, step: Step) -> Step {
        let whole = Domain::whole(&self.problem);
        let lighter = LIGHT.into_iter().filter(|&light| light < times);
        let steps: Vec<Step> = lighter.filter_map(|light| lighter_step(&step, times, light)).collect();
        let proves = |domain: &Domain, step: &Step| {
            multiply(&self.problem, objective, domain, step).value == i128::from(value) * step.objective
        };
        let over_all = steps.iter().find(|step| proves(&whole, step));
        if over_all.is_none() && proves(&whole, &step) {
            return step;
        }
        over_all.or_else(|| steps.iter().find(|step| proves(&self.domain, step))).cloned().unwrap_or(step)
    }

    /// Whether an answer is proved by one step without any strikes before it.
    pub(crate) fn stands_alone(&self, objective: &Row, found: &Found) -> bool {
        let (true, Some((_, value)), Some(step)) = (found.complete, &found.best, closing(&found.tree)) else {
            return false;
        };
        let multiplied = multiply(&self.problem, objective, &Domain::whole(&self.problem), step);
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
        let mut starts: Vec<Weights> = self.heaviest(objective).map(|(_, weights)| weights).into_iter().collect();
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

/// The step that closes a tree of one node.
fn closing(tree: &Tree) -> Option<&Step> {
    match &tree.nodes[..] {
        [only] => only.steps.last(),
        _ => None,
    }
}

/// The same with what is held `light` times as heavy instead of `times`; `None` where a price would be above nought.
fn lighter_step(step: &Step, times: i128, light: i128) -> Option<Step> {
    let rows = step.rows.iter().map(|&(row, weight)| (row, weight / times * light)).collect();
    let price = |&(column, price): &(u32, i128)| {
        let held = (2 * price + times).div_euclid(2 * times);
        let lighter = held * light + (price - held * times);
        (lighter <= 0).then_some((column, lighter))
    };
    let prices = step.prices.iter().map(price).collect::<Option<Vec<_>>>()?;
    Some(Step {
        rows,
        objective: step.objective,
        prices: prices.into_iter().filter(|&(_, price)| price != 0).collect(),
    })
}
