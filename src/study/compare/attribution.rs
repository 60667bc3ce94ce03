//! Who moves between two scenarios, and at which rung of the ladder between them the place first changes.

use std::collections::BTreeSet;

use crate::case::Case;
use crate::case::answer::{Plan, Undecided};
use crate::case::scenario::Scenario;
use crate::certify::{Breach, Refusal, Status, objections};
use crate::id::{PersonId, PostId};
use crate::solve::Limits;
use crate::study::compare::figures::Figures;
use crate::study::compare::ladder::{Turn, ladder};
use crate::study::compare::places::{Differs, Places};
use crate::study::variant::Variant;

/// Posts with their empty seats before and after.
pub type Seats = Vec<(PostId, u32, u32)>;

/// Everything that differs between two scenarios that have a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The single changes from the first to the second, in their order.
    pub steps: Vec<Step>,
    /// Who moves: no place of theirs in the one is as good in the other; lowest first.
    pub movers: Vec<Mover>,
    /// Whose place differs only between equally good plans; lowest first.
    pub open: Vec<Open>,
    /// Whose place is the same in both plans, but who is undecided in one of the two; lowest first.
    pub settled: Vec<Settled>,
    /// Posts on offer only in the first, lowest first.
    pub lost: Vec<PostId>,
    /// Posts on offer only in the second, lowest first.
    pub won: Vec<PostId>,
    /// Posts on offer in both with another number of empty seats: in the first, in the second.
    pub filled: Seats,
}

/// A single change with what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What differs from the step before.
    pub turn: Turn,
    /// What came of it.
    pub reached: Reached,
}

/// What came of a single change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reached {
    /// There is a plan; so many of the movers change place here for the first time.
    Plan(usize),
    /// No plan keeps every rule at this point of the ladder.
    Impossible,
    /// A limit was reached.
    Stopped,
}

/// Someone whose place differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mover {
    /// Whom it concerns.
    pub person: PersonId,
    /// Where they may be in the first scenario.
    pub was: Places,
    /// Where they may be in the second.
    pub is: Places,
    /// Where on the ladder the place changes, in order; one or more.
    pub turns: Vec<Turned>,
}

/// A change of place on the ladder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turned {
    /// The steps between the two plans, counted from nought: more than one where those before the last had no plan.
    pub steps: (usize, usize),
    /// The place before, in the plan shown.
    pub was: Option<PostId>,
    /// The place after.
    pub is: Option<PostId>,
    /// What the rules have against the place before, after the change; nothing: it is still allowed.
    pub barred: Vec<Breach>,
    /// Who holds the place before in the plan after, and did not hold it in the plan before; lowest first.
    pub taken_by: Vec<PersonId>,
    /// What the rules had against the place after, before the change; nothing: it was allowed already.
    pub opened: Vec<Breach>,
}

/// Someone whose plans differ, but who may have one place in both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// Whom it concerns.
    pub person: PersonId,
    /// Where they may be in the first scenario.
    pub was: Places,
    /// Where they may be in the second.
    pub is: Places,
}

/// Someone with the same place in both plans who is undecided in one of the two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// Whom it concerns.
    pub person: PersonId,
    /// Where they may be in the first scenario.
    pub was: Places,
    /// Where they may be in the second.
    pub is: Places,
}

/// A plan on the ladder; the first is that of the first scenario.
struct Rung {
    /// Position of the step that led here; `None` for the start.
    step: Option<usize>,
    scenario: Scenario,
    plan: Plan,
    undecided: Vec<Undecided>,
}

/// What differs between two scenarios, each with its figures.
///
/// # Errors
/// [`Refusal`]: a bug of ours in the solver.
pub fn difference(
    case: &Case,
    (from, was): (&Scenario, &Figures),
    (to, is): (&Scenario, &Figures),
    limits: &Limits<'_>,
) -> Result<Difference, Refusal> {
    let start = Rung { step: None, scenario: from.clone(), plan: was.plan.clone(), undecided: was.undecided.clone() };
    let (mut steps, rungs) = climb(case, start, to, is, limits)?;
    let (mut movers, mut open, mut settled) = (Vec::new(), Vec::new(), Vec::new());
    for person in case.people.ids() {
        let (was, is) = (was.places(person), is.places(person));
        match was.differs(&is) {
            Differs::Moves => {
                let turns = turns(case, &rungs, person);
                movers.push(Mover { person, was, is, turns });
            }
            Differs::Open => open.push(Open { person, was, is }),
            Differs::Not if was.only().is_some() != is.only().is_some() => settled.push(Settled { person, was, is }),
            Differs::Not => {}
        }
    }
    for at in movers.iter().filter_map(|mover| mover.turns.first()).map(|turned| turned.steps.1) {
        if let Reached::Plan(people) = &mut steps[at].reached {
            *people += 1;
        }
    }
    let ([lost, won], filled) = posts(was, is);
    Ok(Difference { steps, movers, open, settled, lost, won, filled })
}

