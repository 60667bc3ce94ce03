//! Reads cases and writes sets of files, each set whole or not at all.
//!
//! **Reading** takes only what the contract names: CSV files of the folder, TOML files of its `scenarios/`, or one
//! workbook, each below a size limit. The bytes of `equality_restricted.csv` are never read with a case: the model has no way
//! to them. They have a door of their own, [`read_restricted`], which `demerge monitor` opens, and `demerge
//! paper --equality`.
//!
//! **Writing.** The outputs of one run belong together: a `plan.json` beside the `placements.csv` of another run would be
//! a lie on paper. One rename replaces one file, so a set needs more. Weighed and left:
//! - *a sibling directory, exchanged for the old one*: one step on Linux (`renameat2`), but no such call exists in `std` or on
//!   Windows, it needs the right to write beside the directory, and it would carry away what other people keep in there;
//! - *a symbolic link to the current set*: one step too, but links do not survive e-mail, zip files and Windows shares.
//!
//! Taken: **a redo journal**. All new files are written in full, and flushed, under `.demerge-new/` inside the directory.
//! Then a list of them is renamed to `.demerge-commit`: that is the one step at which the new set becomes the set.
//! After it the files are renamed into place one by one, the last of the set last, and the list is taken away. Whoever finds the
//! list (the next run, or [`recover`] before anything of ours reads the directory) finishes the renames; whoever finds
//! `.demerge-new/` without the list throws it away. So a run that is killed at any moment leaves the old set or the new one.
//!
//! A *foreign* reader never sees half a file. In the moment between the commit and the last rename (some renames, no
//! writing) it may see new files beside old ones; it can know, because `.demerge-commit` is there, and because the last
//! file of the set (our `plan.json`) is new only when all the others are.

mod folder;
mod journal;
pub mod sweep_journal;

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

pub use crate::files::folder::Draft;
pub use crate::files::journal::{recover, write_all};
use crate::load::{SourceFile, Sources};

/// The largest file that is read: 64 MiB, a thousand times the largest real case.
const LARGEST: u64 = 64 * 1024 * 1024;
/// The most that all files of a case may hold together.
const LARGEST_CASE: u64 = 256 * 1024 * 1024;
/// The file that this program's model may not see.
const RESTRICTED: &str = "equality_restricted.csv";

/// Beginnings of the names of files that lie beside a case on purpose.
const BESIDE: [&str; 3] = ["readme", "why.txt", "expect.txt"];
/// The most unread files that are named.
const MOST_STRAYS: usize = 40;

