//! What an answer offers for finding forced places without solving the whole case: its optimum, and its proofs.
//!
//! Each is made ready when it is first needed. The optimum of all goals (`warm`) is quick, and settles a place where no rule over
//! several people stands in the way; else the proofs goal by goal (`local`) give the best plan, or the two ends that it lies between.

use std::rc::Rc;

use crate::case::Case;
use crate::case::scenario::Scenario;
use crate::certify::{Bounded, Certified, Force, Forced, Near};
use crate::id::PersonId;
use crate::model::{self, Model};
use crate::study::explain::local::Local;
use crate::study::explain::warm::{Asked, Road, Warm};

/// The roads that lead from one answer.
pub(super) struct Roads {
    model: Rc<Model>,
    warm: Option<Warm>,
    local: Option<Option<Local>>,
}

/// What a road led to.
pub(super) enum Reached {
    /// The best plan.
    Best(Forced),
    /// A plan, and what no plan is better than: in every goal, or in the first goals.
    Bounded(Bounded),
}

impl Roads {
    /// From this answer, which is the plan that is near.
    pub(super) fn new(case: &Case, scenario: &Scenario, answer: &Certified, near: &Near<'_>) -> Self {
        let model = Rc::new(model::build(case, scenario));
        Self { warm: Warm::new(Rc::clone(&model), answer, near), model, local: None }
    }

    /// How many options all people have together.
    pub(super) fn options(&self) -> usize {
        self.model.problem.network.arcs()
    }

    /// The question that one person's place makes; `None` where the pair is not allowed.
    pub(super) fn asked(&self, person: PersonId, force: Force, road: Road) -> Option<Asked> {
        self.model.arc(person, force.post()).map(|arc| Asked { person, arc, force, road })
    }

    /// As far as a road leads; `None` where none leads to a plan with the place given.
    pub(super) fn forced(&mut self, answer: &Certified, near: &mut Near<'_>, asked: &Asked) -> Option<Reached> {
        let warm = self.warm.as_mut().and_then(|warm| warm.forced(near, asked));
        warm.map(Reached::Best).or_else(|| self.bounded(answer, near, asked).map(Reached::Bounded))
    }

    /// The plan and the bounds that the answer's proofs lead to.
    pub(super) fn bounded(&mut self, answer: &Certified, near: &mut Near<'_>, asked: &Asked) -> Option<Bounded> {
        let local = self.local.get_or_insert_with(|| Local::new(&self.model, answer, near));
        local.as_mut()?.forced(near, asked)
    }
}
