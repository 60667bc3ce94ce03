//! Who is undecided: every alternative that is claimed must be shown by an equally good plan, and nothing else may be.
//!
//! That nobody is missing from the list is the solver's claim; what is shown here is that nobody is on it wrongly, and
//! that each alternative exists.

use std::collections::{BTreeMap, BTreeSet};

use crate::case::answer::{Answer, Undecided, Witness};
use crate::case::scenario::Objective;
use crate::certify::facts::Facts;
use crate::certify::refusal::Refusal;
use crate::certify::tally::{Tally, Verdict};
use crate::certify::{measure, rules};
use crate::id::{Id, PersonId, PostId};

/// Checks witnesses and undecided people of an answer whose plan and values are already found right.
pub(super) fn check(facts: &Facts<'_>, answer: &Answer) -> Result<(), Refusal> {
    if !answer.witnesses.is_empty() {
        // An equally good plan may cost something else.
        let mut tally = Tally::new(facts, &answer.plan, &|goal| goal.objective != Objective::Cost);
        for (position, witness) in answer.witnesses.iter().enumerate() {
            check_witness(facts, answer, &mut tally, position, witness)?;
        }
    }
    if !answer.undecided.is_sorted_by(|a, b| a.person < b.person) {
        return Err(Refusal::UndecidedOrder);
    }
    let mut shown: BTreeMap<PersonId, BTreeSet<Option<PostId>>> = BTreeMap::new();
    for undecided in &answer.undecided {
        if undecided.person.index() < facts.case.people.len() {
            shown.entry(undecided.person).or_default();
        }
    }
    for &(person, post) in answer.witnesses.iter().flat_map(Witness::moves) {
        shown.entry(person).or_default().insert(post);
    }
    for (&person, posts) in &mut shown {
        posts.insert(answer.plan.post(person));
        let claimed = answer.undecided.binary_search_by_key(&person, |undecided| undecided.person);
        match claimed.map(|at| &answer.undecided[at]) {
            Ok(undecided) if posts.len() < 2 || !says(undecided, posts) => return Err(Refusal::Undecided(person)),
            Err(_) if posts.len() > 1 => return Err(Refusal::NotNamed(person)),
            Ok(_) | Err(_) => {}
        }
    }
    let unknown = answer.undecided.iter().find(|undecided| undecided.person.index() >= facts.case.people.len());
    unknown.map_or(Ok(()), |undecided| Err(Refusal::Undecided(undecided.person)))
}

/// A witness keeps every rule and is as good as the plan on every objective but cost.
///
/// It is judged by what it changes; only one that is refused is measured in full, to say why.
fn check_witness(
    facts: &Facts<'_>,
    answer: &Answer,
    tally: &mut Tally<'_>,
    position: usize,
    witness: &Witness,
) -> Result<(), Refusal> {
    match tally.judge(facts, witness) {
        Verdict::Unordered => Err(Refusal::WitnessOrder(position)),
        Verdict::Breaks => {
            let (plan, mut breaches) = rules::fit(facts, &witness.applied(&answer.plan));
            if breaches.is_empty() {
                breaches = rules::breaches(facts, &plan, &measure::measure(facts, &plan));
            }
            Err(Refusal::WitnessBreaches { witness: position, breaches })
        }
        Verdict::Worth(values) => {
            for (goal, found) in values {
                let claimed = answer.objectives.iter().find(|scored| scored.goal == goal);
                let value = claimed.expect("the goals are scored in full").value;
                if found != i128::from(value) {
                    return Err(Refusal::WitnessValue { witness: position, goal, value, found });
                }
            }
            Ok(())
        }
    }
}

fn says(undecided: &Undecided, shown: &BTreeSet<Option<PostId>>) -> bool {
    let none = undecided.may_be_unplaced.then_some(None);
    none.into_iter().chain(undecided.posts.iter().copied().map(Some)).eq(shown.iter().copied())
}
