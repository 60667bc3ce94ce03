//! Multiplies the proof of a search out again, sharing no code with it: the steps of each node, in whole numbers.
//!
//! A step is multipliers `w` of rows, `o` of the objective, and prices `p` of columns, not positive. Over the options that
//! are open, objective·o + Σ excess·w is at least Σ least reduced cost of each agent + Σ p·capacity − Σ w·limit. Where that
//! is above o·target no point is as good as the target; an option that alone lifts it above is struck.

use demerge::kernel::problem::{NONE, Point, Problem, Row};
use demerge::kernel::relax::Step;
use demerge::kernel::rounding::Rounding;
use demerge::kernel::search::{Node, Split, Tree};

/// Whether the point is in the network, keeps every row and has this value.
pub(crate) fn point(problem: &Problem, objective: &Row, point: &Point, value: i64) -> bool {
    let mut held = vec![0u32; problem.network.columns()];
    let own = point.choice.iter().enumerate().all(|(agent, &arc)| {
        if arc == NONE {
            return problem.network.may_stay_out[agent];
        }
        held[problem.network.column[arc as usize] as usize] += 1;
        problem.network.arcs_of(agent).contains(&(arc as usize))
    });
    let seats = held.iter().zip(&problem.network.capacity).all(|(held, capacity)| held <= capacity);
    own && seats && point.keeps(problem) && objective.sum(problem, point) == value
}

/// Whether a row of the problem follows by rounding from rows before it.
///
/// Everything is a variable: options, staying out, and what is left to each limit. `Σ a·x = b` in whole numbers gives
/// `Σ G(a)·x <= G(b)`; the variables that the row does not have are written in terms of those that it has.
pub(crate) fn rounded(problem: &Problem, row: usize, from: &Rounding) -> bool {
    let network = &problem.network;
    let table = |row: &Row| {
        let mut k = vec![0i128; network.arcs() + problem.switches];
        row.arcs.iter().for_each(|&(arc, value)| k[arc as usize] = value.into());
        row.switches.iter().for_each(|&(switch, value)| k[network.arcs() + switch as usize] = value.into());
        k
    };
    // Each equation with its variable of what is left: coefficients, limit, multiplier, whether it has such a variable.
    let mut equations: Vec<(Vec<i128>, i128, i128, bool)> = Vec::new();
    for &(at, times) in &from.rows {
        equations.push((table(&problem.rows[at as usize]), problem.rows[at as usize].limit.into(), times.into(), true));
    }
    for &(column, times) in &from.columns {
        let mut k: Vec<i128> = network.column.iter().map(|&it| i128::from(it == column)).collect();
        k.resize(network.arcs() + problem.switches, 0);
        equations.push((k, network.capacity[column as usize].into(), times.into(), true));
    }
    for (agent, &times) in from.agents.iter().enumerate() {
        let mut k = vec![0; network.arcs() + problem.switches];
        k[network.arcs_of(agent)].fill(1);
        equations.push((k, 1, times.into(), network.may_stay_out[agent]));
    }
    let all = |at: usize| equations.iter().map(|(k, _, times, _)| k[at] * times).sum::<i128>();
    let side: i128 = equations.iter().map(|(_, limit, times, _)| limit * times).sum();
    let (divisor, rest) = (i128::from(from.divisor), side.rem_euclid(from.divisor.into()));
    let g = |a: i128| (divisor - rest) * a.div_euclid(divisor) + (a.rem_euclid(divisor) - rest).max(0);
    let left = || equations.iter().filter(|(_, _, _, has)| *has);
    let mut found: Vec<i128> = (0..network.arcs() + problem.switches)
        .map(|at| g(all(at)) - left().map(|(k, _, times, _)| g(*times) * k[at]).sum::<i128>())
        .collect();
    let limit = g(side) - left().map(|(_, limit, times, _)| g(*times) * limit).sum::<i128>();
    // Whoever must have an option has exactly one: what all their options cost may be taken off.
    let claimed = table(&problem.rows[row]);
    let mut room = limit;
    for agent in (0..network.agents()).filter(|&agent| !network.may_stay_out[agent]) {
        let least = found[network.arcs_of(agent)].iter().copied().min().unwrap_or(0);
        found[network.arcs_of(agent)].iter_mut().for_each(|found| *found -= least);
        room -= least;
    }
    // In what all have in common, and in grains: dividing both sides, and rounding down what is taken no less than nought times.
    let unit = found.iter().fold(0, |common, &k| factor(common, k)).max(1) * i128::from(from.grain);
    let terms = found.iter().zip(&claimed).all(|(found, claimed)| found.div_euclid(unit) == *claimed);
    let before = from.rows.iter().all(|&(at, _)| (at as usize) < row);
    rest > 0 && from.grain > 0 && before && terms && i128::from(problem.rows[row].limit) == room.div_euclid(unit)
}

fn factor(a: i128, b: i128) -> i128 {
    if b == 0 { a.abs() } else { factor(b, a % b) }
}

/// Whether some step keeps rows whole: those this checker cannot multiply out (`certify` can, `solver_tests/blocks.rs`).
pub(crate) fn has_blocks(tree: &Tree) -> bool {
    tree.nodes.iter().flat_map(|node| &node.steps).any(|step| !step.blocks.is_empty())
}

