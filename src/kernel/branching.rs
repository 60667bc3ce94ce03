//! Where to branch: the agent whose averaged options pull the rows apart most.

use crate::kernel::bundle::Bundle;
use crate::kernel::domain::{Domain, choices};
use crate::kernel::problem::{NONE, Problem, Row};
use crate::kernel::relax::{Relaxation, Weights};
use crate::kernel::search::Split;

/// Shares below this are noise of the average.
const TRACE: f64 = 1e-3;

/// The split of the most divided switch or agent; `None` where every agent and switch has one option.
///
/// An agent's options are ordered by the weighted effect of the rows on them and cut at the average effect, so that both
/// sides move the bound (generalised upper bound branching; Beale & Tomlin 1970).
pub(crate) fn choose(
    problem: &Problem,
    objective: &Row,
    domain: &Domain,
    relaxation: &Relaxation,
    weights: &Weights,
    average: &Bundle,
) -> Option<Split> {
    divided_switch(domain, average)
        .or_else(|| divided_agent(problem, objective, domain, relaxation, weights, average))
        .or_else(|| any_agent(problem, domain, relaxation))
        .or_else(|| any_switch(domain))
}

fn divided_switch(domain: &Domain, average: &Bundle) -> Option<Split> {
    let on = |s: usize| -> f64 { average.average().filter(|(point, _)| point.on[s]).map(|(_, share)| share).sum() };
    (0..domain.switches())
        .filter(|&s| domain.on(s) && domain.off(s))
        .map(|s| (s, (on(s) - 0.5).abs()))
        .filter(|&(_, distance)| distance < 0.5 - TRACE)
        .min_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(s, _)| switch(s))
}

fn any_switch(domain: &Domain) -> Option<Split> {
    (0..domain.switches()).find(|&s| domain.on(s) && domain.off(s)).map(switch)
}

fn switch(s: usize) -> Split {
    Split::Switch(u32::try_from(s).expect("fewer than 2^32 switches"))
}

fn divided_agent(
    problem: &Problem,
    objective: &Row,
    domain: &Domain,
    relaxation: &Relaxation,
    weights: &Weights,
    average: &Bundle,
) -> Option<Split> {
    let mut own = vec![0i64; problem.network.arcs()];
    for &(arc, k) in &objective.arcs {
        own[arc as usize] = k;
    }
    let effect = |choice: u32| -> f64 {
        let own = if choice == NONE { 0 } else { own[choice as usize] };
        relaxation.effect(choice, weights, own) as f64 / weights.objective as f64
    };
    let mut best: Option<(f64, f64, usize, f64, u32)> = None;
    for agent in 0..problem.network.agents() {
        let mut shares: Vec<(u32, f64)> = Vec::new();
        for (point, share) in average.average() {
            let choice = point.choice[agent];
            if domain.has(agent, choice) {
                match shares.iter_mut().find(|(c, _)| *c == choice) {
                    Some((_, sum)) => *sum += share,
                    None => shares.push((choice, share)),
                }
            }
        }
        let total: f64 = shares.iter().map(|&(_, share)| share).sum();
        let Some(&(top, most)) = shares.iter().max_by(|a, b| a.1.total_cmp(&b.1)) else { continue };
        if most > total - TRACE {
            continue;
        }
        let mean = shares.iter().map(|&(c, share)| share * effect(c)).sum::<f64>() / total;
        let spread = shares.iter().map(|&(c, share)| share * (effect(c) - mean) * (effect(c) - mean)).sum::<f64>();
        let divided = total - most;
        if best.is_none_or(|(s, d, ..)| spread > s || (spread >= s && divided > d)) {
            best = Some((spread, divided, agent, mean, top));
        }
    }
    let (_, _, agent, mean, top) = best?;
    Some(split(problem, domain, agent, |choice| effect(choice) <= mean).unwrap_or_else(|| single(problem, agent, top)))
}

/// Inside: the open options that satisfy the test; `None` where that is all of them or none.
fn split(problem: &Problem, domain: &Domain, agent: usize, inside: impl Fn(u32) -> bool) -> Option<Split> {
    let open: Vec<u32> = choices(&problem.network, agent).filter(|&option| domain.has(agent, option)).collect();
    let chosen: Vec<u32> = open.iter().copied().filter(|&option| inside(option)).collect();
    let divides = !chosen.is_empty() && chosen.len() < open.len();
    let or_out = chosen.contains(&NONE);
    let arcs = chosen.into_iter().filter(|&option| option != NONE).collect();
    let agent = u32::try_from(agent).expect("fewer than 2^32 agents");
    divides.then_some(Split::Agent { agent, arcs, or_out })
}

fn single(problem: &Problem, agent: usize, choice: u32) -> Split {
    debug_assert!(agent < problem.network.agents());
    let arcs = if choice == NONE { Vec::new() } else { vec![choice] };
    Split::Agent { agent: u32::try_from(agent).expect("fewer than 2^32 agents"), arcs, or_out: choice == NONE }
}

/// The agent with fewest options, at least two: its present option against the rest.
fn any_agent(problem: &Problem, domain: &Domain, relaxation: &Relaxation) -> Option<Split> {
    let network = &problem.network;
    let (_, agent) =
        (0..network.agents()).map(|agent| (domain.options(agent), agent)).filter(|&(options, _)| options > 1).min()?;
    let present = relaxation.choice()[agent];
    let mut options = choices(network, agent).filter(|&option| domain.has(agent, option));
    let choice = if domain.has(agent, present) { present } else { options.next()? };
    Some(single(problem, agent, choice))
}
