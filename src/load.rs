//! Bytes to a [`Case`] and its scenarios, or to every fault in them at once.
//!
//! The shell reads the files; this room only ever sees their names and bytes. It cuts them into cells with places
//! (`csv`, `workbook`), reads cells by the kind of their column (`table`, `cell`), follows ids between tables (`links`),
//! reads scenarios (`settings`, `scenario`, `clause`), and only when nothing is wrong builds the case (`build`). It knows
//! nothing of models or plans. [`load`] never opens the equality table, which has a way of its own (`equality`). Every fault has a code: `docs/ERRORS.md`.

mod build;
mod cell;
mod choose;
mod clause;
pub mod codes;
mod csv;
pub mod decisions;
pub mod equality;
mod fault;
mod gather;
mod grid;
pub mod instance;
mod links;
pub mod material;
mod names;
pub mod plan;
pub mod priority;
mod reach;
mod scenario;
pub mod schema;
mod settings;
pub mod sweep;
mod table;
mod tables;
mod value;
mod workbook;

use std::fmt;

use crate::case::Case;
use crate::case::scenario::Scenario;
use crate::diagnostic::{Diagnostic, Severity};
use crate::fingerprint::Input;
use crate::id::{PersonId, Table};
use crate::load::fault::Faults;
use crate::load::names::Names;

/// A file as it was read from disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Name within the folder, with `/`, such as `scenarios/S1.toml`.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What a case is read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sources {
    /// All the files of a folder.
    Folder(Vec<SourceFile>),
    /// One `.xlsx` workbook.
    Workbook(SourceFile),
}

/// What the case is wanted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Want<'a> {
    /// To be checked: all scenarios.
    Check,
    /// To be solved: this scenario only; `None` means the only one, or the default.
    Solve(Option<&'a str>),
    /// To propose job matches: the table `matches` and the scenarios are not read.
    Match,
}

/// A case without errors.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The case.
    pub case: Case,
    /// The scenarios wanted, by id: all of them, exactly one, or none.
    pub scenarios: Vec<Scenario>,
    /// Warnings and notices, in file order.
    pub diagnostics: Vec<Diagnostic>,
    /// Every file that was read into the case or its scenarios, by name.
    pub inputs: Vec<Input>,
    /// TOML of the default scenario, where the case had none.
    pub default_scenario: Option<String>,
    /// The function of each person's present job, where it is known.
    pub functions: Table<PersonId, Option<String>>,
}

/// A table as text cells, trimmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawTable {
    /// Name of the table.
    pub name: String,
    /// Its headings, as found.
    pub headings: Vec<String>,
    /// Its rows, each as long as the headings.
    pub rows: Vec<Vec<String>>,
}

/// Everything that is wrong with an input, in file order.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Diagnostics(pub Vec<Diagnostic>);

impl fmt::Display for Diagnostics {
    /// Blocks separated by blank lines, and a last line that counts them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for diagnostic in &self.0 {
            writeln!(f, "{diagnostic}\n")?;
        }
        let counted = |severity: Severity| {
            let count = self.0.iter().filter(|diagnostic| diagnostic.severity == severity).count();
            (count > 0).then(|| format!("{count} {severity}{}", if count == 1 { "" } else { "s" }))
        };
        let counts = [Severity::Error, Severity::Warning, Severity::Notice].into_iter().filter_map(counted);
        let counts: Vec<String> = counts.collect();
        if counts.is_empty() { f.write_str("No faults.") } else { write!(f, "{}.", counts.join(", ")) }
    }
}

/// Reads a case and the scenarios wanted.
///
/// # Errors
/// Every fault that was found, warnings and notices among them, if any of them is an error.
pub fn load(sources: &Sources, want: Want<'_>) -> Result<Loaded, Diagnostics> {
    let skip: &[&str] = match want {
        Want::Match => &["matches"],
        Want::Check | Want::Solve(_) => &[],
    };
    let mut faults = Faults::default();
    let gathered = gather::gather(sources, skip, &mut faults);
    let tables = tables::read(&gathered, skip, &mut faults);
    links::check(&tables, &mut faults);
    let chosen = choose::choose(&gathered, want, &Names::of(&tables), &mut faults);
    if faults.stop() {
        return Err(Diagnostics(faults.into_sorted()));
    }
    let case = build::case(&tables);
    reach::check(&case, &tables, &chosen.scenarios, gathered.spot_of("travel"), &mut faults);
    let functions = build::functions(&tables, &case);
    let mut inputs = [gathered.inputs, chosen.inputs].concat();
    inputs.sort_by(|a, b| a.file.cmp(&b.file));
    Ok(Loaded {
        case,
        scenarios: chosen.scenarios.into_iter().map(|(scenario, _)| scenario).collect(),
        diagnostics: faults.into_sorted(),
        inputs,
        default_scenario: chosen.made_up,
        functions,
    })
}

/// The tables as text, with one table `scenarios`, as a template workbook holds them.
///
/// - Tables stand in the contract's order, those that are missing left out; cells are trimmed, and not checked.
///
/// # Errors
/// Every fault, if a file cannot be cut into cells or a scenario cannot be parsed.
pub fn tables(sources: &Sources) -> Result<Vec<RawTable>, Diagnostics> {
    let mut faults = Faults::default();
    let gathered = gather::gather(sources, &[], &mut faults);
    let mut drafts = choose::drafts(&gathered, &mut faults);
    for draft in &mut drafts {
        faults.absorb(std::mem::take(&mut draft.faults), &format!("scenario {}", draft.id));
    }
    let tables = schema::TABLES.iter().filter_map(|shape| gathered.grids.get(shape.name).map(|grid| (shape, grid)));
    let mut raw: Vec<RawTable> = tables.filter_map(|(shape, grid)| raw_table(shape, grid)).collect();
    raw.push(settings::as_rows(&drafts));
    if faults.stop() { Err(Diagnostics(faults.into_sorted())) } else { Ok(raw) }
}

fn raw_table(shape: &schema::TableShape, grid: &grid::Grid) -> Option<RawTable> {
    let required: Vec<&str> = shape.columns.iter().filter(|c| !c.optional).map(|c| c.name).collect();
    let headed = table::header(grid, &required)?;
    let cells = |row: &grid::GridRow| headed.headings.iter().map(|(column, _)| row.text(*column).to_owned()).collect();
    Some(RawTable {
        name: shape.name.to_owned(),
        headings: headed.headings.iter().map(|(_, heading)| (*heading).to_owned()).collect(),
        rows: headed.below.iter().map(cells).collect(),
    })
}
