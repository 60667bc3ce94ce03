//! What is done of a long sweep, beside the file that it is to become; a run that is killed goes on from here.
//!
//! A line of JSON says what the run is of. After it stand records of one length, each with the beginning of its SHA-256; they are
//! only ever added at the end. A kill can tear the last of them: whatever does not match its hash is cut off, and is found anew.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::files::Error;

/// Bytes of the hash behind each record.
const HASH: usize = 8;
/// The longest first line.
const LONGEST_LINE: usize = 4_096;

/// What a run is of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// Version of the program.
    pub version: String,
    /// SHA-256 over the input files of the case.
    pub case_sha256: String,
    /// SHA-256 of the plan.
    pub plan_sha256: String,
    /// The first scenario.
    pub from: u64,
    /// The scenario after the last.
    pub to: u64,
    /// Whether it is kept where each person is.
    pub people: bool,
    /// Bytes of a record, without its hash.
    pub record: usize,
}

impl Header {
    /// Why a run that was begun as `self` cannot go on as `now`; `None` if it can.
    pub fn objection(&self, now: &Header) -> Option<String> {
        if self.version != now.version {
            return Some(format!("it was begun by demerge {}, and this is {}", self.version, now.version));
        }
        if self.case_sha256 != now.case_sha256 {
            return Some("the files of the case have changed since it was begun".to_owned());
        }
        if self.plan_sha256 != now.plan_sha256 {
            return Some("the plan has changed since it was begun".to_owned());
        }
        if (self.from, self.to) != (now.from, now.to) {
            let of = |it: &Header| format!("scenarios {} to {}", it.from, it.to.saturating_sub(1));
            return Some(format!("it was begun for {}, and this is a run of {}", of(self), of(now)));
        }
        match (self.people, now.people) {
            (true, false) => Some("it was begun with --people or a summary".to_owned()),
            (false, true) => Some("it was begun without --people or a summary".to_owned()),
            _ if self.record != now.record => Some("its records have another length".to_owned()),
            _ => None,
        }
    }
}

/// Records on disk, of one run.
pub struct SweepJournal {
    path: PathBuf,
    file: File,
    start: u64,
    record: usize,
    done: u64,
}

/// What was found where a journal may lie.
pub enum Found {
    /// Nothing, or not even a whole first line.
    Nothing,
    /// A run of this header; to go on, or not.
    Run(Header),
    /// A file of something else.
    Other,
}

/// The name of the journal of an output file.
pub fn beside(out: &Path) -> PathBuf {
    let mut name = out.as_os_str().to_owned();
    name.push(".part");
    PathBuf::from(name)
}

/// Looks what lies at this place.
///
/// # Errors
/// [`Error::Read`].
pub fn look(path: &Path) -> Result<Found, Error> {
    let failed = |source| Error::Read { path: path.to_owned(), source };
    let mut bytes = Vec::new();
    match File::open(path) {
        Ok(file) => file.take(LONGEST_LINE as u64).read_to_end(&mut bytes).map_err(failed)?,
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => return Ok(Found::Nothing),
        Err(fault) => return Err(failed(fault)),
    };
    let Some(end) = bytes.iter().position(|&byte| byte == b'\n') else {
        let begun = bytes.is_empty() || bytes.starts_with(b"{\"version\"");
        return Ok(if begun { Found::Nothing } else { Found::Other });
    };
    Ok(serde_json::from_slice(&bytes[..end]).map_or(Found::Other, Found::Run))
}

impl SweepJournal {
    /// Begins a journal, in place of whatever lies there.
    ///
    /// # Errors
    /// [`Error::Write`]; [`Error::Busy`] if another run writes there.
    pub fn create(path: &Path, header: &Header) -> Result<Self, Error> {
        let failed = |source| Error::Write { path: path.to_owned(), source };
        let mut file = open(path)?;
        let mut line = serde_json::to_vec(header).expect("a header is plain JSON");
        line.push(b'\n');
        file.set_len(0).and_then(|()| file.write_all(&line)).map_err(failed)?;
        Ok(Self { path: path.to_owned(), file, start: line.len() as u64, record: header.record, done: 0 })
    }

