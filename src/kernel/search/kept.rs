//! The part of the search that bounds nodes with rows kept whole.

use crate::kernel::blocks::{Blocks, Shares};
use crate::kernel::domain::Domain;
use crate::kernel::dual::View;
use crate::kernel::polish::{DEAREST, Polish};
use crate::kernel::problem::{NONE, Point, Problem, Row};
use crate::kernel::relax::{Bound, Step, Weights};
use crate::kernel::search::{Goal, Mode, Node, Open, Question, Search, Split, Treated, ceil_div};
use crate::kernel::volume::{self, Average, Climb, Guess};
use crate::kernel::{
    BLOCK_LOOK_EVERY, BLOCK_NODE_ITERATIONS, BLOCK_ROOT_ITERATIONS, BLOCKS_FACTOR, DIVE_EVERY, POLISH_ROUNDS,
    ROOT_ITERATIONS, ROOT_POLISH_ROUNDS,
};

impl Search<'_, '_> {
    /// Bounds the root with blocks once the assignment has cost as much as that will; `Some` where they pay.
    ///
    /// The tree then begins again below the root's own steps.
    pub(super) fn try_blocks(&mut self, begun: u64, domain: &Domain, weights: &Weights, bound: i64) -> Option<Treated> {
        let (problem, objective) = (self.question.problem, self.question.objective);
        let Mode::Undecided(chosen) = &mut self.mode else { return None };
        if chosen.is_none() {
            // A node with blocks costs as much as hundreds without: it pays where blocks say nearly all there is to say.
            self.incidence.lay_out(problem, objective);
            let blocks = Blocks::choose(problem, self.incidence, &weights.rows);
            let telling = blocks.filter(Blocks::tell);
            *chosen = telling.map(|blocks| {
                let effort = blocks.effort(problem, self.incidence);
                (Box::new(blocks), effort)
            });
        }
        let Some((_, effort)) = chosen else {
            self.mode = Mode::Assignment;
            return None;
        };
        let spent = (self.relaxation.evaluations - begun) * problem.network.arcs() as u64;
        if spent.saturating_mul(BLOCKS_FACTOR) < *effort * ROOT_ITERATIONS as u64 {
            return None;
        }
        let Mode::Undecided(Some((blocks, _))) = std::mem::replace(&mut self.mode, Mode::Assignment) else {
            return None;
        };
        let Bound::AtLeast(_) = self.relaxation.evaluate(problem, objective, domain, weights) else { return None };
        let prices = self.relaxation.step(weights).prices;
        let view = View { problem, objective, incidence: self.incidence, domain };
        let guess = volume::begin(&view, &blocks, weights, &prices)?;
        let kept = std::mem::take(&mut self.tree.nodes);
        self.mode = Mode::Blocks(blocks);
        let root = self.treat_with_blocks(domain.clone(), guess, weights, 0, bound);
        let pays = match &root {
            Treated::Closed => true,
            Treated::Open(open) => {
                let gap = i128::from(self.incumbents.cutoff) + 1 - i128::from(bound);
                i128::from(open.bound - bound) * 50 >= gap || open.domain.size() * 10 < domain.size() * 9
            }
        };
        tracing::debug!(pays, "looked at blocks");
        if !pays {
            self.mode = Mode::Assignment;
            self.tree.nodes = kept;
            return None;
        }
        let own = kept.into_iter().next().expect("a tree has a root").steps;
        self.tree.nodes[0].steps.splice(0..0, own);
        Some(root)
    }

