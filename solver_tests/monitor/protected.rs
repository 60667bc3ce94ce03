//! Protected people at risk while a suitable post went to somebody else. Truth: by hand, from case47's files.

use std::fs;

use crate::cli::run::{copy, data, demerge, folder, text};

/// case47 with one person's protection written into the table.
fn with(person: &str, protection: &str) -> tempfile::TempDir {
    let into = folder();
    copy(&data("case47"), into.path(), |text| text.as_bytes().to_vec());
    let file = into.path().join("equality_restricted.csv");
    let table = fs::read_to_string(&file).expect("the table");
    let row = |line: &str| {
        let mut cells: Vec<String> = line.split(',').map(str::to_owned).collect();
        if cells[0] == person {
            let (kind, date) = protection.split_once(',').expect("two cells");
            (cells[5], cells[6]) = (kind.to_owned(), date.to_owned());
        }
        cells.join(",") + "\n"
    };
    fs::write(file, table.lines().map(row).collect::<String>()).expect("written");
    into
}

/// The list that the verb writes, without its mark of encoding.
fn listed(case: &std::path::Path) -> (String, String) {
    let out = folder();
    let file = out.path().join("protected.csv");
    let ran = demerge(&["monitor", text(case), "--scenario", "S1", "--protected", text(&file)]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    (fs::read_to_string(file).expect("the list").trim_start_matches('\u{feff}').to_owned(), ran.out)
}

/// By hand: in S1 P05 is at risk; the rules allow P05 the posts A06, which P07 has, and A12, which P14 has.
#[test]
fn somebody_protected_at_risk_is_named_with_the_date_and_who_has_the_post() {
    let case = with("P05", "adoption_leave,2020-12-01");
    let (list, screen) = listed(case.path());
    let rows: Vec<&str> = list.lines().skip(1).collect();
    assert_eq!(
        rows,
        [
            "Restricted: equality data,P05,6,adoption_leave,2020-12-01,A06,7,P07",
            "Restricted: equality data,P05,6,adoption_leave,2020-12-01,A12,13,P14",
        ]
    );
    let flat = screen.split_whitespace().collect::<Vec<_>>().join(" ");
    let told = "P05 (people.csv row 6) is at risk and protected (adoption_leave, since 2020-12-01), while A06 went to P07 and A12 went to P14.";
    assert!(flat.contains(told), "{screen}");
}

/// By hand: P29 and P31 are the two people with a protection in case47, and both have a post in S1. P07, who has A06, is protected here
/// too: then nobody was put before P05 there.
#[test]
fn nobody_is_named_who_has_a_post_or_stands_behind_another_protected_person() {
    let (list, screen) = listed(&data("case47"));
    assert_eq!(list.lines().count(), 1);
    assert!(screen.contains("Nobody who is protected"), "{screen}");
    let case = with("P05", "maternity_leave,2020-12-01");
    let file = case.path().join("equality_restricted.csv");
    let table = fs::read_to_string(&file).expect("the table");
    let both = table.lines().map(|line| match line.strip_prefix("P07,") {
        Some(rest) => format!("P07,{}\n", rest.replacen("none,", "pregnancy_notified,2021-01-04", 1)),
        None => format!("{line}\n"),
    });
    fs::write(&file, both.collect::<String>()).expect("written");
    let posts: Vec<String> =
        listed(case.path()).0.lines().skip(1).map(|row| row.split(',').nth(5).expect("a post").to_owned()).collect();
    assert_eq!(posts, ["A12"]);
}
