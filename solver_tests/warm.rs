//! The transport kernel: cold, warm, on lists, on tables, with and without vectors, in 64 and 128 bits.
//!
//! Truth: duality. An assignment whose prices make every choice cheapest, and are nought wherever there is room, is best.

use demerge::kernel::domain::Domain;
use demerge::kernel::problem::{NONE, Network, Problem, Row};
use demerge::kernel::relax::{Bound, Relaxation, Weights};
use demerge::kernel::transport::{Changes, Effort, Shortage, Transport, Variation, Variations, Ways, Width};

use crate::staff::{Chance, staff};

/// A network over which some arcs are closed, with costs.
struct Instance {
    problem: Problem,
    domain: Domain,
    cost: Vec<i64>,
}

fn count(chance: &mut Chance, limit: u64) -> u32 {
    u32::try_from(chance.below(limit)).expect("a small number")
}

fn problem(network: Network) -> Problem {
    Problem { owner: network.owners(), network, switches: 0, rows: Vec::new() }
}

/// Costs from -20 to 20, so that there are many ties.
fn random(chance: &mut Chance, most_agents: u64, most_columns: u64) -> Instance {
    let columns = count(chance, most_columns + 1);
    let agents = count(chance, most_agents) + 1;
    let mut network = Network {
        first: vec![0],
        column: Vec::new(),
        capacity: (0..columns).map(|_| [0, 1, 1, 1, 2, 3][chance.index(6)]).collect(),
        may_stay_out: (0..agents).map(|_| chance.below(4) > 0).collect(),
    };
    let density = 1 + chance.below(4);
    for _ in 0..agents {
        for column in 0..columns {
            // Now and then two arcs lead to one column.
            for _ in 0..1 + u64::from(chance.below(20) == 0) {
                if chance.below(4) < density {
                    network.column.push(column);
                }
            }
        }
        network.first.push(u32::try_from(network.column.len()).expect("few arcs"));
    }
    let cost = network.column.iter().map(|_| i64::from(count(chance, 41)) - 20).collect();
    let problem = problem(network);
    let mut domain = Domain::whole(&problem);
    close_some(chance, &problem, &mut domain);
    Instance { problem, domain, cost }
}

fn close_some(chance: &mut Chance, problem: &Problem, domain: &mut Domain) {
    for (arc, &agent) in (0u32..).zip(&problem.owner) {
        if chance.below(8) == 0 {
            domain.close(agent as usize, arc);
        }
    }
}

/// The value of an assignment that its own prices prove to be best; or, for a shortage, that they prove it.
fn proved<T: Width>(
    transport: &Transport<T>,
    solved: Result<(), Shortage>,
    network: &Network,
    domain: &Domain,
    cost: &[i64],
) -> Result<i64, Shortage> {
    let price: Vec<i64> = (0..network.columns())
        .map(|column| i64::try_from(transport.price(column).into()).expect("costs are small"))
        .collect();
    assert!(price.iter().all(|&price| price <= 0), "a price is positive: {price:?}");
    let cost = |arc: usize| if solved.is_ok() { cost[arc] } else { 0 };
    let cheapest = |agent: usize| {
        let arcs = network.arcs_of(agent).filter(|&arc| domain.arc(arc));
        let arcs = arcs.map(|arc| cost(arc) - price[network.column[arc] as usize]);
        arcs.chain(domain.out(agent).then_some(0)).min()
    };
    let rent: i64 = price.iter().zip(&network.capacity).map(|(price, &room)| price * i64::from(room)).sum();
    if solved.is_err() {
        let sum: Option<i64> = (0..network.agents()).map(cheapest).sum();
        assert!(sum.is_none_or(|sum| sum + rent > 0), "the prices do not prove the shortage");
        return Err(Shortage);
    }
    let mut held = vec![0; network.columns()];
    let (mut value, mut bound) = (0, rent);
    for (agent, &choice) in transport.choice().iter().enumerate() {
        assert!(domain.has(agent, choice), "agent {agent} holds a closed option");
        let least = cheapest(agent).expect("it holds an open option");
        let own = if choice == NONE {
            0
        } else {
            let (arc, column) = (choice as usize, network.column[choice as usize] as usize);
            assert!(network.arcs_of(agent).contains(&arc));
            held[column] += 1;
            value += cost(arc);
            cost(arc) - price[column]
        };
        assert_eq!(own, least, "agent {agent} is not at its cheapest option");
        bound += least;
    }
    for (column, &held) in held.iter().enumerate() {
        assert!(held <= network.capacity[column], "column {column} is overfull");
        assert!(held == network.capacity[column] || price[column] == 0, "column {column} has room and a price");
    }
    assert_eq!(value, bound);
    Ok(value)
}

