//! Pools settled: every way is an equally good plan, none is missing, and an altered one is refused.

use std::collections::BTreeSet;

use demerge::case::answer::{Outcome, Witness};
use demerge::case::scenario::{Clause, FairnessRule, Objective, Scenario};
use demerge::case::{Case, LinkKind, StatutoryRole};
use demerge::certify::{Certified, certify};
use demerge::id::{Id, PostId};
use demerge::load::{Loaded, Want};
use demerge::quantity::BasisPoints;
use demerge::solve::{Limits, Solver};
use demerge::study::pools::pools;
use demerge::study::settlement::{Chosen, Count, Fault, MOST_WAYS, Method, Settled, check, settle};

use crate::cases;
use crate::generate::Size;
use crate::oracle;
use crate::truth;

const LIMITS: Limits<'_> = Limits { solver: Solver::Network, should_stop: &|| false };

fn case47(scenario: &str) -> Loaded {
    crate::check::loaded47(Want::Solve(Some(scenario)))
}

fn settled(loaded: &Loaded) -> (Certified, Settled) {
    settled_of(&loaded.case, &loaded.scenarios[0])
}

fn settled_of(case: &Case, scenario: &Scenario) -> (Certified, Settled) {
    let certified = certify(case, scenario, truth::outcome(case, scenario, Solver::Network)).expect("certified");
    let settled = settle(case, scenario, &certified, &pools(case, &certified), LIMITS.should_stop);
    (certified, settled)
}

/// Truth: the contract's reference answers for S1. Two people for one post, and three pairs who can change places.
#[test]
fn case47_has_four_pools_with_two_ways_each() {
    let loaded = case47("S1");
    let (certified, Settled { settlements, plans, .. }) = settled(&loaded);
    assert_eq!(settlements.len(), 4);
    assert!(settlements.iter().all(|it| it.ways.len() == 2 && it.is_complete()));
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
        let moves = it.ways[1].moves.moves().iter().map(|&(who, post)| (who, post.filter(|_| who != person)));
        it.ways[1].moves = Witness::new(moves.collect());
    };
    assert_eq!(verdict(&idle), Err(Fault::Worse(1)));
    assert_eq!(verdict(&|it| it.ways.push(it.ways[1].clone())), Err(Fault::Twice(2)));
    assert_eq!(verdict(&|it| it.pool.seats = 1), Err(Fault::Words));
    assert_eq!(verdict(&|it| it.number = Count::Exactly(1)), Err(Fault::Number));
    assert_eq!(verdict(&|it| it.number = Count::AtLeast(2)), Err(Fault::Words), "then nothing is said of why");
    let other = |chosen| if chosen == Chosen::ByCost { Chosen::ByIds } else { Chosen::ByCost };
    assert_eq!(verdict(&|it| it.chosen = other(it.chosen)), Err(Fault::Words));
}

/// Truth: every plan tried; a way is what the people of a pool hold in some plan equally good on all but cost. How many pools there are.
fn compared(case: &Case, scenario: &Scenario) -> Result<usize, String> {
    let outcome = truth::outcome(case, scenario, Solver::Network);
    if matches!(outcome, Outcome::Impossible(_)) {
        return Ok(0);
    }
    let certified = certify(case, scenario, outcome).map_err(|refusal| refusal.to_string())?;
    let pools = pools(case, &certified);
    let settled = settle(case, scenario, &certified, &pools, LIMITS.should_stop);
    let equal = oracle::equally_good(case, scenario);
    let plan = certified.plan().ok_or("no plan")?;
    for settlement in &settled.settlements {
        check(case, scenario, plan, settlement).map_err(|fault| format!("{fault:?}"))?;
        let people = &settlement.pool.people;
        let held = |plan: &Vec<Option<PostId>>| people.iter().map(|&person| plan[person.index()]).collect::<Vec<_>>();
        let mut wanted: Vec<_> = equal.iter().map(held).collect();
        wanted.sort();
        wanted.dedup();
        let mut ways: Vec<_> = settlement.ways.iter().map(|way| way.places.clone()).collect();
        ways.sort();
        let is_short = wanted.len() > MOST_WAYS;
        let is_right = if is_short { ways.iter().all(|it| wanted.contains(it)) } else { ways == wanted };
        if !is_right || settlement.number != Count::Exactly(wanted.len() as u64) {
            return Err(format!("ways {ways:?} of {:?}, not {wanted:?}", settlement.number));
        }
    }
    if settled.plans != Count::Exactly(equal.len() as u64) {
        return Err(format!("{:?} plans, not {}", settled.plans, equal.len()));
    }
    Ok(pools.len())
}

#[test]
fn the_ways_are_those_of_all_equally_good_plans() {
    let seen: usize = (0..800).map(|seed| truth::on_seed(4_000_000 + seed, Size::BRUTE, &compared)).sum();
    assert!(seen > 150, "only {seen} pools were seen");
}