/// A file or folder that could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Cannot be read.
    #[error("{} cannot be read: {source}", path.display())]
    Read {
        /// Which.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Cannot be written.
    #[error("{} cannot be written: {source}", path.display())]
    Write {
        /// Which.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Too large to be a case.
    #[error("{} is larger than {} MiB, which no case is", path.display(), limit / (1024 * 1024))]
    TooLarge {
        /// Which.
        path: PathBuf,
        /// The limit in bytes.
        limit: u64,
    },
    /// Neither a folder nor a workbook.
    #[error("{} is neither a folder with CSV files nor an .xlsx workbook", .0.display())]
    NotACase(PathBuf),
    /// Another run writes there.
    #[error("another run is writing to {}; wait for it, or choose another folder", .0.display())]
    Busy(PathBuf),
    /// Would be overwritten.
    #[error("{} is there already; name another file, or add --force to replace it", .0.display())]
    Exists(PathBuf),
    /// Not a plain file name.
    #[error("\"{0}\" is not a plain file name")]
    Name(String),
}

/// Reads the files of a case: a folder, or one workbook.
///
/// # Errors
/// [`Error`] names the file that cannot be read, or is too large, or is no case.
pub fn read_case(path: &Path) -> Result<Sources, Error> {
    let kind = fs::metadata(path).map_err(|source| Error::Read { path: path.to_owned(), source })?;
    if kind.is_dir() {
        return read_folder(path).map(Sources::Folder);
    }
    if !kind.is_file() || !has_extension(path, "xlsx") {
        return Err(Error::NotACase(path.to_owned()));
    }
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    Ok(Sources::Workbook(SourceFile { name, bytes: read_file(path)? }))
}

/// Reads the equality table of a case, and nothing else of a folder; of a workbook the whole file, as it cannot be cut.
///
/// - A folder without the file gives no file.
///
/// # Errors
/// As [`read_case`].
pub fn read_restricted(path: &Path) -> Result<Sources, Error> {
    if !path.is_dir() {
        return read_case(path);
    }
    let mut found = list(path, "csv", "")?;
    found.retain(|(name, _)| name.eq_ignore_ascii_case(RESTRICTED));
    found.sort();
    let read = found.into_iter().take(1).map(|(name, path)| Ok(SourceFile { name, bytes: read_file(&path)? }));
    read.collect::<Result<Vec<_>, _>>().map(Sources::Folder)
}

fn read_folder(folder: &Path) -> Result<Vec<SourceFile>, Error> {
    let mut found = list(folder, "csv", "")?;
    found.retain(|(name, _)| !name.eq_ignore_ascii_case(RESTRICTED));
    if found.is_empty() {
        // Whoever named the folder of a workbook is told so; the workbook itself is not read.
        let books = list(folder, "xlsx", "")?;
        return Ok(books.into_iter().map(|(name, _)| SourceFile { name, bytes: Vec::new() }).collect());
    }
    let scenarios = folder.join("scenarios");
    if scenarios.is_dir() {
        found.extend(list(&scenarios, "toml", "scenarios/")?);
    }
    found.sort();
    let mut files = Vec::new();
    let mut total = 0;
    for (name, path) in found {
        let bytes = read_file(&path)?;
        total += bytes.len() as u64;
        if total > LARGEST_CASE {
            return Err(Error::TooLarge { path: folder.to_owned(), limit: LARGEST_CASE });
        }
        files.push(SourceFile { name, bytes });
    }
    Ok(files)
}

/// Names of the files below a folder that [`read_case`] leaves unread, in order, so that a misspelt one can be pointed at.
///
/// - Passed over: hidden files, notes that belong beside a case (README, why.txt), and folders that hold an answer of ours.
/// - At most 40 names, from at most two folders down: enough to see, and a folder of anything is no trap.
/// - A workbook has none.
///
/// # Errors
/// [`Error::Read`] names the folder.
pub fn strays(path: &Path) -> Result<Vec<String>, Error> {
    let mut found = Vec::new();
    if path.is_dir() {
        walk(path, "", 2, &mut found)?;
    }
    Ok(found)
}

fn walk(folder: &Path, prefix: &str, depth: usize, found: &mut Vec<String>) -> Result<(), Error> {
    let failed = |source| Error::Read { path: folder.to_owned(), source };
    let entries: Result<Vec<_>, _> = fs::read_dir(folder).map_err(failed)?.collect();
    let mut entries = entries.map_err(failed)?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for path in entries.iter().map(fs::DirEntry::path) {
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        let lower = name.to_lowercase();
        if name.starts_with('.') || name.starts_with("~$") || BESIDE.iter().any(|it| lower.starts_with(it)) {
            continue;
        }
        if path.is_dir() {
            if depth > 0 && !path.join("plan.json").exists() {
                walk(&path, &format!("{prefix}{name}/"), depth - 1, found)?;
            }
        } else if found.len() < MOST_STRAYS && !is_read(prefix, &path) {
            found.push(format!("{prefix}{name}"));
        }
    }
    Ok(())
}

/// Whether [`read_case`] takes a file of this folder, or keeps it out on purpose.
fn is_read(prefix: &str, path: &Path) -> bool {
    match prefix {
        "" => has_extension(path, "csv"),
        // The plans of sweeps are named one by one on the command line.
        "scenarios/" | "sweeps/" => has_extension(path, "toml"),
        _ => false,
    }
}

/// Plain files with this extension, as name in the case and path; other things are passed over.
fn list(folder: &Path, extension: &str, prefix: &str) -> Result<Vec<(String, PathBuf)>, Error> {
    let failed = |source| Error::Read { path: folder.to_owned(), source };
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let path = entry.path();
        let Ok(name) = entry.file_name().into_string() else { continue };
        if !name.starts_with('.') && has_extension(&path, extension) && path.is_file() {
            found.push((format!("{prefix}{name}"), path));
        }
    }
    Ok(found)
}

