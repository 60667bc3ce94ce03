//! Which rules cannot all hold: a set that is impossible, and possible without any one of its members.
//!
//! One rule after the other is left out; where the rest is still impossible it stays out (deletion filter; Chinneck &
//! Dravnieks 1991, ORSA J. Computing 3). What remains is minimal,
//! except that a rule whose question is too hard to settle stays in. Eligibility and seats are taken as they are.

use std::cell::Cell;

use crate::case::answer::{Conflict, Effort, Leaf};
use crate::case::proof::Claim;
use crate::case::scenario::{Level, RetainedShared, Scenario};
use crate::case::{Case, answer};
use crate::kernel::domain::Domain;
use crate::kernel::problem::Row;
use crate::kernel::relax::{Relaxation, Weights};
use crate::kernel::search::{self, Goal, Question, Tree};
use crate::model::{self, Model};
use crate::solve::stages::Run;
use crate::solve::{Limits, tree};

/// Assignments spent on one question; a rule whose question is harder stays in the conflict.
const PATIENCE: u64 = 5_000;

/// The conflict behind a tree that closed without a point.
pub(crate) fn explain(
    case: &Case,
    scenario: &Scenario,
    model: &Model,
    run: Run<'_>,
    tree: Tree,
    limits: &Limits<'_>,
) -> Conflict {
    let proof = tree::proof(model, &run.names, None, Claim::Impossible, tree);
    let mut relaxation = run.relaxation;
    let mut leaves = rules(case, scenario);
    let mut at = 0;
    while at < leaves.len() && !(limits.should_stop)() {
        let mut fewer = leaves.clone();
        fewer.remove(at);
        if possible(case, scenario, &fewer, &mut relaxation, limits) == Some(false) {
            leaves = fewer;
        } else {
            at += 1;
        }
    }
    leaves.sort_unstable();
    Conflict { leaves, proof, effort: Effort { assignments: relaxation.evaluations, nodes: run.nodes } }
}

/// Every rule that could be left out: the widest first, so that the narrow ones, which a person can act on, remain.
fn rules(case: &Case, scenario: &Scenario) -> Vec<Leaf> {
    let enforced = scenario.fairness.iter().enumerate().filter(|(_, rule)| rule.level == Level::Must);
    let clauses = enforced.map(|(index, _)| Leaf::Clause(index));
    let links = (0..case.links.len()).map(Leaf::Link);
    let pins = (0..if scenario.use_pins { case.pins.len() } else { 0 }).map(Leaf::Pin);
    let pinned = scenario.policy.retained_shared == RetainedShared::Pin;
    let retained = case.people.iter().filter(|(_, person)| pinned && person.retained_shared == Some(true));
    retained.map(|(person, _)| answer::Leaf::Retained(person)).chain(pins).chain(links).chain(clauses).collect()
}

/// Whether some plan keeps just these rules; `None` where a limit came first.
fn possible(
    case: &Case,
    scenario: &Scenario,
    kept: &[Leaf],
    relaxation: &mut Relaxation,
    limits: &Limits<'_>,
) -> Option<bool> {
    let (case, scenario) = keeping(case, scenario, kept);
    let problem = model::build(&case, &scenario).problem;
    let nothing = Row::default();
    let start = [Weights { rows: vec![0; problem.rows.len()], objective: 1 }];
    let question = Question {
        problem: &problem,
        objective: &nothing,
        starts: &start,
        incumbent: None,
        cutoff: Some(0),
        goal: Goal::Any,
        room: usize::MAX,
    };
    let until = relaxation.evaluations + PATIENCE;
    let looked = Cell::new(relaxation.evaluations);
    let should_stop = || {
        looked.set(looked.get() + 1);
        looked.get() > until || (limits.should_stop)()
    };
    let found = search::minimise(&question, Domain::whole(&problem), relaxation, &should_stop);
    if found.best.is_some() { Some(true) } else { found.complete.then_some(false) }
}

/// The case and scenario with only these rules of the kinds that can be left out.
fn keeping(case: &Case, scenario: &Scenario, kept: &[Leaf]) -> (Case, Scenario) {
    let (mut case, mut scenario) = (case.clone(), scenario.clone());
    let pins = case.pins.iter().enumerate().filter(|&(index, _)| kept.contains(&Leaf::Pin(index)));
    case.pins = pins.map(|(_, pin)| pin.clone()).collect();
    let links = case.links.iter().enumerate().filter(|&(index, _)| kept.contains(&Leaf::Link(index)));
    case.links = links.map(|(_, link)| link.clone()).collect();
    for person in case.people.ids() {
        if !kept.contains(&Leaf::Retained(person)) {
            case.people[person].retained_shared = None;
        }
    }
    for (index, rule) in scenario.fairness.iter_mut().enumerate() {
        if !kept.contains(&Leaf::Clause(index)) {
            rule.level = Level::Report;
        }
    }
    (case, scenario)
}
