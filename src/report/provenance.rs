//! Where an output comes from: the program, the scenario and a fingerprint of every input file.

use crate::fingerprint::Input;

/// What made an output, and from what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provenance {
    /// Name and version of the program.
    pub program: String,
    /// Every input file that was read, in order of name.
    pub inputs: Vec<Input>,
}

impl Provenance {
    /// This program, with these files as `(name, bytes)` in any order.
    pub fn new<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Self {
        let mut inputs: Vec<Input> = files.into_iter().map(|(file, bytes)| Input::new(file, bytes)).collect();
        inputs.sort_by(|a, b| a.file.cmp(&b.file));
        Self { program: concat!("demerge ", env!("CARGO_PKG_VERSION")).to_owned(), inputs }
    }
}
