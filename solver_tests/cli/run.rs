//! Runs the program and reads what it wrote.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value;

/// What a run said and how it ended.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// The files of a solved case, the last being the one that other programs read.
pub(crate) const NAMES: [&str; 5] = ["report.html", "placements.csv", "vacancies.csv", "at_risk.csv", "plan.json"];

/// A path below `data/`.
pub(crate) fn data(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(path)
}

/// An empty folder, gone at the end of the test.
pub(crate) fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder of our own")
}

/// Runs `demerge` with these arguments.
pub(crate) fn demerge<S: AsRef<std::ffi::OsStr>>(arguments: &[S]) -> Ran {
    let ran = Command::new(env!("CARGO_BIN_EXE_demerge")).args(arguments).output().expect("the program starts");
    Ran {
        code: ran.status.code().expect("it ends by itself"),
        out: String::from_utf8(ran.stdout).expect("UTF-8"),
        err: String::from_utf8(ran.stderr).expect("UTF-8"),
    }
}

/// A path as an argument.
pub(crate) fn text(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}

/// Solves into a folder, with further arguments.
pub(crate) fn solve(case: &Path, scenario: &str, out: &Path, more: &[&str]) -> Ran {
    demerge(&[&["solve", text(case), "--scenario", scenario, "--out", text(out)], more].concat())
}

/// The `plan.json` of a folder.
pub(crate) fn plan(out: &Path) -> Value {
    serde_json::from_slice(&fs::read(out.join("plan.json")).expect("plan.json")).expect("JSON")
}

/// The same without the names and hashes of the inputs, and without the sentences that name rows of them.
pub(crate) fn plan_alone(out: &Path) -> Value {
    let mut plan = plan(out);
    plan["provenance"].as_object_mut().expect("a provenance").remove("inputs").expect("inputs");
    plan.as_object_mut().expect("an object").remove("vacancy_reasons");
    plan
}

/// `status; name value; …` as `why.txt` writes it.
pub(crate) fn figures(plan: &Value) -> String {
    let mut figures = plan["status"].as_str().expect("a status").to_owned();
    for row in plan["objectives"].as_array().expect("objectives") {
        assert_eq!(row["value"], row["bound"], "an optimal value is its bound");
        figures.push_str(&format!("; {} {}", row["name"].as_str().expect("a name"), row["value"]));
    }
    figures
}

/// `P05 (A06, no post); …` or `nobody`, as `why.txt` writes it.
pub(crate) fn undecided(plan: &Value) -> String {
    let rows = plan["undecided"].as_array().expect("undecided").iter().map(|row| {
        let posts = row["posts"].as_array().expect("posts").iter().map(|post| post.as_str().expect("an id"));
        let none = row["may_be_unplaced"].as_bool().expect("a flag").then_some("no post");
        let places: Vec<&str> = posts.chain(none).collect();
        format!("{} ({})", row["person_id"].as_str().expect("an id"), places.join(", "))
    });
    let rows: Vec<String> = rows.collect();
    if rows.is_empty() { "nobody".to_owned() } else { rows.join("; ") }
}

/// A copy of a case in which every CSV file is rewritten.
pub(crate) fn copy(case: &Path, into: &Path, rewrite: impl Fn(&str) -> Vec<u8>) {
    fs::create_dir_all(into.join("scenarios")).expect("a folder");
    for entry in fs::read_dir(case).expect("a case") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|it| it == "csv") {
            let bytes = rewrite(&fs::read_to_string(&path).expect("UTF-8"));
            fs::write(into.join(path.file_name().expect("a name")), bytes).expect("written");
        }
    }
    for entry in fs::read_dir(case.join("scenarios")).expect("scenarios") {
        let path = entry.expect("an entry").path();
        fs::copy(&path, into.join("scenarios").join(path.file_name().expect("a name"))).expect("copied");
    }
}
