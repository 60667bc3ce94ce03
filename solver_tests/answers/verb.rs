//! The verb `answers` as a user meets it: exit codes, files, words.

use std::fs;

use serde_json::Value;

use crate::cli::run::{copy, data, demerge, folder, text};

#[test]
fn it_answers_and_writes_its_files_once() {
    let out = folder();
    let case = data("case47");
    let (csv, json) = (out.path().join("a.csv"), out.path().join("a.json"));
    let arguments = ["answers", text(&case), "--scenario", "S1", "--out", text(&csv), "--json", text(&json), "--force"];
    let ran = demerge(&arguments);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
    assert!(ran.out.lines().all(|line| line.chars().count() <= 80), "{}", ran.out);
    insta::assert_snapshot!("answers_case47_s1", ran.out);
    let written = fs::read_to_string(&json).expect("written");
    insta::assert_snapshot!("answers_case47_s1_json", written);
    assert_eq!(fs::read_to_string(&csv).expect("written").lines().count(), 18);
    let first = (fs::read(&csv).expect("written"), written);
    assert_eq!(demerge(&arguments).out, ran.out);
    assert_eq!((fs::read(&csv).expect("written"), fs::read_to_string(&json).expect("written")), first);
    let refused = demerge(&arguments[..8]);
    assert_eq!(refused.code, 7, "a file that is there is kept: {}", refused.err);
}

#[test]
fn what_is_not_tried_is_said() {
    let case = data("case47");
    let ran = demerge(&["answers", text(&case), "--scenario", "S1", "--most", "1"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
    let words = ran.out.split_whitespace().collect::<Vec<&str>>().join(" ");
    for told in
        ["at least from the worst to the best", "50 combinations of answers are possible; ", "was not tried", "open"]
    {
        assert!(words.contains(told), "{told}: {}", ran.out);
    }
}

#[test]
fn an_impossible_scenario_ends_with_4_and_a_limit_with_5() {
    let out = folder();
    let json = out.path().join("a.json");
    let ran = demerge(&["answers", text(&data("example")), "--scenario", "S9", "--json", text(&json)]);
    assert!(ran.code == 4 && ran.out.contains("No plan keeps every rule"), "{}", ran.out);
    let written: Value = serde_json::from_slice(&fs::read(&json).expect("written")).expect("JSON");
    assert_eq!(written["status"], "impossible");
    let ran = demerge(&["answers", text(&data("case47")), "--scenario", "S1", "--limit", "0"]);
    assert_eq!(ran.code, 5, "{}", ran.out);
}

/// The answers named are those that `solve` gives when they stand in the file.
#[test]
fn an_answer_in_the_file_gives_what_the_range_says() {
    let out = folder();
    let (case, json) = (out.path().join("case"), out.path().join("a.json"));
    // P28 and P45 state B, which `answers` names as the worst for "stated authority not met".
    copy(&data("case47"), &case, |csv| {
        let edited =
            csv.replace("P28,,,no_response", "P28,B,,responded").replace("P45,,,no_response", "P45,B,,responded");
        edited.into_bytes()
    });
    let ran = demerge(&["answers", text(&case), "--scenario", "S1", "--json", text(&json)]);
    assert_eq!(ran.code, 0, "{}", ran.out);
    let written: Value = serde_json::from_slice(&fs::read(&json).expect("written")).expect("JSON");
    let outcomes = written["outcomes"].as_array().expect("outcomes");
    let today = |name: &str| outcomes.iter().find(|row| row["outcome"] == name).expect("there")["today"].clone();
    assert_eq!(
        (today("preference_not_met"), today("preference_met"), today("placed")),
        ("11".into(), "35".into(), "46".into())
    );
    assert_eq!(written["combinations"], "2", "only P41's late answer is open now");
}

/// Whom to ask stands in the report of `solve` too; a case in which everybody has answered has no such section.
#[test]
fn the_report_of_a_plan_says_whom_to_ask() {
    let out = folder();
    let (case, report) = (out.path().join("case"), out.path().join("out"));
    let solve = |case: &std::path::Path| {
        let ran = demerge(&["solve", text(case), "--scenario", "S1", "--out", text(&report)]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        let page = fs::read_to_string(report.join("report.html")).expect("written");
        page.split_whitespace().collect::<Vec<&str>>().join(" ")
    };
    assert!(solve(&data("case47")).contains("The answers of 3 people are open. Ask P28 and P45 first"));
    copy(&data("case47"), &case, |csv| {
        csv.replace(",,,no_response,", ",A,,responded,").replace("strong,late", "strong,responded").into_bytes()
    });
    assert!(!solve(&case).contains("Answers still to come"));
}

/// By the file: somebody without a row counts as one who has not answered.
#[test]
fn a_missing_row_is_an_open_answer() {
    let out = folder();
    let case = out.path().join("case");
    copy(&data("case47"), &case, |csv| {
        let kept = csv.lines().filter(|line| !line.starts_with("P28,,,no_response"));
        kept.map(|line| format!("{line}\n")).collect::<String>().into_bytes()
    });
    let ran = demerge(&["answers", text(&case), "--scenario", "S1"]);
    assert!(ran.code == 0 && ran.out.contains("P28      no answer"), "{}{}", ran.out, ran.err);
    assert!(ran.out.contains("50 combinations"), "{}", ran.out);
}
