//! The README, run: its tables are written, its commands are run in order, and each prints what the README shows.
//!
//! A block ```` ```csv NAME ```` is a file. A block ```` ```console ```` is `$ demerge …` and what it prints; a line `[...]` stands for
//! any lines, and a last line `[exit code N]` for another exit code than 0. `DEMERGE_BLESS=1` writes into the README what is
//! printed now, cut at the lines around `[...]`; read the difference before it is committed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A fenced block of the README.
struct Block {
    info: String,
    text: String,
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn readme() -> String {
    fs::read_to_string(root().join("README.md")).expect("README.md")
}

fn blocks(readme: &str) -> Vec<Block> {
    let fenced = readme.split("\n```").skip(1).step_by(2);
    let block = |text: &str| {
        let (info, text) = text.split_once('\n').expect("a fence ends its line");
        Block { info: info.to_owned(), text: format!("{text}\n") }
    };
    fenced.map(block).collect()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).expect("a copy");
        }
    }
}

/// What a command prints on both streams, and its exit code as the README shows it.
fn run(folder: &Path, command: &str) -> String {
    let words = command.strip_prefix("demerge ").expect("the README runs nothing but demerge").split(' ');
    let done = Command::new(env!("CARGO_BIN_EXE_demerge")).args(words).current_dir(folder).output().expect("it runs");
    let mut text = format!("$ demerge {}\n", command.trim_start_matches("demerge "));
    text.push_str(&String::from_utf8(done.stdout).expect("UTF-8"));
    text.push_str(&String::from_utf8(done.stderr).expect("UTF-8"));
    match done.status.code() {
        Some(0) => {}
        code => text.push_str(&format!("[exit code {}]\n", code.expect("it was not killed"))),
    }
    text
}

/// Whether a text is what the README shows, `[...]` standing for any lines.
fn shows(shown: &str, printed: &str) -> bool {
    let pieces: Vec<&str> = shown.split("[...]\n").collect();
    let [first, between @ .., last] = pieces.as_slice() else { return shown == printed };
    let Some(mut rest) = printed.strip_prefix(first) else { return false };
    for piece in between {
        let Some(at) = rest.find(piece) else { return false };
        rest = &rest[at + piece.len()..];
    }
    rest.ends_with(last)
}

/// What is printed, cut where the README cuts it: after the last line before `[...]`, before the first line after it.
fn cut(shown: &str, printed: &str) -> String {
    let Some((before, after)) = shown.split_once("[...]\n") else { return printed.to_owned() };
    let last = before.lines().rfind(|line| !line.is_empty()).expect("a line before the cut");
    let first = after.lines().find(|line| !line.is_empty()).expect("a line after the cut");
    let line = |wanted: &str| printed.find(&format!("\n{wanted}\n")).map(|at| at + 1);
    let (Some(last_at), Some(first_at)) = (line(last), line(first)) else { panic!("cut by hand:\n\n{printed}") };
    format!("{}\n\n[...]\n\n{}", &printed[..last_at + last.len()], &printed[first_at..])
}

/// Truth: the program. On failure, what it prints is what to paste.
#[test]
fn the_readme_shows_what_the_program_prints() {
    let folder = tempfile::tempdir().expect("a folder");
    copy(&root().join("data/example"), &folder.path().join("data/example"));
    let (readme, mut blessed, mut commands) = (readme(), readme(), 0);
    for block in blocks(&readme) {
        if let Some(name) = block.info.strip_prefix("csv ") {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, &block.text).expect("a file");
        } else if block.info == "console" {
            let command = block.text.lines().next().and_then(|line| line.strip_prefix("$ ")).expect("a command");
            let printed = run(folder.path(), command);
            commands += 1;
            if std::env::var_os("DEMERGE_BLESS").is_none() {
                assert!(shows(&block.text, &printed), "README.md should show:\n\n{printed}");
            } else if !shows(&block.text, &printed) {
                blessed = blessed.replace(&block.text, &cut(&block.text, &printed));
            }
        }
    }
    assert!(commands >= 4, "the README has commands");
    if blessed != readme {
        fs::write(root().join("README.md"), blessed).expect("README.md");
    }
}

/// By construction.
#[test]
fn a_text_that_differs_is_not_shown() {
    assert!(shows("a\nb\n", "a\nb\n"));
    assert!(shows("a\n[...]\nd\n", "a\nb\nc\nd\n"));
    assert!(shows("a\n[...]\nc\n[...]\ne\n", "a\nb\nc\nd\ne\n"));
    assert!(!shows("a\nb\n", "a\nc\n"));
    assert!(!shows("a\n[...]\nd\n", "a\nb\nc\n"));
    assert!(!shows("a\n[...]\nx\n[...]\ne\n", "a\nb\nc\nd\ne\n"));
    assert!(!shows("b\n[...]\nd\n", "a\nb\nd\n"));
    assert_eq!(cut("a\nb\n\n[...]\n\nd\nx\n", "A\nb\nc\n\nd\ne\n"), "A\nb\n\n[...]\n\nd\ne\n");
}

/// Truth: the first command that a reader types names files that are there.
#[test]
fn the_first_command_is_the_one_that_works() {
    let readme = readme();
    assert!(readme.contains("\ncargo run --release -- solve data/case47 --scenario S1 --out out\n"));
    assert!(readme.contains("\n./test.sh\n"));
    assert!(root().join("data/case47/scenarios/S1.toml").exists());
    assert!(root().join("test.sh").exists());
}
