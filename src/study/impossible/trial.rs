//! Questions to the solver about changed cases: is there a plan, and how far does a fairness rule go?
//!
//! Each answer is certified. What is not known, because a limit came first, is `None`, and nothing is said of it.

use std::cell::Cell;
use std::collections::BTreeSet;

use crate::case::Case;
use crate::case::answer::{Leaf, Outcome, Plan};
use crate::case::goal::Goal;
use crate::case::scenario::{Level, Objective, Scenario};
use crate::certify::{Status, certify};
use crate::id::{PersonId, PostId};
use crate::kernel::problem::Row;
use crate::model::{self, Target};
use crate::solve::{self, Limits};
use crate::study::patience::counted;
use crate::study::variant::Variant;

/// The case that has no plan, and when to stop.
pub(super) struct Trial<'a> {
    pub(super) case: &'a Case,
    pub(super) scenario: &'a Scenario,
    pub(super) limits: &'a Limits<'a>,
    /// Whether some question was not settled.
    pub(super) open: &'a Cell<bool>,
    /// Work that all questions together may still take: matches looked at.
    pub(super) left: &'a Cell<u64>,
}

/// Work for all questions of one explanation: about a second. What it does not reach is left open, and that is said.
pub(super) const WORK: u64 = 24_000_000;

/// To put a question, and to check its answer, takes as long as so many assignments.
const QUESTION: u64 = 20;

/// Assignments spent on one question.
const PATIENCE: u64 = 20_000;

impl Trial<'_> {
    /// The same about a changed case.
    pub(super) fn about<'b>(&'b self, variant: &'b Variant) -> Trial<'b> {
        Trial {
            case: &variant.case,
            scenario: &variant.scenario,
            limits: self.limits,
            open: self.open,
            left: self.left,
        }
    }

    /// The case with these rules only.
    pub(super) fn keeping(&self, leaves: &[Leaf]) -> Variant {
        let all = rules(self.case, self.scenario);
        without(self.case, self.scenario, &all.into_iter().filter(|leaf| !leaves.contains(leaf)).collect())
    }

    /// Puts a question as long as there is work left for it; `None` where there is none.
    fn ask<T>(&self, variant: &Variant, ask: impl FnOnce(&Limits<'_>) -> T) -> Option<T> {
        let look = u64::try_from(variant.case.matches.len()).unwrap_or(u64::MAX).max(1);
        let Some(left) = self.left.get().checked_sub(look.saturating_mul(QUESTION)) else {
            self.open.set(true);
            return None;
        };
        let (answer, looks) = counted(self.limits, PATIENCE.min(left / look), ask);
        self.left.set(left.saturating_sub(looks.saturating_mul(look)));
        Some(answer)
    }

    /// Whether the variant has a plan.
    pub(super) fn possible(&self, variant: &Variant) -> Option<bool> {
        let settled = self.ask(variant, |limits| possible(variant, limits)).flatten();
        self.open.set(self.open.get() || settled.is_none());
        settled
    }

    /// The conflict of a variant; `None` where there is a plan, or a limit came first.
    pub(super) fn conflict(&self, variant: &Variant) -> Option<Vec<Leaf>> {
        let mut variant = variant.clone();
        variant.scenario.objectives.clear();
        let certified = self.ask(&variant, |limits| variant.best(limits))?.ok()?;
        certified.conflict().map(|conflict| conflict.leaves.clone())
    }

    /// The plan of the variant in which the sum of `worth` is most; `None` without a plan, or where that is not proved.
    pub(super) fn most(&self, variant: &Variant, worth: &dyn Fn(PersonId, PostId) -> i64) -> Option<(Plan, Variant)> {
        let mut variant = variant.clone();
        variant.scenario.objectives.clear();
        let (case, scenario) = (&variant.case, &variant.scenario);
        let mut model = model::build(case, scenario);
        let arcs = 0..u32::try_from(model.problem.network.arcs()).expect("fewer than 2^32 allowed pairs");
        let terms = arcs.map(|arc| {
            let (person, post) = model.pair(arc);
            (arc, -worth(person, post))
        });
        let row = Row { arcs: terms.filter(|&(_, k)| k != 0).collect(), ..Row::default() };
        // A name for the goal; what it counts stands in the target.
        model.goals = vec![Goal::whole(0, Objective::Moves)];
        model.targets = vec![Target::Sum(row)];
        let outcome = self.ask(&variant, |limits| solve::best(case, scenario, &model, limits));
        let found = match outcome {
            Some(Outcome::Placed(answer) | Outcome::Stopped(Some(answer))) => {
                let proved = answer.objectives.iter().all(|scored| scored.value == scored.bound);
                proved.then_some((answer.plan, variant))
            }
            Some(Outcome::Stopped(None) | Outcome::Impossible(_)) | None => None,
        };
        self.open.set(self.open.get() || found.is_none());
        found
    }
}

/// Whether a variant has a plan, with a certified plan or a certified proof that there is none.
pub(super) fn possible(variant: &Variant, limits: &Limits<'_>) -> Option<bool> {
    let scenario = Scenario { objectives: Vec::new(), ..variant.scenario.clone() };
    let model = model::build(&variant.case, &scenario);
    let outcome = solve::any(&variant.case, &scenario, &model, limits);
    let certified = certify(&variant.case, &scenario, outcome).ok()?;
    match (certified.status(), certified.plan()) {
        (Status::Impossible, _) => Some(false),
        (Status::Optimal | Status::Stopped, Some(_)) => Some(true),
        (Status::Optimal | Status::Stopped, None) => None,
    }
}

/// Every rule that could be taken out.
pub fn rules(case: &Case, scenario: &Scenario) -> Vec<Leaf> {
    let enforced = |&index: &usize| scenario.fairness[index].level == Level::Must;
    let clauses = (0..scenario.fairness.len()).filter(enforced).map(Leaf::Clause);
    let pins = (0..if scenario.use_pins { case.pins.len() } else { 0 }).map(Leaf::Pin);
    let kept = case.people.iter().filter(|(_, person)| person.retained_shared == Some(true));
    let kept = kept.map(|(person, _)| Leaf::Retained(person));
    clauses.chain((0..case.links.len()).map(Leaf::Link)).chain(pins).chain(kept).collect()
}

/// The case without these rules. Positions of clauses stay; those of links and pins do not.
pub(super) fn without(case: &Case, scenario: &Scenario, dropped: &BTreeSet<Leaf>) -> Variant {
    let Variant { mut case, mut scenario } = Variant::of(case, scenario);
    let mut position = 0..;
    case.pins.retain(|_| position.next().is_some_and(|at| !dropped.contains(&Leaf::Pin(at))));
    let mut position = 0..;
    case.links.retain(|_| position.next().is_some_and(|at| !dropped.contains(&Leaf::Link(at))));
    for &leaf in dropped {
        match leaf {
            Leaf::Clause(index) => scenario.fairness[index].level = Level::Report,
            Leaf::Retained(person) => case.people[person].retained_shared = None,
            Leaf::Link(_) | Leaf::Pin(_) => {}
        }
    }
    Variant { case, scenario }
}
