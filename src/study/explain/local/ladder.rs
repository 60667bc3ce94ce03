//! The steps that proved the answer, put to work again with one person's place given: the same multipliers, other prices.
//!
//! A place given costs a path or two in the assignment of each step, as in the optimum of all goals (`warm`). But each goal keeps the
//! multipliers that it was proved with, so a rule at its limit is no hindrance: what a step falls short of a whole unit of its goal is
//! rounded away, as it was for the answer. Steps of one row alone have no prices, and are taken as they are.

use crate::case::proof::{Proof, RowName, Step};
use crate::id::{Id, PostId};
use crate::kernel::domain::Domain;
use crate::kernel::multiply::{Costs, multiply};
use crate::kernel::problem::{NONE, Problem, Row};
use crate::kernel::relax;
use crate::kernel::transport::{Base, Transport, Varied, Width};
use crate::model::Model;
use crate::study::explain::warm::Asked;

/// The steps of each goal's proof.
pub(super) struct Ladder {
    /// For each goal, its steps by their places among all; the last proves it.
    goals: Vec<Vec<usize>>,
    steps: Vec<Rung>,
    /// Every option of the case.
    whole: Domain,
}

/// A step without its prices.
struct Rung {
    multipliers: Vec<(RowName, i128)>,
    /// What the answer's earlier steps leave open.
    domain: Domain,
    /// Whether it had prices.
    is_priced: bool,
    /// Its assignment over what is open, once it was needed, and over all options; `None` within where numbers do not fit.
    lagrange: [Option<Option<Lagrange>>; 2],
}

/// Prices of posts, noughts left out.
type Prices = Vec<(PostId, i128)>;

/// The assignment of a step at the answer.
struct Lagrange {
    cost: Vec<i128>,
    optimum: Transport<i128>,
    last: Varied<i128>,
}

/// A step with the prices that fit a place given.
pub(super) struct Priced {
    pub(super) step: Step,
    /// Who moves in its assignment.
    pub(super) moved: Vec<u32>,
}

impl Ladder {
    /// Follows the proofs of an answer; `problem` has a row for each goal, at the answer's value.
    pub(super) fn new(model: &Model, problem: &Problem, proofs: &[Proof]) -> Self {
        let mut ladder = Self { goals: Vec::new(), steps: Vec::new(), whole: Domain::whole(problem) };
        let mut before: Vec<(&Step, usize, Domain)> = Vec::new();
        for proof in proofs {
            let steps = &proof.root.steps;
            let same = before.iter().zip(steps).take_while(|((known, _, _), step)| known == step).count();
            // The last may speak of its own goal, and say another thing once that is settled.
            before.truncate(same.min(steps.len().saturating_sub(1)));
            for (position, step) in steps.iter().enumerate().skip(before.len()) {
                let domain = before.last().map_or_else(|| ladder.whole.clone(), |(_, _, domain)| domain.clone());
                let at = ladder.rung(step, &domain);
                let mut after = domain;
                if position + 1 < steps.len()
                    && let Some(step) = numbered(model, step)
                {
                    multiply(problem, &after.clone(), Costs::of(problem, &Row::default(), &step))
                        .strike(problem, &mut after);
                }
                before.push((step, at, after));
            }
            ladder.goals.push(before.iter().map(|&(_, at, _)| at).collect());
        }
        ladder
    }

    /// The place of a step among those known; one with the same multipliers serves, wherever it first stood.
    fn rung(&mut self, step: &Step, domain: &Domain) -> usize {
        let named = step.multipliers.iter().filter(|(name, _)| !matches!(name, RowName::Rounded(_)));
        let multipliers: Vec<(RowName, i128)> = named.copied().collect();
        let is_priced = !step.prices.is_empty();
        let known = self.steps.iter().position(|it| it.multipliers == multipliers && it.is_priced == is_priced);
        known.unwrap_or_else(|| {
            self.steps.push(Rung { multipliers, domain: domain.clone(), is_priced, lagrange: [None, None] });
            self.steps.len() - 1
        })
    }

    /// How many goals have steps.
    pub(super) fn goals(&self) -> usize {
        self.goals.len()
    }

    /// The multipliers of the step that proves a goal.
    pub(super) fn multipliers(&self, goal: usize) -> &[(RowName, i128)] {
        self.goals[goal].last().map_or(&[], |&at| &self.steps[at].multipliers)
    }

    /// The steps for a goal, each with prices for the place given; `None` where one cannot be had.
    pub(super) fn steps(
        &mut self,
        model: &Model,
        problem: &Problem,
        was: &[u32],
        goal: usize,
        asked: &Asked,
    ) -> Option<Vec<Priced>> {
        let places = self.goals[goal].clone();
        let priced = |at: usize| self.steps[at].priced(model, problem, &self.whole, was, asked);
        places.into_iter().map(priced).collect()
    }

