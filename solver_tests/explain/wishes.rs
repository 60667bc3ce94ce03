//! Prices on real preference sets, against shortest augmenting paths written here.
//!
//! The sets are public (`data/bench/preferences`); the two authorities are made up: posts lie with them by turns.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use demerge::case::scenario::{Objective, Scenario};
use demerge::case::{Case, Match, MatchKind, Rank};
use demerge::id::Id;
use demerge::load::instance::{Preferences, preferences};
use demerge::study::explain::{Checker, Explainer, Verdict};

use super::{LIMITS, answer};
use crate::cases;

fn set(name: &str) -> Preferences {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/bench/preferences").join(name);
    preferences(&fs::read(path).expect("the set is in the repository")).expect("a preference set")
}

/// People who listed posts and stated nothing else; matched with what they listed.
fn case_of(set: &Preferences) -> (Case, Scenario) {
    let people = (0..set.choices.len()).map(|i| cases::person_record(&format!("P{i:03}"), i % 2, Some(i % 2)));
    let posts = set.capacity.iter().enumerate().map(|(j, &capacity)| {
        let mut post = cases::post_record(&format!("X{j:03}"), j % 2);
        post.capacity = capacity;
        post
    });
    let mut case = cases::case_of(people.collect(), posts.collect());
    case.matches = BTreeMap::new();
    let mut row = 1;
    for (i, choices) in set.choices.iter().enumerate() {
        for &(post, rank) in choices {
            row += 1;
            let pair = (cases::person(i), cases::post(post as usize));
            let matched = Match { row, kind: MatchKind::Direct, grade_difference: 0, evidence: String::new() };
            case.matches.insert(pair, matched);
            case.ranks.insert(pair, Rank { row, rank: rank + 1 });
        }
    }
    let mut scenario = cases::scenario();
    scenario.objectives = vec![Objective::Placed, Objective::Rank];
    (case, scenario)
}

/// Most people placed and then the least sum of ranks, by shortest augmenting paths (Bellman and Ford); some people are left out.
fn placed_and_ranks(choices: &[Vec<(u32, u32)>], capacity: &[u32]) -> (i64, i64) {
    let (people, posts) = (choices.len(), capacity.len());
    let mut held: Vec<Option<usize>> = vec![None; people];
    let mut free: Vec<i64> = capacity.iter().map(|&seats| i64::from(seats)).collect();
    let cost = |person: usize, post: usize| {
        choices[person].iter().find(|&&(it, _)| it as usize == post).map(|&(_, rank)| i64::from(rank) + 1)
    };
    loop {
        // Distance to each post from someone without one, through people who would change; `via` is who takes the post.
        let mut to: Vec<Option<(i64, usize)>> = vec![None; posts];
        let mut changed = true;
        while changed {
            changed = false;
            for person in 0..people {
                let start = match held[person] {
                    None => Some(0),
                    Some(post) => to[post].map(|(length, _)| length - cost(person, post).expect("a listed post")),
                };
                let Some(start) = start else { continue };
                for &(post, rank) in &choices[person] {
                    let (post, length) = (post as usize, start + i64::from(rank) + 1);
                    if held[person] != Some(post) && to[post].is_none_or(|(least, _)| length < least) {
                        to[post] = Some((length, person));
                        changed = true;
                    }
                }
            }
        }
        let end = (0..posts).filter(|&post| free[post] > 0 && to[post].is_some()).min_by_key(|&post| to[post]);
        let Some(mut post) = end else { break };
        free[post] -= 1;
        loop {
            let (_, person) = to[post].expect("on the path");
            match held[person].replace(post) {
                None => break,
                Some(before) => post = before,
            }
        }
    }
    let ranks = (0..people).filter_map(|person| cost(person, held[person]?));
    (i64::try_from(held.iter().flatten().count()).expect("few"), ranks.sum())
}