    /// Bounds a new node with blocks; it enters the tree.
    pub(super) fn treat_with_blocks(
        &mut self,
        mut domain: Domain,
        mut guess: Guess,
        weights: &Weights,
        depth: u32,
        inherited: i64,
    ) -> Treated {
        let id = self.tree.nodes.len();
        self.tree.nodes.push(Node::default());
        let problem = self.question.problem;
        let mut iterations = if depth == 0 { BLOCK_ROOT_ITERATIONS } else { BLOCK_NODE_ITERATIONS };
        loop {
            if self.propagate(id, &mut domain) {
                return Treated::Closed;
            }
            let Some(climb) = self.climb(id, &domain, &guess, iterations) else { return Treated::Closed };
            guess = climb.guess.clone();
            let limit = i128::from(self.incumbents.cutoff) * i128::from(guess.shares.objective);
            let Mode::Blocks(blocks) = &mut self.mode else { unreachable!("blocks bound this node") };
            let before = domain.size();
            // The blocks hold the last look; look again at the best one, to strike with it.
            let again = blocks.evaluate(problem, self.question.objective, self.incidence, &domain, &guess.shares);
            let value = again.expect("it had a value before");
            let point = blocks.point(problem, &domain);
            let struck = blocks.strike(problem, &mut domain, &guess.shares, value, limit);
            // Also where nothing is struck: an incumbent found later may let the bound alone close the node.
            self.tree.nodes[id].steps.push(blocks.step(&guess.shares));
            if domain.is_empty() || i128::from(value) > limit {
                return Treated::Closed;
            }
            let sought = self.incumbents.cutoff;
            if let Some(point) = point.filter(|_| !self.stopped) {
                let Mode::Blocks(blocks) = &self.mode else { unreachable!("blocks bound this node") };
                let likely = blocks.likely(problem, &domain, value, limit);
                self.mend(id, &likely, point, weights);
            }
            if (struck * 8 > before || self.incumbents.cutoff < sought) && !self.stopped {
                iterations = BLOCK_NODE_ITERATIONS;
                continue;
            }
            let Mode::Blocks(blocks) = &mut self.mode else { unreachable!("blocks bound this node") };
            let bound = inherited.max(ceil_div(value.into(), guess.shares.objective.into()));
            let split = blocks.split(problem, &domain, value, limit);
            if id.is_multiple_of(DIVE_EVERY) && !self.stopped {
                let sought = self.incumbents.cutoff;
                self.dive(domain.clone(), guess.clone(), climb.average);
                if depth == 0 && self.incumbents.cutoff < sought {
                    iterations = BLOCK_NODE_ITERATIONS;
                    continue;
                }
            }
            let Some((agent, option)) = split else {
                // One point is left; the assignment knows as well whether it fits the columns.
                let plain = Weights { rows: vec![0; problem.rows.len()], objective: 1 };
                return self.treat_at(id, domain, &[plain], None, depth, bound);
            };
            let arcs = if option == NONE { Vec::new() } else { vec![option] };
            let split = Split::Agent { agent, arcs, or_out: option == NONE };
            return Treated::Open(Open {
                bundle: None,
                optimum: None,
                id,
                depth,
                bound,
                domain,
                weights: weights.clone(),
                guess: Some(guess),
                split,
            });
        }
    }

    /// Follows the average down: settles whoever it has decided on, bounds what is left, and so on. Nothing of it is kept in
    /// the tree but the points that it finds.
    fn dive(&mut self, mut domain: Domain, mut guess: Guess, mut average: Average) {
        let id = self.tree.nodes.len();
        self.tree.nodes.push(Node::default());
        let problem = self.question.problem;
        loop {
            for (agent, option) in volume::decided(problem, &domain, &average) {
                domain.fix(&problem.network, agent, option);
            }
            if domain.is_empty() || self.stopped || self.propagate(id, &mut domain) {
                break;
            }
            let Some(climb) = self.climb(id, &domain, &guess, BLOCK_NODE_ITERATIONS) else { break };
            (guess, average) = (climb.guess, climb.average);
            let limit = i128::from(self.incumbents.cutoff) * i128::from(guess.shares.objective);
            let Mode::Blocks(blocks) = &mut self.mode else { unreachable!("blocks bound this node") };
            let again = blocks.evaluate(problem, self.question.objective, self.incidence, &domain, &guess.shares);
            let value = again.expect("it had a value before");
            let point = blocks.point(problem, &domain);
            blocks.strike(problem, &mut domain, &guess.shares, value, limit);
            if i128::from(value) > limit || domain.is_empty() {
                break;
            }
            if let Some(point) = point {
                self.incumbents.mend(self.question, self.incidence, &domain, point);
            }
            if (0..problem.network.agents()).all(|agent| domain.options(agent) == 1) {
                break;
            }
        }
        self.tree.nodes.truncate(id);
    }

