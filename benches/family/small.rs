//! Small random problems, where trying every point says what is true; each answer's proof is multiplied out as well.
//!
//! Shared by `cargo bench --bench peers -- small COUNT`, which draws them from seeds, and by the fuzz target `kernel`, which
//! draws them from bytes.

use demerge::kernel::domain::Domain;
use demerge::kernel::problem::{NONE, Network, Point, Problem, Row};
use demerge::kernel::relax::Relaxation;
use demerge::kernel::search::{self, Goal, Question};
use demerge::kernel::stages::Stages;

use crate::family::engine::{Engine, numbers};
use crate::prices;
use crate::verify;

/// Gives a number below its argument.
pub(crate) type Below<'a> = &'a mut dyn FnMut(u64) -> i64;

const NEVER: &dyn Fn() -> bool = &|| false;

/// Draws a problem and checks everything that the kernel says about it.
///
/// # Panics
/// Where the kernel is wrong, with the problem.
pub(crate) fn check(below: Below<'_>) {
    let problem = problem(below);
    let objectives: Vec<Row> = (0..1 + below(3)).map(|_| objective(&problem, below)).collect();
    let points = points(&problem);
    for objective in &objectives {
        check_least(&problem, objective, &points);
        check_any(&problem, objective, &points, below(9) - 4);
    }
    check_stages(Stages::new(problem.clone()), &problem, &objectives, &points);
    // Rounded rows are rounded again, although the tree would be small without.
    check_stages(Stages::new(problem.clone()).with_first_tree(0), &problem, &objectives, &points);
    check_transport(&problem, below);
}

/// Prints the problem that [`check`] would draw.
#[allow(dead_code, reason = "the fuzz target does not show")]
pub(crate) fn show(below: Below<'_>) {
    let problem = problem(below);
    let objectives: Vec<Row> = (0..1 + below(3)).map(|_| objective(&problem, below)).collect();
    println!("{problem:#?}\n{objectives:#?}");
}

/// Every point that keeps every row.
fn points(problem: &Problem) -> Vec<Point> {
    let mut partial = vec![(Vec::new(), vec![0u32; problem.network.columns()])];
    for agent in 0..problem.network.agents() {
        let mut longer = Vec::new();
        for (choice, held) in partial {
            let arcs = problem.network.arcs_of(agent).map(|arc| u32::try_from(arc).expect("few arcs"));
            for arc in arcs.chain(problem.network.may_stay_out[agent].then_some(NONE)) {
                let mut held: Vec<u32> = held.clone();
                if arc != NONE {
                    let column = problem.network.column[arc as usize] as usize;
                    held[column] += 1;
                    if held[column] > problem.network.capacity[column] {
                        continue;
                    }
                }
                let mut choice: Vec<u32> = choice.clone();
                choice.push(arc);
                longer.push((choice, held));
            }
        }
        partial = longer;
    }
    let settings = 0..1usize << problem.switches;
    let with = |choice: Vec<u32>| {
        settings.clone().map(move |bits| Point {
            choice: choice.clone(),
            on: (0..problem.switches).map(|s| bits >> s & 1 == 1).collect(),
        })
    };
    partial.into_iter().flat_map(|(choice, _)| with(choice)).filter(|point| point.keeps(problem)).collect()
}

fn least(problem: &Problem, objective: &Row, points: &[Point]) -> Option<i64> {
    points.iter().map(|point| objective.sum(problem, point)).min()
}

fn check_least(problem: &Problem, objective: &Row, points: &[Point]) {
    let question =
        Question { problem, objective, starts: &[], incumbent: None, cutoff: None, goal: Goal::Best, room: usize::MAX };
    let found = search::minimise(&question, Domain::whole(problem), &mut Relaxation::default(), NEVER);
    let truth = least(problem, objective, points);
    assert!(found.complete, "not finished: {problem:?} {objective:?}");
    assert_eq!(found.best.as_ref().map(|&(_, value)| value), truth, "{problem:?} {objective:?}");
    if let Some((point, value)) = &found.best {
        assert!(verify::point(problem, objective, point, *value), "point: {problem:?} {objective:?} {point:?}");
    }
    let proved = verify::has_blocks(&found.tree) || verify::tree(problem, objective, &[], &found.tree, found.bound);
    assert!(proved, "proof: {problem:?} {objective:?}");
}

/// Any point at or below a cutoff near the least value.
fn check_any(problem: &Problem, objective: &Row, points: &[Point], offset: i64) {
    let truth = least(problem, objective, points);
    let cutoff = truth.unwrap_or(0) + offset;
    let question = Question {
        problem,
        objective,
        starts: &[],
        incumbent: None,
        cutoff: Some(cutoff),
        goal: Goal::Any,
        room: usize::MAX,
    };
    let found = search::minimise(&question, Domain::whole(problem), &mut Relaxation::default(), NEVER);
    let there = truth.is_some_and(|value| value <= cutoff);
    assert_eq!(found.best.is_some(), there, "cutoff {cutoff}: {problem:?} {objective:?}");
    match &found.best {
        Some((point, value)) => {
            assert!(*value <= cutoff && verify::point(problem, objective, point, *value), "{problem:?} {objective:?}");
        }
        None => {
            // Above the ceiling there is nothing in any case.
            let above = cutoff.min(search::ceiling(problem, objective)).saturating_add(1);
            let tree = &found.tree;
            let proved = verify::has_blocks(tree) || verify::tree(problem, objective, &[], tree, above);
            assert!(proved, "proof of none at {cutoff}: {problem:?} {objective:?}");
        }
    }
}

