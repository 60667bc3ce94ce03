//! `kill -9` at whatever moment, and records that are torn: nothing is lost, nothing comes twice.

use std::fs::{self, OpenOptions};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use demerge::files::Error;
use demerge::files::sweep_journal::{Header, SweepJournal, beside};

use crate::cli::run::{data, folder, text};
use crate::sweep::{PLAN, both, people_of, plan_in, swept};

/// Truth: the run that nobody disturbed.
#[test]
fn a_killed_sweep_goes_on_to_the_same_bytes() {
    let folder = folder();
    let plan = plan_in(folder.path(), PLAN);
    let case = data("example");
    let whole = folder.path().join("whole.parquet");
    let started = Instant::now();
    assert_eq!(swept(&case, &plan, &whole, &["--threads", "1"]).code, 0);
    let run = started.elapsed();
    let bytes = both(&whole);
    let out = folder.path().join("killed.parquet");
    let people = people_of(&out);
    let mut kills = 0;
    for round in 1..=6 {
        for _ in 0..40 {
            let mut child = Command::new(env!("CARGO_BIN_EXE_demerge"))
                .args(["sweep", text(&case), text(&plan), "--out", text(&out), "--people", text(&people), "--resume"])
                .args(["--threads", "1"])
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .expect("the program starts");
            // Not a wait for anything: the moment of the blow, another one in each round.
            thread::sleep(run.max(Duration::from_millis(20)) * round / 7);
            let _ = child.kill();
            if child.wait().expect("it is ours").success() {
                break;
            }
            kills += 1;
        }
        let ran = swept(&case, &plan, &out, &["--resume"]);
        assert_eq!(ran.code, 0, "round {round}: {}", ran.err);
        assert!(both(&out) == bytes, "round {round}: the bytes differ");
        assert!(!beside(&out).exists(), "round {round}");
        fs::remove_file(&out).and_then(|()| fs::remove_file(&people)).expect("ours");
    }
    assert!(kills > 0, "no blow fell in time");
}

/// By hand: a run that may take no time has done nothing, says so, and is gone on with.
#[test]
fn what_is_unfinished_is_kept_and_guarded() {
    let folder = folder();
    let plan = plan_in(folder.path(), PLAN);
    let case = data("example");
    let out = folder.path().join("out.parquet");
    let stopped = swept(&case, &plan, &out, &["--limit", "0"]);
    assert!(stopped.code == 5 && stopped.out.contains("--resume goes on"), "{}{}", stopped.out, stopped.err);
    assert!(beside(&out).exists() && !out.exists());
    let refused = |plan: &str, more: &[&str], said: &str| {
        let plan = plan_in(folder.path(), plan);
        let ran = swept(&case, &plan, &out, more);
        assert!(ran.code == 3 && ran.err.contains(said), "{}{}", ran.out, ran.err);
    };
    refused(PLAN, &[], "holds an unfinished sweep");
    refused(&PLAN.replace("seed = 7", "seed = 8"), &["--resume"], "the plan has changed");
    refused(
        PLAN,
        &["--resume", "--shard", "1/2"],
        "begun for scenarios 0 to 59, and this is a run of scenarios 0 to 29",
    );
    let without = ["sweep", text(&case), text(&plan), "--out", text(&out), "--resume"];
    let ran = crate::cli::run::demerge(&without);
    assert!(ran.code == 3 && ran.err.contains("begun with --people"), "{}", ran.err);
    let other = folder.path().join("other");
    crate::cli::run::copy(&case, &other, |csv| csv.replace("86500", "86501").into_bytes());
    let ran = swept(&other, &plan, &out, &["--resume"]);
    assert!(ran.code == 3 && ran.err.contains("the files of the case have changed"), "{}", ran.err);
    assert_eq!(swept(&case, &plan_in(folder.path(), PLAN), &out, &["--resume"]).code, 0);
    fs::write(beside(&out), "a note\n").expect("ours");
    let ran = swept(&case, &plan, &out, &["--resume"]);
    assert!(ran.code == 3 && ran.err.contains("is no unfinished sweep"), "{}", ran.err);
}

fn records(journal: &SweepJournal) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    journal
        .each(&mut |record| {
            found.push(record.to_vec());
            Ok::<(), Error>(())
        })
        .expect("it can be read");
    found
}

/// Goes on as soon as nobody else holds the lock: a process that another test starts has it until it runs its program.
fn resumed(path: &Path, header: &Header) -> SweepJournal {
    for _ in 0..1_000 {
        match SweepJournal::resume(path, header) {
            Err(Error::Busy(_)) => thread::sleep(Duration::from_millis(5)),
            other => return other.expect("it goes on"),
        }
    }
    panic!("the lock is never given back")
}

/// By construction: a file cut at every byte, and a byte altered anywhere, leave the whole records before it.
#[test]
fn a_torn_end_is_cut_off() {
    let folder = folder();
    let path = folder.path().join("out.parquet.part");
    let text = |text: &str| text.to_owned();
    let header = Header {
        version: text("1"),
        case_sha256: text("c"),
        plan_sha256: text("p"),
        from: 0,
        to: 5,
        people: false,
        record: 3,
    };
    let wanted = [*b"one", *b"two", *b"six"];
    let mut journal = SweepJournal::create(&path, &header).expect("ours");
    assert!(SweepJournal::create(&path, &header).is_err(), "another run writes there");
    journal.append(wanted[..1].iter().map(|record| &record[..])).expect("written");
    journal.append(wanted[1..].iter().map(|record| &record[..])).expect("written");
    drop(journal);
    let whole = fs::read(&path).expect("ours");
    let start = whole.len() - 3 * (3 + 8);
    for length in start..=whole.len() {
        fs::write(&path, &whole[..length]).expect("ours");
        let mut journal = resumed(&path, &header);
        let kept = (length - start) / 11;
        assert_eq!((journal.done(), records(&journal).len()), (kept as u64, kept));
        journal.append(wanted[kept..].iter().map(|record| &record[..])).expect("written");
        drop(journal);
        assert!(fs::read(&path).expect("ours") == whole, "cut at {length}");
    }
    for at in start..whole.len() {
        let mut altered = whole.clone();
        altered[at] ^= 1;
        fs::write(&path, &altered).expect("ours");
        let journal = resumed(&path, &header);
        assert_eq!(journal.done(), ((at - start) / 11) as u64, "altered at {at}");
    }
    OpenOptions::new().write(true).open(&path).expect("the lock is gone with the run");
}
