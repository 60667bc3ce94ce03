//! Who can come into whose way: people in different groups have no seat, rule or role in common.
//!
//! Then the best plan of the whole is the best plan of each part, put together: values add up, an order of objectives that
//! is best for each part is best for the sum, and the plan first in the canonical order is first in each part. So what one
//! group's answers change does not depend on the answers of another.

use crate::case::Case;
use crate::case::scenario::{Clause, Level, Objective, Scenario};
use crate::id::{Id, PersonId};
use crate::kernel::sets::Sets;
use crate::model::{self, Model};
use crate::study::answers::open::Open;

/// Positions in `open`, group by group, the lowest member first.
pub fn groups(case: &Case, scenario: &Scenario, open: &[Open]) -> Vec<Vec<usize>> {
    let model = model::build(case, scenario);
    let mut parts = Sets::new(case.people.len());
    if is_one(scenario) {
        parts.join_all(0..case.people.len());
    }
    seats(&model, &mut parts);
    for row in &model.problem.rows {
        parts.join_all(row.arcs.iter().map(|&(arc, _)| model.problem.owner[arc as usize] as usize));
    }
    roles(case, scenario, &model, &mut parts);
    let mut groups: Vec<(usize, Vec<usize>)> = Vec::new();
    for (position, it) in open.iter().enumerate() {
        let part = parts.of(it.person.index());
        match groups.iter_mut().find(|(other, _)| *other == part) {
            Some((_, members)) => members.push(position),
            None => groups.push((part, vec![position])),
        }
    }
    groups.into_iter().map(|(_, members)| members).collect()
}

/// Rules that no part keeps by itself: parity is of everyone who stated something, the worst rank is no sum.
fn is_one(scenario: &Scenario) -> bool {
    has_parity(scenario) || scenario.objectives.contains(&Objective::Bottleneck)
}

/// Whether the scenario enforces parity of preference met, a rule that answers themselves change.
pub(super) fn has_parity(scenario: &Scenario) -> bool {
    let is_parity = |clause: &Clause| matches!(clause, Clause::PreferenceParity { .. });
    scenario.fairness.iter().any(|rule| rule.level == Level::Must && is_parity(&rule.clause))
}

/// A post that everyone allowed can hold at once is in nobody's way.
fn seats(model: &Model, parts: &mut Sets) {
    let network = &model.problem.network;
    let mut wanted: Vec<Vec<usize>> = vec![Vec::new(); network.capacity.len()];
    for (arc, &column) in network.column.iter().enumerate() {
        wanted[column as usize].push(model.problem.owner[arc] as usize);
    }
    for (people, &seats) in wanted.into_iter().zip(&network.capacity) {
        if people.len() > seats as usize {
            parts.join_all(people.into_iter());
        }
    }
}

/// A role is covered once, whoever covers it, also where no objective counts it.
fn roles(case: &Case, scenario: &Scenario, model: &Model, parts: &mut Sets) {
    let arcs = 0..u32::try_from(model.problem.network.arcs()).expect("fewer than 2^32 allowed pairs");
    let pairs: Vec<(PersonId, _)> = arcs.map(|arc| model.pair(arc)).collect();
    for authority in case.authorities.ids() {
        for role in &scenario.statutory_cover.roles {
            let covers = |&&(person, post): &&(PersonId, _)| {
                let post = &case.posts[post];
                post.authority == authority
                    && post.tier <= scenario.statutory_cover.max_tier
                    && case.people[person].statutory_roles.contains(role)
            };
            parts.join_all(pairs.iter().filter(covers).map(|&(person, _)| person.index()));
        }
    }
}
