//! What `load` makes of good, bad and arbitrary input.

use std::path::{Path, PathBuf};

use demerge::load::{Diagnostics, SourceFile, Sources, Want, load};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every file of a folder, with names relative to it; `expect.txt` is the test's own.
fn folder(path: &Path) -> Vec<SourceFile> {
    let mut files = Vec::new();
    let mut open = vec![path.to_owned()];
    while let Some(dir) = open.pop() {
        for entry in std::fs::read_dir(&dir).expect("the folder is in the repository") {
            let entry = entry.expect("a readable entry").path();
            if entry.is_dir() {
                open.push(entry);
            } else if entry.file_name().is_none_or(|name| name != "expect.txt") {
                let name = entry.strip_prefix(path).expect("below the folder").to_string_lossy().replace('\\', "/");
                files.push(SourceFile { name, bytes: std::fs::read(&entry).expect("a readable file") });
            }
        }
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    files
}

#[test]
fn case47_has_no_errors() {
    let sources = Sources::Folder(folder(&root().join("data/case47")));
    let loaded = load(&sources, Want::Check).unwrap_or_else(|faults| panic!("{faults}"));
    println!("{}", Diagnostics(loaded.diagnostics.clone()));
    assert_eq!(loaded.scenarios.len(), 8);
}

fn folder_sources(path: &Path) -> Sources {
    Sources::Folder(folder(path))
}

/// What `demerge check` prints for a case.
fn printed(sources: &Sources) -> String {
    match load(sources, Want::Check) {
        Ok(loaded) => Diagnostics(loaded.diagnostics).to_string(),
        Err(faults) => faults.to_string(),
    }
}

/// The folders of data/cases/bad, in order.
fn bad_cases() -> Vec<PathBuf> {
    let folders = std::fs::read_dir(root().join("data/cases/bad")).expect("the folder is in the repository");
    let mut folders: Vec<PathBuf> = folders.map(|entry| entry.expect("a readable entry").path()).collect();
    folders.sort();
    folders
}

/// Expected texts were reviewed as prose, fault by fault against the change made to the good case.
#[test]
fn bad_cases_print_what_was_expected() {
    let mut different = Vec::new();
    for path in bad_cases() {
        let text = printed(&folder_sources(&path)) + "\n";
        let expect = path.join("expect.txt");
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::write(&expect, &text).expect("the repository is writable");
        } else if std::fs::read_to_string(&expect).unwrap_or_default() != text {
            different.push(format!("{}:\n{text}", path.display()));
        }
    }
    assert!(different.is_empty(), "UPDATE_EXPECT=1 rewrites these after review\n{}", different.join("\n"));
}
