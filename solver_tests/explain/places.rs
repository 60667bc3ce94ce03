//! Prices from the answer's own optimum against whole re-solves, and bids that `certify` must refuse.

use demerge::case::Case;
use demerge::case::answer::{Plan, Witness};
use demerge::case::scenario::Scenario;
use demerge::certify::{Bid, Certified, Force, MOST_WORDS, Near, Status, Unproved, Weighing, Words, inspect};
use demerge::id::{Id, PersonId, PostId};
use demerge::kernel::domain::Domain;
use demerge::kernel::problem::NONE;
use demerge::kernel::transport::Transport;
use demerge::model::{self, Target};
use demerge::study::explain::{Checker, Explainer, Price, Verdict};
use demerge::study::variant::{Variant, is_proved};

use super::{LIMITS, answer, loaded};
use crate::generate::Size;
use crate::truth;

/// What was compared.
#[derive(Debug, Default)]
struct Counted {
    priced: usize,
    impossible: usize,
    /// Places for which the whole case was solved again.
    resolved: usize,
}

/// The best with the place given, by solving the whole case again: values, or that there is none.
fn whole(case: &Case, scenario: &Scenario, person: PersonId, force: Force) -> Option<Vec<i64>> {
    let mut variant = Variant::of(case, scenario);
    match force {
        Force::Into(post) => variant = variant.forced(person, Some(post)),
        Force::OutOf(post) => drop(variant.case.matches.remove(&(person, post))),
    }
    let best = variant.best(&LIMITS).expect("the checker confirms the solver");
    assert!(is_proved(&best) || best.status() == Status::Impossible);
    best.plan().map(|plan| values(case, scenario, plan))
}

fn values(case: &Case, scenario: &Scenario, plan: &Plan) -> Vec<i64> {
    let found = inspect(case, scenario, plan);
    assert_eq!(found.breaches, []);
    found.objectives.iter().map(|&(_, value)| i64::try_from(value).expect("small")).collect()
}

/// Compares one verdict with a whole re-solve.
fn compare(verdict: &Verdict, whole: Option<Vec<i64>>, counted: &mut Counted) -> Result<(), String> {
    let is = |price: &Price| price.changes.iter().map(|change| change.is).collect::<Vec<_>>();
    match (verdict, whole) {
        (Verdict::Costs(price), Some(values)) if is(price) == values => counted.priced += 1,
        // A witness shows that some plan is equally good but for cost, not the cheapest that there is.
        (Verdict::Undecided(_), Some(_)) => counted.priced += 1,
        (Verdict::Impossible(_), None) => counted.impossible += 1,
        (Verdict::NotEligible(_) | Verdict::Held, _) => {}
        (verdict, whole) => return Err(format!("{verdict:?}, but {whole:?}")),
    }
    Ok(())
}

/// Every place of everyone whom the test lets through: into each post that they may hold, and out of their own.
fn all_places(
    case: &Case,
    scenario: &Scenario,
    certified: &Certified,
    is_asked: &dyn Fn(PersonId, PostId) -> bool,
) -> Result<Counted, String> {
    let mut counted = Counted::default();
    let Some(explainer) = Explainer::new(case, scenario, certified, &LIMITS) else { return Ok(counted) };
    for (&(person, post), _) in case.matches.iter().filter(|&(&(person, post), _)| is_asked(person, post)) {
        let told = explainer.explain(person, Some(post)).map_err(|refusal| refusal.to_string())?;
        let verdict = &told.choices[0].verdict;
        if !matches!(verdict, Verdict::NotEligible(_) | Verdict::Held) {
            compare(verdict, whole(case, scenario, person, Force::Into(post)), &mut counted)?;
        }
        if let (Some(held), Some(verdict)) = (told.post.filter(|&held| held == post), &told.otherwise) {
            compare(verdict, whole(case, scenario, person, Force::OutOf(held)), &mut counted)?;
        }
    }
    counted.resolved = explainer.resolved();
    Ok(counted)
}

