//! Branch and bound: the least value of a row over all points that keep every row, with the tree that proves it.
//!
//! Best bound first, deeper first among equals. At each node: every row alone strikes what it can, the bundle lifts the
//! bound, the best multipliers strike by reduced cost, and what is left is split where the averaged assignment is most
//! divided. Whatever struck or closed is kept as a step, so the tree can be checked without this file.

mod kept;
mod node;
mod tree;

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::rc::Rc;

use crate::kernel::FIRST_REPAIR;
use crate::kernel::blocks::Blocks;
use crate::kernel::bundle::Bundle;
use crate::kernel::domain::{Domain, Setting};
use crate::kernel::dual::View;
use crate::kernel::incidence::{Incidence, Running};
use crate::kernel::incumbent::Incumbents;
use crate::kernel::problem::{NONE, Point, Problem, Row};
use crate::kernel::propagate::Propagation;
use crate::kernel::relax::{Relaxation, Weights};
use crate::kernel::sample;
use crate::kernel::transport::Optimum;
use crate::kernel::volume::Guess;

pub use crate::kernel::search::tree::{Node, Split, Tree};

/// How far to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// The least value, proved.
    Best,
    /// Any point at or below the cutoff.
    Any,
}

/// What a search is asked.
pub struct Question<'a> {
    /// The problem.
    pub problem: &'a Problem,
    /// The row whose value is to be least; its limit is not used.
    pub objective: &'a Row,
    /// Multipliers to try at the root.
    pub starts: &'a [Weights],
    /// A point known to keep every row.
    pub incumbent: Option<Point>,
    /// Only values at or below this count; `None`: any.
    pub cutoff: Option<i64>,
    /// How far to go.
    pub goal: Goal,
    /// Multipliers and prices that the tree may have; once it has so many, no node is split any more.
    pub room: usize,
}

/// What a search found.
#[derive(Debug, Clone)]
pub struct Found {
    /// The best point, with its value.
    pub best: Option<(Point, i64)>,
    /// No point has a value below this; above the cutoff where there is no point.
    pub bound: i64,
    /// Whether the search was finished: `bound` is the value of the best point, or there is none.
    pub complete: bool,
    /// What proves `bound`.
    pub tree: Tree,
    /// The multipliers of the root's bound, for the next search.
    pub weights: Weights,
}

/// What is known of the root.
pub(crate) struct Root<'a> {
    /// The rows, laid out.
    pub(crate) incidence: &'a Incidence,
    /// Cuts of a search or climb before.
    pub(crate) cuts: Option<Rc<Bundle>>,
    /// Multipliers and prices after which a tree without blocks is given up: something else may then be tried at the root.
    pub(crate) first_tree: usize,
}

impl<'a> Root<'a> {
    /// Nothing is known of it yet, and its tree is not given up.
    pub(crate) fn new(incidence: &'a Incidence) -> Self {
        Self { incidence, cuts: None, first_tree: usize::MAX }
    }
}

/// Largest value that the row can have with each agent and switch on its own.
pub fn ceiling(problem: &Problem, row: &Row) -> i64 {
    let mut most = vec![0i64; problem.network.agents()];
    for &(arc, k) in &row.arcs {
        let owner = problem.owner[arc as usize] as usize;
        most[owner] = most[owner].max(k);
    }
    most.iter().sum::<i64>() + row.switches.iter().map(|&(_, k)| k.max(0)).sum::<i64>()
}

/// Finds the least value of the objective, or any point at or below the cutoff.
pub fn minimise(
    question: &Question<'_>,
    domain: Domain,
    relaxation: &mut Relaxation,
    should_stop: &dyn Fn() -> bool,
) -> Found {
    let incidence = Incidence::new(question.problem, question.objective);
    minimise_from(question, domain, relaxation, Root::new(&incidence), should_stop).0
}

