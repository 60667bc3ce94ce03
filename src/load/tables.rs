//! All tables of a case together: which must be there, and what a *starter* case assumes for those that are not.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Place;
use crate::load::cell::Cell;
use crate::load::codes::Code;
use crate::load::fault::Faults;
use crate::load::gather::Gathered;
use crate::load::grid::{Grid, Source};
use crate::load::schema::{Need, TABLES, TableShape};
use crate::load::table::{self, Record, TableData};

/// The tables whose absence together makes a case a starter.
const STARTER_SIGNS: [&str; 3] = ["structures", "grades", "shares"];

/// The tables that could be read, by name.
#[derive(Debug)]
pub(super) struct Tables {
    data: BTreeMap<&'static str, TableData>,
    /// Whether structures and grades were derived from the other tables.
    pub(super) starter: bool,
}

impl Tables {
    /// A table, if it is there and could be read.
    pub(super) fn get(&self, name: &str) -> Option<&TableData> {
        self.data.get(name)
    }

    /// A table of a case without faults.
    pub(super) fn whole(&self, name: &str) -> &TableData {
        self.data.get(name).expect("a case without faults has every needed table")
    }

    /// Every table that is there, in the contract's order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &TableData> {
        TABLES.iter().filter_map(|shape| self.data.get(shape.name))
    }

    /// The first keys of a table; `None` where not all of them are known.
    pub(super) fn keys(&self, name: &str) -> Option<BTreeSet<&str>> {
        let table = self.data.get(name).filter(|table| table.keys_known)?;
        // A table that is itself reported as too short would make every id that refers to it a second fault.
        let shortest = match name {
            "authorities" => 2,
            "people" | "posts" => 1,
            _ => 0,
        };
        if table.records.len() < shortest {
            return None;
        }
        Some(table.records.iter().filter_map(|record| table.key(record)).collect())
    }
}

/// Reads every table; `skip` names tables that are not wanted.
pub(super) fn read(gathered: &Gathered<'_>, skip: &[&str], faults: &mut Faults) -> Tables {
    let starter = STARTER_SIGNS.iter().all(|sign| !gathered.present.contains(sign));
    let mut data = BTreeMap::new();
    for shape in TABLES {
        if let Some(grid) = gathered.grids.get(shape.name) {
            // The empty sheet of a template holds no more matches than no sheet at all.
            if shape.need == Need::ToSolve && grid.rows.len() == 1 {
                report_missing(shape, starter, gathered, faults);
            }
            if let Some(table) = table::read(shape, grid.clone(), faults) {
                data.insert(shape.name, table);
            }
        } else if !gathered.present.contains(&shape.name) && !skip.contains(&shape.name) {
            report_missing(shape, starter, gathered, faults);
        }
    }
    if starter {
        assume(&mut data, gathered, faults);
    }
    Tables { data, starter }
}

fn report_missing(shape: &TableShape, starter: bool, gathered: &Gathered<'_>, faults: &mut Faults) {
    let spot = gathered.spot_of(shape.name);
    match shape.need {
        Need::Always => {
            let columns: Vec<&str> = shape.columns.iter().filter(|c| !c.optional).map(|c| c.name).collect();
            let action = format!("add the table with the columns {}", columns.join(", "));
            faults.add(Code::MissingTable, spot, "", shape.help, action);
        }
        Need::UnlessStarter if !starter => {
            let why =
                format!("{} It may be left out only if structures, grades and shares are all left out", shape.help);
            let columns: Vec<&str> = shape.columns.iter().filter(|c| !c.optional).map(|c| c.name).collect();
            let action = format!("add the table with the columns {}", columns.join(", "));
            faults.add(Code::MissingTable, spot, "", why, action);
        }
        Need::UnlessStarter | Need::Optional => {}
        Need::ToSolve => {
            let why =
                "only a matched pair of person and post can be an allocation, and the matching is yours to decide";
            let action = "run `demerge match CASE --out matches.csv`, edit what it proposes, and put it in the folder \
                          (or in the sheet matches)";
            faults.add(Code::NoMatches, spot, "", why, action);
        }
    }
}

