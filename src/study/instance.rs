//! Published instances through the same kernel as cases: arrays to a problem, a problem to its best value and bound.
//!
//! Nothing here is faster or slower than for a case: an item or a person is an agent of the network, and what the network
//! cannot say is a row.

use crate::kernel::domain::Domain;
use crate::kernel::problem::{NONE, Network, Problem, Row};
use crate::kernel::profile::{self, Order};
use crate::kernel::relax::Relaxation;
use crate::kernel::search::{self, Goal, Question};
use crate::kernel::stages::Stages;
use crate::load::instance::{Assignment, Generalised, Preferences};

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sense {
    /// Less.
    Min,
    /// More.
    Max,
}

/// What was found about a least or largest sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sum {
    /// The value of the best point found.
    pub value: Option<i64>,
    /// No point is better than this; `None` where nothing is known.
    pub bound: Option<i64>,
    /// Whether the search was finished: the bound is the value, or there is no point at all.
    pub complete: bool,
    /// Nodes and evaluations.
    pub effort: (u64, u64),
}

/// What was found about a preference set; `None`: not proved before the stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profiles {
    /// Most people placed.
    pub placed: Option<u32>,
    /// Least sum of ranks (the first counting 1) among those.
    pub rank_sum: Option<i64>,
    /// Most placed, then most firsts, then most seconds, …
    pub greedy: Option<Vec<u32>>,
    /// Most placed, then fewest at the worst rank, then the next worst, …
    pub generous: Option<Vec<u32>>,
    /// Most firsts, then most seconds, …
    pub rank_maximal: Option<Vec<u32>>,
}

/// Best assignment of every row to a column of its own.
pub fn assign(instance: &Assignment, sense: Sense, should_stop: &dyn Fn() -> bool) -> Sum {
    let size = instance.size;
    let arcs = (0..size).map(|row| (0..size).map(move |column| (column, instance.cost[row * size + column])));
    let (network, costs) = network(arcs, vec![1; size], false);
    best(problem(network, Vec::new()), &costs, sense, should_stop)
}

/// Best assignment of every item to one agent within the agents' capacities.
pub fn assign_generalised(instance: &Generalised, sense: Sense, should_stop: &dyn Fn() -> bool) -> Sum {
    let fits = |&(agent, at): &(usize, usize)| instance.resource[at] <= instance.capacity[agent];
    let places =
        |item: usize| (0..instance.agents).map(move |agent| (agent, agent * instance.items + item)).filter(fits);
    let arcs = (0..instance.items).map(|item| places(item).map(|(agent, at)| (agent, instance.cost[at])));
    let room = u32::try_from(instance.items).expect("fewer than 2^32 items");
    let (network, costs) = network(arcs, vec![room; instance.agents], false);
    let mut rows: Vec<Row> = instance.capacity.iter().map(|&limit| Row { limit, ..Row::default() }).collect();
    let uses = (0..instance.items).flat_map(places).map(|(agent, at)| (agent, instance.resource[at]));
    for (arc, (agent, k)) in (0u32..).zip(uses).filter(|&(_, (_, k))| k != 0) {
        rows[agent].arcs.push((arc, k));
    }
    best(problem(network, rows), &costs, sense, should_stop)
}

