//! Published instances: readers that explain, and the kernel against known answers. Truth: `data/bench/SOURCE.md`.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use demerge::case::scenario::Objective;
use demerge::kernel::problem::{Network, Problem, Row};
use demerge::kernel::profile;
use demerge::kernel::stages::Stages;
use demerge::load::instance::{self, Assignment, Fault, Preferences};
use demerge::model::{self, Target};
use demerge::study::instance::{Profiles, Sense, assign, assign_generalised, match_preferences};
use serde_json::Value;

use crate::generate::{self, Size};

const NEVER: &dyn Fn() -> bool = &|| false;

/// Generalised assignments that take well under a second even in the test build.
const QUICK: &[&str] =
    &["gap1-0", "gap1-1", "gap2-0", "gap2-1", "gap3-0", "gap3-1", "gap4-0", "gap5-0", "a05100", "a10100", "a20200"];

fn bench(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/bench").join(file)
}

fn bytes(file: &str) -> Vec<u8> {
    fs::read(bench(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// Rows of `optima.csv` as (instance, kind, sense, optimum), where one is known.
fn optima() -> Vec<(String, String, Sense, i64)> {
    let text = String::from_utf8(bytes("optima.csv")).expect("optima.csv is UTF-8");
    let rows = text.lines().skip(1).map(|line| line.split(',').collect::<Vec<_>>());
    let known = rows.filter_map(|cells| {
        let sense = if cells[2] == "max" { Sense::Max } else { Sense::Min };
        Some((cells[0].to_owned(), cells[1].to_owned(), sense, cells[3].parse().ok()?))
    });
    known.collect()
}

/// Truth: published optima, solved again by two other solvers.
#[test]
fn assignments_reach_the_published_optimum() {
    let mut solved = 0;
    for (name, kind, sense, optimum) in optima() {
        if kind == "LAP" {
            let instance = instance::assignment(&bytes(&format!("lap/{name}"))).expect("a published instance");
            let found = assign(&instance, sense, NEVER);
            assert_eq!(
                (found.value, found.bound, found.complete),
                (Some(optimum), Some(optimum), true),
                "{name} {sense:?}"
            );
            solved += 1;
        }
    }
    assert_eq!(solved, 4);
}

/// Truth: the test suites of SciPy, lap and OR-Tools; rectangles are filled up with noughts, which cost nothing.
#[test]
fn small_assignments_agree_with_other_test_suites() {
    let all: Value = serde_json::from_slice(&bytes("lap/small_known.json")).expect("JSON");
    let mut solved = 0;
    for known in all.as_array().expect("a list") {
        let Some(rows) = known["matrix"].as_array() else { continue };
        let rows: Vec<&Vec<Value>> = rows.iter().map(|row| row.as_array().expect("a row")).collect();
        let size = rows.len().max(rows[0].len());
        let mut cost = vec![0; size * size];
        let mut whole = true;
        for (row, values) in rows.iter().enumerate() {
            for (column, value) in values.iter().enumerate() {
                let text = value.to_string();
                match text.strip_suffix(".0").unwrap_or(&text).parse() {
                    Ok(value) => cost[row * size + column] = value,
                    Err(_) => whole = false,
                }
            }
        }
        let optimum = known["optimum"].to_string();
        let Ok(optimum) = optimum.strip_suffix(".0").unwrap_or(&optimum).parse::<i64>() else { continue };
        if whole {
            let found = assign(&Assignment { size, cost }, Sense::Min, NEVER);
            assert_eq!((found.value, found.bound), (Some(optimum), Some(optimum)), "{}", known["id"]);
            solved += 1;
        }
    }
    assert!(solved >= 15, "only {solved} have whole numbers");
}

/// Truth: published optima, proved again by HiGHS.
#[test]
fn generalised_assignments_reach_the_published_optimum() {
    let mut solved = 0;
    for (name, _, sense, optimum) in optima().into_iter().filter(|(name, ..)| QUICK.contains(&name.as_str())) {
        let instance = instance::generalised(&bytes(&format!("gap/{name}"))).expect("a published instance");
        let found = assign_generalised(&instance, sense, NEVER);
        assert_eq!(
            (found.value, found.bound, found.complete),
            (Some(optimum), Some(optimum), true),
            "{name} {sense:?}"
        );
        solved += 1;
    }
    assert_eq!(solved, 2 * QUICK.len());
}

/// A run that is stopped at once still has a bound, and it holds. Truth: published optima.
#[test]
fn a_stopped_run_has_a_bound_that_holds() {
    for (name, kind, sense, optimum) in optima() {
        if kind == "GAP" {
            let instance = instance::generalised(&bytes(&format!("gap/{name}"))).expect("a published instance");
            let found = assign_generalised(&instance, sense, &|| true);
            let bound = found.bound.expect("a stopped run has a bound");
            let (below, above) =
                if sense == Sense::Min { (bound, found.value) } else { (found.value.unwrap_or(0), Some(bound)) };
            assert!(below <= optimum && above.is_none_or(|above| optimum <= above), "{name} {sense:?}: {found:?}");
        }
    }
}

fn counts(value: &Value) -> Vec<u32> {
    let all = value.as_array().expect("a profile").iter();
    all.map(|count| u32::try_from(count.as_u64().expect("a count")).expect("a count of people")).collect()
}

/// Truth: `answers.json`, on every value of which two or three exact solvers agree.
#[test]
fn preference_sets_have_the_known_profiles() {
    let answers: Value = serde_json::from_slice(&bytes("preferences/answers.json")).expect("JSON");
    let answers = answers.as_object().expect("answers by name");
    assert_eq!(answers.len(), 10);
    for (name, known) in answers {
        let instance = instance::preferences(&bytes(&format!("preferences/{name}.json"))).expect("a known set");
        let found = match_preferences(&instance, NEVER);
        assert_eq!(found.placed.map(u64::from), known["max_card"].as_u64(), "{name}");
        assert_eq!(found.rank_sum, known["min_rank_sum_at_max_card"].as_i64(), "{name}");
        assert_eq!(found.greedy, Some(counts(&known["greedy_profile"])), "{name} greedy");
        assert_eq!(found.generous, Some(counts(&known["generous_profile"])), "{name} generous");
        assert_eq!(found.rank_maximal, Some(counts(&known["rank_maximal_profile"])), "{name} rank-maximal");
    }
}

/// Small preference sets with ties, seats and groups, always the same ones.
fn small(seed: u64) -> Preferences {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(1);
    let mut below = |n: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from((state >> 33) % n).expect("a small number")
    };
    let choices = (0..5).map(|_| {
        let listed = (0..4).filter(|_| below(3) > 0).collect::<Vec<u32>>();
        let mut ranked: Vec<(u32, u32)> = listed.into_iter().map(|post| (post, below(3))).collect();
        ranked.sort_by_key(|&(post, rank)| (rank, post));
        ranked
    });
    Preferences {
        choices: choices.collect(),
        capacity: (0..4).map(|_| 1 + below(2)).collect(),
        group: (0..4).map(|_| [None, Some(0), Some(1)][below(3) as usize]).collect(),
        group_capacity: (0..2).map(|_| 1 + below(2)).collect(),
    }
}

/// The profile and the number placed of every matching, one by one.
fn every_matching(instance: &Preferences) -> Vec<(u32, Vec<u32>)> {
    fn go(
        instance: &Preferences,
        person: usize,
        seats: &mut [u32],
        room: &mut [u32],
        profile: &mut Vec<u32>,
        all: &mut Vec<(u32, Vec<u32>)>,
    ) {
        let Some(choices) = instance.choices.get(person) else {
            all.push((profile.iter().sum(), profile.clone()));
            return;
        };
        go(instance, person + 1, seats, room, profile, all);
        for &(post, rank) in choices {
            let (post, group) = (post as usize, instance.group[post as usize].map(|group| group as usize));
            if seats[post] > 0 && group.is_none_or(|group| room[group] > 0) {
                seats[post] -= 1;
                group.into_iter().for_each(|group| room[group] -= 1);
                profile[rank as usize] += 1;
                go(instance, person + 1, seats, room, profile, all);
                profile[rank as usize] -= 1;
                group.into_iter().for_each(|group| room[group] += 1);
                seats[post] += 1;
            }
        }
    }
    let mut all = Vec::new();
    let (mut seats, mut room) = (instance.capacity.clone(), instance.group_capacity.clone());
    go(instance, 0, &mut seats, &mut room, &mut vec![0; instance.ranks()], &mut all);
    all
}

/// Truth: every matching, one by one.
#[test]
fn small_preference_sets_agree_with_every_matching() {
    for seed in 0..300 {
        let instance = small(seed);
        let all = every_matching(&instance);
        let sum = |profile: &[u32]| (1i64..).zip(profile).map(|(rank, &count)| rank * i64::from(count)).sum::<i64>();
        let worst_first = |profile: &[u32]| profile.iter().rev().copied().collect::<Vec<u32>>();
        let most = all.iter().map(|(placed, _)| *placed).max().expect("nobody placed is a matching");
        let greatest = || all.iter().filter(|(placed, _)| *placed == most).map(|(_, profile)| profile);
        let expected = Profiles {
            placed: Some(most),
            rank_sum: greatest().map(|profile| sum(profile)).min(),
            greedy: greatest().max().cloned(),
            generous: greatest().min_by_key(|profile| worst_first(profile)).cloned(),
            rank_maximal: all.iter().map(|(_, profile)| profile).max().cloned(),
        };
        assert_eq!(match_preferences(&instance, NEVER), expected, "seed {seed}: {instance:?}");
    }
}

/// Truth: every matching, one by one.
#[test]
fn the_bottleneck_is_the_best_worst_rank() {
    for seed in 0..100 {
        let mut instance = small(seed);
        instance.group = vec![None; instance.capacity.len()];
        let network = Network {
            first: [0]
                .into_iter()
                .chain(instance.choices.iter().scan(0, |sum, choices| {
                    *sum += u32::try_from(choices.len()).expect("a short list");
                    Some(*sum)
                }))
                .collect(),
            column: instance.choices.iter().flatten().map(|&(post, _)| post).collect(),
            capacity: instance.capacity.clone(),
            may_stay_out: vec![true; instance.choices.len()],
        };
        let ranks: Vec<u32> = instance.choices.iter().flatten().map(|&(_, rank)| rank).collect();
        let mut stages = Stages::new(Problem {
            owner: network.owners(),
            network: network.clone(),
            switches: 0,
            rows: Vec::<Row>::new(),
        });
        assert!(stages.settle(&profile::placed(&network), NEVER).complete);
        let all = every_matching(&instance);
        let most = all.iter().map(|&(placed, _)| placed).max();
        let worst =
            |profile: &[u32]| (0u32..).zip(profile).filter(|&(_, &count)| count > 0).map(|(rank, _)| rank).max();
        let greatest = all.iter().filter(|(placed, _)| Some(*placed) == most);
        let best = greatest.map(|(_, profile)| Reverse(worst(profile))).max().expect("a greatest matching").0;
        let found = profile::bottleneck(&mut stages, &ranks, NEVER);
        let worst = found.best.map(|(_, rank)| rank);
        assert_eq!((worst, found.bound, found.complete), (Some(best), best, true), "seed {seed}: {instance:?}");
    }
}

/// Truth: the same search with room for its whole tree.
#[test]
fn a_search_without_room_for_its_tree_has_a_bound_that_holds() {
    let mut cut_short = 0;
    for seed in 0..200 {
        let (case, mut scenario) = generate::case(seed, Size::THEOREM);
        scenario.objectives = vec![Objective::Preference, Objective::Rank, Objective::Placed, Objective::Cost];
        let model = model::build(&case, &scenario);
        let (mut whole, mut little) = (Stages::new(model.problem.clone()), Stages::new(model.problem).with_room(0));
        for target in &model.targets {
            let Target::Sum(row) = target else { continue };
            let (Some((_, best)), short) = (whole.settle(row, NEVER).best, little.settle(row, NEVER)) else { break };
            let value = short.best.map(|(_, value)| value);
            assert!(short.bound <= best && value.is_none_or(|value| best <= value), "seed {seed}: not {best}");
            assert_eq!(short.complete, value == Some(short.bound), "seed {seed}");
            if !short.complete {
                cut_short += 1;
                break;
            }
        }
    }
    assert!(cut_short > 2, "only {cut_short} were cut short");
}

fn said(fault: Fault) -> String {
    fault.to_string()
}

/// Truth: by hand.
#[test]
fn what_is_no_instance_is_explained_with_its_line() {
    let lap = |text: &str| said(instance::assignment(text.as_bytes()).expect_err("not an instance"));
    assert_eq!(lap("2\n1 2\n3"), "line 3: the file ends where a cost (number 4 of 4) should be");
    assert_eq!(
        lap("2\n1 2\n3 x4"),
        "line 3: \"x4\" should be a cost (number 4 of 4): a whole number of at most 1099511627776"
    );
    assert_eq!(lap("0"), "line 1: 0 cannot be the number of rows: a number from 1 to 50000000 is needed");
    assert_eq!(lap("1\r\n7\r\n\r\n8"), "line 4: \"8\" comes after the last number of the instance");
    assert_eq!(
        lap("9000000000"),
        "line 1: 9000000000 cannot be the number of rows: a number from 1 to 50000000 is needed"
    );
    assert_eq!(lap("50000000\n1"), "line 1: 50000000 × 50000000 is more than 50000000 entries");
    let gap = |text: &str| said(instance::generalised(text.as_bytes()).expect_err("not an instance"));
    assert_eq!(gap("1 2\n1 2\n3 -4\n5"), "line 3: -4 cannot be a use of resource (number 2 of 2): it is negative");
    let set = |text: &str| said(instance::preferences(text.as_bytes()).expect_err("not a set"));
    assert!(set("{\n\"agents\": 3}").starts_with("line 2: invalid type: integer `3`"));
    let one = |prefs: &str| {
        set(&format!(r#"{{"agents":[{{"id":"S1","prefs":{prefs}}}],"posts":[{{"id":"P1","cap":1,"group":null}}]}}"#))
    };
    assert_eq!(one(r#"[["P2"]]"#), "agents[0] \"S1\": names \"P2\", which is not in the file");
    assert_eq!(one(r#"[["P1"],["P1"]]"#), "agents[0] \"S1\": lists \"P1\" twice");
    assert_eq!(
        set(r#"{"agents":[],"posts":[{"id":"P","cap":1,"group":"G"}],"groups":[]}"#),
        "posts[0] \"P\": names \"G\", which is not in the file"
    );
}

/// Truth: by hand: 1 + 1 against 5 + 9; nobody has room for the item.
#[test]
fn the_hidden_verb_prints_one_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).expect("written");
        path
    };
    let run = |path: &Path, options: &[&str]| {
        let mut command = Command::cargo_bin("demerge").expect("the program");
        let output = command.arg("bench-instance").arg(path).args(options).output().expect("it runs");
        let line = String::from_utf8(output.stdout).expect("UTF-8");
        assert!(line.lines().count() <= 1);
        let keys: BTreeMap<String, Value> = serde_json::from_str(&line).unwrap_or_default();
        (output.status.code(), keys, String::from_utf8(output.stderr).expect("UTF-8"))
    };
    let lap = file("lap", "2\n1 5\n9 1\n");
    let (code, keys, _) = run(&lap, &["--format", "lap", "--sense", "max", "--limit", "60"]);
    assert_eq!(
        (code, &keys["value"], &keys["bound"], &keys["status"]),
        (Some(0), &14.into(), &14.into(), &"optimal".into())
    );
    assert!(keys["seconds"].is_number());
    let (code, keys, _) = run(&file("gap", "1 1\n3\n5\n4\n"), &["--format", "gap"]);
    assert_eq!(
        (code, &keys["value"], &keys["bound"], &keys["status"]),
        (Some(4), &Value::Null, &Value::Null, &"impossible".into())
    );
    let (code, keys, _) = run(&bench("preferences/glasgow_2007.json"), &["--format", "preferences"]);
    assert_eq!(
        (code, &keys["max_card"], counts(&keys["generous_profile"])),
        (Some(0), &35.into(), vec![17, 14, 4, 0, 0])
    );
    let (code, _, complaint) = run(&file("bad", "2 x"), &["--format", "lap"]);
    assert_eq!(code, Some(3));
    assert!(complaint.contains("line 1: \"x\" should be a cost"), "{complaint}");
}
