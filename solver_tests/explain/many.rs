//! Explanations among many people with fairness rules of every kind: quick ones, and lists that do not grow with the posts.

use demerge::case::rule::Rule;
use demerge::id::Id;
use demerge::study::explain::{Checker, Explainer, MOST_NAMED, Verdict};
use demerge::study::generate::{Ask, generate};

use super::{LIMITS, answer};

/// Truth: the separate checker, which closes options instead of taking seats; that hardly a price needs the whole case is a count.
#[test]
fn people_of_a_large_case_with_every_kind_of_rule_are_explained_from_its_optimum() {
    let made = generate(&Ask::new(500, 2, 1, 0).expect("a size that can be drawn"));
    let scenario = made.scenarios.iter().find(|it| it.id == "S2").expect("the scenario with fairness rules");
    let case = &made.case;
    let certified = answer(case, scenario);
    let explainer = Explainer::new(case, scenario, &certified, &LIMITS).expect("an answer");
    let checker = Checker::near(case, scenario, &certified, &LIMITS).expect("an answer");
    let offered = certified.offered();
    let (mut prices, mut unmatched) = (0, 0);
    for person in case.people.ids().filter(|person| person.index().is_multiple_of(12)) {
        let told = explainer.explain(person, None).expect("the checker confirms the solver");
        assert_eq!(checker.check(&told), Ok(()), "{}", case.people[person].code);
        prices += usize::from(told.otherwise.is_some());
        for choice in &told.choices {
            let Verdict::NotEligible(against) = &choice.verdict else {
                prices += 1;
                continue;
            };
            let there = |post: &&demerge::id::PostId| case.posts[**post].authority == case.posts[choice.post].authority;
            let is_unranked = choice.wish.rank.is_none() && against.iter().any(|it| it.rule == Rule::Matched);
            unmatched += usize::from(is_unranked);
            assert!(!is_unranked || offered.iter().filter(there).count() <= MOST_NAMED);
        }
    }
    println!("{prices} prices, {} solved again, {unmatched} posts without a match", explainer.resolved());
    assert!(prices > 40 && explainer.resolved() <= 2, "{prices} prices, {} solved again", explainer.resolved());
}
