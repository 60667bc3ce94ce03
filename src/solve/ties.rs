//! The canonical plan among equals, and everyone whom chance would decide.
//!
//! Two questions about the plans that are as good as the best. *All objectives equal:* which of them is first in the
//! canonical order? It is the answer. *All but cost equal:* who is placed otherwise in some other one? They are the
//! undecided people. Options that the stages' own multipliers strike need no question; each option left is asked for
//! once, and a plan that answers one question often answers others.

use crate::case::Case;
use crate::case::answer::{Answer, Effort, Plan, Scored, Undecided};
use crate::case::scenario::Objective;
use crate::id::{Id, PersonId};
use crate::kernel::domain::{Domain, choices};
use crate::kernel::problem::{NONE, Point, Problem, Row};
use crate::kernel::relax::{Bound, Relaxation, Weights};
use crate::kernel::search::{self, Goal, Question};
use crate::model::Model;
use crate::solve::Limits;
use crate::solve::stages::Run;

/// The answer of a run that has a point; ties are looked into only where every objective is proved.
pub(crate) fn answer(case: &Case, model: &Model, mut run: Run<'_>, limits: &Limits<'_>, proved: bool) -> Answer {
    let _span = tracing::info_span!("ties").entered();
    let mut point = run.point.take().expect("an answer has a point");
    let mut witnesses: Vec<Point> = Vec::new();
    let mut options: Vec<Vec<u32>> = point.choice.iter().map(|&choice| vec![choice]).collect();
    let mut complete = false;
    if proved {
        let canonical = Equals::new(model, &run, None).canonical(&mut run.relaxation, point, limits);
        point = canonical.0;
        options = point.choice.iter().map(|&choice| vec![choice]).collect();
        let cost = model.goals.iter().position(|goal| goal.objective == Objective::Cost);
        let found = Equals::new(model, &run, cost).alternatives(&mut run.relaxation, &mut options, limits);
        complete = canonical.1 && found.1;
        witnesses = found.0;
    }
    let plan = model.plan(case, &point);
    let undecided = undecided(model, &options);
    let objectives = (0..model.goals.len()).map(|stage| scored(&run, stage, &point));
    Answer {
        objectives: objectives.collect(),
        plan,
        undecided,
        witnesses: witnesses.iter().map(|witness| model.plan(case, witness)).collect::<Vec<Plan>>(),
        undecided_complete: complete,
        effort: Effort { assignments: run.relaxation.evaluations, nodes: run.nodes },
        proofs: run.proofs,
    }
}

fn scored(run: &Run<'_>, stage: usize, point: &Point) -> Scored {
    let value = run.value(stage, point);
    let (_, bound) = run.reached[stage];
    Scored { goal: run.goal(stage), value: run.unsigned(stage, value), bound: run.unsigned(stage, bound) }
}

fn undecided(model: &Model, options: &[Vec<u32>]) -> Vec<Undecided> {
    let several = options.iter().enumerate().filter(|(_, options)| options.len() > 1);
    several
        .map(|(agent, options)| {
            let mut posts: Vec<_> = options.iter().filter(|&&arc| arc != NONE).map(|&arc| model.pair(arc).1).collect();
            posts.sort_unstable();
            Undecided { person: PersonId::at(agent), posts, may_be_unplaced: options.contains(&NONE) }
        })
        .collect()
}

/// The plans as good as the best, with or without regard to one objective.
struct Equals {
    problem: Problem,
    domain: Domain,
    /// Multipliers to start each question from.
    start: Weights,
    /// Multipliers of each stage, as they stand on the rows of the problem.
    strikes: Vec<Weights>,
}

