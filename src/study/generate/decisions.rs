//! Officers' decisions that the planted allocation keeps, and that leave everybody and every post a match.

use std::collections::BTreeSet;

use crate::case::answer::Plan;
use crate::case::{Case, Decision, Link, LinkKind, Pin};
use crate::id::{Id, PersonId, PostId, Table};
use crate::study::generate::Ask;
use crate::study::generate::dice::Dice;

/// Draws pins: about four for each thousand people.
pub(super) fn pins(dice: &mut Dice, case: &Case, planted: &Plan) -> Vec<Pin> {
    let mut takers: Table<PostId, u32> = Table::filled(0, case.posts.len());
    case.matches
        .iter()
        .filter(|(_, found)| found.grade_difference.abs() <= 1)
        .for_each(|(pair, _)| takers[pair.1] += 1);
    let mut decided = Vec::new();
    for (person, post) in planted.placed() {
        if dice.per_mille(4)
            && let Some(decision) = decide(dice, case, person, post, &mut takers)
        {
            decided.push((person, decision));
        }
    }
    let pin = |(row, (person, decision)): (u32, (PersonId, Decision))| Pin {
        row,
        person,
        decision,
        reason: reason(decision).to_owned(),
        decided_by: "Head of HR".to_owned(),
        date: Some("2026-02-20".to_owned()),
    };
    (2..).zip(decided).map(pin).collect()
}

fn reason(decision: Decision) -> &'static str {
    match decision {
        Decision::MustPost(_) => "slotted in after consultation",
        Decision::MustAuthority(_) => "closes the accounts of the shared service there",
        Decision::NotPost(_) => "conflict of interest",
        Decision::NotAuthority(_) => "reasonable adjustment: travel",
    }
}

/// A decision about one person that their planted post keeps, and that takes no post its last takers.
fn decide(
    dice: &mut Dice,
    case: &Case,
    person: PersonId,
    own: PostId,
    takers: &mut Table<PostId, u32>,
) -> Option<Decision> {
    let everywhere = |post: PostId| {
        let record = &case.posts[post];
        let versions = case.structures.values().filter(|structure| structure.authority == record.authority).count();
        record.structures.len() == versions
    };
    // Roles are scarce: nobody who may hold one is decided about.
    if !everywhere(own) || !case.people[person].statutory_roles.is_empty() {
        return None;
    }
    let others = case.matches.range((person, PostId::at(0))..=(person, PostId::at(case.posts.len())));
    let others: Vec<PostId> = others.map(|(pair, _)| pair.1).filter(|&post| post != own).collect();
    let home = case.posts[own].authority;
    let away: Vec<PostId> = others.iter().copied().filter(|&post| case.posts[post].authority != home).collect();
    let (decision, struck) = match (dice.below(4), others.first(), away.first()) {
        (0, _, _) => (Decision::MustPost(own), others),
        (1, _, Some(_)) => (Decision::MustAuthority(home), away),
        (2, Some(&other), _) => (Decision::NotPost(other), vec![other]),
        (_, _, Some(&other)) => {
            let barred = case.posts[other].authority;
            let there = away.into_iter().filter(|&post| case.posts[post].authority == barred).collect();
            (Decision::NotAuthority(barred), there)
        }
        (_, _, None) => return None,
    };
    if struck.iter().any(|&post| takers[post] < 3) {
        return None;
    }
    struck.iter().for_each(|&post| takers[post] -= 1);
    Some(decision)
}

/// Draws so many links between people who have a seat, each person in at most one.
pub(super) fn links(dice: &mut Dice, ask: &Ask, case: &Case, planted: &Plan) -> Vec<Link> {
    let decided: BTreeSet<PersonId> = case.pins.iter().map(|pin| pin.person).collect();
    let free = |person: &PersonId| !decided.contains(person) && case.people[*person].statutory_roles.is_empty();
    let mut people: Vec<PersonId> = planted.placed().map(|(person, _)| person).filter(free).collect();
    dice.shuffle(&mut people);
    let mut links = Vec::new();
    for (row, pair) in (2..).zip(people.chunks_exact(2).take(ask.links() as usize)) {
        let mut pair = [pair[0], pair[1]];
        pair.sort_unstable();
        let [one, other] = pair.map(|person| planted.post(person).map(|post| case.posts[post].authority));
        let kind = if one == other { LinkKind::SameAuthority } else { LinkKind::DifferentAuthority };
        links.push(Link { row, people: pair, kind });
    }
    links
}
