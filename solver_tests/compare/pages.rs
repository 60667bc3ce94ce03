//! The verb `compare` as a user meets it: words, files, exit codes.

use std::fs;

use demerge::report::compare::{compare_csv, compare_json, flow_drawing, screen};
use demerge::report::terminal::write_text;

use crate::cli::run::{data, demerge, folder, text};
use crate::compare::{compared, figures};

/// By hand: posts.csv row 57 is B23, which P41 holds in S1 and which B2 does not have.
#[test]
fn the_screen_says_where_a_change_comes_in() {
    let (case, found) = compared("case47", &["S1", "S3", "S7"]);
    let wide = write_text(&screen(&case, &found), 5_000);
    assert!(wide.contains("B23 is not in structure B2 (posts.csv row 57)"), "{wide}");
    assert!(wide.contains("B has structure B2 instead of B1: 2 people move first here"), "{wide}");
    assert!(wide.contains("is stated first: 2 people move first here"), "{wide}");
    assert!(wide.contains("proves no cause"), "{wide}");
    for column in wide.lines().filter(|line| line.starts_with("P32")) {
        assert!(column.contains("undecided in S1"), "P32 is undecided in S1, so it does not move: {column}");
    }
    let narrow = write_text(&screen(&case, &found), 80);
    assert!(narrow.lines().all(|line| line.chars().count() <= 80), "{narrow}");
}

/// Six scenarios stand in two tables, and each line still fits.
#[test]
fn many_scenarios_fit_on_a_screen() {
    let (case, found) = compared("case47", &["S1", "S2", "S4", "S5", "S6", "S7"]);
    let narrow = write_text(&screen(&case, &found), 80);
    assert!(narrow.lines().all(|line| line.chars().count() <= 80), "{narrow}");
    assert!(narrow.contains("-") && narrow.contains("S6"), "{narrow}");
}

/// The files hold the comparison, the same each time, and the drawing counts everybody.
#[test]
fn the_files_hold_the_comparison() {
    let (case, found) = compared("case47", &["S1", "S3"]);
    let again = compared("case47", &["S1", "S3"]).1;
    assert_eq!(compare_json(&case, &found), compare_json(&case, &again));
    let json: serde_json::Value = serde_json::from_slice(&compare_json(&case, &found)).expect("JSON");
    assert_eq!(json["schema"], "demerge/compare/1");
    assert_eq!(json["scenarios"][0]["objectives"][5]["value"], "2651696.65");
    assert_eq!(json["against"][0]["posts_lost"], serde_json::json!(["B23", "B24"]));
    assert_eq!(json["against"][0]["movers"][1]["person_id"], "P41");
    assert_eq!(json["against"][0]["movers"][1]["step"], 1);
    let csv = String::from_utf8(compare_csv(&case, &found)).expect("UTF-8");
    assert!(csv.starts_with("\u{feff}section,item,S1,S3,remark\r\n"), "{csv}");
    assert_eq!(csv.lines().filter(|line| line.starts_with("person,")).count(), 47, "{csv}");
    let drawing = String::from_utf8(flow_drawing(&case, "S1", &figures(&found, 0).flows).to_svg()).expect("UTF-8");
    assert!(drawing.contains("<title") && drawing.contains("<desc") && drawing.contains("no post (at risk): 1 person"));
}

#[test]
fn the_verb_writes_its_files_once_and_an_impossible_scenario_is_an_answer() {
    let out = folder();
    let (case, example) = (data("case47"), data("example"));
    let files = ["a.csv", "a.json", "a.html"].map(|name| out.path().join(name));
    let [csv, json, html] = files.each_ref().map(|file| text(file));
    let arguments = ["compare", text(&case), "S1", "S7", "--out", csv, "--json", json, "--html", html];
    let ran = demerge(&arguments);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
    let first = files.each_ref().map(|file| fs::read(file).expect("written"));
    let page = String::from_utf8(first[2].clone()).expect("UTF-8");
    assert!(page.contains("id=\"flows-drawing-2-title\"") && page.contains("SHA-256"), "{page}");
    assert_eq!(demerge(&arguments).code, 7, "a file that is there is kept");
    assert_eq!(demerge(&[&arguments[..], &["--force"]].concat()).out, ran.out);
    assert_eq!(files.each_ref().map(|file| fs::read(file).expect("written")), first);
    let ran = demerge(&["compare", text(&example), "S1", "S9"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
    assert!(ran.out.contains("Impossible: no plan keeps"), "{}", ran.out);
    let ran = demerge(&["compare", text(&case), "S1", "S7", "--limit", "0"]);
    assert!(ran.code == 5 && ran.out.contains("stopped"), "{}", ran.out);
}

#[test]
fn scenarios_that_are_not_there_are_named_together() {
    let case = data("case47");
    let ran = demerge(&["compare", text(&case), "S1", "S11", "S12"]);
    assert!(ran.code == 2 && ran.err.contains("S11") && ran.err.contains("S12"), "{}", ran.err);
    assert_eq!(demerge(&["compare", text(&case), "S1"]).code, 2);
    let ran = demerge(&["compare", text(&case), "S1", "S1"]);
    assert!(ran.code == 2 && ran.err.contains("named twice"), "{}", ran.err);
}
