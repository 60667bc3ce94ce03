//! How many further posts are enough. Truth: every way to share out so many seats, and every plan with them.

use std::collections::BTreeMap;

use demerge::case::scenario::{Clause, Level, Scenario};
use demerge::case::{Case, Decision};
use demerge::certify;
use demerge::id::{AuthorityId, PostId};
use demerge::report::fixes::further;
use demerge::study::impossible::{Flaw, Impossible, Kind, check};
use demerge::study::variant::Variant;

use super::{by_hand, explained, is_offered, limits};
use crate::cases;
use crate::generate::Size;
use crate::truth;

/// More than so many seats are not tried.
const MOST: u32 = 3;

/// Whether some way to share out so many further seats among these posts leads to a plan.
fn enough(variant: &mut Variant, posts: &[PostId], seats: u32) -> bool {
    let Some((&first, rest)) = posts.split_first().filter(|_| seats > 0) else { return by_hand(variant) };
    let before = variant.case.posts[first].capacity;
    let found = (0..=seats).any(|here| {
        variant.case.posts[first].capacity = before + here;
        enough(variant, rest, seats - here)
    });
    variant.case.posts[first].capacity = before;
    found
}

fn compares_rates(scenario: &Scenario) -> bool {
    let gap = |clause: &Clause| matches!(clause, Clause::VacancyGap { .. });
    scenario.fairness.iter().any(|rule| rule.level == Level::Must && gap(&rule.clause))
}

/// Every function of an authority with its posts on offer.
fn functions(case: &Case, scenario: &Scenario) -> BTreeMap<Kind, Vec<PostId>> {
    let variant = Variant::of(case, scenario);
    let mut functions: BTreeMap<Kind, Vec<PostId>> = BTreeMap::new();
    for post in case.posts.ids().filter(|&post| is_offered(&variant, post)) {
        let record = &case.posts[post];
        for function in &record.functions {
            functions.entry(Kind::Function(record.authority, function.clone())).or_default().push(post);
        }
    }
    functions
}

/// Tries a check on random cases in which everyone must go where one of their posts is, so that seats are short.
fn on_crowded(first: u64, cases: u64, check: &dyn Fn(&Case, &Scenario, &Impossible) -> Result<(), String>) {
    for seed in first..first + cases {
        truth::on_seed(seed, Size::BRUTE, &|case, scenario| {
            let Variant { mut case, mut scenario } = Variant::of(case, scenario);
            let options = certify::options(&case, &scenario);
            let posts = options.iter().enumerate().filter_map(|(i, ways)| Some((i, ways.first().copied()??)));
            let homes: Vec<(usize, AuthorityId)> = posts.map(|(i, post)| (i, case.posts[post].authority)).collect();
            scenario.use_pins = true;
            case.pins = homes.iter().map(|&(i, home)| cases::pin(i, Decision::MustAuthority(home))).collect();
            explained(&case, &scenario).map_or(Ok(()), |found| check(&case, &scenario, &found))
        });
    }
}

#[test]
fn further_posts_are_the_fewest_by_trying_every_way() {
    let named = std::cell::Cell::new([0; 2]);
    on_crowded(5_500_000, 120, &|case, scenario, found| {
        for (kind, posts) in functions(case, scenario) {
            let told = found.further.iter().find(|it| it.kind == kind).map(|it| it.more());
            let most = if compares_rates(scenario) { 1 } else { MOST };
            let mut variant = Variant::of(case, scenario);
            let truth = (1..=most).find(|&seats| enough(&mut variant, &posts, seats));
            if told.filter(|&more| more <= most) != truth {
                return Err(format!("{kind:?}: {told:?}, not {truth:?}\n{found:#?}"));
            }
            let [mut one, mut more] = named.get();
            one += usize::from(truth == Some(1));
            more += usize::from(truth.is_some_and(|seats| seats > 1));
            named.set([one, more]);
        }
        for it in &found.further {
            let mut variant = Variant::of(case, scenario);
            it.like.iter().for_each(|&(post, more)| variant.case.posts[post].capacity += more);
            if !by_hand(&variant) {
                return Err(format!("{it:?} is not enough"));
            }
        }
        Ok(())
    });
    let [one, more] = named.get();
    println!("{one} functions of which one more post is enough, {more} of which two or three");
    assert!(one > 5 && more > 0, "{one} and {more}");
}

/// Every altered entry is refused.
#[test]
fn a_mutant_of_the_further_posts_is_refused() {
    let altered = std::cell::Cell::new(0);
    on_crowded(5_500_000, 40, &|case, scenario, found| {
        let refused = |mutant: &Impossible| matches!(check(case, scenario, mutant, &limits()), Err(Flaw::Further(_)));
        for at in 0..found.further.len() {
            let mut mutants = vec![found.clone(); 3];
            mutants[0].further[at].like[0].1 += 1;
            mutants[1].further[at].like[0].1 -= 1;
            let twice = mutants[2].further[at].clone();
            mutants[2].further.push(twice);
            if !compares_rates(scenario) {
                let mut less = found.clone();
                less.further.remove(at);
                mutants.push(less);
            }
            if let Some(passed) = mutants.iter().find(|mutant| !refused(mutant)) {
                return Err(format!("{:?} passes", passed.further));
            }
            altered.set(altered.get() + 1);
        }
        Ok(())
    });
    assert!(altered.get() > 5, "{} entries", altered.get());
}

/// By hand: three people must have a post at B, and share B1 and B2 (`why.txt` of the case); one more post like either is enough.
#[test]
fn further_posts_of_a_shipped_case_are_told_by_function() {
    let loaded = super::shipped("pins_exceed_seats");
    let (case, scenario) = (&loaded.case, &loaded.scenarios[0]);
    let found = explained(case, scenario).expect("no plan");
    let told: Vec<String> = found.further.iter().map(|it| further(case, it)).collect();
    let row = "for example one like B1 (posts.csv row 3)";
    assert_eq!(told, [format!("open one more post with function clerk at B, {row}")]);
}