/// One objective after the other, each held for the next; `stages` are those of the problem.
fn check_stages(mut stages: Stages, problem: &Problem, objectives: &[Row], points: &[Point]) {
    let mut left: Vec<Point> = points.to_vec();
    for objective in objectives {
        let (strikes, rounded) = (stages.strikes().to_vec(), stages.rounded().len());
        let mut found = stages.settle(objective, NEVER);
        let truth = least(problem, objective, &left);
        assert_eq!(found.best.as_ref().map(|&(_, value)| value), truth, "stage: {problem:?} {objectives:?}");
        assert!(found.complete, "stage not finished: {problem:?} {objectives:?}");
        found.tree.nodes.first_mut().expect("a root").steps.splice(0..0, strikes);
        let tree = &found.tree;
        // The last row holds the objective at what was found, so it proves nothing of it.
        let rows = &stages.problem().rows;
        let rows = &rows[..rows.len() - usize::from(found.best.is_some())];
        let held = Problem { rows: rows.to_vec(), ..problem.clone() };
        let proved = verify::has_blocks(tree) || verify::tree(&held, objective, &[], tree, found.bound);
        assert!(proved, "proof of a stage: {problem:?} {objectives:?}");
        for (row, from) in &stages.rounded()[rounded..] {
            assert!(verify::rounded(&held, *row, from), "rounded row: {problem:?} {from:?}");
            let keeps = |point: &Point| held.rows[*row].sum(&held, point) <= held.rows[*row].limit;
            assert!(left.iter().all(keeps), "a rounded row cuts a point off: {problem:?} {from:?}");
        }
        left.retain(|point| Some(objective.sum(problem, point)) == truth);
    }
}

/// The assignment alone, from nothing and after changes.
fn check_transport(problem: &Problem, below: Below<'_>) {
    let network = &problem.network;
    let alone = Problem { rows: Vec::new(), switches: 0, ..problem.clone() };
    let domain = Domain::whole(&alone);
    let points = points(&alone);
    let mut cost: Vec<i64> = (0..network.arcs()).map(|_| below(21) - 14).collect();
    let mut engine = Engine::default();
    let mut changed: Vec<u32> = Vec::new();
    for round in 0..3 {
        let row = Row { arcs: (0u32..).zip(cost.iter().copied()).collect(), ..Row::default() };
        let truth = least(&alone, &row, &points);
        let solved = if round == 0 {
            engine.cold(network, &domain, &numbers(&cost))
        } else {
            engine.warm(network, &domain, &numbers(&cost), &changed, &[])
        };
        let value = solved.then(|| prices::assignment(network, &cost, &[], &engine));
        assert_eq!(value, truth.map(Some), "round {round}: {network:?} {cost:?}");
        changed =
            (0..network.agents()).map(|agent| u32::try_from(agent).expect("few")).filter(|_| below(2) == 0).collect();
        for &agent in &changed {
            network.arcs_of(agent as usize).for_each(|arc| cost[arc] = below(21) - 14);
        }
    }
}

fn problem(below: Below<'_>) -> Problem {
    let (agents, columns) = (1 + below(5), 1 + below(5));
    let mut network = Network { first: vec![0], column: Vec::new(), capacity: Vec::new(), may_stay_out: Vec::new() };
    network.capacity = (0..columns).map(|_| u32::try_from([1, 1, 1, 2, 0][index(below(5))]).expect("few")).collect();
    for _ in 0..agents {
        for column in 0..columns {
            if below(3) > 0 {
                network.column.push(u32::try_from(column).expect("few"));
            }
        }
        network.first.push(u32::try_from(network.column.len()).expect("few"));
        network.may_stay_out.push(below(5) > 0);
    }
    let switches = index(below(3));
    let mut made = Problem { owner: network.owners(), network, switches, rows: Vec::new() };
    for switch in (0u32..).take(switches) {
        // A gate as `model` makes it: on only if something covers it.
        let arcs = terms(&made, below, |below| -below(2));
        made.rows.push(Row { arcs, switches: vec![(switch, 1 + below(2))], limit: 0, gate: Some(switch) });
    }
    for _ in 0..below(4) {
        let arcs = terms(&made, below, |below| below(11) - 4);
        made.rows.push(Row { arcs, switches: welcome(switches, below), limit: below(14) - 5, gate: None });
    }
    made
}

fn objective(problem: &Problem, below: Below<'_>) -> Row {
    let arcs = terms(problem, below, |below| below(19) - 12);
    Row { arcs, switches: welcome(problem.switches, below), ..Row::default() }
}

/// Terms of switches: never against them, which is what `model` keeps to.
fn welcome(switches: usize, below: Below<'_>) -> Vec<(u32, i64)> {
    (0u32..).take(switches).map(|s| (s, -below(4))).filter(|&(_, k)| k != 0).collect()
}

fn terms(problem: &Problem, below: Below<'_>, k: impl Fn(Below<'_>) -> i64) -> Vec<(u32, i64)> {
    let arcs = (0u32..).take(problem.network.arcs());
    arcs.map(|arc| (arc, if below(2) == 0 { 0 } else { k(below) })).filter(|&(_, k)| k != 0).collect()
}

fn index(number: i64) -> usize {
    usize::try_from(number).expect("not negative")
}
