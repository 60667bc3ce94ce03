//! R301 to R306: officers' decisions about a person, and links between two people.
//!
//! Most pairs are asked about only to know whether a decision is against them: it is named by its position, and put into words apart.

use crate::case::answer::{Leaf, Plan};
use crate::case::rule::Rule;
use crate::case::{Decision, LinkKind};
use crate::certify::facts::Facts;
use crate::certify::rules::Breach;
use crate::id::{AuthorityId, PersonId, PostId};

/// R301: an officer decided that the person must hold this post.
pub(super) fn r301_pin_post(facts: &Facts<'_>, person: PersonId, post: Option<PostId>) -> impl Iterator<Item = usize> {
    against(facts, person, move |decision| match decision {
        Decision::MustPost(target) => post != Some(target),
        Decision::MustAuthority(_) | Decision::NotPost(_) | Decision::NotAuthority(_) => false,
    })
}

/// R302: an officer decided that the person must go to this authority.
pub(super) fn r302_pin_authority(
    facts: &Facts<'_>,
    person: PersonId,
    post: Option<PostId>,
) -> impl Iterator<Item = usize> {
    let place = post.map(|post| facts.case.posts[post].authority);
    against(facts, person, move |decision| match decision {
        Decision::MustAuthority(target) => place != Some(target),
        Decision::MustPost(_) | Decision::NotPost(_) | Decision::NotAuthority(_) => false,
    })
}

/// R303: an officer decided that the person may not hold this post.
pub(super) fn r303_bar_post(facts: &Facts<'_>, person: PersonId, post: PostId) -> impl Iterator<Item = usize> {
    against(facts, person, move |decision| match decision {
        Decision::NotPost(target) => post == target,
        Decision::MustPost(_) | Decision::MustAuthority(_) | Decision::NotAuthority(_) => false,
    })
}

/// R304: an officer decided that the person may not go to this authority.
pub(super) fn r304_bar_authority(facts: &Facts<'_>, person: PersonId, post: PostId) -> impl Iterator<Item = usize> {
    let place = facts.case.posts[post].authority;
    against(facts, person, move |decision| match decision {
        Decision::NotAuthority(target) => place == target,
        Decision::MustPost(_) | Decision::MustAuthority(_) | Decision::NotPost(_) => false,
    })
}

/// What a decision asks, with the row where it was decided.
pub(super) fn worded(facts: &Facts<'_>, position: usize) -> String {
    let (pin, case) = (&facts.case.pins[position], facts.case);
    let asked = match pin.decision {
        Decision::MustPost(target) => format!("must hold {}", case.posts[target].code),
        Decision::MustAuthority(target) => format!("must go to authority {}", case.authorities[target].code),
        Decision::NotPost(target) => format!("may not hold {}", case.posts[target].code),
        Decision::NotAuthority(target) => format!("may not go to authority {}", case.authorities[target].code),
    };
    format!("{asked} (pins row {})", pin.row)
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

/// Positions of the officers' decisions about a person that are not kept.
fn against<'f>(
    facts: &'f Facts<'_>,
    person: PersonId,
    is_broken: impl Fn(Decision) -> bool + 'f,
) -> impl Iterator<Item = usize> + 'f {
    facts.pins(person).filter(move |&(_, decision)| is_broken(decision)).map(|(position, _)| position)
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
