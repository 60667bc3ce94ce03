//! The same case under the rules that people propose, side by side.
//!
//! Every rule keeps the scenario's people, posts, officers' decisions and clauses, and changes only what it is about; every
//! plan is then weighed by the scenario as it was given, so that the figures compare. All but the priority-stable rule
//! are solved and certified; that one is checked by its definition ([`crate::study::stable::blocking`]).

use std::collections::{BTreeMap, BTreeSet};

use crate::case::answer::Plan;
use crate::case::scenario::{Objective, PolicyRule, Scenario};
use crate::case::{Case, Response, StatutoryRole};
use crate::certify::{Inspection, Refusal, Status, inspect};
use crate::id::{AuthorityId, PersonId};
use crate::solve::Limits;
use crate::study::stable::{Priority, Wishes, blocking, propose};
use crate::study::summary::covered;
use crate::study::variant::{Variant, is_proved};

/// A rule that decides who goes where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// The scenario as it is.
    Own,
    /// Any authority; the scenario's objectives.
    PreferenceInformed,
    /// The present employer only.
    EmployerDefault,
    /// The authority with over half of the joint post.
    TimeMajority,
    /// Most placed, then few at poor ranks.
    Generous,
    /// Most placed, then many at good ranks.
    Greedy,
    /// Many at good ranks, however many are placed.
    RankMaximal,
    /// Most placed, then the least sum of ranks.
    RankSum,
    /// Deferred acceptance by a priority list.
    Stable,
}

impl Way {
    /// Every rule, in the order of the table.
    pub const ALL: [Way; 9] = [
        Way::Own,
        Way::PreferenceInformed,
        Way::EmployerDefault,
        Way::TimeMajority,
        Way::Generous,
        Way::Greedy,
        Way::RankMaximal,
        Way::RankSum,
        Way::Stable,
    ];
}

/// What a rule gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Made {
    /// A plan, with its figures.
    Plan(Box<Figures>),
    /// No plan keeps every rule.
    Impossible,
    /// A limit was reached before the best was proved.
    Stopped,
}

/// A plan weighed by the scenario as it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    /// Who goes where.
    pub plan: Plan,
    /// People with a post.
    pub placed: usize,
    /// Empty seats on offer.
    pub vacancies: u32,
    /// People placed outside their present employer.
    pub moves: usize,
    /// Statutory roles covered, by authority.
    pub cover: BTreeSet<(AuthorityId, StatutoryRole)>,
    /// People placed in the authority that they stated.
    pub preference_met: usize,
    /// People by the rank that they gave to their post, first choice first.
    pub ranks: Vec<(u32, usize)>,
    /// People in a post that they did not list.
    pub unlisted: usize,
    /// People in a post who gave no response.
    pub no_response: usize,
    /// People without a post.
    pub unplaced: usize,
    /// Pairs of a person and a post that break the priority list.
    pub blocking: usize,
    /// Rules of the scenario that the plan breaks.
    pub breaches: usize,
    /// Who is placed otherwise than in the scenario's own plan, lowest first; nobody where that has none.
    pub differs: Vec<PersonId>,
}

/// A rule with what it gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The rule.
    pub way: Way,
    /// What it gives.
    pub made: Made,
}

/// All rules side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SideBySide {
    /// The list by which blocking pairs are counted and the stable rule decides.
    pub priority: Priority,
    /// Every rule, in the order of [`Way::ALL`].
    pub columns: Vec<Column>,
    /// (Authority, role) pairs that the scenario wants covered.
    pub roles_wanted: usize,
    /// People who stated an authority.
    pub stated: usize,
}

/// Why a table of rules is not right.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// Working it out again gives something else.
    #[error("{0:?} gives something else when it is worked out again")]
    Differs(Way),
    /// The rules are not those of the table.
    #[error("the table has other rules or other totals")]
    Shape,
    /// The stable rule leaves somebody a post that they could take.
    #[error("the priority-stable plan has a blocking pair")]
    Blocked,
    /// The solver's answer is not confirmed.
    #[error("{0}")]
    Refused(#[from] Refusal),
}

/// Works out every rule.
///
/// # Errors
/// [`Refusal`]: a bug of ours in the solver.
pub fn compare(
    case: &Case,
    scenario: &Scenario,
    priority: Priority,
    limits: &Limits<'_>,
) -> Result<SideBySide, Refusal> {
    let wishes = Wishes::of(case, scenario);
    let mut columns: Vec<Column> = Vec::new();
    for way in Way::ALL {
        let plan = plan_of(case, scenario, way, &wishes, &priority, limits)?;
        let own = match columns.first().map(|column| &column.made) {
            Some(Made::Plan(own)) => Some(&own.plan),
            Some(Made::Impossible | Made::Stopped) | None => None,
        };
        let made = match plan {
            Solved::Plan(plan) => Made::Plan(Box::new(weigh(case, scenario, plan, own, &wishes, &priority))),
            Solved::Impossible => Made::Impossible,
            Solved::Stopped => Made::Stopped,
        };
        columns.push(Column { way, made });
    }
    Ok(SideBySide {
        priority,
        columns,
        roles_wanted: case.authorities.len() * scenario.statutory_cover.roles.len(),
        stated: case.people.values().filter(|person| person.preference.stated().is_some()).count(),
    })
}

