//! The same case gives the same answer, whatever it is packed in.

use std::fs;
use std::path::Path;

use crate::cli::run::{NAMES, copy, data, demerge, folder, plan_alone, solve, text};

fn solved(case: &Path, scenario: &str) -> tempfile::TempDir {
    let out = folder();
    let ran = solve(case, scenario, out.path(), &[]);
    assert_eq!(ran.code, 0, "{case:?}: {}{}", ran.out, ran.err);
    out
}

#[test]
fn same_input_same_bytes() {
    for (case, scenario) in [("case47", "S1"), ("case47", "S6"), ("example", "S2")] {
        let (first, second) = (solved(&data(case), scenario), solved(&data(case), scenario));
        for name in NAMES {
            let read = |out: &Path| fs::read(out.join(name)).expect("a file");
            assert!(read(first.path()) == read(second.path()), "{case} {scenario} {name}");
        }
    }
}

/// Rows below the heading turned round, then dealt in two: the odd ones first.
fn shuffled(table: &str) -> Vec<u8> {
    let mut lines = table.lines();
    let heading = lines.next().unwrap_or_default();
    let rows: Vec<&str> = lines.rev().collect();
    let odd = rows.iter().skip(1).step_by(2);
    let dealt = [&heading].into_iter().chain(odd).chain(rows.iter().step_by(2));
    dealt.flat_map(|line| [*line, "\n"]).collect::<String>().into_bytes()
}

#[test]
fn the_order_of_rows_changes_nothing() {
    for (case, scenario) in [("case47", "S1"), ("case47", "S3"), ("cases/good/three_authorities", "S3")] {
        let other = folder();
        copy(&data(case), other.path(), shuffled);
        let (first, second) = (solved(&data(case), scenario), solved(other.path(), scenario));
        assert_eq!(plan_alone(first.path()), plan_alone(second.path()), "{case} {scenario}");
    }
}

#[test]
fn line_endings_and_byte_order_marks_change_nothing() {
    let other = folder();
    copy(&data("case47"), other.path(), |table| {
        format!("\u{feff}{}", table.replace("\r\n", "\n").replace('\n', "\r\n")).into_bytes()
    });
    let (first, second) = (solved(&data("case47"), "S1"), solved(other.path(), "S1"));
    assert_eq!(plan_alone(first.path()), plan_alone(second.path()));
}

#[test]
fn a_workbook_made_from_a_case_gives_the_same_plan() {
    let files = folder();
    for (case, scenario) in [("case47", "S1"), ("case47", "S8"), ("example", "S2")] {
        let book = files.path().join(format!("{}-{scenario}.xlsx", case));
        let ran = demerge(&["template", "--from", text(&data(case)), "--out", text(&book)]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        let (first, second) = (solved(&data(case), scenario), solved(&book, scenario));
        assert_eq!(plan_alone(first.path()), plan_alone(second.path()), "{case} {scenario}");
    }
}
