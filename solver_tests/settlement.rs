//! Pools settled: every way is an equally good plan, none is missing, and an altered one is refused.

use demerge::case::answer::Outcome;
use demerge::case::scenario::Objective;
use demerge::certify::{Certified, certify};
use demerge::id::{PersonId, PostId};
use demerge::load::{Loaded, Want};
use demerge::solve::{Limits, Solver};
use demerge::study::pools::pools;
use demerge::study::settlement::{Chosen, Count, Fault, Method, Settled, check, settle};

use crate::generate::Size;
use crate::oracle;
use crate::truth;

const LIMITS: Limits<'_> = Limits { solver: Solver::Network, should_stop: &|| false };

fn case47(scenario: &str) -> Loaded {
    crate::check::loaded47(Want::Solve(Some(scenario)))
}

fn settled(loaded: &Loaded) -> (Certified, Settled) {
    let (case, scenario) = (&loaded.case, &loaded.scenarios[0]);
    let certified = certify(case, scenario, truth::outcome(case, scenario, Solver::Network)).expect("certified");
    let settled = settle(case, scenario, &certified, &pools(case, &certified), &LIMITS).expect("certified");
    (certified, settled)
}

/// Truth: the contract's reference answers for S1. Two people for one post, and three pairs who can change places.
#[test]
fn case47_has_four_pools_with_two_ways_each() {
    let loaded = case47("S1");
    let (certified, Settled { settlements, plans }) = settled(&loaded);
    assert_eq!(settlements.len(), 4);
    assert!(settlements.iter().all(|it| it.ways.len() == 2 && it.complete));
    assert_eq!(plans, Count::Exactly(16));
    let methods: Vec<Method> = settlements.iter().map(|it| it.method).collect();
    assert_eq!(methods, [Method::CompetitiveSlotIn, Method::Agreement, Method::Agreement, Method::Agreement]);
    assert!(settlements.iter().all(|it| it.ways[1].others.is_empty()), "nobody else has to move");
    let plan = certified.plan().expect("S1 has a plan");
    for settlement in &settlements {
        assert_eq!(check(&loaded.case, &loaded.scenarios[0], plan, settlement), Ok(()));
    }
}

/// A settlement altered in one entry is refused.
#[test]
fn an_altered_settlement_is_refused() {
    let loaded = case47("S1");
    let (certified, found) = settled(&loaded);
    let plan = certified.plan().expect("S1 has a plan");
    let verdict = |alter: &dyn Fn(&mut demerge::study::settlement::Settlement)| {
        let mut settlement = found.settlements[1].clone();
        alter(&mut settlement);
        check(&loaded.case, &loaded.scenarios[0], plan, &settlement)
    };
    assert_eq!(verdict(&|_| {}), Ok(()));
    assert_eq!(verdict(&|it| it.ways.swap(0, 1)), Err(Fault::NotThePlan));
    assert_eq!(verdict(&|it| it.ways[1].places.swap(0, 1)), Err(Fault::Misquoted(1)));
    assert_eq!(verdict(&|it| it.ways[1].cost += 1), Err(Fault::Misquoted(1)));
    let person = found.settlements[0].pool.people[0];
    assert_eq!(verdict(&|it| it.ways[1].others.push(person)), Err(Fault::Misquoted(1)));
    let idle = |it: &mut demerge::study::settlement::Settlement| {
        let person = it.pool.people[0];
        it.ways[1].plan = it.ways[1].plan.with(person, None);
    };
    assert_eq!(verdict(&idle), Err(Fault::Worse(1)));
    assert_eq!(verdict(&|it| it.ways.push(it.ways[1].clone())), Err(Fault::Twice(2)));
    assert_eq!(verdict(&|it| it.pool.seats = 1), Err(Fault::Words));
    let other = |chosen| if chosen == Chosen::ByCost { Chosen::ByIds } else { Chosen::ByCost };
    assert_eq!(verdict(&|it| it.chosen = other(it.chosen)), Err(Fault::Words));
}

/// Truth: every plan tried; a way is what the people of a pool hold in some plan equally good on all but cost.
#[test]
fn the_ways_are_those_of_all_equally_good_plans() {
    let mut pools_seen = 0;
    for seed in 0..150 {
        pools_seen += truth::on_seed(4_000_000 + seed, Size::BRUTE, &|case, scenario| {
            let outcome = truth::outcome(case, scenario, Solver::Network);
            if matches!(outcome, Outcome::Impossible(_)) {
                return Ok(0);
            }
            let certified = certify(case, scenario, outcome).map_err(|refusal| refusal.to_string())?;
            let pools = pools(case, &certified);
            let settled = settle(case, scenario, &certified, &pools, &LIMITS).map_err(|refusal| refusal.to_string())?;
            let equal = oracle::equally_good(case, scenario);
            for settlement in settled.settlements.iter().filter(|it| it.complete) {
                let held = |plan: &Vec<Option<PostId>>| -> Vec<Option<PostId>> {
                    settlement
                        .pool
                        .people
                        .iter()
                        .map(|&person: &PersonId| plan[demerge::id::Id::index(person)])
                        .collect()
                };
                let mut wanted: Vec<_> = equal.iter().map(held).collect();
                wanted.sort();
                wanted.dedup();
                let mut ways: Vec<_> = settlement.ways.iter().map(|way| way.places.clone()).collect();
                ways.sort();
                if ways != wanted {
                    return Err(format!("ways {ways:?}, not {wanted:?}"));
                }
            }
            if let Count::Exactly(plans) = settled.plans
                && plans != equal.len() as u64
            {
                return Err(format!("{plans} plans, not {}", equal.len()));
            }
            if let (Count::AtLeast(plans), true) = (settled.plans, scenario.objectives.contains(&Objective::Placed))
                && plans > equal.len() as u64
            {
                return Err(format!("at least {plans} plans, but there are {}", equal.len()));
            }
            Ok(pools.len())
        });
    }
    assert!(pools_seen > 30, "only {pools_seen} pools were seen");
}