/// The four answers to a preference set.
pub fn match_preferences(instance: &Preferences, should_stop: &dyn Fn() -> bool) -> Profiles {
    let arcs =
        instance.choices.iter().map(|choices| choices.iter().map(|&(post, rank)| (post as usize, i64::from(rank))));
    let (network, ranks) = network(arcs, instance.capacity.clone(), true);
    let ranks: Vec<u32> = ranks.iter().map(|&rank| u32::try_from(rank).expect("a rank of the instance")).collect();
    let rows = group_rows(instance, &network);
    let start = Stages::new(problem(network.clone(), rows));
    let settle = |mut stages: Stages, rows: &[Row]| stages.settle_all(rows, should_stop).then_some(stages);
    let greatest = settle(start.clone(), &[profile::placed(&network)]);
    let counts = |stages: Stages| profile::profile(stages.point().expect("a settled stage has a point"), &ranks);
    let after = |order: Order| -> Option<Vec<u32>> {
        settle(greatest.clone()?, &profile::levels(&network, &ranks, order)).map(counts)
    };
    let rank_sum = profile::rank_sum(&network, &ranks);
    Profiles {
        placed: greatest.clone().map(|stages| counts(stages).iter().sum()),
        rank_sum: greatest.clone().and_then(|stages| {
            let settled = settle(stages, std::slice::from_ref(&rank_sum))?;
            settled.point().map(|point| rank_sum.sum(settled.problem(), point))
        }),
        greedy: after(Order::BestFirst),
        generous: after(Order::WorstFirst),
        rank_maximal: settle(start, &profile::levels(&network, &ranks, Order::BestFirst)).map(counts),
    }
}

/// A row for each group that its posts could overfill.
fn group_rows(instance: &Preferences, network: &Network) -> Vec<Row> {
    let mut rows: Vec<Row> =
        instance.group_capacity.iter().map(|&room| Row { limit: room.into(), ..Row::default() }).collect();
    for (arc, &post) in (0u32..).zip(&network.column) {
        if let Some(group) = instance.group[post as usize] {
            rows[group as usize].arcs.push((arc, 1));
        }
    }
    let room = |group: usize| -> i64 {
        let own = instance.group.iter().zip(&instance.capacity);
        own.filter(|&(of, _)| *of == u32::try_from(group).ok()).map(|(_, &room)| i64::from(room)).sum()
    };
    let binding = rows.into_iter().enumerate().filter(|(group, row)| row.limit < room(*group));
    binding.map(|(_, row)| row).collect()
}

/// The network of these arcs `(column, number)`, and the numbers in the order of the arcs.
fn network(
    agents: impl Iterator<Item = impl Iterator<Item = (usize, i64)>>,
    capacity: Vec<u32>,
    may_stay_out: bool,
) -> (Network, Vec<i64>) {
    let mut made = Network { first: vec![0], column: Vec::new(), capacity, may_stay_out: Vec::new() };
    let mut numbers = Vec::new();
    for arcs in agents {
        for (column, number) in arcs {
            made.column.push(u32::try_from(column).expect("fewer than 2^32 columns"));
            numbers.push(number);
        }
        made.first.push(u32::try_from(numbers.len()).ok().filter(|&arcs| arcs < NONE).expect("fewer than 2^32 arcs"));
        made.may_stay_out.push(may_stay_out);
    }
    (made, numbers)
}

fn problem(network: Network, rows: Vec<Row>) -> Problem {
    Problem { owner: network.owners(), network, switches: 0, rows }
}

fn best(problem: Problem, costs: &[i64], sense: Sense, should_stop: &dyn Fn() -> bool) -> Sum {
    let signed = |value: i64| match sense {
        Sense::Min => value,
        Sense::Max => -value,
    };
    let arcs = (0u32..).zip(costs).map(|(arc, &cost)| (arc, signed(cost))).filter(|&(_, k)| k != 0);
    let objective = Row { arcs: arcs.collect(), ..Row::default() };
    let question = Question {
        problem: &problem,
        objective: &objective,
        starts: &[],
        incumbent: None,
        cutoff: None,
        goal: Goal::Best,
        room: usize::MAX,
    };
    let mut relaxation = Relaxation::default();
    let found = search::minimise(&question, Domain::whole(&problem), &mut relaxation, should_stop);
    let value = found.best.map(|(_, value)| value);
    let known = value.is_some() || !found.complete;
    Sum {
        value: value.map(signed),
        bound: known.then(|| signed(value.map_or(found.bound, |value| value.min(found.bound)))),
        complete: found.complete,
        effort: (found.tree.nodes.len() as u64, relaxation.evaluations),
    }
}