fn cold<T: Width>(ways: Ways, instance: &Instance) -> (Transport<T>, Result<i64, Shortage>) {
    let Instance { problem, domain, cost } = instance;
    let mut transport = Transport::with(ways);
    let wide: Vec<T> = cost.iter().map(|&cost| T::of(cost.into()).expect("small")).collect();
    let solved = transport.solve(&problem.network, domain, &wide);
    let value = proved(&transport, solved, &problem.network, domain, cost);
    (transport, value)
}

fn prices<T: Width>(transport: &Transport<T>, network: &Network) -> Vec<i128> {
    (0..network.columns()).map(|column| transport.price(column).into()).collect()
}

/// Truth: duality, and one way against the other.
#[test]
fn every_way_finds_the_same_value() {
    for seed in 0..3_000 {
        let mut chance = Chance(seed);
        let (agents, columns) = [(9, 8), (9, 8), (70, 64), (90, 100), (60, 300)][(seed % 5) as usize];
        let instance = random(&mut chance, agents, columns);
        let network = &instance.problem.network;
        let (lists, value) = cold::<i64>(Ways::Lists, &instance);
        let (wide, same) = cold::<i128>(Ways::All, &instance);
        assert_eq!(value, same, "seed {seed}: 64 and 128 bits");
        assert_eq!((lists.choice(), prices(&lists, network)), (wide.choice(), prices(&wide, network)), "seed {seed}");
        let (scalar, same) = cold::<i64>(Ways::Scalar, &instance);
        assert_eq!(value, same, "seed {seed}: lists and table");
        let (vectors, same) = cold::<i64>(Ways::Vectors, &instance);
        assert_eq!(value, same, "seed {seed}: vectors");
        assert_eq!(scalar.choice(), vectors.choice(), "seed {seed}: vectors");
        assert_eq!(prices(&scalar, network), prices(&vectors, network), "seed {seed}: vectors");
        assert_eq!(scalar.effort(), vectors.effort(), "seed {seed}: vectors");
        assert_eq!(cold::<i64>(Ways::All, &instance).1, value, "seed {seed}");
    }
}

/// Truth: a fresh solve; costs of 2^40 need a table in 64 bits.
#[test]
fn large_costs_give_the_same_choices() {
    for seed in 0..500 {
        let instance = random(&mut Chance(seed), 40, 60);
        let Instance { problem, domain, cost } = &instance;
        let (small, value) = cold::<i64>(Ways::Vectors, &instance);
        let large: Vec<i64> = cost.iter().map(|cost| cost << 40).collect();
        let mut transport = Transport::with(Ways::Vectors);
        let solved = transport.solve(&problem.network, domain, &large);
        assert_eq!(solved.is_ok(), value.is_ok());
        assert_eq!(transport.choice(), small.choice(), "seed {seed}");
    }
}

