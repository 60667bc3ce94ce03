//! What was handed over, sorted into tables, scenarios and the rest; and the hashes of what was read.
//!
//! The equality table is passed over unseen: it is not parsed, not hashed and not mentioned. So is the record of decisions,
//! which is about plans and no part of what they are made from.

use std::collections::BTreeMap;

use crate::fingerprint::Input;
use crate::load::codes::Code;
use crate::load::fault::{Faults, Spot};
use crate::load::grid::{Grid, plain_name};
use crate::load::schema::{SHEETS_WITHOUT_DATA, TABLES};
use crate::load::{SourceFile, Sources, csv, decisions, workbook};

/// Order of the files that belong to nothing, after the tables.
pub(super) const STRAY_ORDER: u32 = 90;
/// Order of the first scenario, after everything else.
pub(super) const SCENARIO_ORDER: u32 = 100;

/// The name of the table that only the equality report may read.
const EQUALITY: &str = "equality_restricted";

/// A scenario file, not yet read.
#[derive(Debug)]
pub(super) struct ScenarioFile<'s> {
    /// Its name, such as `scenarios/S1.toml`.
    pub(super) file: &'s str,
    /// Its position in the order of reading.
    pub(super) order: u32,
    /// Its bytes.
    pub(super) bytes: &'s [u8],
}

/// Everything that was handed over, by what it is.
#[derive(Debug, Default)]
pub(super) struct Gathered<'s> {
    /// The cells of each table that could be cut into cells.
    pub(super) grids: BTreeMap<&'static str, Grid>,
    /// Tables whose file is there, whether or not it could be read.
    pub(super) present: Vec<&'static str>,
    /// Scenario files by name.
    pub(super) scenario_files: Vec<ScenarioFile<'s>>,
    /// The sheet `scenarios` of a workbook.
    pub(super) scenario_sheet: Option<Grid>,
    /// Files behind the tables.
    pub(super) inputs: Vec<Input>,
    /// The workbook's name, where it is one.
    pub(super) workbook: Option<&'s str>,
    /// Whether it is a workbook that could not be read at all, so that nothing is known of what it lacks.
    pub(super) unreadable: bool,
}

impl Gathered<'_> {
    /// Where a table would stand if it were there.
    pub(super) fn spot_of(&self, table: &'static str) -> Spot {
        let name = match self.workbook {
            Some(workbook) => format!("{workbook} sheet {table}"),
            None => format!("{table}.csv"),
        };
        Spot::whole(order_of(table).unwrap_or(STRAY_ORDER), &name)
    }
}

/// Cuts every table into cells; `skip` names tables that are not wanted.
pub(super) fn gather<'s>(sources: &'s Sources, skip: &[&str], faults: &mut Faults) -> Gathered<'s> {
    match sources {
        Sources::Folder(files) => gather_folder(files, skip, faults),
        Sources::Workbook(file) => gather_workbook(file, skip, faults),
    }
}

/// Position of a table in the order of reading, from 1.
fn order_of(table: &str) -> Option<u32> {
    let at = TABLES.iter().position(|shape| shape.name == table)?;
    u32::try_from(at + 1).ok()
}

/// The table that a file or sheet name stands for.
fn table_named(name: &str) -> Option<&'static str> {
    TABLES.iter().map(|shape| shape.name).find(|table| *table == name)
}