    /// Goes on with a journal of this header, without its torn end.
    ///
    /// # Errors
    /// [`Error::Read`], [`Error::Write`]; [`Error::Busy`] if another run writes there.
    pub fn resume(path: &Path, header: &Header) -> Result<Self, Error> {
        let failed = |source| Error::Write { path: path.to_owned(), source };
        let file = open(path)?;
        let start = serde_json::to_vec(header).expect("a header is plain JSON").len() as u64 + 1;
        let journal = Self { path: path.to_owned(), file, start, record: header.record, done: 0 };
        let mut done = 0;
        journal.each(&mut |_| {
            done += 1;
            Ok::<(), Error>(())
        })?;
        journal.file.set_len(start + done * journal.stride()).map_err(failed)?;
        Ok(Self { done, ..journal })
    }

    /// How many records there are.
    pub fn done(&self) -> u64 {
        self.done
    }

    /// Adds records.
    ///
    /// # Errors
    /// [`Error::Write`].
    ///
    /// # Panics
    /// If a record has another length (a bug of ours).
    pub fn append<'r>(&mut self, records: impl Iterator<Item = &'r [u8]>) -> Result<(), Error> {
        let mut bytes = Vec::new();
        let mut count = 0;
        for record in records {
            assert_eq!(record.len(), self.record, "records of one run have one length");
            bytes.extend(record);
            bytes.extend(hash(count + self.done, record));
            count += 1;
        }
        let end = SeekFrom::Start(self.start + self.done * self.stride());
        self.file
            .seek(end)
            .and_then(|_| self.file.write_all(&bytes))
            .map_err(|source| Error::Write { path: self.path.clone(), source })?;
        self.done += count;
        Ok(())
    }

    /// Hands on every whole record, in order, up to the first that is torn.
    ///
    /// # Errors
    /// [`Error::Read`], or what `take` says.
    pub fn each<E: From<Error>>(&self, take: &mut dyn FnMut(&[u8]) -> Result<(), E>) -> Result<(), E> {
        let failed = |source| Error::Read { path: self.path.clone(), source };
        // The locked file itself: where locks are strict, nobody else may read it.
        let mut file = &self.file;
        file.seek(SeekFrom::Start(self.start)).map_err(failed)?;
        let mut file = BufReader::with_capacity(1 << 16, file);
        let mut bytes = vec![0; self.record + HASH];
        let mut at = 0;
        loop {
            match file.read_exact(&mut bytes) {
                Ok(()) => {}
                Err(fault) if fault.kind() == io::ErrorKind::UnexpectedEof => return Ok(()),
                Err(fault) => return Err(failed(fault).into()),
            }
            let (record, found) = bytes.split_at(self.record);
            if hash(at, record) != found {
                return Ok(());
            }
            take(record)?;
            at += 1;
        }
    }

    /// Takes the journal away, when its rows stand elsewhere.
    ///
    /// # Errors
    /// [`Error::Write`].
    pub fn remove(self) -> Result<(), Error> {
        let Self { path, file, .. } = self;
        drop(file);
        fs::remove_file(&path).map_err(|source| Error::Write { path, source })
    }

    fn stride(&self) -> u64 {
        (self.record + HASH) as u64
    }
}

/// Opens the file and keeps other runs out until it is dropped.
fn open(path: &Path) -> Result<File, Error> {
    let failed = |source| Error::Write { path: path.to_owned(), source };
    let file = OpenOptions::new().create(true).truncate(false).read(true).write(true).open(path).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::Busy(path.to_owned())),
        // Some network shares have no locks; two runs at once are then the user's own care.
        Err(TryLockError::Error(fault)) if fault.kind() == io::ErrorKind::Unsupported => Ok(file),
        Err(TryLockError::Error(source)) => Err(failed(source)),
    }
}

/// The beginning of the SHA-256 of a record with its position: a record in another's place does not match.
fn hash(at: u64, record: &[u8]) -> [u8; HASH] {
    let digest = Sha256::new().chain_update(at.to_le_bytes()).chain_update(record).finalize();
    std::array::from_fn(|byte| digest[byte])
}