/// Truth: a fresh solve after each change, and the number of paths that a change may need.
#[test]
fn a_warm_solve_is_as_good_as_a_cold_one() {
    let all = [Ways::Lists, Ways::Scalar, Ways::Vectors];
    for seed in 0..1_500 {
        let mut chance = Chance(seed);
        let (agents, columns) = [(9, 8), (40, 50), (60, 300)][(seed % 3) as usize];
        let mut instance = random(&mut chance, agents, columns);
        let mut named = Transport::<i64>::with(all[(seed / 3 % 3) as usize]);
        let mut unnamed = named.clone();
        let first = named.solve(&instance.problem.network, &instance.domain, &instance.cost);
        assert_eq!(first, unnamed.solve(&instance.problem.network, &instance.domain, &instance.cost));
        for step in 0..12 {
            let (changed, columns) = change(&mut chance, &mut instance);
            let Instance { problem, domain, cost } = &instance;
            let (before, was_warm) = (named.effort().augmentations, named.is_warm());
            let changes = Changes { agents: &changed, columns: &columns };
            let solved = named.resolve(&problem.network, domain, cost, &changes);
            let value = proved(&named, solved, &problem.network, domain, cost);
            assert_eq!(value, cold::<i64>(Ways::Lists, &instance).1, "seed {seed} step {step}");
            let paths = named.effort().augmentations - before;
            // A column's capacity changes by at most three.
            let most = 2 * (changed.len() + 3 * columns.len()) as u64;
            assert!(!was_warm || paths <= most, "seed {seed} step {step}: {paths} paths for {changes:?}");
            let solved = unnamed.reconsider(&problem.network, domain, cost);
            assert_eq!(proved(&unnamed, solved, &problem.network, domain, cost), value, "seed {seed} step {step}");
        }
    }
}

/// New costs and options for a few agents, new capacities for a few columns.
fn change(chance: &mut Chance, instance: &mut Instance) -> (Vec<u32>, Vec<u32>) {
    let network = &mut instance.problem.network;
    let (agents, all_columns) = (network.agents() as u64, network.columns() as u64);
    let changed: Vec<u32> = (0..1 + chance.below(3)).map(|_| count(chance, agents)).collect();
    let columns: Vec<u32> =
        if all_columns == 0 { Vec::new() } else { (0..chance.below(3)).map(|_| count(chance, all_columns)).collect() };
    for &agent in &changed {
        network.may_stay_out[agent as usize] = chance.below(4) > 0;
        for arc in network.arcs_of(agent as usize) {
            let leaves = chance.below(6) == 0;
            instance.cost[arc] = if leaves { i64::CLOSED } else { i64::from(count(chance, 41)) - 20 };
        }
    }
    for &column in &columns {
        network.capacity[column as usize] = count(chance, 4);
    }
    // What is closed stays closed but for those named; the domain is made anew, as it only ever shrinks.
    let mut domain = Domain::whole(&instance.problem);
    for (arc, &agent) in (0u32..).zip(&instance.problem.owner) {
        let closed = !instance.domain.arc(arc as usize);
        if instance.cost[arc as usize] == i64::CLOSED || (closed && !changed.contains(&agent)) {
            domain.close(agent as usize, arc);
        }
    }
    instance.domain = domain;
    (changed, columns)
}

/// A scenario of an instance, and the instance that it comes to.
fn scenario(chance: &mut Chance, base: &Instance) -> (Variation<i64>, Instance) {
    let mut instance = Instance { problem: base.problem.clone(), domain: base.domain.clone(), cost: base.cost.clone() };
    let network = &mut instance.problem.network;
    let (agents, columns) = (network.agents() as u64, network.columns() as u64);
    let mut variation = Variation::default();
    for _ in 0..chance.below(3) {
        let agent = count(chance, agents);
        if variation.agents.contains(&agent) {
            continue;
        }
        variation.agents.push(agent);
        for arc in network.arcs_of(agent as usize) {
            // Now and then so large that the base's table does not take it.
            let grown = if chance.below(100) == 0 { 1 << 30 } else { 0 };
            let leaves = chance.below(6) == 0;
            instance.cost[arc] = if leaves { i64::CLOSED } else { i64::from(count(chance, 41)) - 20 + grown };
            variation.costs.push(instance.cost[arc]);
        }
    }
    for _ in 0..chance.below(3) {
        let agent = count(chance, agents);
        variation.gone.push(agent);
        network.may_stay_out[agent as usize] = true;
        let arcs = network.arcs_of(agent as usize);
        instance.cost[arcs].fill(i64::CLOSED);
    }
    for _ in 0..chance.below(3).min(columns) {
        let (column, capacity) = (count(chance, columns), count(chance, 4));
        variation.columns.push((column, capacity));
        network.capacity[column as usize] = capacity;
    }
    let mut domain = Domain::whole(&instance.problem);
    for (arc, &agent) in (0u32..).zip(&instance.problem.owner) {
        if !base.domain.arc(arc as usize) || instance.cost[arc as usize] == i64::CLOSED {
            domain.close(agent as usize, arc);
        }
    }
    instance.domain = domain;
    (variation, instance)
}