/// Two people, each with a post of their own at A and another at B: what one takes decides about the other through a rule alone.
fn two_pools() -> (Case, Scenario) {
    let people = vec![
        cases::person_record("P1", cases::a(), Some(cases::a())),
        cases::person_record("P2", cases::a(), Some(cases::a())),
    ];
    let posts = ["A01", "B01", "A02", "B02"].map(|code| cases::post_record(code, usize::from(code.starts_with('B'))));
    let mut case = cases::case_of(people, posts.into());
    case.matches.retain(|(person, post), _| post.index() / 2 == person.index());
    (case, Scenario { objectives: vec![Objective::Placed], ..cases::scenario() })
}

fn share(min: Option<i32>, max: Option<i32>) -> FairnessRule {
    let authority = cases::authority(cases::a());
    cases::must(Clause::PeopleShare { authority, min: min.map(BasisPoints), max: max.map(BasisPoints) })
}

/// The rule is not needed to prove the plan best, it stands in the proof, and it is none of the clauses.
#[test]
fn pools_that_a_rule_holds_together_are_settled_together() {
    let (case, mut scenario) = two_pools();
    scenario.fairness = vec![share(Some(5_000), Some(5_000))];
    assert_eq!(compared(&case, &scenario), Ok(2), "a share that one way alone would break");
    let settled = settled_of(&case, &scenario).1;
    assert_eq!(settled.plans, Count::Exactly(2));
    assert!(settled.settlements.iter().all(|it| it.ways.len() == 2 && it.ways[1].others.len() == 1));
    scenario.fairness = vec![share(None, Some(10_000))];
    assert_eq!(compared(&case, &scenario), Ok(2));
    assert_eq!(settled_of(&case, &scenario).1.plans, Count::Exactly(4), "a share that no way breaks");
    scenario.fairness = vec![share(None, Some(5_000))];
    scenario.objectives.push(Objective::Preference);
    assert_eq!(compared(&case, &scenario), Ok(2), "a share that keeps one of the two from what they stated");
    for kind in [LinkKind::SameAuthority, LinkKind::DifferentAuthority] {
        let (mut case, scenario) = two_pools();
        case.links.push(cases::link(0, 1, kind));
        assert_eq!(compared(&case, &scenario), Ok(2), "{kind:?}");
        assert_eq!(settled_of(&case, &scenario).1.plans, Count::Exactly(2), "{kind:?}");
    }
    let (mut case, mut scenario) = two_pools();
    scenario.objectives.push(Objective::Statutory);
    scenario.statutory_cover.roles = vec![StatutoryRole::Mo];
    for person in case.people.ids().collect::<Vec<_>>() {
        case.people[person].statutory_roles = BTreeSet::from([StatutoryRole::Mo]);
    }
    assert_eq!(compared(&case, &scenario), Ok(2), "a role that one of the two has to cover at each authority");
    assert_eq!(settled_of(&case, &scenario).1.plans, Count::Exactly(2));
}

/// Ten people for ten posts alike, in any order: 3,628,800 ways, counted in a moment, of which some are listed.
#[test]
fn a_pool_with_millions_of_ways_is_counted() {
    let people = (0..10).map(|at| cases::person_record(&format!("P{at}"), cases::a(), Some(cases::a()))).collect();
    let posts = (0..10).map(|at| cases::post_record(&format!("A{at}"), cases::a())).collect();
    let (case, scenario) = (cases::case_of(people, posts), cases::scenario());
    let (certified, settled) = settled_of(&case, &scenario);
    assert_eq!(settled.plans, Count::Exactly(3_628_800));
    let settlement = &settled.settlements[0];
    assert_eq!((settlement.number, settlement.ways.len()), (Count::Exactly(3_628_800), MOST_WAYS));
    assert_eq!(settlement.chosen, Chosen::ByIds);
    let plan = certified.plan().expect("everybody is placed");
    assert_eq!(check(&case, &scenario, plan, settlement), Ok(()));
    assert!(settled.work < 30_000, "{} choices were looked at", settled.work);
}

/// More people than the work allowed for one pool reaches: the other pools get their ways, and this one says that it has not.
#[test]
fn what_is_not_worked_out_is_said_of_its_pool_alone() {
    let person = |at: usize| cases::person_record(&format!("P{at:02}"), cases::a(), Some(cases::a()));
    let post = |at: usize| cases::post_record(&format!("A{at:02}"), cases::a());
    let mut case = cases::case_of((0..24).map(person).collect(), (0..24).map(post).collect());
    case.matches.retain(|(person, post), _| (person.index() < 2) == (post.index() < 2));
    let settled = settled_of(&case, &cases::scenario()).1;
    let numbers: Vec<Count> = settled.settlements.iter().map(|it| it.number).collect();
    assert_eq!(numbers[0], Count::Exactly(2));
    assert!(matches!(numbers[1], Count::AtLeast(2..)), "{numbers:?}");
    assert_eq!(settled.settlements[1].chosen, Chosen::Unknown);
    assert!(matches!(settled.plans, Count::AtLeast(4..)), "{:?}", settled.plans);
}