/// Works out a table again and compares it; the stable plan also by its definition.
///
/// # Errors
/// [`Fault`] names the first rule of which something else holds.
pub fn check(case: &Case, scenario: &Scenario, table: &SideBySide, limits: &Limits<'_>) -> Result<(), Fault> {
    let again = compare(case, scenario, table.priority.clone(), limits)?;
    if again.columns.len() != table.columns.len()
        || (again.roles_wanted, again.stated) != (table.roles_wanted, table.stated)
    {
        return Err(Fault::Shape);
    }
    for (column, again) in table.columns.iter().zip(&again.columns) {
        if let (Way::Stable, Made::Plan(figures)) = (column.way, &column.made)
            && !blocking(case, &Wishes::of(case, scenario), &table.priority, &figures.plan).is_empty()
        {
            return Err(Fault::Blocked);
        }
        if column != again {
            return Err(Fault::Differs(column.way));
        }
    }
    Ok(())
}

enum Solved {
    Plan(Plan),
    Impossible,
    Stopped,
}

fn plan_of(
    case: &Case,
    scenario: &Scenario,
    way: Way,
    wishes: &Wishes,
    priority: &Priority,
    limits: &Limits<'_>,
) -> Result<Solved, Refusal> {
    let Some(changed) = scenario_of(scenario, way) else { return Ok(Solved::Plan(propose(case, wishes, priority))) };
    let certified = Variant::of(case, &changed).answer(limits)?;
    Ok(match (certified.plan(), certified.status()) {
        (Some(plan), _) if is_proved(&certified) => Solved::Plan(plan.clone()),
        (_, Status::Impossible) => Solved::Impossible,
        (_, Status::Optimal | Status::Stopped) => Solved::Stopped,
    })
}

/// The scenario under a rule; none for the rule that does not optimise.
///
/// A rule on ranks is stated first, and the scenario's other objectives settle what it leaves open.
pub fn scenario_of(scenario: &Scenario, way: Way) -> Option<Scenario> {
    let mut changed = scenario.clone();
    let mut first = |objectives: &[Objective]| {
        let rest = scenario.objectives.iter().filter(|it| !objectives.contains(it));
        changed.objectives = objectives.iter().chain(rest).copied().collect();
    };
    match way {
        Way::Own => {}
        Way::PreferenceInformed => changed.policy.rule = PolicyRule::PreferenceInformed,
        Way::EmployerDefault => changed.policy.rule = PolicyRule::EmployerDefault,
        Way::TimeMajority => changed.policy.rule = PolicyRule::TimeMajority,
        Way::Generous => first(&[Objective::Generous]),
        Way::Greedy => first(&[Objective::Greedy]),
        Way::RankMaximal => first(&[Objective::RankMaximal]),
        Way::RankSum => first(&[Objective::Placed, Objective::Rank]),
        Way::Stable => return None,
    }
    Some(changed)
}

fn weigh(
    case: &Case,
    scenario: &Scenario,
    plan: Plan,
    own: Option<&Plan>,
    wishes: &Wishes,
    priority: &Priority,
) -> Figures {
    let found: Inspection = inspect(case, scenario, &plan);
    let mut ranks: BTreeMap<u32, usize> = BTreeMap::new();
    let (mut unlisted, mut no_response) = (0, 0);
    for placement in &found.placements {
        match (case.people[placement.person].preference.response, placement.rank_given) {
            (Response::NoResponse, _) => no_response += 1,
            (Response::Responded | Response::Late | Response::Declined, None) => unlisted += 1,
            (Response::Responded | Response::Late | Response::Declined, Some(rank)) => {
                *ranks.entry(rank).or_default() += 1;
            }
        }
    }
    Figures {
        placed: found.placements.len(),
        vacancies: found.vacancies.iter().map(|&(_, seats)| seats).sum(),
        moves: found.placements.iter().filter(|placement| placement.moved).count(),
        cover: covered(case, scenario, &found.placements),
        preference_met: found.placements.iter().filter(|placement| placement.preference_met == Some(true)).count(),
        ranks: ranks.into_iter().collect(),
        unlisted,
        no_response,
        unplaced: found.unplaced.len(),
        blocking: blocking(case, wishes, priority, &plan).len(),
        breaches: found.breaches.len(),
        differs: own.map(|own| plan.movers(own).collect()).unwrap_or_default(),
        plan,
    }
}
