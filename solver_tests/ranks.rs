//! Objectives over ranks from the outside: what the files say, what the checker refuses, what a stopped run still knows.
//!
//! Truth: `data/cases/good/ranks_four_ways`, by hand.

use std::cell::Cell;
use std::path::Path;

use demerge::case::answer::{Answer, Outcome};
use demerge::case::goal::Part;
use demerge::case::proof::Claim;
use demerge::case::scenario::{Objective, Scenario};
use demerge::certify::{self, Refusal, Status, certify};
use demerge::files;
use demerge::load::{self, Loaded, Want};
use demerge::model;
use demerge::report::plan::{read_plan, write_plan};
use demerge::report::provenance::Provenance;
use demerge::solve::{self, Limits, Solver};
use serde_json::Value;

use crate::cases;
use crate::generate::{self, Size};

fn loaded(scenario: &str) -> Loaded {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/cases/good/ranks_four_ways");
    let sources = files::read_case(&folder).expect("the case is in the repository");
    load::load(&sources, Want::Solve(Some(scenario))).expect("the case has no errors")
}

fn best(loaded: &Loaded, scenario: &Scenario) -> Answer {
    let model = model::build(&loaded.case, scenario);
    let limits = Limits { solver: Solver::Network, should_stop: &|| false };
    match solve::solve(&loaded.case, scenario, &model, &limits) {
        Outcome::Placed(answer) => answer,
        other => panic!("there is a best plan: {other:?}"),
    }
}

fn refusal(loaded: &Loaded, scenario: &Scenario, answer: Answer) -> Refusal {
    certify(&loaded.case, scenario, Outcome::Placed(answer)).expect_err("an altered answer")
}

/// Each figure of each goal, altered by one, up and down.
#[test]
fn every_altered_figure_of_a_profile_is_refused() {
    for id in ["S1", "S2", "S3", "S4"] {
        let loaded = loaded(id);
        let scenario = &loaded.scenarios[0];
        let answer = best(&loaded, scenario);
        assert!(certify(&loaded.case, scenario, Outcome::Placed(answer.clone())).is_ok());
        for goal in 0..answer.objectives.len() {
            for by in [-1, 1] {
                let altered = |alter: &dyn Fn(&mut Answer)| {
                    let mut answer = answer.clone();
                    alter(&mut answer);
                    refusal(&loaded, scenario, answer)
                };
                assert!(matches!(altered(&|it| it.objectives[goal].value += by), Refusal::Value { .. }));
                let bound = altered(&|it| it.objectives[goal].bound += by);
                assert!(matches!(bound, Refusal::NotOptimal { .. } | Refusal::BoundBeaten { .. }), "{bound}");
                // A claim that is too strong has no proof, and one that is too weak does not prove the bound.
                let claim = altered(&|it| {
                    let Claim::Bound { bound, .. } = &mut it.proofs[goal].claim else { panic!("a bound") };
                    *bound += by;
                });
                assert!(matches!(claim, Refusal::BoundNotProved { .. }), "{claim}");
            }
            let empty = {
                let mut answer = answer.clone();
                answer.proofs[goal].root.steps.clear();
                refusal(&loaded, scenario, answer)
            };
            assert!(matches!(empty, Refusal::BoundNotProved { .. }), "{empty}");
        }
    }
}

/// A goal left out, put in another place, or taken from another rank.
#[test]
fn goals_that_are_not_those_of_the_scenario_are_refused() {
    let loaded = loaded("S1");
    let scenario = &loaded.scenarios[0];
    let answer = best(&loaded, scenario);
    let parts: Vec<Part> = answer.objectives.iter().map(|scored| scored.goal.part).collect();
    assert_eq!(parts, [Part::Placed, Part::Rank(3), Part::Rank(2), Part::Rank(1), Part::Whole]);
    let altered = |alter: &dyn Fn(&mut Answer)| {
        let mut answer = answer.clone();
        alter(&mut answer);
        refusal(&loaded, scenario, answer)
    };
    let without = altered(&|it| {
        it.objectives.remove(1);
        it.proofs.remove(1);
    });
    assert!(matches!(without, Refusal::Objectives { wanted: 5, scored: 4, proofs: 4 }));
    assert!(matches!(altered(&|it| it.objectives.swap(1, 2)), Refusal::Objectives { .. }));
    assert!(matches!(altered(&|it| it.objectives[1].goal.part = Part::Rank(4)), Refusal::Objectives { .. }));
    assert!(matches!(altered(&|it| it.proofs.swap(1, 2)), Refusal::BoundNotProved { .. }));
}