/// Puts derived tables in the place of those that a starter leaves out, and says so for each.
fn assume(data: &mut BTreeMap<&'static str, TableData>, gathered: &Gathered<'_>, faults: &mut Faults) {
    let structures = derive_structures(data.get("posts"), faults);
    let grades = derive_grades(data);
    for shape in TABLES.iter().filter(|shape| shape.need == Need::UnlessStarter) {
        if gathered.present.contains(&shape.name) {
            continue;
        }
        let (records, assumed) = match shape.name {
            "structures" => {
                (structures.clone(), "each structure that posts list was taken to be one of that authority")
            }
            "grades" => (
                grades.clone(),
                "grades were put in order of the lowest pay of their posts, then of their people; check grade_difference",
            ),
            "joint_posts" => {
                (Vec::new(), "the joint posts that people hold today are not known, and joint_post_id is not checked")
            }
            "shares" => (Vec::new(), "no authority was taken to have a majority of anyone's time"),
            _ => (Vec::new(), "nobody was taken to have ranked any post"),
        };
        let spot = gathered.spot_of(shape.name);
        let Place::Whole(name) = &spot.place else { unreachable!("a missing table has no cells") };
        let grid = Grid { source: Source::Csv(name.clone()), order: spot.order.0, rows: Vec::new() };
        let action =
            "nothing for a first look; for a consultation add the table (`demerge template` shows its columns)";
        faults.add(Code::Assumed, spot.clone(), "", assumed, action);
        let records = (1..).zip(records).map(|(row, cells)| Record { row, cells, function: None }).collect();
        let keys_known = shape.name != "joint_posts";
        data.insert(shape.name, TableData { records, keys_known, ..TableData::empty(shape, grid) });
    }
}

fn derive_structures(posts: Option<&TableData>, faults: &mut Faults) -> Vec<Vec<Cell>> {
    let mut owners: BTreeMap<&str, (&str, u32)> = BTreeMap::new();
    let Some(posts) = posts else { return Vec::new() };
    for record in &posts.records {
        let Some(authority) = posts.cell(record, "authority_id").text() else { continue };
        for structure in posts.cell(record, "structures").list() {
            let (owner, row) = *owners.entry(structure).or_insert((authority, record.row));
            if owner != authority {
                let why = format!("row {row} lists it for authority {owner}, this row for {authority}");
                let spot = posts.spot(record, "structures");
                faults.add(Code::SharedStructure, spot, structure, why, "give each authority structures of its own");
            }
        }
    }
    let text = |text: &str| Cell::Text(text.to_owned());
    owners.into_iter().map(|(id, (owner, _))| vec![text(id), text(owner), text(id), Cell::Blank]).collect()
}

/// What is known of a grade that no table of grades describes.
#[derive(Default)]
struct GradePay {
    posts: Option<(i64, i64)>,
    people: Option<(i64, i64)>,
}

fn derive_grades(data: &BTreeMap<&'static str, TableData>) -> Vec<Vec<Cell>> {
    let widen = |range: Option<(i64, i64)>, low: i64, high: i64| {
        Some(range.map_or((low, high), |(l, h): (i64, i64)| (l.min(low), h.max(high))))
    };
    let mut grades: BTreeMap<String, GradePay> = BTreeMap::new();
    for name in ["people", "posts", "joint_posts"] {
        let Some(table) = data.get(name) else { continue };
        for record in &table.records {
            let Some(grade) = table.cell(record, "grade").text() else { continue };
            let pay = grades.entry(grade.to_owned()).or_default();
            let number = |column: &str| table.cell(record, column).number();
            match name {
                "people" => {
                    if let Some(salary) = number("salary_gbp") {
                        pay.people = widen(pay.people, salary, salary);
                    }
                }
                "posts" => {
                    if let (Some(low), Some(high)) = (number("salary_min_gbp"), number("salary_max_gbp")) {
                        pay.posts = widen(pay.posts, low, high);
                    }
                }
                _ => {}
            }
        }
    }
    let mut order: Vec<(&String, &GradePay)> = grades.iter().collect();
    let lowest = |range: Option<(i64, i64)>| range.map_or(i64::MAX, |(low, _)| low);
    order.sort_by_key(|(id, pay)| (lowest(pay.posts.or(pay.people)), lowest(pay.people), *id));
    (1..)
        .zip(order)
        .map(|(rank, (id, pay))| {
            let (low, high) = pay.posts.or(pay.people).unwrap_or((0, 0));
            vec![Cell::Text(id.clone()), Cell::Blank, Cell::Number(rank), Cell::Number(low), Cell::Number(high)]
        })
        .collect()
}