/// Truth: the whole case solved again for each person and post.
#[test]
fn prices_from_the_optimum_are_those_of_whole_solves_on_random_cases() {
    let mut all = Counted::default();
    for seed in 0..truth::setting("DEMERGE_PLACES_CASES", 80) {
        let size = if seed % 5 == 0 { Size::THEOREM } else { Size::BRUTE };
        let found = truth::on_seed(8_000_000 + seed, size, &|case, scenario| {
            // Of the larger ones every third person, so that none takes long.
            let is_asked = |person: PersonId, _| size_of(case) || person.index().is_multiple_of(3);
            all_places(case, scenario, &answer(case, scenario), &is_asked)
        });
        all.priced += found.priced;
        all.impossible += found.impossible;
        all.resolved += found.resolved;
    }
    println!("{all:?}");
    assert!(all.priced > 300, "{all:?}");
}

fn size_of(case: &Case) -> bool {
    case.people.len() <= 7
}

/// Truth: the whole case solved again. Every third person of each scenario, begun at another one: by the scenario's number.
#[test]
fn prices_from_the_optimum_are_those_of_whole_solves_on_case47() {
    for number in 1..=7 {
        let loaded = loaded("case47", &format!("S{number}"));
        let (case, scenario) = (&loaded.case, &loaded.scenarios[0]);
        let is_asked = |person: PersonId, _| person.index() % 3 == number % 3;
        let found = all_places(case, scenario, &answer(case, scenario), &is_asked).expect("equal");
        println!("S{number}: {found:?}");
        assert!(found.priced > 10, "S{number}: {found:?}");
    }
}

/// Truth: the whole case solved again, for four of the people who list 96 posts between them, at equal steps, into their last.
#[test]
fn prices_on_a_large_real_preference_set_are_those_of_whole_solves() {
    let (case, scenario) = super::wishes::named("umass_2024_full.json");
    let last =
        |person: PersonId| case.matches.keys().filter(|(who, _)| *who == person).map(|&(_, post)| post).next_back();
    let is_asked = |person: PersonId, post| person.index() % 169 == 5 && last(person) == Some(post);
    let found = all_places(&case, &scenario, &answer(&case, &scenario), &is_asked).expect("equal");
    println!("{found:?}");
    assert!(found.priced >= 3 && found.resolved == 0, "{found:?}");
}

/// Truth: the checker of [`Checker::new`], which solves the whole case, and that of [`Checker::near`].
#[test]
fn both_checkers_confirm_everyone_of_case47() {
    let loaded = loaded("case47", "S1");
    let (case, scenario) = (&loaded.case, &loaded.scenarios[0]);
    let certified = answer(case, scenario);
    let explainer = Explainer::new(case, scenario, &certified, &LIMITS).expect("an answer");
    let whole = Checker::new(case, scenario, &LIMITS).expect("an answer");
    let near = Checker::near(case, scenario, &certified, &LIMITS).expect("an answer");
    for person in case.people.ids().filter(|person| person.index().is_multiple_of(4)) {
        let told = explainer.explain(person, None).expect("confirmed");
        assert_eq!((whole.check(&told), near.check(&told)), (Ok(()), Ok(())));
    }
}

/// A bid for a place, made with the solver as `study` makes it; `None` where there is no such plan.
fn bid(
    case: &Case,
    scenario: &Scenario,
    weighing: &Weighing,
    plan: &Plan,
    person: PersonId,
    force: Force,
) -> Option<Bid> {
    let model = model::build(case, scenario);
    let network = &model.problem.network;
    if weighing.words() > 1 {
        return None;
    }
    let mut cost = vec![0i128; network.arcs()];
    for (target, weight) in model.targets.iter().zip(weighing.weights()) {
        let Target::Sum(row) = target else { return None };
        row.arcs.iter().for_each(|&(arc, k)| cost[arc as usize] += weight.times * i128::from(k));
    }
    let (Force::Into(post) | Force::OutOf(post)) = force;
    let arc = model.arc(person, post)?;
    let mut domain = Domain::whole(&model.problem);
    domain.keep(network, person.index(), |option| (option == arc) == matches!(force, Force::Into(_)));
    let mut transport = Transport::<i128>::default();
    transport.solve(network, &domain, &cost).ok()?;
    let posts = transport.choice().iter().map(|&arc| (arc != NONE).then(|| model.pair(arc).1)).collect();
    let mut prices: Vec<Words> = vec![[0; MOST_WORDS]; case.posts.len()];
    for (column, post) in model.posts.iter().enumerate() {
        prices[post.index()][0] = transport.price(column);
    }
    Some(Bid { person, force, moves: Witness::between(plan, &Plan::new(case, posts)), prices })
}