/// Solves every rung but the last, which is the second scenario; those without a plan are steps, but no rungs to stand on.
fn climb(
    case: &Case,
    start: Rung,
    to: &Scenario,
    end: &Figures,
    limits: &Limits<'_>,
) -> Result<(Vec<Step>, Vec<Rung>), Refusal> {
    let mut all = ladder(&start.scenario, to);
    let (mut steps, mut rungs) = (Vec::new(), vec![start]);
    let last = all.pop();
    for (turn, scenario) in all {
        let certified = Variant::of(case, &scenario).answer(limits)?;
        let reached = match (certified.status(), certified.plan()) {
            (Status::Optimal, Some(plan)) => {
                let (plan, undecided) = (plan.clone(), certified.undecided().to_vec());
                rungs.push(Rung { step: Some(steps.len()), scenario, plan, undecided });
                Reached::Plan(0)
            }
            (Status::Impossible, _) => Reached::Impossible,
            (Status::Optimal | Status::Stopped, _) => Reached::Stopped,
        };
        steps.push(Step { turn, reached });
    }
    if let Some((turn, scenario)) = last {
        let (plan, undecided) = (end.plan.clone(), end.undecided.clone());
        rungs.push(Rung { step: Some(steps.len()), scenario, plan, undecided });
        steps.push(Step { turn, reached: Reached::Plan(0) });
    }
    Ok((steps, rungs))
}

/// Where on the ladder a person must leave the place: what is as good on all rungs so far is kept as long as it can be.
fn turns(case: &Case, rungs: &[Rung], person: PersonId) -> Vec<Turned> {
    let places = |rung: &Rung| Places::of(&rung.plan, &rung.undecided, person);
    let mut kept: BTreeSet<Option<PostId>> = places(&rungs[0]).all;
    let mut turns = Vec::new();
    for pair in rungs.windows(2) {
        let [before, after] = pair else { continue };
        let now = places(after);
        let both: BTreeSet<Option<PostId>> = kept.intersection(&now.all).copied().collect();
        if both.is_empty() {
            turns.push(turned(case, before, after, person));
            kept = now.all;
        } else {
            kept = both;
        }
    }
    turns
}

fn turned(case: &Case, before: &Rung, after: &Rung, person: PersonId) -> Turned {
    let (was, is) = (before.plan.post(person), after.plan.post(person));
    let against = |scenario: &Scenario, place: Option<PostId>| {
        let found = place.map(|post| objections(case, scenario, &[(person, post)]));
        found.into_iter().flatten().flatten().collect::<Vec<Breach>>()
    };
    let last = after.step.expect("a rung after another was reached by a step");
    Turned {
        steps: (before.step.map_or(0, |step| step + 1), last),
        was,
        is,
        barred: against(&after.scenario, was),
        taken_by: new_holders(&before.plan, &after.plan, was),
        opened: against(&before.scenario, is),
    }
}

/// Who holds a post in the plan after, and not in the one before.
fn new_holders(before: &Plan, after: &Plan, post: Option<PostId>) -> Vec<PersonId> {
    let Some(post) = post else { return Vec::new() };
    let new = after.placed().filter(|&(person, at)| at == post && before.post(person) != Some(post));
    new.map(|(person, _)| person).collect()
}

/// Posts on offer in one only, the first's first, and those in both whose empty seats differ.
fn posts(was: &Figures, is: &Figures) -> ([Vec<PostId>; 2], Seats) {
    let not_in = |some: &Figures, other: &Figures| {
        let gone = some.offered.iter().filter(|post| other.offered.binary_search(post).is_err());
        gone.copied().collect::<Vec<PostId>>()
    };
    let both = was.offered.iter().filter(|post| is.offered.binary_search(post).is_ok());
    let seats = both.map(|&post| (post, was.empty(post), is.empty(post)));
    ([not_in(was, is), not_in(is, was)], seats.filter(|&(_, before, after)| before != after).collect())
}