/// Truth: a fresh solve of each scenario; and the same answer again after others were solved.
#[test]
fn a_scenario_is_as_good_as_a_cold_solve_and_forgets_the_one_before() {
    let all = [Ways::Lists, Ways::Scalar, Ways::Vectors];
    for seed in 0..1_500 {
        let mut chance = Chance(seed);
        let (agents, columns) = [(9, 8), (40, 50), (90, 60), (60, 300)][(seed % 4) as usize];
        let base = random(&mut chance, agents, columns);
        let network = &base.problem.network;
        let mut solved = Transport::<i64>::with(all[(seed / 4 % 3) as usize]);
        let _ = solved.solve(network, &base.domain, &base.cost);
        let mut solver = Variations::new(network, &base.domain, &base.cost, &solved);
        let scenarios: Vec<_> = (0..8).map(|_| scenario(&mut chance, &base)).collect();
        let mut answers = Vec::new();
        for (variation, instance) in &scenarios {
            let found = solver.solve(variation).map(|()| solver.value());
            assert_eq!(found, cold::<i64>(Ways::Lists, instance).1, "seed {seed}: {variation:?}");
            let prices: Vec<i64> = (0..network.columns()).map(|column| solver.price(column)).collect();
            answers.push((found, solver.choice().to_vec(), prices));
            if found.is_ok() {
                let own: i64 =
                    solver.choice().iter().filter(|&&arc| arc != NONE).map(|&arc| instance.cost[arc as usize]).sum();
                assert_eq!(found, Ok(own), "seed {seed}");
            }
        }
        for ((variation, _), (found, choice, prices)) in scenarios.iter().zip(answers).rev() {
            assert_eq!(solver.solve(variation).map(|()| solver.value()), found, "seed {seed}");
            if found.is_ok() {
                assert_eq!(solver.choice(), choice, "seed {seed}");
                assert!((0..network.columns()).all(|column| solver.price(column) == prices[column]), "seed {seed}");
            }
        }
    }
}

