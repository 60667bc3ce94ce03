//! R301 to R306: officers' decisions about a person, and links between two people.

use crate::case::answer::{Leaf, Plan};
use crate::case::rule::Rule;
use crate::case::{Decision, LinkKind};
use crate::certify::facts::Facts;
use crate::certify::rules::{Breach, Finding};
use crate::id::{AuthorityId, PersonId, PostId};

/// R301: an officer decided that the person must hold this post.
pub(super) fn r301_pin_post(facts: &Facts<'_>, person: PersonId, post: Option<PostId>) -> Vec<Finding> {
    against(facts, person, |decision| match decision {
        Decision::MustPost(target) => {
            (post != Some(target)).then(|| format!("must hold {}", facts.case.posts[target].code))
        }
        Decision::MustAuthority(_) | Decision::NotPost(_) | Decision::NotAuthority(_) => None,
    })
}

/// R302: an officer decided that the person must go to this authority.
pub(super) fn r302_pin_authority(facts: &Facts<'_>, person: PersonId, post: Option<PostId>) -> Vec<Finding> {
    let place = post.map(|post| facts.case.posts[post].authority);
    against(facts, person, |decision| match decision {
        Decision::MustAuthority(target) => {
            (place != Some(target)).then(|| format!("must go to authority {}", facts.case.authorities[target].code))
        }
        Decision::MustPost(_) | Decision::NotPost(_) | Decision::NotAuthority(_) => None,
    })
}

/// R303: an officer decided that the person may not hold this post.
pub(super) fn r303_bar_post(facts: &Facts<'_>, person: PersonId, post: PostId) -> Vec<Finding> {
    against(facts, person, |decision| match decision {
        Decision::NotPost(target) => {
            (post == target).then(|| format!("may not hold {}", facts.case.posts[target].code))
        }
        Decision::MustPost(_) | Decision::MustAuthority(_) | Decision::NotAuthority(_) => None,
    })
}

/// R304: an officer decided that the person may not go to this authority.
pub(super) fn r304_bar_authority(facts: &Facts<'_>, person: PersonId, post: PostId) -> Vec<Finding> {
    let place = facts.case.posts[post].authority;
    against(facts, person, |decision| match decision {
        Decision::NotAuthority(target) => {
            (place == target).then(|| format!("may not go to authority {}", facts.case.authorities[target].code))
        }
        Decision::MustPost(_) | Decision::MustAuthority(_) | Decision::NotPost(_) => None,
    })
}

/// R305: both people are placed in one authority, or neither is placed.
pub(super) fn r305_same_authority(facts: &Facts<'_>, plan: &Plan) -> Vec<Breach> {
    links(facts, plan, LinkKind::SameAuthority)
}

/// R306: the two people are not placed in the same authority.
pub(super) fn r306_different_authority(facts: &Facts<'_>, plan: &Plan) -> Vec<Breach> {
    links(facts, plan, LinkKind::DifferentAuthority)
}

/// Whether a link of this kind is broken by where the two people are.
pub(super) fn is_broken(kind: LinkKind, places: [Option<AuthorityId>; 2]) -> bool {
    match kind {
        LinkKind::SameAuthority => places[0] != places[1],
        LinkKind::DifferentAuthority => places[0].is_some() && places[0] == places[1],
    }
}

/// What the officers' decisions about a person have against it, each with the row where it was decided.
fn against(facts: &Facts<'_>, person: PersonId, broken: impl Fn(Decision) -> Option<String>) -> Vec<Finding> {
    let finding = |(position, decision): (usize, Decision)| {
        let row = facts.case.pins[position].row;
        Some((Some(Leaf::Pin(position)), format!("{} (pins row {row})", broken(decision)?)))
    };
    facts.pins(person).filter_map(finding).collect()
}

/// The links of one kind that are broken by where the two people are.
fn links(facts: &Facts<'_>, plan: &Plan, kind: LinkKind) -> Vec<Breach> {
    let rule = match kind {
        LinkKind::SameAuthority => Rule::SameAuthority,
        LinkKind::DifferentAuthority => Rule::DifferentAuthority,
    };
    let case = facts.case;
    let mut breaches = Vec::new();
    for (position, link) in case.links.iter().enumerate().filter(|(_, link)| link.kind == kind && facts.holds(link)) {
        let places = link.people.map(|person| plan.post(person).map(|post| case.posts[post].authority));
        if is_broken(kind, places) {
            let where_is = |i: usize| {
                let person = &case.people[link.people[i]].code;
                match places[i] {
                    Some(authority) => format!("{person} in authority {}", case.authorities[authority].code),
                    None => format!("{person} without a post"),
                }
            };
            let detail = format!("{}, {} (links row {})", where_is(0), where_is(1), link.row);
            let (person, leaf) = (Some(link.people[0]), Some(Leaf::Link(position)));
            breaches.push(Breach { rule, person, post: None, leaf, detail });
        }
    }
    breaches
}
