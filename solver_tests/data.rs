//! The data that ship with the program: the dictionary is complete, and every table has the contract's headings.

use std::path::{Path, PathBuf};

use demerge::load::schema::{Column, Kind, Need, TABLES, TableShape};

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data")
}

/// The line of the dictionary for one column.
fn line(column: &Column) -> String {
    let holds = match column.kind {
        Kind::Text => "text".to_owned(),
        Kind::Key => "new id".to_owned(),
        Kind::Id(table) => format!("id of `{table}`"),
        Kind::Ids(table) => format!("ids of `{table}`, separated by `;`"),
        Kind::List => "words separated by `;`".to_owned(),
        Kind::Word(words) => format!("`{}`", words.join("`, `")),
        Kind::Words(words) => format!("any of `{}`, separated by `;`", words.join("`, `")),
        Kind::Flag => "`yes`, `no`".to_owned(),
        Kind::Money => "pounds a year, at most 2 decimals".to_owned(),
        Kind::Fte => "above 0, at most 1, at most 4 decimals".to_owned(),
        Kind::Percent => "0 to 100, at most 2 decimals".to_owned(),
        Kind::Whole => "whole number, 0 or more".to_owned(),
        Kind::Signed => "whole number, perhaps negative".to_owned(),
        Kind::Miles => "miles, at most 2 decimals".to_owned(),
        Kind::Date => "date, `2026-03-02`".to_owned(),
        Kind::AuthorityOr(words) => format!("id of `authorities`, `{}`", words.join("`, `")),
        Kind::PostOrAuthority => "id of `posts` or `authorities`, by `kind`".to_owned(),
    };
    let blank = match (column.optional, column.blank) {
        (true, _) => "may be missing",
        (false, true) => "may be blank",
        (false, false) => "never blank",
    };
    format!("| `{}` | {holds} | {blank} | {} |", column.name, column.help)
}

/// The section of the dictionary for one table.
fn section(shape: &TableShape) -> String {
    let need = match shape.need {
        Need::Always => "Always needed.",
        Need::UnlessStarter => "Needed, unless every table marked so is absent (a *starter* case).",
        Need::Optional => "May be missing.",
        Need::ToSolve => "Needed to solve; `demerge match` proposes it.",
    };
    let keys = Vec::from_iter(shape.columns[..shape.keys].iter().map(|column| column.name)).join("` + `");
    let lines = Vec::from_iter(shape.columns.iter().map(line)).join("\n");
    format!(
        "### `{}.csv`\n\n{} {need} Key: `{keys}`.\n\n| column | holds | blank | means |\n|---|---|---|---|\n{lines}\n",
        shape.name, shape.help
    )
}

/// Truth: `load::schema`. On failure, the message is the section to paste.
#[test]
fn the_dictionary_has_every_column() {
    let readme = std::fs::read_to_string(data().join("README.md")).expect("data/README.md");
    for shape in TABLES {
        let section = section(shape);
        assert!(readme.contains(&section), "data/README.md should say:\n\n{section}");
    }
}

/// Every folder with an `authorities.csv` below `folder`.
fn cases(folder: &Path, found: &mut Vec<PathBuf>) {
    if folder.join("authorities.csv").exists() {
        found.push(folder.to_owned());
    }
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            cases(&path, found);
        }
    }
}

/// The cases that load: all but those below `cases/bad`.
fn sound_cases() -> Vec<PathBuf> {
    let mut found = vec![];
    cases(&data(), &mut found);
    found.retain(|case| !case.starts_with(data().join("cases/bad")));
    found
}

#[test]
fn every_table_has_the_headings_of_the_contract() {
    let cases = sound_cases();
    assert!(cases.len() >= 10, "{cases:?}");
    for case in cases {
        for shape in TABLES {
            let path = case.join(format!("{}.csv", shape.name));
            let Ok(mut reader) = csv::Reader::from_path(&path) else {
                // The other cases may be starters, without these tables.
                assert!(shape.need != Need::Always, "{path:?} is missing");
                continue;
            };
            let headings: Vec<String> = reader.headers().expect("headings").iter().map(str::to_owned).collect();
            for column in shape.columns.iter().filter(|column| !column.optional) {
                assert!(headings.iter().any(|heading| heading == column.name), "{path:?} lacks {}", column.name);
            }
            for heading in &headings {
                assert!(shape.columns.iter().any(|column| column.name == heading), "{path:?}: {heading} is unknown");
            }
        }
    }
}

/// Truth: `why.txt` has one line for each scenario, first the figures (`S1: optimal; placed 14; …`), then the reasons.
#[test]
fn every_small_case_says_what_comes_out_and_why() {
    for case in sound_cases().iter().filter(|case| !case.ends_with("case47")) {
        let why = std::fs::read_to_string(case.join("why.txt")).unwrap_or_default();
        for entry in std::fs::read_dir(case.join("scenarios")).expect("scenarios") {
            let path = entry.expect("an entry").path();
            let id = path.file_stem().expect("a name").to_string_lossy().into_owned();
            let told = why.lines().any(|line| line.starts_with(&format!("{id}: ")));
            assert!(told, "{case:?}: why.txt says nothing about {id}");
        }
        assert!(why.contains("\n\n"), "{case:?}: why.txt gives no reasons");
    }
}
