//! Where an output comes from: the program, the scenario and a fingerprint of every input file.

use sha2::{Digest, Sha256};

/// What made an output, and from what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provenance {
    /// Name and version of the program.
    pub program: String,
    /// Every input file that was read, in order of name.
    pub inputs: Vec<Input>,
}

/// An input file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Its name inside the case.
    pub file: String,
    /// SHA-256 of its bytes, in lower-case hexadecimal.
    pub sha256: String,
}

impl Provenance {
    /// This program, with these files as `(name, bytes)` in any order.
    pub fn new<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Self {
        let mut inputs: Vec<Input> =
            files.into_iter().map(|(file, bytes)| Input { file: file.to_owned(), sha256: sha256(bytes) }).collect();
        inputs.sort_by(|a, b| a.file.cmp(&b.file));
        Self { program: concat!("demerge ", env!("CARGO_PKG_VERSION")).to_owned(), inputs }
    }
}

/// SHA-256 of these bytes, in lower-case hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
