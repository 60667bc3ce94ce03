//! What each rule costs: the same case without it, solved and certified again.
//!
//! A price is a difference of whole plans, in people and pence, goal by goal; never a multiplier of a proof, because those
//! are not unique. Every row rests on two certified answers, and [`check::check`] solves each of them again.
//! It knows no words and no format.

pub mod check;
pub mod seats;

use std::collections::BTreeSet;

use crate::case::Case;
use crate::case::StatutoryRole;
use crate::case::answer::Plan;
use crate::case::goal::Goal;
use crate::case::scenario::{Level, Objective, PolicyRule, RetainedShared, Scenario};
use crate::certify::{Certified, Refusal, Status, inspect};
use crate::id::{AuthorityId, PersonId};
use crate::solve::Limits;
use crate::study::summary::covered;
use crate::study::variant::change::promotions;
use crate::study::variant::{Change, Variant, is_proved};

/// One thing that differs from the scenario.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Altered {
    /// Without a fairness clause, by position in the scenario.
    Clause(usize),
    /// Without an officer's decision, by position in `case.pins`.
    Pin(usize),
    /// Without a link, by position in `case.links`.
    Link(usize),
    /// One person of a retained shared service may go anywhere.
    Released(PersonId),
    /// Everyone of a retained shared service may go anywhere.
    AllReleased,
    /// Everybody may go to any authority.
    EveryAuthority,
    /// One grade further down is allowed.
    OneGradeDown,
    /// Promotion matches may be allocated into any post.
    EveryPromotion,
    /// An objective, by position in the scenario, is stated first.
    First(usize),
}

/// What became of a variant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Worth {
    /// The best plan, proved.
    Best(Best),
    /// No plan keeps every rule of the variant.
    Impossible,
    /// A limit was reached before the best was proved, so nothing is said.
    Stopped,
}

/// A proved best plan, weighed by the goals of the scenario as it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Best {
    /// Value of each goal of the scenario as given, in its order.
    pub values: Vec<(Goal, i64)>,
    /// Which statutory roles are covered where, in this plan.
    pub cover: BTreeSet<(AuthorityId, StatutoryRole)>,
    /// Who goes where.
    pub plan: Plan,
}

/// A rule, or an order, with what the case is worth otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What differs.
    pub altered: Altered,
    /// What became of it.
    pub worth: Worth,
}

/// The scenario as given, and every single change of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prices {
    /// The scenario as given.
    pub base: Worth,
    /// A row for each rule, then one for each objective that is not first already.
    pub rows: Vec<Row>,
}

impl Worth {
    /// The best plan, where it is proved.
    pub fn best(&self) -> Option<&Best> {
        match self {
            Worth::Best(best) => Some(best),
            Worth::Impossible | Worth::Stopped => None,
        }
    }
}

impl Best {
    /// Every goal that differs between two plans, in the scenario's order.
    pub fn changes(&self, other: &Best) -> Vec<Change> {
        let pairs = self.values.iter().zip(&other.values);
        let change = |(&(goal, was), &(_, is)): (&(Goal, i64), &(Goal, i64))| Change { goal, was, is };
        pairs.map(change).filter(|change| change.was != change.is).collect()
    }

    /// Who is placed otherwise, lowest first.
    pub fn movers(&self, other: &Best) -> Vec<PersonId> {
        self.plan.movers(&other.plan).collect()
    }
}

/// Prices every rule of the scenario, and its order of objectives.
///
/// # Errors
/// [`Refusal`]: a bug of ours in the solver.
pub fn price(case: &Case, scenario: &Scenario, limits: &Limits<'_>) -> Result<Prices, Refusal> {
    let base = worth(case, scenario, &Variant::of(case, scenario), limits)?;
    let of = |altered| Ok(Row { altered, worth: worth(case, scenario, &variant(case, scenario, altered), limits)? });
    let rows = alterations(case, scenario).into_iter().map(of).collect::<Result<_, Refusal>>()?;
    Ok(Prices { base, rows })
}