/// The same with one person's place given.
fn with(set: &Preferences, person: usize, post: usize, rank: u32) -> (i64, i64) {
    let mut choices = set.choices.clone();
    let mut capacity = set.capacity.clone();
    choices[person].clear();
    capacity[post] -= 1;
    let (placed, ranks) = placed_and_ranks(&choices, &capacity);
    (placed + 1, ranks + i64::from(rank) + 1)
}

/// Each set; whether the whole case is solved again too, besides paths, to confirm each entry; and of how many pairs one is asked for.
///
/// Of sets of at most 60 people every pair is; the paths of larger ones take too long here.
const SETS: [(&str, bool, usize); 9] = [
    ("agh_2003_even.json", false, 10),
    ("agh_2003_short.json", false, 10),
    ("ariel_5783_one_seat.json", true, 1),
    ("cardiff_spa.json", false, 10),
    ("glasgow_2007.json", true, 1),
    ("glasgow_2008.json", true, 1),
    ("glasgow_2010.json", false, 1),
    ("glasgow_2011.json", false, 1),
    ("glasgow_2013.json", false, 1),
];

/// The case of a set.
pub(super) fn named(name: &str) -> (Case, Scenario) {
    case_of(&set(name))
}

/// Truth: shortest augmenting paths above, for every person and every post that they listed (of the larger sets for every tenth
/// pair). Seats of groups, which a case does not have, are left out.
#[test]
fn every_price_on_real_preference_sets_is_that_of_augmenting_paths() {
    for (name, is_whole, step) in SETS {
        let set = set(name);
        let (case, scenario) = case_of(&set);
        let certified = answer(&case, &scenario);
        let own: Vec<i64> = certified.objectives().iter().map(|scored| scored.value).collect();
        let (placed, ranks) = placed_and_ranks(&set.choices, &set.capacity);
        assert_eq!(own, [placed, ranks], "{name}");
        let explainer = Explainer::new(&case, &scenario, &certified, &LIMITS).expect("there is a plan");
        let checker = if is_whole {
            Checker::new(&case, &scenario, &LIMITS).expect("there is a plan")
        } else {
            Checker::near(&case, &scenario, &certified, &LIMITS).expect("there is a plan")
        };
        let pairs =
            set.choices.iter().enumerate().flat_map(|(i, listed)| listed.iter().map(move |&listed| (i, listed)));
        let pairs: Vec<(usize, (u32, u32))> = pairs.collect();
        let (mut priced, mut equal) = (0, 0);
        for &(i, (post, rank)) in pairs.iter().step_by(step) {
            let asked = Some(cases::post(post as usize));
            let told = explainer.explain(cases::person(i), asked).expect("confirmed");
            assert_eq!(checker.check(&told), Ok(()), "{name} {told:?}");
            let (placed, ranks) = with(&set, i, post as usize, rank);
            match &told.choices[0].verdict {
                Verdict::Costs(price) => {
                    priced += 1;
                    let values: Vec<i64> = price.changes.iter().map(|change| change.is).collect();
                    assert_eq!(values, [placed, ranks], "{name} {told:?}");
                }
                Verdict::Undecided(_) | Verdict::Held => {
                    equal += 1;
                    assert_eq!(own, [placed, ranks], "{name} {told:?}");
                }
                other => panic!("{name}: {other:?}"),
            }
        }
        println!("{name}: {} pairs, {priced} prices, {equal} as good, {} resolved", pairs.len(), explainer.resolved());
        assert!(priced > 50 || step > 1, "{name}: {priced}");
        assert_eq!(explainer.resolved(), 0, "{name}");
        let all = case.people.ids().step_by(step).map(|person| explainer.explain(person, None).expect("confirmed"));
        let better = all.map(|told| told.choices.iter().filter(|it| it.wish.rank.is_some()).count());
        let above: usize = better.sum();
        assert!(above > 0 && cases::person(0).index() == 0);
    }
}