/// What the file says comes back, and a file that says something else is not certified or not the same.
#[test]
fn profiles_go_through_the_file_and_back() {
    for (id, name, value) in [("S1", "generous", "[1,3,0]"), ("S2", "greedy", "[2,1,1]"), ("S4", "bottleneck", "2")] {
        let loaded = loaded(id);
        let scenario = &loaded.scenarios[0];
        let certified = certify(&loaded.case, scenario, Outcome::Placed(best(&loaded, scenario))).expect("true");
        let bytes = write_plan(&loaded.case, scenario, &certified, &Provenance::new([]));
        let (plan, answer) = read_plan(&loaded.case, scenario, &bytes).expect("our own file");
        assert_eq!(Some(&plan), certified.plan());
        let answer = answer.expect("the file carries everything");
        assert_eq!(answer.objectives, certified.objectives());
        assert_eq!(answer.proofs, certified.proofs());
        let document: Value = serde_json::from_slice(&bytes).expect("JSON");
        let rows = document["objectives"].as_array().expect("a list");
        let names: Vec<&str> = rows.iter().filter_map(|row| row["name"].as_str()).collect();
        assert_eq!(names, scenario.objectives.iter().map(|it| it.word()).collect::<Vec<_>>());
        let row = rows.iter().find(|row| row["name"] == name).expect("one entry for each objective");
        assert_eq!((row["value"].to_string(), row["bound"].to_string()), (value.to_owned(), value.to_owned()));
        assert_eq!(row["placed"]["value"].as_i64(), (id != "S4").then_some(5));
        let text = String::from_utf8(bytes).expect("UTF-8");
        let shorter =
            text.replace("\"value\":[1,3,0]", "\"value\":[1,3]").replace("\"value\":[2,1,1]", "\"value\":[2,1]");
        let (_, answer) = read_plan(&loaded.case, scenario, shorter.as_bytes()).expect("still a plan");
        assert_eq!(answer.is_none(), id != "S4", "{id}: a rank without a figure claims nothing");
    }
}

/// Stopped after some number of looks: the bounds are honest, rank by rank. Truth: the checker.
#[test]
fn a_stopped_run_has_honest_bounds_rank_by_rank() {
    let mut stopped = 0;
    for (seed, looks) in (0..80u64).flat_map(|seed| [0u32, 1, 4, 9].map(|looks| (seed, looks))) {
        let (case, mut scenario) = generate::case(seed, Size::THEOREM);
        scenario.objectives = vec![
            Objective::RankMaximal,
            Objective::Preference,
            Objective::Generous,
            Objective::Bottleneck,
            Objective::Cost,
        ];
        let model = model::build(&case, &scenario);
        let left = Cell::new(looks);
        let should_stop = || left.replace(left.get().saturating_sub(1)) == 0;
        let limits = Limits { solver: Solver::Network, should_stop: &should_stop };
        let outcome = solve::solve(&case, &scenario, &model, &limits);
        let certified =
            certify(&case, &scenario, outcome).unwrap_or_else(|refusal| panic!("{seed} {looks}: {refusal}"));
        stopped += u32::from(certified.status() == Status::Stopped && certified.plan().is_some());
    }
    assert!(stopped > 20, "only {stopped} runs were stopped");
}

/// By hand: P1 gave ranks to two posts, 1 and 2; P4 did not respond; the others count 6 at any post.
#[test]
fn ranks_are_those_that_the_objective_rank_counts() {
    let (case, mut scenario) = (cases::tiny(), cases::scenario());
    scenario.objectives = vec![Objective::Greedy, Objective::Placed, Objective::RankMaximal, Objective::Bottleneck];
    let parts: Vec<(Objective, Part)> =
        certify::goals(&case, &scenario).into_iter().map(|goal| (goal.objective, goal.part)).collect();
    use Objective::{Bottleneck, Greedy, Placed, RankMaximal};
    let ranks = [Part::Rank(1), Part::Rank(2), Part::Rank(6)];
    let mut expected = vec![(Greedy, Part::Placed)];
    expected.extend(ranks.map(|part| (Greedy, part)));
    expected.push((Placed, Part::Whole));
    expected.extend(ranks.map(|part| (RankMaximal, part)));
    expected.push((Bottleneck, Part::Whole));
    assert_eq!(parts, expected);
    assert_eq!(model::build(&case, &scenario).goals, certify::goals(&case, &scenario));
    // An unlisted post may count better than a listed one, and nought is no rank.
    scenario.objectives = vec![Objective::Generous];
    scenario.policy.unlisted_rank = 1;
    let parts = |scenario: &Scenario| -> Vec<Part> {
        certify::goals(&case, scenario).into_iter().map(|goal| goal.part).collect()
    };
    assert_eq!(parts(&scenario), [Part::Placed, Part::Rank(2), Part::Rank(1)]);
    scenario.policy.unlisted_rank = 0;
    assert_eq!(parts(&scenario), [Part::Placed, Part::Rank(2), Part::Rank(1)]);
}
