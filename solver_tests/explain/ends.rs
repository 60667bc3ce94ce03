//! Prices where a rule over several people is at its limit: equal to forced re-solves, or between two ends that hold.

use demerge::case::goal::Goal;
use demerge::case::scenario::{Objective, Sense};
use demerge::id::{Id, PersonId};
use demerge::report::explain::ends;
use demerge::study::explain::{Checker, Explainer, Price, Range, Verdict};
use demerge::study::generate::Ask;
use demerge::study::variant::{Change, Variant, is_proved};

use super::{LIMITS, answer};
use crate::binding::{drawn, places};
use crate::generate::{self, Size};
use crate::oracle::{self, Truth};
use crate::truth;

/// Whether a range says nothing wrong: equal before, and at the open goal between its ends.
fn contains(range: &Range, truth: &[i64]) -> bool {
    let Some((open, settled)) = range.price.changes.split_last() else { return false };
    let Some(&value) = truth.get(settled.len()) else { return false };
    let (low, high) = (range.least.min(open.is), range.least.max(open.is));
    let order = match open.goal.sense() {
        Sense::Least => range.least < open.is,
        Sense::Most => range.least > open.is,
    };
    order && settled.iter().zip(truth).all(|(it, &value)| it.is == value) && (low..=high).contains(&value)
}

fn values(price: &Price) -> Vec<i64> {
    price.changes.iter().map(|it| it.is).collect()
}

/// What the verdict says of the best plan, which has these values: it is one of them, or as good as the answer but for cost.
fn agrees(verdict: &Verdict, truth: &[i64]) -> Result<(), String> {
    let right = match verdict {
        Verdict::Costs(price) => values(price) == truth,
        Verdict::Between(range) => contains(range, truth),
        Verdict::Undecided(_) => true,
        Verdict::Held | Verdict::NotEligible(_) | Verdict::Impossible(_) | Verdict::Stopped => false,
    };
    if right { Ok(()) } else { Err(format!("{verdict:?}, but {truth:?}")) }
}

/// Truth: every plan is tried. No solve of the whole case helps, so where the two ends do not meet they stay apart.
#[test]
fn two_ends_hold_and_prices_are_exact_without_any_solve_of_the_whole() {
    let (mut exact, mut open) = (0, 0);
    for seed in 0..truth::setting("DEMERGE_ENDS_CASES", 300) {
        let found = truth::on_seed(6_400_000 + seed, Size::BRUTE, &|case, scenario| {
            let Truth::Best { plan, .. } = oracle::truth(case, scenario) else { return Ok((0, 0)) };
            let certified = answer(case, scenario);
            let Some(explainer) = Explainer::new(case, scenario, &certified, &LIMITS) else { return Ok((0, 0)) };
            let explainer = explainer.with_whole(0);
            let checker = Checker::near(case, scenario, &certified, &LIMITS).map_err(|fault| fault.to_string())?;
            let who = PersonId::at(usize::try_from(seed).expect("few") % case.people.len());
            let (mut exact, mut open) = (0, 0);
            for post in case.posts.ids().filter(|&post| plan.post(who) != Some(post)) {
                let forced = oracle::best_with(case, scenario, &plan, &|ways| ways[who.index()] == Some(post));
                let told = explainer.explain(who, Some(post)).map_err(|refusal| refusal.to_string())?;
                checker.check(&told).map_err(|fault| format!("{fault}: {told:?}"))?;
                let verdict = &told.choices[0].verdict;
                if let Some((values, _)) = forced.filter(|_| !matches!(verdict, Verdict::NotEligible(_))) {
                    agrees(verdict, &values)?;
                    open += usize::from(matches!(verdict, Verdict::Between(_)));
                    exact += usize::from(matches!(verdict, Verdict::Costs(_)));
                }
            }
            Ok((exact, open))
        });
        exact += found.0;
        open += found.1;
    }
    println!("{exact} exact prices, {open} with two ends");
    assert!(exact > 100 && open > 15, "{exact} exact prices, {open} with two ends");
}

