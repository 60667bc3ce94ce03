//! The outcomes that have a range, counted from one plan of one case.

use std::collections::{BTreeMap, BTreeSet};

use crate::case::StatutoryRole;
use crate::case::answer::Plan;
use crate::case::goal::Goal;
use crate::case::scenario::Sense;
use crate::certify::inspect;
use crate::id::AuthorityId;
use crate::model::terms::offered;
use crate::study::summary::covered;
use crate::study::variant::Variant;

/// An outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Figure {
    /// People with a post.
    Placed,
    /// People placed in the authority that they stated.
    Met,
    /// People who stated an authority and are not placed there.
    NotMet,
    /// Empty seats.
    Vacancies,
    /// Empty seats of one authority.
    VacanciesAt(AuthorityId),
    /// Statutory roles covered, over all authorities.
    Cover,
    /// Whether one role is covered at one authority: 1 or 0.
    CoverAt(AuthorityId, StatutoryRole),
    /// One number of an objective of the scenario.
    Goal(Goal),
}

impl Figure {
    /// Whether more or less of it is better.
    pub fn sense(self) -> Sense {
        match self {
            Figure::Placed | Figure::Met | Figure::Cover | Figure::CoverAt(..) => Sense::Most,
            Figure::NotMet | Figure::Vacancies | Figure::VacanciesAt(_) => Sense::Least,
            Figure::Goal(goal) => goal.sense(),
        }
    }
}

/// Outcomes with their values; what is not there is nought.
pub type Values = BTreeMap<Figure, i64>;

/// Every outcome of a plan.
pub fn measure(variant: &Variant, plan: &Plan) -> Values {
    let (case, scenario) = (&variant.case, &variant.scenario);
    let found = inspect(case, scenario, plan);
    let number = |count: usize| i64::try_from(count).expect("fewer than 2^32 people and posts");
    let met = number(found.placements.iter().filter(|placement| placement.preference_met == Some(true)).count());
    let stated = number(case.people.values().filter(|person| person.preference.stated().is_some()).count());
    let mut values = Values::from([
        (Figure::Placed, number(found.placements.len())),
        (Figure::Met, met),
        (Figure::NotMet, stated - met),
        (Figure::Vacancies, found.vacancies.iter().map(|&(_, seats)| i64::from(seats)).sum()),
    ]);
    let offering: BTreeSet<AuthorityId> =
        case.posts.ids().filter(|&post| offered(case, scenario, post)).map(|post| case.posts[post].authority).collect();
    values.extend(offering.into_iter().map(|authority| (Figure::VacanciesAt(authority), 0)));
    for &(post, seats) in &found.vacancies {
        *values.entry(Figure::VacanciesAt(case.posts[post].authority)).or_default() += i64::from(seats);
    }
    let pairs = covered(case, scenario, &found.placements);
    values.insert(Figure::Cover, number(pairs.len()));
    for authority in case.authorities.ids() {
        for &role in &scenario.statutory_cover.roles {
            let is_covered = i64::from(pairs.contains(&(authority, role)));
            values.insert(Figure::CoverAt(authority, role), is_covered);
        }
    }
    let goal = |(goal, value): (Goal, i128)| (Figure::Goal(goal), i64::try_from(value).unwrap_or(i64::MAX));
    values.extend(found.objectives.into_iter().map(goal));
    values
}
