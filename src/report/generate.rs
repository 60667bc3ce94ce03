//! A case as the files of a folder: every table of the contract as CSV, every scenario as TOML.
//!
//! Rows are written one by one, so that a large case needs no second copy of itself. The columns are those of the contract,
//! in its order; what is written is read back as the same case.

mod rows;
mod scenario;

use std::io::{self, Write};

use crate::case::Case;
use crate::load::schema::{TABLES, TableShape};
use crate::study::generate::protected::{self, COLUMNS};
use crate::study::generate::{Ask, Generated};

pub use crate::report::generate::scenario::scenario_toml;

/// Names of the CSV files that a case has, in the contract's order.
pub fn table_files(case: &Case) -> Vec<String> {
    written(case).map(|shape| format!("{}.csv", shape.name)).collect()
}

/// The tables that are written: pins, links and travel only where the case has some.
fn written(case: &Case) -> impl Iterator<Item = &'static TableShape> {
    let optional =
        [("pins", case.pins.is_empty()), ("links", case.links.is_empty()), ("travel", case.travel.is_none())];
    TABLES.iter().filter(move |shape| !optional.contains(&(shape.name, true)))
}

/// Writes the file of this name, one of [`table_files`].
///
/// # Errors
/// What the writer says.
pub fn write_table(file: &str, case: &Case, out: impl Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    let shape = TABLES.iter().find(|shape| file.strip_suffix(".csv") == Some(shape.name)).expect("a table's file");
    csv.write_record(shape.columns.iter().map(|column| column.name))?;
    rows::each(shape.name, case, &mut |row| {
        debug_assert_eq!(row.len(), shape.columns.len(), "one cell for each column of {}", shape.name);
        csv.write_record(row).map_err(io::Error::from)
    })?;
    csv.flush()
}

/// Writes made-up protected characteristics, the file that equality monitoring opens.
///
/// # Errors
/// What the writer says.
pub fn write_protected(ask: &Ask, made: &Generated, out: impl Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(std::iter::once("person_id").chain(COLUMNS))?;
    for (person, row) in protected::draw(ask, made) {
        csv.write_record(std::iter::once(person.code.as_str()).chain(row.iter().map(String::as_str)))?;
    }
    csv.flush()
}

/// What the folder says about itself.
pub fn read_me(ask: &Ask, made: &Generated, version: &str) -> String {
    let mut text = format!(
        "# A made-up case\n\nNo person, post or authority in here exists. Written by demerge {version} with\n\n\
         ```sh\ndemerge generate --people {} --authorities {} --seed {}{} --out FOLDER\n```\n\n\
         The same command gives the same files, byte for byte. `docs/GENERATE.md` says what is drawn, and why.\n\n",
        ask.people(),
        ask.authorities(),
        ask.seed(),
        if ask.links() > 0 { format!(" --links {}", ask.links()) } else { String::new() },
    );
    text.push_str(
        &made.scenarios.iter().map(|it| format!("- {}: {} ({})\n", it.id, it.name, it.purpose)).collect::<String>(),
    );
    text
}