/// Everything that can be priced: each enforced rule that can bite, then each order of objectives.
pub fn alterations(case: &Case, scenario: &Scenario) -> Vec<Altered> {
    let policy = &scenario.policy;
    let enforced = |&position: &usize| scenario.fairness[position].level == Level::Must;
    let mut all: Vec<Altered> = (0..scenario.fairness.len()).filter(enforced).map(Altered::Clause).collect();
    if scenario.use_pins {
        all.extend((0..case.pins.len()).map(Altered::Pin));
    }
    all.extend((0..case.links.len()).map(Altered::Link));
    match policy.retained_shared {
        RetainedShared::Release => {}
        RetainedShared::Pin => {
            all.push(Altered::AllReleased);
            let kept = |person: &PersonId| case.people[*person].retained_shared == Some(true);
            all.extend(case.people.ids().filter(kept).map(Altered::Released));
        }
    }
    match policy.rule {
        PolicyRule::PreferenceInformed => {}
        PolicyRule::EmployerDefault | PolicyRule::TimeMajority => all.push(Altered::EveryAuthority),
    }
    all.push(Altered::OneGradeDown);
    if promotions(case).any(|post| !policy.promotion_into.contains(&post)) {
        all.push(Altered::EveryPromotion);
    }
    all.extend((1..scenario.objectives.len()).map(Altered::First));
    all
}

/// The case and scenario with one thing changed.
pub fn variant(case: &Case, scenario: &Scenario, altered: Altered) -> Variant {
    let base = Variant::of(case, scenario);
    match altered {
        Altered::Clause(position) => base.without_clause(position),
        Altered::Pin(position) => base.without_pin(position),
        Altered::Link(position) => base.without_link(position),
        Altered::Released(person) => base.with_person_released(person),
        Altered::AllReleased => base.with_everyone_released(),
        Altered::EveryAuthority => base.with_every_authority(),
        Altered::OneGradeDown => base.with_one_more_grade_down(),
        Altered::EveryPromotion => base.with_every_promotion(),
        Altered::First(position) => base.with_objective_first(position),
    }
}

/// Solves a variant, and weighs its best plan by the goals of the scenario as it was given.
///
/// The plan is the one that `demerge solve` would show, so that two of them differ no more than they must.
///
/// # Errors
/// [`Refusal`]: a bug of ours in the solver.
pub fn worth(case: &Case, scenario: &Scenario, variant: &Variant, limits: &Limits<'_>) -> Result<Worth, Refusal> {
    Ok(weighed(case, scenario, &variant.answer(limits)?))
}

/// The same where only the values of the goals matter: quicker, and the plan is any one of the best.
///
/// # Errors
/// [`Refusal`]: a bug of ours in the solver.
pub fn value(case: &Case, scenario: &Scenario, variant: &Variant, limits: &Limits<'_>) -> Result<Worth, Refusal> {
    Ok(weighed(case, scenario, &variant.best(limits)?))
}

fn weighed(case: &Case, scenario: &Scenario, certified: &Certified) -> Worth {
    match (certified.plan(), certified.status()) {
        (Some(plan), _) if is_proved(certified) => Worth::Best(Best {
            values: weigh(case, scenario, plan),
            cover: if scenario.objectives.contains(&Objective::Statutory) {
                covered(case, scenario, certified.placements())
            } else {
                BTreeSet::new()
            },
            plan: plan.clone(),
        }),
        (_, Status::Impossible) => Worth::Impossible,
        (_, Status::Optimal | Status::Stopped) => Worth::Stopped,
    }
}

fn weigh(case: &Case, scenario: &Scenario, plan: &Plan) -> Vec<(Goal, i64)> {
    let found = inspect(case, scenario, plan).objectives;
    found.into_iter().map(|(goal, value)| (goal, i64::try_from(value).unwrap_or(i64::MAX))).collect()
}
