//! The restricted equality table, by a way of its own into a type of its own.
//!
//! [`load`](crate::load::load) passes this table over unseen; only `demerge monitor` and `demerge paper --equality` come here, after a plan
//! has been made and certified. What is read becomes [`Characteristics`], which only `study::monitor` and `study::paper` take, so no model, solver
//! or plan can reach it. A test holds that no other file of the program names the type.

use std::collections::{BTreeMap, BTreeSet};

use crate::case::Case;
use crate::diagnostic::Diagnostic;
use crate::fingerprint::Input;
use crate::id::{PersonId, Table};
use crate::load::cell::Cell;
use crate::load::codes::Code;
use crate::load::fault::{Faults, Spot, did_you_mean};
use crate::load::grid::{Grid, plain_name};
use crate::load::schema::{Column, Kind, Need, TableShape, extra, must};
use crate::load::table::{self, TableData};
use crate::load::{Diagnostics, Sources, csv, workbook};

/// Name of the file without `.csv`, and of the sheet.
const NAME: &str = "equality_restricted";

/// What a blank cell, or a person without a row, counts as: absent is not "no".
pub const NOT_STATED: &str = "not stated";

/// The column of ages, which is counted in bands.
const AGE: &str = "age_at_separation";

/// Bands of age, each with its lowest age; the first holds everyone younger than the second.
const BANDS: [(i64, &str); 5] =
    [(0, "under 30"), (30, "30 to 39"), (40, "40 to 49"), (50, "50 to 59"), (60, "60 and over")];

const fn characteristic(name: &'static str, help: &'static str) -> Column {
    extra(name, Kind::Text, help)
}

/// The columns that are known; all but the person may be missing.
pub static SHAPE: TableShape = TableShape {
    name: NAME,
    need: Need::Optional,
    keys: 1,
    help: "Protected characteristics, for equality monitoring alone.",
    columns: &[
        must("person_id", Kind::Id("people"), "the person"),
        characteristic("sex", "sex, in the words of your own monitoring form"),
        extra(AGE, Kind::Whole, "age in whole years, shown in bands"),
        characteristic("disability", "whether disabled"),
        characteristic("ethnicity", "ethnic group"),
        characteristic("religion_or_belief", "religion or belief"),
        characteristic("sexual_orientation", "sexual orientation"),
        characteristic("gender_reassignment", "gender reassignment"),
        characteristic("marriage_or_civil_partnership", "married, in a civil partnership, or neither"),
        characteristic("family_protection", "pregnancy or family leave"),
        extra(
            "family_protection_start",
            Kind::Date,
            "when that began; not counted, but shown in the list of protected people at risk",
        ),
        characteristic("caring_responsibilities", "whether caring for somebody"),
    ],
};

/// What the equality table says, as groups of people; never part of a [`Case`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Characteristics {
    /// Every characteristic that the table has, in the order of its description.
    pub columns: Vec<Characteristic>,
    /// People without a row, lowest first.
    pub missing: Vec<PersonId>,
}

/// One characteristic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Characteristic {
    /// Name of its column.
    pub name: &'static str,
    /// Its values, in alphabetical order (ages from the youngest), [`NOT_STATED`] last.
    pub values: Vec<String>,
    /// Which of the values each person has, by position.
    pub of: Table<PersonId, usize>,
}

/// Someone protected by pregnancy or family leave, as the table says; never part of a [`Case`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Protection {
    /// Whom it concerns.
    pub person: PersonId,
    /// What protects them, in the words of the table.
    pub kind: String,
    /// Since when, as an ISO date, where the table says so.
    pub since: Option<String>,
}

/// The table, read.
#[derive(Debug, Clone)]
pub struct Equality {
    /// What it says.
    pub characteristics: Characteristics,
    /// Everyone with a protection, lowest person first.
    pub protections: Vec<Protection>,
    /// Notices about it.
    pub diagnostics: Vec<Diagnostic>,
    /// The file that it was read from.
    pub input: Input,
}

/// Reads the equality table of a case: of a folder its one file alone, or of a workbook its one sheet.
///
/// # Errors
/// Every fault of the table, each with its row and column; or that the case has none.
pub fn load(sources: &Sources, case: &Case) -> Result<Equality, Diagnostics> {
    let mut faults = Faults::default();
    let read = cells(sources, &mut faults).and_then(|(grid, input)| {
        let table = table::read(&SHAPE, grid, &mut faults)?;
        Some((characteristics(&table, case, &mut faults), protections(&table, case), input))
    });
    match read {
        Some((characteristics, protections, input)) if !faults.stop() => {
            Ok(Equality { characteristics, protections, diagnostics: faults.into_sorted(), input })
        }
        _ => Err(Diagnostics(faults.into_sorted())),
    }
}

/// The cells of the table, and the file that holds it.
fn cells(sources: &Sources, faults: &mut Faults) -> Option<(Grid, Input)> {
    let missing = |name: &str, faults: &mut Faults| {
        let why = "without it nothing can be said by characteristic";
        let action = "put the table beside the case under this name, with the column person_id and one column for each \
                      characteristic; data/README.md names them";
        faults.add(Code::MissingTable, Spot::whole(1, name), "", why, action);
    };
    match sources {
        Sources::Folder(files) => {
            let Some(file) = files.first() else {
                missing("equality_restricted.csv", faults);
                return None;
            };
            let grid = csv::read(&file.name, 1, &file.bytes, faults)?;
            Some((grid, Input::new(&file.name, &file.bytes)))
        }
        Sources::Workbook(file) => {
            let order = |sheet: &str| (plain_name(sheet.trim()) == NAME).then_some(1);
            let (grids, _) = workbook::read(&file.name, &file.bytes, &order, faults)?;
            let Some(grid) = grids.into_iter().next() else {
                missing(&format!("{} sheet {NAME}", file.name), faults);
                return None;
            };
            Some((grid, Input::new(&file.name, &file.bytes)))
        }
    }
}

