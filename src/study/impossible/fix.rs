//! Changes of the user's files: applied to a case, and the smallest ones to a rule after which there is a plan.

use std::collections::BTreeSet;

use crate::case::answer::Leaf;
use crate::case::scenario::{Level, Scenario};
use crate::case::{Case, PostStatus};
use crate::study::impossible::changes::Changes;
use crate::study::impossible::trial::Trial;
use crate::study::impossible::{Fix, limit};
use crate::study::variant::Variant;

/// The case and scenario with these changes made.
pub fn applied(case: &Case, scenario: &Scenario, fixes: &[Fix]) -> Variant {
    let dropped: BTreeSet<Leaf> = fixes
        .iter()
        .filter_map(|fix| match *fix {
            Fix::Drop(leaf) => Some(leaf),
            Fix::Limit { .. } | Fix::Seat(_) | Fix::Open(_) | Fix::Promote(_) => None,
        })
        .collect();
    let mut variant = without(case, scenario, &dropped);
    for &fix in fixes {
        change(&mut variant, fix);
    }
    variant
}

/// Makes one change; a link or a decision is not taken out here, because that would move the others.
pub(super) fn change(variant: &mut Variant, fix: Fix) {
    match fix {
        Fix::Limit { clause, side, to } => {
            variant.scenario = limit::with_limit(&variant.scenario, clause, side, to);
        }
        Fix::Drop(Leaf::Clause(index)) => variant.scenario.fairness[index].level = Level::Report,
        Fix::Drop(Leaf::Retained(person)) => variant.case.people[person].retained_shared = None,
        Fix::Drop(Leaf::Link(_) | Leaf::Pin(_)) => {}
        Fix::Seat(post) => variant.case.posts[post].capacity += 1,
        Fix::Open(post) => {
            let record = &mut variant.case.posts[post];
            record.status = PostStatus::Open;
            record.structures.extend(variant.scenario.structures.get(&record.authority));
        }
        Fix::Promote(post) => {
            variant.scenario.policy.promotion_into.insert(post);
        }
    }
}

/// Every smallest change to one rule after which there is a plan, `others` being changed too.
pub(super) fn of_leaf(trial: &Trial<'_>, others: &Changes, leaf: Leaf) -> Vec<Fix> {
    if trial.possible(&others.and(&[Fix::Drop(leaf)])) != Some(true) {
        return Vec::new();
    }
    let Leaf::Clause(index) = leaf else { return vec![Fix::Drop(leaf)] };
    let mut fixes = Vec::new();
    for (side, _) in limit::limits(&trial.scenario.fairness[index].clause) {
        if let Some((_, to)) = limit::nearest(trial, others, index, side) {
            fixes.push(Fix::Limit { clause: index, side, to });
        }
    }
    if fixes.is_empty() {
        fixes.push(Fix::Drop(leaf));
    }
    fixes
}

/// The case without these rules. Positions of clauses stay; those of links and pins do not.
pub(super) fn without(case: &Case, scenario: &Scenario, dropped: &BTreeSet<Leaf>) -> Variant {
    let Variant { mut case, mut scenario } = Variant::of(case, scenario);
    let mut position = 0..;
    case.pins.retain(|_| position.next().is_some_and(|at| !dropped.contains(&Leaf::Pin(at))));
    let mut position = 0..;
    case.links.retain(|_| position.next().is_some_and(|at| !dropped.contains(&Leaf::Link(at))));
    for &leaf in dropped {
        match leaf {
            Leaf::Clause(index) => scenario.fairness[index].level = Level::Report,
            Leaf::Retained(person) => case.people[person].retained_shared = None,
            Leaf::Link(_) | Leaf::Pin(_) => {}
        }
    }
    Variant { case, scenario }
}
