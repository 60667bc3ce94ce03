//! The fingerprint of an input file, by which reports and plans name what they were made from.

use sha2::{Digest, Sha256};

/// An input file and its fingerprint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Its name inside the case.
    pub file: String,
    /// SHA-256 of its bytes, in lower-case hexadecimal.
    pub sha256: String,
}

impl Input {
    /// A file of this name with these bytes.
    pub fn new(file: &str, bytes: &[u8]) -> Self {
        Self { file: file.to_owned(), sha256: sha256(bytes) }
    }
}

/// SHA-256 of these bytes (FIPS 180-4), in lower-case hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
