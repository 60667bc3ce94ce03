//! Lines on people: whose outcome differs, and who is newly without a post.

use std::collections::BTreeSet;

use crate::case::material::{Line, Outcome, Test};
use crate::study::material::side::{Person, Side};
use crate::study::material::{Amount, Found};

/// Whether a person's outcome differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// Every final outcome is one that was consulted on.
    None,
    /// Some final outcome is one that was consulted on, and some is not.
    Open,
    /// No final outcome is one that was consulted on.
    Sure,
}

/// What a line on people counts; those in one case only are not looked at.
pub(super) fn counted(line: &Line, consulted: &Side, settled: &Side) -> (Amount, Vec<Found>) {
    let employed = |person: &Person| line.authority.as_ref().is_none_or(|authority| *authority == person.employer);
    let pairs = consulted.people.iter().filter_map(|(id, was)| Some((id, was, settled.people.get(id)?)));
    let looked_at: Vec<_> = pairs.filter(|(_, was, _)| employed(was)).collect();
    let found: Vec<Found> = looked_at
        .iter()
        .map(|&(id, was, is)| (id, was, is, change(&line.test, was, is)))
        .filter(|&(_, _, _, change)| change != Change::None)
        .map(|(id, was, is, change)| Found::Person { id: id.clone(), was: was.clone(), is: is.clone(), change })
        .collect();
    let all = |wanted: Change| {
        let is_so = |it: &&Found| matches!(it, Found::Person { change, .. } if *change == wanted);
        found.iter().filter(is_so).count()
    };
    (Amount::Count { sure: all(Change::Sure), open: all(Change::Open), of: looked_at.len() }, found)
}

fn change(test: &Test, was: &Person, is: &Person) -> Change {
    match test {
        Test::PeopleChanged { what: Outcome::Post, .. } => between(&outcomes(was, post), &outcomes(is, post)),
        Test::PeopleChanged { what: Outcome::Authority, .. } => {
            between(&outcomes(was, authority), &outcomes(is, authority))
        }
        Test::NewlyAtRisk { .. } => at_risk(was, is),
        Test::PostsAdded { .. }
        | Test::PostsDeleted { .. }
        | Test::PostsRegraded { .. }
        | Test::PostsHours { .. }
        | Test::PostsPay { .. }
        | Test::StatutoryPosts { .. }
        | Test::Cost { .. } => Change::None,
    }
}

fn post(place: &crate::study::material::side::Place) -> &str {
    &place.post
}

fn authority(place: &crate::study::material::side::Place) -> &str {
    &place.authority
}

fn outcomes(person: &Person, of: fn(&crate::study::material::side::Place) -> &str) -> BTreeSet<Option<&str>> {
    person.all.iter().map(|place| place.as_ref().map(of)).collect()
}

fn between(was: &BTreeSet<Option<&str>>, is: &BTreeSet<Option<&str>>) -> Change {
    if is.is_subset(was) {
        Change::None
    } else if is.is_disjoint(was) {
        Change::Sure
    } else {
        Change::Open
    }
}

/// New is who had a post in every consulted plan; whoever was undecided about having one was told so.
fn at_risk(was: &Person, is: &Person) -> Change {
    match (was.all.contains(&None), is.all.contains(&None)) {
        (true, _) | (_, false) => Change::None,
        (false, true) if is.all.len() == 1 => Change::Sure,
        (false, true) => Change::Open,
    }
}
