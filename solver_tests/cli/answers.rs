//! The answers of `solve` against what is known by other means.

use std::fs;

use serde_json::Value;

use crate::cli::run::{NAMES, data, demerge, figures, folder, plan, solve, text, undecided};

/// Truth: two other exact solvers agree on these (data contract); S7 puts preference first.
const REFERENCE: [(&str, &str); 5] = [
    ("S1", "optimal; placed 46; statutory 4; preference 35; match 1; rank 51; cost 265169665"),
    ("S2", "optimal; placed 46; statutory 4; preference 35; match 1; rank 51; cost 265169665"),
    ("S4", "optimal; placed 46; statutory 4; preference 35; match 1; rank 51; cost 265169665"),
    ("S5", "optimal; placed 42; statutory 2; preference 30; match 11; rank 52; cost 245801857"),
    ("S7", "optimal; preference 37; placed 45; statutory 3; match 5; rank 47; cost 260702209"),
];

#[test]
fn case47_has_the_reference_answers_by_either_solver() {
    for (scenario, expected) in REFERENCE {
        let folders = ["network", "linear"].map(|solver| {
            let out = folder();
            let ran = solve(&data("case47"), scenario, out.path(), &["--solver", solver]);
            assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{scenario} {solver}");
            let plan = plan(out.path());
            assert_eq!(figures(&plan), expected, "{scenario} {solver}");
            (out, plan)
        });
        assert_eq!(folders[0].1["placements"], folders[1].1["placements"], "{scenario}: one plan from both solvers");
    }
}

/// Truth: the data contract.
#[test]
fn case47_s1_has_the_reference_vacancies_and_undecided_people() {
    let out = folder();
    assert_eq!(solve(&data("case47"), "S1", out.path(), &[]).code, 0);
    let plan = plan(out.path());
    let expected = "P05 (A06, no post); P07 (A06, no post); P29 (A23, B17); P30 (A23, B17); P31 (A24, B24); \
                    P32 (A24, B24); P38 (A28, B19); P39 (A28, B19)";
    assert_eq!(undecided(&plan), expected);
    assert_eq!(seats(&plan, "A"), 7);
    assert_eq!(seats(&plan, "B"), 2);
}

fn seats(plan: &Value, authority: &str) -> u64 {
    let rows = plan["vacancies"].as_array().expect("vacancies").iter();
    let there = rows.filter(|row| row["post_id"].as_str().expect("an id").starts_with(authority));
    there.map(|row| row["seats"].as_u64().expect("a number")).sum()
}

/// Scenarios without a published answer: solved, certified (or the program would refuse), and accepted by `verify`.
#[test]
fn the_other_scenarios_of_case47_are_solved_and_certified() {
    for scenario in ["S3", "S6", "S8"] {
        let out = folder();
        let ran = solve(&data("case47"), scenario, out.path(), &[]);
        assert_eq!(ran.code, 0, "{scenario}: {}", ran.err);
        let file = out.path().join("plan.json");
        let ran = demerge(&["verify", text(&data("case47")), "--scenario", scenario, text(&file)]);
        assert_eq!(ran.code, 0, "{scenario}: {}", ran.out);
        assert!(ran.out.contains("Proved best"), "{scenario}: {}", ran.out);
    }
}

/// Truth: `why.txt` of each case, by hand and by listing every plan (data/cases/enumerate.py).
#[test]
fn every_small_case_has_the_answer_that_its_why_tells() {
    let mut compared = 0;
    let groups = ["cases/good", "cases/impossible"].map(|group| {
        fs::read_dir(data(group)).expect("cases").map(|entry| entry.expect("an entry").path()).collect::<Vec<_>>()
    });
    for case in groups.concat().into_iter().chain([data("example")]) {
        let why = fs::read_to_string(case.join("why.txt")).expect("why.txt");
        let mut lines = why.lines().take_while(|line| !line.is_empty()).peekable();
        while let Some((scenario, expected)) = lines.next().and_then(|line| line.split_once(": ")) {
            let out = folder();
            let ran = solve(&case, scenario, out.path(), &[]);
            let found = plan(out.path());
            assert_eq!(figures(&found), expected, "{case:?} {scenario}");
            assert_eq!(ran.code, if expected == "impossible" { 4 } else { 0 }, "{case:?} {scenario}");
            if let Some(line) = lines.next_if(|line| line.starts_with("  undecided: ")) {
                assert_eq!(format!("  undecided: {}", undecided(&found)), line, "{case:?} {scenario}");
            }
            compared += 1;
        }
    }
    assert!(compared >= 21, "only {compared} scenarios compared");
}

#[test]
fn an_impossible_scenario_leaves_reasons_and_no_old_lists() {
    let out = folder();
    assert_eq!(solve(&data("example"), "S1", out.path(), &[]).code, 0);
    let rows = |name: &str| fs::read_to_string(out.path().join(name)).expect("a file").lines().count();
    assert!(rows("placements.csv") > 1 && rows("vacancies.csv") > 1 && rows("at_risk.csv") > 1);
    let ran = solve(&data("example"), "S9", out.path(), &[]);
    assert_eq!(ran.code, 4);
    for word in ["cannot all be kept", "P02", "40"] {
        assert!(ran.out.contains(word), "{word}: {}", ran.out);
    }
    assert_eq!((rows("placements.csv"), rows("vacancies.csv"), rows("at_risk.csv")), (1, 1, 1));
    let found = plan(out.path());
    assert!(found["conflict"].is_object() && found["placements"].as_array().expect("a list").is_empty());
    assert!(NAMES.iter().all(|name| out.path().join(name).exists()));
}