    /// Looks for a better point near what the blocks chose: with most patience at the root, and now and then elsewhere.
    fn mend(&mut self, id: usize, domain: &Domain, point: Point, weights: &Weights) {
        let (question, incidence, incumbents) = (self.question, self.incidence, &mut self.incumbents);
        let rounds = match id {
            0 => ROOT_POLISH_ROUNDS,
            id if id.is_multiple_of(DIVE_EVERY) => POLISH_ROUNDS,
            _ => return incumbents.mend(question, incidence, domain, point),
        };
        let problem = question.problem;
        let unit = weights.objective.max(1);
        let scale = i128::from(question.objective.scale());
        let worth = |(row, &weight): (&Row, &i128)| {
            (weight.saturating_mul(1 << 13) / unit + (scale << 10) / i128::from(row.scale())).clamp(1, DEAREST)
        };
        let price = problem.rows.iter().zip(&weights.rows).map(worth).collect();
        let start = match &incumbents.best {
            Some((best, _)) if id > 0 && id.is_multiple_of(2 * DIVE_EVERY) && Self::lies_in(problem, domain, best) => {
                best.clone()
            }
            Some(_) | None => point,
        };
        let mut polish = Polish::new(problem, incidence, domain, &start, price, id as u64);
        polish.run(rounds, &mut |point, _| {
            incumbents.offer(question, incidence, point);
            !(self.should_stop)()
        });
    }

    fn lies_in(problem: &Problem, domain: &Domain, point: &Point) -> bool {
        point.choice.iter().enumerate().all(|(agent, &choice)| {
            debug_assert!(agent < problem.network.agents());
            domain.has(agent, choice)
        })
    }

    /// Lifts the bound of the blocks. `None` where the node closes.
    fn climb(&mut self, id: usize, domain: &Domain, start: &Guess, iterations: usize) -> Option<Climb> {
        let question = self.question;
        let Mode::Blocks(blocks) = &mut self.mode else { unreachable!("blocks bound this node") };
        let (incumbents, incidence) = (&mut self.incumbents, self.incidence);
        let (stopped, should_stop) = (&mut self.stopped, self.should_stop);
        let mut closing = None;
        let aim = incumbents.cutoff.saturating_add(1);
        let mut visit = |blocks: &Blocks, shares: &Shares, value: i64| {
            if blocks.evaluations.is_multiple_of(BLOCK_LOOK_EVERY)
                && let Some(point) = blocks.point(question.problem, domain)
            {
                incumbents.look(question, incidence, domain, point);
            }
            if i128::from(value) > i128::from(incumbents.cutoff) * i128::from(shares.objective) {
                closing = Some(blocks.step(shares));
                return volume::Next::Stop;
            }
            *stopped = *stopped || should_stop();
            let enough = question.goal == Goal::Any && incumbents.best.is_some();
            if *stopped || enough { volume::Next::Stop } else { volume::Next::Go }
        };
        let view = View { problem: question.problem, objective: question.objective, incidence, domain };
        let climb = volume::climb(&view, blocks, start, iterations, aim, &mut visit);
        let empty = climb.is_none().then(|| blocks.step(&start.shares));
        if let Some(step) = closing.or(empty) {
            self.close(id, step);
            return None;
        }
        climb
    }

    /// Makes the steps with blocks prove the same without the objective, whose ceiling was their limit.
    ///
    /// Each agent's share gives up the most that the agent could have added: no option gets cheaper than it was, and the shares
    /// together lose the multiplied ceiling. (Steps without blocks do so by themselves: each agent has one option there.)
    pub(super) fn drop_objective(&mut self) {
        let Question { problem, objective, .. } = *self.question;
        let mut most = vec![0i64; problem.network.agents()];
        for &(arc, k) in &objective.arcs {
            let owner = problem.owner[arc as usize] as usize;
            most[owner] = most[owner].max(k);
        }
        let with_blocks = |step: &&mut Step| !step.blocks.is_empty();
        for step in self.tree.nodes.iter_mut().flat_map(|node| &mut node.steps).filter(with_blocks) {
            let times = i64::try_from(step.objective).expect("a multiplier of a step with blocks");
            step.shares.iter_mut().zip(&most).for_each(|(share, most)| *share -= times * most);
            step.objective = 0;
        }
    }
}