/// Whose cell says that they are protected: anything but a blank, `none` or `no`.
fn protections(table: &TableData, case: &Case) -> Vec<Protection> {
    let people = case.people_by_code();
    let text = |cell: &Cell| match cell {
        Cell::Text(text) => Some(text.clone()),
        Cell::Blank | Cell::Number(_) | Cell::Flag(_) | Cell::List(_) | Cell::Bad => None,
    };
    let mut found: BTreeMap<PersonId, Protection> = BTreeMap::new();
    for record in &table.records {
        let person = table.key(record).and_then(|code| people.get(code));
        let kind = text(table.cell(record, "family_protection"));
        let kind = kind.filter(|kind| !["none", "no", ""].contains(&plain_name(kind.trim()).as_str()));
        if let (Some(&person), Some(kind)) = (person, kind) {
            let since = text(table.cell(record, "family_protection_start"));
            found.entry(person).or_insert(Protection { person, kind, since });
        }
    }
    found.into_values().collect()
}

fn characteristics(table: &TableData, case: &Case, faults: &mut Faults) -> Characteristics {
    let people = case.people_by_code();
    let mut rows: BTreeMap<PersonId, usize> = BTreeMap::new();
    for (at, record) in table.records.iter().enumerate() {
        let Some(code) = table.key(record) else { continue };
        match people.get(code) {
            Some(&person) => {
                rows.entry(person).or_insert(at);
            }
            None => {
                let why = format!("people has no person {code}");
                let hint = did_you_mean(code, people.keys().copied());
                let action = format!("correct the id{hint}, or delete the row");
                faults.add(Code::UnknownId, table.spot(record, "person_id"), code, why, action);
            }
        }
    }
    if table.records.is_empty() {
        let why = "there is nobody in it to count";
        faults.add(Code::NoRows, table.grid.spot(None, None), "", why, "fill in one row for each person");
    }
    let counted = SHAPE.columns[1..].iter().filter(|column| column.kind != Kind::Date);
    let there = counted.filter(|column| table.columns[table.at(column.name)].is_some());
    let columns: Vec<Characteristic> = there.map(|column| read(table, column, case, &rows, faults)).collect();
    if columns.is_empty() {
        let why = "the table has no column with a characteristic that the program knows";
        let names: Vec<&str> = SHAPE.columns[1..].iter().map(|column| column.name).collect();
        let action = format!("use these headings: {}", names.join(", "));
        faults.add(Code::MissingColumn, table.grid.spot(None, None), "", why, action);
    }
    let missing = case.people.ids().filter(|person| !rows.contains_key(person)).collect();
    Characteristics { columns, missing }
}

fn read(
    table: &TableData,
    column: &Column,
    case: &Case,
    rows: &BTreeMap<PersonId, usize>,
    faults: &mut Faults,
) -> Characteristic {
    let mut spellings: BTreeMap<String, (String, u32)> = BTreeMap::new();
    let mut of = Table::filled(NOT_STATED.to_owned(), case.people.len());
    let owners: BTreeMap<usize, PersonId> = rows.iter().map(|(&person, &at)| (at, person)).collect();
    for (at, record) in table.records.iter().enumerate() {
        let value = match table.cell(record, column.name) {
            Cell::Number(age) => band(*age, || table.spot(record, column.name), faults),
            Cell::Text(text) => text.clone(),
            Cell::Blank | Cell::Flag(_) | Cell::List(_) | Cell::Bad => NOT_STATED.to_owned(),
        };
        let (first, row) = spellings.entry(plain_name(&value)).or_insert_with(|| (value.clone(), record.row));
        if *first != value {
            let why = format!("row {row} spells it \"{first}\", and the two would be counted as two groups");
            let action = "write the value in the same way in every row";
            faults.add(Code::UnknownWord, table.spot(record, column.name), value.as_str(), why, action);
        }
        if let Some(&person) = owners.get(&at) {
            of[person] = value;
        }
    }
    let mut values: Vec<String> = of.values().cloned().collect::<BTreeSet<_>>().into_iter().collect();
    values.sort_by_key(|value| (value == NOT_STATED, BANDS.iter().position(|(_, band)| band == value)));
    let place =
        |value: &String| values.iter().position(|it| it == value).expect("every value is in the list of values");
    let of = Table::new(of.values().map(place).collect());
    Characteristic { name: column.name, values, of }
}

/// The band of an age; an age that nobody employed has is a fault.
fn band(age: i64, spot: impl FnOnce() -> Spot, faults: &mut Faults) -> String {
    if !(14..=120).contains(&age) {
        let why = "the column takes ages in whole years, from 14 to 120";
        faults.add(Code::OutOfRange, spot(), age.to_string(), why, "correct the age");
    }
    let reached = BANDS.iter().rev().find(|(least, _)| age >= *least);
    reached.map_or(BANDS[0].1, |(_, name)| name).to_owned()
}
