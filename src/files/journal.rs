//! The redo journal of [`crate::files`]: stage, commit, put in place. The steps are named, so that a test can stop at each.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::files::Error;

/// Holds the new files until all of them are whole.
const STAGE: &str = ".demerge-new";
/// The list of a complete stage. Its presence means: the new set is the set.
const COMMIT: &str = ".demerge-commit";
/// The list while it is being written.
const DRAFT: &str = ".demerge-draft";
/// Locked while a run writes; stays, empty.
const LOCK: &str = ".demerge-lock";

/// A moment between two changes of the directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Locked,
    Staging,
    Written,
    Staged,
    Drafted,
    Committed,
    Renamed,
    Placed,
    Unlisted,
}

/// Called at each step; an error stops the run on the spot, as a kill would.
type Hook<'a> = &'a mut dyn FnMut(Step) -> io::Result<()>;

/// Writes all these files into `dir`, as one set: after an error or a kill the old set stands, or the new one.
///
/// - Makes `dir` if it is missing. Files of other names are left alone.
/// - `files` are `(name, bytes)`; the last is put in place last.
/// - Finishes or clears away what a killed run left.
///
/// # Errors
/// [`Error::Write`] names the file (disk full, no permission); [`Error::Busy`] if another run writes there.
pub fn write_all(dir: &Path, files: &[(&str, &[u8])]) -> Result<(), Error> {
    write_set(dir, files, &mut |_| Ok(()))
}

/// Finishes what a killed run had committed, and clears away what it had not.
///
/// Does nothing where `dir` is missing or was never written by this program.
///
/// # Errors
/// [`Error::Write`] names the file; [`Error::Busy`] if another run writes there.
pub fn recover(dir: &Path) -> Result<(), Error> {
    let left = [COMMIT, STAGE, DRAFT].iter().any(|name| dir.join(name).exists());
    if !left {
        return Ok(());
    }
    let _lock = lock(dir)?;
    settle(dir, &mut |_| Ok(()))
}

fn write_set(dir: &Path, files: &[(&str, &[u8])], hook: Hook<'_>) -> Result<(), Error> {
    for (name, _) in files {
        let is_plain = Path::new(name).file_name().is_some_and(|file| file == *name);
        if !is_plain || name.starts_with('.') || name.contains(['\n', '/', '\\']) {
            return Err(Error::Name((*name).to_owned()));
        }
    }
    fs::create_dir_all(dir).map_err(|source| failed(dir, source))?;
    let _lock = lock(dir)?;
    step(dir, hook, Step::Locked)?;
    settle(dir, hook)?;
    let staged = stage(dir, files, hook);
    if staged.is_err() && !dir.join(COMMIT).exists() {
        // The first fault is the one to tell; what cannot be cleared now is cleared by the next run.
        let _ = clear(dir);
    }
    staged?;
    settle(dir, hook)
}

fn failed(path: &Path, source: io::Error) -> Error {
    Error::Write { path: path.to_owned(), source }
}

fn step(dir: &Path, hook: Hook<'_>, at: Step) -> Result<(), Error> {
    hook(at).map_err(|source| failed(dir, source))
}

/// Keeps other runs out until the file is dropped (or the process ends, however it ends).
fn lock(dir: &Path) -> Result<File, Error> {
    let path = dir.join(LOCK);
    let open = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
    let file = open.map_err(|source| failed(&path, source))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::Busy(dir.to_owned())),
        // Some network shares have no locks; two runs at once are then the user's own care.
        Err(TryLockError::Error(fault)) if fault.kind() == io::ErrorKind::Unsupported => Ok(file),
        Err(TryLockError::Error(source)) => Err(failed(&path, source)),
    }
}

/// Writes and flushes every file and the list, then commits.
fn stage(dir: &Path, files: &[(&str, &[u8])], hook: Hook<'_>) -> Result<(), Error> {
    let stage = dir.join(STAGE);
    fs::create_dir(&stage).map_err(|source| failed(&stage, source))?;
    step(dir, hook, Step::Staging)?;
    for (name, bytes) in files {
        let target = dir.join(name);
        if target.is_dir() {
            return Err(failed(&target, io::ErrorKind::IsADirectory.into()));
        }
        write_flushed(&stage.join(name), bytes).map_err(|source| failed(&target, source))?;
        step(dir, hook, Step::Written)?;
    }
    flush_directory(&stage)?;
    step(dir, hook, Step::Staged)?;
    let list: String = files.iter().map(|(name, _)| format!("{name}\n")).collect();
    let draft = dir.join(DRAFT);
    write_flushed(&draft, list.as_bytes()).map_err(|source| failed(&draft, source))?;
    step(dir, hook, Step::Drafted)?;
    let commit = dir.join(COMMIT);
    fs::rename(&draft, &commit).map_err(|source| failed(&commit, source))?;
    flush_directory(dir)?;
    step(dir, hook, Step::Committed)
}

