//! What a settlement says, derived again from the moves of its ways.

use crate::case::Case;
use crate::case::answer::{Plan, Witness};
use crate::case::scenario::Scenario;
use crate::certify::{Inspection, inspect};
use crate::id::PersonId;
use crate::study::settlement::{Count, Settlement, but_cost, chosen, cost, method, places};

/// Why a settlement does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The first way is not the plan shown.
    NotThePlan,
    /// The plan of this way breaks a rule, or is worse on an objective.
    Worse(usize),
    /// This way says something else than its plan.
    Misquoted(usize),
    /// Two ways are the same.
    Twice(usize),
    /// A way stands after one that costs more.
    Order(usize),
    /// There are more ways than it says.
    Number,
    /// The words about the method or the choice do not follow from the ways.
    Words,
}

/// Derives what a settlement says from the plans of its ways, from the case and the words of the rules alone.
///
/// That there are no further ways is not derived.
///
/// # Errors
/// The first [`Fault`].
pub fn check(case: &Case, scenario: &Scenario, plan: &Plan, settlement: &Settlement) -> Result<(), Fault> {
    let shown = inspect(case, scenario, plan);
    let Settlement { pool, ways, .. } = settlement;
    if ways.first().is_none_or(|way| !way.moves.moves().is_empty()) {
        return Err(Fault::NotThePlan);
    }
    for (position, way) in ways.iter().enumerate() {
        let other = way.moves.applied(plan);
        let found = inspect(case, scenario, &other);
        let moves = Witness::between(plan, &other);
        if !found.breaches.is_empty() || values(&found) != values(&shown) || moves != way.moves {
            return Err(Fault::Worse(position));
        }
        let outside = |person: &PersonId| !pool.people.contains(person);
        let others: Vec<PersonId> = moves.moves().iter().map(|&(person, _)| person).filter(outside).collect();
        let more = cost(&found.placements) - cost(&shown.placements);
        if way.places != places(pool, &other) || way.cost != more || way.others != others {
            return Err(Fault::Misquoted(position));
        }
        if ways[..position].iter().any(|before| before.places == way.places) {
            return Err(Fault::Twice(position));
        }
        if position > 1 && ways[position - 1].cost > way.cost {
            return Err(Fault::Order(position));
        }
    }
    match settlement.number {
        Count::Exactly(number) if number >= ways.len() as u64 => {}
        Count::AtLeast(number) if number == ways.len() as u64 => {}
        Count::Exactly(_) | Count::AtLeast(_) => return Err(Fault::Number),
    }
    if settlement.chosen != chosen(ways, settlement.number) || settlement.method != method(pool) {
        return Err(Fault::Words);
    }
    Ok(())
}

/// The value of every goal but cost, as the words of the rules have it.
fn values(found: &Inspection) -> Vec<(crate::case::goal::Goal, i128)> {
    but_cost(found.objectives.iter().copied())
}
