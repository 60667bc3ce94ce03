//! The single changes that price a rule: one thing taken out of a scenario, put first in it, or moved by one.
//!
//! Each leaves everything else as it was, and none keeps to itself whether it matters: that is what the solve afterwards tells.

use crate::case::scenario::{Clause, Level, PolicyRule, RetainedShared};
use crate::case::{Case, MatchKind, PostStatus};
use crate::id::{PersonId, PostId};
use crate::quantity::{BasisPoints, Pence};
use crate::study::variant::Variant;

/// Which end of a fairness clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Limit {
    /// At least this.
    Min,
    /// At most this.
    Max,
}

impl Variant {
    /// Without one fairness clause, by its position in the scenario; what is only measured costs nothing.
    #[must_use]
    pub fn without_clause(mut self, position: usize) -> Self {
        self.scenario.fairness.remove(position);
        self
    }

    /// Without one officer's decision, by its position in the file.
    #[must_use]
    pub fn without_pin(mut self, position: usize) -> Self {
        self.case.pins.remove(position);
        self
    }

    /// Without one link between two people, by its position in the file.
    #[must_use]
    pub fn without_link(mut self, position: usize) -> Self {
        self.case.links.remove(position);
        self
    }

    /// One person of a retained shared service may go anywhere, or nowhere, as everybody else.
    #[must_use]
    pub fn with_person_released(mut self, person: PersonId) -> Self {
        self.case.people[person].retained_shared = Some(false);
        self
    }

    /// People of retained shared services may go anywhere.
    #[must_use]
    pub fn with_everyone_released(mut self) -> Self {
        self.scenario.policy.retained_shared = RetainedShared::Release;
        self
    }

    /// Everybody may go to any authority.
    #[must_use]
    pub fn with_every_authority(mut self) -> Self {
        self.scenario.policy.rule = PolicyRule::PreferenceInformed;
        self
    }

    /// People may be placed one grade lower than before.
    #[must_use]
    pub fn with_one_more_grade_down(mut self) -> Self {
        self.scenario.policy.max_grades_down += 1;
        self
    }

    /// A promotion match may be allocated into any post.
    #[must_use]
    pub fn with_every_promotion(mut self) -> Self {
        let into = promotions(&self.case).collect();
        self.scenario.policy.promotion_into = into;
        self
    }

    /// One objective, by its position, stated before all others; the others keep their order.
    #[must_use]
    pub fn with_objective_first(mut self, position: usize) -> Self {
        let first = self.scenario.objectives.remove(position);
        self.scenario.objectives.insert(0, first);
        self
    }

    /// A post with so many seats; with none it is not on offer.
    #[must_use]
    pub fn with_seats(mut self, post: PostId, seats: u32) -> Self {
        if seats == 0 {
            self.case.posts[post].status = PostStatus::Held;
        } else {
            self.case.posts[post].capacity = seats;
        }
        self
    }

    /// One clause enforced with this limit at one end, in basis points, pence or people; the other end stays.
    #[must_use]
    pub fn with_limit(mut self, position: usize, end: Limit, value: i64) -> Self {
        let rule = &mut self.scenario.fairness[position];
        rule.level = Level::Must;
        let points = BasisPoints(i32::try_from(value).unwrap_or(i32::MAX));
        match (&mut rule.clause, end) {
            (Clause::PeopleShare { min, .. } | Clause::FteShare { min, .. }, Limit::Min) => *min = Some(points),
            (Clause::PeopleShare { max, .. } | Clause::FteShare { max, .. }, Limit::Max) => *max = Some(points),
            (Clause::Budget { max, .. }, Limit::Min | Limit::Max) => *max = Pence(value),
            (Clause::Cover { min_people, .. }, Limit::Min | Limit::Max) => {
                *min_people = u32::try_from(value).unwrap_or(u32::MAX);
            }
            (
                Clause::VacancyGap { max_points, .. } | Clause::PreferenceParity { max_points },
                Limit::Min | Limit::Max,
            ) => *max_points = points,
        }
        self
    }
}

/// The posts that are a promotion for somebody; one may stand more than once.
pub fn promotions(case: &Case) -> impl Iterator<Item = PostId> + '_ {
    case.matches.iter().filter(|(_, it)| it.kind == MatchKind::Promotion).map(|(&(_, post), _)| post)
}
