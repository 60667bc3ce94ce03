//! `kill -9` at whatever moment, while `solve` replaces the files of one scenario by those of another.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use demerge::files::recover;

use crate::cli::run::{NAMES, data, folder, solve, text};

type Set = [Vec<u8>; 5];

fn read(out: &Path) -> Set {
    NAMES.map(|name| fs::read(out.join(name)).expect("every file is there"))
}

/// Runs are killed later and later, up to the time that a whole run takes, so that every part of one is struck.
#[test]
fn a_killed_solve_leaves_one_whole_set() {
    let folders = folder();
    let case = data("example");
    let whole = ["S1", "S2"].map(|scenario| {
        let out = folders.path().join(scenario);
        assert_eq!(solve(&case, scenario, &out, &[]).code, 0);
        read(&out)
    });
    let out = folders.path().join("out");
    let started = Instant::now();
    solve(&case, "S1", &out, &[]);
    let run = started.elapsed();
    let mut holds = 0;
    for round in 0..50u32 {
        let next = 1 - holds;
        let mut child = Command::new(env!("CARGO_BIN_EXE_demerge"))
            .args(["solve", text(&case), "--scenario", ["S1", "S2"][next], "--out", text(&out)])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        // Not a wait for anything: the moment of the blow, spread over the run.
        thread::sleep(run.max(Duration::from_millis(5)) * round / 45);
        // It may have ended by itself.
        let _ = child.kill();
        child.wait().expect("it is ours");
        for (i, bytes) in read(&out).iter().enumerate() {
            assert!(whole.iter().any(|set| set[i] == *bytes), "round {round}: {} is torn", NAMES[i]);
        }
        recover(&out).expect("nobody else writes");
        let set = read(&out);
        holds = whole.iter().position(|known| *known == set).unwrap_or_else(|| panic!("round {round}: a mixed set"));
    }
}