fn has_extension(path: &Path, extension: &str) -> bool {
    path.extension().is_some_and(|found| found.eq_ignore_ascii_case(extension))
}

/// Whether a file may take the place of an older one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overwrite {
    /// Never.
    Refuse,
    /// Yes.
    Replace,
}

impl From<bool> for Overwrite {
    /// From the option `--force`.
    fn from(force: bool) -> Self {
        if force { Overwrite::Replace } else { Overwrite::Refuse }
    }
}

/// Writes one file, whole or not at all; into a device or a pipe (`/dev/stdout`, `/dev/null`) as it stands.
///
/// A device is never replaced: the rename that makes a file whole would put a plain file in its place. A link is followed.
///
/// # Errors
/// [`Error::Exists`] where it is there and may not be replaced; [`Error::Write`] names the file.
pub fn write_one(path: &Path, bytes: &[u8], overwrite: Overwrite) -> Result<(), Error> {
    write_by(path, overwrite, |mut file| {
        file.write_all(bytes).map_err(|source| Error::Write { path: path.to_owned(), source })
    })
}

/// Writes one file bit by bit, and puts it in place when it is whole.
///
/// # Errors
/// As [`write_one`], or what `fill` says.
pub fn write_by<E: From<Error>>(
    path: &Path,
    overwrite: Overwrite,
    fill: impl FnOnce(&File) -> Result<(), E>,
) -> Result<(), E> {
    let failed = |source| Error::Write { path: path.to_owned(), source };
    let linked = if path.is_symlink() { fs::canonicalize(path).ok() } else { None };
    let path = linked.as_deref().unwrap_or(path);
    if is_device(path) {
        let device = fs::OpenOptions::new().write(true).open(path).map_err(failed)?;
        return fill(&device);
    }
    may_write(path, overwrite)?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let draft = draft_in(folder).map_err(failed)?;
    fill(draft.as_file())?;
    draft.as_file().sync_all().map_err(failed)?;
    let placed = match overwrite {
        Overwrite::Replace => draft.persist(path).map(drop).map_err(|fault| failed(fault.error)),
        Overwrite::Refuse => draft.persist_noclobber(path).map(drop).map_err(|fault| match fault.error.kind() {
            ErrorKind::AlreadyExists => Error::Exists(path.to_owned()),
            _ => failed(fault.error),
        }),
    };
    placed.map_err(E::from)
}

/// Finds out before the work whether a file may be written.
///
/// # Errors
/// [`Error::Exists`] where it is there and may not be replaced.
pub fn may_write(path: &Path, overwrite: Overwrite) -> Result<(), Error> {
    let is_there = path.exists() && !is_device(path);
    if overwrite == Overwrite::Refuse && is_there { Err(Error::Exists(path.to_owned())) } else { Ok(()) }
}

/// Something that is written to and never replaced: a terminal, a pipe, `/dev/null`.
fn is_device(path: &Path) -> bool {
    path.exists() && !path.is_file() && !path.is_dir()
}

/// A temporary file that others may read once it is in place, as they could any file of this user.
fn draft_in(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".demerge-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}

/// Reads one file.
///
/// # Errors
/// [`Error`] names the file that cannot be read, or is too large.
pub fn read_file(path: &Path) -> Result<Vec<u8>, Error> {
    let failed = |source| Error::Read { path: path.to_owned(), source };
    let mut bytes = Vec::new();
    File::open(path).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes)).map_err(failed)?;
    if bytes.len() as u64 > LARGEST {
        return Err(Error::TooLarge { path: path.to_owned(), limit: LARGEST });
    }
    Ok(bytes)
}
