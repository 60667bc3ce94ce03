//! The consultation paper: what it says, and that the public one gives nobody away.

mod attack;
mod formats;
mod ledger;
mod limits;
mod manners;
mod numbers;
mod read;
mod recover;
mod told;

use std::path::Path;

use crate::cli::run::{data, demerge, folder, text};

/// The public and the exempt page of a pack.
pub(crate) struct Pack {
    pub(crate) public: String,
    pub(crate) exempt: String,
}

/// Writes the page of a pack with these options, and reads it back.
pub(crate) fn pack(case: &str, scenario: &str, more: &[&str]) -> Pack {
    let out = folder();
    let into = out.path().join("pack");
    let ran = write(&data(case), scenario, &into, &[more, &["--formats", "html", "--letters", "none"]].concat());
    assert_eq!(ran.code, 0, "{case} {scenario} {more:?}: {}", ran.err);
    let page = |audience: &str| {
        std::fs::read_to_string(into.join(audience).join("paper.html"))
            .unwrap_or_else(|error| panic!("{audience}: {error}"))
    };
    Pack { public: page("public"), exempt: page("exempt") }
}

/// Runs the verb.
pub(crate) fn write(case: &Path, scenario: &str, into: &Path, more: &[&str]) -> crate::cli::run::Ran {
    demerge(&[&["paper", text(case), "--scenario", scenario, "--out", text(into)], more].concat())
}
