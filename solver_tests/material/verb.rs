//! The verb `diff` as a user meets it: last line, exit codes, files, plan files, another case.

use std::fs;
use std::path::PathBuf;

use crate::cli::run::{Ran, copy, data, demerge, folder, solve, text};

fn rule() -> PathBuf {
    data("rules/material.toml")
}

fn diff(consulted: &str, settled: &str, more: &[&str]) -> Ran {
    let (case, rule) = (data("case47"), rule());
    demerge(&[&["diff", text(&case), consulted, settled, "--rule", text(&rule)], more].concat())
}

fn last(ran: &Ran) -> String {
    ran.out.lines().rev().take(2).collect::<Vec<_>>().into_iter().rev().collect::<Vec<_>>().join(" ")
}

/// By hand: nothing differs; S4 adds two posts and deletes one; see the tests of `judge`.
#[test]
fn the_last_line_says_whether_the_delegated_power_applies() {
    let same = diff("S1", "S1", &[]);
    assert_eq!((same.code, same.err.as_str()), (0, ""), "{}", same.out);
    assert!(last(&same).ends_with("Every line is within the rule: the delegated power applies."), "{}", same.out);
    let split = diff("S1", "S4", &[]);
    assert_eq!(split.code, 8);
    assert!(last(&split).ends_with("2 of 9 lines are beyond: report back to members."), "{}", split.out);
    assert!(split.out.contains("A15a") && split.out.contains("posts.csv row 17"), "{}", split.out);
    let leaner = diff("S1", "S3", &[]);
    assert_eq!(leaner.code, 8);
    for ran in [&same, &split, &leaner] {
        assert!(ran.out.lines().all(|line| line.chars().count() <= 80), "{}", ran.out);
    }
}

#[test]
fn a_plan_file_counts_as_its_scenario_if_it_holds() {
    let out = folder();
    assert_eq!(solve(&data("case47"), "S1", out.path(), &[]).code, 0);
    let plan = out.path().join("plan.json");
    let (by_file, by_id) = (diff(text(&plan), "S4", &[]), diff("S1", "S4", &[]));
    let from = |ran: &Ran| ran.out.split("Line by line").nth(1).expect("the lines").to_owned();
    assert_eq!((by_file.code, from(&by_file)), (8, from(&by_id)));
    let altered = fs::read_to_string(&plan).expect("a plan").replacen("\"A02\"", "\"A03\"", 1);
    let bad = out.path().join("bad.json");
    fs::write(&bad, altered).expect("written");
    let ran = diff("S1", text(&bad), &[]);
    assert!(ran.code == 6 && ran.out.is_empty() && ran.err.contains("does not hold"), "{}", ran.err);
    fs::write(&bad, "{}").expect("written");
    assert_eq!(diff(text(&bad), "S1", &[]).code, 6);
    assert_eq!(diff("S1", "nothing.json", &[]).code, 7);
}

/// By hand: A04's grade and A25's hours are altered in a copy, and everything else is the same.
#[test]
fn a_structure_may_stand_in_another_case() {
    let other = folder();
    copy(&data("case47"), other.path(), |table| {
        let regraded = "A04,A,Assistant Director Governance and Monitoring Officer,3,ad_governance,DIR,";
        let table = table.replace(&regraded.replace(",DIR,", ",AD,"), regraded);
        table
            .replace("A25,A,OD and Learning Officer,5,od,G9,0.6,", "A25,A,OD and Learning Officer,5,od,G9,1.0,")
            .into_bytes()
    });
    let ran = diff("S1", "S1", &["--final-case", text(other.path())]);
    assert_eq!(ran.code, 8, "{}{}", ran.out, ran.err);
    assert!(ran.out.contains("grade was AD, is DIR") && ran.out.contains("fte was 0.6, is 1"), "{}", ran.out);
    // A04 is regraded, and is a statutory post; one change of hours is within the rule.
    assert!(last(&ran).contains("2 of 9 lines are beyond"), "{}", ran.out);
}

#[test]
fn the_files_hold_the_judgement_the_same_each_time() {
    let out = folder();
    let files = ["a.csv", "a.json", "a.html"].map(|name| out.path().join(name));
    let more = ["--out", text(&files[0]), "--json", text(&files[1]), "--html", text(&files[2])];
    assert_eq!(diff("S1", "S3", &more).code, 8);
    let first = files.each_ref().map(|file| fs::read(file).expect("written"));
    assert_eq!(diff("S1", "S3", &more).code, 7, "a file that is there is kept");
    assert_eq!(diff("S1", "S3", &[&more[..], &["--force"]].concat()).code, 8);
    assert_eq!(files.each_ref().map(|file| fs::read(file).expect("written")), first);
    let json: serde_json::Value = serde_json::from_slice(&first[1]).expect("JSON");
    assert_eq!((&json["schema"], &json["delegated_power"]), (&"demerge/diff/1".into(), &"report_back".into()));
    assert_eq!(json["lines"].as_array().map(Vec::len), Some(9));
    assert_eq!(json["lines"][7]["people"][0]["person_id"], "P33");
    assert_eq!(json["lines"][8]["amount"]["consulted_gbp"], "2651696.65");
    let page = String::from_utf8(first[2].clone()).expect("UTF-8");
    assert!(page.contains("material.toml</th>") && page.contains("report back to members"), "{page}");
    let csv = String::from_utf8(first[0].clone()).expect("UTF-8");
    assert!(csv.starts_with("\u{feff}line,kind,limit,found,verdict,id,"), "{csv}");
    assert!(csv.contains("8,newly_at_risk,,,,P33,"), "{csv}");
}

#[test]
fn what_cannot_be_judged_is_said() {
    let (case, example) = (data("case47"), data("example"));
    let out = folder();
    let bad = out.path().join("rule.toml");
    fs::write(&bad, "[[line]]\nkind = \"cost\"\n").expect("written");
    let ran = demerge(&["diff", text(&case), "S1", "S3", "--rule", text(&bad)]);
    assert!(ran.code == 3 && ran.err.contains("rule.toml line 1") && ran.err.contains("L705"), "{}", ran.err);
    let ran = demerge(&["diff", text(&example), "S1", "S9", "--rule", text(&rule())]);
    assert!(ran.code == 4 && ran.err.contains("no plan"), "{}", ran.err);
    assert_eq!(diff("S1", "S11", &[]).code, 2);
    assert_eq!(diff("S1", "S3", &["--limit", "0"]).code, 5);
    assert_eq!(demerge(&["diff", text(&case), "S1", "S3"]).code, 2, "a rule is needed");
}
