//! Forced places solved from the answer's own optimum: one assignment for all goals, changed by one person.
//!
//! A goal counts before all after it, by the weights that `certify` finds for the case. The assignment is solved once, the
//! answer's own plan is seated in it, and each forced place is then a path or two. What comes of it is a bid: only `certify` says
//! whether it is the best plan with that place given. Where it is not, or there is none, the whole variant has to be solved.

use crate::case::Case;
use crate::case::answer::Witness;
use crate::case::proof::RowName;
use crate::case::scenario::{Objective, Scenario};
use crate::certify::{Bid, Certified, Force, Forced, MOST_WORDS, Near, Weighing, Weight, Words};
use crate::id::{Id, PersonId, PostId};
use crate::kernel::domain::Domain;
use crate::kernel::problem::{NONE, Point, Row};
use crate::kernel::transport::{Base, Changes, Lex, Transport, Variation, Varied, Width};
use crate::model::{self, Model, Target};
use crate::study::explain::rows;

/// An answer's optimum, and the scales on which bids are weighed.
pub(super) struct Warm {
    model: Model,
    weighing: Weighing,
    /// The arc of each person in the answer.
    choice: Vec<u32>,
    optimum: Optimum,
}

/// By which of two ways the same question is put to the solver.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Road {
    /// The person leaves and takes a seat along; of a post that they may not hold, its arc costs too much.
    Seat,
    /// Every option but those that are asked for is closed.
    Shut,
}

/// The optimum in as many words as the weights need.
enum Optimum {
    One(InWords<1>),
    Two(InWords<2>),
    Four(InWords<MOST_WORDS>),
}

struct InWords<const N: usize> {
    domain: Domain,
    cost: Vec<Lex<N>>,
    optimum: Transport<Lex<N>>,
    last: Varied<Lex<N>>,
}

impl Warm {
    /// Solves the answer's assignment; `None` where it has no such optimum (see the module).
    pub(super) fn new(case: &Case, scenario: &Scenario, answer: &Certified, near: &Near<'_>) -> Option<Self> {
        let model = model::build(case, scenario);
        let arc = |(person, post): (PersonId, Option<PostId>)| post.map_or(Some(NONE), |post| model.arc(person, post));
        let choice: Vec<u32> = answer.plan()?.iter().map(arc).collect::<Option<_>>()?;
        let unit = rows::unit(answer.proofs());
        let plain = Weighing::new(near, unit)?;
        let proved = rows::multipliers(answer.proofs(), plain.weights()).unwrap_or_default();
        let tried = |multipliers: &[(RowName, Words)]| {
            let weighing = plain.with(near, multipliers)?;
            let optimum = Optimum::new(&model, &weighing, multipliers, &choice)?;
            weighing.is_tight(near, &optimum.prices(&model)).then_some((weighing, optimum))
        };
        // What leaves no gap is seen when it is tried: roles with one holder at no price, or at the full one, or what the proofs say.
        let [free, dear] = [0, 1].map(|holders| covers(&model, &choice, plain.weights(), holders));
        let other = proved.into_iter().filter(|(name, _)| free.iter().all(|(known, _)| known != name));
        let mixed: Vec<(RowName, Words)> = free.iter().copied().chain(other).collect();
        let is_new = |all: &[(RowName, Words)]| all.len() > free.len();
        let (weighing, optimum) = tried(&free)
            .or_else(|| is_new(&dear).then(|| tried(&dear))?)
            .or_else(|| is_new(&mixed).then(|| tried(&mixed))?)?;
        Some(Self { model, weighing, choice, optimum })
    }

    /// The best plan with the place given; `None` where no bid is accepted.
    pub(super) fn forced(&mut self, near: &mut Near<'_>, person: PersonId, force: Force, road: Road) -> Option<Forced> {
        let arc = match force {
            Force::Into(post) | Force::OutOf(post) => self.model.arc(person, post)?,
        };
        let asked = Asked { model: &self.model, was: &self.choice, person, arc, force, road };
        let bid = match &mut self.optimum {
            Optimum::One(optimum) => optimum.bid(&asked),
            Optimum::Two(optimum) => optimum.bid(&asked),
            Optimum::Four(optimum) => optimum.bid(&asked),
        };
        self.weighing.check(near, bid?).ok()
    }
}

