//! Rounded rows of a proof, as they stand in `plan.json`.

use serde::{Deserialize, Serialize};

use crate::case::Case;
use crate::case::goal::Goal;
use crate::case::proof::Rounded;
use crate::report::plan::claim::{Codes, PlanFault};
use crate::report::plan::proof_rows::{MultiplierRow, name_row, read_name};

/// Multipliers of rows, posts and people, what is counted in wholes of, and what the row itself is counted in.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct RoundedRow {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    rows: Vec<MultiplierRow>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    posts: Vec<PostRow>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    people: Vec<PersonRow>,
    divisor: i128,
    #[serde(default = "one", skip_serializing_if = "is_one")]
    grain: i128,
}

const fn one() -> i128 {
    1
}

const fn is_one(grain: &i128) -> bool {
    *grain == 1
}

#[derive(Debug, Serialize, Deserialize)]
struct PostRow {
    post_id: String,
    multiplier: i128,
}

#[derive(Debug, Serialize, Deserialize)]
struct PersonRow {
    person_id: String,
    multiplier: i128,
}

pub(super) fn to_row(case: &Case, goals: &[Goal], rounded: &Rounded) -> RoundedRow {
    let row = |&(name, multiplier)| MultiplierRow { name: name_row(case, goals, name), multiplier };
    let post = |&(post, multiplier)| PostRow { post_id: case.posts[post].code.clone(), multiplier };
    let person = |&(person, multiplier)| PersonRow { person_id: case.people[person].code.clone(), multiplier };
    RoundedRow {
        rows: rounded.rows.iter().map(row).collect(),
        posts: rounded.posts.iter().map(post).collect(),
        people: rounded.people.iter().map(person).collect(),
        divisor: rounded.divisor,
        grain: rounded.grain,
    }
}

/// # Errors
/// [`PlanFault`] where a name is unknown.
pub(super) fn from_row(codes: &Codes<'_>, row: RoundedRow) -> Result<Rounded, PlanFault> {
    let name = |row: MultiplierRow| Ok((read_name(codes, row.name)?, row.multiplier));
    let post = |row: PostRow| Ok((codes.post(&row.post_id)?, row.multiplier));
    let person = |row: PersonRow| Ok((codes.person(&row.person_id)?, row.multiplier));
    Ok(Rounded {
        rows: row.rows.into_iter().map(name).collect::<Result<_, _>>()?,
        posts: row.posts.into_iter().map(post).collect::<Result<_, _>>()?,
        people: row.people.into_iter().map(person).collect::<Result<_, _>>()?,
        divisor: row.divisor,
        grain: row.grain,
    })
}
