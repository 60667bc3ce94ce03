//! The wall between the equality data and the plan.

use std::fs;
use std::path::{Path, PathBuf};

use crate::cli::run::{NAMES, copy, data, folder, solve};

const FILE: &str = "equality_restricted.csv";

/// The files of an answer, byte by byte.
fn answer(case: &Path, scenario: &str) -> Vec<Vec<u8>> {
    let out = folder();
    let ran = solve(case, scenario, out.path(), &[]);
    assert_eq!(ran.code, 0, "{scenario}: {}", ran.err);
    NAMES.iter().map(|name| fs::read(out.path().join(name)).expect("a file")).collect()
}

/// The people's rows of the table turned round, so that everybody has somebody else's characteristics.
fn permuted(table: &str) -> String {
    let mut lines = table.lines();
    let head = lines.next().expect("a header");
    let rows: Vec<(&str, &str)> = lines.filter_map(|line| line.split_once(',')).collect();
    let others = rows.iter().rev().map(|row| row.1);
    let swapped = rows.iter().zip(others).map(|(row, rest)| format!("{},{rest}\n", row.0));
    format!("{head}\n{}", swapped.collect::<String>())
}

/// Truth: the same case without the table gives the same bytes, in each scenario, whatever stands in the table.
#[test]
fn no_byte_of_any_plan_depends_on_the_equality_table() {
    let table = fs::read_to_string(data("case47").join(FILE)).expect("the table");
    assert_ne!(permuted(&table), table);
    let altered = table.replace(",F,", ",M,").replace(",white,", ",minority_ethnic,");
    let forms = [Some(permuted(&table)), Some(altered), Some("no table at all \u{0}\"".to_owned()), None];
    let folders: Vec<_> = forms
        .iter()
        .map(|form| {
            let into = folder();
            copy(&data("case47"), into.path(), |text| text.as_bytes().to_vec());
            match form {
                Some(text) => fs::write(into.path().join(FILE), text).expect("written"),
                None => fs::remove_file(into.path().join(FILE)).expect("it was copied"),
            }
            into
        })
        .collect();
    for scenario in ["S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8"] {
        let expected = answer(&data("case47"), scenario);
        for (form, case) in folders.iter().enumerate() {
            assert!(answer(case.path(), scenario) == expected, "{scenario} differs with form {form}");
        }
    }
}

/// The files that may name the type, or the way to the table.
const MAY_NAME: [&str; 10] = [
    "load/equality.rs",
    "load.rs",
    "files.rs",
    "cli/monitor.rs",
    "cli/paper.rs",
    "study/monitor.rs",
    "study/monitor/audit.rs",
    "study/monitor/protected.rs",
    "study/paper/counts.rs",
    "study/paper/groups.rs",
];

fn names_it(source: &str) -> bool {
    let code = source.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    ["Characteristics", "load::equality", "mod equality", "read_restricted"].iter().any(|word| code.contains(word))
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the source is there") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else {
            found.push(path);
        }
    }
}

/// Truth: the list above; `case`, `model`, `solve`, `certify` and the report can have no such value in their hands.
#[test]
fn only_the_monitor_and_the_paper_name_the_type() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let mut naming: Vec<String> = Vec::new();
    for path in files.iter().filter(|path| path.extension().is_some_and(|it| it == "rs")) {
        if names_it(&fs::read_to_string(path).expect("UTF-8")) {
            naming.push(path.strip_prefix(&root).expect("below").to_string_lossy().replace('\\', "/"));
        }
    }
    naming.sort();
    let mut allowed = MAY_NAME.map(str::to_owned);
    allowed.sort();
    assert_eq!(naming, allowed);
    assert!(names_it("fn f(x: &Characteristics) {}") && !names_it("// Characteristics\nfn f() {}"));
}