/// Whether the tree proves that no point over open arcs has a value below `bound`.
pub(crate) fn tree(problem: &Problem, objective: &Row, closed: &[u32], tree: &Tree, bound: i64) -> bool {
    let checker = Checker { problem, objective, tree, target: i128::from(bound) - 1 };
    let mut open = Open::whole(problem);
    closed.iter().for_each(|&arc| open.arc[arc as usize] = false);
    !tree.nodes.is_empty() && checker.node(&tree.nodes[0], open)
}

/// Options that are still open.
#[derive(Clone)]
struct Open {
    arc: Vec<bool>,
    out: Vec<bool>,
    on: Vec<bool>,
    off: Vec<bool>,
}

impl Open {
    fn whole(problem: &Problem) -> Open {
        Open {
            arc: vec![true; problem.network.arcs()],
            out: problem.network.may_stay_out.clone(),
            on: vec![true; problem.switches],
            off: vec![true; problem.switches],
        }
    }

    /// Whether an agent or a switch has no option left.
    fn is_empty(&self, problem: &Problem) -> bool {
        let stuck = |agent: usize| !self.out[agent] && !problem.network.arcs_of(agent).any(|arc| self.arc[arc]);
        let jammed = |(on, off): (&bool, &bool)| !on && !off;
        (0..problem.network.agents()).any(stuck) || self.on.iter().zip(&self.off).any(jammed)
    }
}

struct Checker<'a> {
    problem: &'a Problem,
    objective: &'a Row,
    tree: &'a Tree,
    target: i128,
}

impl Checker<'_> {
    fn node(&self, node: &Node, mut open: Open) -> bool {
        // A step finds out that somebody has no option; without a step it is looked up.
        if node.steps.iter().any(|step| self.step(step, &mut open)) || open.is_empty(self.problem) {
            return true;
        }
        let Some((split, inside, outside)) = &node.branch else { return false };
        let (mut without, mut with) = (open.clone(), open);
        match split {
            Split::Agent { agent, arcs, or_out } => {
                let agent = *agent as usize;
                for arc in self.problem.network.arcs_of(agent) {
                    let listed = arcs.iter().any(|&a| a as usize == arc);
                    (if listed { &mut without } else { &mut with }).arc[arc] = false;
                }
                (if *or_out { &mut without } else { &mut with }).out[agent] = false;
            }
            Split::Switch(switch) => {
                with.off[*switch as usize] = false;
                without.on[*switch as usize] = false;
            }
        }
        self.node(&self.tree.nodes[*inside as usize], with) && self.node(&self.tree.nodes[*outside as usize], without)
    }

    /// Strikes what the step strikes; true where it closes the node.
    fn step(&self, step: &Step, open: &mut Open) -> bool {
        let network = &self.problem.network;
        let mut cost = vec![0i128; network.arcs()];
        let mut switch_cost = vec![0i128; self.problem.switches];
        let mut value = 0i128;
        let rows = step.rows.iter().map(|&(row, w)| (&self.problem.rows[row as usize], w, true));
        for (row, weight, limited) in rows.chain([(self.objective, step.objective, false)]) {
            if weight < 0 {
                return false;
            }
            row.arcs.iter().for_each(|&(arc, k)| cost[arc as usize] += weight * i128::from(k));
            row.switches.iter().for_each(|&(s, k)| switch_cost[s as usize] += weight * i128::from(k));
            value -= if limited { weight * i128::from(row.limit) } else { 0 };
        }
        let mut price = vec![0i128; network.columns()];
        for &(column, p) in &step.prices {
            if p > 0 {
                return false;
            }
            price[column as usize] = p;
            value += p * i128::from(network.capacity[column as usize]);
        }
        cost.iter_mut().zip(&network.column).for_each(|(k, &j)| *k -= price[j as usize]);
        let mut least = Vec::new();
        for agent in 0..network.agents() {
            let arcs = network.arcs_of(agent).filter(|&arc| open.arc[arc]).map(|arc| cost[arc]);
            let Some(cheapest) = arcs.chain(open.out[agent].then_some(0)).min() else { return true };
            least.push(cheapest);
            value += cheapest;
        }
        let mut least_switch = Vec::new();
        for (s, &k) in switch_cost.iter().enumerate() {
            let settings = open.on[s].then_some(k).into_iter().chain(open.off[s].then_some(0));
            let Some(cheapest) = settings.min() else { return true };
            least_switch.push(cheapest);
            value += cheapest;
        }
        let limit = step.objective * self.target;
        if value > limit {
            return true;
        }
        for (agent, least) in least.into_iter().enumerate() {
            let room = limit - value + least;
            network.arcs_of(agent).filter(|&arc| cost[arc] > room).for_each(|arc| open.arc[arc] = false);
            open.out[agent] &= 0 <= room;
        }
        for (s, least) in least_switch.into_iter().enumerate() {
            let room = limit - value + least;
            open.on[s] &= switch_cost[s] <= room;
            open.off[s] &= 0 <= room;
        }
        false
    }
}
