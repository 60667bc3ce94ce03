//! The verbs `price`, `curve` and `rules` as a user meets them: exit codes, files, words.

use std::fs;

use crate::cli::run::{data, demerge, folder, text};

#[test]
fn each_verb_answers_and_writes_its_files_once() {
    let out = folder();
    let example = data("example");
    let (csv, json) = (out.path().join("a.csv"), out.path().join("a.json"));
    for verb in ["price", "rules"] {
        let arguments =
            [verb, text(&example), "--scenario", "S1", "--out", text(&csv), "--json", text(&json), "--force"];
        let ran = demerge(&arguments);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
        assert!(ran.out.lines().all(|line| line.chars().count() <= 80), "{}", ran.out);
        let first = (fs::read(&csv).expect("written"), fs::read(&json).expect("written"));
        let again = demerge(&arguments);
        assert_eq!(again.out, ran.out);
        assert_eq!((fs::read(&csv).expect("written"), fs::read(&json).expect("written")), first);
        let refused = demerge(&arguments[..8]);
        assert_eq!(refused.code, 7, "a file that is there is kept: {}", refused.err);
    }
}

#[test]
fn a_curve_is_drawn_and_an_unknown_rule_is_a_usage_error() {
    let out = folder();
    let (svg, csv) = (out.path().join("a.svg"), out.path().join("a.csv"));
    let example = data("example");
    let start = ["curve", text(&example), "--scenario", "S9"];
    let ran = demerge(&[&start[..], &["--clause", "1", "--out", text(&svg), "--out", text(&csv)]].concat());
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
    assert!(ran.out.contains("no plan") && ran.out.contains("The scenario has 40% today."), "{}", ran.out);
    assert!(fs::read_to_string(&svg).expect("written").starts_with("<svg"));
    assert!(fs::read_to_string(&csv).expect("written").contains("impossible"));
    for (more, told) in [
        (vec!["--clause", "2"], "counted from 1"),
        (vec!["--clause", "0"], "counted from 1"),
        (vec!["--clause", "1", "--end", "max"], "no such limit"),
        (vec!["--clause", "1", "--out", "curve.png"], "ending .svg"),
    ] {
        let ran = demerge(&[&start[..], &more].concat());
        assert!(ran.code == 2 && ran.err.contains(told), "{more:?}: {}", ran.err);
    }
}

#[test]
fn an_impossible_scenario_ends_with_4_and_a_bad_list_with_3() {
    let out = folder();
    let list = out.path().join("list.csv");
    fs::write(&list, "person_id,priority\nP99,1\n").expect("written");
    let example = data("example");
    for verb in ["price", "rules"] {
        assert_eq!(demerge(&[verb, text(&example), "--scenario", "S9"]).code, 4);
    }
    let ran = demerge(&["rules", text(&example), "--scenario", "S1", "--priority", text(&list)]);
    assert!(ran.code == 3 && ran.err.contains("list.csv row 2: the case has no person P99"), "{}", ran.err);
}
