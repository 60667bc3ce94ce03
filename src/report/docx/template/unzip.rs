//! The files of a zip file, none of them larger than a template can need.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::report::docx::Error;

/// Bytes that a template unpacks to at most.
const LARGEST: u64 = 64 * 1024 * 1024;

/// Files that a template holds at most.
const MOST_FILES: usize = 2_000;

/// What an Office file with a password begins with, and so does an old `.doc`.
const COMPOUND: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0];

/// Every file by name; sizes are counted while unpacking, as a header may lie.
pub(super) fn files(bytes: &[u8]) -> Result<BTreeMap<String, Vec<u8>>, Error> {
    if bytes.starts_with(COMPOUND) {
        return Err(Error::Locked);
    }
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(not_a_zip)?;
    if zip.len() > MOST_FILES {
        return Err(Error::TooLarge);
    }
    let mut files = BTreeMap::new();
    let mut left = LARGEST;
    for index in 0..zip.len() {
        let file = zip.by_index(index).map_err(not_a_zip)?;
        if file.is_dir() {
            continue;
        }
        let name = file.name().map_err(not_a_zip)?.replace('\\', "/");
        let mut content = Vec::new();
        let read = file.take(left + 1).read_to_end(&mut content);
        read.map_err(|fault| Error::NotADocument(format!("{name} cannot be unpacked: {fault}")))?;
        left = left.checked_sub(content.len() as u64).ok_or(Error::TooLarge)?;
        files.insert(name, content);
    }
    Ok(files)
}

fn not_a_zip(fault: ZipError) -> Error {
    Error::NotADocument(fault.to_string())
}