/// The rows of roles that at most so many hold where they are wanted, as often as covering one counts: so a switch alone gains nothing.
fn covers(model: &Model, choice: &[u32], weights: &[Weight], holders: i64) -> Vec<(RowName, Words)> {
    let goal = model.goals.iter().position(|goal| goal.objective == Objective::Statutory);
    let weight = goal.map(|goal| weights[goal]);
    let nobody = Point { choice: choice.to_vec(), on: vec![false; model.problem.switches] };
    let cover = |(row, &name): (&Row, &RowName)| {
        let few = |row: &Row| row.gate.is_some() && -row.sum(&model.problem, &nobody) <= holders;
        let Weight { word, times } = weight.filter(|_| few(row))?;
        let mut words = [0; MOST_WORDS];
        words[word] = times;
        Some((name, words))
    };
    model.problem.rows.iter().zip(&model.names).filter_map(cover).collect()
}

impl Optimum {
    fn new(model: &Model, weighing: &Weighing, multipliers: &[(RowName, Words)], choice: &[u32]) -> Option<Self> {
        Some(match weighing.words() {
            1 => Self::One(InWords::new(model, weighing, multipliers, choice)?),
            2 => Self::Two(InWords::new(model, weighing, multipliers, choice)?),
            _ => Self::Four(InWords::new(model, weighing, multipliers, choice)?),
        })
    }
}

impl Optimum {
    /// The price of each post.
    fn prices(&self, model: &Model) -> Vec<Words> {
        match self {
            Self::One(it) => prices(model, |column| it.optimum.price(column).0),
            Self::Two(it) => prices(model, |column| it.optimum.price(column).0),
            Self::Four(it) => prices(model, |column| it.optimum.price(column).0),
        }
    }
}

/// One question.
struct Asked<'a> {
    model: &'a Model,
    was: &'a [u32],
    person: PersonId,
    arc: u32,
    force: Force,
    road: Road,
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

    fn bid(&mut self, asked: &Asked<'_>) -> Option<Bid> {
        match asked.road {
            Road::Seat => self.seat(asked),
            Road::Shut => self.shut(asked),
        }
    }

    fn seat(&mut self, asked: &Asked<'_>) -> Option<Bid> {
        let network = &asked.model.problem.network;
        let agent = u32::try_from(asked.person.index()).expect("fewer than 2^32 people");
        let column = network.column[asked.arc as usize];
        let variation = match asked.force {
            Force::Into(_) => {
                let left = network.capacity[column as usize].checked_sub(1)?;
                Variation { gone: vec![agent], columns: vec![(column, left)], ..Variation::default() }
            }
            Force::OutOf(_) => {
                let arcs = network.arcs_of(asked.person.index());
                let mut costs = self.cost[arcs.clone()].to_vec();
                costs[asked.arc as usize - arcs.start] = Lex::CLOSED;
                Variation { agents: vec![agent], costs, ..Variation::default() }
            }
        };
        let base = Base { network, domain: &self.domain, cost: &self.cost, optimum: &self.optimum };
        self.last.solve(base, &variation).ok()?;
        let mut choice = self.last.choice()[asked.person.index()];
        if let Force::Into(_) = asked.force {
            choice = asked.arc;
        }
        Some(asked.bid(self.last.choice(), choice, |column| self.last.price(column).0))
    }

    fn shut(&mut self, asked: &Asked<'_>) -> Option<Bid> {
        let network = &asked.model.problem.network;
        let agent = u32::try_from(asked.person.index()).expect("fewer than 2^32 people");
        let mut domain = self.domain.clone();
        domain.keep(network, asked.person.index(), |option| {
            (option == asked.arc) == matches!(asked.force, Force::Into(_))
        });
        let mut optimum = self.optimum.clone();
        let changes = Changes { agents: &[agent], columns: &[] };
        optimum.resolve(network, &domain, &self.cost, &changes).ok()?;
        let choice = optimum.choice()[asked.person.index()];
        Some(asked.bid(optimum.choice(), choice, |column| optimum.price(column).0))
    }
}

impl Asked<'_> {
    /// The bid of an assignment in which the person has `own`.
    fn bid<const N: usize>(&self, choice: &[u32], own: u32, price: impl Fn(usize) -> [i128; N]) -> Bid {
        let post = |arc: u32| (arc != NONE).then(|| self.model.pair(arc).1);
        let is = |agent: usize| if agent == self.person.index() { own } else { choice[agent] };
        let moved = (0..choice.len()).filter(|&agent| is(agent) != self.was[agent]);
        let moves = moved.map(|agent| (PersonId::at(agent), post(is(agent)))).collect();
        Bid { person: self.person, force: self.force, moves: Witness::new(moves), prices: prices(self.model, price) }
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