/// Truth: the whole case solved again with the place given; in any order the same is told.
#[test]
fn prices_with_binding_clauses_are_those_of_forced_re_solves() {
    let ask = Ask::new(500, 2, 1, 0).expect("a size that can be drawn");
    let (case, scenario) = drawn(&ask, "S2", Some(("share", 200)), &LIMITS);
    let certified = answer(&case, &scenario);
    let fresh = || Explainer::new(&case, &scenario, &certified, &LIMITS).expect("an answer").with_whole(0);
    let (explainer, again) = (fresh(), fresh());
    let places = places(&case, &certified, 8);
    let told: Vec<Verdict> =
        places.iter().map(|&(person, post)| explainer.price(person, post).expect("confirmed")).collect();
    let mut exact = 0;
    for (verdict, &(person, post)) in told.iter().zip(&places) {
        let forced = Variant::of(&case, &scenario).forced(person, Some(post)).best(&LIMITS).expect("confirmed");
        if !is_proved(&forced) {
            assert!(matches!(verdict, Verdict::Impossible(_)), "{verdict:?}");
            continue;
        }
        let truth: Vec<i64> = forced.objectives().iter().map(|scored| scored.value).collect();
        assert_eq!(agrees(verdict, &truth), Ok(()), "{person:?} {post:?}");
        exact += usize::from(matches!(verdict, Verdict::Costs(_)));
    }
    println!("{exact} of {} exact, {} solved again", places.len(), explainer.resolved());
    assert!(exact >= 2 && explainer.resolved() < 4, "{exact} exact, {} solved again", explainer.resolved());
    for (it, &(person, post)) in told.iter().zip(&places).rev() {
        if !matches!(it, Verdict::Impossible(_)) {
            assert_eq!(&again.price(person, post).expect("confirmed"), it, "in another order");
        }
    }
}

/// By construction: each end moved by one, or the plan at the far end altered, is refused.
#[test]
fn every_altered_end_is_refused() {
    let mut refused = 0;
    for seed in 0..300 {
        let (case, scenario) = generate::case(6_400_000 + seed, Size::BRUTE);
        let certified = answer(&case, &scenario);
        let Some(explainer) = Explainer::new(&case, &scenario, &certified, &LIMITS) else { continue };
        let explainer = explainer.with_whole(0);
        let checker = Checker::near(&case, &scenario, &certified, &LIMITS).expect("an answer");
        for person in case.people.ids() {
            let told = explainer.explain(person, None).expect("confirmed");
            for (at, choice) in told.choices.iter().enumerate() {
                let Verdict::Between(range) = &choice.verdict else { continue };
                assert_eq!(checker.check(&told), Ok(()), "{told:?}");
                for other in altered(range) {
                    let mut told = told.clone();
                    told.choices[at].verdict = other;
                    assert!(checker.check(&told).is_err(), "accepted: {told:?}\ninstead of {range:?}");
                    refused += 1;
                }
            }
        }
    }
    println!("{refused} refused");
    assert!(refused > 100, "{refused} refused");
}

fn altered(range: &Range) -> Vec<Verdict> {
    // That it costs just what the plan does may be true, and is not among these.
    let mut all = vec![Verdict::Held, Verdict::Undecided(range.price.clone()), Verdict::Stopped];
    let mut add = |alter: &dyn Fn(&mut Range)| {
        let mut other = range.clone();
        alter(&mut other);
        all.push(Verdict::Between(other));
    };
    let last = range.price.changes.len() - 1;
    add(&|it| it.least += 1);
    add(&|it| it.least -= 1);
    add(&|it| it.least = it.price.changes[last].is);
    for at in 0..=last {
        add(&|it| it.price.changes[at].is += 1);
        add(&|it| it.price.changes[at].is -= 1);
        add(&|it| it.price.changes[at].was += 1);
    }
    add(&|it| {
        it.price.changes.pop();
    });
    add(&|it| {
        it.price.chain.remove(0);
    });
    add(&|it| it.price.empty.push((demerge::id::AuthorityId::at(0), 1)));
    all
}

/// By hand.
#[test]
fn both_ends_are_said_in_words() {
    let said = |objective, was, least, is| {
        let change = Change { goal: Goal::whole(0, objective), was, is };
        let price = Price { changes: vec![change], chain: Vec::new(), empty: Vec::new() };
        ends(&Range { price, least }).unwrap_or_default()
    };
    for (found, words) in [
        (said(Objective::Placed, 476, 475, 473), "between 1 and 3 more people without a post"),
        (said(Objective::Placed, 476, 476, 475), "at most 1 more person without a post"),
        (said(Objective::Preference, 359, 358, 356), "between 1 and 3 fewer people in the authority they stated"),
        (said(Objective::Rank, 1_071, 1_072, 1_075), "the sum of ranks rises by between 1 and 4"),
        (said(Objective::Match, 10, 8, 12), "the distance from a direct match lies between 8 and 12 (10 in the plan)"),
        (said(Objective::Cost, 100_000, 100_000, 150_000), "cost rises by at most £500.00 a year"),
    ] {
        assert_eq!(found, words);
    }
}
