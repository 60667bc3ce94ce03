//! Several objectives one after the other: each made least, proved, and held as a row for the next.
//!
//! Each stage starts from the multipliers of the stages before, so heavy that they count first (exact where those were
//! proved without a gap), on the options that those multipliers leave. An objective that the open options alone hold at
//! its value needs no multiplier, which keeps the numbers small over many stages.

use crate::kernel::domain::Domain;
use crate::kernel::problem::{Point, Problem, Row};
use crate::kernel::relax::{Bound, Relaxation, Step, Weights};
use crate::kernel::search::{self, Found, Goal, Question};

/// A problem on its way through its objectives.
#[derive(Debug, Clone)]
pub struct Stages {
    /// The problem with a row for each objective that is settled, after its own.
    problem: Problem,
    /// How many rows are its own.
    own: usize,
    /// What the settled objectives leave open.
    domain: Domain,
    point: Option<Point>,
    /// Multipliers that hold every settled objective at its value; the objective's is not used.
    held: Weights,
    strikes: Vec<Step>,
    relaxation: Relaxation,
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
        let found = self.least(objective, should_stop);
        if let (Some((point, value)), true) = (&found.best, found.complete) {
            self.hold(objective, point.clone(), *value, &found.weights);
        }
        found
    }

    /// Makes an objective least among what the earlier ones left, and leaves it free.
    pub fn least(&mut self, objective: &Row, should_stop: &dyn Fn() -> bool) -> Found {
        let starts = self.starts(objective);
        let incumbent = self.point.clone();
        let question =
            Question { problem: &self.problem, objective, starts: &starts, incumbent, cutoff: None, goal: Goal::Best };
        let found = search::minimise(&question, self.domain.clone(), &mut self.relaxation, should_stop);
        self.nodes += found.tree.nodes.len() as u64;
        found
    }

    /// Holds an objective at the value that this point has, which is the least.
    pub(crate) fn hold(&mut self, objective: &Row, point: Point, value: i64, weights: &Weights) {
        self.point = Some(point);
        self.problem.rows.push(Row { limit: value, gate: None, ..objective.clone() });
        self.held.rows.push(0);
        let mut rows = weights.rows.clone();
        rows.push(weights.objective);
        let strict = Weights { rows, objective: 0 };
        let nothing = Row::default();
        let evaluated = self.relaxation.evaluate(&self.problem, &nothing, &self.domain, &strict);
        if let Bound::AtLeast(bound) = evaluated
            && self.relaxation.strike(&self.problem, &mut self.domain, bound, 0) > 0
        {
            self.strikes.push(self.relaxation.step(&strict));
        }
        let (_, most) = extremes(&self.problem, &self.domain, objective);
        if most > value {
            self.held = strict;
        }
    }

    /// The held multipliers at several weights against an objective; the heaviest makes them count first.
    fn starts(&self, objective: &Row) -> Vec<Weights> {
        let (least, most) = extremes(&self.problem, &self.domain, objective);
        let range = i128::from(most) - i128::from(least);
        let scale = i128::from(objective.scale());
        let carried = |times: i128, own: i128| -> Option<Weights> {
            let rows = self.held.rows.iter().map(|weight| weight.checked_mul(times)).collect::<Option<_>>()?;
            let weights = Weights { rows, objective: own };
            weights.fits(&self.problem, objective).then_some(weights)
        };
        let mut starts: Vec<Weights> = carried(range + 1, 1).into_iter().collect();
        if self.own > 0 && self.held.rows.iter().any(|&weight| weight > 0) {
            let last = self.held.rows.last().copied().unwrap_or(0).max(1);
            starts.extend([64, 8, 1].into_iter().filter_map(|times| carried(times * scale, last)));
        }
        if starts.is_empty() {
            starts.push(Weights { rows: vec![0; self.problem.rows.len()], objective: 1 });
        }
        starts
    }
}

/// Least and largest sum of a row over the open options, each agent and switch on its own.
fn extremes(problem: &Problem, domain: &Domain, row: &Row) -> (i64, i64) {
    let network = &problem.network;
    let mut own = vec![0i64; network.arcs()];
    for &(arc, k) in &row.arcs {
        own[arc as usize] = k;
    }
    let (mut least, mut most) = (0i64, 0i64);
    for agent in 0..network.agents() {
        let open = network.arcs_of(agent).filter(|&arc| domain.arc(arc)).map(|arc| own[arc]);
        let values = open.chain(domain.out(agent).then_some(0));
        let range = values.fold(None, |range: Option<(i64, i64)>, k| {
            Some(range.map_or((k, k), |(low, high)| (low.min(k), high.max(k))))
        });
        let (low, high) = range.unwrap_or((0, 0));
        least += low;
        most += high;
    }
    for &(switch, k) in &row.switches {
        let s = switch as usize;
        least += if domain.off(s) { k.min(0) } else { k };
        most += if domain.off(s) { k.max(0) } else { k };
    }
    (least, most)
}