fn write_flushed(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Makes renames in a directory last through a power cut, where the system can.
fn flush_directory(dir: &Path) -> Result<(), Error> {
    if cfg!(unix) {
        let flushed = File::open(dir).and_then(|handle| handle.sync_all());
        return match flushed {
            Err(fault) if fault.kind() == io::ErrorKind::InvalidInput => Ok(()),
            other => other.map_err(|source| failed(dir, source)),
        };
    }
    Ok(())
}

/// Brings the directory to rest: a committed set is put in place, anything else of ours is cleared away.
fn settle(dir: &Path, hook: Hook<'_>) -> Result<(), Error> {
    let commit = dir.join(COMMIT);
    let list = match fs::read_to_string(&commit) {
        Ok(list) => list,
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => return clear(dir),
        Err(source) => return Err(failed(&commit, source)),
    };
    for name in list.lines() {
        let (from, to): (PathBuf, PathBuf) = (dir.join(STAGE).join(name), dir.join(name));
        match fs::rename(&from, &to) {
            Ok(()) => step(dir, hook, Step::Renamed)?,
            // It was put in place before the run was killed.
            Err(fault) if fault.kind() == io::ErrorKind::NotFound => {}
            Err(source) => return Err(failed(&to, source)),
        }
    }
    flush_directory(dir)?;
    step(dir, hook, Step::Placed)?;
    fs::remove_file(&commit).map_err(|source| failed(&commit, source))?;
    step(dir, hook, Step::Unlisted)?;
    clear(dir)
}

/// Removes a stage and a draft without a commit.
fn clear(dir: &Path) -> Result<(), Error> {
    let absent_is_fine = |path: PathBuf, result: io::Result<()>| match result {
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other.map_err(|source| failed(&path, source)),
    };
    let (stage, draft) = (dir.join(STAGE), dir.join(DRAFT));
    let removed = fs::remove_dir_all(&stage);
    absent_is_fine(stage, removed)?;
    let removed = fs::remove_file(&draft);
    absent_is_fine(draft, removed)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fs;
    use std::io;
    use std::path::Path;

    use super::{COMMIT, LOCK, STAGE, Step, recover, write_all, write_set};

    type Set = [(&'static str, &'static [u8]); 3];
    const OLD: Set = [("a.csv", b"old a"), ("b.csv", b"old b"), ("plan.json", b"old plan")];
    const NEW: Set = [("a.csv", b"new a"), ("b.csv", b"new b"), ("plan.json", b"new plan")];

    /// Everything in the directory but the lock.
    fn found(dir: &Path) -> BTreeMap<String, Vec<u8>> {
        let entries = fs::read_dir(dir).expect("the directory").map(|entry| entry.expect("an entry"));
        let names = entries.map(|entry| entry.file_name().into_string().expect("a plain name"));
        names
            .filter(|name| name != LOCK)
            .map(|name| (name.clone(), fs::read(dir.join(name)).unwrap_or_default()))
            .collect()
    }

    fn is(dir: &Path, set: &Set) -> bool {
        found(dir) == set.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect()
    }

    /// Runs until the given number of steps, then leaves everything as a kill would.
    fn killed(dir: &Path, after: usize) -> Option<Step> {
        let mut at = None;
        let mut steps = 0;
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            write_set(dir, &NEW, &mut |step| {
                steps += 1;
                if steps > after {
                    at = Some(step);
                    std::panic::resume_unwind(Box::new("killed"));
                }
                Ok(())
            })
        }));
        assert_eq!(outcome.is_err(), at.is_some());
        at
    }

    #[test]
    fn a_kill_between_any_two_steps_leaves_the_old_set_or_the_new() {
        let mut seen = Vec::new();
        for after in 0.. {
            let dir = tempfile::tempdir().expect("a directory");
            write_all(dir.path(), &OLD).expect("the old set");
            let Some(step) = killed(dir.path(), after) else { break };
            seen.push(step);
            let raw = found(dir.path());
            let committed = raw.contains_key(COMMIT);
            for ((name, old), (_, new)) in OLD.iter().zip(&NEW) {
                assert!(raw[*name] == *old || raw[*name] == *new, "{name} is whole after {step:?}");
                assert!(committed || raw[*name] == *old || step == Step::Unlisted, "{name} is old before the commit");
            }
            if raw["plan.json"] == b"new plan" {
                assert_eq!((raw["a.csv"].as_slice(), raw["b.csv"].as_slice()), (&b"new a"[..], &b"new b"[..]));
            }
            recover(dir.path()).expect("the next run");
            let new = committed || step == Step::Unlisted;
            assert!(is(dir.path(), if new { &NEW } else { &OLD }), "{step:?}: {:?}", found(dir.path()));
        }
        assert_eq!(seen.iter().filter(|&&step| step == Step::Renamed).count(), 3);
        assert_eq!(seen.iter().filter(|&&step| step == Step::Written).count(), 3);
        for step in
            [Step::Locked, Step::Staging, Step::Staged, Step::Drafted, Step::Committed, Step::Placed, Step::Unlisted]
        {
            assert!(seen.contains(&step), "{step:?}");
        }
    }

    #[test]
    fn a_kill_while_recovering_is_recovered_too() {
        for after in 0..4 {
            let dir = tempfile::tempdir().expect("a directory");
            write_all(dir.path(), &OLD).expect("the old set");
            let steps_to_commit = 8;
            assert_eq!(killed(dir.path(), steps_to_commit), Some(Step::Renamed));
            assert!(killed(dir.path(), after).is_some());
            assert!(found(dir.path()).contains_key(COMMIT));
            recover(dir.path()).expect("the next run");
            assert!(is(dir.path(), &NEW));
        }
    }

    #[test]
    fn a_file_that_someone_took_away_does_not_block_the_next_run() {
        let dir = tempfile::tempdir().expect("a directory");
        assert_eq!(killed(dir.path(), 8), Some(Step::Renamed));
        fs::remove_file(dir.path().join("a.csv")).expect("it was put in place");
        recover(dir.path()).expect("the rest is put in place");
        write_all(dir.path(), &OLD).expect("the next run");
        assert!(is(dir.path(), &OLD));
    }

    #[test]
    fn an_error_before_the_commit_leaves_no_trace() {
        let dir = tempfile::tempdir().expect("a directory");
        write_all(dir.path(), &OLD).expect("the old set");
        for fail_at in [Step::Staging, Step::Written, Step::Staged, Step::Drafted] {
            let mut hook = |step| if step == fail_at { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) };
            assert!(write_set(dir.path(), &NEW, &mut hook).is_err());
            assert!(is(dir.path(), &OLD), "{fail_at:?}");
        }
        fs::create_dir(dir.path().join("c.csv")).expect("a directory in the way");
        let fault = write_all(dir.path(), &[("a.csv", b"x"), ("c.csv", b"x")]).expect_err("c.csv is a directory");
        assert!(fault.to_string().contains("c.csv"));
        fs::remove_dir(dir.path().join("c.csv")).expect("it is empty");
        assert!(is(dir.path(), &OLD));
    }

    #[test]
    fn other_peoples_files_and_odd_names_are_left_alone() {
        let dir = tempfile::tempdir().expect("a directory");
        let out = dir.path().join("deep/er");
        assert!(recover(&out).is_ok());
        write_all(&out, &OLD).expect("makes the directory");
        fs::write(out.join("notes.txt"), "mine").expect("a note");
        fs::create_dir(out.join(STAGE)).expect("what a killed run left");
        fs::write(out.join(STAGE).join("a.csv"), "half").expect("half a file");
        write_all(&out, &NEW).expect("clears it away");
        assert_eq!(found(&out).remove("notes.txt"), Some(b"mine".to_vec()));
        assert_eq!(found(&out).len(), 4);
        for name in ["../a.csv", "x/y", ".hidden", "", "..", "a\nb"] {
            assert!(write_all(&out, &[(name, b"")]).is_err(), "{name:?}");
        }
    }
}
