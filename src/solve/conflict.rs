//! Which rules cannot all hold: a set that is impossible, and possible without any one of its members.
//!
//! One rule after the other is left out (many at once while that goes well); where the rest is still impossible it stays out (deletion filter; Chinneck &
//! Dravnieks 1991, ORSA J. Computing 3). What remains is minimal,
//! except that a rule whose question is too hard to settle stays in. Eligibility and seats are taken as they are.

use std::cell::Cell;
use std::collections::BTreeSet;

use crate::case::answer::{Conflict, Effort, Leaf};
use crate::case::proof::Claim;
use crate::case::scenario::{Level, RetainedShared, Scenario};
use crate::case::{Case, answer};
use crate::kernel::domain::Domain;
use crate::kernel::relax::Relaxation;
use crate::kernel::search::Tree;
use crate::model::{self, Model};
use crate::solve::question::{self, Any};
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
    let proof = tree::proof(model, &run.names(), None, Claim::Impossible, tree);
    let mut relaxation = run.relaxation;
    let mut leaves = rules(case, scenario);
    let mut at = 0;
    // Rules are left out in groups while that goes well, and one by one where it does not: what falls in a group would have
    // fallen one by one too, because fewer rules are never harder to keep.
    let mut group = leaves.len();
    while at < leaves.len() && !(limits.should_stop)() {
        group = group.clamp(1, leaves.len() - at);
        let mut fewer = leaves.clone();
        fewer.drain(at..at + group);
        if possible(case, scenario, &fewer, &mut relaxation, limits) == Some(false) {
            leaves = fewer;
            group *= 2;
        } else if group == 1 {
            at += 1;
        } else {
            group = group.div_ceil(2);
        }
    }
    leaves.sort_unstable();
    Conflict { leaves, proof, effort: Effort { assignments: relaxation.evaluations, nodes: run.nodes } }
}

/// The conflict of all rules together, behind a tree that closed without a point.
pub(crate) fn whole(case: &Case, scenario: &Scenario, model: &Model, run: &Run<'_>, tree: Tree) -> Conflict {
    let mut leaves = rules(case, scenario);
    leaves.sort_unstable();
    let proof = tree::proof(model, &run.names(), None, Claim::Impossible, tree);
    Conflict { leaves, proof, effort: Effort { assignments: run.relaxation.evaluations, nodes: run.nodes } }
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
    let until = relaxation.evaluations + PATIENCE;
    let looked = Cell::new(relaxation.evaluations);
    let should_stop = || {
        looked.set(looked.get() + 1);
        looked.get() > until || (limits.should_stop)()
    };
    match question::any(&problem, None, Domain::whole(&problem), relaxation, &should_stop) {
        Any::Point(_) => Some(true),
        Any::Nothing => Some(false),
        Any::Unknown => None,
    }
}

/// The case and scenario with only these rules of the kinds that can be left out.
fn keeping(case: &Case, scenario: &Scenario, kept: &[Leaf]) -> (Case, Scenario) {
    let (mut case, mut scenario) = (case.clone(), scenario.clone());
    let kept: BTreeSet<Leaf> = kept.iter().copied().collect();
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
