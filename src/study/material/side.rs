//! One of the two sides of the test: a structure with its plan, by the ids of the files.

use std::collections::{BTreeMap, BTreeSet};

use crate::case::answer::{Plan, Undecided};
use crate::case::scenario::Scenario;
use crate::case::{Case, Criticality, PostStatus, StatutoryRole};
use crate::certify::inspect;
use crate::id::PostId;
use crate::quantity::{Fte, Pence};
use crate::study::compare::places::Places;

/// A structure with a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// Every post of the chosen structures that is not deleted, also those that are held or filled.
    pub posts: BTreeMap<String, Post>,
    /// Everyone in the case.
    pub people: BTreeMap<String, Person>,
    /// Pay with on-cost of all placements a year.
    pub cost: Pence,
}

/// A post of a structure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    /// Row of `posts.csv`.
    pub row: u32,
    /// Whose post it is.
    pub authority: String,
    /// Its title.
    pub title: String,
    /// Tier of management, 1 the top.
    pub tier: u32,
    /// What it does.
    pub functions: BTreeSet<String>,
    /// Its grade.
    pub grade: String,
    /// Hours of one seat.
    pub fte: Fte,
    /// Its seats.
    pub seats: u32,
    /// The statutory role that goes with it.
    pub statutory_role: Option<StatutoryRole>,
    /// The qualification without which nobody may hold it.
    pub qualification: Option<String>,
    /// How critical it is.
    pub criticality: Criticality,
    /// Whether it can be offered.
    pub status: PostStatus,
    /// Bottom of its pay a year.
    pub salary_min: Pence,
    /// Top of its pay a year.
    pub salary_max: Pence,
}

/// A person with a place, or several that are equally good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Row of `people.csv`.
    pub row: u32,
    /// The present employer.
    pub employer: String,
    /// The place in the plan.
    pub shown: Option<Place>,
    /// Every place in an equally good plan, that one included; `None` is no post.
    pub all: BTreeSet<Option<Place>>,
}

/// A post, with whose it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Its id.
    pub post: String,
    /// The authority.
    pub authority: String,
}

impl Post {
    /// Whether the law requires it, or gives its holder a role.
    pub fn is_statutory(&self) -> bool {
        self.statutory_role.is_some() || self.criticality == Criticality::Statutory
    }

    /// Hours of all its seats, in ten-thousandths.
    pub fn hours(&self) -> i64 {
        i64::from(self.fte.0) * i64::from(self.seats)
    }
}

impl Side {
    /// The chosen structures of a scenario, with a plan and who is undecided in it (in the order of people).
    pub fn of(case: &Case, scenario: &Scenario, plan: &Plan, undecided: &[Undecided]) -> Self {
        let in_structure = |post: &&crate::case::Post| {
            let chosen = scenario.structures.get(&post.authority);
            post.status != PostStatus::Deleted && chosen.is_some_and(|chosen| post.structures.contains(chosen))
        };
        let post = |it: &crate::case::Post| (it.code.clone(), post(case, it));
        let person = |(id, it): (_, &crate::case::Person)| {
            let places = Places::of(plan, undecided, id);
            let place = |at: Option<PostId>| at.map(|at| place(case, at));
            let record = Person {
                row: it.row,
                employer: case.authorities[it.employer].code.clone(),
                shown: place(places.shown),
                all: places.all.iter().map(|&at| place(at)).collect(),
            };
            (it.code.clone(), record)
        };
        Side {
            posts: case.posts.values().filter(in_structure).map(post).collect(),
            people: case.people.iter().map(person).collect(),
            cost: Pence(inspect(case, scenario, plan).placements.iter().map(|placement| placement.cost.0).sum()),
        }
    }
}

fn post(case: &Case, it: &crate::case::Post) -> Post {
    Post {
        row: it.row,
        authority: case.authorities[it.authority].code.clone(),
        title: it.title.clone(),
        tier: it.tier,
        functions: it.functions.clone(),
        grade: case.grades[it.grade].code.clone(),
        fte: it.fte,
        seats: it.capacity,
        statutory_role: it.statutory_role,
        qualification: it.essential_qualification.clone(),
        criticality: it.criticality,
        status: it.status,
        salary_min: it.salary_min,
        salary_max: it.salary_max,
    }
}

fn place(case: &Case, at: PostId) -> Place {
    let post = &case.posts[at];
    Place { post: post.code.clone(), authority: case.authorities[post.authority].code.clone() }
}
