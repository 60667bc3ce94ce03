//! A published priority list: a CSV with person_id and priority, 1 coming first.

use std::collections::BTreeMap;
use std::fmt;

use crate::case::Case;
use crate::id::{PersonId, Table};
use crate::load::fault::{Faults, did_you_mean};
use crate::load::grid::plain_name;
use crate::load::{Diagnostics, SourceFile, csv, table};

const COLUMNS: [&str; 2] = ["person_id", "priority"];

/// What is wrong with a priority list; every fault of it.
#[derive(Debug)]
pub enum PriorityFault {
    /// The file is no CSV.
    Csv(Diagnostics),
    /// The rows that are wrong, each in a line.
    Rows(Vec<String>),
}

impl fmt::Display for PriorityFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PriorityFault::Csv(found) => write!(f, "{found}"),
            PriorityFault::Rows(lines) => f.write_str(&lines.join("\n")),
        }
    }
}

impl std::error::Error for PriorityFault {}

/// Reads a priority list: a number for each person of the case, lowest first.
///
/// - Other columns are not looked at. Equal numbers are allowed; the lower person id then comes first.
///
/// # Errors
/// Every fault in the file: columns missing, an unknown person, a person twice or left out, no whole number.
pub fn read_priority(case: &Case, file: &SourceFile) -> Result<Table<PersonId, u32>, PriorityFault> {
    let mut faults = Faults::default();
    let grid = csv::read(&file.name, 1, &file.bytes, &mut faults);
    let Some(grid) = grid.filter(|_| !faults.stop()) else {
        return Err(PriorityFault::Csv(Diagnostics(faults.into_sorted())));
    };
    let headed = table::header(&grid, &COLUMNS);
    let find = |name: &str| {
        let found = headed.iter().flat_map(|headed| &headed.headings).find(|(_, heading)| plain_name(heading) == name);
        found.map(|(column, _)| *column)
    };
    let (Some(headed), Some(person_column), Some(number_column)) = (&headed, find(COLUMNS[0]), find(COLUMNS[1])) else {
        let line = format!("{}: a priority list has the columns person_id and priority (1 comes first)", file.name);
        return Err(PriorityFault::Rows(vec![line]));
    };
    let people = case.people_by_code();
    let mut numbers: BTreeMap<PersonId, u32> = BTreeMap::new();
    let mut wrong = Vec::new();
    for row in headed.below {
        let (code, number) = (row.text(person_column), row.text(number_column));
        let spot = format!("{} row {}", file.name, row.number);
        match (people.get(code), number.parse::<u32>()) {
            (None, _) => {
                let hint = did_you_mean(code, people.keys().copied());
                wrong.push(format!("{spot}: the case has no person {code}{hint}"));
            }
            (Some(_), Err(_)) => {
                wrong.push(format!("{spot}: the priority of {code} is {number:?}, not a whole number"))
            }
            (Some(&person), Ok(number)) => {
                if numbers.insert(person, number).is_some() {
                    wrong.push(format!("{spot}: {code} stands in the list twice"));
                }
            }
        }
    }
    let missing = |person: &PersonId| !numbers.contains_key(person);
    let missing: Vec<&str> =
        case.people.ids().filter(missing).map(|person| case.people[person].code.as_str()).collect();
    if !missing.is_empty() && wrong.is_empty() {
        wrong.push(format!("{}: without a priority: {}", file.name, missing.join(", ")));
    }
    if !wrong.is_empty() {
        return Err(PriorityFault::Rows(wrong));
    }
    let mut all = Table::filled(0, case.people.len());
    for (person, number) in numbers {
        all[person] = number;
    }
    Ok(all)
}