/// Each way to alter a bid.
fn altered(case: &Case, bid: &Bid) -> Vec<Bid> {
    let mut all = Vec::new();
    let mut add = |alter: &dyn Fn(&mut Bid)| {
        let mut other = bid.clone();
        alter(&mut other);
        all.push(other);
    };
    add(&|it| it.person = PersonId::at(10_000));
    add(&|it| it.moves = Witness::default());
    add(&|it| {
        it.force = match it.force {
            Force::Into(post) => Force::OutOf(post),
            Force::OutOf(post) => Force::Into(post),
        }
    });
    add(&|it| it.prices.push([0; MOST_WORDS]));
    for at in 0..bid.prices.len() {
        add(&|it| it.prices[at][0] += 1);
        add(&|it| it.prices[at][0] -= 1);
        add(&|it| it.prices[at][0] *= 2);
        add(&|it| it.prices[at][0] = i128::MIN + 1);
        add(&|it| it.prices[at][1] -= 1);
    }
    for at in 0..bid.moves.moves().len() {
        for post in [None].into_iter().chain(case.posts.ids().map(Some)) {
            let mut moves = bid.moves.moves().to_vec();
            moves[at].1 = post;
            add(&|it| it.moves = Witness::new(moves.clone()));
        }
        let mut moves = bid.moves.moves().to_vec();
        moves.remove(at);
        add(&|it| it.moves = Witness::new(moves.clone()));
    }
    all
}

/// Truth: a whole re-solve. Whatever was altered, what is accepted is a best plan with the place given.
#[test]
fn an_altered_bid_is_refused_or_still_right() {
    let (mut accepted, mut refused, mut still) = (0, [0; 4], 0);
    for seed in 0..60 {
        let counts = truth::on_seed(8_100_000 + seed, Size::BRUTE, &|case, scenario| {
            let certified = answer(case, scenario);
            let Some(plan) = certified.plan() else { return Ok(Vec::new()) };
            let mut near = Near::new(case, scenario, plan);
            let Some(weighing) = Weighing::new(&near, 1) else { return Ok(Vec::new()) };
            let mut counts = Vec::new();
            for &(person, post) in case.matches.keys().step_by(3) {
                let force = if plan.post(person) == Some(post) { Force::OutOf(post) } else { Force::Into(post) };
                let Some(own) = bid(case, scenario, &weighing, plan, person, force) else { continue };
                if weighing.check(&mut near, own.clone()).is_err() {
                    continue;
                }
                counts.push(None);
                for other in altered(case, &own) {
                    let (person, force) = (other.person, other.force);
                    match weighing.check(&mut near, other) {
                        Err(fault) => counts.push(Some(Err(fault))),
                        Ok(found) => {
                            let found: Vec<i128> = found.values().iter().map(|&(_, value)| value).collect();
                            let best = whole(case, scenario, person, force).expect("there is a plan");
                            if !found.iter().copied().eq(best.iter().map(|&value| i128::from(value))) {
                                return Err(format!("{person:?} {force:?}: {found:?}, not {best:?}"));
                            }
                            counts.push(Some(Ok(())));
                        }
                    }
                }
            }
            Ok(counts)
        });
        for count in counts {
            match count {
                None => accepted += 1,
                Some(Ok(())) => still += 1,
                Some(Err(Unproved::Place)) => refused[0] += 1,
                Some(Err(Unproved::Breaks)) => refused[1] += 1,
                Some(Err(Unproved::Prices)) => refused[2] += 1,
                Some(Err(Unproved::NotBest)) => refused[3] += 1,
            }
        }
    }
    println!("{accepted} bids; altered: {refused:?} refused, {still} still right");
    assert!(accepted > 10 && refused.iter().all(|&times| times > 30), "{accepted} {refused:?} {still}");
}

/// Truth: nothing can be priced where the worst rank counts, which is no sum.
#[test]
fn a_goal_that_is_no_sum_is_not_weighed() {
    let mut loaded = loaded("case47", "S1");
    loaded.scenarios[0].objectives.push(demerge::case::scenario::Objective::Bottleneck);
    let (case, scenario) = (&loaded.case, &loaded.scenarios[0]);
    let certified = answer(case, scenario);
    let near = Near::new(case, scenario, certified.plan().expect("a plan"));
    assert!(Weighing::new(&near, 1).is_none());
}
