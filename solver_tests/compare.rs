//! Scenarios side by side: against trying every plan, against hand-worked facts of case47, and against altered comparisons.

mod mutants;
mod pages;

use std::collections::BTreeSet;

use demerge::case::Case;
use demerge::case::scenario::{Objective, Scenario};
use demerge::id::{Id, PersonId, PostId};
use demerge::study::compare::attribution::{Difference, Reached};
use demerge::study::compare::check::{check, parts};
use demerge::study::compare::figures::{Destination, Figures};
use demerge::study::compare::ladder::{Turn, ladder};
use demerge::study::compare::{Comparison, Made, compare};

use crate::generate::Size;
use crate::oracle::{self, Truth};
use crate::price::{LIMITS, loaded};
use crate::truth;

/// Some scenarios of a case below `data/`, compared, and the comparison found again.
pub(crate) fn compared(folder: &str, ids: &[&str]) -> (Case, Comparison) {
    let mut all = ids.iter().map(|id| loaded(folder, id));
    let (case, first) = all.next().expect("a scenario");
    let scenarios: Vec<Scenario> = std::iter::once(first).chain(all.map(|(_, scenario)| scenario)).collect();
    let found = compare(&case, &scenarios, &LIMITS).expect("certified");
    check(&case, &found, &LIMITS).unwrap_or_else(|fault| panic!("{fault}"));
    (case, found)
}

pub(super) fn figures(found: &Comparison, at: usize) -> &Figures {
    found.columns[at].made.figures().expect("a plan")
}

pub(super) fn against(found: &Comparison, at: usize) -> &Difference {
    found.against[at - 1].as_ref().expect("two plans")
}

fn who(case: &Case, code: &str) -> PersonId {
    case.people_by_code()[code]
}

fn at(case: &Case, code: &str) -> PostId {
    case.posts_by_code()[code]
}

fn value(found: &Figures, objective: Objective) -> i64 {
    found.values.iter().find(|(goal, _)| goal.objective == objective).map(|it| it.1).expect("an objective")
}

/// Truth: the data contract's figures for S1, S5 and S7, which two other exact solvers found.
#[test]
fn case47_has_the_figures_of_the_contract() {
    let (_, found) = compared("case47", &["S1", "S5", "S7"]);
    let all = [
        Objective::Placed,
        Objective::Statutory,
        Objective::Preference,
        Objective::Match,
        Objective::Rank,
        Objective::Cost,
    ];
    let row = |at| all.map(|objective| value(figures(&found, at), objective));
    assert_eq!(row(0), [46, 4, 35, 1, 51, 265_169_665]);
    assert_eq!(row(1), [42, 2, 30, 11, 52, 245_801_857]);
    assert_eq!(row(2), [45, 3, 37, 5, 47, 260_702_209]);
    assert_eq!((figures(&found, 0).undecided.len(), figures(&found, 0).pools), (8, 4));
    assert_eq!(figures(&found, 1).moves, 0, "S5 keeps everyone with the present employer");
}

/// By hand: structures.csv and posts.csv rows 57 and 58: B2 is B1 without B23 and B24, and nothing else differs between S1 and S3.
#[test]
fn a_leaner_structure_is_one_step_and_takes_two_posts() {
    let (case, found) = compared("case47", &["S1", "S3"]);
    let difference = against(&found, 1);
    assert!(matches!(difference.steps[..], [ref step] if matches!(step.turn, Turn::Structure { .. })));
    assert_eq!(difference.lost, [at(&case, "B23"), at(&case, "B24")]);
    assert!(difference.won.is_empty());
    let moved =
        difference.movers.iter().find(|it| it.person == who(&case, "P41")).expect("P41's only post in S1 is B23");
    assert_eq!((moved.was.shown, moved.turns.len()), (Some(at(&case, "B23")), 1));
    assert!(!moved.turns[0].barred.is_empty(), "B23 is not in B2");
    // Undecided in S1 between A24 and B24 (the contract), and A24 is still there: no move, whatever the plans show.
    let open: Vec<PersonId> = difference.open.iter().map(|it| it.person).collect();
    assert!(open.contains(&who(&case, "P32")) && !difference.movers.iter().any(|it| open.contains(&it.person)));
    assert_eq!(difference.steps[0].reached, Reached::Plan(difference.movers.len()));
}

/// By hand: S7 states S1's third objective first, and nothing else differs; the contract: S151 at B is lost.
#[test]
fn another_order_is_one_step_and_moves_the_finance_director() {
    let (case, found) = compared("case47", &["S1", "S7"]);
    let difference = against(&found, 1);
    let [step] = &difference.steps[..] else { panic!("{:?}", difference.steps) };
    assert_eq!(step.turn, Turn::ObjectiveMoved(Objective::Preference, 1));
    let finance =
        difference.movers.iter().find(|it| it.person == who(&case, "P02")).expect("P02 alone covers S151 at B");
    assert_eq!(finance.was.shown, Some(at(&case, "B03")));
    assert!(finance.turns[0].barred.is_empty(), "the order forbids nobody anything");
    assert!(difference.lost.is_empty() && difference.won.is_empty());
}

