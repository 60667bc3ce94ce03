//! Pools: people who hold each other's posts in equally good plans.
//!
//! Two undecided people belong to one pool if a post could go to either, directly or through others. The plan shows one
//! of the equally good ways; which one is used is for a named officer to decide, and this module does not rank them.

use std::collections::BTreeMap;

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
    let is_undecided = |person| undecided.binary_search_by_key(&person, |entry| entry.person).is_ok();
    let mut settled: BTreeMap<PostId, u32> = BTreeMap::new();
    for placement in certified.placements().iter().filter(|placement| !is_undecided(placement.person)) {
        *settled.entry(placement.post).or_default() += 1;
    }
    groups(undecided).iter().map(|members| pool(case, &settled, members)).collect()
}

/// People who are joined over shared posts, in the order of `undecided`; the groups by their first member.
fn groups(undecided: &[Undecided]) -> Vec<Vec<&Undecided>> {
    let mut wanted_by: BTreeMap<PostId, Vec<usize>> = BTreeMap::new();
    for (i, entry) in undecided.iter().enumerate() {
        entry.posts.iter().for_each(|&post| wanted_by.entry(post).or_default().push(i));
    }
    let mut taken = vec![false; undecided.len()];
    let mut groups = Vec::new();
    for start in 0..undecided.len() {
        if std::mem::replace(&mut taken[start], true) {
            continue;
        }
        let mut members = vec![start];
        let mut waiting = vec![start];
        while let Some(next) = waiting.pop() {
            // A post joins everyone who wants it once; then it is done with.
            for i in undecided[next].posts.iter().filter_map(|post| wanted_by.remove(post)).flatten() {
                if !std::mem::replace(&mut taken[i], true) {
                    members.push(i);
                    waiting.push(i);
                }
            }
        }
        members.sort_unstable();
        groups.push(members.into_iter().map(|i| &undecided[i]).collect());
    }
    groups
}

/// `settled`: how many decided people hold each post.
fn pool(case: &Case, settled: &BTreeMap<PostId, u32>, members: &[&Undecided]) -> Pool {
    let mut posts: BTreeMap<PostId, Vec<PersonId>> = BTreeMap::new();
    for member in members {
        for &post in &member.posts {
            posts.entry(post).or_default().push(member.person);
        }
    }
    let seats = posts.keys().map(|&post| case.posts[post].capacity).sum::<u32>();
    let held = posts.keys().filter_map(|post| settled.get(post)).sum::<u32>();
    Pool {
        seats: seats.saturating_sub(held),
        people: members.iter().map(|member| member.person).collect(),
        may_be_unplaced: members.iter().filter(|m| m.may_be_unplaced).map(|m| m.person).collect(),
        posts: posts.into_iter().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::groups;
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
        let found: Vec<Vec<usize>> =
            groups(&all).iter().map(|group| group.iter().map(|u| u.person.index()).collect()).collect();
        assert_eq!(found, [vec![0, 2, 3], vec![1]]);
    }
}
