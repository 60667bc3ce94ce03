//! `kill -9` in the middle of writing: fifty times, at whatever moment it strikes.

use std::fs;
use std::io::{BufReader, Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use demerge::files::{Error, read_case, recover, write_all};
use demerge::load::Sources;

const NAMES: [&str; 5] = ["answer.html", "placements.csv", "vacancies.csv", "at_risk.csv", "plan.json"];
const DIRECTORY: &str = "DEMERGE_TEST_WRITE_UNTIL_KILLED";
const SIZE: usize = 40_000;

/// Not a test of its own: what the test below starts and kills. Without its variable it does nothing.
#[test]
fn child_that_writes_until_killed() {
    let Some(dir) = std::env::var_os(DIRECTORY) else { return };
    let mut out = std::io::stdout();
    for turn in 0..100_000 {
        let bytes = vec![if turn % 2 == 0 { b'x' } else { b'y' }; SIZE];
        let set = NAMES.map(|name| (name, bytes.as_slice()));
        write_all(Path::new(&dir), &set).expect("a directory of its own");
        out.write_all(b"#").and_then(|()| out.flush()).expect("the parent listens");
    }
}

#[test]
fn a_killed_run_leaves_one_whole_set() {
    let dir = tempfile::tempdir().expect("a directory");
    let out = dir.path().join("out");
    for round in 0..50 {
        let mut child = Command::new(std::env::current_exe().expect("this test"))
            .args(["outputs::kill::child_that_writes_until_killed", "--exact", "--nocapture", "--test-threads=1"])
            .env(DIRECTORY, &out)
            .stdout(Stdio::piped())
            .spawn()
            .expect("this test again");
        let sets = 1 + round % 3;
        let listen = BufReader::new(child.stdout.take().expect("it is piped")).bytes();
        let heard = listen.filter(|byte| matches!(byte, Ok(b'#'))).take(sets).count();
        assert_eq!(heard, sets, "the child wrote");
        child.kill().expect("it still runs");
        child.wait().expect("it is ours");
        let raw = NAMES.map(|name| whole(&out, name));
        if raw[4] != raw[0] {
            assert!(out.join(".demerge-commit").exists(), "a mixed set is marked: {raw:?}");
        }
        recover(&out).expect("nobody else writes");
        let set = NAMES.map(|name| whole(&out, name));
        assert!(set.iter().all(|letter| *letter == set[0]), "one set: {set:?}");
        let hidden = fs::read_dir(&out).expect("the directory").count() - NAMES.len();
        assert_eq!(hidden, 1, "only the lock is left");
    }
}

/// The letter that fills the file; a file of two letters or of another length was torn.
fn whole(dir: &Path, name: &str) -> u8 {
    let bytes = fs::read(dir.join(name)).expect("every file is there");
    assert!(bytes.len() == SIZE && bytes.iter().all(|byte| *byte == bytes[0]), "{name} is torn");
    bytes[0]
}

#[test]
fn a_case_folder_is_read_without_what_may_not_be_seen() {
    let dir = tempfile::tempdir().expect("a directory");
    let put = |name: &str| fs::write(dir.path().join(name), name).expect("a file");
    fs::create_dir(dir.path().join("scenarios")).expect("a folder");
    fs::create_dir(dir.path().join("folder.csv")).expect("a folder");
    for name in ["posts.csv", "People.CSV", "Equality_Restricted.csv", "notes.docx", ".hidden.csv", "scenarios/S1.toml"]
    {
        put(name);
    }
    let Ok(Sources::Folder(files)) = read_case(dir.path()) else { panic!("a folder") };
    let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["People.CSV", "posts.csv", "scenarios/S1.toml"]);
    assert!(matches!(read_case(&dir.path().join("notes.docx")), Err(Error::NotACase(_))));
    assert!(matches!(read_case(&dir.path().join("none")), Err(Error::Read { .. })));
    put("case.xlsx");
    let Ok(Sources::Workbook(book)) = read_case(&dir.path().join("case.xlsx")) else { panic!("a workbook") };
    assert_eq!((book.name.as_str(), book.bytes.as_slice()), ("case.xlsx", &b"case.xlsx"[..]));
}
