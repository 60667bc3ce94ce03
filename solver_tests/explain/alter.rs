//! The checker of explanations refuses one whenever an entry is altered.

use demerge::case::Case;
use demerge::case::answer::Leaf;
use demerge::case::scenario::Scenario;
use demerge::id::{Id, PersonId, PostId};
use demerge::study::explain::{Checker, Explanation, Price, Verdict};

use super::{LIMITS, everyone, loaded};
use crate::generate::{self, Size};

/// Each way to alter a price.
fn prices(price: &Price) -> Vec<Price> {
    let mut all = Vec::new();
    let mut add = |alter: &dyn Fn(&mut Price)| {
        let mut other = price.clone();
        alter(&mut other);
        all.push(other);
    };
    for at in 0..price.changes.len() {
        add(&|it| it.changes[at].is += 1);
        add(&|it| it.changes[at].was -= 1);
    }
    add(&|it| {
        it.changes.pop();
    });
    for at in 0..price.chain.len() {
        add(&|it| {
            it.chain.remove(at);
        });
        add(&|it| it.chain[at].to = it.chain[at].from);
        add(&|it| it.chain[at].from = Some(PostId::at(0)).filter(|&post| it.chain[at].from != Some(post)));
        // Nobody: somebody else might do as well, and saying so would be true.
        add(&|it| it.chain[at].person = PersonId::at(10_000));
    }
    add(&|it| it.empty.push((demerge::id::AuthorityId::at(0), 1)));
    if !price.empty.is_empty() {
        add(&|it| it.empty.clear());
        add(&|it| it.empty[0].1 += 1);
    }
    all
}

/// Each way to alter a verdict.
fn verdicts(verdict: &Verdict) -> Vec<Verdict> {
    let mut all = vec![Verdict::Stopped];
    match verdict {
        Verdict::Held | Verdict::Stopped => all.push(Verdict::Impossible(Vec::new())),
        Verdict::NotEligible(against) => {
            all.extend([Verdict::Held, Verdict::Impossible(Vec::new()), Verdict::NotEligible(Vec::new())]);
            for at in 0..against.len() {
                let mut fewer = against.clone();
                fewer.remove(at);
                all.push(Verdict::NotEligible(fewer));
                let mut other = against.clone();
                other[at].detail.push('!');
                all.push(Verdict::NotEligible(other));
            }
        }
        Verdict::Undecided(price) => {
            all.extend([Verdict::Held, Verdict::NotEligible(Vec::new()), Verdict::Costs(price.clone())]);
            all.extend(prices(price).into_iter().map(Verdict::Undecided));
        }
        Verdict::Costs(price) => {
            all.extend([Verdict::Held, Verdict::Impossible(vec![Leaf::Pin(0)]), Verdict::Undecided(price.clone())]);
            all.extend(prices(price).into_iter().map(Verdict::Costs));
        }
        // `ends` alters these.
        Verdict::Between(range) => all.push(Verdict::Costs(range.price.clone())),
        Verdict::Impossible(leaves) => {
            all.extend([Verdict::Held, Verdict::NotEligible(Vec::new())]);
            for at in 0..leaves.len() {
                let mut fewer = leaves.clone();
                fewer.remove(at);
                all.push(Verdict::Impossible(fewer));
            }
            all.push(Verdict::Impossible([leaves.clone(), vec![Leaf::Clause(99)]].concat()));
        }
    }
    all
}

/// Each way to alter an explanation, in one place.
fn altered(told: &Explanation) -> Vec<Explanation> {
    let mut all = Vec::new();
    let mut add = |alter: &dyn Fn(&mut Explanation)| {
        let mut other = told.clone();
        alter(&mut other);
        if &other != told {
            all.push(other);
        }
    };
    add(&|it| it.person = PersonId::at(10_000));
    add(&|it| it.post = if it.post.is_some() { None } else { Some(PostId::at(0)) });
    add(&|it| it.standing.rank = Some(77));
    add(&|it| it.standing.best_rank = Some(77));
    add(&|it| it.standing.preference_met = if it.standing.preference_met == Some(true) { None } else { Some(true) });
    add(&|it| it.standing.demands.push(Leaf::Clause(0)));
    add(&|it| it.otherwise = if it.otherwise.is_some() { None } else { Some(Verdict::Held) });
    add(&|it| it.choices.reverse());
    for at in 0..told.choices.len() {
        add(&|it| {
            it.choices.remove(at);
        });
        add(&|it| it.choices[at].wish.rank = Some(77));
        add(&|it| it.choices[at].wish.stated = !it.choices[at].wish.stated);
        if told.choices.len() > 1 {
            add(&|it| it.choices[at].wish.asked = true);
        }
        for verdict in verdicts(&told.choices[at].verdict) {
            add(&|it| it.choices[at].verdict = verdict.clone());
        }
    }
    for verdict in told.otherwise.iter().flat_map(verdicts) {
        add(&|it| it.otherwise = Some(verdict.clone()));
    }
    all
}

fn refuses(case: &Case, scenario: &Scenario, told: &[Explanation]) -> usize {
    let Ok(checker) = Checker::new(case, scenario, &LIMITS) else { return 0 };
    let mut refused = 0;
    for it in told {
        assert_eq!(checker.check(it), Ok(()));
        for other in altered(it) {
            assert!(checker.check(&other).is_err(), "accepted:\n{other:?}\ninstead of\n{it:?}");
            refused += 1;
        }
    }
    refused
}

/// By construction.
#[test]
fn every_altered_explanation_of_case47_is_refused() {
    let loaded = loaded("case47", "S1");
    let (case, scenario) = (&loaded.case, &loaded.scenarios[0]);
    let told = everyone(case, scenario);
    let some: Vec<Explanation> = [1, 4, 6, 29, 31].iter().map(|&at: &usize| told[at].clone()).collect();
    assert!(refuses(case, scenario, &some) > 300);
}

/// By construction; small cases have conflicts, decisions and clauses.
#[test]
fn every_altered_explanation_of_small_cases_is_refused() {
    let (mut refused, mut conflicts) = (0, 0);
    for seed in 0..60 {
        let (case, scenario) = generate::case(6_100_000 + seed, Size::BRUTE);
        let told = everyone(&case, &scenario);
        let verdicts = told.iter().flat_map(|it| it.choices.iter().map(|choice| &choice.verdict).chain(&it.otherwise));
        conflicts += verdicts.filter(|it| matches!(it, Verdict::Impossible(_))).count();
        refused += refuses(&case, &scenario, &told);
    }
    println!("{refused} refused, {conflicts} verdicts of impossibility among them");
    assert!(refused > 1_000 && conflicts > 10, "{refused} refused, {conflicts} conflicts");
}