/// By hand: people.csv and the rule of S5: whoever S1 sends to another employer is barred from there by R206.
#[test]
fn the_employers_rule_bars_everyone_who_had_moved() {
    let (case, found) = compared("case47", &["S1", "S5"]);
    let difference = against(&found, 1);
    assert!(matches!(difference.steps[..], [ref step] if matches!(step.turn, Turn::Rule(_, _))));
    for mover in &difference.movers {
        let away = mover.was.shown.is_some_and(|post| case.posts[post].authority != case.people[mover.person].employer);
        assert_eq!(away, !mover.turns[0].barred.is_empty(), "{}", case.people[mover.person].code);
    }
    let shared = |flow: &&demerge::study::compare::figures::Flow| matches!(flow.to, Destination::Shared(_));
    for at in [0, 1] {
        let flows = &figures(&found, at).flows;
        assert_eq!(flows.iter().map(|flow| flow.people).sum::<usize>(), 47);
        assert!(flows.iter().filter(shared).count() > 0, "legal and procurement have shared posts");
    }
    let gone = figures(&found, 1).flows.iter().find(|flow| flow.to == Destination::AtRisk);
    assert_eq!(
        figures(&found, 1).flows.iter().filter(|it| it.to == Destination::AtRisk).map(|it| it.people).sum::<usize>(),
        5,
        "{gone:?}"
    );
}

/// By hand: the contract says that S2's answer is S1's, and S8 only allows promotion into four posts.
#[test]
fn settings_that_move_nobody_are_steps_all_the_same() {
    let (_, found) = compared("case47", &["S1", "S2", "S8"]);
    let kept = against(&found, 1);
    assert!(kept.movers.is_empty() && kept.open.is_empty() && kept.steps.len() == 1);
    assert_eq!(against(&found, 2).steps.len(), 4, "one for each post of promotion_into");
}

/// By definition: a scenario against itself differs in nothing, and steady is who is undecided in none.
#[test]
fn a_scenario_against_its_own_copy_differs_in_nothing() {
    let (case, scenario) = loaded("case47", "S1");
    let copy = Scenario { id: "copy".to_owned(), ..scenario.clone() };
    let found = compare(&case, &[scenario, copy], &LIMITS).expect("certified");
    check(&case, &found, &LIMITS).expect("it holds");
    let difference = against(&found, 1);
    assert!(difference.steps.is_empty() && difference.movers.is_empty() && difference.open.is_empty());
    assert_eq!(found.steady.post.len() + found.steady.authority.len() + 8, 47, "all but the eight undecided");
}

/// By hand from the `why` of S9 in data/example: it has no plan, which is an answer.
#[test]
fn an_impossible_scenario_has_a_column_of_its_own() {
    let (_, found) = compared("example", &["S1", "S9"]);
    assert!(matches!(&found.columns[1].made, Made::Impossible(leaves) if !leaves.is_empty()));
    assert_eq!((found.against[0].as_ref(), found.steady.plans), (None, 1));
}

/// Truth: trying every plan of each scenario; a mover's places are disjoint sets of best places.
#[test]
fn movers_and_steady_people_are_those_of_trying_every_plan() {
    let mut movers = 0;
    for seed in 0..60 {
        movers += truth::on_seed(6_400_000 + seed, Size::BRUTE, &|case, scenario| {
            let other = another(scenario, seed);
            let found = compare(case, &[scenario.clone(), other.clone()], &LIMITS).map_err(|it| it.to_string())?;
            check(case, &found, &LIMITS).map_err(|fault| fault.to_string())?;
            let Some(difference) = &found.against[0] else { return Ok(0) };
            let [was, is] = [scenario, &other].map(|it| places(case, it));
            for person in case.people.ids() {
                let disjoint = was[person.index()].is_disjoint(&is[person.index()]);
                if disjoint != difference.movers.iter().any(|it| it.person == person) {
                    return Err(format!("{person:?}: {:?} and {:?}", was[person.index()], is[person.index()]));
                }
            }
            Ok(difference.movers.len())
        });
    }
    assert!(movers > 20, "only {movers} people moved");
}

/// Everyone's places in the plans that are best but for cost, by trying every plan.
fn places(case: &Case, scenario: &Scenario) -> Vec<BTreeSet<Option<PostId>>> {
    let Truth::Best { plan, undecided, .. } = oracle::truth(case, scenario) else { panic!("it has a plan") };
    let mut all: Vec<BTreeSet<Option<PostId>>> = plan.iter().map(|(_, place)| BTreeSet::from([place])).collect();
    for entry in undecided {
        all[entry.person.index()].extend(entry.posts.iter().copied().map(Some));
        if entry.may_be_unplaced {
            all[entry.person.index()].insert(None);
        }
    }
    all
}

/// A scenario that differs from this one in a few things.
fn another(scenario: &Scenario, seed: u64) -> Scenario {
    let mut other = Scenario { id: "other".to_owned(), ..scenario.clone() };
    other.objectives.rotate_left(1);
    if seed.is_multiple_of(2) {
        other.policy.max_grades_down += 1;
    }
    if seed.is_multiple_of(3) {
        other.fairness.clear();
    }
    if seed.is_multiple_of(5) {
        other.use_pins = !other.use_pins;
    }
    other
}

/// By definition: each step changes one part, and the last scenario is the other one.
#[test]
fn a_ladder_changes_one_thing_at_a_time() {
    let ids = ["S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8"];
    let all: Vec<Scenario> = ids.iter().map(|id| loaded("case47", id).1).collect();
    for from in &all {
        for to in &all {
            let rungs = ladder(from, to);
            let path: Vec<&Scenario> = std::iter::once(from).chain(rungs.iter().map(|(_, it)| it)).collect();
            assert!(path.windows(2).all(|pair| parts(pair[0], pair[1]) == 1), "{} to {}", from.id, to.id);
            assert_eq!(parts(path.last().expect("the start"), to), 0, "{} to {}", from.id, to.id);
        }
    }
}
