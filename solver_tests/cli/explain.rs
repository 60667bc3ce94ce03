//! `demerge explain` as a user meets it.

use std::fs;

use serde_json::Value;

use crate::cli::run::{data, demerge, folder, text};

fn explain(case: &str, more: &[&str]) -> crate::cli::run::Ran {
    demerge(&[&["explain", text(&data(case))], more].concat())
}

/// The words of the page, without line ends.
fn words(page: &str) -> String {
    page.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Truth: the data contract (P05 and P07 are undecided between A06 and no post), the rest by hand.
#[test]
fn one_person_is_told_why_and_why_not() {
    let ran = explain("case47", &["--scenario", "S1", "P05"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let page = words(&ran.out);
    for sentence in [
        "P05: why no post",
        "They stated Brackmere District Council (A).",
        "equally good on every objective but cost (cost rises by £3,984.64 a year), so a named officer decides. Then P05 takes \
         A06; P07, who holds A06 in the plan, has no post; the number of vacancies stays the same at each authority.",
        "possible, but the best plan with it is worse: the distance from a direct match rises by 2;",
        "R202 job match: only a pair in matches.csv can be an allocation",
    ] {
        assert!(page.contains(sentence), "{sentence}\n{}", ran.out);
    }
    assert!(ran.out.lines().all(|line| line.chars().count() <= 80), "{}", ran.out);
}

/// Truth: `pins.csv` of the example.
#[test]
fn a_decision_is_named_with_row_reason_and_officer() {
    let ran = explain("example", &["--scenario", "S1", "P02", "T02"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let page = words(&ran.out);
    let sentence = "pins.csv row 2: P02 must go to Merrowdale Borough Council (M) (reason: closes the joint accounts for \
                    Merrowdale), decided by Head of Paid Service, 2026-03-09";
    assert!(page.contains(sentence), "{}", ran.out);
}

#[test]
fn everyone_is_told_on_the_screen_and_in_files() {
    let out = folder();
    let (list, json) = (out.path().join("explanations.csv"), out.path().join("explanations.json"));
    let more = ["--scenario", "S1", "--all", "--out", text(&list), "--json", text(&json)];
    let ran = explain("case47", &more);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(ran.out.lines().all(|line| line.chars().count() <= 80), "{}", ran.out);
    let read: Value = serde_json::from_slice(&fs::read(&json).expect("written")).expect("JSON");
    assert_eq!(read["schema"], "demerge/explanations/1");
    let people = read["people"].as_array().expect("people");
    assert_eq!(people.len(), 47);
    for person in people {
        for wish in person["rather"].as_array().expect("a list") {
            let verdict = wish["verdict"].as_str().expect("a word");
            let evidence = match verdict {
                "not_eligible" => "rules",
                "costs" | "undecided" => "changes",
                other => panic!("{other}: {wish}"),
            };
            assert!(!wish[evidence].as_array().expect("a list").is_empty(), "{wish}");
            assert!(!wish["text"].as_str().expect("a text").is_empty());
        }
    }
    let rows = fs::read_to_string(&list).expect("written").lines().count();
    let wishes: usize = people.iter().map(|person| person["rather"].as_array().expect("a list").len()).sum();
    assert_eq!(rows, 1 + people.len() + wishes);
    let bytes = fs::read(&json).expect("written");
    assert_eq!(explain("case47", &more).code, 7, "files that are there are not replaced");
    assert_eq!(explain("case47", &[&more[..], &["--force"]].concat()).code, 0);
    assert_eq!(fs::read(&json).expect("written"), bytes, "the same input gives the same bytes");
}

#[test]
fn what_cannot_be_explained_has_its_exit_code() {
    assert_eq!(explain("case47", &["--scenario", "S1"]).code, 2);
    assert_eq!(explain("case47", &["--scenario", "S1", "P01", "--all"]).code, 2);
    let ran = explain("case47", &["--scenario", "S1", "p05"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("there is no person \"p05\" in people.csv"), "{}", ran.err);
    let ran = explain("example", &["--scenario", "S9", "P01"]);
    assert_eq!(ran.code, 4);
    assert!(ran.out.contains("cannot all be kept"), "{}", ran.out);
}
