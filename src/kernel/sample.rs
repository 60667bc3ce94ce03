//! Where the ascent of a large case begins: at multipliers that suit a part of it.
//!
//! A clause counts everybody, so its multiplier is much the same in a part in which people compete for posts as in the whole,
//! and an ascent over the part costs next to nothing. The part is a few neighbourhoods of the assignment without rows: who
//! holds what others could have. What its rows still have to spare, or lack, is the whole's in proportion. A guess like any other
//! start of an ascent: what is proved from there is exact.

use std::collections::VecDeque;

use crate::kernel::confined::Confined;
use crate::kernel::domain::Domain;
use crate::kernel::dual::{self, Next, Start, View};
use crate::kernel::incidence::{Incidence, Running};
use crate::kernel::problem::{NONE, Network, Point, Problem, Row};
use crate::kernel::relax::{Bound, Relaxation, Weights};
use crate::kernel::{SAMPLE_FROM, SAMPLE_ITERATIONS, SAMPLE_LEAST, SAMPLE_PART};

/// Neighbourhoods in a sample.
const NEIGHBOURHOODS: usize = 8;

/// Multipliers for a large case without any; `None` where the case is small, or a part says nothing about it.
///
/// Leaves the relaxation at the assignment without rows.
pub(crate) fn begin(view: &View<'_>, relaxation: &mut Relaxation) -> Option<Weights> {
    let View { problem, objective, domain, .. } = *view;
    let agents = problem.network.agents();
    if agents < SAMPLE_FROM || problem.rows.is_empty() {
        return None;
    }
    let plain = Weights { rows: vec![0; problem.rows.len()], objective: 1 };
    let Bound::AtLeast(_) = relaxation.evaluate(problem, objective, domain, &plain) else { return None };
    let point = relaxation.point(problem);
    let members = neighbours(&problem.network, &point.choice, (agents / SAMPLE_PART).max(SAMPLE_LEAST));
    let (part, objective) = part(view, &point, &members);
    let incidence = Incidence::new(&part, &objective);
    let domain = Domain::whole(&part);
    let within = View { problem: &part, objective: &objective, incidence: &incidence, domain: &domain };
    let start =
        Start { weights: &plain, bundle: None, is_hasty: false, cutoff: i64::MAX, iterations: SAMPLE_ITERATIONS };
    let (mut other, mut running) = (Relaxation::default(), Running::default());
    let ascent = dual::ascend(&within, &mut other, &mut running, &start, &mut |_, _, _| Next::Go)?;
    Some(dual::carry(view, &ascent.weights))
}

/// So many agents: around some of them, whoever holds what they could have, and so on.
fn neighbours(network: &Network, choice: &[u32], size: usize) -> Vec<u32> {
    let mut head = vec![NONE; network.columns()];
    let mut next = vec![NONE; network.agents()];
    for (agent, &arc) in (0u32..).zip(choice).filter(|&(_, &arc)| arc != NONE) {
        let head = &mut head[network.column[arc as usize] as usize];
        next[agent as usize] = std::mem::replace(head, agent);
    }
    let mut is_member = vec![false; network.agents()];
    let mut members = Vec::with_capacity(size);
    for around in 0..NEIGHBOURHOODS {
        let first = around * network.agents() / NEIGHBOURHOODS;
        let mut queue = VecDeque::from([u32::try_from(first).expect("fewer than 2^32 agents")]);
        let most = (around + 1) * size / NEIGHBOURHOODS;
        while members.len() < most
            && let Some(agent) = queue.pop_front()
        {
            if std::mem::replace(&mut is_member[agent as usize], true) {
                continue;
            }
            members.push(agent);
            for arc in network.arcs_of(agent as usize) {
                let mut holder = head[network.column[arc] as usize];
                while holder != NONE {
                    if !is_member[holder as usize] {
                        queue.push_back(holder);
                    }
                    holder = next[holder as usize];
                }
            }
        }
    }
    members.sort_unstable();
    members
}

/// The problem of some agents, over the room that the others leave them.
fn part(view: &View<'_>, point: &Point, members: &[u32]) -> (Problem, Row) {
    let View { problem, objective, incidence, domain } = *view;
    let has = |agent: u32, option| domain.has(agent as usize, option);
    let Confined { problem: own, arcs, .. } =
        Confined::new(problem, &point.choice, members, has).without_full_columns();
    let mut rows = vec![Row::default(); problem.rows.len() + 1];
    for (at, &arc) in (0u32..).zip(&arcs) {
        incidence.of(arc).iter().for_each(|&(row, k)| rows[row as usize].arcs.push((at, k)));
    }
    let mut sums = vec![0i64; rows.len()];
    for &member in members {
        incidence.of(point.choice[member as usize]).iter().for_each(|&(row, k)| sums[row as usize] += k);
    }
    let mut all = Vec::new();
    incidence.sums(problem, objective, point, &mut all);
    let goal = rows.pop().expect("the objective is the last row");
    for (((row, whole), sum), all) in rows.iter_mut().zip(&problem.rows).zip(sums).zip(all) {
        let spare = i128::from(whole.limit - all) * row.arcs.len() as i128 / whole.arcs.len().max(1) as i128;
        row.limit = sum + i64::try_from(spare).expect("a part of what there is to spare");
    }
    (Problem { switches: 0, rows, ..own }, goal)
}