/// The same from cuts that are known of the root; also those with which the root was left open.
pub(crate) fn minimise_from(
    question: &Question<'_>,
    domain: Domain,
    relaxation: &mut Relaxation,
    root: Root<'_>,
    should_stop: &dyn Fn() -> bool,
) -> (Found, Option<Rc<Bundle>>) {
    let ceiling = ceiling(question.problem, question.objective);
    let mut search = Search {
        question,
        relaxation,
        should_stop,
        tree: Tree::default(),
        stopped: false,
        mode: Mode::Undecided(None),
        first_tree: root.first_tree,
        propagation: Propagation::default(),
        running: Running::default(),
        incidence: root.incidence,
        incumbents: Incumbents::new(
            question,
            root.incidence,
            if root.cuts.is_none() { FIRST_REPAIR } else { 0 },
            question.cutoff.map_or(ceiling, |cutoff| cutoff.min(ceiling)),
        ),
    };
    if let Some(point) = &question.incumbent {
        search.incumbents.offer(question, root.incidence, point.clone());
    }
    search.run(domain, root.cuts)
}

struct Search<'a, 'b> {
    question: &'a Question<'a>,
    relaxation: &'b mut Relaxation,
    should_stop: &'a dyn Fn() -> bool,
    incidence: &'a Incidence,
    incumbents: Incumbents,
    propagation: Propagation,
    /// Sums of the assignment that was evaluated last.
    running: Running,
    tree: Tree,
    stopped: bool,
    mode: Mode,
    /// See [`Root`].
    first_tree: usize,
}

/// Which relaxation bounds the nodes.
enum Mode {
    /// The assignment, until it has cost so much that a look at blocks costs little.
    Undecided(Option<(Box<Blocks>, u64)>),
    /// The assignment: blocks do not pay here.
    Assignment,
    /// Blocks.
    Blocks(Box<Blocks>),
}

/// A node that is not closed.
struct Open {
    id: usize,
    depth: u32,
    bound: i64,
    domain: Domain,
    weights: Weights,
    bundle: Option<Rc<Bundle>>,
    optimum: Option<(Optimum, i128)>,
    /// Where the ascent of its children begins, where blocks bound the node.
    guess: Option<Guess>,
    split: Split,
}

#[expect(clippy::large_enum_variant, reason = "it lives for one call")]
enum Treated {
    Closed,
    Open(Open),
}

impl Search<'_, '_> {
    fn run(mut self, mut domain: Domain, cuts: Option<Rc<Bundle>>) -> (Found, Option<Rc<Bundle>>) {
        domain.forget_least(self.question.problem.rows.len() + 1);
        let starts = self.starts(&domain);
        let root = self.treat(domain, &starts, cuts, 0, i64::MIN);
        let mut left = None;
        let mut queue: BinaryHeap<(Reverse<i64>, u32, Reverse<usize>)> = BinaryHeap::new();
        let mut waiting: Vec<Option<Open>> = Vec::new();
        let mut weights = Weights::default();
        let mut floor = i64::MAX;
        let mut counted = (0, 0);
        if let Treated::Open(root) = root {
            weights = root.weights.clone();
            left.clone_from(&root.bundle);
            queue.push((Reverse(root.bound), 0, Reverse(0)));
            waiting.push(Some(root));
        } else if let Some(first) = starts.first() {
            weights = self.closing_weights().unwrap_or_else(|| first.clone());
        }
        let begun = self.relaxation.evaluations;
        let first = waiting.first().and_then(Option::as_ref).map(|root| (root.domain.clone(), root.bound));
        while let Some((Reverse(bound), _, Reverse(slot))) = queue.pop() {
            let node = waiting[slot].take().expect("a node is taken once");
            if bound > self.incumbents.cutoff {
                continue;
            }
            let enough = self.question.goal == Goal::Any && self.incumbents.best.is_some();
            let without_blocks = matches!(self.mode, Mode::Assignment);
            let room = if without_blocks { self.first_tree.min(self.question.room) } else { self.question.room };
            if self.stopped || enough || self.tree.entries_from(&mut counted) > room || (self.should_stop)() {
                self.stopped = true;
                floor = floor.min(bound);
                continue;
            }
            if let (Mode::Undecided(_), Some((domain, bound))) = (&self.mode, &first)
                && let Some(root) = self.try_blocks(begun, domain, &weights, *bound)
            {
                queue.clear();
                waiting.clear();
                if let Treated::Open(root) = root {
                    queue.push((Reverse(root.bound), 0, Reverse(0)));
                    waiting.push(Some(root));
                }
                continue;
            }
            for child in self.branch(node, &mut floor) {
                queue.push((Reverse(child.bound), child.depth, Reverse(waiting.len())));
                waiting.push(Some(child));
            }
        }
        let most = ceiling(self.question.problem, self.question.objective);
        if self.incumbents.best.is_none() && self.incumbents.cutoff == most {
            self.drop_objective();
        }
        let value = self.incumbents.best.as_ref().map(|&(_, value)| value);
        let complete = floor > self.incumbents.cutoff;
        let bound = if complete { value.unwrap_or(self.incumbents.cutoff.saturating_add(1)) } else { floor };
        (Found { best: self.incumbents.best, bound, complete, tree: self.tree, weights }, left)
    }

