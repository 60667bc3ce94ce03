//! Proposals and decisions side by side, and what the decisions change.
//!
//! The proposal is the certified plan of the case without any decision. What decisions do is told by variants of the case in
//! which they are kept, solved and certified again; each decision that differs from its proposal is also left out once, so that its own
//! share is seen.

use crate::case::answer::Plan;
use crate::case::record::{Demand, Record, Ruling};
use crate::case::scenario::Scenario;
use crate::case::{Case, Decision};
use crate::certify::{Certified, Refusal};
use crate::id::{PersonId, PostId};
use crate::solve::Limits;
use crate::study::variant::{Change, Variant, changes, is_proved};

/// The most decisions whose own effect is worked out.
pub const MOST_EFFECTS: usize = 200;

/// Where a person stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nothing is decided.
    Open,
    /// Decided, in this way.
    Decided(Ruling),
}

/// One person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Whom it concerns.
    pub person: PersonId,
    /// What the program proposes today.
    pub proposed: Option<PostId>,
    /// The record, where there is one.
    pub record: Option<Record>,
    /// Where the person goes when the decisions are kept; `None` where no plan keeps them.
    pub after: Option<Option<PostId>>,
    /// Open or decided.
    pub standing: Standing,
}

impl Line {
    /// Whether the record was made of another proposal than today's.
    pub fn is_stale(&self) -> bool {
        self.record.as_ref().is_some_and(|record| record.proposal != self.proposed)
    }
}

/// What the decisions come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Together {
    /// A plan keeps them all: every goal, without and with them, and who goes elsewhere.
    Kept {
        /// The goals.
        changes: Vec<Change>,
        /// Who is placed otherwise than proposed, lowest first.
        movers: Vec<PersonId>,
        /// Whether every goal is proved.
        is_proved: bool,
    },
    /// No plan keeps them all and the rules of the scenario; these are not possible even alone.
    Impossible {
        /// Positions in the record.
        alone: Vec<PersonId>,
    },
    /// A limit was reached before any plan was found.
    Unknown,
}

/// What one decision changes: the plan that keeps all decisions, against the one that keeps all but this.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// Whose decision.
    pub person: PersonId,
    /// The goals that differ; `None` where one of the two has no plan.
    pub changes: Option<Vec<Change>>,
    /// Who goes elsewhere by it, lowest first.
    pub movers: Vec<PersonId>,
}

/// Everything that is said of the decisions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// Everyone, lowest first.
    pub lines: Vec<Line>,
    /// All decisions together.
    pub together: Together,
    /// Decisions that differ from their proposals, each by itself.
    pub effects: Vec<Effect>,
    /// Whether there were more such decisions than are worked out.
    pub is_cut: bool,
}

/// The case with these decisions kept.
pub fn variant(case: &Case, scenario: &Scenario, records: &[&Record]) -> Variant {
    let start = Variant::of(case, scenario);
    records.iter().fold(start, |variant, record| match record.demand() {
        None => variant,
        Some(Demand::Place(place)) => variant.forced(record.person, place),
        Some(Demand::Not(post)) => variant.with_pin(record.person, Decision::NotPost(post)),
    })
}

/// Puts the record beside the certified plan; `None` where there is no plan to propose.
///
/// # Errors
/// [`Refusal`]: a bug of ours in the solver.
pub fn decide(
    case: &Case,
    scenario: &Scenario,
    proposed: &Certified,
    records: &[Record],
    limits: &Limits<'_>,
) -> Result<Option<Decided>, Refusal> {
    let Some(plan) = proposed.plan() else { return Ok(None) };
    let all: Vec<&Record> = records.iter().filter(|record| record.demand().is_some()).collect();
    // Whole answers, whose ties are settled alike, so that nobody seems to move who is merely a tie.
    let after = variant(case, scenario, &all).answer(limits)?;
    let lines = case.people.ids().map(|person| line(person, plan, records, after.plan())).collect();
    let together = match after.plan() {
        Some(_) => Together::Kept {
            changes: changes(proposed, &after),
            movers: movers(proposed, &after),
            is_proved: is_proved(&after),
        },
        None if after.conflict().is_some() => {
            Together::Impossible { alone: impossible_alone(case, scenario, &all, limits)? }
        }
        None => Together::Unknown,
    };
    let differ: Vec<&Record> =
        all.iter().copied().filter(|it| it.demand() != Some(Demand::Place(plan.post(it.person)))).collect();
    let mut effects = Vec::new();
    for record in differ.iter().take(MOST_EFFECTS) {
        let others: Vec<&Record> = all.iter().copied().filter(|it| it.person != record.person).collect();
        let without = variant(case, scenario, &others).answer(limits)?;
        effects.push(effect(record.person, &without, &after));
    }
    Ok(Some(Decided { lines, together, effects, is_cut: differ.len() > MOST_EFFECTS }))
}

fn line(person: PersonId, plan: &Plan, records: &[Record], after: Option<&Plan>) -> Line {
    let record = records.binary_search_by_key(&person, |record| record.person).ok().map(|at| records[at].clone());
    let ruling = record.as_ref().and_then(|record| record.ruling);
    Line {
        person,
        proposed: plan.post(person),
        standing: match ruling {
            None | Some(Ruling::Withdrawn) => Standing::Open,
            Some(ruling @ (Ruling::Accepted | Ruling::Changed | Ruling::Rejected)) => Standing::Decided(ruling),
        },
        record,
        after: after.map(|plan| plan.post(person)),
    }
}

fn impossible_alone(
    case: &Case,
    scenario: &Scenario,
    records: &[&Record],
    limits: &Limits<'_>,
) -> Result<Vec<PersonId>, Refusal> {
    let mut alone = Vec::new();
    for record in records.iter().take(MOST_EFFECTS) {
        if variant(case, scenario, &[record]).best(limits)?.conflict().is_some() {
            alone.push(record.person);
        }
    }
    Ok(alone)
}

fn effect(person: PersonId, without: &Certified, with: &Certified) -> Effect {
    let both = without.plan().is_some() && with.plan().is_some();
    let differing = || changes(without, with).into_iter().filter(|change| change.was != change.is).collect();
    Effect { person, changes: both.then(differing), movers: movers(without, with) }
}

/// Who is placed otherwise, lowest first; nobody where one of the two has no plan.
fn movers(was: &Certified, is: &Certified) -> Vec<PersonId> {
    was.plan().zip(is.plan()).map_or_else(Vec::new, |(was, is)| was.movers(is).collect())
}
