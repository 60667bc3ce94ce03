//! What undecided people may choose, and what each choice changes of what a plan adds up to.

use std::collections::{BTreeMap, BTreeSet};

use crate::case::answer::Plan;
use crate::case::scenario::Objective;
use crate::case::{Case, LinkKind, StatutoryRole};
use crate::certify::{Certified, Near};
use crate::id::{AuthorityId, Id, PersonId, PostId};
use crate::study::pools::Pool;

/// A role at an authority.
pub(super) type Role = (AuthorityId, StatutoryRole);

/// A place that an undecided person has in some equally good plan; every number is the difference to the place in the plan shown.
pub(super) struct Place {
    pub(super) post: Option<PostId>,
    /// By goal of the scenario.
    pub(super) goals: Vec<i64>,
    /// By enforced clause.
    pub(super) clauses: Vec<Vec<i64>>,
    /// Roles that are covered here, of those that no decided person covers: not a difference.
    pub(super) roles: BTreeSet<Role>,
    /// Whether it has the worst rank of the plan shown, where that counts and no decided person has it.
    pub(super) is_worst: bool,
    pub(super) cost: i64,
}

/// An undecided person.
pub(super) struct Member {
    pub(super) person: PersonId,
    /// No post first, then the posts, lowest first.
    pub(super) places: Vec<Place>,
    /// The place in the plan shown.
    pub(super) now: usize,
}

/// Two undecided people with a link between them.
pub(super) struct Pair {
    pub(super) kind: LinkKind,
    pub(super) people: [PersonId; 2],
}

/// The undecided people of an answer, pool by pool.
pub(super) struct Field {
    pub(super) pools: Vec<Vec<Member>>,
    /// Seats of each post of a pool that no decided person holds.
    pub(super) seats: BTreeMap<PostId, u32>,
    pub(super) pairs: Vec<Pair>,
    /// The pool of each undecided person.
    pub(super) of_person: BTreeMap<PersonId, usize>,
    /// Positions of the goals that are sums, and not cost.
    pub(super) goals: Vec<usize>,
    pub(super) clauses: usize,
}

impl Field {
    /// Looks at every choice once; `None` where a number is too large.
    pub(super) fn new(
        case: &Case,
        certified: &Certified,
        near: &Near<'_>,
        plan: &Plan,
        pools: &[Pool],
    ) -> Option<Self> {
        let pooled =
            pools.iter().enumerate().flat_map(|(at, pool)| pool.people.iter().map(move |&person| (person, at)));
        let of_person: BTreeMap<PersonId, usize> = pooled.collect();
        let mut seats: BTreeMap<PostId, u32> = BTreeMap::new();
        for &(post, _) in pools.iter().flat_map(|pool| &pool.posts) {
            seats.insert(post, case.posts[post].capacity);
        }
        let mut covered: BTreeSet<Role> = BTreeSet::new();
        let worst = certified.objectives().iter().find(|scored| scored.goal.objective == Objective::Bottleneck);
        let mut worst = worst.map(|scored| i128::from(scored.value)).filter(|&rank| rank > 0);
        for (person, post) in plan.placed().filter(|(person, _)| !of_person.contains_key(person)) {
            worst = worst.filter(|&rank| near.rank(person, Some(post)) < rank);
            seats.entry(post).and_modify(|seats| *seats = seats.saturating_sub(1));
            covered.append(&mut near.roles(person, Some(post)));
        }
        let decided = Decided { covered, worst };
        let member = |pool: &Pool, person| Member::new(near, plan, pool, person, &decided);
        let members = |pool: &Pool| pool.people.iter().map(|&person| member(pool, person)).collect::<Option<_>>();
        let pools = pools.iter().map(members).collect::<Option<_>>()?;
        let pair = |link: &crate::case::Link| Pair { kind: link.kind, people: link.people };
        let is_open = |pair: &Pair| pair.people.iter().all(|person| of_person.contains_key(person));
        let pairs = case.links.iter().map(pair).filter(is_open).collect();
        let is_sum = |objective| !matches!(objective, Objective::Cost | Objective::Statutory | Objective::Bottleneck);
        let goals = certified.objectives().iter().enumerate().filter(|(_, scored)| is_sum(scored.goal.objective));
        let goals = goals.map(|(at, _)| at).collect();
        Some(Self { pools, seats, pairs, of_person, goals, clauses: near.clauses() })
    }
}

/// What decided people settle.
struct Decided {
    /// Roles that one of them covers.
    covered: BTreeSet<Role>,
    /// The worst rank of the plan shown, where none of them has it.
    worst: Option<i128>,
}

impl Member {
    fn new(near: &Near<'_>, plan: &Plan, pool: &Pool, person: PersonId, decided: &Decided) -> Option<Self> {
        let shown = plan.post(person);
        let base = (near.share(person, shown), near.cost(person, shown));
        let none = pool.may_be_unplaced.binary_search(&person).is_ok().then_some(None);
        let held = pool.posts.iter().filter(|(_, people)| people.binary_search(&person).is_ok());
        let posts: Vec<Option<PostId>> = none.into_iter().chain(held.map(|&(post, _)| Some(post))).collect();
        let place = |&post: &Option<PostId>| {
            let share = near.share(person, post);
            let mut roles = near.roles(person, post);
            roles.retain(|role| !decided.covered.contains(role));
            let clauses = share.clauses.iter().zip(&base.0.clauses).map(|(is, was)| more(is, was));
            Some(Place {
                post,
                goals: more(&share.goals, &base.0.goals)?,
                clauses: clauses.collect::<Option<_>>()?,
                roles,
                is_worst: decided.worst == Some(near.rank(person, post)),
                cost: i64::try_from(near.cost(person, post) - base.1).ok()?,
            })
        };
        let now = posts.iter().position(|&post| post == shown)?;
        Some(Self { person, places: posts.iter().map(place).collect::<Option<_>>()?, now })
    }
}

fn more(is: &[i128], was: &[i128]) -> Option<Vec<i64>> {
    is.iter().zip(was).map(|(is, was)| i64::try_from(is - was).ok()).collect()
}

/// A number for the authority of a place, by which two linked people are compared: the difference of theirs is nought where both are
/// at one authority, or where neither has a post and the link asks for the same.
pub(super) fn at(case: &Case, kind: LinkKind, second: bool, place: Option<PostId>) -> i64 {
    let apart = match kind {
        LinkKind::SameAuthority => 0,
        // Nobody is anywhere, so two people without a post are not in one place.
        LinkKind::DifferentAuthority => -1 - i64::from(second),
    };
    place.map_or(apart, |post| 1 + i64::try_from(case.posts[post].authority.index()).unwrap_or(i64::MAX))
}
