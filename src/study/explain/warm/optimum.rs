//! The answer's optimum, and what becomes of it when one person's place is given: a path or two.

use crate::case::answer::Witness;
use crate::case::proof::RowName;
use crate::certify::{Bid, Force, MOST_WORDS, Weighing, Words};
use crate::id::{Id, PersonId};
use crate::kernel::domain::Domain;
use crate::kernel::problem::NONE;
use crate::kernel::transport::{Base, Changes, Lex, Transport, Varied, Width};
use crate::model::{Model, Target};
use crate::study::explain::warm::{Asked, Road};

/// The optimum in as many words as the weights need.
pub(super) enum Optimum {
    One(InWords<1>),
    Two(InWords<2>),
    Four(InWords<MOST_WORDS>),
}

pub(super) struct InWords<const N: usize> {
    domain: Domain,
    cost: Vec<Lex<N>>,
    optimum: Transport<Lex<N>>,
    last: Varied<Lex<N>>,
}

impl Optimum {
    /// Solves the answer's assignment and seats its own plan in it; `None` where that is not as cheap, or numbers do not fit.
    pub(super) fn new(
        model: &Model,
        weighing: &Weighing,
        multipliers: &[(RowName, Words)],
        choice: &[u32],
    ) -> Option<Self> {
        Some(match weighing.words() {
            1 => Self::One(InWords::new(model, weighing, multipliers, choice)?),
            2 => Self::Two(InWords::new(model, weighing, multipliers, choice)?),
            _ => Self::Four(InWords::new(model, weighing, multipliers, choice)?),
        })
    }

    /// The bid that answers a question, if there is one.
    pub(super) fn bid(&mut self, from: &Answered<'_>, asked: &Asked) -> Option<Bid> {
        match self {
            Self::One(optimum) => optimum.bid(from, asked),
            Self::Two(optimum) => optimum.bid(from, asked),
            Self::Four(optimum) => optimum.bid(from, asked),
        }
    }

    /// The price of each post.
    pub(super) fn prices(&self, model: &Model) -> Vec<Words> {
        match self {
            Self::One(it) => prices(model, |column| it.optimum.price(column).0),
            Self::Two(it) => prices(model, |column| it.optimum.price(column).0),
            Self::Four(it) => prices(model, |column| it.optimum.price(column).0),
        }
    }
}

/// The answer that is asked about.
pub(super) struct Answered<'a> {
    pub(super) model: &'a Model,
    /// The arc of each person.
    pub(super) was: &'a [u32],
}

impl<const N: usize> InWords<N> {
    fn new(model: &Model, weighing: &Weighing, multipliers: &[(RowName, Words)], choice: &[u32]) -> Option<Self> {
        let problem = &model.problem;
        let mut cost = vec![Lex([0; N]); problem.network.arcs()];
        for (target, weight) in model.targets.iter().zip(weighing.weights()) {
            let Target::Sum(row) = target else { return None };
            for &(arc, k) in &row.arcs {
                cost[arc as usize].0[weight.word] += weight.times * i128::from(k);
            }
        }
        for (name, multiplier) in multipliers {
            let row = &problem.rows[model.names.iter().position(|own| own == name)?];
            for &(arc, k) in &row.arcs {
                for (cost, word) in cost[arc as usize].0.iter_mut().zip(multiplier) {
                    *cost = cost.checked_add(word.checked_mul(i128::from(k))?)?;
                }
            }
        }
        let words = (0..N).map(|word| cost.iter().map(|cost| cost.0[word].abs()).max().unwrap_or(0));
        let (agents, columns) = (problem.network.agents(), problem.network.columns());
        if !words.into_iter().all(|most| i128::fits(agents, columns, most)) {
            return None;
        }
        let domain = Domain::whole(problem);
        let mut optimum = Transport::default();
        optimum.solve(&problem.network, &domain, &cost).ok()?;
        if !optimum.seat(&problem.network, choice) {
            return None;
        }
        Some(Self { last: Varied::new(&optimum), domain, cost, optimum })
    }

    fn bid(&mut self, from: &Answered<'_>, asked: &Asked) -> Option<Bid> {
        match asked.road {
            Road::Seat => self.seat(from, asked),
            Road::Shut => self.shut(from, asked),
        }
    }

    fn seat(&mut self, from: &Answered<'_>, asked: &Asked) -> Option<Bid> {
        let network = &from.model.problem.network;
        let variation = asked.variation(network, &self.cost)?;
        let base = Base { network, domain: &self.domain, cost: &self.cost, optimum: &self.optimum };
        self.last.solve(base, &variation).ok()?;
        let choice = match asked.force {
            Force::Into(_) => asked.arc,
            Force::OutOf(_) => self.last.choice()[asked.person.index()],
        };
        Some(from.bid(asked, self.last.choice(), choice, |column| self.last.price(column).0))
    }

    fn shut(&mut self, from: &Answered<'_>, asked: &Asked) -> Option<Bid> {
        let network = &from.model.problem.network;
        let mut domain = self.domain.clone();
        domain.keep(network, asked.person.index(), |option| {
            (option == asked.arc) == matches!(asked.force, Force::Into(_))
        });
        let mut optimum = self.optimum.clone();
        let changes = Changes { agents: &[asked.agent()], columns: &[] };
        optimum.resolve(network, &domain, &self.cost, &changes).ok()?;
        let choice = optimum.choice()[asked.person.index()];
        Some(from.bid(asked, optimum.choice(), choice, |column| optimum.price(column).0))
    }
}

impl Answered<'_> {
    /// The bid of an assignment in which the person has `own`.
    fn bid<const N: usize>(&self, asked: &Asked, choice: &[u32], own: u32, price: impl Fn(usize) -> [i128; N]) -> Bid {
        let post = |arc: u32| (arc != NONE).then(|| self.model.pair(arc).1);
        let is = |agent: usize| if agent == asked.person.index() { own } else { choice[agent] };
        let moved = (0..choice.len()).filter(|&agent| is(agent) != self.was[agent]);
        let moves = moved.map(|agent| (PersonId::at(agent), post(is(agent)))).collect();
        Bid { person: asked.person, force: asked.force, moves: Witness::new(moves), prices: prices(self.model, price) }
    }
}

/// The price of each post, from those of the columns.
fn prices<const N: usize>(model: &Model, price: impl Fn(usize) -> [i128; N]) -> Vec<Words> {
    let mut prices: Vec<Words> = vec![[0; MOST_WORDS]; model.posts.last().map_or(0, |post| post.index() + 1)];
    for (column, post) in model.posts.iter().enumerate() {
        prices[post.index()][..N].copy_from_slice(&price(column));
    }
    prices
}
