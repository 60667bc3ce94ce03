//! From a path on the command line to a case, and to what a report says about its origin.

use std::path::Path;

use crate::cli::args::OneScenario;
use crate::cli::exit::Error;
use crate::files;
use crate::load::{self, Loaded, SourceFile, Sources, Want};
use crate::report::provenance::Provenance;

/// Reads the files of a case.
///
/// # Errors
/// [`Error::Files`].
pub(super) fn read(path: &Path) -> Result<Sources, Error> {
    // A folder that this program has written to may hold the rest of a killed run.
    if path.is_dir() {
        files::recover(path)?;
    }
    Ok(files::read_case(path)?)
}

/// Reads and loads a case.
///
/// # Errors
/// [`Error::Files`], or [`Error::Input`] with every fault.
pub(super) fn load(path: &Path, want: Want<'_>) -> Result<Loaded, Error> {
    load_sources(&read(path)?, want)
}

/// Reads and loads a case with the one scenario that is asked about.
///
/// # Errors
/// As [`load`].
pub(super) fn load_one(one: &OneScenario) -> Result<Loaded, Error> {
    load(&one.case, Want::Solve(one.scenario.as_deref()))
}

/// Reads and loads a case, and points at every file of its folder that is not read.
///
/// Only `check` asks this: what else lies in the folder has no part in an answer, nor in its report.
///
/// # Errors
/// As [`load`].
pub(super) fn load_all(path: &Path, want: Want<'_>) -> Result<Loaded, Error> {
    let mut sources = read(path)?;
    if let Sources::Folder(files) = &mut sources {
        files.extend(files::strays(path)?.into_iter().map(|name| SourceFile { name, bytes: Vec::new() }));
    }
    load_sources(&sources, want)
}

/// Loads a case from files that were read.
///
/// # Errors
/// [`Error::Input`] with every fault.
pub(super) fn load_sources(sources: &Sources, want: Want<'_>) -> Result<Loaded, Error> {
    let _span = tracing::info_span!("load").entered();
    let loaded = load::load(sources, want).map_err(Error::Input)?;
    tracing::info!(people = loaded.case.people.len(), posts = loaded.case.posts.len(), "loaded");
    Ok(loaded)
}

/// What the outputs say about their origin.
pub(super) fn provenance(loaded: &Loaded) -> Provenance {
    Provenance { inputs: loaded.inputs.clone(), ..Provenance::new([]) }
}

/// The text of a scenario that was made up, for the screen.
pub(super) fn made_up(loaded: &Loaded) -> String {
    loaded.default_scenario.as_ref().map_or_else(String::new, |toml| {
        format!(
            "\nThe case has no scenario, so this one was made up. To change it, save it as scenarios/default.toml in the \
             folder of the case:\n\n{toml}"
        )
    })
}
