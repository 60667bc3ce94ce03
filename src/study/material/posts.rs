//! Lines on posts: what is in one structure only, and what differs in both.

use std::collections::BTreeSet;

use crate::case::material::{Line, Test};
use crate::quantity::{BasisPoints, Pence, write_decimal};
use crate::study::material::side::{Post, Side};
use crate::study::material::{Amount, Found, is_more_than};

/// A column of `posts.csv` that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// Which.
    pub field: Field,
    /// What stood there, as the files write it.
    pub was: String,
    /// What stands there now.
    pub is: String,
}

/// Columns of `posts.csv`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// `authority_id`.
    Authority,
    /// `title`.
    Title,
    /// `tier`.
    Tier,
    /// `functions`.
    Functions,
    /// `grade`.
    Grade,
    /// `fte`.
    Fte,
    /// `capacity`.
    Capacity,
    /// `statutory_role`.
    StatutoryRole,
    /// `essential_qualification`.
    Qualification,
    /// `criticality`.
    Criticality,
    /// `status`.
    Status,
    /// `salary_min_gbp`.
    SalaryMin,
    /// `salary_max_gbp`.
    SalaryMax,
}

impl Field {
    /// Every column that is compared, in the order of the table.
    pub const ALL: [Field; 13] = [
        Field::Authority,
        Field::Title,
        Field::Tier,
        Field::Functions,
        Field::Grade,
        Field::Fte,
        Field::Capacity,
        Field::StatutoryRole,
        Field::Qualification,
        Field::Criticality,
        Field::Status,
        Field::SalaryMin,
        Field::SalaryMax,
    ];

    /// The heading of the column.
    pub fn heading(self) -> &'static str {
        match self {
            Field::Authority => "authority_id",
            Field::Title => "title",
            Field::Tier => "tier",
            Field::Functions => "functions",
            Field::Grade => "grade",
            Field::Fte => "fte",
            Field::Capacity => "capacity",
            Field::StatutoryRole => "statutory_role",
            Field::Qualification => "essential_qualification",
            Field::Criticality => "criticality",
            Field::Status => "status",
            Field::SalaryMin => "salary_min_gbp",
            Field::SalaryMax => "salary_max_gbp",
        }
    }

    /// What a post has there, as the files write it.
    pub fn of(self, post: &Post) -> String {
        match self {
            Field::Authority => post.authority.clone(),
            Field::Title => post.title.clone(),
            Field::Tier => post.tier.to_string(),
            Field::Functions => post.functions.iter().cloned().collect::<Vec<_>>().join(";"),
            Field::Grade => post.grade.clone(),
            Field::Fte => post.fte.to_string(),
            Field::Capacity => post.seats.to_string(),
            Field::StatutoryRole => post.statutory_role.map(|role| role.word().to_owned()).unwrap_or_default(),
            Field::Qualification => post.qualification.clone().unwrap_or_default(),
            Field::Criticality => post.criticality.word().to_owned(),
            Field::Status => post.status.word().to_owned(),
            Field::SalaryMin => write_decimal(post.salary_min.0, 2),
            Field::SalaryMax => write_decimal(post.salary_max.0, 2),
        }
    }
}

/// What a line on posts counts.
pub(super) fn counted(line: &Line, consulted: &Side, settled: &Side) -> (Amount, Vec<Found>) {
    let ids: BTreeSet<&String> = consulted.posts.keys().chain(settled.posts.keys()).collect();
    let pairs = ids.into_iter().map(|id| (id, consulted.posts.get(id), settled.posts.get(id)));
    let looked_at: Vec<_> =
        pairs.filter(|(_, was, is)| [was, is].into_iter().flatten().any(|post| in_scope(line, post))).collect();
    let counts = looked_at.iter().filter(|(_, was, is)| counts(&line.test, *was, *is));
    let found: Vec<Found> = counts.map(|&(id, was, is)| post(id, was, is)).collect();
    (Amount::Count { sure: found.len(), open: 0, of: looked_at.len() }, found)
}

fn in_scope(line: &Line, post: &Post) -> bool {
    line.authority.as_ref().is_none_or(|authority| *authority == post.authority)
        && line.max_tier.is_none_or(|tier| post.tier <= tier)
}

fn post(id: &str, was: Option<&Post>, is: Option<&Post>) -> Found {
    let changes = match (was, is) {
        (Some(was), Some(is)) => changes(was, is),
        (None, _) | (_, None) => Vec::new(),
    };
    Found::Post { id: id.to_owned(), was_row: was.map(|it| it.row), is_row: is.map(|it| it.row), changes }
}

fn changes(was: &Post, is: &Post) -> Vec<FieldChange> {
    let change = |field: Field| FieldChange { field, was: field.of(was), is: field.of(is) };
    Field::ALL.into_iter().map(change).filter(|change| change.was != change.is).collect()
}

fn counts(test: &Test, was: Option<&Post>, is: Option<&Post>) -> bool {
    match (test, was, is) {
        (Test::PostsAdded { .. }, was, is) => was.is_none() && is.is_some(),
        (Test::PostsDeleted { .. }, was, is) => was.is_some() && is.is_none(),
        (Test::PostsRegraded { .. }, Some(was), Some(is)) => was.grade != is.grade,
        (Test::PostsHours { by_more_than, .. }, Some(was), Some(is)) => {
            (is.hours() - was.hours()).abs() > i64::from(by_more_than.0)
        }
        (Test::PostsPay { by_more_than, .. }, Some(was), Some(is)) => {
            moved(was.salary_min, is.salary_min, *by_more_than) || moved(was.salary_max, is.salary_max, *by_more_than)
        }
        (Test::StatutoryPosts { .. }, was, is) => {
            let statutory = [was, is].into_iter().flatten().any(Post::is_statutory);
            statutory && !is_untouched(was, is)
        }
        (
            Test::PostsRegraded { .. }
            | Test::PostsHours { .. }
            | Test::PostsPay { .. }
            | Test::PeopleChanged { .. }
            | Test::NewlyAtRisk { .. }
            | Test::Cost { .. },
            _,
            _,
        ) => false,
    }
}

/// Whether a post stands in both structures with nothing changed.
fn is_untouched(was: Option<&Post>, is: Option<&Post>) -> bool {
    match (was, is) {
        (Some(was), Some(is)) => changes(was, is).is_empty(),
        (None, _) | (_, None) => false,
    }
}

fn moved(was: Pence, is: Pence, most: BasisPoints) -> bool {
    is_more_than((i128::from(is.0) - i128::from(was.0)).abs(), most, i128::from(was.0))
}
