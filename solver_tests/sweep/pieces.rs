//! Scenarios put together from pieces: the same as those that are solved whole, and certified by the same checker.

use demerge::case::answer::{Answer, Outcome};
use demerge::case::change::Change;
use demerge::case::proof::RowName;
use demerge::case::scenario::Scenario;
use demerge::case::{Case, Preferred};
use demerge::certify::{Certified, Ground, Placement, Refusal, certify};
use demerge::id::{Id, PersonId, PostId};
use demerge::model;
use demerge::solve::pieces::Pieces;
use demerge::solve::{Hints, Limits, Solver, canonical};
use demerge::study::sweep::Sweep;

use crate::cases;
use crate::cases::Numbers;
use crate::generate::{self, Size};
use crate::sweep::{LIMITS, loaded};

const LEAVERS: &str = include_str!("../../data/case47/sweeps/leavers.toml");
const STRUCTURES: &str = include_str!("../../data/case47/sweeps/structures.toml");

fn joined(pieces: &Pieces, change: &Change) -> Option<Answer> {
    let touched = pieces.touched(change);
    let part = |piece: usize| {
        let share = touched.iter().find(|&&(it, _)| it == piece).map(|(_, share)| share.clone()).unwrap_or_default();
        pieces.part(piece, &share, &LIMITS)
    };
    let parts: Vec<_> = (0..pieces.len()).map(part).collect::<Option<_>>()?;
    Some(pieces.join(&parts.iter().collect::<Vec<_>>()))
}

/// The altered case solved whole and certified from nothing, with who its people were.
fn whole(case: &Case, scenario: &Scenario, change: &Change) -> (Certified, Vec<PersonId>) {
    let (case, kept) = case.changed(case.people.ids(), change);
    let outcome = canonical(&case, scenario, &model::build(&case, scenario), &Hints::default(), &LIMITS);
    (certify(&case, scenario, outcome).expect("certified"), kept)
}

/// Everything of both answers that a row can show, in the numbers of the case before the change.
fn assert_alike(apart: &Certified, (whole, kept): &(Certified, Vec<PersonId>), what: &str) {
    assert_eq!(apart.objectives(), whole.objectives(), "{what}");
    assert_eq!(apart.vacancies(), whole.vacancies(), "{what}");
    assert_eq!(apart.fairness(), whole.fairness(), "{what}");
    let unplaced: Vec<PersonId> = whole.unplaced().into_iter().map(|person| kept[person.index()]).collect();
    assert_eq!(apart.unplaced(), unplaced, "{what}");
    let placed = |it: &Placement| Placement { person: kept[it.person.index()], ..*it };
    assert_eq!(apart.placements(), whole.placements().iter().map(placed).collect::<Vec<_>>(), "{what}");
}

/// Truth: the same scenario solved whole, and certified from the altered case.
#[test]
fn pieces_side_by_side_are_the_whole() {
    for plan in [LEAVERS, STRUCTURES] {
        let read = loaded("case47", plan);
        let case = &read.loaded.case;
        let sweep = Sweep::new(case, &read.plan);
        let some = usize::try_from(read.plan.scenarios() / 64).expect("a small number");
        let mut taken = 0;
        for number in (0..read.plan.scenarios()).step_by(some) {
            let scenario = &read.plan.points[read.plan.place(number).0];
            let (pieces, ground) = (Pieces::of(case, scenario).expect("it comes apart"), Ground::new(case, scenario));
            let change = sweep.drawn(number).change();
            let Some(answer) = joined(&pieces, &change) else { continue };
            taken += 1;
            let apart = ground.certify(&change, Outcome::Stopped(Some(answer))).expect("certified");
            assert_alike(&apart, &whole(case, scenario, &change), &format!("scenario {number}"));
        }
        assert!(taken >= 60, "{taken} of 64");
    }
}

fn any_change(dice: &mut Numbers, case: &Case) -> Change {
    let gone: Vec<PersonId> = case.people.ids().filter(|_| dice.one_in(5)).collect();
    let others = case.people.ids().filter(|person| gone.binary_search(person).is_err());
    let mut stated = Vec::new();
    for person in others {
        if dice.one_in(4) {
            let authority = Preferred::Authority(cases::authority(dice.below(case.authorities.len())));
            stated.push((person, [authority, Preferred::Blank, Preferred::NoPreference][dice.below(3)]));
        }
    }
    let withdrawn: Vec<PostId> = case.posts.ids().filter(|_| dice.one_in(6)).collect();
    Change { gone, stated, withdrawn }
}

