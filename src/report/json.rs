//! A document as JSON: indented, so that a person can read it, with a line end after it.

use serde::Serialize;

/// Writes a document of text and whole numbers.
pub(super) fn document(document: &impl Serialize) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(document).expect("text and whole numbers are always JSON");
    bytes.push(b'\n');
    bytes
}
