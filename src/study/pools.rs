//! Pools: people who hold each other's posts in equally good plans.
//!
//! Two undecided people belong to one pool if a post could go to either, directly or through others. The plan shows one
//! of the equally good ways; which one is used is for a named officer to decide, and this module does not rank them.

use std::collections::{BTreeMap, BTreeSet};

use crate::case::Case;
use crate::case::answer::Undecided;
use crate::certify::Certified;
use crate::id::{PersonId, PostId};

/// People and posts that are decided together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pool {
    /// The undecided people, lowest first.
    pub people: Vec<PersonId>,
    /// Each post in dispute with everyone who holds it in some equally good plan, lowest first.
    pub posts: Vec<(PostId, Vec<PersonId>)>,
    /// Seats of these posts that no decided person holds.
    pub seats: u32,
    /// Who has no post in some equally good plan, lowest first.
    pub may_be_unplaced: Vec<PersonId>,
}

/// The pools among the undecided people, in the order of their lowest person.
pub fn pools(case: &Case, certified: &Certified) -> Vec<Pool> {
    let undecided = certified.undecided();
    let mut pools = Vec::new();
    let mut taken = vec![false; undecided.len()];
    for start in 0..undecided.len() {
        if !taken[start] {
            let members = connected(undecided, start, &mut taken);
            pools.push(pool(case, certified, &members));
        }
    }
    pools
}

/// Everyone reached from `start` over shared posts, marked in `taken`, in the order of `undecided`.
fn connected<'a>(undecided: &'a [Undecided], start: usize, taken: &mut [bool]) -> Vec<&'a Undecided> {
    let mut posts: BTreeSet<PostId> = undecided[start].posts.iter().copied().collect();
    taken[start] = true;
    let mut members = vec![start];
    loop {
        let shares = |i: usize| undecided[i].posts.iter().any(|post| posts.contains(post));
        let Some(next) = (0..undecided.len()).find(|&i| !taken[i] && shares(i)) else { break };
        taken[next] = true;
        posts.extend(&undecided[next].posts);
        members.push(next);
    }
    members.sort_unstable();
    members.into_iter().map(|i| &undecided[i]).collect()
}

fn pool(case: &Case, certified: &Certified, members: &[&Undecided]) -> Pool {
    let people: Vec<PersonId> = members.iter().map(|member| member.person).collect();
    let mut posts: BTreeMap<PostId, Vec<PersonId>> = BTreeMap::new();
    for member in members {
        for &post in &member.posts {
            posts.entry(post).or_default().push(member.person);
        }
    }
    let seats = posts.keys().map(|&post| case.posts[post].capacity).sum::<u32>();
    let settled = certified.placements().iter().filter(|p| posts.contains_key(&p.post) && !people.contains(&p.person));
    let settled = u32::try_from(settled.count()).expect("a plan has fewer than 2^32 placements");
    Pool {
        seats: seats.saturating_sub(settled),
        may_be_unplaced: members.iter().filter(|m| m.may_be_unplaced).map(|m| m.person).collect(),
        posts: posts.into_iter().collect(),
        people,
    }
}

#[cfg(test)]
mod tests {
    use super::connected;
    use crate::case::answer::Undecided;
    use crate::id::{Id, PersonId, PostId};

    #[test]
    fn people_are_joined_over_a_chain_of_posts() {
        let someone = |person, posts: &[usize]| Undecided {
            person: PersonId::at(person),
            posts: posts.iter().map(|&p| PostId::at(p)).collect(),
            may_be_unplaced: false,
        };
        let all = [someone(0, &[1, 2]), someone(1, &[7]), someone(2, &[3, 4]), someone(3, &[2, 3])];
        let mut taken = vec![false; 4];
        let first: Vec<_> = connected(&all, 0, &mut taken).iter().map(|u| u.person.index()).collect();
        assert_eq!(first, [0, 2, 3]);
        assert_eq!(taken, [true, false, true, true]);
    }
}
