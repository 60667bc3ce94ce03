//! Scenarios side by side: what each is worth, who moves between them, and at which single change they first move.
//!
//! Every column is a certified answer, weighed by the objectives and clauses of all scenarios together. Between the first scenario
//! and each other one stands a ladder of single changes in a stated order ([`ladder`]); each rung is solved and certified. The
//! first rung at which a person's place changes is where the change comes in *in this order*: an attribution, not a
//! proof of cause. A difference between two equally good plans is no difference. It knows no words and no format.

pub mod attribution;
pub mod check;
pub mod figures;
pub mod ladder;
pub mod places;

use crate::case::Case;
use crate::case::answer::Leaf;
use crate::case::scenario::{Clause, Objective, Scenario};
use crate::certify::{Certified, Refusal, Status};
use crate::id::{AuthorityId, PersonId, PostId};
use crate::solve::Limits;
use crate::study::compare::attribution::{Difference, difference};
use crate::study::compare::figures::{Figures, figures};
use crate::study::compare::places::Places;
use crate::study::variant::Variant;

/// Scenarios side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The objectives of all scenarios, each once, in the order of their first naming.
    pub objectives: Vec<Objective>,
    /// A fairness clause for each thing that some scenario measures, the first scenario's first.
    pub clauses: Vec<Clause>,
    /// Every scenario, in the order asked for.
    pub columns: Vec<Column>,
    /// Each scenario after the first against the first; `None` where one of the two has no plan.
    pub against: Vec<Option<Difference>>,
    /// Who stays the same throughout.
    pub steady: Steady,
}

/// A scenario with what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The scenario.
    pub scenario: Scenario,
    /// What became of it.
    pub made: Made,
}

/// What became of a scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Made {
    /// The best plan, proved.
    Plan(Box<Figures>),
    /// No plan keeps every rule: these cannot all be kept.
    Impossible(Vec<Leaf>),
    /// A limit was reached before the best was proved.
    Stopped,
}

impl Made {
    /// The figures of the plan, where there is one.
    pub fn figures(&self) -> Option<&Figures> {
        match self {
            Made::Plan(figures) => Some(figures),
            Made::Impossible(_) | Made::Stopped => None,
        }
    }
}

/// Who is in the same place in every scenario that has a plan.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Steady {
    /// How many scenarios have a plan.
    pub plans: usize,
    /// The same post in each, and undecided in none.
    pub post: Vec<(PersonId, PostId)>,
    /// Not the same post, but in every equally good plan of each scenario a post of this authority.
    pub authority: Vec<(PersonId, AuthorityId)>,
    /// Without a post in each, and undecided in none.
    pub unplaced: Vec<PersonId>,
}

/// Solves every scenario, and every single change between the first and each other one.
///
/// # Errors
/// [`Refusal`]: a bug of ours in the solver.
///
/// # Panics
/// If there is no scenario (a bug of ours).
pub fn compare(case: &Case, scenarios: &[Scenario], limits: &Limits<'_>) -> Result<Comparison, Refusal> {
    let (objectives, clauses) = (objectives(scenarios), clauses(scenarios));
    let mut columns: Vec<Column> = Vec::new();
    for scenario in scenarios {
        let certified = Variant::of(case, scenario).answer(limits)?;
        let made = made(case, scenario, &certified, &objectives, &clauses);
        columns.push(Column { scenario: scenario.clone(), made });
    }
    let (first, others) = columns.split_first().expect("at least one scenario is compared");
    let against = others.iter().map(|other| match (first.made.figures(), other.made.figures()) {
        (Some(was), Some(is)) => difference(case, (&first.scenario, was), (&other.scenario, is), limits).map(Some),
        (None, _) | (_, None) => Ok(None),
    });
    let against = against.collect::<Result<_, Refusal>>()?;
    let steady = steady(case, &columns);
    Ok(Comparison { objectives, clauses, columns, against, steady })
}

fn made(case: &Case, scenario: &Scenario, certified: &Certified, objectives: &[Objective], clauses: &[Clause]) -> Made {
    match (certified.status(), certified.plan(), certified.conflict()) {
        (Status::Optimal, Some(plan), _) => {
            Made::Plan(Box::new(figures(case, scenario, certified, plan, objectives, clauses)))
        }
        (Status::Impossible, _, Some(conflict)) => Made::Impossible(conflict.leaves.clone()),
        (Status::Optimal | Status::Impossible | Status::Stopped, _, _) => Made::Stopped,
    }
}

/// The objectives of all scenarios, each once.
pub fn objectives(scenarios: &[Scenario]) -> Vec<Objective> {
    let mut all: Vec<Objective> = Vec::new();
    for objective in scenarios.iter().flat_map(|scenario| &scenario.objectives) {
        if !all.contains(objective) {
            all.push(*objective);
        }
    }
    all
}

/// A clause for each thing that is measured; of several limits on one thing, the first stands for all.
pub fn clauses(scenarios: &[Scenario]) -> Vec<Clause> {
    let mut all: Vec<Clause> = Vec::new();
    for rule in scenarios.iter().flat_map(|scenario| &scenario.fairness) {
        if !all.iter().any(|known| is_about_the_same(known, &rule.clause)) {
            all.push(rule.clause.clone());
        }
    }
    all
}

/// Whether two clauses measure the same thing, whatever their limits.
pub fn is_about_the_same(one: &Clause, other: &Clause) -> bool {
    let subject = |clause: &Clause| match clause {
        Clause::PeopleShare { authority, .. }
        | Clause::FteShare { authority, .. }
        | Clause::Budget { authority, .. } => (vec![*authority], String::new()),
        Clause::Cover { authority, function, .. } => (vec![*authority], function.clone()),
        Clause::VacancyGap { authorities: [first, second], .. } => {
            (vec![(*first).min(*second), (*first).max(*second)], String::new())
        }
        Clause::PreferenceParity { .. } => (Vec::new(), String::new()),
    };
    one.kind() == other.kind() && subject(one) == subject(other)
}

fn steady(case: &Case, columns: &[Column]) -> Steady {
    let plans: Vec<&Figures> = columns.iter().filter_map(|column| column.made.figures()).collect();
    let mut steady = Steady { plans: plans.len(), ..Steady::default() };
    if plans.is_empty() {
        return steady;
    }
    for person in case.people.ids() {
        let places: Vec<Places> = plans.iter().map(|figures| figures.places(person)).collect();
        let (first, rest) = places.split_first().expect("some scenario has a plan");
        let one = first.only().filter(|place| rest.iter().all(|other| other.only() == Some(*place)));
        match (one, places::only_authority(case, &places)) {
            (Some(Some(post)), _) => steady.post.push((person, post)),
            (Some(None), _) => steady.unplaced.push(person),
            (None, Some(authority)) => steady.authority.push((person, authority)),
            (None, None) => {}
        }
    }
    steady
}