fn gather_folder<'s>(files: &'s [SourceFile], skip: &[&str], faults: &mut Faults) -> Gathered<'s> {
    let mut gathered = Gathered::default();
    let mut files: Vec<&SourceFile> = files.iter().collect();
    files.sort_by(|a, b| a.name.cmp(&b.name));
    for file in files {
        let lower = file.name.to_lowercase();
        let base = lower.rsplit('/').next().unwrap_or(&lower);
        let table = lower.strip_suffix(".csv").map(plain_name);
        let is_sweep = lower.starts_with("sweeps/") && lower.ends_with(".toml");
        if base.starts_with('.') || base.starts_with("~$") || is_beside(table.as_deref()) || is_sweep {
            continue;
        }
        if let Some(table) = table.as_deref().and_then(table_named) {
            if skip.contains(&table) {
                continue;
            }
            let order = order_of(table).unwrap_or(STRAY_ORDER);
            if gathered.present.contains(&table) {
                report_twice(Spot::whole(order, &file.name), table, faults);
                continue;
            }
            gathered.present.push(table);
            gathered.inputs.push(Input::new(&file.name, &file.bytes));
            if let Some(grid) = csv::read(&file.name, order, &file.bytes, faults) {
                gathered.grids.insert(table, grid);
            }
        } else if lower.strip_prefix("scenarios/").is_some_and(|name| name.ends_with(".toml") && !name.contains('/')) {
            let place = u32::try_from(gathered.scenario_files.len()).unwrap_or(u32::MAX - SCENARIO_ORDER);
            let order = SCENARIO_ORDER + place;
            gathered.scenario_files.push(ScenarioFile { file: &file.name, order, bytes: &file.bytes });
        } else {
            let why = "a case is the tables of the contract and scenarios/*.toml; nothing else takes part in a plan";
            let stem = base.rsplit_once('.').map_or(base, |(stem, _)| stem);
            let hint = crate::load::fault::did_you_mean(stem, TABLES.iter().map(|shape| shape.name));
            let action = match lower.ends_with(".xlsx") {
                true => "to read a workbook as a case, name it in place of the folder".to_owned(),
                false => format!("nothing, unless it is a misspelt table{hint}"),
            };
            faults.add(Code::UnknownFile, Spot::whole(STRAY_ORDER, &file.name), "", why, action);
        }
    }
    gathered
}

fn gather_workbook<'s>(file: &'s SourceFile, skip: &[&str], faults: &mut Faults) -> Gathered<'s> {
    let mut gathered = Gathered { workbook: Some(&file.name), ..Gathered::default() };
    gathered.inputs.push(Input::new(&file.name, &file.bytes));
    let order = |sheet: &str| match plain_name(sheet.trim()).as_str() {
        "scenarios" => Some(SCENARIO_ORDER),
        name => table_named(name).filter(|table| !skip.contains(table)).and_then(order_of),
    };
    let Some((grids, others)) = workbook::read(&file.name, &file.bytes, &order, faults) else {
        gathered.present.extend(TABLES.iter().map(|shape| shape.name));
        gathered.unreadable = true;
        return gathered;
    };
    for grid in grids {
        let at = grid.order;
        if at == SCENARIO_ORDER {
            if gathered.scenario_sheet.is_some() {
                report_twice(grid.spot(None, None), "scenarios", faults);
            }
            gathered.scenario_sheet.get_or_insert(grid);
            continue;
        }
        let table = TABLES[at as usize - 1].name;
        if gathered.present.contains(&table) {
            report_twice(grid.spot(None, None), table, faults);
            continue;
        }
        gathered.present.push(table);
        gathered.grids.insert(table, grid);
    }
    let unread: Vec<String> = others
        .into_iter()
        .filter(|name| !is_beside(Some(&plain_name(name))) && !skip.contains(&plain_name(name).as_str()))
        .filter(|name| !SHEETS_WITHOUT_DATA.contains(&name.trim()))
        .collect();
    if !unread.is_empty() {
        let why = "a case is the sheets named as the tables of the contract, and the sheet scenarios";
        let spot = Spot::whole(STRAY_ORDER, &file.name);
        let found = format!("sheets {}", unread.join(", "));
        faults.add(Code::UnknownFile, spot, found, why, "nothing, unless one of them is a misspelt table");
    }
    gathered
}

/// Whether a table lies beside the case and is read by a way of its own.
fn is_beside(table: Option<&str>) -> bool {
    table.is_some_and(|table| [EQUALITY, decisions::NAME].contains(&table))
}

fn report_twice(spot: Spot, table: &str, faults: &mut Faults) {
    let why = format!("another one stands for the table {table} too, and only one of them can be meant");
    faults.add(Code::TableTwice, spot, "", why, "remove or rename one of the two");
}