    /// The multipliers that were given; where they say nothing of the rows, those of a part of a large case.
    fn starts(&mut self, domain: &Domain) -> Vec<Weights> {
        let Question { problem, objective, starts, .. } = *self.question;
        let says_nothing = starts.iter().all(|start| start.rows.iter().all(|&weight| weight == 0));
        let view = View { problem, objective, incidence: self.incidence, domain };
        match says_nothing.then(|| sample::begin(&view, self.relaxation)).flatten() {
            Some(begun) => {
                self.incumbents.hasten();
                vec![begun]
            }
            None => starts.to_vec(),
        }
    }

    /// The multipliers of the root's last step, where it closed at once.
    fn closing_weights(&self) -> Option<Weights> {
        let step = self.tree.nodes[0].steps.last().filter(|step| step.objective > 0)?;
        let mut rows = vec![0; self.question.problem.rows.len()];
        for &(row, weight) in &step.rows {
            rows[row as usize] = weight;
        }
        Some(Weights { rows, objective: step.objective })
    }

    fn branch(&mut self, node: Open, floor: &mut i64) -> Vec<Open> {
        let (inside, outside) = divide(self.question.problem, &node.domain, &node.split);
        let mark = self.tree.nodes.len();
        let first = self.treat_child(&node, inside);
        let middle = self.tree.nodes.len();
        let second = self.treat_child(&node, outside);
        let position = |at: usize| u32::try_from(at).expect("fewer than 2^32 nodes");
        if self.stopped {
            // A half-treated branch proves less than its parent: leave the parent as the leaf.
            self.tree.nodes.truncate(mark);
            *floor = (*floor).min(node.bound);
            return Vec::new();
        }
        self.tree.nodes[node.id].branch = Some((node.split, position(mark), position(middle)));
        [first, second]
            .into_iter()
            .filter_map(|treated| match treated {
                Treated::Closed => None,
                Treated::Open(open) => Some(open),
            })
            .collect()
    }

    fn treat_child(&mut self, parent: &Open, domain: Domain) -> Treated {
        if let Some(optimum) = &parent.optimum {
            self.relaxation.start_from(optimum);
        }
        match (&self.mode, &parent.guess) {
            (Mode::Blocks(_), Some(guess)) => {
                self.treat_with_blocks(domain, guess.clone(), &parent.weights, parent.depth + 1, parent.bound)
            }
            (Mode::Undecided(_) | Mode::Assignment | Mode::Blocks(_), _) => self.treat(
                domain,
                std::slice::from_ref(&parent.weights),
                parent.bundle.clone(),
                parent.depth + 1,
                parent.bound,
            ),
        }
    }
}

fn ceil_div(value: i128, by: i128) -> i64 {
    let up = value.div_euclid(by) + i128::from(value.rem_euclid(by) != 0);
    i64::try_from(up).unwrap_or(if up < 0 { i64::MIN } else { i64::MAX })
}

fn divide(problem: &Problem, domain: &Domain, split: &Split) -> (Domain, Domain) {
    let (mut inside, mut outside) = (domain.clone(), domain.clone());
    match split {
        Split::Agent { agent, arcs, or_out } => {
            let listed = |option: u32| if option == NONE { *or_out } else { arcs.contains(&option) };
            inside.keep(&problem.network, *agent as usize, listed);
            outside.keep(&problem.network, *agent as usize, |option| !listed(option));
        }
        Split::Switch(switch) => {
            inside.settle(*switch as usize, Setting::Off);
            outside.settle(*switch as usize, Setting::On);
        }
    }
    (inside, outside)
}
