//! `verify`: what it accepts and what it refuses.

use std::fs;
use std::path::{Path, PathBuf};

use crate::cli::run::{Ran, data, demerge, folder, solve, text};

fn solved(out: &Path) -> PathBuf {
    assert_eq!(solve(&data("case47"), "S1", out, &[]).code, 0);
    out.join("plan.json")
}

fn verify(scenario: &str, plan: &Path) -> Ran {
    demerge(&["verify", text(&data("case47")), "--scenario", scenario, text(plan)])
}

fn edited(plan: &Path, from: &str, to: &str) -> PathBuf {
    let found = fs::read_to_string(plan).expect("a plan");
    assert!(found.contains(from), "{from} is there to be edited");
    let path = plan.with_file_name(format!("edited-{}", plan.file_name().expect("a name").display()));
    fs::write(&path, found.replacen(from, to, 1)).expect("written");
    path
}

#[test]
fn our_own_plan_is_allowed_and_proved_best() {
    let out = folder();
    let ran = verify("S1", &solved(out.path()));
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
    for word in ["this plan is allowed", "No allowed plan is better", "Proved best: the file's own proof"] {
        assert!(ran.out.contains(word), "{word}: {}", ran.out);
    }
    let ran = verify("S1", &out.path().join("placements.csv"));
    assert_eq!(ran.code, 0, "{}", ran.out);
    assert!(ran.out.contains("No allowed plan is better"), "{}", ran.out);
}

/// P01 holds A02 in the plan (a seat for one); P09 is put there too, without a match row.
#[test]
fn a_list_that_breaks_rules_is_refused_with_their_codes() {
    let out = folder();
    solved(out.path());
    let list = edited(&out.path().join("placements.csv"), "P09,A08", "P09,A02");
    let ran = verify("S1", &list);
    assert_eq!(ran.code, 6, "{}", ran.out);
    for word in ["this plan is not allowed", "R102", "R202", "P09"] {
        assert!(ran.out.contains(word), "{word}: {}", ran.out);
    }
}

/// Truth: one person fewer is placed than the best, 46.
#[test]
fn a_poorer_plan_is_allowed_and_its_distance_is_told() {
    let out = folder();
    solved(out.path());
    let ran = verify("S1", &edited(&out.path().join("placements.csv"), "P01,A02", "P01,"));
    assert_eq!(ran.code, 0, "{}", ran.out);
    for word in ["1 worse", "first falls short of the best in \"People with a post\""] {
        assert!(ran.out.contains(word), "{word}: {}", ran.out);
    }
}

#[test]
fn a_claim_that_does_not_hold_is_refused() {
    let out = folder();
    let plan = solved(out.path());
    let value = verify("S1", &edited(&plan, "\"value\":265169665", "\"value\":265169664"));
    assert_eq!(value.code, 6, "{}", value.out);
    assert!(value.out.contains("own proof does not hold"), "{}", value.out);
    let proof = verify("S1", &edited(&plan, "\"multiplier\":", "\"multiplier\":-"));
    assert_eq!(proof.code, 6, "{}", proof.out);
    let seats = verify("S1", &edited(&plan, "\"seats\":1", "\"seats\":3"));
    assert_eq!(seats.code, 6, "{}", seats.out);
    assert!(seats.out.contains("under \"vacancies\""), "{}", seats.out);
}

#[test]
fn a_plan_for_another_scenario_is_looked_at_without_its_claims() {
    let out = folder();
    let ran = verify("S5", &solved(out.path()));
    assert_eq!(ran.code, 6, "{}", ran.out);
    for word in ["made for scenario S1", "R206"] {
        assert!(ran.out.contains(word), "{word}: {}", ran.out);
    }
}

#[test]
fn a_file_that_is_no_plan_of_this_case_is_an_input_error() {
    let out = folder();
    let file = out.path().join("plan");
    for (bytes, word) in [
        ("{}", "not a plan"),
        ("{\"schema\": \"other\", \"placements\": []}", "\"other\""),
        ("person_id,post_id\nP01,Z99\n", "Z99"),
        ("name,post\n", "person_id"),
    ] {
        fs::write(&file, bytes).expect("written");
        let ran = verify("S1", &file);
        assert_eq!(ran.code, 3, "{bytes}: {}", ran.err);
        assert!(ran.err.contains(word), "{bytes}: {}", ran.err);
    }
}

fn verify_example(scenario: &str, plan: &Path) -> Ran {
    demerge(&["verify", text(&data("example")), "--scenario", scenario, text(plan)])
}

