//! Which pools have to be settled together: those that a link, a role or a clause holds together.
//!
//! Where the proofs of the answer do without clauses and links, no plan is better than the answer even if these are left out. Then what a
//! pool changes is never for the better, so plans in which nothing is worse in sum have nothing worse in any pool; and pools
//! concern each other only through a rule that one of their ways could break. Where the proofs do need such rules, all pools are one group.

use std::collections::BTreeMap;

use crate::case::answer::Scored;
use crate::case::proof::{End, Node, Proof, RowName, Step};
use crate::case::scenario::Objective;
use crate::certify::{Certified, Near};
use crate::kernel::sets::Sets;
use crate::study::settlement::field::{Field, Member, Role};

/// Pools that are settled together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Group {
    /// Positions of the pools, lowest first.
    pub(super) pools: Vec<usize>,
    /// Whether they are all pools because clauses or links stand in the proofs.
    pub(super) is_all: bool,
    /// The enforced clauses that their ways could break, by position among the enforced ones.
    pub(super) clauses: Vec<usize>,
}

/// Whether no goal but cost needs a clause, a link or the cost to be proved.
pub(super) fn is_free(certified: &Certified) -> bool {
    let proved: Vec<(&Scored, &Proof)> = certified.objectives().iter().zip(certified.proofs()).collect();
    let is_cost = |scored: &Scored| scored.goal.objective == Objective::Cost;
    let mut but_cost = proved.iter().filter(|(scored, _)| !is_cost(scored));
    let is_cost = |goal: usize| certified.objectives().get(goal).is_some_and(is_cost);
    proved.len() == certified.objectives().len() && but_cost.all(|(_, proof)| is_plain(&proof.root, &is_cost))
}

fn is_plain(node: &Node, is_cost: &dyn Fn(usize) -> bool) -> bool {
    let sides = match &node.end {
        End::Closed => None,
        End::Branch(branch) => Some([&branch.inside, &branch.outside]),
    };
    let is_plain_row = |name: RowName| match name {
        RowName::Objective(goal) => !is_cost(goal),
        RowName::Cover(..) => true,
        RowName::Clause(..) | RowName::Parity(..) | RowName::Link(..) | RowName::Rounded(_) => false,
    };
    let is_plain_step = |step: &Step| {
        let blocks = step.blocks.iter().map(|&(name, _)| name);
        step.multipliers.iter().map(|&(name, _)| name).chain(blocks).all(is_plain_row)
    };
    node.steps.iter().all(is_plain_step) && sides.into_iter().flatten().all(|side| is_plain(side, is_cost))
}

/// The groups by what their pools share at first sight: links and roles; or all as one.
pub(super) fn first(field: &Field, is_free: bool) -> Vec<Group> {
    let mut sets = Sets::new(field.pools.len());
    if !is_free {
        sets.join_all(0..field.pools.len());
    }
    for pair in &field.pairs {
        let [a, b] = pair.people.map(|person| field.of_person[&person]);
        sets.join(a, b);
    }
    let mut by_role: BTreeMap<Role, usize> = BTreeMap::new();
    for (pool, members) in field.pools.iter().enumerate() {
        for &role in members.iter().flat_map(|member| &member.places).flat_map(|place| &place.roles) {
            sets.join(pool, *by_role.entry(role).or_insert(pool));
        }
    }
    grouped(&mut sets, field.pools.len(), !is_free)
}

/// The same, with pools joined that could break a clause together.
///
/// - `range`: the least and the most that the ways of a group, by its position, change of one number of a clause.
pub(super) fn joined(
    field: &Field,
    near: &Near<'_>,
    groups: &[Group],
    range: &dyn Fn(usize, usize, usize) -> (i64, i64),
) -> Vec<Group> {
    let mut sets = Sets::new(field.pools.len());
    groups.iter().for_each(|group| sets.join_all(group.pools.iter().copied()));
    let mut broken: Vec<(usize, usize)> = Vec::new();
    for clause in 0..field.clauses {
        let width = field.pools.iter().flatten().flat_map(|member| &member.places).next();
        let width = width.map_or(0, |place| place.clauses[clause].len());
        let ranges: Vec<Vec<(i64, i64)>> =
            (0..groups.len()).map(|at| (0..width).map(|number| range(at, clause, number)).collect()).collect();
        let all: Vec<(i64, i64)> = (0..width)
            .map(|at| ranges.iter().fold((0, 0), |sum, own| (sum.0 + own[at].0, sum.1 + own[at].1)))
            .collect();
        if is_met_everywhere(near, clause, &all) {
            continue;
        }
        let changes = |own: &Vec<(i64, i64)>| own.iter().any(|&range| range != (0, 0));
        let with = || groups.iter().zip(&ranges).filter(|(_, own)| changes(own)).map(|(group, _)| group.pools[0]);
        sets.join_all(with());
        broken.extend(with().map(|pool| (pool, clause)));
    }
    let is_all = groups.iter().any(|group| group.is_all);
    let mut groups = grouped(&mut sets, field.pools.len(), is_all);
    for (pool, clause) in broken {
        let group = groups.iter_mut().find(|group| group.pools.contains(&pool)).expect("every pool has a group");
        if !group.clauses.contains(&clause) {
            group.clauses.push(clause);
        }
    }
    groups
}

/// Whether a clause is met wherever in these ranges its numbers lie. Each limit is a straight line, so corners tell.
fn is_met_everywhere(near: &Near<'_>, clause: usize, ranges: &[(i64, i64)]) -> bool {
    let corner = |corner: usize| -> Vec<i128> {
        let end = |(at, &(least, most)): (usize, &(i64, i64))| if corner >> at & 1 == 0 { least } else { most };
        ranges.iter().enumerate().map(end).map(i128::from).collect()
    };
    ranges.len() < 16 && (0..1usize << ranges.len()).all(|at| near.is_met(clause, &corner(at)))
}

/// What the people of a group may change of a number at most, whatever the others choose.
pub(super) fn widest(members: &[Member], number: &dyn Fn(&Member, usize) -> i64) -> (i64, i64) {
    let of = |member: &Member| {
        let each = || (0..member.places.len()).map(|at| number(member, at));
        (each().min().unwrap_or(0), each().max().unwrap_or(0))
    };
    members.iter().map(of).fold((0, 0), |sum, own| (sum.0 + own.0, sum.1 + own.1))
}

fn grouped(sets: &mut Sets, count: usize, is_all: bool) -> Vec<Group> {
    let mut by_first: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for pool in 0..count {
        by_first.entry(sets.of(pool)).or_default().push(pool);
    }
    by_first.into_values().map(|pools| Group { pools, is_all, clauses: Vec::new() }).collect()
}
