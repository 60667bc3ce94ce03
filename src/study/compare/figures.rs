//! What one scenario is worth, by the objectives and clauses of all the scenarios that stand beside it.
//!
//! Each scenario is weighed with its own policy (on-cost, rank of unlisted posts), as `demerge solve` shows it.

use std::collections::BTreeMap;

use crate::case::Case;
use crate::case::answer::{Plan, Undecided};
use crate::case::goal::Goal;
use crate::case::scenario::{Clause, FairnessRule, Level, Objective, Scenario};
use crate::certify::{Certified, Measured, inspect};
use crate::id::{AuthorityId, PersonId, PostId};
use crate::quantity::Pence;
use crate::study::compare::places::Places;
use crate::study::summary::{AuthorityFigures, Cover, Preferences, Seats, Summary, summarise};

/// The figures of a certified, proved plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    /// Who goes where.
    pub plan: Plan,
    /// Who is placed otherwise in an equally good plan, lowest person first.
    pub undecided: Vec<Undecided>,
    /// How many pools they form.
    pub pools: usize,
    /// Every objective of all scenarios, in the order of the comparison.
    pub values: Vec<(Goal, i64)>,
    /// Every clause of the comparison as measured in this plan, in its order.
    pub measured: Vec<Measured>,
    /// The scenario's own clauses.
    pub own: Vec<Measured>,
    /// Each authority, lowest first.
    pub authorities: Vec<AuthorityFigures>,
    /// Who gives the statutory cover that this scenario wants.
    pub cover: Vec<Cover>,
    /// Stated authorities, and how many got theirs.
    pub preference: Preferences,
    /// People with a post.
    pub placed: usize,
    /// Posts on offer, their seats, and how many are empty.
    pub seats: Seats,
    /// Pay with on-cost of all placements a year.
    pub cost: Pence,
    /// People placed outside their present employer.
    pub moves: usize,
    /// Everyone without a post, lowest first.
    pub at_risk: Vec<PersonId>,
    /// Posts on offer, lowest first.
    pub offered: Vec<PostId>,
    /// Offered posts with empty seats, lowest first.
    pub vacancies: Vec<(PostId, u32)>,
    /// Where each employer's people go, in order.
    pub flows: Vec<Flow>,
}

/// People of one employer who go to one destination.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flow {
    /// The present employer.
    pub from: AuthorityId,
    /// Where they go.
    pub to: Destination,
    /// How many, one or more.
    pub people: usize,
}

/// Where a person goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Destination {
    /// A post of this authority that is its own.
    Own(AuthorityId),
    /// A retained shared post that this authority employs.
    Shared(AuthorityId),
    /// No post.
    AtRisk,
}

impl Figures {
    /// Where a person may be.
    pub fn places(&self, person: PersonId) -> Places {
        Places::of(&self.plan, &self.undecided, person)
    }

    /// Empty seats of a post on offer.
    pub fn empty(&self, post: PostId) -> u32 {
        self.vacancies.binary_search_by_key(&post, |&(it, _)| it).map_or(0, |at| self.vacancies[at].1)
    }
}

/// Counts everything that is said of a certified plan.
pub fn figures(
    case: &Case,
    scenario: &Scenario,
    certified: &Certified,
    plan: &Plan,
    objectives: &[Objective],
    clauses: &[Clause],
) -> Figures {
    let Summary { pools, authorities, cover, preference, placed, offered, cost, moves, fairness, .. } =
        summarise(case, scenario, certified);
    let found = inspect(case, &weighed(scenario, objectives, clauses), plan);
    let value = |(goal, value): (Goal, i128)| (goal, i64::try_from(value).unwrap_or(i64::MAX));
    Figures {
        plan: plan.clone(),
        undecided: certified.undecided().to_vec(),
        pools: pools.len(),
        values: found.objectives.into_iter().map(value).collect(),
        measured: found.fairness,
        own: fairness,
        authorities,
        cover,
        preference,
        placed,
        seats: offered,
        cost,
        moves,
        at_risk: certified.unplaced(),
        offered: certified.offered(),
        vacancies: certified.vacancies(),
        flows: flows(case, plan),
    }
}

/// The scenario with the objectives of all, and with all clauses measured only.
pub fn weighed(scenario: &Scenario, objectives: &[Objective], clauses: &[Clause]) -> Scenario {
    let rule = |clause: &Clause| FairnessRule { clause: clause.clone(), level: Level::Report };
    Scenario { objectives: objectives.to_vec(), fairness: clauses.iter().map(rule).collect(), ..scenario.clone() }
}

/// Where each employer's people go.
pub fn flows(case: &Case, plan: &Plan) -> Vec<Flow> {
    let mut counted: BTreeMap<(AuthorityId, Destination), usize> = BTreeMap::new();
    for (person, place) in plan.iter() {
        *counted.entry((case.people[person].employer, destination(case, place))).or_default() += 1;
    }
    counted.into_iter().map(|((from, to), people)| Flow { from, to, people }).collect()
}

fn destination(case: &Case, place: Option<PostId>) -> Destination {
    let Some(post) = place.map(|post| &case.posts[post]) else { return Destination::AtRisk };
    match post.retained_shared {
        Some(true) => Destination::Shared(post.authority),
        Some(false) | None => Destination::Own(post.authority),
    }
}
