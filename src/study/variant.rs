//! The same case with one thing changed, solved and certified again: what every "what if" rests on.
//!
//! A variant is a whole case and a whole scenario, so nothing that is said about one can differ from what `solve` would say.

pub mod change;

use crate::case::answer::Scored;
use crate::case::goal::{Goal, Part};
use crate::case::scenario::{Scenario, Sense};
use crate::case::{Case, Decision, Pin};
use crate::certify::{Certified, Refusal, Status, certify};
use crate::id::{PersonId, PostId};
use crate::model;
use crate::solve::{self, Limits};

/// A case and a scenario, of which one thing differs from what the user gave.
#[derive(Debug, Clone)]
pub struct Variant {
    /// The case.
    pub case: Case,
    /// The scenario.
    pub scenario: Scenario,
}

/// What a goal would be worth instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// Which objective, and which of its numbers.
    pub goal: Goal,
    /// Its value in the answer.
    pub was: i64,
    /// Its value in the variant.
    pub is: i64,
}

impl Change {
    /// Whether the variant is worse, better or the same on this goal.
    pub fn is_worse(&self) -> bool {
        match self.goal.sense() {
            Sense::Most => self.is < self.was,
            Sense::Least => self.is > self.was,
        }
    }
}

impl Variant {
    /// Nothing changed.
    pub fn of(case: &Case, scenario: &Scenario) -> Self {
        Self { case: case.clone(), scenario: scenario.clone() }
    }

    /// The person holds this post, or none.
    ///
    /// Officers' decisions stand where the scenario uses them: a place that they forbid makes the variant impossible.
    #[must_use]
    pub fn forced(mut self, person: PersonId, place: Option<PostId>) -> Self {
        let Some(post) = place else {
            self.case.matches.retain(|&(who, _), _| who != person);
            return self;
        };
        self.with_pin(person, Decision::MustPost(post))
    }

    /// One more decision about a person; those of the user's stand where the scenario uses them.
    #[must_use]
    pub fn with_pin(mut self, person: PersonId, decision: Decision) -> Self {
        if !std::mem::replace(&mut self.scenario.use_pins, true) {
            self.case.pins.clear();
        }
        let (reason, decided_by) = (String::new(), String::new());
        self.case.pins.push(Pin { row: 0, person, decision, reason, decided_by, date: None });
        self
    }

    /// The best plan with everything proved, who is undecided left open; or why there is none.
    ///
    /// The status is `Stopped` also where each goal is proved ([`is_proved`] tells), because ties were not asked.
    ///
    /// # Errors
    /// [`Refusal`]: a bug of ours in the solver.
    pub fn best(&self, limits: &Limits<'_>) -> Result<Certified, Refusal> {
        let model = model::build(&self.case, &self.scenario);
        certify(&self.case, &self.scenario, solve::best(&self.case, &self.scenario, &model, limits))
    }

    /// The whole answer, who is undecided included; what `demerge solve` gives.
    ///
    /// # Errors
    /// [`Refusal`]: a bug of ours in the solver.
    pub fn answer(&self, limits: &Limits<'_>) -> Result<Certified, Refusal> {
        let model = model::build(&self.case, &self.scenario);
        certify(&self.case, &self.scenario, solve::solve(&self.case, &self.scenario, &model, limits))
    }
}

/// Whether there is a plan and every goal of it is proved to be as good as it can be.
pub fn is_proved(certified: &Certified) -> bool {
    certified.status() == Status::Optimal
        || (certified.plan().is_some() && certified.objectives().iter().all(Scored::is_proved))
}

/// Every goal that both answers have, in the order of the first, whether its value differs or not.
///
/// A rank that nobody can have in the variant is no goal of it: nobody has it there.
pub fn changes(was: &Certified, is: &Certified) -> Vec<Change> {
    let after: Vec<(Goal, i64)> = is.objectives().iter().map(|scored| (scored.goal, scored.value)).collect();
    let other = |goal: Goal| {
        let same = |&&(it, _): &&(Goal, i64)| (it.objective, it.part) == (goal.objective, goal.part);
        match goal.part {
            Part::Rank(_) => Some(after.iter().find(same).map_or(0, |&(_, value)| value)),
            Part::Whole | Part::Placed => after.iter().find(same).map(|&(_, value)| value),
        }
    };
    let scored = was.objectives().iter();
    scored.filter_map(|it| Some(Change { goal: it.goal, was: it.value, is: other(it.goal)? })).collect()
}
