//! Why a statutory role has no holder at an authority: who could hold it, and what keeps each of them away.

use std::collections::BTreeSet;

use crate::case::StatutoryRole;
use crate::certify::objections;
use crate::id::{AuthorityId, PersonId, PostId};
use crate::study::vacancies::{Absent, Asked, Uncovered, barred, posts_of, with_role};

/// Every (authority, role) that the scenario wants covered, and that nobody covers.
pub(super) fn uncovered(asked: &mut Asked<'_>) -> Vec<Uncovered> {
    let cover = &asked.scenario.statutory_cover;
    let mut covered: BTreeSet<(AuthorityId, StatutoryRole)> = BTreeSet::new();
    for placement in asked.certified.placements() {
        if asked.case.posts[placement.post].tier <= cover.max_tier {
            let roles = asked.case.people[placement.person].statutory_roles.iter();
            covered.extend(roles.map(|&role| (placement.authority, role)));
        }
    }
    let mut found = Vec::new();
    for authority in asked.case.authorities.ids() {
        for &role in &cover.roles {
            if !covered.contains(&(authority, role)) {
                let people = with_role(asked.case, role);
                let people = people.into_iter().map(|person| absent(asked, person, authority)).collect();
                found.push(Uncovered { authority, role, people });
            }
        }
    }
    found
}

fn absent(asked: &mut Asked<'_>, person: PersonId, authority: AuthorityId) -> Absent {
    let (case, most) = (asked.case, asked.scenario.statutory_cover.max_tier);
    let offered: BTreeSet<PostId> = asked.certified.offered().into_iter().collect();
    let fits = |post: &PostId| {
        let record = &case.posts[*post];
        record.authority == authority && record.tier <= most && offered.contains(post)
    };
    let pairs: Vec<(PersonId, PostId)> = posts_of(case, person).filter(fits).map(|post| (person, post)).collect();
    let mut absent = Absent { person, barred: Vec::new(), open: Vec::new() };
    for (&(_, post), against) in pairs.iter().zip(objections(case, asked.scenario, &pairs)) {
        if against.is_empty() {
            let candidate = asked.candidate(person, post, false);
            absent.open.push((post, candidate));
        } else {
            absent.barred.push((post, barred(person, against)));
        }
    }
    absent
}
