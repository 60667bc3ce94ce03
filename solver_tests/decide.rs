//! Proposals and decisions: nobody is decided without a decider and a reason, and what a decision changes is exact.

use std::fs;
use std::path::Path;

use demerge::case::record::{Record, Ruling};
use demerge::certify::Status;
use demerge::id::{Id, PersonId};
use demerge::load::decisions;
use demerge::load::{SourceFile, Sources, Want, load};
use demerge::solve::{Limits, Solver};
use demerge::study::decide::{Together, decide};
use demerge::study::variant::Variant;
use serde_json::Value;

use crate::cli::run::{NAMES, Ran, copy, data, demerge, folder, solve, text};
use crate::generate::Size;
use crate::oracle::{self, Truth};
use crate::truth;

const HEAD: &str = "person_id,proposal,decision,post_id,decided_by,date,reason\n";

fn limits() -> Limits<'static> {
    Limits { solver: Solver::Network, should_stop: &|| false }
}

/// case47 in a folder of its own, with this record.
fn with_record(record: &str) -> tempfile::TempDir {
    let into = folder();
    copy(&data("case47"), into.path(), |text| text.as_bytes().to_vec());
    fs::write(into.path().join("decisions.csv"), format!("{HEAD}{record}")).expect("written");
    into
}

fn run(case: &Path, more: &[&str]) -> Ran {
    demerge(&[&["decide", text(case), "--scenario", "S1"], more].concat())
}

/// Without a record, one is begun; it reads back with nothing decided, and is not overwritten.
#[test]
fn a_record_is_begun_with_proposals_and_no_decision() {
    let case = with_record("");
    let file = case.path().join("decisions.csv");
    fs::remove_file(&file).expect("removed");
    assert_eq!(run(case.path(), &[]).code, 0);
    let begun = fs::read_to_string(&file).expect("UTF-8");
    assert_eq!(begun.lines().count(), 48);
    assert!(
        begun.contains("P01,A02,,,,,,,") && begun.starts_with("\u{feff}person_id,proposal,decision,post_id"),
        "{begun}"
    );
    let ran = run(case.path(), &[]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("0 of 47 people decided") && ran.out.contains("Nobody is decided yet"), "{}", ran.out);
    assert_eq!(fs::read_to_string(&file).expect("UTF-8"), begun);
}

/// By hand: the decider, the reason, an id, a word, and a decision that is not what its word says.
#[test]
fn nobody_is_decided_without_decider_and_reason() {
    let case = with_record(
        "P01,A02,accepted,,,2021-03-01,as proposed\nP02,A03,accepted,,Head of HR,2021-03-01,\nP99,,,,,,\n\
         P04,A05,approved,,,,\nP05,A06,changed,A06,Head of HR,,swap\n",
    );
    let ran = run(case.path(), &[]);
    assert_eq!(ran.code, 3);
    for word in [
        "decisions.csv row 2 column E \"decided_by\"",
        "decisions.csv row 3 column G \"reason\"",
        "decisions.csv row 4 column A",
        "decisions.csv row 5 column C",
        "decisions.csv row 6 column C",
        "the program only proposes",
    ] {
        assert!(ran.err.contains(word), "{word}: {}", ran.err);
    }
    let check = demerge(&["check", text(case.path()), "--scenario", "S1"]);
    assert_eq!(check.code, 3);
    assert!(check.out.contains("row 2 column E"), "{}", check.out);
}

/// Truth: P05 and P07 compete for A06 (data contract), so giving it to the other one changes who is placed and nothing counted.
#[test]
fn a_decision_between_equals_moves_two_people_and_no_objective() {
    let out = folder();
    assert_eq!(solve(&data("case47"), "S1", out.path(), &[]).code, 0);
    let placements = fs::read_to_string(out.path().join("placements.csv")).expect("UTF-8");
    let holds = |person: &str| placements.contains(&format!("\n{person},A06,"));
    let (placed, other) = if holds("P05") { ("P05", "P07") } else { ("P07", "P05") };
    let record = format!("{other},,changed,A06,Head of HR,2021-03-01,longer service in the job\n");
    let case = with_record(&record);
    let json = folder();
    let file = json.path().join("decisions.json");
    let ran = run(case.path(), &["--json", text(&file)]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let document: Value = serde_json::from_slice(&fs::read(&file).expect("a file")).expect("JSON");
    assert_eq!((&document["decided"], &document["possible"]), (&1.into(), &true.into()));
    let differing = document["objectives"].as_array().expect("objectives").iter();
    let differing: Vec<&Value> = differing.filter(|it| it["with"] != it["without"]).collect();
    assert!(differing.iter().all(|it| it["name"] == "cost"), "only cost may differ between equals: {differing:?}");
    let effect = &document["effects"][0];
    assert_eq!(effect["person_id"], other);
    let moved: Vec<&str> = effect["moved"].as_array().expect("movers").iter().filter_map(Value::as_str).collect();
    let mut both = [placed, other];
    both.sort_unstable();
    assert_eq!(moved, both);
    let elsewhere = document["people"].as_array().expect("people").iter().filter(|it| it["proposal"] != it["after"]);
    let elsewhere: Vec<&str> = elsewhere.filter_map(|it| it["person_id"].as_str()).collect();
    assert_eq!(elsewhere, both, "nobody else goes elsewhere");
    // The plan of `solve` stays the proposal, byte for byte, and the record stands beside it.
    let again = folder();
    let ran = solve(case.path(), "S1", again.path(), &[]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("proposals and decisions") && ran.out.contains("changed to"), "{}", ran.out);
    let set = ran.out.lines().filter(|line| !line.starts_with("Written to"));
    assert!(set.into_iter().all(|line| line.chars().count() <= 80), "{}", ran.out);
    for name in NAMES.iter().filter(|name| **name != "report.html") {
        let [was, is] = [&out, &again].map(|it| fs::read(it.path().join(name)).expect("a file"));
        assert!(was == is, "{name} changed");
    }
    let report = fs::read_to_string(again.path().join("report.html")).expect("UTF-8");
    assert!(report.contains("changed to A06") && report.contains("longer service in the job"));
}

/// Two people cannot both be given one seat, and a post without a match cannot be given at all.
#[test]
fn decisions_that_cannot_be_kept_are_named() {
    let ran = run(with_record("P05,A06,changed,A02,Head of HR,,because\n").path(), &[]);
    assert_eq!(ran.code, 0);
    let words = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        words.contains("No plan keeps all these decisions") && words.contains("decisions.csv row 2 (P05)"),
        "{words}"
    );
    let both = "P05,,changed,A06,Head of HR,,one\nP07,,changed,A06,Head of HR,,two\n";
    let ran = run(with_record(both).path(), &[]);
    let words = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("Each by itself can be kept"), "{}{}", words, ran.err);
}