/// Truth: an evaluation from nothing, and the value of the point that it found. The scales reach beyond 64 bits: a cost of
/// 2^61 once passed for a closed arc.
#[test]
fn a_bound_does_not_depend_on_where_it_started() {
    for seed in 0..600 {
        let mut chance = Chance(seed);
        let Instance { mut problem, mut domain, cost } = random(&mut chance, 20, [12, 80][(seed % 2) as usize]);
        let row = |chance: &mut Chance| {
            let arcs = (0..u32::try_from(problem.network.arcs()).expect("few")).filter(|_| chance.below(2) == 0);
            let arcs: Vec<u32> = arcs.collect();
            let arcs = arcs.into_iter().map(|arc| (arc, i64::from(count(chance, 9)) - 4)).filter(|&(_, k)| k != 0);
            Row { arcs: arcs.collect(), limit: i64::from(count(chance, 9)) - 4, ..Row::default() }
        };
        problem.rows = (0..3).map(|_| row(&mut chance)).collect();
        let arcs = (0u32..).zip(&cost).map(|(arc, &k)| (arc, k)).filter(|&(_, k)| k != 0);
        let objective = Row { arcs: arcs.collect(), ..Row::default() };
        let mut warm = Relaxation::default();
        for step in 0..15 {
            let scale = [1i128, 1 << 20, 1 << 48, 0, 1 << 55, 1 << 57, 1 << 59, 1 << 80][chance.index(8)];
            let rows = (0..3).map(|_| i128::from(chance.below(5)) * scale.max(1) / 2).collect();
            let weights = Weights { rows, objective: scale };
            let mut fresh = Relaxation::default();
            let bound = warm.evaluate(&problem, &objective, &domain, &weights);
            assert_eq!(bound, fresh.evaluate(&problem, &objective, &domain, &weights), "seed {seed} step {step}");
            if let Bound::AtLeast(value) = bound {
                let point = warm.point(&problem);
                let excess = problem.rows.iter().zip(&weights.rows);
                let excess = excess.map(|(row, weight)| weight * i128::from(row.sum(&problem, &point) - row.limit));
                let own = weights.objective * i128::from(objective.sum(&problem, &point));
                assert_eq!(value, own + excess.sum::<i128>(), "seed {seed} step {step}");
            }
            if step % 4 == 3 {
                close_some(&mut chance, &problem, &mut domain);
            }
        }
        assert_eq!(warm.evaluations, 15);
    }
}

/// The work for fixed instances; it depends on no machine. Truth: what was measured; more needs a reason.
#[test]
fn the_work_for_fixed_instances_is_known() {
    let work = |ways: Ways, people: usize, posts: usize, open: usize| {
        let (network, cost) = staff(people, posts, open, 1);
        let problem = problem(network);
        let domain = Domain::whole(&problem);
        let mut transport = Transport::with(ways);
        let solved = transport.solve(&problem.network, &domain, &cost);
        let value = proved(&transport, solved, &problem.network, &domain, &cost).expect("everyone may stay out");
        let cold = transport.effort();
        let mut changed = cost.clone();
        let agents = [0, 1, 2];
        changed[..problem.network.first[3] as usize].iter_mut().for_each(|cost| *cost += 37);
        let changes = Changes { agents: &agents, columns: &[] };
        let solved = transport.resolve(&problem.network, &domain, &changed, &changes);
        proved(&transport, solved, &problem.network, &domain, &changed).expect("everyone may stay out");
        let all = transport.effort();
        let warm = Effort { augmentations: all.augmentations - cold.augmentations, arcs: all.arcs - cold.arcs };
        (value, [cold.augmentations, cold.arcs, warm.augmentations, warm.arcs])
    };
    let found = [
        work(Ways::Vectors, 47, 60, 14),
        work(Ways::Lists, 47, 60, 14),
        work(Ways::All, 500, 638, 26),
        work(Ways::All, 2_000, 2_553, 26),
    ];
    assert_eq!(found, WORK);
}

/// Truth: the sizes of the arrays, the search from columns included.
#[test]
fn memory_stays_below_five_times_the_input() {
    let (network, mut cost) = staff(5_000, 6_383, 26, 1);
    let problem = problem(network);
    let (network, domain) = (&problem.network, Domain::whole(&problem));
    let mut transport = Transport::default();
    transport.solve(network, &domain, &cost).expect("everyone may stay out");
    cost.iter_mut().take(1_000).for_each(|cost| *cost = 0);
    transport.reconsider(network, &domain, &cost).expect("everyone may stay out");
    let arrays = 4 * (network.first.len() + network.column.len() + network.capacity.len());
    let input = arrays + 8 * cost.len() + network.arcs() + 2 * network.agents();
    assert!(transport.bytes() < 5 * input, "{} bytes for {input}", transport.bytes());
}

/// Value; paths and arcs from nothing; paths and arcs after three people changed.
const WORK: [(i64, [u64; 4]); 4] = [
    (-83_434, [39, 16_256, 0, 192]),
    (-83_434, [47, 2_822, 3, 51]),
    (-965_849, [500, 136_353, 3, 71]),
    (-3_700_881, [2_000, 499_742, 3, 86]),
];
