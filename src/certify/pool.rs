//! Who is undecided: every alternative that is claimed must be shown by an equally good plan, and nothing else may be.
//!
//! That nobody is missing from the list is the solver's claim; what is shown here is that nobody is on it wrongly, and
//! that each alternative exists.

use std::collections::BTreeSet;

use crate::case::answer::{Answer, Undecided};
use crate::case::scenario::Objective;
use crate::certify::facts::Facts;
use crate::certify::refusal::Refusal;
use crate::certify::{measure, rules, values};
use crate::id::PostId;

/// Checks witnesses and undecided people of an answer whose plan and values are already found right.
pub(super) fn check(facts: &Facts<'_>, answer: &Answer) -> Result<(), Refusal> {
    for position in 0..answer.witnesses.len() {
        check_witness(facts, answer, position)?;
    }
    if !answer.undecided.is_sorted_by(|a, b| a.person < b.person) {
        return Err(Refusal::UndecidedOrder);
    }
    for person in facts.case.people.ids() {
        let plans = std::iter::once(&answer.plan).chain(&answer.witnesses);
        let shown: BTreeSet<Option<PostId>> = plans.map(|plan| plan.post(person)).collect();
        match answer.undecided.iter().find(|undecided| undecided.person == person) {
            Some(undecided) if shown.len() < 2 || !says(undecided, &shown) => return Err(Refusal::Undecided(person)),
            None if shown.len() > 1 => return Err(Refusal::NotNamed(person)),
            Some(_) | None => {}
        }
    }
    let unknown = answer.undecided.iter().find(|undecided| !facts.case.people.ids().any(|id| id == undecided.person));
    unknown.map_or(Ok(()), |undecided| Err(Refusal::Undecided(undecided.person)))
}

/// A witness keeps every rule and is as good as the plan on every objective but cost.
fn check_witness(facts: &Facts<'_>, answer: &Answer, position: usize) -> Result<(), Refusal> {
    let (plan, mut breaches) = rules::fit(facts, &answer.witnesses[position]);
    if breaches.is_empty() {
        breaches = rules::breaches(facts, &plan, &measure::measure(facts, &plan));
    }
    if !breaches.is_empty() {
        return Err(Refusal::WitnessBreaches { witness: position, breaches });
    }
    for scored in answer.objectives.iter().filter(|scored| scored.goal.objective != Objective::Cost) {
        let found = values::value(facts, scored.goal, &plan);
        if found != i128::from(scored.value) {
            let (goal, value) = (scored.goal, scored.value);
            return Err(Refusal::WitnessValue { witness: position, goal, value, found });
        }
    }
    Ok(())
}

fn says(undecided: &Undecided, shown: &BTreeSet<Option<PostId>>) -> bool {
    let none = undecided.may_be_unplaced.then_some(None);
    none.into_iter().chain(undecided.posts.iter().copied().map(Some)).eq(shown.iter().copied())
}
