//! Which rules cannot all hold: a set that is impossible, and possible without any one of its members.
//!
//! One rule after the other is left out (many at once while that goes well); where the rest is still impossible it stays out (deletion filter; Chinneck &
//! Dravnieks 1991, ORSA J. Computing 3). What remains is minimal,
//! except that a rule whose question is too hard to settle stays in. Eligibility and seats are taken as they are.

use std::cell::Cell;
use std::collections::BTreeSet;

use crate::case::Case;
use crate::case::answer::{Conflict, Effort, Leaf};
use crate::case::proof::{Claim, RowName};
use crate::case::scenario::{RetainedShared, Scenario};
use crate::id::Id;
use crate::kernel::domain::Domain;
use crate::kernel::problem::{NONE, Problem};
use crate::kernel::relax::Relaxation;
use crate::kernel::search::Tree;
use crate::model::{self, Model, terms};
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
    let mut leaves = Leaf::all(case, scenario);
    let free = Free::of(case, scenario);
    let mut at = 0;
    // Rules are left out in groups while that goes well, and one by one where it does not: what falls in a group would have
    // fallen one by one too, because fewer rules are never harder to keep.
    let mut group = leaves.len();
    while at < leaves.len() && !(limits.should_stop)() {
        group = group.clamp(1, leaves.len() - at);
        let mut fewer = leaves.clone();
        fewer.drain(at..at + group);
        if free.possible(&fewer, &mut relaxation, limits) == Some(false) {
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
    let mut leaves = Leaf::all(case, scenario);
    leaves.sort_unstable();
    let proof = tree::proof(model, &run.names(), None, Claim::Impossible, tree);
    Conflict { leaves, proof, effort: Effort { assignments: run.relaxation.evaluations, nodes: run.nodes } }
}

/// The case without the rules about single people, and what each of them closes.
///
/// All questions are about one network, so that each begins where the one before it ended.
struct Free<'a> {
    case: &'a Case,
    model: Model,
}

impl<'a> Free<'a> {
    fn of(case: &'a Case, scenario: &Scenario) -> Self {
        let mut scenario = Scenario { use_pins: false, objectives: Vec::new(), ..scenario.clone() };
        scenario.policy.retained_shared = RetainedShared::Release;
        Self { case, model: model::build(case, &scenario) }
    }

    /// Whether some plan keeps just these rules; `None` where a limit came first.
    fn possible(&self, kept: &[Leaf], relaxation: &mut Relaxation, limits: &Limits<'_>) -> Option<bool> {
        let (problem, domain) = self.keeping(&kept.iter().copied().collect());
        let until = relaxation.evaluations + PATIENCE;
        let looked = Cell::new(relaxation.evaluations);
        let should_stop = || {
            looked.set(looked.get() + 1);
            looked.get() > until || (limits.should_stop)()
        };
        match question::any(&problem, None, domain, relaxation, &should_stop) {
            Any::Point(_) => Some(true),
            Any::Nothing => Some(false),
            Any::Unknown => None,
        }
    }

    /// The rows of these rules, and the options that they leave.
    fn keeping(&self, kept: &BTreeSet<Leaf>) -> (Problem, Domain) {
        let of_rule = |name: &RowName| match *name {
            RowName::Clause(index, _) | RowName::Parity(index, _, _) => kept.contains(&Leaf::Clause(index)),
            RowName::Link(index, _, _) => kept.contains(&Leaf::Link(index)),
            RowName::Objective(_) | RowName::Cover(..) | RowName::Rounded(_) => true,
        };
        let Problem { network, owner, switches, rows } = &self.model.problem;
        let rows = self.model.names.iter().zip(rows).filter(|&(name, _)| of_rule(name)).map(|(_, row)| row.clone());
        let rows = rows.collect();
        let problem = Problem { network: network.clone(), owner: owner.clone(), switches: *switches, rows };
        let mut domain = Domain::whole(&problem);
        for &leaf in kept {
            self.close(&problem, &mut domain, leaf);
        }
        (problem, domain)
    }

    /// Closes what a rule about one person does not leave.
    fn close(&self, problem: &Problem, domain: &mut Domain, leaf: Leaf) {
        let post = |arc: u32| self.model.posts[problem.network.column[arc as usize] as usize];
        match leaf {
            Leaf::Clause(_) | Leaf::Link(_) => {}
            Leaf::Pin(at) => {
                let pin = &self.case.pins[at];
                let leaves = |option: u32| match option {
                    NONE => !terms::decision_places(pin.decision),
                    arc => terms::decision_allows(self.case, pin.decision, post(arc)),
                };
                domain.keep(&problem.network, pin.person.index(), leaves);
            }
            Leaf::Retained(person) => {
                let shared = |arc: u32| self.case.posts[post(arc)].retained_shared == Some(true);
                domain.keep(&problem.network, person.index(), |option| option != NONE && shared(option));
            }
        }
    }
}