impl Equals {
    /// `without`: the position of an objective that may differ.
    fn new(model: &Model, run: &Run<'_>, without: Option<usize>) -> Self {
        let mut problem = run.problem.clone();
        let hard = model.problem.rows.len();
        let mut both = Vec::new();
        for stage in 0..run.reached.len() {
            let row = &mut problem.rows[hard + stage];
            match without {
                // Kept in its place, saying nothing, so that multipliers stay with their rows.
                Some(free) if stage == free => *row = Row::default(),
                // Better is not equal: where a freed objective came first, later ones are held from both sides.
                Some(free) if stage > free => {
                    both.extend(run.no_better(stage));
                    if !row.switches.is_empty() {
                        both.extend(model.problem.rows.iter().filter_map(shut));
                    }
                }
                Some(_) | None => {}
            }
        }
        problem.rows.extend(both);
        let widen = |(stage, weights): (usize, &Weights)| {
            let mut rows = weights.rows.clone();
            rows.resize(problem.rows.len(), 0);
            rows[hard + stage] = weights.objective;
            (stage, Weights { rows, objective: 0 })
        };
        let held = run.weights.iter().enumerate().filter(|(_, weights)| **weights != Weights::default());
        let held: Vec<(usize, Weights)> = held.map(widen).collect();
        let last = held.iter().rev().find(|&&(stage, _)| without != Some(stage));
        let start = last.map_or_else(
            || Weights { rows: vec![0; problem.rows.len()], objective: 1 },
            |(_, weights)| Weights { objective: 1, ..weights.clone() },
        );
        let strikes = held.into_iter().map(|(_, weights)| weights).collect();
        Self { domain: run.open(without.is_some()), problem, start, strikes }
    }

    /// Strikes what the stages' multipliers strike.
    fn narrow(&mut self, relaxation: &mut Relaxation) {
        let nothing = Row::default();
        for weights in &self.strikes {
            if let Bound::AtLeast(value) = relaxation.evaluate(&self.problem, &nothing, &self.domain, weights) {
                relaxation.strike(&self.problem, &mut self.domain, value, 0);
            }
        }
    }

    /// Some point of the domain, if there is one; `Err` where the limit came first.
    fn ask(&self, relaxation: &mut Relaxation, domain: Domain, limits: &Limits<'_>) -> Result<Option<Point>, ()> {
        let nothing = Row::default();
        let question = Question {
            problem: &self.problem,
            objective: &nothing,
            starts: std::slice::from_ref(&self.start),
            incumbent: None,
            cutoff: Some(0),
            goal: Goal::Any,
            room: usize::MAX,
        };
        let found = search::minimise(&question, domain, relaxation, limits.should_stop);
        match found.best {
            Some((point, _)) => Ok(Some(point)),
            None if found.complete => Ok(None),
            None => Err(()),
        }
    }

    /// The first point in the canonical order, and whether it is known to be that.
    fn canonical(mut self, relaxation: &mut Relaxation, mut point: Point, limits: &Limits<'_>) -> (Point, bool) {
        self.narrow(relaxation);
        let network = self.problem.network.clone();
        for agent in 0..network.agents() {
            for choice in choices(&network, agent) {
                if choice == point.choice[agent] {
                    break;
                }
                if !self.domain.has(agent, choice) {
                    continue;
                }
                let mut domain = self.domain.clone();
                domain.fix(&network, agent, choice);
                match self.ask(relaxation, domain, limits) {
                    Ok(Some(earlier)) => {
                        point = earlier;
                        break;
                    }
                    Ok(None) => {}
                    Err(()) => return (point, false),
                }
            }
            self.domain.fix(&network, agent, point.choice[agent]);
        }
        (point, true)
    }

    /// Adds every other option that someone holds in some point; returns points that show them, and whether that is all.
    fn alternatives(
        mut self,
        relaxation: &mut Relaxation,
        options: &mut [Vec<u32>],
        limits: &Limits<'_>,
    ) -> (Vec<Point>, bool) {
        self.narrow(relaxation);
        let network = self.problem.network.clone();
        let mut witnesses = Vec::new();
        for agent in 0..network.agents() {
            for choice in choices(&network, agent) {
                if !self.domain.has(agent, choice) || options[agent].contains(&choice) {
                    continue;
                }
                let mut domain = self.domain.clone();
                domain.fix(&network, agent, choice);
                match self.ask(relaxation, domain, limits) {
                    Ok(Some(witness)) => {
                        for (options, &choice) in options.iter_mut().zip(&witness.choice) {
                            if !options.contains(&choice) {
                                options.push(choice);
                            }
                        }
                        witnesses.push(witness);
                    }
                    Ok(None) => {
                        self.domain.close(agent, choice);
                    }
                    Err(()) => return (witnesses, false),
                }
            }
        }
        (witnesses, true)
    }
}

/// Where more switches than the best may not be on: what a gate lets on is on.
fn shut(gate: &Row) -> Option<Row> {
    let switch = gate.gate?;
    let arcs: Vec<(u32, i64)> = gate.arcs.iter().map(|&(arc, k)| (arc, -k)).collect();
    let most: i64 = arcs.iter().map(|&(_, k)| k).sum();
    Some(Row { arcs, switches: vec![(switch, -most)], ..Row::default() })
}