/// Truth: the same solved whole. Where the plan of the pieces breaks a clause or a link, nothing is said; else it is the answer.
#[test]
fn rules_that_hold_pieces_together_are_not_forgotten() {
    let (mut taken, mut broken) = (0, 0);
    for seed in 0..400 {
        let (case, scenario) = generate::case(9_100_000 + seed, Size::MIDDLE);
        let Some(pieces) = Pieces::of(&case, &scenario) else { continue };
        let ground = Ground::new(&case, &scenario);
        let mut dice = Numbers(seed);
        for _ in 0..2 {
            let change = any_change(&mut dice, &case);
            let Some(answer) = joined(&pieces, &change) else { continue };
            match ground.certify(&change, Outcome::Stopped(Some(answer))) {
                Ok(apart) => {
                    taken += 1;
                    assert_alike(&apart, &whole(&case, &scenario, &change), &format!("seed {seed}"));
                }
                Err(Refusal::Breaches(breaches)) => {
                    broken += 1;
                    let of_one = breaches.iter().find(|breach| breach.rule.is_of_a_pair());
                    assert_eq!(of_one, None, "seed {seed}");
                }
                Err(refusal) => panic!("seed {seed}: {refusal}"),
            }
        }
    }
    assert!(taken > 50 && broken > 20, "{taken} and {broken}");
}

/// By construction: a right answer to a change, with one thing altered, is refused.
#[test]
fn an_altered_answer_to_a_change_is_refused() {
    let read = loaded("case47", LEAVERS);
    let (case, scenario) = (&read.loaded.case, &read.plan.points[0]);
    let (pieces, ground) = (Pieces::of(case, scenario).expect("it comes apart"), Ground::new(case, scenario));
    let all = joined(&pieces, &Change::default()).expect("it has a plan");
    let (leaver, seat) = all.plan.placed().next().expect("somebody is placed");
    let without = Change { gone: vec![leaver], ..Change::default() };
    let withdrawn = Change { withdrawn: vec![seat], ..Change::default() };
    let judged = |change: &Change, answer: Answer| ground.certify(change, Outcome::Stopped(Some(answer))).map(|_| ());
    let refused = |change: &Change, answer: Answer| judged(change, answer).expect_err("it is wrong");
    assert_eq!(judged(&Change::default(), all.clone()), Ok(()));
    assert!(matches!(refused(&without, all.clone()), Refusal::Breaches(_)), "whoever has left has no post");
    assert!(matches!(refused(&withdrawn, all.clone()), Refusal::Breaches(_)), "the post is not on offer");
    let right = joined(&pieces, &without).expect("it has a plan");
    assert_eq!(judged(&without, right.clone()), Ok(()));
    assert!(matches!(
        refused(&Change::default(), right.clone()),
        Refusal::Value { .. } | Refusal::BoundNotProved { .. }
    ));
    for goal in 0..right.objectives.len() {
        let mut wrong = right.clone();
        wrong.objectives[goal].value += 1;
        assert!(matches!(refused(&without, wrong), Refusal::Value { .. }), "goal {goal}");
        let mut wrong = right.clone();
        wrong.proofs[goal].root.steps[0].multipliers.retain(|&(name, _)| name != RowName::Objective(goal));
        assert!(matches!(refused(&without, wrong), Refusal::BoundNotProved { .. }), "goal {goal}");
    }
    let last = right.objectives.len() - 1;
    let mut wrong = right.clone();
    wrong.proofs[last].root.steps[0].prices.clear();
    assert!(matches!(refused(&without, wrong), Refusal::BoundNotProved { .. }), "cost, without prices");
}

/// Truth: a sweep that nobody stopped. What a limit cut short is not kept.
#[test]
fn a_limit_leaves_nothing_half_known() {
    let read = loaded("case47", LEAVERS);
    let scene = |sweep: &Sweep<'_>, number| sweep.scene(number, &LIMITS).expect("certified").expect("no limits");
    let fresh = Sweep::new(&read.loaded.case, &read.plan);
    let stopped = Sweep::new(&read.loaded.case, &read.plan);
    let limits = Limits { solver: Solver::Network, should_stop: &|| true };
    for number in 0..6 {
        assert_eq!(stopped.scene(number, &limits).expect("nothing is refused"), None);
        assert_eq!(scene(&stopped, number), scene(&fresh, number));
    }
}

/// By hand: `leavers.toml` gives few people an answer, and a piece that nobody touches is asked for once.
#[test]
fn a_change_touches_its_own_pieces_only() {
    let read = loaded("case47", LEAVERS);
    let case = &read.loaded.case;
    let pieces = Pieces::of(case, &read.plan.points[0]).expect("it comes apart");
    assert_eq!(pieces.touched(&Change::default()), []);
    let first = PersonId::at(0);
    let change = Change { gone: vec![first], ..Change::default() };
    let touched = pieces.touched(&change);
    assert_eq!(touched.iter().map(|(_, share)| share).collect::<Vec<_>>(), [&change]);
    let everybody = Change { gone: case.people.ids().collect(), ..Change::default() };
    let touched = pieces.touched(&everybody);
    assert_eq!(touched.len(), pieces.len());
    let gone: usize = touched.iter().map(|(_, share)| share.gone.len()).sum();
    assert_eq!(gone, case.people.len());
    let empty = joined(&pieces, &everybody).expect("nobody is left, and the empty plan is best");
    assert_eq!(empty.plan.placed().count(), 0);
}