    /// The last step for a goal, with other multipliers.
    pub(super) fn instead(
        &mut self,
        model: &Model,
        problem: &Problem,
        was: &[u32],
        goal: usize,
        multipliers: Vec<(RowName, i128)>,
        asked: &Asked,
    ) -> Option<Priced> {
        let rung = &self.steps[*self.goals[goal].last()?];
        // What was made ready for others may not matter: only the first is there each time.
        let from = rung.lagrange[0].as_ref().and_then(Option::as_ref).map(|it| &it.optimum);
        for domain in [&rung.domain, &self.whole] {
            let made = Lagrange::new(model, problem, domain, &multipliers, from);
            if let Some((prices, moved)) = made.and_then(|mut made| made.ask(model, &self.whole, was, asked)) {
                let step = Step { multipliers, prices, ..Step::default() };
                return Some(Priced { step, moved });
            }
        }
        None
    }
}

impl Rung {
    fn priced(
        &mut self,
        model: &Model,
        problem: &Problem,
        whole: &Domain,
        was: &[u32],
        asked: &Asked,
    ) -> Option<Priced> {
        let plain = Step { multipliers: self.multipliers.clone(), ..Step::default() };
        if !self.is_priced {
            return Some(Priced { step: plain, moved: Vec::new() });
        }
        let Self { multipliers, domain, lagrange, .. } = self;
        // What was struck for the answer may be what the place given needs.
        for (made, domain) in lagrange.iter_mut().zip([&*domain, whole]) {
            let made = made.get_or_insert_with(|| Lagrange::new(model, problem, domain, multipliers, None));
            if let Some((prices, moved)) = made.as_mut().and_then(|made| made.ask(model, whole, was, asked)) {
                return Some(Priced { step: Step { prices, ..plain }, moved });
            }
        }
        None
    }
}

impl Lagrange {
    /// Solves it, from the optimum of other multipliers where there is one.
    fn new(
        model: &Model,
        problem: &Problem,
        domain: &Domain,
        multipliers: &[(RowName, i128)],
        from: Option<&Transport<i128>>,
    ) -> Option<Self> {
        let network = &problem.network;
        let mut cost = vec![0i128; network.arcs()];
        for &(name, multiplier) in multipliers {
            for &(arc, k) in &problem.rows[place(model, name)?].arcs {
                let own = &mut cost[arc as usize];
                *own = own.checked_add(multiplier.checked_mul(k.into())?)?;
            }
        }
        let most = cost.iter().map(|cost| cost.abs()).max().unwrap_or(0);
        if !i128::fits(network.agents(), network.columns(), most) {
            return None;
        }
        let mut optimum = from.cloned().unwrap_or_default();
        optimum.reconsider(network, domain, &cost).ok()?;
        Some(Self { last: Varied::new(&optimum), cost, optimum })
    }

    /// Prices of posts with the place given, and who moves.
    fn ask(&mut self, model: &Model, whole: &Domain, was: &[u32], asked: &Asked) -> Option<(Prices, Vec<u32>)> {
        let network = &model.problem.network;
        let variation = asked.variation(network, &self.cost)?;
        let base = Base { network, domain: whole, cost: &self.cost, optimum: &self.optimum };
        self.last.solve(base, &variation).ok()?;
        let prices = model.posts.iter().enumerate().map(|(column, &post)| (post, self.last.price(column)));
        let (now, before) = (self.last.choice(), self.optimum.choice());
        let moved = (0u32..).zip(now.iter().zip(before)).filter(|(_, (now, before))| now != before);
        let beside = was[asked.person.index()] != asked.arc;
        Some((
            prices.filter(|&(_, price)| price != 0).collect(),
            moved.map(|(agent, _)| agent).filter(|&moved| moved != asked.agent() || beside).collect(),
        ))
    }
}

/// The place of a row in the problem that has a row for each goal.
pub(super) fn place(model: &Model, name: RowName) -> Option<usize> {
    match name {
        RowName::Objective(goal) => Some(model.names.len() + goal),
        RowName::Rounded(_) => None,
        name => model.names.iter().position(|&own| own == name),
    }
}

/// A step in the numbers of the problem; `None` where it keeps rows whole, or names rounded ones.
pub(super) fn numbered(model: &Model, step: &Step) -> Option<relax::Step> {
    if !step.blocks.is_empty() || !step.shares.is_empty() {
        return None;
    }
    let row = |&(name, weight): &(RowName, i128)| Some((u32::try_from(place(model, name)?).ok()?, weight));
    let column = |&(post, price): &(PostId, i128)| {
        let column = model.posts.binary_search(&post).ok()?;
        Some((u32::try_from(column).ok().filter(|&column| column != NONE)?, price))
    };
    Some(relax::Step {
        rows: step.multipliers.iter().map(row).collect::<Option<_>>()?,
        prices: step.prices.iter().map(column).collect::<Option<_>>()?,
        ..relax::Step::default()
    })
}
