//! Exit codes, help, streams and files that are not to be lost.

use std::fs;
use std::io::Read;
use std::process::{Command, Stdio};

use crate::cli::run::{NAMES, data, demerge, folder, plan, solve, text};

#[test]
fn help_says_the_questions_and_the_exit_codes() {
    let ran = demerge(&["--help"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    for word in
        ["Are my files right?", "Who goes where?", "Is this plan allowed", "Can I have a workbook", "Who could do"]
    {
        assert!(ran.out.contains(word), "{word}: {}", ran.out);
    }
    for verb in ["check", "solve", "verify", "template", "match"] {
        let ran = demerge(&[verb, "--help"]);
        assert_eq!(ran.code, 0);
        assert!(ran.out.contains("Exit codes:") && ran.out.contains("Usage: demerge"), "{}", ran.out);
    }
    assert!(demerge(&["--version"]).out.starts_with("demerge "));
}

/// The list in the help and the table in the docs are one.
#[test]
fn the_docs_list_every_exit_code() {
    let docs = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/CLI.md")).expect("docs/CLI.md");
    let help = demerge(&["--help"]).out;
    let codes = help.split("Exit codes:\n").nth(1).expect("a list");
    for line in codes.lines() {
        let (code, meaning) = line.trim().split_once("  ").expect("a code and its meaning");
        assert!(docs.contains(&format!("| {code} | {meaning} |")), "docs/CLI.md lacks: {line}");
    }
}

#[test]
fn a_command_that_cannot_be_understood_is_2() {
    let case = data("case47");
    let case = text(&case);
    assert_eq!(demerge::<&str>(&[]).code, 2);
    assert_eq!(demerge(&["place", case]).code, 2);
    assert_eq!(demerge(&["solve", case, "--solver", "guess"]).code, 2);
    let ran = demerge(&["solve", case]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("S1, S2, S3, S4, S5, S6, S7, S8") && ran.err.contains("--scenario"), "{}", ran.err);
    // The name of its file will do, wherever a shell completed it from.
    for name in ["S1.toml", "scenarios/S1.toml", text(&data("case47/scenarios/S1.toml"))] {
        assert_eq!(demerge(&["solve", case, "--scenario", name]).code, 0, "{name}");
    }
    let ran = demerge(&["solve", case, "--scenario", "S11"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("did you mean"), "{}", ran.err);
    let ran = demerge(&["solve", case, "--scenario", "S1", "--out", case]);
    assert_eq!(ran.code, 2);
    assert!(!data("case47/plan.json").exists());
}

#[test]
fn check_lists_every_fault_on_stdout() {
    let sound = demerge(&["check", text(&data("case47"))]);
    assert_eq!((sound.code, sound.err.as_str()), (0, ""));
    assert!(sound.out.contains("warning[") && sound.out.contains("The case can be solved."), "{}", sound.out);
    let one = demerge(&["check", text(&data("case47")), "--scenario", "S5"]);
    assert!(
        one.out.contains("post A15a") && !sound.out.contains("post A15a"),
        "offered in other scenarios: {}",
        one.out
    );
    let bad = demerge(&["check", text(&data("cases/bad/cells"))]);
    assert_eq!((bad.code, bad.err.as_str()), (3, ""));
    assert!(bad.out.contains("error[L") && bad.out.contains("cannot be solved"), "{}", bad.out);
    let solved = demerge(&["solve", text(&data("cases/bad/cells")), "--scenario", "S1"]);
    assert_eq!((solved.code, solved.out.as_str()), (3, ""));
    assert!(solved.err.contains("error[L"), "{}", solved.err);
}

#[test]
fn a_case_that_is_not_there_is_7() {
    let ran = demerge(&["check", "no/such/case"]);
    assert_eq!((ran.code, ran.out.as_str()), (7, ""));
    assert!(ran.err.contains("no/such/case"), "{}", ran.err);
}

#[test]
fn a_run_that_meets_its_limit_gives_the_best_plan_so_far() {
    let out = folder();
    let ran = solve(&data("case47"), "S1", out.path(), &["--limit", "0"]);
    assert_eq!(ran.code, 5, "{}", ran.err);
    assert!(ran.out.contains("not proved best"), "{}", ran.out);
    assert_eq!(plan(out.path())["status"], "stopped");
    assert!(NAMES.iter().all(|name| out.path().join(name).exists()));
    let file = out.path().join("plan.json");
    let ran = demerge(&["verify", text(&data("case47")), "--scenario", "S1", text(&file)]);
    assert_eq!(ran.code, 0, "{}", ran.out);
    assert!(ran.out.contains("own proofs hold"), "{}", ran.out);
}

#[test]
fn a_case_without_scenarios_shows_the_one_that_is_made_up() {
    let case = folder();
    crate::cli::run::copy(&data("cases/good/one_seat_for_two"), case.path(), |table| table.as_bytes().to_vec());
    fs::remove_dir_all(case.path().join("scenarios")).expect("removed");
    let ran = demerge(&["solve", text(case.path())]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("scenarios/default.toml") && ran.out.contains("[policy]"), "{}", ran.out);
}

#[test]
fn a_reader_that_has_seen_enough_is_no_fault() {
    let case = data("case47");
    for arguments in [&["check", text(&case)][..], &["solve", text(&case), "--scenario", "S1"], &["match", text(&case)]]
    {
        let mut child = Command::new(env!("CARGO_BIN_EXE_demerge"))
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        drop(child.stdout.take());
        let mut err = String::new();
        child.stderr.take().expect("it is piped").read_to_string(&mut err).expect("UTF-8");
        assert_eq!(child.wait().expect("it ends").code(), Some(0), "{err}");
        assert!(!err.contains("fault"), "{err}");
    }
}

#[test]
fn the_log_is_on_stderr_and_names_nobody() {
    let ran = demerge(&["solve", text(&data("case47")), "--scenario", "S1", "-vv", "--log", "json"]);
    assert_eq!(ran.code, 0);
    assert!(!ran.out.contains("\"level\""));
    for span in ["load", "model", "solve", "stage", "certify"] {
        assert!(ran.err.contains(&format!("\"name\":\"{span}\"")), "{span}: {}", ran.err);
    }
    assert!(ran.err.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()), "{}", ran.err);
    for private in ["P05", "salary", "265169665"] {
        assert!(!ran.err.contains(private), "{private}: {}", ran.err);
    }
    assert_eq!(demerge(&["solve", text(&data("case47")), "--scenario", "S1"]).err, "");
}

#[test]
fn match_proposes_what_check_then_accepts() {
    let files = folder();
    let file = files.path().join("matches.csv");
    let ran = demerge(&["match", text(&data("case47")), "--out", text(&file)]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""));
    assert!(ran.err.contains("matches proposed") && ran.err.contains("HR confirms"), "{}", ran.err);
    let written = fs::read_to_string(&file).expect("a list");
    assert_eq!(demerge(&["match", text(&data("case47"))]).out, written);
    let again = demerge(&["match", text(&data("case47")), "--out", text(&file)]);
    assert_eq!(again.code, 7, "it is there already");
    assert!(again.err.contains("--force"), "{}", again.err);
    assert_eq!(demerge(&["match", text(&data("case47")), "--out", text(&file), "--force"]).code, 0);
    let case = folder();
    crate::cli::run::copy(&data("case47"), case.path(), |table| table.as_bytes().to_vec());
    fs::copy(&file, case.path().join("matches.csv")).expect("copied");
    assert_eq!(demerge(&["check", text(case.path())]).code, 0);
}

#[cfg(unix)]
#[test]
fn a_device_is_written_to_and_a_link_followed_but_neither_replaced() {
    let case = data("case47");
    let plain = demerge(&["match", text(&case)]).out;
    assert_eq!(demerge(&["match", text(&case), "--out", "/dev/stdout"]).out, plain);
    let files = folder();
    let (file, link) = (files.path().join("matches.csv"), files.path().join("link.csv"));
    fs::write(&file, "old").expect("written");
    std::os::unix::fs::symlink(&file, &link).expect("a link");
    assert_eq!(demerge(&["match", text(&case), "--out", text(&link), "--force"]).code, 0);
    assert_eq!(fs::read_to_string(&file).expect("a list"), plain);
    assert!(fs::symlink_metadata(&link).expect("it is there").is_symlink());
}

#[test]
fn a_template_is_not_written_over_a_file_that_is_there() {
    let files = folder();
    let book = files.path().join("case.xlsx");
    assert_eq!(demerge(&["template", "--out", text(&book)]).code, 0);
    let empty = fs::read(&book).expect("a workbook");
    assert_eq!(demerge(&["template", "--from", text(&data("example")), "--out", text(&book)]).code, 7);
    assert!(fs::read(&book).expect("a workbook") == empty);
    assert_eq!(demerge(&["template", "--out", text(&files.path().join("case.ods"))]).code, 2);
    assert_eq!(demerge(&["check", text(&book)]).code, 3, "an empty workbook is no case yet");
}