/// Truth: every plan of the case with the decisions written out as pins, tried by the oracle.
#[test]
fn what_decisions_come_to_is_what_trying_every_plan_finds() {
    for seed in 0..40 {
        truth::on_seed(4_000_000 + seed, Size::BRUTE, &|case, scenario| {
            let best = Variant::of(case, scenario).answer(&limits()).map_err(|refusal| refusal.to_string())?;
            let Some(plan) = best.plan() else { return Ok(()) };
            let person = PersonId::at(usize::try_from(seed).expect("few") % case.people.len());
            let pairs = case.matches.keys().filter(|pair| pair.0 == person).map(|pair| Some(pair.1));
            for post in pairs.chain([None]).filter(|post| *post != plan.post(person)) {
                let record = |ruling, proposal, post| Record {
                    row: 2,
                    person,
                    proposal,
                    ruling: Some(ruling),
                    post,
                    decided_by: "HR".to_owned(),
                    date: String::new(),
                    reason: "a test".to_owned(),
                    representation: String::new(),
                    appeal_outcome: String::new(),
                };
                let changed = record(Ruling::Changed, plan.post(person), post);
                let rejected = plan.post(person).map(|at| record(Ruling::Rejected, Some(at), None));
                for record in [Some(changed), rejected].into_iter().flatten() {
                    let decided = decide(case, scenario, &best, std::slice::from_ref(&record), &limits());
                    let decided = decided.map_err(|refusal| refusal.to_string())?.expect("a plan");
                    let kept = demerge::study::decide::variant(case, scenario, &[&record]);
                    match (oracle::truth(&kept.case, &kept.scenario), &decided.together) {
                        (Truth::Impossible, Together::Impossible { alone }) if *alone == [person] => {}
                        (Truth::Best { values, .. }, Together::Kept { changes, .. }) => {
                            let found: Vec<i64> = changes.iter().map(|change| change.is).collect();
                            if found.len() == values.len() && found != values {
                                return Err(format!("{record:?}: {found:?}, not {values:?}"));
                            }
                        }
                        (truth, together) => return Err(format!("{record:?}: {together:?}, not {truth:?}")),
                    }
                }
            }
            assert_ne!(best.status(), Status::Impossible);
            Ok(())
        });
    }
}

/// A withdrawn or blank line decides nothing, so it changes nothing.
#[test]
fn what_is_not_decided_changes_nothing() {
    let sources = demerge::files::read_case(&data("case47")).expect("case47");
    let loaded = load(&sources, Want::Solve(Some("S1"))).unwrap_or_else(|faults| panic!("{faults}"));
    let bytes = format!("{HEAD}P01,A03,withdrawn,,Head of HR,,a mistake\nP02,A03,,,,,\n").into_bytes();
    let record = Sources::Folder(vec![SourceFile { name: "Decisions.csv".to_owned(), bytes }]);
    let record = decisions::load(&record, &loaded.case).unwrap_or_else(|faults| panic!("{faults}")).expect("a record");
    assert_eq!(record.len(), 2);
    let best = Variant::of(&loaded.case, &loaded.scenarios[0]).answer(&limits()).expect("certified");
    let decided = decide(&loaded.case, &loaded.scenarios[0], &best, &record, &limits());
    let decided = decided.expect("certified").expect("a plan");
    assert!(decided.effects.is_empty());
    let Together::Kept { changes, movers, is_proved } = &decided.together else { panic!("{:?}", decided.together) };
    assert!(movers.is_empty() && *is_proved && changes.iter().all(|change| change.was == change.is));
    assert!(decided.lines[0].is_stale());
}