/// Truth: by hand, data/example/why.txt (the share needs five people at T, the pin leaves seats for four).
#[test]
fn a_proof_that_there_is_no_plan_is_checked() {
    let out = folder();
    assert_eq!(solve(&data("example"), "S9", out.path(), &[]).code, 4);
    let plan = out.path().join("plan.json");
    let ran = verify_example("S9", &plan);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
    for word in ["no plan keeps every rule", "own proof that no plan exists holds", "pins.csv row 2"] {
        assert!(ran.out.contains(word), "{word}: {}", ran.out);
    }
    for (from, to, word) in [
        ("\"price\":-1", "\"price\":1", "own proof does not hold"),
        ("at least 40%", "at least 41%", "under \"conflict\""),
        ("\"kind\":\"pin\",\"index\":0", "\"kind\":\"pin\",\"index\":7", "names Pin(7)"),
        ("\"unplaced\": []", "\"unplaced\": [\"P01\"]", "under \"unplaced\""),
    ] {
        let ran = verify_example("S9", &edited(&plan, from, to));
        assert_eq!(ran.code, 6, "{from}: {}{}", ran.out, ran.err);
        assert!(ran.out.contains(word), "{from}: {}", ran.out);
    }
    let other = verify_example("S1", &plan);
    assert_eq!(other.code, 3, "{}", other.out);
    assert!(other.err.contains("scenario S9 has no plan"), "{}", other.err);
}

#[test]
fn a_run_that_was_stopped_before_it_had_a_plan_claims_nothing() {
    let out = folder();
    let plan = out.path().join("plan.json");
    let text = "{\"schema\":\"demerge/plan/1\",\"scenario\":\"S1\",\"status\":\"stopped\",\"objectives\":[],\"placements\":[]}";
    fs::write(&plan, text).expect("written");
    let ran = verify("S1", &plan);
    assert_eq!(ran.code, 0, "{}", ran.out);
    assert!(ran.out.contains("stopped before it had a plan"), "{}", ran.out);
}

#[test]
fn a_file_that_names_two_scenarios_is_refused() {
    let out = folder();
    let plan = solved(out.path());
    let found = fs::read_to_string(&plan).expect("a plan");
    assert_eq!(found.matches("\"scenario\": \"S1\"").count(), 2);
    let first = verify("S1", &edited(&plan, "\"scenario\": \"S1\"", "\"scenario\": \"S2\""));
    fs::write(&plan, found.replace("    \"scenario\": \"S1\"", "    \"scenario\": \"S2\"")).expect("written");
    for ran in [first, verify("S1", &plan)] {
        assert_eq!(ran.code, 6, "{}", ran.out);
        assert!(ran.out.contains("in one place and"), "{}", ran.out);
    }
}

#[test]
fn a_status_that_means_nothing_is_refused() {
    let out = folder();
    let ran = verify("S1", &edited(&solved(out.path()), "\"optimal\"", "\"perfect\""));
    assert_eq!(ran.code, 6, "{}", ran.out);
    assert!(ran.out.contains("status is \"perfect\""), "{}", ran.out);
}

/// A plan of another program has the contract's keys and no proofs; what it does say must still be so.
#[test]
fn the_figures_of_a_plan_without_proofs_are_checked() {
    let out = folder();
    let plan = solved(out.path());
    let mut bare: serde_json::Value = serde_json::from_slice(&fs::read(&plan).expect("a plan")).expect("JSON");
    let keys = bare.as_object_mut().expect("an object");
    for key in ["proofs", "witnesses", "effort", "pools", "undecided_complete"] {
        keys.remove(key);
    }
    fs::write(&plan, bare.to_string()).expect("written");
    let ran = verify("S1", &plan);
    assert_eq!(ran.code, 0, "{}", ran.out);
    assert!(ran.out.contains("our own run confirms it"), "{}", ran.out);
    for (from, to, word) in [
        ("\"value\":265169665", "\"value\":265169666", "under \"objectives\""),
        ("\"cost_pence\":", "\"cost_pence\":1", "under \"placements\""),
        ("\"unplaced\":[\"", "\"unplaced\":[\"P01\",\"", "under \"unplaced\""),
    ] {
        let ran = verify("S1", &edited(&plan, from, to));
        assert_eq!(ran.code, 6, "{from}: {}{}", ran.out, ran.err);
        assert!(ran.out.contains(word), "{from}: {}", ran.out);
    }
}
