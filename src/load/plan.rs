//! A plan that was edited by hand: a CSV with person_id and post_id, such as the program's own `placements.csv`.

use std::collections::BTreeMap;

use crate::case::Case;
use crate::case::answer::Plan;
use crate::id::{Id, PersonId};
use crate::load::codes::Code;
use crate::load::fault::{Faults, did_you_mean};
use crate::load::grid::plain_name;
use crate::load::{Diagnostics, SourceFile, csv, table};

const COLUMNS: [&str; 2] = ["person_id", "post_id"];

/// Reads a plan; a person without a row, or with a blank post_id, is not placed.
///
/// - Other columns are not looked at, so the program's own `placements.csv` is a plan too.
///
/// # Errors
/// Every fault in the file: unknown ids, a person twice, columns missing.
pub fn read_csv_plan(case: &Case, file: &SourceFile) -> Result<Plan, Diagnostics> {
    let mut faults = Faults::default();
    let plan = read(case, file, &mut faults);
    match plan {
        Some(plan) if !faults.stop() => Ok(plan),
        _ => Err(Diagnostics(faults.into_sorted())),
    }
}

fn read(case: &Case, file: &SourceFile, faults: &mut Faults) -> Option<Plan> {
    let grid = csv::read(&file.name, 1, &file.bytes, faults)?;
    let headed = table::header(&grid, &COLUMNS);
    let find = |name: &str| {
        let found = headed.iter().flat_map(|headed| &headed.headings).find(|(_, heading)| plain_name(heading) == name);
        found.map(|(column, _)| *column)
    };
    let (Some(headed), Some(person_column), Some(post_column)) = (&headed, find("person_id"), find("post_id")) else {
        let found = headed.iter().flat_map(|headed| &headed.headings).map(|(_, heading)| *heading);
        let found = found.collect::<Vec<_>>().join(", ");
        let why = "a plan says for each person which post they hold";
        let action = "give the file the columns person_id and post_id, as placements.csv has them";
        faults.add(Code::NotAPlan, grid.spot(None, None), found, why, action);
        return None;
    };
    let people = case.people_by_code();
    let posts = case.posts_by_code();
    let mut placed = vec![None; case.people.len()];
    let mut rows: BTreeMap<PersonId, u32> = BTreeMap::new();
    for row in headed.below {
        let spot = |column: u32, heading: &str| {
            let mut spot = grid.spot(Some(row.number), Some(column));
            spot.heading = Some(heading.to_owned());
            spot
        };
        let (person, post) = (row.text(person_column), row.text(post_column));
        let subject = format!("person {person}");
        let Some(&person_id) = people.get(person) else {
            let hint = did_you_mean(person, people.keys().copied());
            let why = format!("the case has no person {person}");
            let action = format!("correct the id{hint}, or delete the row");
            faults.add(Code::PlanId, spot(person_column, "person_id"), person, why, action);
            continue;
        };
        if let Some(first) = rows.insert(person_id, row.number) {
            let why = format!("row {first} places the same person, and a person holds at most one post");
            let spot = spot(person_column, "person_id").about(subject.clone());
            faults.add(Code::PlanTwice, spot, person, why, "delete one of the two rows");
        }
        if post.is_empty() {
            continue;
        }
        match posts.get(post) {
            Some(&post) => placed[person_id.index()] = Some(post),
            None => {
                let hint = did_you_mean(post, posts.keys().copied());
                let why = format!("the case has no post {post}");
                let action = format!("correct the id{hint}, or clear the cell if the person is not placed");
                faults.add(Code::PlanId, spot(post_column, "post_id").about(subject), post, why, action);
            }
        }
    }
    Some(Plan::new(case, placed))
}
